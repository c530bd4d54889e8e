"""A sweep as an experiment: the points, the programme unchanged, and no programme in each point's own world."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from experiments.comparison import ENOUGH_DRAWS, Comparison, Estimate, compare, estimated, sustained_share
from experiments.errors import InputError
from experiments.experiment import NO_SIP, Experiment
from experiments.result import Result
from experiments.scenario import NOT_IN_NAMES, Scenario, resolved_name
from experiments.summary import headline, undecided
from experiments.sweep.points import Point

if TYPE_CHECKING:
    import pandas as pd

LONGEST_NAME = 80
SUSTAINED = "sustained_share"
NAMED = 5  #: points named in a sentence; each point's probability stands in the table


class Arm(NamedTuple):
    """A point of the sweep: its settings, its scenario, and no programme in the same world."""

    settings: Point
    scenario: Scenario
    none: Scenario


@dataclass(frozen=True)
class Sweep:
    """A programme and the points it is run at; ``experiment`` runs them all with the same luck."""

    base: Scenario
    arms: tuple[Arm, ...]

    @classmethod
    def of(cls, base: Scenario, points: Sequence[Point]) -> "Sweep":
        """Make the scenarios of the points.

        Raises
        ------
        InputError
            If the base has no programme, a setting is not allowed, or two points are the same.
        """
        if base.programme.months == 0.0:
            raise InputError(
                f"{base.name} has no programme to sweep. Name a programme, as core-12: no programme is always run "
                "beside it, in the world of each point."
            )
        made = [_arm(base, point, number) for number, point in enumerate(points)]
        names = [arm.scenario.name for arm in made]
        twice = next((name for name in names if names.count(name) > 1), None)
        if twice is not None:
            raise InputError(
                f"{twice} stands twice among the points; leave one out, or ask for fewer points."
            )
        return cls(base, tuple(made))

    @property
    def factors(self) -> list[str]:
        """Return the names of what is varied, in order."""
        return list(dict.fromkeys(name for arm in self.arms for name in arm.settings))

    @property
    def whole(self) -> tuple[Arm, ...]:
        """Return the base, as a point without settings, and the points."""
        return (Arm({}, self.base, _none(self.base, {}, 0)), *self.arms)

    def experiment(self, **given: Any) -> Experiment:
        """Return the experiment; see ``Experiment`` for what may be given."""
        scenarios = {arm.scenario.name: arm.scenario for arm in self.whole}
        scenarios |= {arm.none.name: arm.none for arm in self.whole}
        return Experiment(list(scenarios.values()), **given)


def _arm(base: Scenario, point: Point, number: int) -> Arm:
    told = " ".join(f"--vary {name}={value}" for name, value in point.items())
    scenario = base.with_set(point, told)
    named = scenario.model_copy(update={"name": _name(base.name, point, number), "title": ""})
    return Arm(point, named, _none(scenario, point, number))


def _none(scenario: Scenario, point: Point, number: int) -> Scenario:
    """Return no programme in a scenario's world: the same context, parameters and mechanisms."""
    world = {name: value for name, value in point.items() if resolved_name(name)[0] != "programme"}
    same = ("context", "parameters", "without_mechanisms", "outcome")
    none = Scenario(NO_SIP)
    moved = none.model_copy(update={field: getattr(scenario, field) for field in same})
    if moved.model_copy(update={"outcome": none.outcome}) == none:
        return moved
    name = _name(NO_SIP, world, number) if world else f"{NO_SIP} in the world of {scenario.name}"
    return moved.model_copy(update={"name": name, "title": ""})


def _name(base: str, point: Point, number: int) -> str:
    """Return a readable name that can be that of a file."""
    lasts = [name.rpartition(".")[2] for name in point]
    short = lasts if len(set(lasts)) == len(lasts) else list(point)
    name = " ".join([base, *(f"{n}={v}" for n, v in zip(short, point.values(), strict=True))])
    plain = "".join(sign for sign in name if sign not in NOT_IN_NAMES)
    return plain if len(plain) <= LONGEST_NAME else f"{base} point {number + 1:03d}"


# -- what came of it -----------------------------------------------------------------------------------------


class Swept(NamedTuple):
    """A sweep and its result."""

    sweep: Sweep
    result: Result

    @property
    def outcomes(self) -> list[str]:
        """Return the outcomes of the tidy table; a share that lasts has no difference."""
        return [*headline(self.result), "hours_manager", "hours_facilitator", SUSTAINED]

    def level(self, outcome: str, scenario: str) -> Estimate | None:
        """Return an outcome of one scenario."""
        if outcome == SUSTAINED:
            return sustained_share(self.result, scenario)
        return estimated(self.result.outcome(outcome, scenario))

    def difference(self, outcome: str, scenario: str, against: str) -> Comparison | None:
        """Return a paired difference; none of a scenario with itself."""
        if outcome == SUSTAINED or scenario == against:
            return None
        return compare(self.result, outcome, scenario, against=against)

    def rows(self) -> Iterator[dict[str, Any]]:
        """Yield the tidy table: a row for each point, outcome, and what it is compared with (nothing: the level)."""
        for arm in self.sweep.whole:
            name, settings = arm.scenario.name, {f: arm.settings.get(f, "") for f in self.sweep.factors}
            for outcome in self.outcomes:
                place = {"scenario": name, **settings, "outcome": outcome}
                level = self.level(outcome, name)
                if level is not None:
                    yield place | {"against": ""} | _figures(level)
                for against in dict.fromkeys((arm.none.name, self.sweep.base.name)):
                    found = self.difference(outcome, name, against)
                    if found is not None:
                        chances = {"p_positive": found.p_positive, "p_over_3": found.p_over_3}
                        yield place | {"against": against} | _figures(found.estimate) | chances

    def frame(self) -> "pd.DataFrame":
        """Return the tidy table as a data frame."""
        import pandas as pd

        return pd.DataFrame(list(self.rows()))

    def undecided(self, outcome: str) -> list[str]:
        """Say in words what is left open."""
        base, arms = self.sweep.base.name, self.sweep.arms
        found = undecided(self.result, [])
        few = (
            f", from fewer than {ENOUGH_DRAWS} draws"
            if len(self.result.experiment.draws) < ENOUGH_DRAWS
            else ""
        )
        for against, what in (
            (base, f"than {base} unchanged"),
            (None, "than no programme in the same world"),
        ):
            open_at = [
                arm.scenario.name
                for arm in arms
                if (c := self.difference(outcome, arm.scenario.name, against or arm.none.name)) is not None
                and not c.decided
            ]
            if open_at:
                found.append(
                    f"{outcome}: whether it does better {what} is not decided at {len(open_at)} of {len(arms)} "
                    f"points{few} ({', '.join(open_at[:NAMED])}{', ...' if len(open_at) > NAMED else ''})."
                )
        return found

    def to_dict(self, outcome: str) -> dict[str, Any]:
        """Return all figures for JSON."""
        return {
            "base": self.sweep.base.name,
            "factors": self.sweep.factors,
            "points": [self._point(arm) for arm in self.sweep.whole],
            "teams": self.result.teams,
            "replicates": self.result.replicates,
            "draws": len(self.result.experiment.draws),
            "undecided": self.undecided(outcome),
            "provenance": self.result.provenance(),
        }

    def _point(self, arm: Arm) -> dict[str, Any]:
        name, base = arm.scenario.name, self.sweep.base.name
        return {
            "scenario": name,
            "settings": dict(arm.settings),
            "outcomes": {o: _told(self.level(o, name)) for o in self.outcomes},
            "over_no_programme": self._differences(name, arm.none.name),
            "over_base": self._differences(name, base) if name != base else None,
        }

    def _differences(self, name: str, against: str) -> dict[str, Any]:
        return {o: _told(self.difference(o, name, against)) for o in self.outcomes if o != SUSTAINED}


def _told(found: Estimate | Comparison | None) -> dict[str, Any] | None:
    return None if found is None else found.to_dict()


def _figures(estimate: Estimate) -> dict[str, float]:
    found: Mapping[str, Any] = estimate.to_dict()
    intervals = {"ci95": "ci95", "mc95": "mc95", "chance": "interval_chance"}
    ends = {
        f"{short}_{end}": found[name][k]
        for short, name in intervals.items()
        for k, end in enumerate(("low", "high"))
    }
    return {"mean": found["mean"], **ends}
