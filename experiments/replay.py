"""Live through one run of a result again: its weeks, its story, and whether its numbers are the same."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from experiments.errors import InputError
from experiments.provenance import differences, program
from experiments.result import Result, read_result
from model.crisis_teams import CrisisTeams
from model.ensemble import runs_of
from model.outcomes import OUTCOME_NAMES, reduce_run
from model.programme.plan import weeks_of
from model.record import NAMES
from model.story import story

SHOWN = (
    "latent_total",
    "reviewable_total",
    "awareness",
    "buy_in",
    "strain",
    "vacancy",
    "pressure",
    "hours_staff",
)


@dataclass(frozen=True)
class Replayed:
    """A run lived through again; ``differs`` names what is not equal to the stored run."""

    model: CrisisTeams
    team: str
    outcomes: dict[str, float]
    differs: list[str]
    made_otherwise: list[str]  #: what differs between the program that made the result and this one

    @property
    def equal(self) -> bool:
        """Say whether every stored number came out the same, to the last bit."""
        return not self.differs

    def to_dict(self) -> dict[str, Any]:
        """Return weeks, events and outcomes for JSON."""
        weeks = [dict(zip(NAMES, row, strict=True)) for row in self.model.records[self.team].weeks]
        events = [
            {"week": event.week, "team": event.team, "what": event.what, "details": dict(event.details)}
            for event in self.model.log
        ]
        outcomes = {name: None if np.isnan(value) else value for name, value in self.outcomes.items()}
        return {
            "equal": self.equal,
            "made_otherwise": self.made_otherwise,
            "weeks": weeks,
            "events": events,
            "outcomes": outcomes,
            "story": story(self.model.log),
        }

    def to_text(self) -> str:
        """Return a table by month, and the story."""
        rows = self.model.records[self.team].weeks
        header = "month  " + "  ".join(name.replace("_", " ").rjust(10) for name in SHOWN)
        lines = [header, "─" * len(header)]
        for month in range(int(self.model.months) + 1):
            row = rows[min(weeks_of(month), len(rows) - 1)]
            lines.append(
                f"{month:5d}  "
                + "  ".join(f"{row[NAMES.index(name)]:>{max(10, len(name))}.2f}" for name in SHOWN)
            )
        same = "Equal to the stored run, to the last bit." if self.equal else "NOT equal to the stored run."
        made = [f"The result was made otherwise: {difference}." for difference in self.made_otherwise]
        return "\n".join([*lines, "", *story(self.model.log), "", *made, same])


def replayed(folder: Path, scenario: str, team: str, draw: int, replicate: int) -> Replayed:
    """Run one cell of a result again in Mesa, with a log, and compare.

    Raises
    ------
    InputError
        If the result has no such scenario, team, draw or replicate.
    """
    result = read_result(folder)
    position = _position(result, scenario, draw, replicate)
    named = f"team {team}" if team.isdigit() else team
    if named not in result.teams:
        raise InputError(f"--team {team}: the result has {', '.join(result.teams)}.")
    place = result.teams.index(named)
    model = _model(result, position, named)
    run = runs_of(model)[list(model.records).index(named)]
    outcomes = reduce_run(model.p, run)
    stored, months = result.outcomes[(*position, place)], result.experiment.month_ends
    differs = [
        f"{name} {stored[k]!r} then, {outcomes[name]!r} now"
        for k, name in enumerate(OUTCOME_NAMES)
        if not np.array_equal(stored[k], outcomes[name], equal_nan=True)
    ]
    if not np.array_equal(result.series[(*position, place)], run.series[months].astype(np.float32)):
        differs.append("the monthly series")
    made_otherwise = differences(result.made_by or {}, program())
    return Replayed(model, named, outcomes, differs, made_otherwise)


def _position(result: Result, scenario: str, draw: int, replicate: int) -> tuple[int, int, int]:
    numbers = result.experiment.draws.numbers
    if scenario not in result.scenarios:
        raise InputError(f"--scenario {scenario}: the result has {', '.join(result.scenarios)}.")
    if draw not in numbers:
        raise InputError(f"--draw {draw}: the result has draws {', '.join(map(str, numbers[:12]))}...")
    if not 0 <= replicate < result.replicates:
        raise InputError(f"--replicate {replicate}: the result has 0 to {result.replicates - 1}.")
    return result.scenarios.index(scenario), numbers.index(draw), replicate


def _model(result: Result, position: tuple[int, int, int], team: str) -> CrisisTeams:
    experiment = result.experiment
    return experiment.model(experiment.scenarios[position[0]], *position[1:], team).run()
