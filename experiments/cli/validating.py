"""The command that asks whether the model can be believed: validate."""

import json as json_format
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from experiments.errors import InputError

if TYPE_CHECKING:
    from calibration import Draws
    from experiments.validation.validation import Judged, Validation
    from model.ensemble import Engine

PAGE = Path("results") / "validation" / "validation-patterns.md"


class Asked(NamedTuple):
    """What the user asked of ``validate``."""

    draws: int
    replicates: int
    seed: int
    pattern: tuple[str, ...]
    page: bool
    out: Path | None
    settings: tuple[str, ...]
    engine: "Engine"
    workers: int
    json: bool
    quiet: bool

    @property
    def where(self) -> Path | None:
        """Return where the page is to be written, if at all."""
        if self.out is not None and (self.out.is_dir() or not self.out.suffix):
            return self.out / PAGE.name
        return self.out or (PAGE if self.page else None)


@click.command()
@click.option(
    "--draws", type=click.IntRange(1), default=200, show_default=True, help="Shipped draws, and of the prior."
)
@click.option(
    "--replicates",
    type=click.IntRange(1),
    default=4,
    show_default=True,
    help="Runs of each draw and six teams, the same luck in all arms; more where fewer teams are run.",
)
@click.option("--seed", type=click.IntRange(0), default=1, show_default=True, help="Names the luck.")
@click.option("--pattern", multiple=True, metavar="ID", help="Only this pattern; repeatable.  [default: all]")
@click.option("--page", is_flag=True, help=f"Write {PAGE.as_posix()} too.")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=None,
    help="Write the page, in Markdown, to this file or directory.",
)
@click.option(
    "--set",
    "settings",
    multiple=True,
    metavar="NAME=VALUE",
    help="A parameter laid over all draws, but where a pattern sets it itself; repeatable.",
)
@click.option(
    "--engine",
    type=click.Choice(["compiled", "mesa"]),
    default="compiled",
    show_default=True,
    help="What runs the model: the same numbers from both; Mesa is slow.",
)
@click.option(
    "--workers",
    type=click.IntRange(1),
    default=os.cpu_count() or 1,
    help="Threads to run in.  [default: one a core]",
)
@click.option("--json", "json", is_flag=True, help="Print the report as JSON, and nothing else.")
@click.option("--quiet", is_flag=True, help="No progress, no tables.")
def validate(**given: Any) -> None:
    """Ask the model for the patterns interviewees and the trial speak of; say which held and which did not.

    Each was declared with a threshold before it was run. Only those that could fail count as validation. With --json,
    beside the patterns: each team predicted from the other five (loto) and what the six totals tell of each uncertain
    quantity (identifiability), from the calibration that made the shipped draws.

    Not offered: --team, --weeks and --months, since each pattern names its own teams and length; levers and contexts
    with --set, which are what the patterns compare; --scheduler, since all patterns take minutes on one machine.
    """
    asked = Asked(**given)
    found = _found(asked)
    if asked.where is not None:
        _write(found, asked.where)
    if asked.json:
        click.echo(json_format.dumps(found.to_dict(), sort_keys=True, allow_nan=False))
    elif not asked.quiet:
        _show(found)


def _found(asked: Asked) -> "Validation":
    from calibration import prior
    from experiments.validation.patterns import chosen
    from experiments.validation.running import Plan
    from experiments.validation.validation import validate as run

    patterns = chosen(asked.pattern)
    plan = Plan(asked.replicates, asked.seed, asked.workers, asked.engine, _values(asked.settings))
    return run(
        patterns, _shipped(asked.draws), prior(asked.draws, asked.seed), plan, progress=not asked.quiet
    )


def _values(settings: Sequence[str]) -> dict[str, float]:
    """Return parameters to lay over the draws, checked."""
    from model.parameters import Parameters, with_values

    values = {}
    for setting in settings:
        name, _, value = setting.partition("=")
        try:
            values[name.strip()] = float(value)
            with_values(Parameters(), values)
        except ValueError as error:
            wrong = "write NAME=NUMBER, as in --set spill_over=0." if "could not" in str(error) else error
            raise InputError(f"--set {setting}: {wrong}") from None
    return values


def _shipped(count: int) -> "Draws":
    from calibration import posterior

    try:
        return posterior(count)
    except ValueError as error:
        raise InputError(f"--{error}") from None


def _write(found: "Validation", path: Path) -> None:
    from experiments.validation.page import page

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page(found), encoding="utf-8")
    except OSError as error:
        raise InputError(f"--out {path}: the page cannot be written there: {error.strerror}.") from None
    click.echo(f"crtsip: the page is {path}", err=True)


def _show(found: "Validation") -> None:
    from experiments.cli.output import say, table

    kind, count = found.draws.kind, len(found.draws)
    say(
        f"\n{count} draws ({kind}) and as many of the prior, {found.plan.replicates} replicates of six teams.\n"
    )
    header = ["pattern", "kind", "expected", "effect (95% over draws)", "unit", "P", "prior P", "verdict"]
    rows = [_row(each) for each in found.judged]
    say(table(header, rows, [*header[:5], "verdict"]))
    counted = [each for each in found.judged if each.pattern.counts_as_validation]
    held = sum(each.verdict == "held" for each in counted)
    failed = sum(each.verdict == "not held" for each in counted)
    say(
        f"\nOf {len(counted)} that count as validation (emergent, with something expected) {held} held, {failed} did "
        f"not, {len(counted) - held - failed} undecided."
    )
    say(_calibration())
    if kind != "posterior":
        say(f"A {kind} is no posterior: take the verdicts for a trial.")


def _calibration() -> str:
    """Say what the calibration tells of prediction and of what can be known."""
    from calibration.shipped import identified, left_out

    teams, rows = left_out(), identified()
    inside = sum(low <= row["recorded"] <= high for row in teams for low, high in row["intervals"][-1:])
    informed = sum(row["verdict"] == "informed" for row in rows)
    return (
        f"Left out in turn, {inside} of {len(teams)} teams fall into their 90% interval; of {len(rows)} uncertain "
        f"quantities {informed} are informed by the six totals (docs/validation.md)."
    )


def _row(each: "Judged") -> list[str]:
    from experiments.validation.declarations import unit_of
    from experiments.validation.page import shown

    expected = each.pattern.expected
    return [
        each.pattern.id,
        each.pattern.kind,
        str(expected) if expected is not None else "no sign",
        shown(each.after.estimate, each.pattern.effect),
        unit_of(each.pattern.effect),
        f"{each.after.probability:.2f}",
        f"{each.before.probability:.2f}",
        each.word,
    ]
