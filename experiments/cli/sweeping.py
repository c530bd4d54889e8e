"""The command that sweeps."""

import json as json_format
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from experiments.cli.options import Asked, computing
from experiments.cli.running import computed, options, stop_if_interrupted
from experiments.errors import InputError

if TYPE_CHECKING:
    from experiments.scenario import Scenario
    from experiments.sweep.points import Point
    from experiments.sweep.sweep import Swept

SHOWN = 12  #: sentences of what is undecided; --json tells all


@click.command()
@click.argument("scenario")
@click.option(
    "--vary",
    multiple=True,
    metavar="NAME=V1,V2,...",
    help="A lever, context or parameter and its values, or NAME=LOW:HIGH for a Latin hypercube; repeatable.",
)
@click.option(
    "--design",
    type=click.Choice(["factorial", "lhs"]),
    default="factorial",
    show_default=True,
    help="All combinations, or a Latin hypercube of --points.",
)
@click.option("--points", type=click.IntRange(2, 2000), default=None, help="Points of the Latin hypercube.")
@click.option(
    "--table",
    "rows",
    type=click.Path(path_type=Path, dir_okay=False),
    default=None,
    help="A CSV file instead: a column for each thing varied, a row for each point.",
)
@click.option("--outcome", default="gain_end", show_default=True, help="What is printed and drawn.")
@computing
def sweep(
    scenario: str,
    vary: tuple[str, ...],
    design: str,
    points: int | None,
    rows: Path | None,
    outcome: str,
    **given: Any,
) -> None:
    """Run SCENARIO at many points of its levers, its context or the parameters.

    Each point is compared with the scenario as it is, and with no programme in the same world, with the same luck.
    A tidy table of everything, sweep.csv, stands in the result's directory.
    """
    from experiments.scenario import read_scenario
    from experiments.sweep.sweep import Sweep, Swept

    asked = Asked(**given)
    base = read_scenario(scenario).with_set(asked.set_values)
    swept = Sweep.of(base, _points(base, vary, design, points, rows, asked.seed))
    experiment = swept.experiment(**options(asked, 2))
    _check_outcome(outcome, experiment.outcome)
    folder = asked.out or Path("results") / f"sweep-{base.name}-{experiment.fingerprint()}"
    result = computed(experiment, asked, folder)
    found = Swept(swept, result)
    _write(found, outcome, folder)
    if asked.json:
        click.echo(json_format.dumps(found.to_dict(outcome), sort_keys=True, allow_nan=False))
    elif not asked.quiet:
        _show(found, outcome, folder)
    stop_if_interrupted(result, folder)


def _points(
    base: "Scenario", vary: tuple[str, ...], design: str, points: int | None, rows: Path | None, seed: int
) -> "list[Point]":
    from experiments.sweep.points import factorial, factors, latin_hypercube, table

    if (rows is not None) == bool(vary):
        raise InputError("Give --vary NAME=V1,V2,... (repeatable) or --table FILE.csv, one of the two.")
    if (design == "lhs") != (points is not None):
        raise InputError("--design lhs and --points N go together.")
    if rows is not None and points is not None:
        raise InputError("--table holds the points itself: leave --design and --points out.")
    if rows is not None:
        return table(rows, base)
    return factorial(factors(vary)) if points is None else latin_hypercube(factors(vary), points, seed)


def _check_outcome(outcome: str, kind: str) -> None:
    from experiments.crossing import CROSSINGS
    from experiments.errors import did_you_mean
    from model.outcomes import OUTCOME_NAMES

    known = [*OUTCOME_NAMES, *CROSSINGS]
    if outcome not in known:
        raise InputError(f"--outcome {outcome}: there is no such outcome.{did_you_mean(outcome, known)}")


def _write(found: "Swept", outcome: str, folder: Path) -> None:
    """Write the tidy table, and a picture where one or two things are varied."""
    from experiments.plots.style import save
    from experiments.plots.sweep import sweep_picture

    found.frame().to_csv(folder / "sweep.csv", index=False, lineterminator="\n")
    if len(found.sweep.factors) <= 2:
        save(sweep_picture(found, outcome), folder / "sweep.svg")


def _show(found: "Swept", outcome: str, folder: Path) -> None:
    from experiments.cli.output import say, table

    result, sweep = found.result, found.sweep
    say(
        f"\n{len(sweep.arms)} points, {len(result.teams)} team{'s' * (len(result.teams) > 1)}, "
        f"{len(result.experiment.draws)} draws ({result.experiment.draws.kind}), {result.replicates} replicates, "
        f"{result.experiment.months:g} months. {outcome.replace('_', ' ')}: mean and 95% interval over draws.\n"
    )
    header = [
        *sweep.factors,
        "level",
        "over no programme",
        "P(>0)",
        f"over {sweep.base.name} unchanged",
        "P(>0)",
    ]
    say(table(header, [_row(found, outcome, k) for k in range(len(sweep.whole))], sweep.factors))
    said = found.undecided(outcome)
    say("\nNot decided:")
    for sentence in said[:SHOWN]:
        say(f"- {sentence}")
    if len(said) > SHOWN:
        say(f"- and {len(said) - SHOWN} more: see --json.")
    say(f"\nResult: {folder}; the table of all outcomes: {folder / 'sweep.csv'}")


def _row(found: "Swept", outcome: str, place: int) -> list[str]:
    arm = found.sweep.whole[place]
    name, base = arm.scenario.name, found.sweep.base.name
    settings = [arm.settings.get(factor, "unchanged") for factor in found.sweep.factors]
    level = found.level(outcome, name)
    row = [*settings, _interval(level) if level is not None else "–"]
    for against in (arm.none.name, base):
        difference = found.difference(outcome, name, against)
        row.append(_interval(difference.estimate, "+") if difference is not None else "–")
        row.append(f"{difference.p_positive:.2f}" if difference is not None else "–")
    return row


def _interval(estimate: Any, sign: str = "") -> str:
    low, high = estimate.interval_parameters
    digits = 2 if max(abs(low), abs(high)) < 2.0 else 1 if max(abs(low), abs(high)) < 1000 else 0
    return f"{estimate.mean:{sign}.{digits}f} ({low:{sign}.{digits}f} to {high:{sign}.{digits}f})"
