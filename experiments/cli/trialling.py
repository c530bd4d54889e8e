"""The command that plans a cluster trial: what it would find, and with which power."""

import json as json_format
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from experiments.cli.options import Asked, computing
from experiments.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from experiments.comparison import Estimate
    from experiments.experiment import Experiment
    from experiments.trial import Trial

SIZES = "8,12,16,20,25,32,40"
REPLICATES = 4


@click.command()
@click.option("--scenario", default="core-12", show_default=True, help="What the intervention arm gets.")
@click.option("--control-scenario", default="no-sip", show_default=True, help="What the control arm gets.")
@click.option(
    "--intervention",
    type=click.IntRange(2),
    default=15,
    show_default=True,
    help="Teams in the intervention arm.",
)
@click.option(
    "--control", type=click.IntRange(2), default=10, show_default=True, help="Teams in the control arm."
)
@click.option(
    "--teams",
    "sizes",
    default=SIZES,
    show_default=True,
    metavar="N,N,...",
    help="Sizes to find the power of: teams in all, shared between the arms in the same ratio.",
)
@click.option(
    "--alpha",
    type=click.FloatRange(0.0001, 0.5),
    default=0.05,
    show_default=True,
    help="Two-sided level of the test.",
)
@click.option(
    "--trials",
    type=click.IntRange(1),
    default=2,
    show_default=True,
    help="Trials of each size for each draw and replicate.",
)
@computing
@click.pass_context
def trial(
    context: click.Context,
    /,
    scenario: str,
    control_scenario: str,
    intervention: int,
    control: int,
    sizes: str,
    alpha: float,
    trials: int,
    **given: Any,
) -> None:
    """Plan a cluster trial: the expected difference between two arms, and power by number of teams.

    Teams are drawn anew for each draw from the population of eligible teams; facilitators have two or three each, as in
    the real trial. Follow-up is at the programme's end, but for --months and --follow-up.
    """
    from experiments.trial import Arms

    asked = Asked(**given)
    if asked.team:
        raise InputError(
            "--team: the teams of a trial are drawn. Leave it out; give numbers by --intervention and --control."
        )
    arms = Arms(intervention, control)
    wanted = _sizes(sizes)
    chosen = context.get_parameter_source("follow_up") is not click.core.ParameterSource.DEFAULT
    asked = asked._replace(follow_up=asked.follow_up if chosen else 0.0)
    experiment = _experiment((scenario, control_scenario), asked, max(arms.teams, *wanted))
    folder, result = _run(experiment, asked)
    if result.interrupted:
        click.echo(f"crtsip: interrupted; the same command goes on from what is kept in {folder}.", err=True)
        sys.exit(130)
    found = _analysed(result, arms, wanted, trials, alpha, asked)
    picture = _draw(found, folder)
    if asked.json:
        click.echo(json_format.dumps(found.to_dict(), sort_keys=True, allow_nan=False))
    elif not asked.quiet:
        _show(found, folder)
        click.echo(f"crtsip: the power curve is {picture}", err=True)


def _sizes(text: str) -> list[int]:
    """Return the sizes asked for, in rising order."""
    try:
        found = sorted({int(size) for size in text.split(",")})
    except ValueError:
        raise InputError(f"--teams {text}: write numbers of teams, as in --teams 16,25,40.") from None
    if found[0] < 4:
        raise InputError(
            f"--teams {text}: {found[0]} is too few; a trial has 4 teams or more, two in each arm."
        )
    return found


def _experiment(names: tuple[str, str], asked: Asked, teams: int) -> "Experiment":
    from experiments.cli.running import options, read
    from experiments.trial import trial_experiment

    scenarios = read(names, asked)
    first, second = scenarios[:2]
    if first.name == second.name:
        raise InputError(
            f"--control-scenario {second.name}: both arms get the same; give them different scenarios."
        )
    if "implementation" in (first.outcome, second.outcome):
        raise InputError(
            "A trial compares fidelity; these scenarios have no fidelity score. Start from core-12."
        )
    return trial_experiment(*scenarios, **options(asked, REPLICATES) | {"teams": teams})


def _run(experiment: "Experiment", asked: Asked) -> tuple[Path, Any]:
    from experiments.cli.running import computed

    named = "-".join(scenario.name for scenario in experiment.scenarios[:2])[:60]
    folder = asked.out or Path("results") / f"trial-{named}-{experiment.fingerprint()}"
    return folder, computed(experiment, asked, folder)


def _analysed(result: Any, arms: Any, sizes: list[int], trials: int, alpha: float, asked: Asked) -> "Trial":
    """Draw the trials and analyse them, with progress shown."""
    from tqdm import tqdm

    from experiments.trial import Trial

    count = len(result.experiment.draws) * result.replicates * trials * len({arms.teams, *sizes})
    with tqdm(total=count, unit="trial", disable=True if asked.quiet else None) as bar:
        return Trial.of(result, arms, sizes, trials=trials, alpha=alpha, tell=bar.update)


def _draw(found: "Trial", folder: Path) -> Path:
    from experiments.plots.power import power_curve
    from experiments.plots.style import save

    return save(power_curve(found), folder / "power.svg")


def _show(found: "Trial", folder: Path) -> None:
    from experiments.cli.output import say, table

    result, arms = found.result, found.arms
    say(
        f"\n{len(result.experiment.draws)} draws ({result.experiment.draws.kind}), {result.replicates} replicates, "
        f"follow-up at month {result.experiment.months:g}.\n"
    )
    rows = [[name, _points(found.gain(name)), _share(found.share_risen(name))] for name in found.names]
    say(table(["arm", "reviewed gain (95% over draws)", "share of teams that rise"], rows))
    low, high = found.single_trials
    comparison = found.difference
    expected = _points(comparison.estimate) if comparison is not None else "not known"
    say(
        f"\nExpected difference between the arms: {expected} points. Of single trials of {arms.intervention} + "
        f"{arms.control} teams, 95% find {low:+.1f} to {high:+.1f} (adjusted for the baseline).\n"
    )
    say(
        table(
            ["teams", "arms", "power", "Monte Carlo", "95% of draws", "not adjusted", "by facilitator"],
            _power_rows(found),
        )
    )
    say("\nBeside what was reported of the real trial:")
    for each in found.beside_the_real():
        say(
            f"- {each['statement']} ({each['source']}) In the model: {each['what']} {_figure(each['simulated'])}."
        )
    say(f"Used in the calibration? {found.beside_the_real()[0]['used']}")
    say("\nNot decided:")
    for sentence in found.undecided():
        say(f"- {sentence}")
    say(f"\nResult: {folder}")


def _power_rows(found: "Trial") -> list[list[str]]:
    return [
        [
            str(each.arms.teams),
            f"{each.arms.intervention} + {each.arms.control}",
            f"{each.adjusted.mean:.2f}",
            _span(each.to_dict()["power"]["mc95"]),
            _span(each.adjusted.interval_parameters),
            f"{each.unadjusted.mean:.2f}",
            f"{each.by_facilitator.mean:.2f}" if each.by_facilitator is not None else "–",
        ]
        for each in found.by_size
    ]


def _points(estimate: "Estimate | None") -> str:
    if estimate is None:
        return "–"
    low, high = estimate.interval_parameters
    return f"{estimate.mean:+.1f} ({low:+.1f} to {high:+.1f})"


def _share(estimate: "Estimate | None") -> str:
    return "–" if estimate is None else f"{estimate.mean:.2f} ({_span(estimate.interval_parameters)})"


def _figure(figures: dict[str, Any] | None) -> str:
    return "–" if figures is None else f"{figures['mean']:.2f} ({_span(figures['interval_parameters'])})"


def _span(ends: "Sequence[float]") -> str:
    return f"{ends[0]:.2f} to {ends[1]:.2f}"
