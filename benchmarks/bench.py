"""How fast the model runs: ``make bench`` prints milliseconds a team-year, and memory over many runs."""

import argparse
import resource
import statistics
import time

from model import CrisisTeams, Site, presets
from model.noise import PhiloxTape


def team_year(posts: int, replicate: int) -> float:
    """Return the milliseconds one team's year under the core programme takes, its start and its tape included."""
    started = time.perf_counter()
    site = Site(posts=posts)
    CrisisTeams(site, presets.programme("core-12"), tape=PhiloxTape(1, replicate), collect="nothing").run()
    return 1000.0 * (time.perf_counter() - started)


def peak_megabytes() -> float:
    """Return the largest memory this process has held, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024.0


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=60, help="runs for each size")
    parser.add_argument("--memory-runs", type=int, default=2000, help="short runs for the memory figure")
    given = parser.parse_args()
    team_year(21, 0)
    print("Mesa, one team, 12 months, core programme: milliseconds a team-year")
    base = 0.0
    for posts in (10, 21, 60):
        times = [team_year(posts, replicate) for replicate in range(given.runs)]
        median, quick = statistics.median(times), min(times)
        base = base or median
        print(
            f"  {posts:3d} staff: median {median:5.1f}, fastest {quick:5.1f}, {median / base:4.2f} times 10 staff"
        )
    print(f"Memory over {given.memory_runs:,} runs of a month: largest size in megabytes")
    before = peak_megabytes()
    for replicate in range(given.memory_runs):
        tape = PhiloxTape(2, replicate)
        CrisisTeams(
            Site(posts=10), presets.programme("core-12"), months=1, tape=tape, collect="nothing"
        ).run()
        if replicate + 1 in (given.memory_runs // 4, given.memory_runs):
            print(f"  after {replicate + 1:5,d} runs: {peak_megabytes():6.1f} (at first {before:.1f})")


if __name__ == "__main__":
    main()
