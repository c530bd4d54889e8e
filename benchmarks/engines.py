"""Team-years a second in either engine, by size of the team; one thread, luck, reduction and outcomes included."""

from functools import partial

from benchmarks.report import Table
from benchmarks.timing import clocked, in_turns
from benchmarks.worlds import PROGRAMME, World, draws, network_of
from model import presets
from model.ensemble import lived
from model.noise import PhiloxTape

SIZES = (10, 21, 60)


def live_in_mesa(world: World) -> None:
    """Live a world in Mesa."""
    lived(
        [world.network] * len(world.parameters),
        presets.programme(PROGRAMME),
        world.parameters,
        [PhiloxTape(1, run) for run in range(len(world.parameters))],
        range(len(world.parameters)),
        months=world.months,
        measured_months=world.measured_months,
        engine="mesa",
        kept_weeks=(),
    )


def engines(quick: bool) -> list[Table]:
    """Measure both engines in turns."""
    rows = []
    for staff in SIZES:
        one, many = World(network_of(staff), draws(1)), World(network_of(staff))
        jobs = {"mesa": clocked(partial(live_in_mesa, one)), "compiled": clocked(many.live)}
        found = in_turns(jobs, 5 if quick else 60)
        mesa, compiled = found["mesa"] / one.team_years, found["compiled"] / many.team_years
        rows.append(
            (f"{staff} staff", 1.0 / mesa, 1.0 / compiled, 1e6 * mesa, 1e6 * compiled, mesa / compiled)
        )
    header = ("", "Mesa, a second", "compiled, a second", "Mesa, µs", "compiled, µs", "times faster")
    return [Table("Team-years, one thread", header, rows)]
