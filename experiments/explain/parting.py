"""Two runs of a team under two programmes, with the same luck: where they part, and what follows."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from experiments.replay import Replayed, replayed
from model.crisis_teams import Event
from model.outcomes import OUTCOMES
from model.programme.plan import WEEKS_A_MONTH
from model.record import NAMES, WEEKLY
from model.story import WORDS, sentence

#: By unit: how far apart two runs must be for it to be worth telling.
WORTH_TELLING = {"points": 1.0, "share": 0.05, "ratio": 0.05, "hours": 1.0, "persons": 1.0}
EVENTS_TOLD = 12
ENDS = ("gain_end", "latent_gain_end", "hours_staff", "hours_manager", "hours_facilitator")
WHERE = {"points": 1, "share": 2, "ratio": 2, "hours": 1, "persons": 0}


Pair = tuple[Event | None, Event | None]


class Apart(NamedTuple):
    """A weekly series that the two runs come to differ in: from which week on, and the values in that week."""

    week: int
    series: str
    meaning: str
    unit: str
    first: float
    second: float


@dataclass(frozen=True)
class Parting:
    """Where two runs part: the first difference of all, the events that differ, and the chain after it.

    ``events`` are pairs, in order: the same event as either run has it, ``None`` where a run has it not.
    """

    titles: tuple[str, str]
    runs: tuple[Replayed, Replayed]
    start: Apart | None
    chain: tuple[Apart, ...]
    events: tuple[Pair, ...]

    @property
    def team(self) -> str:
        """Return the team's name."""
        return self.runs[0].team

    @property
    def alone(self) -> list[Pair]:
        """Return the events that only one of the runs has."""
        return [pair for pair in self.events if None in pair]

    def to_dict(self) -> dict[str, Any]:
        """Return all of it for JSON."""
        return {
            "team": self.team,
            "titles": list(self.titles),
            "equal_to_stored": all(run.equal for run in self.runs),
            "start": self.start._asdict() if self.start is not None else None,
            "first_event": _pair(self.events[0]) if self.events else None,
            "chain": [apart._asdict() for apart in self.chain],
            "alone": [_pair(pair) for pair in self.alone],
            "outcomes": [{name: run.outcomes[name] for name in ENDS} for run in self.runs],
            "story": self.to_text().splitlines(),
        }

    def to_text(self) -> str:
        """Tell it in words."""
        lines = [
            f"Two lives of {self.team}, with the same people and the same luck.",
            f"  A: {self.titles[0]}",
            f"  B: {self.titles[1]}",
            "",
        ]
        if self.start is None:
            return "\n".join([*lines, "They are the same in every week and every event."])
        lines += [f"They part in {_when(self.start.week)}: {_apart(self.start)}.", *self._events()]
        lines += ["", "What followed, as the two came apart:"]
        lines += [f"  {_when(apart.week).capitalize()}: {_apart(apart)}." for apart in self.chain]
        lines += ["", "In the end:", *self._ends()]
        if not all(run.equal for run in self.runs):
            lines += ["", "NOT equal to the stored runs: another program made the result."]
        return "\n".join(lines)

    def _events(self) -> list[str]:
        """Tell the first event that differs, then those that only one of the runs has."""
        if not self.events:
            return ["No event differs."]
        lines = ["The first event that differs:", f"  {_pair(self.events[0])}"]
        if self.alone:
            lines += ["", "Events of one life that the other has not, the first of them:"]
            lines += [f"  {_pair(pair)}" for pair in self.alone[:EVENTS_TOLD]]
        left = len(self.alone) - EVENTS_TOLD
        return [*lines, *([f"  ... and {left} more."] if left > 0 else []), *self._counts()]

    def _counts(self) -> list[str]:
        """Tell the kinds of events of which one life has more."""
        first, second = (Counter(event.what for event in _own(run)) for run in self.runs)
        differing = [what for what in WORDS if first[what] != second[what]]
        told = ", ".join(f"{what} {first[what]} in A, {second[what]} in B" for what in differing)
        return [f"Events in all: {told}."] if told else []

    def _ends(self) -> list[str]:
        first, second = (run.outcomes for run in self.runs)
        return [
            f"  {meaning}: {first[name]:.1f} in A, {second[name]:.1f} in B ({first[name] - second[name]:+.1f})."
            for name, _, meaning in OUTCOMES
            if name in ENDS
        ]


def parted(folder: Path, scenario: str, against: str, team: str, draw: int, replicate: int) -> Parting:
    """Live through one run of two scenarios of a result again, in Mesa, and find where they part.

    Raises
    ------
    InputError
        If the result has no such scenario, team, draw or replicate.
    """
    first, second = (replayed(folder, name, team, draw, replicate) for name in (scenario, against))
    rows = [np.array(run.model.records[run.team].weeks) for run in (first, second)]
    chain = _chain(*rows)
    events = _differing(_own(first), _own(second))
    return Parting((scenario, against), (first, second), _start(*rows), chain, events)


def _own(run: Replayed) -> list[Event]:
    """Return the events of a run's team and of its trust."""
    return [event for event in run.model.log if event.team in (run.team, "trust")]


def _start(first: np.ndarray, second: np.ndarray) -> Apart | None:
    """Return the first difference of all, however small: the series furthest apart, as told by their units."""
    weeks = np.flatnonzero((first != second).any(axis=1))
    if not len(weeks):
        return None
    week = int(weeks[0])
    worth = np.array([WORTH_TELLING[series.unit] for series in WEEKLY])
    return _of(first, second, week, int(np.argmax(np.abs(first[week] - second[week]) / worth)))


def _chain(first: np.ndarray, second: np.ndarray) -> tuple[Apart, ...]:
    """Return, for each series that comes to differ by what is worth telling, the first week in which it does."""
    found = []
    for k, series in enumerate(WEEKLY):
        weeks = np.flatnonzero(np.abs(first[:, k] - second[:, k]) >= WORTH_TELLING[series.unit])
        if len(weeks):
            found.append(_of(first, second, int(weeks[0]), k))
    return tuple(sorted(found, key=lambda apart: (apart.week, NAMES.index(apart.series))))


def _of(first: np.ndarray, second: np.ndarray, week: int, k: int) -> Apart:
    series = WEEKLY[k]
    return Apart(
        week, series.name, series.meaning, series.unit, float(first[week, k]), float(second[week, k])
    )


def _differing(first: Sequence[Event], second: Sequence[Event]) -> tuple[Pair, ...]:
    """Return the events that differ, by week: the same in kind, seat and item are taken for one event."""
    own, other = ({_kind(event): event for event in events} for events in (first, second))
    keys = sorted(dict.fromkeys([*own, *other]), key=lambda kind: kind[0])
    pairs = [(own.get(kind), other.get(kind)) for kind in keys]
    return tuple(pair for pair in pairs if pair[0] != pair[1])


def _kind(event: Event) -> tuple[int, str, str, float | None, float | None]:
    return event.week, event.team, event.what, event.details.get("seat"), event.details.get("item")


def _pair(pair: Pair) -> str:
    first, second = pair
    if second is None or first is None:
        there = first or second
        assert there is not None, "one of a pair is there"
        return f"only in {'A' if second is None else 'B'}: {sentence(there)}"
    told = sentence(first), sentence(second)
    return (
        f"in A: {told[0]} In B: {told[1].split(': ', 1)[1]}"
        if told[0] != told[1]
        else f"{told[0]} (almost alike)"
    )


def _when(week: int) -> str:
    return f"week {week} (month {week / WEEKS_A_MONTH:.1f})"


def _apart(apart: Apart) -> str:
    digits, unit = WHERE[apart.unit], "" if apart.unit in ("share", "ratio") else f" {apart.unit}"
    return f"{apart.meaning}: {apart.first:.{digits}f}{unit} in A, {apart.second:.{digits}f}{unit} in B"
