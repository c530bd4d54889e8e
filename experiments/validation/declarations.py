"""What a pattern is: arms run with the same luck, an effect of theirs, and what was expected of it beforehand."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from math import inf
from typing import Any, Literal

import numpy as np

from experiments.scenario import Scenario
from experiments.teams import SIX
from model.ensemble import Lived
from model.outcomes import OUTCOME_NAMES
from model.programme.plan import weeks_of
from model.record import HOURS, NAMES
from model.sites import Site

#: *fitted*: its data are in the likelihood; *implied*: a rule fixes the sign; *emergent*: it could fail.
Kind = Literal["fitted", "implied", "emergent"]
SHARE_OF_DRAWS = "share of draws"  #: unit of what is true or false of each draw


@dataclass(frozen=True)
class Found:
    """The runs of one team in one arm, as measures read them: each returns ``[run]``."""

    lived: Lived
    months: float

    def outcome(self, name: str) -> np.ndarray:
        """Return an outcome (``model.outcomes``)."""
        found: np.ndarray = self.lived.outcomes[:, 0, OUTCOME_NAMES.index(name)]
        return found

    def hours(self, actor: str, kind: str) -> np.ndarray:
        """Return hours booked over the run."""
        found: np.ndarray = self.lived.hours[:, 0, HOURS.index((actor, kind))]
        return found

    def at_month(self, series: str, month: float) -> np.ndarray:
        """Return a weekly series (``model.record``) at a month's end; the runs keep the months' ends alone."""
        kept = kept_weeks(self.months)
        found: np.ndarray = self.lived.series[:, 0, kept.index(weeks_of(month)), NAMES.index(series)]
        return found


def kept_weeks(months: float) -> list[int]:
    """Return the weeks of which a run keeps the series: the start and each month's end."""
    return [weeks_of(month) for month in range(int(months) + 1)]


@dataclass(frozen=True)
class Measure:
    """A number of each run; ``name`` tells measures apart."""

    name: str
    unit: str
    of: Callable[[Found], np.ndarray] = field(repr=False, compare=False)


@dataclass(frozen=True)
class Arm:
    """What is run: a scenario (programme, circumstances, parameters, mechanisms switched off) on some teams.

    ``site`` is laid over each team's site as the draw has it: there may stand what a scenario leaves to the team,
    as its baseline, its targets or its number (and so its luck).
    """

    scenario: Scenario
    teams: tuple[int, ...] = SIX
    months: float = 12.0
    site: Mapping[str, Any] = field(default_factory=dict)

    @cached_property
    def key(self) -> str:
        """Return a hash of all that decides its runs."""
        decided = self.scenario.model_dump(mode="json", exclude={"name", "title", "about", "outcome"})
        rest = {"teams": self.teams, "months": self.months, "site": dict(self.site)}
        return hashlib.sha256(json.dumps(decided | rest, sort_keys=True).encode()).hexdigest()[:16]

    def switched_off(self, mechanisms: tuple[str, ...], neutral: Mapping[str, float]) -> "Arm":
        """Return the arm without some mechanisms, and with some parameters at a neutral value."""
        off = tuple(sorted({*self.scenario.without_mechanisms, *mechanisms}))
        update = {"without_mechanisms": off, "parameters": {**self.scenario.parameters, **neutral}}
        return replace(self, scenario=self.scenario.model_copy(update=update))

    def applied(self, site: Site) -> Site:
        """Return a team's site as this arm has it."""
        return self.scenario.context.applied(site).model_copy(update=dict(self.site))


@dataclass(frozen=True)
class Contrast:
    """A weighted sum of arms, run by run with the same luck; weights by the arms' names."""

    measure: Measure
    weights: Mapping[str, float]

    @property
    def needs(self) -> tuple[tuple[str, Measure], ...]:
        """Return the arms and measures it reads."""
        return tuple((arm, self.measure) for arm in self.weights)


@dataclass(frozen=True)
class Ratio:
    """One contrast over another, draw by draw, of their means over teams and replicates."""

    top: Contrast
    bottom: Contrast
    unit: str

    @property
    def needs(self) -> tuple[tuple[str, Measure], ...]:
        """Return the arms and measures it reads."""
        return self.top.needs + self.bottom.needs


@dataclass(frozen=True)
class Shape:
    """A function of the arms' means by draw, ``[arm, draw]`` to ``[draw]``, where a sum will not do."""

    measure: Measure
    arms: tuple[str, ...]
    name: str
    unit: str
    of: Callable[[np.ndarray], np.ndarray] = field(repr=False, compare=False)

    @property
    def needs(self) -> tuple[tuple[str, Measure], ...]:
        """Return the arms and measures it reads."""
        return tuple((arm, self.measure) for arm in self.arms)


Effect = Contrast | Ratio | Shape


def unit_of(effect: Effect) -> str:
    """Return the unit of an effect."""
    return effect.measure.unit if isinstance(effect, Contrast) else effect.unit


def is_difference(effect: Effect) -> bool:
    """Say whether an effect is a difference between arms, or of an outcome from its start, so that its sign tells."""
    if isinstance(effect, Contrast):
        return sum(effect.weights.values()) == 0.0 or effect.measure.unit == "points"
    return unit_of(effect) != SHARE_OF_DRAWS


@dataclass(frozen=True)
class Expected:
    """Where the effect was expected to lie, and why just there; written before it was computed."""

    reason: str
    above: float = -inf
    below: float = inf

    def holds(self, effects: np.ndarray) -> np.ndarray:
        """Say for each effect whether it lies where it was expected."""
        return np.asarray((effects > self.above) & (effects < self.below))

    @property
    def limits(self) -> tuple[float, ...]:
        """Return the finite thresholds."""
        return tuple(limit for limit in (self.above, self.below) if abs(limit) < inf)

    def __str__(self) -> str:
        """Return the range in words."""
        if self.above > -inf and self.below < inf:
            return f"{self.above:g} to {self.below:g}"
        return f"above {self.above:g}" if self.above > -inf else f"below {self.below:g}"


@dataclass(frozen=True)
class Vanishes:
    """How to switch off what an implied effect rests on, and how little of the mean effect may then be left.

    ``within``: 0 where nothing may be left; else in the effect's unit, with the reason in ``left``.
    """

    mechanisms: tuple[str, ...] = ()
    neutral: Mapping[str, float] = field(default_factory=dict)
    within: float = 0.0
    left: str = ""


@dataclass(frozen=True)
class Figure:
    """A number shown beside the effect, without a verdict."""

    label: str
    effect: Effect


@dataclass(frozen=True)
class Pattern:
    """Something the model is asked about.

    ``number`` is its place in the list of patterns; several may share one. ``statement`` is what the verdict is on.
    With ``expected`` left out no sign was expected: the statement is then that the effect is positive, and what is
    found is reported and never counts as validation. ``vanishes`` belongs to *implied* patterns, and only to them.
    """

    id: str
    number: int
    title: str
    kind: Kind
    statement: str
    mechanisms: tuple[str, ...]
    passage: str
    source: str
    compared: str
    arms: Mapping[str, Arm]
    effect: Effect
    expected: Expected | None = None
    vanishes: Vanishes | None = None
    figures: tuple[Figure, ...] = ()
    note: str = ""

    @property
    def counts_as_validation(self) -> bool:
        """Say whether its verdict counts as validation: it could fail, and something was expected of it."""
        return self.kind == "emergent" and self.expected is not None

    @property
    def effects(self) -> tuple[Effect, ...]:
        """Return the effect and those of its figures."""
        return (self.effect, *(figure.effect for figure in self.figures))

    @property
    def judged_by(self) -> Expected:
        """Return the range its verdict is about."""
        return self.expected or Expected(
            "No sign was expected; the statement is tried as it stands.", above=0.0
        )


@dataclass(frozen=True)
class NotTested:
    """Something the list of patterns asks for and nothing here answers, and why."""

    number: int
    what: str
    why: str


def text_of(pattern: Pattern) -> str:
    """Return all that was declared of a pattern as text, for a hash."""
    arms = {name: arm.key for name, arm in pattern.arms.items()}
    shown = (pattern.effect, pattern.expected, pattern.vanishes, pattern.figures)
    words = (pattern.statement, pattern.mechanisms, pattern.passage, pattern.source, pattern.compared)
    return repr((pattern.id, pattern.number, pattern.title, pattern.kind, *words, pattern.note, arms, shown))
