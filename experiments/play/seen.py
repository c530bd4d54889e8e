"""What a facilitator knows of a month: what was held, how people seem. What goes on in them stays hidden.

How people seem is told in words: bands of the model's states, assumed, as no study says what a facilitator notices.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from experiments.play.game import COLUMNS, Decision, Game
from experiments.play.life import begun, months_of
from model.crisis_teams import CrisisTeams, Event
from model.fidelity import band, items
from model.programme.plan import LOST, WEEKS_A_MONTH, Kind, weeks_of
from model.record import HOURS
from model.story import sentence
from model.team import Team

Table = dict[str, Any]
Words = Sequence[tuple[float, str]]

TRUST: Words = (
    (0.3, "keep you at a distance"),
    (0.5, "are polite, and wait to see"),
    (0.7, "welcome you"),
    (1.0, "count on you"),
)
PRIORITY: Words = (
    (0.25, "has no time for the programme"),
    (0.5, "puts the programme behind other things"),
    (0.75, "makes room for the programme"),
    (1.0, "drives the programme"),
)
SUPPORT: Words = (
    (0.25, "are not to be seen"),
    (0.5, "show themselves now and then"),
    (0.75, "back the team when asked"),
    (1.0, "stand visibly behind the team"),
)
PRESSURE: Words = ((0.9, "quiet"), (1.05, "as busy as usual"), (1.2, "busy"), (99.0, "very busy"))

#: Events whose sentence in a story tells more than a facilitator would know.
KNOWN: Mapping[str, Callable[[Event], str]] = {
    "left": lambda event: "a member of staff left",
    "joined": lambda event: "a newcomer started",
    "visit lost": lambda event: "a visit was called off",
    "new leader": lambda event: "a new leader took over in the trust",
    "finished": lambda event: f"finished a step on {_item(event)}",
}


def in_words(value: float, words: Words) -> str:
    """Return the word of the first band that reaches up to a value."""
    return next(word for most, word in words if value <= most or most == words[-1][0])


def seen(game: Game) -> list[Table]:
    """Return what the facilitator knew at the start (month 0) and at the end of each month played."""
    model = begun(game)
    notes = Notes(model)
    found = [notes.month(0)]
    found += [notes.month(month) for month in months_of(game, model)]
    return found


class Notes:
    """A facilitator's notes on a team, month by month."""

    def __init__(self, model: CrisisTeams) -> None:
        self.model, self.team = model, model.teams[0]
        self.told = self.visits = self.lost = 0
        self.hours = hours_of(model)

    def month(self, month: int) -> Table:
        """Write down the month that has closed; at month 0 what is known before the first."""
        team, events = self.team, self.model.log[self.told :]
        hours = hours_of(self.model)
        found = {
            "month": month,
            "visits": team.visits - self.visits,
            "called_off": team.visits_lost - self.lost,
            "hours": {kind: round(hours[kind] - self.hours[kind], 1) for kind in hours},
            "score": self._score(),
            "people": self._people(month),
            "impressions": _impressions(team, month),
            "time": _time(team, month),
            "events": [_told(event) for event in events if event.what != "visit"],
        }
        self.told, self.visits, self.lost, self.hours = (
            len(self.model.log),
            team.visits,
            team.visits_lost,
            hours,
        )
        return found

    def _score(self) -> Table:
        """Return the last total of which the report was read: it comes in the week after the review."""
        weeks = [event.week for event in self.model.log if event.what == "review held"]
        read = [week for week in weeks if week < self.model.week]
        total = sum(self.team.known_scores)
        month = round(read[-1] / WEEKS_A_MONTH, 1) if len(read) > 1 else 0.0
        return {"total": total, "band": band(total), "month": month, "report_due": self.team.report_due}

    def _people(self, month: int) -> Table:
        team = self.team
        people, since = team.people(), self.model.week - weeks_of(max(0, month - 1))
        there = sum(person.present for person in people) if month else len(people)
        new = sum(person.tenure <= since for person in people) if month else 0
        return {"posts": len(team.staffing.posts), "in_post": len(people), "on_duty": there, "new": new}


def hours_of(model: CrisisTeams) -> dict[str, float]:
    """Return the facilitator's hours since the start, by kind."""
    booked = model.records[model.teams[0].name].hours
    return {kind: hours for (actor, kind), hours in zip(HOURS, booked, strict=True) if actor == "facilitator"}


def _impressions(team: Team, month: int) -> Table:
    """Say how people seem; the manager by what he or she does for the programme, once it runs."""
    there = in_words(team.priority, PRIORITY) if month else "is in post"
    return {
        "team": in_words(team.bond.trust, TRUST),
        "manager": there if team.staffing.manager is not None else "is missing: the post stands empty",
        "leaders": in_words(team.trust.support, SUPPORT),
        "work": in_words(team.pressure, PRESSURE),
        "plan": _plan(team),
    }


def _plan(team: Team) -> str:
    if not team.plan_made:
        return "is not made yet"
    planned = sum(team.planned)
    lost = sum(
        held == LOST and event.kind == Kind.MEETING
        for event, held in zip(team.plan.events, team.delivery.held, strict=True)
    )
    return f"holds {planned} items; {lost} {'meeting was' if lost == 1 else 'meetings were'} lost so far"


def _time(team: Team, month: int) -> Table:
    """Return how the time is to be spent in the month to come, if nothing is decided."""
    week = min(weeks_of(month), team.plan.weeks - 1)
    names = [name for name in Decision.model_fields if name != "month"]
    return dict(zip(names, (float(team.plan.rows[week, column]) for column in COLUMNS), strict=True))


def _item(event: Event) -> str:
    number = int(event.details["item"])
    return f"item {number}, {items()[number - 1].label.lower()}"


def _told(event: Event) -> Table:
    """Return an event as the facilitator hears of it."""
    said = KNOWN[event.what](event) if event.what in KNOWN else sentence(event).split(": ", 1)[1].rstrip(".")
    return {"week": event.week, "what": event.what, "text": said[0].upper() + said[1:]}
