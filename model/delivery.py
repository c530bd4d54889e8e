"""A programme as it is delivered to a team: its clock, and what becomes of planned dates."""

from collections.abc import Sequence

from model.parameters import Parameters
from model.programme.plan import LOST, NOT_YET, Column, Kind, Plan
from model.rules import work

NOT_STARTED, RUNNING, ENDED = 0, 1, 2
LUCK_OF = {Kind.REVIEW: 0, Kind.SCOPING: 1, Kind.MEETING: 2, Kind.TOP_UP: 3}


class Delivery:
    """The state of a programme at a team: not started, running or ended; what became of each event of the plan."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.clock = NOT_STARTED if plan.weeks else ENDED
        self.programme_week = -1
        self.held = [NOT_YET] * len(plan.events)
        self.start_week = -1
        self.end_week = -1
        self.row: list[float] = [0.0] * len(
            Column
        )  # this week's row of the plan, zeros outside the programme

    @property
    def running(self) -> bool:
        """Return whether the programme runs this week."""
        return self.clock == RUNNING

    def move_on(self, week: int, may_start: bool) -> None:
        """Advance the clock by a week; start only when the team may."""
        if self.clock == NOT_STARTED and may_start:
            self.clock = RUNNING
            self.start_week = week
        if self.clock == RUNNING:
            self.programme_week += 1
            if self.programme_week >= self.plan.weeks:
                self.clock = ENDED
                self.end_week = week - 1
                self._give_up_rest()
        self.row = self.plan.rows[self.programme_week].tolist() if self.running else [0.0] * len(Column)

    def try_events(self, p: Parameters, pressure: float, luck: Sequence[float]) -> list[int]:
        """Hold what can be held this week; put off or lose the rest; return the kinds held."""
        if not self.running:
            return []
        kinds: list[int] = []
        for e, event in enumerate(self.plan.events):
            if self.held[e] != NOT_YET or event.week > self.programme_week:
                continue
            waited = self.programme_week - event.week
            longest = (
                0
                if event.fixed
                else work.longest_delay(self._window(p, event.kind), self.row[Column.FLEXIBILITY])
            )
            chance = 1.0 if event.fixed else work.hold_chance(p, self._usual(p, event.kind), pressure)
            rigid = longest == 0
            if (
                rigid
                or luck[LUCK_OF.get(Kind(event.kind), 0)] < chance
                or self._must_hold(event.kind, waited, longest)
            ):
                kinds.append(event.kind)
                self.held[e] = self.programme_week
            elif waited >= longest:
                self.held[e] = LOST
        return kinds

    def _must_hold(self, kind: int, waited: int, longest: int) -> bool:
        """Say whether an event organised from outside can wait no longer; meetings and training are lost instead."""
        return kind in (Kind.SCOPING, Kind.REVIEW) and waited >= longest

    def _window(self, p: Parameters, kind: int) -> float:
        if kind == Kind.SCOPING:
            return p.scoping_window
        return p.review_window if kind == Kind.REVIEW else p.meeting_window

    def _usual(self, p: Parameters, kind: int) -> float:
        if kind == Kind.SCOPING:
            return p.hold_scoping
        if kind == Kind.REVIEW:
            return p.hold_review
        return p.hold_meeting if kind == Kind.MEETING else p.hold_top_up

    def _give_up_rest(self) -> None:
        self.held = [LOST if held == NOT_YET else held for held in self.held]
