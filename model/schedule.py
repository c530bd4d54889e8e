"""The order of a week, written once.

Social states (buy-in, awareness, ownership, strain, trust, support, guidance) are read as they stood at the start
of the week: nobody reacts to a colleague's change of heart on the same day, and the order in which people act does
not matter. Flows (absence, visits, hours, work) come from earlier phases of the same week. ``CrisisTeams`` has a
method for each phase, by the same name.
"""

from typing import NamedTuple


class Phase(NamedTuple):
    """One phase of the week, and what it may change, as ``whose.what``.

    A newcomer's and a new manager's own states come with the person, in "turnover".
    """

    name: str
    what: str
    writes: tuple[str, ...]


#: What holds for one week only: cleared as the week begins, set by the phases that list it.
FLOWS = (
    "staff.background",
    "staff.disheartened",
    "staff.event_hours",
    "staff.heartened",
    "staff.hours",
    "staff.involved",
    "staff.told",
    "team.agenda_area",
    "team.area_share",
    "team.attended",
    "team.coached",
    "team.defence",
    "team.effective_contact",
    "team.facilitator_work",
    "team.finished",
    "team.hours",
    "team.last_programme_hours",
    "team.manager_event_hours",
    "team.manager_work",
    "team.priority",
    "team.programme_hours",
    "team.pushed",
    "team.review_held",
    "team.staff_event_hours",
)

WEEK: tuple[Phase, ...] = (
    Phase(
        "demand",
        "Demand comes in, some staff are away, pressure follows; the programme's clock moves on.",
        (
            *FLOWS,
            "delivery.clock",
            "delivery.end_week",
            "delivery.held",
            "delivery.programme_week",
            "delivery.row",
            "delivery.start_week",
            "staff.attends",
            "staff.present",
            "staff.shift",
            "staff.skill",
            "staff.tenure",
            "staffing.luck",
            "team.luck",
            "team.pressure",
            "team.wave",
            "team.week",
        ),
    ),
    Phase(
        "turnover",
        "People leave, posts stand empty, newcomers arrive and are inducted; so do managers.",
        (
            "post.hire",
            "post.holder",
            "post.last",
            "post.weeks_empty",
            "staffing.last_manager",
            "staffing.left",
            "staffing.manager",
            "staffing.manager_hire",
            "staffing.people",
            "staffing.replaced",
            "staffing.weeks_without_manager",
        ),
    ),
    Phase(
        "leadership",
        "Leaders of the trust answer to what reached them last week; shocks and new leaders come.",
        (
            "trust.coming_support",
            "trust.escalation",
            "trust.preparation",
            "trust.success",
            "trust.usual_support",
        ),
    ),
    Phase(
        "events",
        "Reports arrive; scoping, meetings, learning events, training and reviews that are due are held or put off.",
        (
            "delivery.held",
            "manager.stance",
            "staff.disheartened",
            "staff.event_hours",
            "staff.heartened",
            "staff.involved",
            "staff.told",
            "team.agenda",
            "team.defence",
            "team.hours",
            "team.known_scores",
            "team.manager_event_hours",
            "team.plan_made",
            "team.plan_room",
            "team.plan_scale",
            "team.planned",
            "team.report_due",
            "team.review_held",
            "team.staff_event_hours",
            "trust.preparation",
            "trust.success",
        ),
    ),
    Phase(
        "visits",
        "The facilitator visits, coaches, does some of the work, speaks with leaders, inducts newcomers.",
        (
            "bond.coming",
            "bond.saved",
            "bond.weeks_to_visit",
            "staff.heartened",
            "staff.told",
            "team.coached",
            "team.effective_contact",
            "team.facilitator_work",
            "team.hours",
            "team.visits",
            "team.visits_lost",
            "trust.escalation",
        ),
    ),
    Phase(
        "push",
        "The manager gives the programme priority, hours and a push.",
        (
            "manager.briefed",
            "manager.stance",
            "staff.disheartened",
            "staff.heartened",
            "staff.involved",
            "staff.told",
            "team.hours",
            "team.manager_work",
            "team.priority",
            "team.pushed",
        ),
    ),
    Phase(
        "choices",
        "Each person on duty chooses how to spend the little free time.",
        (
            "staff.background",
            "staff.hours",
        ),
    ),
    Phase(
        "work",
        "Hours move the planned actions and the team's own agenda; some are finished.",
        (
            "service.progress",
            "service.to_be_practised",
            "service.written",
            "staff.practice",
            "team.agenda_area",
            "team.area_share",
            "team.attended",
            "team.collaboration",
            "team.finished",
            "team.first_finished_week",
            "team.hours",
            "team.improvement_hours",
            "team.points_finished",
            "team.programme_hours",
        ),
    ),
    Phase(
        "spread",
        "Practice, awareness, buy-in and ownership pass from person to person.",
        (
            "service.adopted",
            "staff.awareness",
            "staff.buy_in",
            "staff.ownership",
            "staff.practice",
            "staff.purpose",
        ),
    ),
    Phase(
        "strain",
        "Load strains, purpose and progress relieve.",
        (
            "staff.strain",
            "team.progress",
        ),
    ),
    Phase(
        "drift",
        "What nobody attends to drifts; shared purpose lifts the rest.",
        (
            "service.kept",
            "service.latent_total",
            "service.levels",
            "service.lift",
            "service.to_be_practised",
            "service.written",
        ),
    ),
    Phase(
        "review",
        "Reviewers score the items, if a review or a measurement is due.",
        (
            "service.scores",
            "team.report_due",
        ),
    ),
    Phase(
        "bookkeeping",
        "What leaders and facilitator changed takes effect; every hour is booked once, the week is recorded.",
        (
            "bond.guidance",
            "bond.knowledge",
            "bond.trust",
            "record.hours",
            "record.levels",
            "record.scores",
            "record.weeks",
            "trust.support",
        ),
    ),
)
