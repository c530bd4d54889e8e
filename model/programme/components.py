"""The programme's components: frozen, composable, each optional.

Each carries the keys of Proctor's strategy specification (actor, action, target, timing, dose, justification) and the
ERIC strategy it corresponds to, so that tables and reports can say what a programme consists of.
"""

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal, NamedTuple

import numpy as np
from pydantic import Field

from model.programme.table import Column, weeks_of
from model.sites import Described, Share

Months = Annotated[float, Field(gt=0, le=60)]
Placement = Literal["drawn", "embedded", "internal", "external", "blended"]
Columns = Mapping[Column, float | np.ndarray]


class Strategy(NamedTuple):
    """What a component is, in the terms of Proctor's specification; ``eric`` is the ERIC strategy's name."""

    actor: str
    action: str
    target: str
    timing: str
    dose: str
    justification: str
    eric: str


class Component(Described):
    """A part of a programme; see ``strategy`` for what it is.

    One of your own is a subclass that writes its columns, as a field of a subclass of ``Programme``.
    """

    strategy: ClassVar[Strategy]

    def columns(self, weeks: int) -> Columns:
        """Return what the component writes, one value or one a programme week by column; nothing as it is."""
        return {}

    def lay(self, rows: np.ndarray) -> None:
        """Write the columns into the plan's table, ``rows[..., programme week, column]``.

        One of your own that overrides this is given one team's table, with what earlier components have written.
        """
        for column, value in self.columns(rows.shape[-2]).items():
            rows[..., column] = value


class Facilitation(Component):
    """A facilitator with some hours a week; placement acts through trust, knowledge, credibility, skill and claims.

    ``placement = "drawn"``: as in the trial, mostly internal, sometimes embedded, one in six external.
    ``dose``: the hours are for each team, or shared by all teams the facilitator serves (the paper leaves it open).
    ``doing``, ``escalating``, ``inducting``: shares of contact spent on doing the work, with leaders, with
    newcomers; the rest is coaching. ``doing`` unset leaves it to the facilitator's inclination.
    """

    strategy: ClassVar[Strategy] = Strategy(
        "facilitator (experienced clinician or manager)",
        "advises and supports manager and staff with the plan",
        "manager and staff",
        "throughout",
        "half a day a week",
        "Support from facilitators was essential in enabling teams to undertake the work",
        "Facilitation",
    )
    placement: Placement = "drawn"
    hours_per_week: Annotated[float, Field(gt=0, le=37.5)] = 3.75
    visit_interval: Annotated[float, Field(ge=1, le=26)] = 1.0
    dose: Literal["per-team", "shared"] = "per-team"
    doing: Share | None = None
    escalating: Share = 0.1
    inducting: Share = 0.0
    taper_months: Annotated[float, Field(ge=0, le=60)] = 0.0

    def columns(self, weeks: int) -> Columns:
        """Return hours and their use; where ``doing`` is unset, what stands there is the facilitator's inclination."""
        hours = np.full(weeks, self.hours_per_week)
        taper = min(weeks_of(self.taper_months), weeks)
        hours[weeks - taper :] *= np.linspace(1.0, 0.0, taper, endpoint=False)
        found: dict[Column, float | np.ndarray] = {
            Column.FACILITATOR_HOURS: hours,
            Column.VISIT_INTERVAL: self.visit_interval,
            Column.ESCALATING: self.escalating,
            Column.INDUCTING: self.inducting,
        }
        return found if self.doing is None else found | {Column.DOING: self.doing}


class ScopingDay(Component):
    """A day with the whole team to choose goals, planned for a month, held when the team can (see delivery)."""

    strategy: ClassVar[Strategy] = Strategy(
        "facilitator, manager, whole team",
        "jointly prioritise and plan improvement goals",
        "the team's plan and awareness",
        "ideally within the first month",
        "one day",
        "helpful in promoting engagement and action planning",
        "Conduct local consensus discussions",
    )
    month: Annotated[float, Field(gt=0, le=36)] = 1.0


class ActionPlan(Component):
    """How the plan is made and kept: chosen by the team or imposed, how many actions, how many at once.

    ``flexibility`` 0 is a rigid programme: dates stand whatever the pressure, the plan is never re-sized; at 1 both
    give way to the team's capacity. ``actions`` counts only where a team's own targets are not known.
    """

    strategy: ClassVar[Strategy] = Strategy(
        "manager and staff",
        "write and work through improvement actions",
        "targeted fidelity items",
        "throughout",
        "4 to 23 items in the six teams",
        "Lack of ownership was a barrier; flexibility was key",
        "Develop a formal implementation blueprint",
    )
    chosen_by: Literal["team", "imposed"] = "team"
    actions: Annotated[int, Field(ge=1, le=39)] = 8
    at_once: Annotated[int, Field(ge=1, le=39)] = 39
    flexibility: Share = 0.7

    def columns(self, weeks: int) -> Columns:
        """Return how many actions are worked on at once, and how far the plan gives way."""
        return {Column.AT_ONCE: self.at_once, Column.FLEXIBILITY: self.flexibility}


class FidelityReviews(Component):
    """Reviews at the start, every few months and at the end; with a report, or for measurement only."""

    strategy: ClassVar[Strategy] = Strategy(
        "three reviewers (clinician, peer researcher, academic researcher)",
        "review the service and report on each item",
        "fidelity; staff's motivation",
        "start, 6 and 12 months",
        "one day each",
        "framework, benchmark and feedback from a reputable external source",
        "Audit and provide feedback",
    )
    every_months: Months = 6.0
    reviewers_knowledge: Share = 0.4
    effort: Annotated[float, Field(ge=0, le=2)] = 1.0


class LearningEvents(Component):
    """Days with other teams, at these months of each programme year."""

    strategy: ClassVar[Strategy] = Strategy(
        "teams of the programme, experts",
        "meet, compare, share good practice",
        "collective identity and ideas",
        "months 5 and 9",
        "two days a year",
        "meet other CRTs and feel a sense of a collective CRT identity",
        "Create a learning collaborative",
    )
    months_of_year: Annotated[tuple[Annotated[float, Field(gt=0, le=12)], ...], Field(strict=False)] = (
        5.0,
        9.0,
    )


class OnlineResources(Component):
    """A website with examples and templates; ``promotion`` multiplies its usual, low uptake."""

    strategy: ClassVar[Strategy] = Strategy(
        "research team",
        "offer examples and templates for each item",
        "those who plan actions",
        "throughout",
        "freely accessible",
        "under-used; very helpful to those who planned with it",
        "Develop and distribute educational materials",
    )
    promotion: Annotated[float, Field(ge=0, le=5)] = 1.0

    def columns(self, weeks: int) -> Columns:
        """Return how far the website is promoted."""
        return {Column.ONLINE: self.promotion}


class RoutineMeetings(Component):
    """Meetings of the management group with the facilitator to review and fit the plan."""

    strategy: ClassVar[Strategy] = Strategy(
        "management group and facilitator",
        "review and revise the plan",
        "the plan; those who work on it",
        "once a month",
        "an hour or two",
        "structure and pace of the work",
        "Organize clinician implementation team meetings",
    )
    every_months: Months = 1.0


class WorkingGroups(Component):
    """Who works on the actions: as found in the team, seniors alone, or groups drawn from all staff."""

    strategy: ClassVar[Strategy] = Strategy(
        "small groups of staff",
        "work on actions",
        "structure and practice",
        "throughout",
        "as found",
        "team 4's seniors against team 3's groups of all staff",
        "Create new clinical teams",
    )
    members: Literal["as-found", "seniors", "all-staff"] = "as-found"


class ResearchSupport(Component):
    """Supervision of the facilitator by the research team, which guards the facilitator's hours."""

    strategy: ClassVar[Strategy] = Strategy(
        "research team",
        "supervises the facilitator",
        "the facilitator's time",
        "throughout",
        "regular contact",
        "Facilitator 2 would have boundaried the time more strictly",
        "Provide clinical supervision",
    )

    def columns(self, weeks: int) -> Columns:
        """Return that there is supervision."""
        return {Column.RESEARCH_SUPPORT: 1.0}


class LeadershipSupport(Component):
    """Visible support of senior leaders, agreed beforehand: added to what leaders show of themselves."""

    strategy: ClassVar[Strategy] = Strategy(
        "senior trust staff",
        "show support, grant resources",
        "motivation and time",
        "throughout",
        "visible presence",
        "senior Trust staff being visibly supportive made engagement much easier",
        "Involve executive boards",
    )
    boost: Share = 0.3

    def columns(self, weeks: int) -> Columns:
        """Return what is added to the leaders' support."""
        return {Column.LEADERS_BOOST: self.boost}


class ProtectedTime(Component):
    """Hours of each person a week kept free for improvement; ``backfilled`` is the share made good by extra staff."""

    strategy: ClassVar[Strategy] = Strategy(
        "trust and manager",
        "protect time, pay for backfill",
        "staff's time",
        "throughout",
        "hours a person and week",
        "lack of time, the barrier named most often",
        "Access new funding",
    )
    hours_per_person: Annotated[float, Field(gt=0, le=8)] = 1.0
    backfilled: Share = 1.0

    def columns(self, weeks: int) -> Columns:
        """Return hours protected, and made good by extra staff."""
        return {
            Column.PROTECTED: self.hours_per_person,
            Column.BACKFILL: self.hours_per_person * self.backfilled,
        }


class Onboarding(Component):
    """Induction of newcomers into the programme, for a share of them."""

    strategy: ClassVar[Strategy] = Strategy(
        "manager and colleagues",
        "induct newcomers into the programme",
        "newcomers' awareness",
        "on arrival",
        "each newcomer",
        "newer staff were unaware of the SIP as they had not been employed when training took place",
        "Conduct educational meetings",
    )
    share: Share = 1.0

    def columns(self, weeks: int) -> Columns:
        """Return the share of newcomers inducted."""
        return {Column.ONBOARDING: self.share}


class TopUpTraining(Component):
    """Short training for all staff, repeated."""

    strategy: ClassVar[Strategy] = Strategy(
        "facilitator or manager",
        "repeats the programme's aims and plan",
        "staff's awareness",
        "every few months",
        "two hours",
        "routine top-up training recommended by the paper",
        "Conduct ongoing training",
    )
    every_months: Months = 4.0


class Involvement(Component):
    """Service users' and carers' part in events, groups and reviews; replaces what is found in the team."""

    strategy: ClassVar[Strategy] = Strategy(
        "service users and carers",
        "speak at events, join working groups",
        "priorities and motivation",
        "throughout",
        "level from 0 to 1",
        "where service users and carers were involved they added considerable value",
        "Involve patients/consumers and family members",
    )
    level: Share = 0.9

    def columns(self, weeks: int) -> Columns:
        """Return the level of involvement."""
        return {Column.INVOLVEMENT: self.level}


class Readiness(Component):
    """Assess readiness for change first; support the team until it is ready, or the wait is over, then start."""

    strategy: ClassVar[Strategy] = Strategy(
        "facilitator, manager, leaders",
        "assess readiness, remedy barriers, then start",
        "commitment and efficacy",
        "before the programme",
        "up to some months",
        "an early assessment of readiness to change before introducing new interventions",
        "Assess for readiness and identify barriers and facilitators",
    )
    threshold: Share = 0.5
    longest_wait_months: Annotated[float, Field(ge=0, le=24)] = 4.0
    support: Share = 0.3
