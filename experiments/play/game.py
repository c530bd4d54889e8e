"""A game: whose team, under which programme, with which luck, and what the facilitator decided month by month."""

import tomllib
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Self

import numpy as np
from pydantic import Field, ValidationError, model_validator

from calibration import posterior
from experiments.errors import InputError, read_text, refusal
from experiments.experiment import Experiment
from experiments.profile import team_from_text
from experiments.scenario import Scenario, toml
from model.outcomes import MONTHS
from model.programme.plan import Column, weeks_of
from model.sites import Described, Share, Site

AFTER = 12  #: months looked at after the programme, when nobody facilitates
ROUNDING = 1e-9
COLUMNS = [Column.VISIT_INTERVAL, Column.DOING, Column.ESCALATING, Column.INDUCTING]


class Decision(Described):
    """Where the facilitator's time goes from a month of the programme on, until decided otherwise.

    The names are those of ``programme.facilitation``: ``visit_interval`` in weeks, then shares of the time with the
    team; what is left of them is coaching.
    """

    month: Annotated[int, Field(ge=1, le=max(MONTHS))]
    visit_interval: Annotated[float, Field(ge=1, le=26)] = 1.0
    doing: Share = 0.0
    escalating: Share = 0.0
    inducting: Share = 0.0

    @model_validator(mode="after")
    def _no_more_than_there_is(self) -> Self:
        if self.doing + self.escalating + self.inducting > 1.0 + ROUNDING:
            raise ValueError("doing, escalating and inducting are shares of one time: together 1 at most")
        return self

    @property
    def row(self) -> tuple[float, ...]:
        """Return the values of ``COLUMNS``."""
        return self.visit_interval, self.doing, self.escalating, self.inducting


class Game(Described):
    """Setup and decisions: all that decides a game, so that it can be played again to the same numbers.

    Parameters
    ----------
    team
        1 to 6; or ``profile``, the fields of a team's profile.
    programme
        A preset with a facilitator.
    draw, replicate, seed
        Which possible world (a number of the shipped draws), and the luck, as for ``crtsip replay``.
    decisions
        By month; a month without one goes on as the month before, the first as the programme has it.
    played
        Months lived so far; all of the programme where not given.

    Raises
    ------
    InputError
        From ``from_file``, ``from_text`` and ``checked``: if a value is not allowed, or cannot be played.
    """

    team: Annotated[int, Field(ge=1, le=6)] | None = None
    profile: Mapping[str, Any] | None = None
    programme: str = "internal-12"
    draw: Annotated[int, Field(ge=0)] = 0
    replicate: Annotated[int, Field(ge=0, lt=1_000_000)] = 0
    seed: Annotated[int, Field(ge=0)] = 1
    played: Annotated[int, Field(ge=0)] | None = None
    decisions: Annotated[tuple[Decision, ...], Field(strict=False)] = ()

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        months = [decision.month for decision in self.decisions]
        if months != sorted(set(months)):
            raise ValueError("decisions stand in the order of their months, one a month")
        if (self.team is None) == (self.profile is None):
            raise ValueError("give a team, 1 to 6, or the profile of one of your own")
        return self

    @classmethod
    def from_file(cls, path: Path | str) -> Self:
        """Read a game's TOML file."""
        return cls.from_text(read_text(Path(path), "game"), str(path))

    @classmethod
    def from_text(cls, text: str, place: str) -> Self:
        """Read a game from TOML text; ``place`` names it in errors."""
        try:
            table = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise InputError(f"{place} is not valid TOML: {error}.") from None
        return cls.checked(table, place, text)

    @classmethod
    def checked(cls, table: Any, place: str, text: str = "") -> Self:
        """Check a table of a game, and that it can be played."""
        try:
            game = cls.model_validate(table)
        except ValidationError as error:
            known = {"": list(cls.model_fields), "decisions": list(Decision.model_fields)}
            raise refusal(error, place, text, known) from None
        game._check(place)
        return game

    def _check(self, place: str) -> None:
        draws = len(posterior())
        why_not = unplayable(self.scenario)
        if why_not:
            raise InputError(f"{place}: {self.programme} {why_not}.")
        if self.draw >= draws:
            raise InputError(f"{place}: draw = {self.draw}: there are draws 0 to {draws - 1}.")
        latest = max((decision.month for decision in self.decisions), default=0)
        if latest > self.months or self.lived_months > self.months:
            raise InputError(
                f"{place}: {self.programme} lasts {self.months} months; no month after that can be played."
            )
        _ = self.site

    @cached_property
    def scenario(self) -> Scenario:
        """Return the programme."""
        return Scenario(self.programme)

    @property
    def months(self) -> int:
        """Return how long the programme, and so the game, lasts."""
        return int(self.scenario.programme.months)

    @property
    def lived_months(self) -> int:
        """Return the months lived so far."""
        return self.months if self.played is None else self.played

    @property
    def over(self) -> bool:
        """Say whether all months were played."""
        return self.lived_months >= self.months

    @cached_property
    def site(self) -> int | Site:
        """Return the team: a number of the six, or the site of a profile."""
        if self.profile is None:
            return self.team or 1
        return team_from_text(toml(dict(self.profile)), "our team", "profile")

    @cached_property
    def experiment(self) -> Experiment:
        """Return the experiment the game is a run of, to a year after the programme; no programme stands beside."""
        return Experiment(
            [self.scenario],
            draws=posterior(),
            teams=(self.site,),
            seed=self.seed,
            months=float(self.months + AFTER),
        )

    def after(self, months: int) -> Self:
        """Return the game as it stood after some months."""
        kept = tuple(decision for decision in self.decisions if decision.month <= months)
        return self.model_copy(update={"played": months, "decisions": kept})

    def decided(self, decision: Decision | None) -> Self:
        """Return the game a month on, with what was decided for it, or nothing."""
        decisions = self.decisions + (() if decision is None else (decision,))
        return self.checked(
            self.model_dump() | {"decisions": decisions, "played": self.lived_months + 1}, "game"
        )

    def to_toml(self) -> str:
        """Return the game as the text of its file."""
        table = self.model_dump(exclude_none=True)
        decisions = table.pop("decisions")
        if self.over:
            table.pop("played", None)
        return toml(table) + "".join(f"\n[[decisions]]\n{toml(decision)}" for decision in decisions)


def unplayable(scenario: Scenario) -> str:
    """Say why a scenario cannot be played; nothing where it can."""
    programme = scenario.programme
    if programme.facilitation is None:
        return "has no facilitator to be; choose internal-12 or external-12, as two of many"
    if programme.readiness is not None or programme.delivery == "recorded" or scenario.outcome != "fidelity":
        return (
            "cannot be played: a game begins at once, is delivered by the model's rules and aims at fidelity"
        )
    if programme.months not in MONTHS:
        return f"cannot be played: a game lasts {', '.join(map(str, MONTHS))} months"
    return ""


def write(rows: np.ndarray, decisions: Sequence[Decision]) -> None:
    """Write decisions into the plan's table ``[..., programme week, column]``, each from its month on."""
    for decision in decisions:
        first = weeks_of(decision.month - 1)
        for column, value in zip(COLUMNS, decision.row, strict=True):
            rows[..., first:, column] = value
