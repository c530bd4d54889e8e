"""Where the time of a team-year goes, and how it compares with a bound in C that has no model logic."""

import numpy as np

from benchmarks import bound, kernels
from benchmarks.counts import Counts, counts
from benchmarks.engines import live_in_mesa
from benchmarks.report import Table
from benchmarks.timing import Job, clocked, in_turns
from benchmarks.worlds import STAFF, World, draws
from model.engine.layout import STATE
from model.outcomes import OUTCOMES
from model.record import NAMES


def parts(quick: bool) -> list[Table]:
    """Count, then measure the engine, its parts, the bound in C and Mesa in turns."""
    start, weekly = counts(2 if quick else 8)
    world = World()
    with bound.programs() as programs:
        jobs = _jobs(world, start, weekly)
        for name, program in programs.items():
            jobs[f"C luck, {name}"], jobs[f"C, {name}"] = bound.jobs(program, start, weekly, world.weeks)
        found = {name: 1e6 * time for name, time in in_turns(jobs, 20 if quick else 300).items()}
    tables = [_counts(start, weekly), _parts(found), _against_mesa(found)]
    if not programs:
        print("There is no C compiler (cc, gcc or clang): the bound in C is left out.")
        return tables
    return [*tables, _bound(found)]


def _jobs(world: World, start: Counts, weekly: Counts) -> dict[str, Job]:
    """Return jobs that tell the seconds of a team-year: engine, parts, Mesa."""
    runs, inputs, weeks = len(world.luck), world.inputs, world.weeks
    found = world.live(kept_weeks=None, end_states=True)
    assert found.states is not None
    teams, states = inputs.teams[:, 0].copy(), found.states[:, 0].copy()
    series, planned = found.series[:, 0].copy(), found.planned[:, 0].copy()
    totals, held, hours = found.totals[:, 0].copy(), found.held[:, 0].copy(), found.hours[:, 0].copy()
    luck, tape = np.array(world.luck, np.uint64), np.zeros((1000, 4))
    one_week, none = np.zeros((weeks + 1, len(NAMES))), np.zeros((0, 0))
    measured, outcomes = world.measured, np.zeros((runs, len(OUTCOMES)))
    at_start, beside = round(start.blocks), round(weekly.blocks) - STAFF
    team, seats = inputs.teams[0, 0], np.zeros(1, STATE)[0]
    unmoved, one = World(parameters=world.parameters, months=0.0), World(parameters=draws(1))

    def each(work: Job) -> Job:
        return lambda: work() / runs

    return {
        "engine": each(clocked(world.live)),
        "start": each(clocked(unmoved.live)),
        "luck": each(clocked(lambda: kernels.fill_tape(luck, 0, team, seats, at_start, beside, weeks, tape))),
        "luck of the start": each(
            clocked(lambda: kernels.fill_tape(luck, 0, team, seats, at_start, beside, 0, tape))
        ),
        "books": each(
            clocked(lambda: kernels.keep_books(teams, states, measured, one_week, none, hours.copy(), totals))
        ),
        "reduction": each(
            clocked(
                lambda: kernels.reduce_again(
                    inputs.parameters, teams, states, series, totals, measured, planned, held, hours, outcomes
                )
            )
        ),
        "Mesa": clocked(lambda: live_in_mesa(one)),
    }


def _counts(start: Counts, weekly: Counts) -> Table:
    names = ("blocks", "products", "sums", "quotients", "exponentials")
    titles = ("blocks of four numbers", "multiplications", "additions", "divisions and roots", "exponentials")
    rows = []
    for name, title in zip(names, titles, strict=True):
        once, each = getattr(start, name), getattr(weekly, name)
        rows.append((title, round(once), round(each), round(once + 52 * each)))
    return Table("Counted, one team of 21", ("", "start", "a week", "a year"), rows)


def _parts(found: dict[str, float]) -> Table:
    rest = found["engine"] - found["start"] - (found["luck"] - found["luck of the start"]) - found["books"]
    shares = {
        "luck of the weeks": found["luck"] - found["luck of the start"],
        "the weeks but for luck and books (by difference)": rest,
        "the weeks' books": found["books"],
        "start, with its luck (by difference)": found["start"] - found["reduction"],
        "reduction to outcomes": found["reduction"],
        "whole": found["engine"],
    }
    rows = [(name, time, 100.0 * time / found["engine"]) for name, time in shares.items()]
    return Table("Time by part in the compiled engine, one team of 21", ("", "µs a team-year", "%"), rows)


def _against_mesa(found: dict[str, float]) -> Table:
    rows = [("Mesa", found["Mesa"], 1.0), ("compiled", found["engine"], found["Mesa"] / found["engine"])]
    return Table("Both engines in turns, one team of 21", ("", "µs a team-year", "times faster"), rows)


def _bound(found: dict[str, float]) -> Table:
    names = {
        "C luck, free": "luck alone, C",
        "luck": "luck alone, compiled",
        "C, free": "luck and arithmetic, C, several values at once",
        "C, one": "luck and arithmetic, C, one value at a time",
        "engine": "the compiled engine",
    }
    rows = [(title, found[name], found["engine"] / found[name]) for name, title in names.items()]
    title = "The bound: the counted luck and arithmetic in C, without model logic"
    return Table(title, ("", "µs a team-year", "engine, times this"), rows)
