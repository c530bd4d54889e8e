"""Every number of the model, declared once.

A rule takes all parameters as ``p``; nothing else in the rules is a number, but for 0, 1, 2, a half, and the facts of
the scale in ``model.fidelity``. The priors were written down before any sign of an answer was computed. Where a prior
is disputed (what a placement brings) it allows either sign; where a mechanism may be absent, its prior includes none.
Sources are keys of ``docs/references.bib``.
"""

from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache
from typing import Annotated, NamedTuple, get_type_hints

from model.declarations import (
    LEADERSHIP,
    MEASUREMENT,
    MONEY,
    PRIORITISATION,
    REINFORCEMENT,
    WORKFLOW,
    WORKFORCE,
    Declared,
    loguniform,
    uniform,
)


class Parameters(NamedTuple):
    """All parameters, each at its default; ``parameters._replace(name=value)`` gives another set."""

    # fmt: off
    # Workforce: who is there, how pressed, who leaves
    demand_sd: Annotated[float, Declared("sd of log demand", uniform(0.03, 0.20), WORKFORCE, "M1",
        "assumed", "", "spread of a team's demand around its usual")] = 0.10
    demand_persistence: Annotated[float, Declared("share a week", uniform(0.70, 0.98), WORKFORCE, "M1",
        "assumed", "", "share of a demand wave that is still there a week later")] = 0.90
    absence: Annotated[float, Declared("share", uniform(0.10, 0.22), WORKFORCE, "M1",
        "assumed", "paper", "share of staff away in an ordinary week (leave, sickness, training)")] = 0.15
    absence_limit: Annotated[float, Declared("share", None, WORKFORCE, "M1",
        "convention", "", "highest chance to be away in a week")] = 0.9
    absence_strain: Annotated[float, Declared("per unit strain", uniform(0, 1.5), WORKFORCE, "M1",
        "assumed", "", "how much strain raises absence (log scale)")] = 0.5
    newcomer_capacity: Annotated[float, Declared("share", uniform(0.4, 0.9), WORKFORCE, "M3",
        "assumed", "", "care a person without local skill can do, against a skilled one")] = 0.6
    newcomer_skill: Annotated[float, Declared("share", uniform(0.1, 0.6), WORKFORCE, "M3",
        "assumed", "", "local skill of a newcomer")] = 0.3
    newcomer_weeks: Annotated[float, Declared("weeks", uniform(6, 20), WORKFORCE, "M3",
        "assumed", "", "weeks for which a person counts as new")] = 12.0
    skill_pace: Annotated[float, Declared("share a week", uniform(0.02, 0.10), WORKFORCE, "M3",
        "assumed", "", "pace at which a newcomer grows into the job")] = 0.04
    care_cost: Annotated[float, Declared("hours per hour", uniform(0.3, 1.0), WORKFORCE, "M2",
        "assumed", "repenning2002", "care time an hour of improvement work takes now")] = 0.8
    care_saving: Annotated[float, Declared("share of demand per 39 points", uniform(0, 0.15), WORKFORCE, "M2",
        "assumed", "repenning2002", "demand that 39 points of better practice save later; may be none")] = 0.05
    saving_limit: Annotated[float, Declared("share of demand", None, WORKFORCE, "M2",
        "convention", "", "most that better practice can save, or worse practice add")] = 0.5
    free_hours: Annotated[float, Declared("hours a person and week", loguniform(0.4, 3.5), WORKFORCE, "M1",
        "assumed", "paper", "hours free for improvement at typical pressure")] = 1.2
    time_squeeze: Annotated[float, Declared("a unit of pressure", uniform(1, 6), WORKFORCE, "M1",
        "assumed", "paper", "how steeply free time falls with pressure (log scale)")] = 3.0
    protected_kept: Annotated[float, Declared("share", uniform(0.3, 1.0), WORKFORCE, "M1",
        "assumed", "", "share of protected hours that really are protected")] = 0.7
    leaving_rate: Annotated[float, Declared("per person and year", loguniform(0.14, 0.50), WORKFORCE, "M3",
        "literature", "nhs_leavers", "leaving rate at middling strain; national leavers' rates are a floor")] = 0.25
    leaving_strain: Annotated[float, Declared("per unit strain", uniform(0, 4), WORKFORCE, "M3",
        "assumed", "paper", "how much strain raises leaving (log scale)")] = 2.0
    weeks_to_fill: Annotated[float, Declared("weeks", loguniform(10, 40), WORKFORCE, "M3",
        "literature", "nhs_vacancies", "median time a post stays empty")] = 20.0
    fill_spread: Annotated[float, Declared("sd of log weeks", uniform(0.2, 0.8), WORKFORCE, "M3",
        "assumed", "", "spread of the time a post stays empty")] = 0.5
    successor_blank: Annotated[float, Declared("share", None, WORKFORCE, "M3",
        "switch", "paper", "share in which a successor is a stranger to the programme")] = 1.0
    leavers_knowledge: Annotated[float, Declared("share", uniform(0, 0.2), WORKFORCE, "M3",
        "assumed", "paper", "share of unwritten practice that goes with those who leave")] = 0.08
    disposition_sd: Annotated[float, Declared("share", uniform(0.08, 0.22), WORKFORCE, "M8",
        "assumed", "paper", "spread of staff's own openness within a team")] = 0.15
    lowest_drawn: Annotated[float, Declared("share", None, WORKFORCE, "M8",
        "convention", "", "lowest share a person or leader is drawn with: nobody is wholly closed")] = 0.02
    highest_drawn: Annotated[float, Declared("share", None, WORKFORCE, "M8",
        "convention", "", "highest share a person or leader is drawn with: nobody is wholly won")] = 0.98
    newcomer_disposition: Annotated[float, Declared("share", uniform(0.35, 0.65), WORKFORCE, "M3",
        "assumed", "", "usual openness of newcomers")] = 0.5
    influence_spread: Annotated[float, Declared("sd of log weight", uniform(0.1, 0.6), WORKFORCE, "M8",
        "assumed", "", "spread of staff's influence")] = 0.3
    senior_influence: Annotated[float, Declared("ratio", uniform(1, 3), WORKFORCE, "M8",
        "assumed", "paper", "influence of a senior against others")] = 1.8
    handover_dose: Annotated[float, Declared("dose", uniform(0, 0.4), WORKFORCE, "M3",
        "assumed", "paper", "awareness of the programme a newcomer gets from the usual handover")] = 0.15
    onboarding_dose: Annotated[float, Declared("dose", uniform(0.5, 2), WORKFORCE, "M3",
        "assumed", "paper", "awareness a newcomer gets from planned onboarding")] = 1.2
    strain_rest: Annotated[float, Declared("log odds", uniform(-0.6, 0.4), WORKFORCE, "M20",
        "literature", "oconnor2018", "strain in a quiet week at typical pressure")] = -0.1
    strain_load: Annotated[float, Declared("log odds a unit of pressure", uniform(0.5, 4), WORKFORCE, "M20",
        "assumed", "paper", "how much load strains")] = 2.0
    strain_effort: Annotated[float, Declared("log odds per hour", uniform(0, 0.3), WORKFORCE, "M20",
        "assumed", "paper", "how much improvement work itself strains")] = 0.10
    strain_purpose: Annotated[float, Declared("log odds", uniform(0, 1.5), WORKFORCE, "M20",
        "assumed", "paper", "relief by shared purpose")] = 0.6
    strain_support: Annotated[float, Declared("log odds", uniform(0, 1.5), WORKFORCE, "M20",
        "assumed", "paper", "relief by leaders' support")] = 0.5
    strain_progress: Annotated[float, Declared("log odds", uniform(0, 1.5), WORKFORCE, "M20",
        "assumed", "paper", "relief by visible progress")] = 0.5
    strain_pace: Annotated[float, Declared("share a week", uniform(0.02, 0.15), WORKFORCE, "M20",
        "assumed", "", "pace at which strain follows the weeks")] = 0.06
    progress_seen: Annotated[float, Declared("dose an action", uniform(0.1, 1), WORKFORCE, "M20",
        "assumed", "", "visibility of a finished action")] = 0.5
    progress_fade: Annotated[float, Declared("share a week", uniform(0.03, 0.2), WORKFORCE, "M20",
        "assumed", "", "pace at which finished work goes out of sight")] = 0.08
    empty_house: Annotated[float, Declared("share of posts", None, WORKFORCE, "M1",
        "convention", "", "part of its posts that an empty house counts as")] = 0.1
    pressure_limit: Annotated[float, Declared("pressure", None, WORKFORCE, "M1",
        "convention", "", "highest pressure the scale knows")] = 3.0
    working_hours: Annotated[float, Declared("hours a week", None, WORKFORCE, "M1",
        "convention", "", "a full-time week")] = 37.5
    improvement_limit: Annotated[float, Declared("hours a person and week", None, WORKFORCE, "M1",
        "assumed", "", "most hours a person can give to improvement")] = 8.0

    # Leadership: manager and trust
    support_return: Annotated[float, Declared("share a week", uniform(0.01, 0.08), LEADERSHIP, "M5",
        "assumed", "", "pace at which support returns to the leaders' usual")] = 0.03
    escalation_effect: Annotated[float, Declared("dose an hour", loguniform(0.005, 0.1), LEADERSHIP, "M5",
        "assumed", "paper", "support won by an hour of the facilitator with leaders")] = 0.03
    support_success: Annotated[float, Declared("dose per 39 points", uniform(0, 0.8), LEADERSHIP, "M11",
        "assumed", "", "support won by a gain a review shows")] = 0.3
    shock_rate: Annotated[float, Declared("per year", uniform(0.1, 0.8), LEADERSHIP, "M5",
        "assumed", "", "reorganisations and crises of the trust")] = 0.35
    shock_size: Annotated[float, Declared("dose", uniform(0.2, 1), LEADERSHIP, "M5",
        "assumed", "", "loss of support in a shock")] = 0.5
    leader_change_rate: Annotated[float, Declared("per year", uniform(0.1, 0.6), LEADERSHIP, "M5",
        "assumed", "paper", "changes of the responsible leader")] = 0.3
    new_leader_support: Annotated[float, Declared("share", uniform(0.35, 0.65), LEADERSHIP, "M5",
        "assumed", "", "usual support of a new leader")] = 0.5
    stance_sd: Annotated[float, Declared("share", uniform(0.10, 0.25), LEADERSHIP, "M4",
        "assumed", "", "spread of managers' stance and leaders' support")] = 0.18
    support_reach: Annotated[float, Declared("share", uniform(0.2, 1), LEADERSHIP, "M5",
        "assumed", "paper", "share of leaders' support that reaches the team")] = 0.7
    backfill_granted: Annotated[float, Declared("hours a post and week", uniform(0, 0.5), LEADERSHIP, "M5",
        "assumed", "paper", "backfill that full support grants a running programme")] = 0.15
    manager_leaving_rate: Annotated[float, Declared("per year", uniform(0.15, 0.7), LEADERSHIP, "M4",
        "literature", "paper", "managers' leaving; two of six teams in 12 months")] = 0.4
    manager_weeks_to_fill: Annotated[float, Declared("weeks", loguniform(3, 20), LEADERSHIP, "M4",
        "assumed", "", "mean time the manager's post stays empty")] = 8.0
    new_manager_stance: Annotated[float, Declared("share", uniform(0.4, 0.7), LEADERSHIP, "M4",
        "assumed", "", "usual stance of a new manager")] = 0.55
    manager_matters: Annotated[float, Declared("share", None, LEADERSHIP, "M4",
        "switch", "paper", "share in which managers differ")] = 1.0
    briefing_pace: Annotated[float, Declared("dose a week", uniform(0.02, 0.15), LEADERSHIP, "M4",
        "assumed", "paper", "pace at which a new manager learns of the programme")] = 0.06
    briefing_contact: Annotated[float, Declared("dose an hour", uniform(0, 0.08), LEADERSHIP, "M4",
        "assumed", "", "help of the facilitator in that, an effective hour")] = 0.03
    priority_stance: Annotated[float, Declared("log odds", uniform(0, 5), LEADERSHIP, "M4",
        "assumed", "paper", "weight of the manager's stance in priority; may be none")] = 2.0
    priority_engagement: Annotated[float, Declared("log odds", uniform(0, 5), LEADERSHIP, "M4",
        "assumed", "paper", "weight of the manager's engagement in priority; may be none")] = 2.0
    priority_support: Annotated[float, Declared("log odds", uniform(0, 3), LEADERSHIP, "M5",
        "assumed", "paper", "weight of leaders' support in priority")] = 1.0
    stance_gain: Annotated[float, Declared("dose", uniform(0, 0.06), LEADERSHIP, "M4",
        "assumed", "", "how a week of visible progress wins the manager over")] = 0.02
    stance_loss: Annotated[float, Declared("dose", uniform(0, 0.5), LEADERSHIP, "M11",
        "assumed", "paper", "how a report felt unfair puts the manager off")] = 0.2
    manager_hours: Annotated[float, Declared("hours a week", loguniform(0.7, 5), LEADERSHIP, "M4",
        "assumed", "paper", "manager's hours at middling priority and typical pressure")] = 2.0
    manager_squeeze: Annotated[float, Declared("a unit of pressure", uniform(0.3, 4), LEADERSHIP, "M1",
        "assumed", "paper", "how steeply the manager's hours fall with pressure (log scale)")] = 1.5
    manager_limit: Annotated[float, Declared("hours a week", None, LEADERSHIP, "M4",
        "assumed", "", "most hours a manager can give to improvement")] = 15.0
    manager_background: Annotated[float, Declared("share", uniform(0.1, 0.8), LEADERSHIP, "M4",
        "assumed", "paper", "share of those hours a manager gives to improvement without a programme")] = 0.35
    manager_own_work: Annotated[float, Declared("share", uniform(0.1, 0.6), LEADERSHIP, "M4",
        "assumed", "paper", "share of the manager's hours that go into actions, where not known")] = 0.3
    push_effect: Annotated[float, Declared("dose an hour", uniform(0, 0.06), LEADERSHIP, "M4",
        "assumed", "paper", "effect of an hour of the manager on buy-in")] = 0.02
    push_awareness: Annotated[float, Declared("dose an hour", uniform(0.005, 0.08), LEADERSHIP, "M4",
        "assumed", "paper", "awareness an hour of the manager spreads")] = 0.03
    stand_in: Annotated[float, Declared("share", uniform(-0.5, 1), LEADERSHIP, "M4",
        "assumed", "paper", "how far a manager counts for more where facilitation is thin; may be less")] = 0.3

    # Practice reinforcement: facilitation, reviews, drift
    trust_embedded: Annotated[float, Declared("share", uniform(0.40, 0.85), REINFORCEMENT, "M6",
        "assumed", "paper", "team's trust in an embedded facilitator at the start")] = 0.65
    trust_internal: Annotated[float, Declared("share", uniform(0.25, 0.75), REINFORCEMENT, "M6",
        "assumed", "paper", "team's trust in an internal facilitator at the start")] = 0.50
    trust_external: Annotated[float, Declared("share", uniform(0.12, 0.65), REINFORCEMENT, "M6",
        "assumed", "paper", "team's trust in an external facilitator at the start")] = 0.38
    knowledge_embedded: Annotated[float, Declared("share", uniform(0.60, 1.00), REINFORCEMENT, "M6",
        "assumed", "paper", "an embedded facilitator's local knowledge at the start")] = 0.80
    knowledge_internal: Annotated[float, Declared("share", uniform(0.30, 0.80), REINFORCEMENT, "M6",
        "assumed", "paper", "an internal facilitator's local knowledge at the start")] = 0.55
    knowledge_external: Annotated[float, Declared("share", uniform(0.05, 0.50), REINFORCEMENT, "M6",
        "assumed", "paper", "an external facilitator's local knowledge at the start")] = 0.25
    credibility_embedded: Annotated[float, Declared("share", uniform(0.15, 0.65), REINFORCEMENT, "M6",
        "assumed", "paper", "an embedded facilitator's outside credibility")] = 0.40
    credibility_internal: Annotated[float, Declared("share", uniform(0.25, 0.75), REINFORCEMENT, "M6",
        "assumed", "paper", "an internal facilitator's outside credibility")] = 0.50
    credibility_external: Annotated[float, Declared("share", uniform(0.30, 0.95), REINFORCEMENT, "M6",
        "assumed", "paper", "an external facilitator's outside credibility")] = 0.62
    skill_embedded: Annotated[float, Declared("share", uniform(0.25, 0.75), REINFORCEMENT, "M6",
        "assumed", "baskerville2012", "an embedded facilitator's skill in improvement work")] = 0.50
    skill_internal: Annotated[float, Declared("share", uniform(0.30, 0.75), REINFORCEMENT, "M6",
        "assumed", "baskerville2012", "an internal facilitator's skill in improvement work")] = 0.52
    skill_external: Annotated[float, Declared("share", uniform(0.35, 0.95), REINFORCEMENT, "M6",
        "assumed", "baskerville2012", "an external facilitator's skill in improvement work")] = 0.65
    travel_embedded: Annotated[float, Declared("hours a visit", uniform(0, 0.2), REINFORCEMENT, "M6",
        "assumed", "paper", "an embedded facilitator's way")] = 0.1
    travel_internal: Annotated[float, Declared("hours a visit", uniform(0.2, 1.5), REINFORCEMENT, "M6",
        "assumed", "paper", "an internal facilitator's way")] = 0.8
    travel_external: Annotated[float, Declared("hours a visit", uniform(0.4, 3.0), REINFORCEMENT, "M6",
        "assumed", "paper", "an external facilitator's way")] = 1.6
    main_job_embedded: Annotated[float, Declared("share", uniform(0.10, 0.70), REINFORCEMENT, "M6",
        "assumed", "paper", "share of hours an embedded facilitator's clinical job takes")] = 0.40
    main_job_internal: Annotated[float, Declared("share", uniform(0.05, 0.55), REINFORCEMENT, "M6",
        "assumed", "paper", "share of hours an internal facilitator's main job takes")] = 0.30
    main_job_external: Annotated[float, Declared("share", uniform(0, 0.35), REINFORCEMENT, "M6",
        "assumed", "paper", "share of hours other work of an external facilitator takes")] = 0.15
    placement_external: Annotated[float, Declared("share", None, REINFORCEMENT, "M6",
        "measured", "paper", "external facilitators among those drawn: one of six")] = 0.167
    placement_embedded: Annotated[float, Declared("share", uniform(0, 0.33), REINFORCEMENT, "M6",
        "assumed", "paper", "embedded facilitators among those drawn: 'sometimes'")] = 0.167
    supervision_guard: Annotated[float, Declared("share", uniform(0, 0.8), REINFORCEMENT, "M6",
        "assumed", "paper", "share of such claims the research team's supervision wards off")] = 0.4
    other_teams: Annotated[float, Declared("teams", uniform(0.5, 3), REINFORCEMENT, "M6",
        "literature", "paper", "other teams a facilitator serves, where one dose is for all of them")] = 1.5
    visit_lost: Annotated[float, Declared("chance a week", loguniform(0.08, 0.5), REINFORCEMENT, "M6",
        "assumed", "paper", "chance that a visit is called off at typical pressure and middling trust")] = 0.25
    visit_squeeze: Annotated[float, Declared("a unit of pressure", uniform(0, 2), REINFORCEMENT, "M1",
        "assumed", "paper", "how steeply lost visits rise with pressure (log scale)")] = 1.0
    visit_trust: Annotated[float, Declared("per unit trust", uniform(0, 2), REINFORCEMENT, "M6",
        "assumed", "paper", "how trust saves visits (log scale)")] = 0.8
    visit_lost_limit: Annotated[float, Declared("chance a week", None, REINFORCEMENT, "M6",
        "convention", "", "highest chance that a visit is called off")] = 0.95
    visit_limit: Annotated[float, Declared("hours", None, REINFORCEMENT, "M6",
        "convention", "", "longest visit: a working day")] = 7.5
    knowledge_matters: Annotated[float, Declared("share", uniform(0, 0.9), REINFORCEMENT, "M6",
        "assumed", "paper", "share of contact's worth that needs local knowledge; may be none")] = 0.5
    presence_matters: Annotated[float, Declared("share", None, REINFORCEMENT, "M6",
        "switch", "paper", "share in which trust, knowledge and skill decide what contact is worth")] = 1.0
    plain_contact: Annotated[float, Declared("share", None, REINFORCEMENT, "M6",
        "assumed", "", "worth of an hour of contact where they do not")] = 0.25
    trust_fade: Annotated[float, Declared("share a week", uniform(0.005, 0.05), REINFORCEMENT, "M6",
        "assumed", "paper", "how trust fades without contact")] = 0.02
    trust_build: Annotated[float, Declared("dose an hour", loguniform(0.01, 0.12), REINFORCEMENT, "M6",
        "assumed", "paper", "how an hour of contact builds trust")] = 0.04
    knowledge_build: Annotated[float, Declared("dose an hour", loguniform(0.003, 0.04), REINFORCEMENT, "M6",
        "assumed", "", "how an hour of contact builds local knowledge")] = 0.01
    guidance_fade: Annotated[float, Declared("share a week", uniform(0.03, 0.2), REINFORCEMENT, "M6",
        "assumed", "paper", "how guidance fades")] = 0.08
    guidance_build: Annotated[float, Declared("dose an hour", loguniform(0.03, 0.3), REINFORCEMENT, "M6",
        "assumed", "paper", "how effective contact builds guidance")] = 0.10
    guidance_value: Annotated[float, Declared("ratio", uniform(0.2, 2.5), REINFORCEMENT, "M6",
        "literature", "baskerville2012", "what full guidance adds to an hour of planned work")] = 1.0
    doing_inclination: Annotated[float, Declared("share", uniform(0, 0.6), REINFORCEMENT, "M7",
        "assumed", "paper", "share of contact a facilitator spends doing the work, where not known")] = 0.25
    doing_matters: Annotated[float, Declared("share", None, REINFORCEMENT, "M7",
        "switch", "paper", "share in which facilitators do work themselves")] = 1.0
    desk_share: Annotated[float, Declared("share", uniform(0.1, 0.5), REINFORCEMENT, "M6",
        "assumed", "", "share of a facilitator's hours spent at the desk between visits")] = 0.3
    coaching_reach: Annotated[float, Declared("persons", uniform(4, 14), REINFORCEMENT, "M6",
        "assumed", "", "persons an hour of contact reaches")] = 8.0
    coaching_awareness: Annotated[float, Declared("dose an hour", uniform(0.03, 0.4), REINFORCEMENT, "M6",
        "assumed", "paper", "awareness an effective hour of contact spreads")] = 0.15
    coaching_heart: Annotated[float, Declared("dose an hour", uniform(0.01, 0.15), REINFORCEMENT, "M6",
        "assumed", "paper", "heart an effective hour of contact gives")] = 0.05
    benchmark_heart: Annotated[float, Declared("dose", uniform(0, 0.4), REINFORCEMENT, "M11",
        "assumed", "paper", "heart a report gives: benchmark and a bigger whole")] = 0.15
    benchmark_unvouched: Annotated[float, Declared("share", None, REINFORCEMENT, "M11",
        "assumed", "", "part of that heart which needs no credible facilitator to vouch for it")] = 0.5
    feedback_progress: Annotated[float, Declared("dose per 39 points", uniform(0, 1.2), REINFORCEMENT, "M11",
        "assumed", "paper", "heart a gain shown by a review gives")] = 0.4
    defensiveness: Annotated[float, Declared("dose", uniform(0, 1.5), REINFORCEMENT, "M11",
        "assumed", "paper", "defence against low scores beyond the team's control")] = 0.5
    review_staff_hours: Annotated[float, Declared("hours a review", uniform(8, 40), REINFORCEMENT, "M11",
        "assumed", "paper", "staff hours a review takes")] = 20.0
    review_manager_hours: Annotated[float, Declared("hours a review", uniform(4, 20), REINFORCEMENT, "M11",
        "assumed", "paper", "manager's hours a review takes")] = 10.0
    learning_heart: Annotated[float, Declared("dose", uniform(0.05, 0.8), REINFORCEMENT, "M12",
        "assumed", "paper", "heart a learning event gives those who went")] = 0.3
    learning_awareness: Annotated[float, Declared("dose", uniform(0.2, 1.5), REINFORCEMENT, "M12",
        "assumed", "paper", "awareness a learning event gives those who went")] = 0.8
    comparison_heart: Annotated[float, Declared("dose per 39 points", uniform(-0.2, 0.6), REINFORCEMENT, "M12",
        "assumed", "paper", "effect of meeting better teams; may discourage")] = 0.2
    comparison_limit: Annotated[float, Declared("39 points", None, REINFORCEMENT, "M12",
        "convention", "", "largest gap to other teams that still counts for more")] = 1.0
    learning_places: Annotated[float, Declared("persons", uniform(2, 6), REINFORCEMENT, "M12",
        "assumed", "", "places of a team at a learning event")] = 3.0
    drift_structure: Annotated[float, Declared("per year", uniform(0, 0.03), REINFORCEMENT, "M21",
        "assumed", "", "loss of structure nobody attends to")] = 0.01
    drift_practice: Annotated[float, Declared("per year", uniform(0, 0.06), REINFORCEMENT, "M21",
        "assumed", "", "loss of practice nobody attends to")] = 0.025
    carry_on: Annotated[float, Declared("share", uniform(0.05, 0.8), REINFORCEMENT, "M21",
        "assumed", "paper", "share of willing work that goes on after the programme's end")] = 0.35

    # Prioritisation: awareness, buy-in, ownership
    habituation: Annotated[float, Declared("per year", uniform(0, 1.2), PRIORITISATION, "M21",
        "assumed", "", "pace at which attention to a programme wears off, however it is kept up; may be none")] = 0.5
    awareness_fade: Annotated[float, Declared("share a week", uniform(0.002, 0.03), PRIORITISATION, "M10",
        "assumed", "paper", "how awareness fades")] = 0.01
    talk_dose: Annotated[float, Declared("dose a week", uniform(0.01, 0.1), PRIORITISATION, "M8",
        "assumed", "paper", "awareness gained among aware colleagues")] = 0.04
    cynicism: Annotated[float, Declared("ratio", uniform(0, 1.5), PRIORITISATION, "M8",
        "assumed", "paper", "how much further cynicism carries than enthusiasm; may be no further")] = 0.5
    shift_closeness: Annotated[float, Declared("share", uniform(0, 0.9), PRIORITISATION, "M8",
        "assumed", "", "share of social influence that comes from the same shift")] = 0.5
    social_influence: Annotated[float, Declared("share a week", uniform(0.01, 0.12), PRIORITISATION, "M8",
        "assumed", "paper", "pace at which buy-in follows colleagues")] = 0.05
    novelty_fade: Annotated[float, Declared("share a week", uniform(0, 0.06), PRIORITISATION, "M8",
        "assumed", "", "pace at which buy-in returns to one's own disposition; may be none")] = 0.02
    ownership_fade: Annotated[float, Declared("share a week", uniform(0, 0.03), PRIORITISATION, "M9",
        "assumed", "", "how ownership fades")] = 0.01
    own_work_ownership: Annotated[float, Declared("dose an hour", uniform(0.005, 0.08), PRIORITISATION, "M9",
        "assumed", "paper", "ownership from an hour of own work on an action")] = 0.03
    led_ownership: Annotated[float, Declared("dose an hour", uniform(0, 0.03), PRIORITISATION, "M9",
        "assumed", "paper", "ownership from an hour led by a fully participative manager")] = 0.01
    bypassed_ownership: Annotated[float, Declared("dose an hour", uniform(0, 0.06), PRIORITISATION, "M7",
        "assumed", "paper", "ownership lost by an hour of work the facilitator did")] = 0.02
    will_usual: Annotated[float, Declared("log odds", uniform(-2.2, -0.2), PRIORITISATION, "M9",
        "assumed", "", "willingness of an aware, middling person")] = -1.2
    will_buy_in: Annotated[float, Declared("log odds", uniform(1, 6), PRIORITISATION, "M8",
        "assumed", "paper", "weight of buy-in in willingness")] = 3.0
    will_ownership: Annotated[float, Declared("log odds", uniform(0, 2.5), PRIORITISATION, "M9",
        "assumed", "paper", "weight of ownership in willingness")] = 1.0
    will_priority: Annotated[float, Declared("log odds", uniform(0, 2.5), PRIORITISATION, "M4",
        "assumed", "paper", "weight of the manager's priority in willingness")] = 1.0
    will_support: Annotated[float, Declared("log odds", uniform(0, 2), PRIORITISATION, "M5",
        "assumed", "paper", "weight of leaders' support in willingness")] = 0.7
    will_strain: Annotated[float, Declared("log odds", uniform(0, 2), PRIORITISATION, "M20",
        "assumed", "paper", "weight of strain in willingness")] = 0.7
    scoping_awareness: Annotated[float, Declared("dose", uniform(0.8, 3), PRIORITISATION, "M10",
        "assumed", "paper", "awareness a scoping day gives those there")] = 2.0
    scoping_heart: Annotated[float, Declared("dose", uniform(0.05, 0.7), PRIORITISATION, "M10",
        "assumed", "paper", "heart a scoping day gives those there")] = 0.3
    planning_ownership: Annotated[float, Declared("dose", uniform(0.3, 1.6), PRIORITISATION, "M9",
        "assumed", "paper", "ownership from having chosen the plan")] = 0.8
    imposition_resented: Annotated[float, Declared("dose", uniform(0, 0.6), PRIORITISATION, "M9",
        "assumed", "paper", "loss of heart at an imposed plan")] = 0.25
    involvement_heart: Annotated[float, Declared("dose", uniform(0, 0.5), PRIORITISATION, "M19",
        "assumed", "paper", "heart that service users and carers add to an event")] = 0.15
    involvement_value: Annotated[float, Declared("ratio", uniform(0, 0.3), PRIORITISATION, "M19",
        "assumed", "paper", "what their advice adds to an hour of planned work")] = 0.10
    attend_usual: Annotated[float, Declared("log odds", uniform(0, 2.5), PRIORITISATION, "M1",
        "assumed", "paper", "attendance of staff on duty at typical pressure")] = 1.0
    attend_squeeze: Annotated[float, Declared("log odds a unit", uniform(0, 6), PRIORITISATION, "M1",
        "assumed", "paper", "how pressure keeps staff from events")] = 3.0
    meeting_awareness: Annotated[float, Declared("dose", uniform(0.05, 0.6), PRIORITISATION, "M10",
        "assumed", "paper", "awareness a routine meeting gives those there")] = 0.25
    meeting_heart: Annotated[float, Declared("dose", uniform(0, 0.12), PRIORITISATION, "M11",
        "assumed", "paper", "heart a routine meeting gives those there")] = 0.04
    top_up_awareness: Annotated[float, Declared("dose", uniform(0.3, 2), PRIORITISATION, "M10",
        "assumed", "paper", "awareness a top-up training gives those there")] = 1.0
    readiness_error: Annotated[float, Declared("share", uniform(0.05, 0.2), PRIORITISATION, "M24",
        "assumed", "shea2014", "error of a readiness assessment")] = 0.10
    readiness_interval: Annotated[float, Declared("weeks", None, PRIORITISATION, "M24",
        "convention", "", "time between readiness assessments: monthly")] = 4.0
    readiness_help: Annotated[float, Declared("dose a week", uniform(0.02, 0.3), PRIORITISATION, "M5",
        "assumed", "paper", "what support before the start does for leaders and manager")] = 0.1
    taste: Annotated[float, Declared("points", uniform(0.1, 1), PRIORITISATION, "M9",
        "assumed", "paper", "how much liking decides what enters a plan")] = 0.4
    imposing_matters: Annotated[float, Declared("share", None, PRIORITISATION, "M9",
        "switch", "paper", "share in which an imposed plan looks at the score alone")] = 1.0

    # Workflow re-engineering: work, items
    outside_group: Annotated[float, Declared("share", uniform(0.05, 0.6), WORKFLOW, "M16",
        "assumed", "paper", "share of willing time that counts outside a working group")] = 0.25
    background_share: Annotated[float, Declared("share", uniform(0.03, 0.25), WORKFLOW, "M14",
        "assumed", "paper", "share of free time on the team's own agenda, programme or not")] = 0.12
    plan_focus: Annotated[float, Declared("share", uniform(0.6, 1), WORKFLOW, "M14",
        "assumed", "paper", "share of programme work that goes where the plan points")] = 0.85
    online_uptake: Annotated[float, Declared("share", uniform(0.03, 0.3), WORKFLOW, "M13",
        "assumed", "paper", "share of staff who plan with the online resources")] = 0.10
    online_value: Annotated[float, Declared("ratio", uniform(0, 1.2), WORKFLOW, "M13",
        "assumed", "paper", "what they add to an hour of those staff")] = 0.5
    dilution: Annotated[float, Declared("per further action", uniform(0, 0.06), WORKFLOW, "M14",
        "assumed", "paper", "loss by each further action at once; may be none")] = 0.02
    unplanned_value: Annotated[float, Declared("ratio", uniform(0.2, 0.9), WORKFLOW, "M14",
        "assumed", "paper", "worth of an hour of unplanned work")] = 0.5
    control_matters: Annotated[float, Declared("share", None, WORKFLOW, "M18",
        "switch", "paper", "share in which control of items decides")] = 1.0
    control_shared: Annotated[float, Declared("share", uniform(0.3, 0.8), WORKFLOW, "M18",
        "assumed", "paper", "team's control of items decided together")] = 0.55
    control_elsewhere: Annotated[float, Declared("share", uniform(0, 0.35), WORKFLOW, "M18",
        "assumed", "paper", "team's control of items decided elsewhere")] = 0.15
    commissioning: Annotated[float, Declared("share", uniform(0.1, 1), WORKFLOW, "M18",
        "assumed", "paper", "what full leaders' support does for items beyond control")] = 0.5
    interface_need: Annotated[float, Declared("share", uniform(0, 0.9), WORKFLOW, "M23",
        "assumed", "abstract", "share of work on interface items that needs the other services")] = 0.5
    collaboration_usual: Annotated[float, Declared("share", uniform(0.15, 0.6), WORKFLOW, "M23",
        "assumed", "abstract", "usual working relations with other services")] = 0.35
    collaboration_fade: Annotated[float, Declared("share a week", uniform(0.005, 0.05), WORKFLOW, "M23",
        "assumed", "", "pace of return to the usual relations")] = 0.02
    collaboration_build: Annotated[float, Declared("dose an hour", uniform(0.005, 0.08), WORKFLOW, "M23",
        "assumed", "paper", "relations built by an hour of work on an interface item")] = 0.03
    hours_per_point: Annotated[float, Declared("hours", loguniform(8, 60), WORKFLOW, "M22",
        "assumed", "", "hours of unaided planned work for one point of an item at level 3")] = 22.0
    smallest_step: Annotated[float, Declared("points", None, WORKFLOW, "M22",
        "convention", "", "room an item must have to be worth an action")] = 0.25
    ceiling: Annotated[float, Declared("per point", uniform(0, 0.6), WORKFLOW, "M22",
        "assumed", "paper", "rise of those hours with the item's level (log scale); may be none")] = 0.25
    resizing: Annotated[float, Declared("share", uniform(0.1, 1), WORKFLOW, "M24",
        "assumed", "paper", "pace at which a flexible plan is fitted to capacity at a meeting")] = 0.5
    smallest_plan: Annotated[float, Declared("share", None, WORKFLOW, "M24",
        "convention", "", "part of its size below which no plan is fitted")] = 0.1
    hours_an_action: Annotated[float, Declared("hours a week", uniform(0.3, 1.5), WORKFLOW, "M24",
        "assumed", "", "hours an action needs to be worth keeping on")] = 0.6
    replanning_hours: Annotated[float, Declared("hours", uniform(1, 10), WORKFLOW, "M24",
        "assumed", "", "staff hours that re-planning costs at a meeting")] = 4.0
    structure_access: Annotated[float, Declared("share", uniform(0.3, 0.7), WORKFLOW, "M15",
        "assumed", "", "part of a point that is structure: referrals and access")] = 0.50
    structure_content: Annotated[float, Declared("share", uniform(0.15, 0.55), WORKFLOW, "M15",
        "assumed", "", "part of a point that is structure: content and delivery of care")] = 0.35
    structure_staffing: Annotated[float, Declared("share", uniform(0.3, 0.7), WORKFLOW, "M15",
        "assumed", "", "part of a point that is structure: staffing and team procedures")] = 0.50
    structure_timing: Annotated[float, Declared("share", uniform(0.2, 0.6), WORKFLOW, "M15",
        "assumed", "", "part of a point that is structure: location and timing of help")] = 0.40
    adoption_needed: Annotated[float, Declared("share", None, WORKFLOW, "M15",
        "switch", "paper", "share in which practice must be adopted to count")] = 1.0
    practice_doing: Annotated[float, Declared("dose an hour", uniform(0.01, 0.12), WORKFLOW, "M15",
        "assumed", "paper", "practice taken up by an hour of own work")] = 0.05
    practice_spread: Annotated[float, Declared("dose a week", uniform(0.01, 0.12), WORKFLOW, "M16",
        "assumed", "paper", "practice taken up from colleagues")] = 0.05
    practice_coaching: Annotated[float, Declared("dose an hour", uniform(0.005, 0.1), WORKFLOW, "M15",
        "assumed", "paper", "practice taken up by coaching")] = 0.04
    practice_push: Annotated[float, Declared("ratio", uniform(0, 1.5), WORKFLOW, "M4",
        "assumed", "paper", "practice taken up at the manager's push")] = 0.5
    practice_fade: Annotated[float, Declared("share a week", uniform(0.002, 0.03), WORKFLOW, "M21",
        "assumed", "", "habits lost")] = 0.008
    spill_over: Annotated[float, Declared("points a week", uniform(0, 0.03), WORKFLOW, "M17",
        "assumed", "paper", "lift of untargeted items by shared purpose; may be none")] = 0.010
    hold_scoping: Annotated[float, Declared("chance a week", uniform(0.05, 0.3), WORKFLOW, "M24",
        "assumed", "paper", "chance that a due scoping day is held, at typical pressure")] = 0.12
    hold_review: Annotated[float, Declared("chance a week", uniform(0.05, 0.3), WORKFLOW, "M24",
        "assumed", "paper", "chance that a due interim review is held, at typical pressure")] = 0.12
    hold_meeting: Annotated[float, Declared("chance a week", uniform(0.4, 0.95), WORKFLOW, "M24",
        "assumed", "paper", "chance that a due meeting is held, at typical pressure")] = 0.65
    hold_top_up: Annotated[float, Declared("chance a week", uniform(0.2, 0.9), WORKFLOW, "M24",
        "assumed", "", "chance that a due top-up training is held, at typical pressure")] = 0.5
    hold_squeeze: Annotated[float, Declared("a unit of pressure", uniform(0, 4), WORKFLOW, "M1",
        "assumed", "paper", "how steeply such chances fall with pressure (log scale)")] = 2.0
    scoping_window: Annotated[float, Declared("weeks", None, WORKFLOW, "M24",
        "assumed", "paper", "longest delay of a scoping day in a wholly flexible programme")] = 30.0
    review_window: Annotated[float, Declared("weeks", None, WORKFLOW, "M24",
        "assumed", "paper", "longest delay of an interim review in a wholly flexible programme")] = 18.0
    meeting_window: Annotated[float, Declared("weeks", None, WORKFLOW, "M24",
        "assumed", "", "longest delay of a meeting in a wholly flexible programme, before it is lost")] = 3.0
    scoping_hours: Annotated[float, Declared("hours a person", None, WORKFLOW, "M10",
        "convention", "paper", "length of a scoping day")] = 6.0
    learning_hours: Annotated[float, Declared("hours a person", None, WORKFLOW, "M12",
        "convention", "paper", "length of a learning event")] = 7.5
    meeting_hours: Annotated[float, Declared("hours a person", uniform(1, 2), WORKFLOW, "M10",
        "assumed", "paper", "length of a routine meeting")] = 1.5
    top_up_hours: Annotated[float, Declared("hours a person", uniform(1, 3), WORKFLOW, "M10",
        "assumed", "", "length of a top-up training")] = 2.0

    # Measurement: the scale and its reviews
    review_error_sd: Annotated[float, Declared("points", uniform(3, 9), MEASUREMENT, "M11",
        "literature", "lloydevans2016", "standard deviation of a review's total error")] = 6.0
    review_stable_share: Annotated[float, Declared("share of variance", uniform(0.1, 0.6), MEASUREMENT, "M11",
        "assumed", "", "part of that variance that stays with a team")] = 0.3
    review_common_share: Annotated[float, Declared("share of variance", uniform(0.1, 0.7), MEASUREMENT, "M11",
        "assumed", "", "part of the rest that all items of one occasion share")] = 0.4
    population_mean: Annotated[float, Declared("points", None, MEASUREMENT, "M12",
        "measured", "lamb2020", "usual total before a programme (median of 75 teams)")] = 122.0
    population_sd: Annotated[float, Declared("points", None, MEASUREMENT, "M12",
        "measured", "lamb2020", "spread of totals before a programme (from the interquartile range)")] = 15.6
    smallest_true_sd: Annotated[float, Declared("points", None, MEASUREMENT, "M11",
        "convention", "", "least spread of true totals, whatever the review's error")] = 3.0
    start_access: Annotated[float, Declared("points", uniform(-0.1, 0.5), MEASUREMENT, "M15",
        "literature", "lamb2020", "usual place of items 1-10 against the team's common level")] = 0.2
    start_content: Annotated[float, Declared("points", uniform(-0.5, 0), MEASUREMENT, "M15",
        "literature", "lamb2020", "usual place of items 11-26 against the team's common level")] = -0.25
    start_staffing: Annotated[float, Declared("points", uniform(-0.2, 0.4), MEASUREMENT, "M15",
        "literature", "lamb2020", "usual place of items 27-36 against the team's common level")] = 0.1
    start_timing: Annotated[float, Declared("points", uniform(0, 0.6), MEASUREMENT, "M15",
        "assumed", "lamb2020", "usual place of items 37-38 against the team's common level")] = 0.3
    start_spread: Annotated[float, Declared("points", uniform(0.6, 1.2), MEASUREMENT, "M15",
        "assumed", "lamb2020", "spread of items within a team")] = 0.9
    start_home: Annotated[float, Declared("points", None, MEASUREMENT, "M15",
        "measured", "lamb2020", "level of item 39 before a programme: 72 of 75 teams scored 5")] = 4.9

    # Money: unit costs, 2013-14 prices
    staff_hour_cost: Annotated[float, Declared("pounds an hour", None, MONEY, "",
        "literature", "pssru2014", "community mental health team member")] = 37.0
    manager_hour_cost: Annotated[float, Declared("pounds an hour", None, MONEY, "",
        "literature", "pssru2014", "manager, by proxy of a specialist nurse")] = 43.0
    facilitator_hour_cost: Annotated[float, Declared("pounds an hour", None, MONEY, "",
        "literature", "pssru2014", "facilitator, by proxy of a specialist nurse")] = 43.0
    review_cost: Annotated[float, Declared("pounds a review", None, MONEY, "",
        "assumed", "", "three reviewers for a day and the report")] = 1000.0
    event_cost: Annotated[float, Declared("pounds an event", None, MONEY, "",
        "assumed", "", "a team's share of a learning event")] = 500.0
    # fmt: on


@cache
def declared() -> Mapping[str, Declared]:
    """Return the declarations by parameter name, in order."""
    hints = get_type_hints(Parameters, include_extras=True)
    return {name: hint.__metadata__[0] for name, hint in hints.items()}


@cache
def uncertain() -> tuple[str, ...]:
    """Return the names of the parameters that have a prior, in order."""
    return tuple(name for name, entry in declared().items() if entry.prior is not None)


def suggestion(name: str, known: Mapping[str, object] | tuple[str, ...]) -> str:
    """Return `` Did you mean 'x'?`` for a misspelt name, or nothing."""
    close = get_close_matches(name, list(known), n=1)
    return f" Did you mean '{close[0]}'?" if close else ""


def with_values(parameters: Parameters, values: Mapping[str, float]) -> Parameters:
    """Return the parameters with some values replaced.

    Raises
    ------
    ValueError
        If a name is not declared, or a value is not finite or lies outside the range its rule is made for.
    """
    for name, value in values.items():
        if name not in declared():
            raise ValueError(f"There is no parameter '{name}'.{suggestion(name, declared())}")
        low, high = bounds(name)
        if not low <= value <= high:
            raise ValueError(
                f"Parameter {name} = {value:g} {declared()[name].unit}: allowed is {low:g} to {high:g}."
            )
    return parameters._replace(**{name: float(value) for name, value in values.items()})


def bounds(name: str) -> tuple[float, float]:
    """Return the range of values a parameter's rules are made for: its prior's, with 0 and twice the top."""
    entry = declared()[name]
    prior = entry.prior
    if entry.unit.startswith("share") or entry.status == "switch":
        return (0.0, 1.0)
    if prior is None:
        return (0.0, 1.0 if entry.unit.startswith("chance") else 10.0 * Parameters._field_defaults[name])
    low, high = min(prior.low, 0.0), 2.0 * max(prior.high, -prior.low)
    return (prior.low / 10.0, high) if prior.family == "loguniform" else (2.0 * low, high)
