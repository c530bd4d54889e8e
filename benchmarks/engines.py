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
    """Measure both engines and all sizes in turns."""
    ones = {staff: World(network_of(staff), draws(1)) for staff in SIZES}
    manies = {staff: World(network_of(staff)) for staff in SIZES}
    jobs = {f"mesa {staff}": clocked(partial(live_in_mesa, one)) for staff, one in ones.items()}
    jobs |= {f"compiled {staff}": clocked(many.live) for staff, many in manies.items()}
    found = in_turns(jobs, 5 if quick else 100)
    rows = []
    for staff in SIZES:
        mesa = found[f"mesa {staff}"] / ones[staff].team_years
        compiled = found[f"compiled {staff}"] / manies[staff].team_years
        rows.append(
            (f"{staff} staff", 1.0 / mesa, 1.0 / compiled, 1e6 * mesa, 1e6 * compiled, mesa / compiled)
        )
    header = ("", "Mesa, a second", "compiled, a second", "Mesa, µs", "compiled, µs", "times faster")
    return [Table("Team-years, one thread", header, rows)]
