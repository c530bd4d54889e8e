"""Whether cost grows in proportion: with weeks, staff, teams, draws."""

from collections.abc import Callable

from benchmarks.report import Table
from benchmarks.timing import clocked, in_turns
from benchmarks.worlds import World, draws, network_of

#: For each quantity: the sizes it takes, a world of a size, and the size of a unit that is easy to read.
SCALES: dict[str, tuple[tuple[int, ...], Callable[[int], World]]] = {
    "weeks": ((26, 52, 104, 156), lambda weeks: World(months=weeks * 12.0 / 52.0)),
    "staff": ((10, 21, 42, 63), lambda staff: World(network_of(staff))),
    "teams of a network": ((1, 2, 4, 8), lambda teams: World(network_of(teams=teams))),
    "draws": ((10, 20, 40, 80), lambda count: World(parameters=draws(count))),
}


def scaling(quick: bool) -> list[Table]:
    """Measure each quantity's worlds in turns, and tell a step's cost beside that of the first."""
    rows = []
    for name, (sizes, made) in SCALES.items():
        worlds = {str(size): made(size) for size in sizes}
        jobs = {size: clocked(world.live) for size, world in worlds.items()}
        runs = {size: len(world.luck) if name != "draws" else 1 for size, world in worlds.items()}
        found = {size: 1e6 * time / runs[size] for size, time in in_turns(jobs, 5 if quick else 100).items()}
        first = found[str(sizes[0])]
        for size in sizes:
            time = found[str(size)]
            rows.append((name, size, time, time / size, size / sizes[0], time / first))
    header = ("", "size", "µs a run", "µs a unit", "size, times", "time, times")
    note = "A run is that of one draw, but for draws, where it is that of all. Staff come beside 39 items and a start."
    return [Table("Cost by size, compiled engine", header, rows, note)]
