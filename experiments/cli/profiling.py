"""Commands about the user's own team."""

import json as json_format
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from experiments.errors import InputError, did_you_mean

if TYPE_CHECKING:
    from experiments.profile.questions import Answer, Question


@click.group()
def team() -> None:
    """Describe your own team, for --team of the commands that compute."""


@team.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False), default="team.toml")
@click.option("--from-defaults", is_flag=True, help="Ask nothing: take the default wherever --set is silent.")
@click.option(
    "--set", "settings", multiple=True, metavar="NAME=VALUE", help="Answer a question beforehand; repeatable."
)
@click.option("--force", is_flag=True, help="Replace what stands in FILE.")
def new(file: Path, from_defaults: bool, settings: tuple[str, ...], force: bool) -> None:
    """Write a team's profile into FILE, by questions. [default: team.toml]

    Enter takes the default; ? says that you do not know, and each draw then takes a value from the range of ordinary
    teams. An answer may be a number, 20%, 3/14, or a range such as 0.2 to 0.4.
    """
    from experiments.profile.writing import profile_text

    if file.exists() and not force:
        raise InputError(f"{file} is there already. Name another file, or replace it with --force.")
    answers = _set(settings)
    if not from_defaults:
        answers = _asked(answers)
    text = profile_text(answers, file.name)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    click.echo(f"{file} is written. Try it:\n  crtsip compare core-12 core-24 --team {file}")


@team.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "json", is_flag=True, help="Print what was read as JSON, and nothing else.")
def check(file: Path, json: bool) -> None:
    """Check a team's profile and tell how it is read: what is known, what is drawn, and what is the typical team's."""
    from experiments.profile.reading import own_team
    from experiments.profile.told import told

    found = told(own_team(file), file)
    if json:
        click.echo(json_format.dumps({"file": str(file), "fields": found}, sort_keys=True))
        return
    from experiments.cli.output import say, table

    rows = [[row["field"], _shown(row), row["kind"]] for row in found]
    say(table(["field", "value", "what it is"], rows, words=["value", "what it is"]))
    say(f"\n{file} is a valid profile.")


def _shown(row: dict[str, Any]) -> str:
    value = row["value"]
    return f"{value[0]:g} to {value[1]:g}" if "drawn" in row["kind"] else str(value)


def _set(settings: tuple[str, ...]) -> "dict[str, Answer]":
    from experiments.profile.answers import understood
    from experiments.profile.questions import QUESTIONS

    questions = {question.name: question for question in QUESTIONS}
    answers: dict[str, Answer] = {}
    for setting in settings:
        name, sign, text = setting.partition("=")
        if not sign or not text:
            raise InputError(f"--set {setting}: write NAME=VALUE, as in --set posts=14.")
        if name not in questions:
            hint = did_you_mean(name, questions) or f" There are {', '.join(questions)}."
            raise InputError(f"--set {setting}: no question is about '{name}'.{hint}")
        answers[name] = understood(questions[name], text)
    return answers


def _asked(answers: "dict[str, Answer]") -> "dict[str, Answer]":
    from experiments.profile.questions import QUESTIONS

    open_ones = [question for question in QUESTIONS if question.name not in answers]
    click.echo("Enter takes the default; ? says that you do not know. Ctrl-C leaves without writing.")
    for number, question in enumerate(open_ones, start=1):
        answers[question.name] = _ask(question, f"{number} of {len(open_ones)}")
    return answers


def _ask(question: "Question", place: str) -> "Answer":
    """Ask until there is an answer that is allowed."""
    from experiments.profile.answers import understood

    click.echo(f"\n{place}. {question.asks}")
    for head, text in (("Unit", question.unit), ("Allowed", question.allowed), ("Why", question.why)):
        click.echo(f"   {head}: {text}")
    click.echo(f"   Enter for: {question.usual}")
    while True:
        try:
            return understood(
                question, click.prompt("  ", default="", show_default=False, prompt_suffix="> ")
            )
        except InputError as error:
            click.echo(f"   {error}")
