"""A run's log as a story: who came and went, what was held and finished, in plain words."""

from collections.abc import Callable, Iterable, Mapping

from model.crisis_teams import Event
from model.fidelity import items
from model.programme.plan import WEEKS_A_MONTH

Details = Mapping[str, float]


def sentence(event: Event) -> str:
    """Return an event in words, with its month and week."""
    month = event.week / WEEKS_A_MONTH
    who = "The trust" if event.team == "trust" else event.team.capitalize()
    return f"Month {month:4.1f} (week {event.week:3d})  {who}: {WORDS[event.what](event.details)}."


def story(events: Iterable[Event]) -> list[str]:
    """Return a log in words, a line an event."""
    return [sentence(event) for event in events]


def _a_leaver(details: Details) -> str:
    knew = "knew the programme well" if details["aware"] > 0.6 else "knew something of the programme"
    knew = knew if details["aware"] > 0.2 else "had hardly heard of the programme"
    return f"a member of staff left (seat {details['seat'] + 1:.0f}); they {knew}, buy-in {details['buy_in']:.2f}"


def _a_newcomer(details: Details) -> str:
    told = "inducted into the programme" if details["told"] > 0.5 else "knowing nothing of the programme"
    told = told if details["told"] > 0.5 or details["told"] == 0.0 else "told in passing of the programme"
    return f"a newcomer started (seat {details['seat'] + 1:.0f}), {told}"


def _a_finished_step(details: Details) -> str:
    number = int(details["item"])
    label = items()[number - 1].label.lower()
    return f"finished a step on item {number}, {label} (+{details['points']:.1f} in writing)"


def _attitude(stance: float) -> str:
    if stance < 0.35:
        return "sceptical"
    return "enthusiastic" if stance > 0.7 else "open-minded"


WORDS: dict[str, Callable[[Details], str]] = {
    "visit": lambda details: f"the facilitator visited ({details['hours']:.1f} hours with the team)",
    "visit lost": lambda details: f"a visit was called off (pressure {details['pressure']:.2f})",
    "left": _a_leaver,
    "joined": _a_newcomer,
    "manager left": lambda details: "the manager left, the post stands empty",
    "manager came": lambda details: (
        f"a manager came into post, {_attitude(details['stance'])} about the programme"
    ),
    "plan made": lambda details: f"the plan was made, {details['actions']:.0f} items to work on",
    "plan held": lambda details: "the management group met to plan",
    "scoping held": lambda details: "the scoping day was held",
    "review held": lambda details: "reviewers visited; their report comes next week",
    "learning held": lambda details: "some staff went to a learning event with other teams",
    "meeting held": lambda details: "the routine meeting was held",
    "top_up held": lambda details: "a top-up training was held",
    "finished": _a_finished_step,
    "shock": lambda details: "a reorganisation or crisis drew the leaders' attention away",
    "new leader": lambda details: f"a new leader took over (usual support {details['support']:.2f})",
    "readiness assessed": lambda details: f"readiness for change was assessed at {details['readiness']:.2f}",
}
