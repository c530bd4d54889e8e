"""Options the computing commands share."""

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import click

from experiments.errors import InputError

if TYPE_CHECKING:
    from model.ensemble import Engine

Command = TypeVar("Command", bound=Callable[..., Any])
WEEKS_A_MONTH = 52.0 / 12.0


class Asked(NamedTuple):
    """What the user asked of a computing command."""

    draws: int
    draws_from: str
    replicates: int | None
    seed: int
    weeks: int | None
    months: float | None
    follow_up: float
    team: tuple[str, ...]
    settings: tuple[str, ...]
    out: Path | None
    force: bool
    engine: "Engine"
    workers: int
    scheduler: str | None
    json: bool
    quiet: bool

    @property
    def horizon(self) -> float | None:
        """Return the run's length in months, where it was given in months or weeks."""
        if self.weeks is not None and self.months is not None:
            raise InputError("Give --weeks or --months, not both.")
        return self.weeks / WEEKS_A_MONTH if self.weeks is not None else self.months

    @property
    def set_values(self) -> dict[str, str]:
        """Return the settings by name."""
        found = {}
        for setting in self.settings:
            name, sign, value = setting.partition("=")
            if not sign or not name or not value:
                raise InputError(f"--set {setting}: write NAME=VALUE, as in --set turnover=1.5.")
            found[name.strip()] = value.strip()
        return found


_DRAWS_FROM = click.option(
    "--draws-from",
    type=click.Choice(["shipped", "prior"]),
    default="shipped",
    show_default=True,
    help="The shipped sample fitted to the six teams, or the prior.",
)
_OPTIONS = (
    click.option(
        "--draws", type=click.IntRange(1), default=200, show_default=True, help="Parameter vectors to run."
    ),
    click.option(
        "--replicates",
        type=click.IntRange(1),
        default=None,
        help="Runs of each draw, each with luck of its own, the same for all scenarios.",
    ),
    click.option("--seed", type=click.IntRange(0), default=1, show_default=True, help="Names the luck."),
    click.option("--weeks", type=click.IntRange(1, 416), default=None, help="Length of the runs in weeks."),
    click.option(
        "--months",
        type=click.FloatRange(1, 96),
        default=None,
        help="Length of the runs in months.  [default: the longest programme and the follow-up]",
    ),
    click.option(
        "--follow-up",
        type=click.FloatRange(0, 60),
        default=12.0,
        show_default=True,
        help="Months after the longest programme.",
    ),
    click.option(
        "--team",
        multiple=True,
        help="1 to 6, or a TOML file of your own team; repeatable.  [default: all six]",
    ),
    click.option(
        "--set",
        "settings",
        multiple=True,
        metavar="NAME=VALUE",
        help="Any lever, context or parameter; repeatable.",
    ),
    click.option(
        "--out",
        type=click.Path(path_type=Path),
        default=None,
        help="Directory of the result; an unfinished one there is resumed.",
    ),
    click.option("--force", is_flag=True, help="Replace what stands at --out."),
    click.option(
        "--engine",
        type=click.Choice(["compiled", "mesa"]),
        default="compiled",
        show_default=True,
        help="What runs the model: the same numbers from both.",
    ),
    click.option(
        "--workers",
        type=click.IntRange(1),
        default=os.cpu_count() or 1,
        help="Threads (compiled engine) or processes (Mesa) to run in.  [default: one a core]",
    ),
    click.option(
        "--scheduler",
        metavar="ADDRESS",
        default=None,
        help="Run on a Dask cluster instead: the address that 'dask scheduler' prints.",
    ),
    click.option(
        "--json",
        "json",
        is_flag=True,
        help="Print the summary as JSON, and nothing else, on standard output.",
    ),
    click.option("--quiet", is_flag=True, help="No progress, no tables."),
)


def computing(command: Command) -> Command:
    """Give a command the options all computing commands share."""
    first, *others = _OPTIONS
    return _given(command, (first, _DRAWS_FROM, *others))


def designing(command: Command) -> Command:
    """Give a command the shared options but for where draws come from, which it asks in its own way."""
    return _given(command, _OPTIONS)


def _given(command: Command, options: Iterable[Callable[[Command], Command]]) -> Command:
    for option in reversed(tuple(options)):
        command = option(command)
    return command
