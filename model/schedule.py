"""The order of a week, written once.

Social states (buy-in, awareness, ownership, strain, trust, support, guidance) are read as they stood at the start
of the week: nobody reacts to a colleague's change of heart on the same day, and the order in which people act does
not matter. Flows (absence, visits, hours, work) come from earlier phases of the same week. ``CrisisTeams`` has a
method for each phase, by the same name.
"""

from typing import NamedTuple


class Phase(NamedTuple):
    """One phase of the week and the states it may change (fields of ``Team``, ``Service``, people and trust)."""

    name: str
    what: str
    writes: tuple[str, ...]


WEEK: tuple[Phase, ...] = (
    Phase(
        "demand",
        "Demand comes in, some staff are away, pressure follows; the programme's clock moves on.",
        ("week", "clock", "wave", "demand", "pressure", "present", "shift", "skill", "tenure", "attends"),
    ),
    Phase(
        "turnover",
        "People leave, posts stand empty, newcomers arrive and are inducted; so do managers.",
        ("posts", "manager", "left", "told", "replaced"),
    ),
    Phase(
        "leadership",
        "Leaders of the trust answer to what reached them last week; shocks and new leaders come.",
        ("support", "usual_support", "escalation", "success"),
    ),
    Phase(
        "events",
        "Reports arrive; scoping, meetings, learning events, training and reviews that are due are held or put off.",
        (
            "delivery",
            "plan",
            "told",
            "heartened",
            "disheartened",
            "involved",
            "event_hours",
            "stance",
            "success",
        ),
    ),
    Phase(
        "visits",
        "The facilitator visits, coaches, does some of the work, speaks with leaders, inducts newcomers.",
        ("trust", "knowledge", "guidance", "saved", "contact", "escalation", "told", "heartened", "bypassed"),
    ),
    Phase(
        "push",
        "The manager gives the programme priority, hours and a push.",
        ("priority", "manager_hours", "pushed", "briefed", "stance", "told", "heartened", "disheartened"),
    ),
    Phase(
        "choices",
        "Each person on duty chooses how to spend the little free time.",
        ("hours", "background"),
    ),
    Phase(
        "work",
        "Hours move the planned actions and the team's own agenda; some are finished.",
        ("items", "practice", "collaboration", "progress", "involved"),
    ),
    Phase(
        "spread",
        "Practice, awareness, buy-in and ownership pass from person to person.",
        ("practice", "awareness", "buy_in", "ownership"),
    ),
    Phase("strain", "Load strains, purpose and progress relieve.", ("strain", "progress")),
    Phase("drift", "What nobody attends to drifts; shared purpose lifts the rest.", ("items",)),
    Phase("review", "Reviewers score the items, if a review or a measurement is due.", ("scores",)),
    Phase("bookkeeping", "Every hour is booked once; the week is recorded.", ("record",)),
)
