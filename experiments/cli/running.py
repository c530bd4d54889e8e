"""Commands that compute: run, compare, replay, demo."""

import json as json_format
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from experiments.cli.options import Asked, computing
from experiments.errors import InputError

if TYPE_CHECKING:
    from calibration import Draws
    from experiments.experiment import Experiment
    from experiments.result import Result
    from experiments.scenario import Scenario

DEMO = [f"{placement}-{months}" for months in (12, 18, 24) for placement in ("internal", "external")]


@click.command()
@click.argument("scenario")
@computing
def run(scenario: str, **given: Any) -> None:
    """Run one SCENARIO, a preset's name or a TOML file, beside no programme."""
    asked = Asked(**given)
    _answer(_experiment([scenario], asked, asked.replicates or 2), asked)


@click.command()
@click.argument("scenarios", nargs=-1, required=True)
@click.option("--against", default=None, help="Compare with this scenario.  [default: the first named]")
@click.option(
    "--precision",
    type=click.FloatRange(0.01),
    default=1.0,
    show_default=True,
    help="Points to which each difference is to be known (95% half-width) before replicates stop.",
)
@click.option(
    "--max-replicates", type=click.IntRange(1), default=8, show_default=True, help="Stop there at the latest."
)
@computing
def compare(
    scenarios: tuple[str, ...], against: str | None, precision: float, max_replicates: int, **given: Any
) -> None:
    """Compare SCENARIOS with each other and with no programme, paired by luck.

    Replicates are added until each difference in gain is known to --precision points, unless --replicates is given.
    """
    asked = Asked(**given)
    experiment = _experiment(list(scenarios), asked, asked.replicates or max_replicates)
    names = [scenario.name for scenario in experiment.scenarios]
    if against is not None and against not in names:
        raise InputError(f"--against {against}: name one of the scenarios compared, {', '.join(names)}.")
    _answer(experiment, asked, against=against, precision=None if asked.replicates else precision)


@click.command()
@computing
def demo(**given: Any) -> None:
    """Compare internal with external facilitation over 12, 18 and 24 months on the six real teams, and write a page."""
    asked = Asked(**given)
    asked = asked._replace(months=24.0) if asked.horizon is None else asked
    experiment = _experiment(DEMO, asked, asked.replicates or 4)
    result = _answer(experiment, asked, against="internal-12")
    _write_page(result, _folder(experiment, asked) / "report.html")


@click.command()
@click.argument("result", type=click.Path(path_type=Path))
@click.option("--scenario", required=True, help="Name of the scenario.")
@click.option("--team", required=True, help="Number or name of the team.")
@click.option("--draw", type=int, required=True, help="The draw's number, as in the result.")
@click.option("--replicate", type=click.IntRange(0), required=True, help="Number of the replicate, from 0.")
@click.option("--json", "json", is_flag=True, help="Print weeks and events as JSON, and nothing else.")
def replay(result: Path, scenario: str, team: str, draw: int, replicate: int, json: bool) -> None:
    """Live through one run of a RESULT again, week by week, and check that it gives the same numbers."""
    from experiments.replay import replayed

    found = replayed(result, scenario, team, draw, replicate)
    if json:
        click.echo(json_format.dumps(found.to_dict(), sort_keys=True))
    else:
        from experiments.cli.output import say

        say(found.to_text())
    if not found.equal:
        click.echo("crtsip: the run differs from the stored one: " + "; ".join(found.differs), err=True)
        sys.exit(1)


def _draws(asked: Asked) -> "Draws":
    from calibration import posterior, prior

    if asked.draws_from == "prior":
        return prior(asked.draws, seed=asked.seed)
    try:
        return posterior(asked.draws)
    except ValueError as error:
        raise InputError(f"--{error}") from None


def _experiment(names: Sequence[str], asked: Asked, replicates: int) -> "Experiment":
    from experiments.experiment import Experiment

    return Experiment(read(names, asked), **options(asked, replicates))


def read(names: Sequence[str], asked: Asked) -> "list[Scenario]":
    """Read scenarios by name or path, in order, with what was set laid over them."""
    from experiments.scenario import read_scenario

    scenarios: list[Scenario] = [read_scenario(name) for name in names]
    return _set_alike(scenarios, asked.set_values) if asked.set_values else scenarios


def options(asked: Asked, replicates: int) -> dict[str, Any]:
    """Return what is asked of an experiment, but for its scenarios."""
    from experiments import teams

    return {
        "draws": _draws(asked),
        "replicates": asked.replicates or replicates,
        "seed": asked.seed,
        "teams": teams.chosen(asked.team),
        "months": asked.horizon,
        "follow_up": asked.follow_up,
        "engine": asked.engine,
    }


def _set_alike(scenarios: "list[Scenario]", settings: dict[str, str]) -> "list[Scenario]":
    """Lay settings over all scenarios and over the no-programme arm, which takes those of the world alone.

    Raises
    ------
    InputError
        If a lever is set and there is no programme it could be a lever of.
    """
    from experiments.experiment import NO_SIP
    from experiments.scenario import Scenario, resolved_name

    levers = [name for name in settings if resolved_name(name)[0] == "programme"]
    programmes = [scenario for scenario in scenarios if scenario.name != NO_SIP]
    if levers and not programmes:
        raise InputError(f"--set {levers[0]}: {NO_SIP} has no programme to set it in. Start from core-12.")
    of_the_world = {name: value for name, value in settings.items() if name not in levers}
    none = next((scenario for scenario in scenarios if scenario.name == NO_SIP), Scenario(NO_SIP))
    found = [s.with_set(settings) if s.name != NO_SIP else s.with_set(of_the_world) for s in scenarios]
    return found if none in scenarios else [*found, none.with_set(of_the_world)]


def _folder(experiment: "Experiment", asked: Asked) -> Path:
    named = "-".join(scenario.name for scenario in experiment.scenarios if scenario.name != "no-sip")[:60]
    return (
        asked.out
        if asked.out is not None
        else Path("results") / f"{named or 'no-sip'}-{experiment.fingerprint()}"
    )


def _answer(
    experiment: "Experiment", asked: Asked, *, against: str | None = None, precision: float | None = None
) -> "Result":
    """Run (or read again) an experiment, write its result, print what it says."""
    from experiments.summary import summary

    folder = _folder(experiment, asked)
    result = computed(experiment, asked, folder, precision, against)
    note = _precision_note(result, precision, against)
    if precision is not None and note is None and not asked.quiet:
        click.echo(
            f"crtsip: each difference is known to {_half_width(result, against):.2f} points (95% half-width), within "
            f"the {precision:g} asked for; stopped after {_many(result.replicates, 'replicate')}.",
            err=True,
        )
    found = summary(result, against, note)
    if asked.json:
        click.echo(json_format.dumps(found, sort_keys=True, allow_nan=False))
    elif not asked.quiet:
        _show(result, found, against, folder)
    stop_if_interrupted(result, folder)
    return result


def stop_if_interrupted(result: "Result", folder: Path) -> None:
    """Tell what is kept of an interrupted run and leave: exit status 130."""
    if not result.interrupted:
        return
    kept = _many(result.replicates, "whole replicate")
    click.echo(
        f"crtsip: interrupted; {kept} {'is' if result.replicates == 1 else 'are'} kept in {folder}, and the same "
        "command goes on from there.",
        err=True,
    )
    sys.exit(130)


def computed(
    experiment: "Experiment",
    asked: Asked,
    folder: Path,
    precision: float | None = None,
    against: str | None = None,
) -> "Result":
    """Run an experiment, or read it again from its folder, and tell what it took and what failed."""
    enough: Callable[[Result], bool] | None = None
    if precision is not None:
        enough = lambda so_far: so_far.replicates > 1 and _half_width(so_far, against) <= precision  # noqa: E731
    started = time.perf_counter()
    result = experiment.run(
        workers=asked.workers,
        scheduler=asked.scheduler,
        progress=not asked.quiet,
        enough=enough,
        out=folder,
        force=asked.force,
        say=lambda note: click.echo(f"crtsip: {note}", err=True),
    )
    if not asked.quiet:
        spent = time.perf_counter() - started
        click.echo(
            f"crtsip: {result.runs:,} runs of {experiment.months:g} months in {spent:.0f} s; result in {folder}.",
            err=True,
        )
    _tell_failures(result, folder)
    return result


def _tell_failures(result: "Result", folder: Path) -> None:
    """Tell how many cells failed; where nothing is left of a scenario there is no summary: exit status 1."""
    if not result.failed:
        return
    cell, error = next(iter(result.failed.items()))
    first = (
        f"{result.scenarios[cell.scenario]}, draw {result.experiment.draws.numbers[cell.draw]}, "
        f"replicate {cell.replicate}: {error}"
    )
    click.echo(
        f"crtsip: {_many(len(result.failed), 'cell')} failed and left out; the first is {first}. "
        f"The inputs of each are in {folder / 'failed'}; --force tries again.",
        err=True,
    )
    if result.nothing_left:
        sys.exit(1)


def _half_width(result: "Result", against: str | None) -> float:
    """Return the largest half-width, in points, among the differences in gain."""
    from experiments.summary import differences

    gains = [c for c in differences(result, against) if c.outcome.startswith(("gain", "implementation"))]
    return max((comparison.estimate.precision for comparison in gains), default=0.0)


def _precision_note(result: "Result", precision: float | None, against: str | None) -> str | None:
    if precision is None:
        return None
    reached = _half_width(result, against)
    if reached > precision or result.replicates < 2:
        return (
            f"Differences are known to {reached:.2f} points (95% half-width), not to the {precision:g} asked for: "
            f"stopped after {result.replicates} replicates. Raise --max-replicates."
        )
    return None


def _show(result: "Result", found: dict[str, Any], against: str | None, folder: Path) -> None:
    from experiments.cli.output import differences_table, say, scenarios_table
    from experiments.summary import differences, headline

    experiment = result.experiment
    say(
        f"\n{_many(len(result.teams), 'team')}, {_many(len(experiment.draws), 'draw')} ({experiment.draws.kind}), "
        f"{_many(result.replicates, 'replicate')}, {experiment.months:g} months. Mean and 95% interval over draws.\n"
    )
    say(scenarios_table(result, found))
    gains = [name for name in headline(result) if name.startswith(("gain", "implementation"))]
    say("\nPaired differences, with the same luck:\n")
    say(differences_table(differences(result, against), _shown(gains, experiment.months)))
    say("\nNot decided:")
    for sentence in found["undecided"]:
        say(f"- {sentence}")
    say(f"\nResult: {folder}")


def _many(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


def _shown(gains: Sequence[str], months: float) -> list[str]:
    """Return the outcomes worth a line each: 12 and 24 months, and the end where that is another month."""
    at_months = [name for name in gains if name in ("gain_12m", "gain_24m")]
    last = [name for name in gains if not name.endswith("m")]
    return at_months + ([] if f"gain_{months:g}m" in at_months else last)


def _write_page(result: "Result", path: Path) -> None:
    from experiments.page import write_page

    write_page(result, path)
    click.echo(f"crtsip: the page is {path.resolve()}", err=True)
