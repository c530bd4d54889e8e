"""What people know, want and feel is theirs: awareness, buy-in, ownership (M8-M12, M19).

People see others as they were at the start of the week. A *dose* of at least 0 moves a share towards 1 or 0 and
can never carry it past.
"""

from model.compiling import rule
from model.fidelity import ITEMS
from model.parameters import Parameters
from model.rules.arithmetic import (
    WEEKS_A_YEAR,
    clamp,
    faded,
    growth,
    logistic,
    lowered,
    normal_quantile,
    pulled,
    raised,
    ratio,
    rounded,
)


@rule
def awareness_next(p: Parameters, awareness: float, dose: float) -> float:
    """Let what is heard be known, and what is not heard again be forgotten (M10)."""
    return raised(faded(awareness, p.awareness_fade), dose)


@rule
def talk_dose(p: Parameters, colleagues_awareness: float) -> float:
    """Give the awareness dose of a week among colleagues who know of the programme."""
    return p.talk_dose * colleagues_awareness


@rule
def voice(p: Parameters, influence: float, buy_in: float) -> float:
    """Give a person's weight in the team's norm; cynicism may carry further than enthusiasm (M8)."""
    return influence * (1.0 + p.cynicism * 2.0 * max(0.0, 0.5 - buy_in))


@rule
def norm(p: Parameters, shift_sum: float, shift_weight: float, team_sum: float, team_weight: float) -> float:
    """Give the buy-in a person meets: colleagues on the same shift first, the whole team beside (M8)."""
    team = ratio(team_sum, team_weight)
    shift = ratio(shift_sum, shift_weight) if shift_weight > 0.0 else team
    return p.shift_closeness * shift + (1.0 - p.shift_closeness) * team


@rule
def buy_in_next(
    p: Parameters, buy_in: float, disposition: float, norm: float, heartened: float, disheartened: float
) -> float:
    """Move a person's buy-in (M8): towards colleagues, back to the own disposition as novelty fades, then by doses.

    "That can-do attitude then spilled out" (Manager CRT 2); "staff cynicism, resistance to research".
    """
    social = pulled(buy_in, norm, p.social_influence)
    settled = pulled(social, disposition, p.novelty_fade)
    return lowered(raised(settled, heartened), disheartened)


@rule
def ownership_next(p: Parameters, ownership: float, involved: float, left: float) -> float:
    """Let a say in the plan and own work make it one's own; work done over one's head takes that away (M7, M9)."""
    return raised(faded(ownership, p.ownership_fade), involved) * left


@rule
def purpose(awareness: float, buy_in: float) -> float:
    """Give a person's sense of purpose in the programme: to know of it and to believe in it (M17, M20)."""
    return awareness * buy_in


@rule
def willingness(
    p: Parameters,
    awareness: float,
    buy_in: float,
    ownership: float,
    priority: float,
    support: float,
    strain: float,
) -> float:
    """Give the share of free time a person puts into the programme.

    ``awareness * logistic(will + buy-in + ownership + priority + support - strain terms)``; who does not know of the
    programme does nothing for it (M1, M4, M5, M8, M9, M20).
    """
    score = p.will_buy_in * (buy_in - 0.5) + p.will_ownership * ownership + p.will_priority * (priority - 0.5)
    other = p.will_support * (support - 0.5) - p.will_strain * (strain - 0.5)
    return awareness * logistic(p.will_usual + score + other)


@rule
def attention(p: Parameters, weeks: float) -> float:
    """Give the attention a programme of this age still gets: ``exp(-habituation * weeks / 52)`` (M21).

    Repeated events and visits lose their effect as they become routine; the prior includes that they do not.
    """
    return growth(-p.habituation * weeks / WEEKS_A_YEAR)


@rule
def scoping_awareness(p: Parameters) -> float:
    """Give the awareness dose of a scoping day attended (M10)."""
    return p.scoping_awareness


@rule
def planning_involvement(p: Parameters, imposed: float) -> float:
    """Give the ownership dose of a plan the team made; none where it was imposed (M9).

    "rather than being, sort of, dictated to ... it was more about involving everybody" (Staff CRT 3).
    """
    return p.planning_ownership * (1.0 - imposed)


@rule
def work_involvement(p: Parameters, hours: float) -> float:
    """Give the ownership dose of one's own work on an action: "actually do some of that work ourselves" (M9)."""
    return p.own_work_ownership * hours


@rule
def led_involvement(p: Parameters, participative: float, hours: float) -> float:
    """Give the ownership dose of the manager's leading: none from a directive manager (M4, M9).

    "we were able to be really included in it" (Staff CRT 6).
    """
    style = p.manager_matters * participative + (1.0 - p.manager_matters) * 0.5
    return p.led_ownership * style * hours


@rule
def left_of_ownership(p: Parameters, hours: float) -> float:
    """Give the part of ownership that hours of work done by the facilitator in the team's place leave (M7)."""
    return lowered(1.0, p.bypassed_ownership * hours)


@rule
def imposition(p: Parameters, imposed: float, trust: float) -> float:
    """Give the loss of heart at an imposed plan, less where those who impose it are trusted (M9)."""
    return p.imposition_resented * imposed * (1.0 - trust)


@rule
def scoping_heart(p: Parameters, involvement: float) -> float:
    """Give the heart a scoping day puts into those there, more with service users and carers present (M10, M19).

    "it brought that passion back in people" (Staff CRT 5); "it was quite important really to have their experience"
    (Manager CRT 1).
    """
    return p.scoping_heart + p.involvement_heart * involvement


@rule
def meeting_told(p: Parameters) -> float:
    """Give the awareness dose of a routine meeting attended."""
    return p.meeting_awareness


@rule
def meeting_heart(p: Parameters) -> float:
    """Give the heart a routine meeting puts into those there."""
    return p.meeting_heart


@rule
def top_up_told(p: Parameters) -> float:
    """Give the awareness dose of a top-up training attended."""
    return p.top_up_awareness


@rule
def coaching_told(p: Parameters, coached: float) -> float:
    """Give the awareness dose of some effective hours of coaching."""
    return p.coaching_awareness * coached


@rule
def coaching_heart(p: Parameters, coached: float) -> float:
    """Give the heart that some effective hours of coaching put into a person."""
    return p.coaching_heart * coached


@rule
def push_told(p: Parameters, hours: float) -> float:
    """Give the awareness dose of the manager's hours for the programme."""
    return p.push_awareness * hours


@rule
def learning_told(p: Parameters) -> float:
    """Give the awareness dose of a learning event attended (M12)."""
    return p.learning_awareness


@rule
def learning_heart(p: Parameters, own_total: float, peers_total: float, involvement: float) -> float:
    """Give the heart a learning event puts into those who went: a bigger whole, and a comparison (M12)."""
    behind = clamp((peers_total - own_total) / ITEMS, -p.comparison_limit, p.comparison_limit)
    return max(0.0, p.learning_heart + p.comparison_heart * behind) + p.involvement_heart * involvement


@rule
def peers_total(p: Parameters, z: float) -> float:
    """Give the total of the peers met at a learning event, from the stated outside distribution (M12)."""
    return p.population_mean + p.population_sd * z


@rule
def feedback_heart(p: Parameters, change: float, credibility: float) -> float:
    """Give the heart a review's report puts into those who hear it (M11).

    ``benchmark * (unvouched + (1 - unvouched) * credibility) + progress * change / 39``: a national benchmark
    "delivered by a reputable external source", vouched for by the facilitator, and progress in points since the last
    review, where there is any.
    """
    vouched = p.benchmark_unvouched + (1.0 - p.benchmark_unvouched) * credibility
    return p.benchmark_heart * vouched + p.feedback_progress * max(0.0, change) / ITEMS


@rule
def defensiveness(p: Parameters, beyond_control: float, reviewers_knowledge: float) -> float:
    """Give the defence a report provokes: low scores beyond the team's control, reviewers who don't know the place.

    "we're not commissioned to do that and yet you are measuring us against something" (Manager CRT 1) (M11).
    """
    return p.defensiveness * beyond_control * (1.0 - reviewers_knowledge)


@rule
def attendance_chance(p: Parameters, pressure: float) -> float:
    """Give the chance that a person on duty can attend an event of the programme, less under pressure."""
    return logistic(p.attend_usual - p.attend_squeeze * (pressure - 1.0))


@rule
def commitment(buy_in: float, support: float) -> float:
    """Give the commitment half of readiness: staff's buy-in and leaders' support."""
    return 0.5 * (buy_in + support)


@rule
def efficacy(p: Parameters, free_hours: float, strain: float) -> float:
    """Give the efficacy half of readiness: time against the usual, and calm."""
    return 0.5 * (clamp(ratio(free_hours, p.free_hours), 0.0, 1.0) + 1.0 - strain)


@rule
def readiness(p: Parameters, commitment: float, efficacy: float, chance: float) -> float:
    """Assess readiness for change, with error: commitment and efficacy weigh alike (Shea et al 2014)."""
    error = p.readiness_error * normal_quantile(chance)
    return clamp(0.5 * (commitment + efficacy) + error, 0.0, 1.0)


@rule
def is_assessed(p: Parameters, week: int) -> bool:
    """Say whether readiness is assessed this week: in the first, then once an interval (M24)."""
    now, before = ratio(week - 1.0, p.readiness_interval), ratio(week - 2.0, p.readiness_interval)
    return rounded(now - 0.5) > rounded(before - 0.5)
