"""What can be set on the page and is told in reports: levers of a programme, circumstances of a team, declared once.

A lever stands at a place of a scenario file (``facilitation.hours_per_week``), so that what is set on the page is what
a scenario file says. ``OFF`` leaves its component out.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from experiments.profile.questions import LABELS
from model import presets

OFF = "off"
NOT_THERE = "none"  #: a lever whose component a programme lacks
CORE = "core-12"
Value = float | str
Table = dict[str, Any]


@dataclass(frozen=True)
class Option:
    """A choice in a list: what it is called in the address, what is shown, what it means in a scenario file."""

    key: str
    label: str
    value: Any


@dataclass(frozen=True)
class Lever:
    """A control: a list of ``options``, or a range from ``low`` to ``high`` where there are none.

    ``needs`` names a lever without whose component this one means nothing. A range with ``off`` leaves its component
    out at its lowest value. ``other`` is how a scenario file's value is told that is none of the options.
    """

    key: str
    label: str
    help: str
    group: str
    options: tuple[Option, ...] = ()
    low: float = 0.0
    high: float = 1.0
    step: float = 1.0
    unit: str = ""
    needs: str = ""
    off: bool = False
    other: str = "{:g}"

    def shown(self, programme: Mapping[str, Any]) -> Value:
        """Return how a programme has this lever; the core programme's value where nothing is there to have it."""
        found = at(programme, self.key)
        if self.options:
            return next(option.key for option in self.options if option.value == found)
        if found is None:
            found = self.low if self.off else at(in_full(CORE), self.key)
        return float(found)

    def said(self, programme: Mapping[str, Any]) -> str:
        """Return in words how a programme has this lever, be it as the control can set it or not."""
        if self.needs and at(programme, self.needs) is None:
            return NOT_THERE
        found = at(programme, self.key)
        labels = [option.label for option in self.options if option.value == found]
        if labels or found is None:
            return labels[0] if labels else NOT_THERE
        return self.other.format(
            ", ".join(f"{value:g}" for value in found) if isinstance(found, list) else found
        )

    @property
    def named(self) -> str:
        """Return what it is called, with its unit or, where it has none, its scale."""
        if self.options or self.unit in self.label.lower():
            return self.label if self.options or self.unit else f"{self.label}. {self.help}"
        return f"{self.label} ({self.unit})"

    def meant(self, value: Value) -> Any:
        """Return what a value of the control is in a scenario file; ``None`` leaves the component out."""
        if self.options:
            return next(option.value for option in self.options if option.key == value)
        return None if self.off and value == self.low else value

    def to_dict(self) -> Table:
        """Return what the page needs to draw the control."""
        found: Table = {name: getattr(self, name) for name in ("key", "label", "help", "group", "needs")}
        if self.options:
            return found | {"options": [[option.key, option.label] for option in self.options]}
        return found | {name: getattr(self, name) for name in ("low", "high", "step", "unit")}


def at(table: Mapping[str, Any], key: str) -> Any:
    """Return what stands at a dotted place of a table, or ``None``."""
    found: Any = table
    for part in key.split("."):
        found = found.get(part) if isinstance(found, Mapping) else None
    return found


SUPPORT, EVENTS, TEAM, CONDITIONS = "Facilitator", "Events", "Plan and people", "Time and backing"
NOBODY = Option(OFF, "nobody", None)

LEVERS: tuple[Lever, ...] = (
    Lever(
        "months", "Length", "How long the programme lasts.", SUPPORT, low=6, high=36, step=1, unit="months"
    ),
    Lever(
        "facilitation.placement",
        "Where the facilitator sits",
        "Internal: elsewhere in the trust. Embedded: in the team. External: outside the trust.",
        SUPPORT,
        (
            NOBODY,
            Option("drawn", "as in the trial (mostly internal)", "drawn"),
            Option("embedded", "embedded in the team", "embedded"),
            Option("internal", "internal to the trust", "internal"),
            Option("external", "external", "external"),
            Option("blended", "internal and external together", "blended"),
        ),
    ),
    Lever(
        "facilitation.hours_per_week",
        "Facilitator's time",
        "Hours a week for each team; half a day is 3.75.",
        SUPPORT,
        low=1.25,
        high=15,
        step=1.25,
        unit="hours a week",
        needs="facilitation.placement",
    ),
    Lever(
        "facilitation.visit_interval",
        "Weeks between visits",
        "Hours between visits are saved for the next one.",
        SUPPORT,
        low=1,
        high=8,
        step=1,
        unit="weeks",
        needs="facilitation.placement",
    ),
    Lever(
        "scoping.month",
        "Scoping day",
        "A day with the whole team to choose goals; held when the team can.",
        EVENTS,
        (
            Option(OFF, "none", None),
            Option("1", "planned for month 1", 1.0),
            Option("2", "planned for month 2", 2.0),
            Option("4", "planned for month 4", 4.0),
            Option("8", "planned for month 8", 8.0),
        ),
        other="planned for month {:g}",
    ),
    Lever(
        "reviews.every_months",
        "Fidelity reviews with a report",
        "Besides those at the start and the end.",
        EVENTS,
        (
            Option(OFF, "none at all", None),
            Option("3", "every 3 months", 3.0),
            Option("6", "every 6 months", 6.0),
            Option("12", "every 12 months", 12.0),
        ),
        other="every {:g} months",
    ),
    Lever(
        "learning_events.months_of_year",
        "Learning events with other teams",
        "Days on which teams meet and compare.",
        EVENTS,
        (
            Option(OFF, "none", None),
            Option("2", "two a year", [5.0, 9.0]),
            Option("4", "four a year", [2.0, 5.0, 8.0, 11.0]),
        ),
        other="in months {} of each year",
    ),
    Lever(
        "meetings.every_months",
        "Routine meetings on the plan",
        "The management group with the facilitator.",
        EVENTS,
        (
            Option(OFF, "none", None),
            Option("1", "every month", 1.0),
            Option("2", "every 2 months", 2.0),
            Option("3", "every 3 months", 3.0),
        ),
        other="every {:g} months",
    ),
    Lever(
        "top_up_training.every_months",
        "Top-up training for all staff",
        "Two hours, repeated.",
        EVENTS,
        (Option(OFF, "none", None), Option("4", "every 4 months", 4.0), Option("2", "every 2 months", 2.0)),
        other="every {:g} months",
    ),
    Lever(
        "plan.chosen_by",
        "Who chooses the plan",
        "Chosen by the team at its scoping day, or imposed from above.",
        TEAM,
        (
            Option(OFF, "no plan", None),
            Option("team", "the team", "team"),
            Option("imposed", "imposed", "imposed"),
        ),
    ),
    Lever(
        "plan.flexibility",
        "Flexibility of plan and dates",
        "0: dates stand whatever the pressure. 1: dates and plan give way to the team's capacity.",
        TEAM,
        low=0,
        high=1,
        step=0.1,
        needs="plan.chosen_by",
    ),
    Lever(
        "working_groups.members",
        "Who works on the actions",
        "Groups as found in the team, seniors alone, or drawn from all staff.",
        TEAM,
        (
            Option(OFF, "as found, without arrangement", None),
            Option("as-found", "as found", "as-found"),
            Option("seniors", "seniors alone", "seniors"),
            Option("all-staff", "all staff", "all-staff"),
        ),
    ),
    Lever(
        "onboarding.share",
        "Newcomers inducted",
        "Share of new staff told about the programme when they arrive.",
        TEAM,
        low=0,
        high=1,
        step=0.25,
        unit="share",
        off=True,
    ),
    Lever(
        "involvement.level",
        "Service users' and carers' part",
        "Their part in events, groups and reviews.",
        TEAM,
        (
            Option(OFF, "as found in the team", None),
            Option("0", "none", 0.0),
            Option("0.5", "some", 0.5),
            Option("0.9", "throughout", 0.9),
        ),
    ),
    Lever(
        "protected_time.hours_per_person",
        "Protected time",
        "Hours of each person a week kept free for improvement, made good by extra staff.",
        CONDITIONS,
        low=0,
        high=4,
        step=0.5,
        unit="hours a person and week",
        off=True,
    ),
    Lever(
        "leadership_support.boost",
        "Backing by senior leaders, agreed beforehand",
        "0: as leaders show of themselves. 0.3: plainly visible to staff.",
        CONDITIONS,
        low=0,
        high=0.6,
        step=0.1,
        off=True,
    ),
    Lever(
        "research_support",
        "Supervision of the facilitator",
        "The research team guards the facilitator's hours.",
        CONDITIONS,
        (Option(OFF, "none", None), Option("on", "as in the trial", {})),
        needs="facilitation.placement",
    ),
    Lever(
        "readiness.threshold",
        "Assess readiness first",
        "Support the team until it is ready, or the wait of four months is over; then start.",
        CONDITIONS,
        (Option(OFF, "no, start at once", None), Option("0.5", "yes", 0.5)),
        other="yes, from {:g} on",
    ),
)


@dataclass(frozen=True)
class Circumstance:
    """Something a manager can say of a team; ``key`` is its field of ``Site``.

    ``open``: it may be left unknown, and is then drawn from the range of ordinary teams.
    """

    key: str
    help: str
    low: float
    high: float
    step: float
    usual: float
    unit: str = ""
    open: bool = True

    @property
    def label(self) -> str:
        """Return what it is called."""
        return LABELS[self.key]

    def to_dict(self) -> Table:
        """Return what the page needs to draw the control."""
        return vars(self) | {"label": self.label}


CIRCUMSTANCES: tuple[Circumstance, ...] = (
    Circumstance(
        "baseline_total",
        "The last review; 122 is the median of 75 teams.",
        75,
        156,
        1,
        122,
        "points",
        open=False,
    ),
    Circumstance(
        "posts",
        "Filled or empty; 21 is the median of the national survey.",
        6,
        45,
        1,
        21,
        "posts",
        open=False,
    ),
    Circumstance("vacancy", "Share of all posts.", 0, 0.5, 0.02, 0.08, "share"),
    Circumstance("turnover", "1: as usual in such teams. 2: people leave twice as often.", 0, 3, 0.25, 1),
    Circumstance("busyness", "1: typical for its staff. 1.2: a fifth more.", 0.6, 1.5, 0.05, 1),
    Circumstance(
        "manager_stance",
        "0 sceptical, 0.5 open-minded, 1 enthusiastic.",
        0,
        1,
        0.05,
        0.55,
    ),
    Circumstance("manager_engagement", "0 absent, 1 always behind it.", 0, 1, 0.05, 0.55),
    Circumstance("staff_buy_in", "0 closed, 0.5 middling, 1 keen.", 0, 1, 0.05, 0.5),
    Circumstance(
        "trust_support",
        "0 none, 0.5 middling, 1 strong.",
        0,
        1,
        0.05,
        0.5,
    ),
    Circumstance(
        "group_breadth",
        "0 seniors alone, 1 everybody.",
        0,
        1,
        0.1,
        0.5,
    ),
)


def offered() -> list[str]:
    """Return the presets the page offers: fidelity programmes that are delivered by the model's rules."""
    found = []
    for name in presets.names():
        table = presets.table(name)
        programme = table["programme"]
        by_rules = programme.get("delivery", "by-rules") == "by-rules"
        if programme["months"] > 0 and by_rules and table.get("outcome", "fidelity") == "fidelity":
            found.append(name)
    return found


def in_full(preset: str) -> Table:
    """Return a preset's programme with all that goes without saying in its file."""
    return presets.programme(preset).model_dump(mode="json", exclude_none=True)


def values_of(preset: str) -> dict[str, Value]:
    """Return how the controls stand for a preset."""
    programme = in_full(preset)
    return {lever.key: lever.shown(programme) for lever in LEVERS}


def about() -> Table:
    """Return what the page needs to draw its controls."""
    return {
        "levers": [lever.to_dict() for lever in LEVERS],
        "circumstances": [circumstance.to_dict() for circumstance in CIRCUMSTANCES],
        "presets": [
            {"name": name, "title": presets.table(name)["title"], "values": values_of(name)}
            for name in offered()
        ],
    }
