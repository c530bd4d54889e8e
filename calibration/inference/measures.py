"""Which record would measure an unknown: declared by name or group, from what the unknown means and no study."""

from fnmatch import fnmatchcase

UNRECORDED = "no record of it is known"
#: Name or pattern of a parameter or a team's circumstance, and the record that would measure it. The first that fits.
MEASURES = {
    "travel_*": "facilitators' time diaries",
    "main_job_*": "facilitators' time diaries",
    "desk_share": "facilitators' time diaries",
    "doing_inclination": "facilitators' time diaries",
    "visit_*": "a log of visits planned and held",
    "team *: visit_interval": "a log of visits planned and held",
    "trust_*": "surveys of staff: what they make of the facilitator, early and late",
    "credibility_*": "surveys of staff: what they make of the facilitator, early and late",
    "knowledge_*": "surveys of staff: what they make of the facilitator, early and late",
    "skill_*": "rated recordings of facilitators at work",
    "guidance_*": "surveys of staff: what they make of the facilitator, early and late",
    "hours_per_point": "hours booked for each finished action of a resource plan",
    "ceiling": "hours booked for each finished action, at low and at high items",
    "dilution": "hours booked for each finished action, beside the actions open at the time",
    "free_hours": "time diaries of staff",
    "time_squeeze": "time diaries of staff, beside the caseload",
    "manager_hours": "time diaries of managers",
    "manager_squeeze": "time diaries of managers, beside the caseload",
    "background_share": "a log of changes made outside the plan",
    "plan_focus": "a log of changes made outside the plan",
    "unplanned_value": "a log of changes made outside the plan",
    "spill_over": "scores of items that no plan named, with and without a programme",
    "habituation": "attendance and surveys of buy-in beyond month 12",
    "drift_*": "reviews of teams without a programme, a year apart",
    "carry_on": "reviews a year after a programme's end",
    "practice_fade": "reviews a year after a programme's end",
    "leaving_*": "records of who left and when",
    "weeks_to_fill": "records of who left and when",
    "team *: turnover": "records of who left and when",
    "team *: busyness": "caseloads and staff on duty by week",
    "demand_*": "caseloads and staff on duty by week",
    "absence*": "caseloads and staff on duty by week",
    "team *: staff_buy_in": "a survey of staff at the start",
    "will_*": "surveys of staff, beside the hours they gave",
    "strain_*": "surveys of staff, several times a year",
    "hold_*": "the calendars of more teams: what was planned and what was held",
    "review_*": "teams reviewed twice by reviewers who do not know of each other",
}


def measure_of(name: str) -> str:
    """Return the record that would measure an unknown, or that none is known."""
    return next((record for pattern, record in MEASURES.items() if fnmatchcase(name, pattern)), UNRECORDED)
