"""Commands that ask the ready questions."""

import json as json_format
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from experiments.cli.options import Asked, computing
from experiments.cli.running import computed, options, stop_if_interrupted

if TYPE_CHECKING:
    from experiments.experiment import Experiment
    from experiments.page import Picture
    from experiments.questions.answers import Answer
    from experiments.result import Result

Pictures = Callable[["Result"], "list[Picture]"]


@click.group()
def ask() -> None:
    """Ask a ready question: its scenarios, its differences and its limits are prepared."""


@ask.command()
@computing
def placement(**given: Any) -> None:
    """Placement of the facilitator by presence by the manager's stance, with a page."""
    from experiments.questions import placement as question

    asked = Asked(**given)
    experiment = question.experiment(asked.set_values, **options(asked, 2))
    tell("placement", experiment, asked, question.answer, question.pictures)


@ask.command()
@computing
def length(**given: Any) -> None:
    """Length of the programme at the same hours a week, facilitator's hours in all, or cost, with a page."""
    from experiments.questions import length as question

    asked = Asked(**given)
    say = click.echo if not (asked.quiet or asked.json) else None
    if say is not None:
        say("crtsip: solving the hours a week at which each length costs the same ...", err=True)
    experiment = question.experiment(asked.set_values, **options(asked, 2))
    tell("length", experiment, asked, question.answer, question.pictures)


@ask.command()
@computing
def readiness(**given: Any) -> None:
    """Start at once, when the team is ready, or after support, with an assessment that errs."""
    from experiments.questions import readiness as question

    asked = Asked(**given)
    tell("readiness", question.experiment(asked.set_values, **options(asked, 4)), asked, question.answer)


@ask.command()
@click.option(
    "--change",
    "changes",
    multiple=True,
    metavar="NAME or LEVER=VALUE",
    help="What is changed: a ready counterfactual or a lever; repeatable, each on its own.  [default: all ready ones]",
)
@click.option("--list", "listed", is_flag=True, help="List the ready counterfactuals.")
@computing
def counterfactual(changes: tuple[str, ...], listed: bool, **given: Any) -> None:
    """Counterfactuals for the real six: as recorded but for one change, with each team's inferred circumstances.

    --set holds for the programme as recorded and for every change alike.
    """
    from experiments.questions import counterfactual as question

    asked = Asked(**given)
    if listed:
        for change in question.named().values():
            click.echo(f"{change.name:24}{change.title}")
        return
    experiment = question.experiment(changes, asked.set_values, **options(asked, 4))
    tell("counterfactual", experiment, asked, question.answer)


def tell(
    name: str,
    experiment: "Experiment",
    asked: Asked,
    answered: "Callable[[Result], Answer]",
    pictures: Pictures | None = None,
    further: Mapping[str, str] | None = None,
) -> None:
    """Run (or read again) a question's experiment, print its answer, write its page."""
    from experiments.questions.answers import to_dict, write_page

    folder = asked.out or Path("results") / f"{name}-{experiment.fingerprint()}"
    result = computed(experiment, asked, folder)
    answer = answered(result)
    if asked.json:
        click.echo(json_format.dumps(to_dict(result, answer), sort_keys=True, allow_nan=False))
    elif not asked.quiet:
        _show(result, answer, folder)
    if pictures is not None:
        path = write_page(
            result,
            answer,
            pictures(result),
            folder / "report.html",
            command=_command(name, asked, further or {}),
        )
        click.echo(f"crtsip: the page is {path.resolve()}", err=True)
    stop_if_interrupted(result, folder)


def _show(result: "Result", answer: "Answer", folder: Path) -> None:
    from experiments.cli.output import say, table
    from experiments.questions.answers import open_groups, table_of
    from experiments.summary import undecided

    say(f"\n{answer.question}\n")
    for sentence in answer.sentences:
        say(sentence)
    for found in (*(table_of(group) for group in answer.groups if not group.detail), *answer.tables):
        say(f"\n{found.caption}:\n")
        say(table(found.heads, found.rows))
    say("\nNot decided:")
    for sentence in [*undecided(result, []), *open_groups(answer)]:
        say(f"- {sentence}")
    say(f"\nResult: {folder}")


def _command(name: str, asked: Asked, further: Mapping[str, str]) -> str:
    """Return the line that asks the same again."""
    parts = {
        **further,
        "--draws": asked.draws,
        "--draws-from": asked.draws_from,
        "--replicates": asked.replicates,
        "--seed": asked.seed,
        "--months": asked.horizon,
    }
    told = [f"{option} {value}" for option, value in parts.items() if value is not None]
    teams = [f"--team {team}" for team in asked.team]
    return " ".join(
        [f"crtsip ask {name}", *told, *teams, *(f"--set {setting}" for setting in asked.settings)]
    )
