"""The state variables of each entity of the model, as its documentation tells them.

A test holds them against the attributes of the classes.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple


class State(NamedTuple):
    """A state variable (or a week's flow) of an entity: an attribute of the class of that name."""

    entity: str
    variable: str
    unit: str
    range: str
    meaning: str


def _states(entity: str, rows: Iterable[tuple[str, str, str, str]]) -> tuple[State, ...]:
    return tuple(State(entity, *row) for row in rows)


TRUST_LEADERSHIP = _states(
    "TrustLeadership",
    (
        ("support", "share", "0 to 1", "visible support"),
        ("usual_support", "share", "0 to 1", "level to which support returns; changes with the leader"),
        ("escalation", "effective hours", "0 or more", "facilitators' hours with leaders since last week"),
        ("success", "39 points", "0 or more", "gain shown by reports since last week"),
        ("preparation", "share", "0 or more", "support since last week for teams not yet ready"),
        ("coming_support", "share", "0 to 1", "flow: visible support from next week on"),
    ),
)
FACILITATOR = _states(
    "Facilitator",
    (("teams", "teams", "1 or more", "the teams served; their number divides a shared dose"),),
)
BOND = _states(
    "Bond",
    (
        ("trust", "share", "0 to 1", "the team's trust in the facilitator"),
        ("knowledge", "share", "0 to 1", "the facilitator's local knowledge of the team"),
        ("guidance", "share", "0 to 1", "guidance the team works under"),
        ("coming", "shares", "0 to 1", "flow: trust, knowledge and guidance from next week on"),
        ("saved", "hours", "0 or more", "hours saved up for the next visit"),
        ("weeks_to_visit", "weeks", "at most the interval", "weeks until a visit is due; 0 or less is due"),
    ),
)
MANAGER = _states(
    "Manager",
    (
        ("stance", "share", "0 to 1", "attitude to the programme; 0.5 is neutral"),
        ("engagement", "share", "0 to 1", "active part in the programme; fixed for a person"),
        ("participative", "share", "0 to 1", "participative (1) to directive (0); fixed for a person"),
        ("own_work", "share", "0 to 1", "share of the hours that goes into actions; fixed for a person"),
        ("briefed", "share", "0 to 1", "what the manager knows of the programme"),
    ),
)
POST = _states(
    "Post",
    (
        ("seat", "number", "0 or more", "stable number, part of every address of luck"),
        ("senior", "yes or no", "", "whether the post is senior"),
        ("in_group", "yes or no", "", "whether its holder works in a working group"),
        ("holder", "person", "or nobody", "the member of staff in post"),
        ("last", "person", "or nobody", "the last holder who left"),
        ("hire", "number", "0 or more", "how many people have left the post"),
        ("weeks_empty", "weeks", "0 or more", "weeks until the next newcomer comes"),
    ),
)
STAFFING = _states(
    "Staffing",
    (
        ("posts", "posts", "as the site has", "all posts, seniors first"),
        ("people", "persons", "0 to posts", "those in post, by seat"),
        ("manager", "person", "or nobody", "the manager in post"),
        ("last_manager", "person", "or nobody", "the last manager who left"),
        ("manager_hire", "number", "0 or more", "how many managers have left"),
        ("weeks_without_manager", "weeks", "0 or more", "weeks until the next manager comes"),
        ("left", "persons", "0 or more", "flow: leavers this week"),
        ("replaced", "persons", "0 or more", "leavers since the start"),
    ),
)
STAFF = _states(
    "Staff",
    (
        ("disposition", "share", "lowest_drawn to highest_drawn", "trait: own openness to the programme"),
        ("influence", "weight", "above 0", "trait: weight with colleagues"),
        ("buy_in", "share", "0 to 1", "attitude to the programme; 0.5 is neutral, below is cynical"),
        ("awareness", "share", "0 to 1", "how far the person knows of the programme"),
        ("ownership", "share", "0 to 1", "how far the plan is the person's own"),
        ("strain", "share", "0 to 1", "strain of work"),
        ("skill", "share", "0 to 1", "local skill in the job"),
        ("tenure", "weeks", "0 or more", "weeks in post (999 for those there at the start)"),
        ("practice", "share by area", "0 to 1", "how far the person practises what is new, by subscale"),
        ("present", "yes or no", "", "flow: at work this week"),
        ("shift", "number", "0 or 1", "flow: shift this week"),
        ("attends", "uniform number", "0 to 1", "flow: this week's luck in being free for events"),
        ("event_hours", "hours", "0 or more", "flow: hours at events and in reviews"),
        ("hours", "hours", "0 to improvement_limit", "flow: hours for the programme's actions"),
        ("background", "hours", "0 to improvement_limit", "flow: hours for the team's own agenda"),
        ("purpose", "share", "0 to 1", "flow: awareness times buy-in at the start of the week"),
        ("told", "dose", "0 or more", "flow: what raises awareness this week"),
        ("heartened", "dose", "0 or more", "flow: what raises buy-in this week"),
        ("disheartened", "dose", "0 or more", "flow: what lowers buy-in this week"),
        ("involved", "dose", "0 or more", "flow: what raises ownership this week"),
    ),
)
TEAM = _states(
    "Team",
    (
        ("wave", "log demand", "any", "departure of demand from the team's usual"),
        ("pressure", "ratio", "0 to pressure_limit", "flow: demand against those at work; 1 is typical"),
        ("improvement_hours", "hours", "0 or more", "improvement work that counts against care"),
        ("progress", "share", "0 to 1", "sight of finished work"),
        ("collaboration", "share", "0 to 1", "working relations with other services"),
        ("usual_collaboration", "share", "0 to 1", "level to which those relations return"),
        ("planned", "yes or no by item", "", "items in the plan"),
        ("plan_made", "yes or no", "", "whether there is a plan"),
        ("plan_room", "points", "0 to 156", "room of the planned items when the plan was made"),
        ("plan_scale", "share", "smallest_plan to 1", "part of the planned actions worked on at once"),
        ("agenda", "items", "39, each once", "all items in the team's order of appeal"),
        ("known_scores", "points by item", "1 to 5", "the last reported scores"),
        ("report_due", "yes or no", "", "whether a report will be read next week"),
        ("points_finished", "points", "0 or more", "steps of structure finished since the start"),
        ("first_finished_week", "week", "-1 for none", "week of the first finished step"),
        ("visits", "visits", "0 or more", "visits held since the start"),
        ("visits_lost", "visits", "0 or more", "visits called off since the start"),
        ("priority", "share", "0 to 1", "flow: priority the manager lends the programme"),
        ("pushed", "dose", "any", "flow: the manager's push on staff; negative from a manager against it"),
        ("manager_work", "hours", "0 or more", "flow: manager's hours on actions"),
        ("manager_event_hours", "hours", "0 or more", "flow: manager's hours at events and in reviews"),
        ("staff_event_hours", "hours", "0 or more", "flow: staff's hours at events and in reviews"),
        ("facilitator_work", "hours", "0 or more", "flow: hours of actions done by the facilitator"),
        ("effective_contact", "effective hours", "0 or more", "flow: this week's visit by its worth"),
        ("coached", "effective hours", "0 or more", "flow: coaching that reaches one person"),
        ("programme_hours", "hours", "0 or more", "flow: hours of all actors on actions"),
        ("last_programme_hours", "hours", "0 or more", "the same, last week"),
        ("finished", "points", "0 or more", "flow: steps finished this week"),
        ("area_share", "share by area", "0 to 1", "flow: how planned work divides over the subscales"),
        ("agenda_area", "number", "-1 to 3", "flow: subscale of the unplanned work; -1 for none"),
        ("attended", "yes or no by item", "", "flow: items that planned work touches"),
        ("defence", "dose", "0 or more", "flow: defensiveness a report provoked"),
        ("review_held", "yes or no", "", "flow: whether a programme review is held this week"),
        ("hours", "hours by actor and kind", "0 or more", "flow: the week's hours, each booked once"),
    ),
)
DELIVERY = _states(
    "Delivery",
    (
        ("clock", "number", "0, 1, 2", "programme not started, running, ended"),
        ("programme_week", "week", "-1 or more", "week of the programme"),
        ("start_week", "week", "-1 or more", "week in which the programme started; -1 where it has not"),
        ("end_week", "week", "-1 or more", "the programme's last week; -1 where it has not ended"),
        ("held", "weeks", "0 or more", "of each planned event: programme week held, -1 lost, -2 not yet"),
        ("row", "row of the plan", "", "flow: what the programme provides this week"),
    ),
)
SERVICE = _states(
    "Service",
    (
        ("kept", "points by item", "0 to 4", "points above 1 that stood before the run, less drift"),
        ("written", "points by item", "0 to 4", "points of new structure"),
        ("lift", "points by item", "0 to 4", "points by spill-over"),
        ("progress", "hours by item", "0 or more", "effective hours done towards the next step"),
        ("adopted", "share by area", "0 to 1", "share of new structure that those in post practise"),
        ("to_be_practised", "points by area", "0 or more", "new points that count only when practised"),
        ("levels", "points by item", "1 to 5", "latent levels (true practice)"),
        ("latent_total", "points", "39 to 195", "sum of the latent levels"),
        ("start_total", "points", "39 to 195", "that sum at the start"),
        ("scores", "points by item", "1 to 5", "last reviewed scores, whole numbers"),
        ("stable_error", "points", "any", "part of the review's error that stays with the team"),
        ("structure", "share by item", "0 to 1", "part of a point that is structure"),
        ("control", "share by item", "0 to 1", "part of an item the team controls"),
        ("interface", "yes or no by item", "", "whether other services have to take part"),
    ),
)
STATES = (
    *TRUST_LEADERSHIP,
    *FACILITATOR,
    *BOND,
    *MANAGER,
    *POST,
    *STAFFING,
    *STAFF,
    *TEAM,
    *DELIVERY,
    *SERVICE,
)

#: Attributes that are no state: links between objects, names, luck read ahead, constants worked out once.
WIRING: Mapping[str, frozenset[str]] = {
    "TrustLeadership": frozenset({"number", "luck"}),
    "Facilitator": frozenset({"number"}),
    "Bond": frozenset(),
    "Manager": frozenset({"team"}),
    "Post": frozenset({"hires"}),
    "Staffing": frozenset({"team", "model", "site", "managers_luck", "weeks_luck", "luck"}),
    "Staff": frozenset({"post"}),
    "Team": frozenset(
        {"model", "site", "plan", "service", "trust", "name", "number", "bond", "delivery", "staffing"}
        | {"week", "weeks_luck", "events_luck", "luck", "tastes"}
    ),
    "Delivery": frozenset({"plan"}),
    "Service": frozenset({"areas", "loss", "loss_of_structure", "loss_of_practice"}),
}
