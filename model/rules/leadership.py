"""What managers and the trust's leaders do (M4, M5, M18)."""

from model.compiling import rule
from model.parameters import Parameters
from model.rules.arithmetic import (
    clamp,
    growth,
    logistic,
    lowered,
    normal_quantile,
    pulled,
    raised,
    safe_log,
    weekly_chance,
)


@rule
def support_next(
    p: Parameters, support: float, usual: float, escalation: float, success: float, shock: float
) -> float:
    """Move the trust leaders' visible support (M5).

    It returns to their usual level, rises when the facilitator escalates and when reviews show success, and falls
    with a reorganisation or crisis: "every time things got difficult in the team I would go to those people in
    that meeting and ask them to kind of back it up" (Facilitator CRT 3).
    """
    returning = pulled(support, usual, p.support_return)
    dose = p.escalation_effect * escalation + p.support_success * success
    return lowered(raised(returning, dose), p.shock_size * shock)


@rule
def shock_chance(p: Parameters) -> float:
    """Give the chance that a reorganisation or crisis hits the trust this week."""
    return weekly_chance(p.shock_rate)


@rule
def shock(p: Parameters, chance: float, size: float) -> float:
    """Draw this week's shock: 0 for none, else its size against the usual one, between none and twice (M5)."""
    return 2.0 * size if chance < shock_chance(p) else 0.0


@rule
def leader_leaving_chance(p: Parameters) -> float:
    """Give the chance that the responsible leader changes this week."""
    return weekly_chance(p.leader_change_rate)


@rule
def new_leaders_support(p: Parameters, chance: float) -> float:
    """Draw the usual support of a new leader."""
    drawn = p.new_leader_support + p.stance_sd * normal_quantile(chance)
    return clamp(drawn, p.lowest_drawn, p.highest_drawn)


@rule
def granted_hours(p: Parameters, support: float, boost: float) -> float:
    """Give the backfill hours a post and week that leaders grant a running programme (M5)."""
    return p.backfill_granted * clamp(support + boost, 0.0, 1.0)


@rule
def felt_support(p: Parameters, support: float, boost: float) -> float:
    """Give support as it reaches the team: neutral where leadership has no effect (M5).

    "We had the support of senior managers down the corridor" (Manager CRT 6).
    """
    return 0.5 + p.support_reach * (clamp(support + boost, 0.0, 1.0) - 0.5)


@rule
def manager_leaving_chance(p: Parameters, turnover: float) -> float:
    """Give the chance that the manager leaves this week; two of the six teams changed manager in the year (M4)."""
    return weekly_chance(p.manager_matters * p.manager_leaving_rate * turnover)


@rule
def weeks_without_manager(p: Parameters, chance: float) -> int:
    """Draw how many weeks the manager's post stays empty: exponential, at least 1."""
    return max(1, int(-p.manager_weeks_to_fill * safe_log(1.0 - chance)))


@rule
def new_managers_stance(p: Parameters, before: float, chance: float) -> float:
    """Draw a new manager's stance, engagement or style; the predecessor's where managers have no effect (M4)."""
    drawn = p.new_manager_stance + p.stance_sd * normal_quantile(chance)
    stranger = clamp(drawn, p.lowest_drawn, p.highest_drawn)
    return p.manager_matters * stranger + (1.0 - p.manager_matters) * before


@rule
def briefed_next(p: Parameters, briefed: float, contact: float) -> float:
    """Let a new manager learn what the programme is: by time, and faster with the facilitator's contact (M4)."""
    return raised(briefed, p.briefing_pace + p.briefing_contact * contact)


@rule
def priority(p: Parameters, stance: float, engagement: float, briefed: float, support: float) -> float:
    """Give the priority the manager lends the programme, 0.5 for a neutral one (M4, M5).

    ``logistic(stance + engagement + support terms)``, weakened until a new manager is briefed. Team 4 (engaged, +4)
    and team 1 (sceptical, +18) speak against a strong main effect.
    """
    score = p.priority_stance * (stance - 0.5) + p.priority_engagement * (engagement - 0.5)
    known = 1.0 - p.manager_matters * (1.0 - briefed)
    return known * logistic(p.manager_matters * score + p.priority_support * (support - 0.5))


@rule
def stance_next(p: Parameters, stance: float, progress: float, defensiveness: float) -> float:
    """Let success win the manager over, and a review felt unfair put the manager off (M4, M11)."""
    return lowered(raised(stance, p.stance_gain * progress), p.stance_loss * defensiveness)


@rule
def manager_hours(p: Parameters, priority: float, pressure: float) -> float:
    """Give the manager's hours for the programme: what priority claims and pressure leaves (M1, M4)."""
    squeezed = growth(-p.manager_squeeze * (pressure - 1.0))
    return min(p.manager_limit, 2.0 * p.manager_hours * priority * squeezed)


@rule
def manager_effort(p: Parameters, carried_on: float) -> float:
    """Give the part of those hours worked: what is carried on, and never less than managers do on their own (M4)."""
    return max(p.manager_background, carried_on)


@rule
def prepared_support(p: Parameters, support: float, help: float) -> float:
    """Let preparation before a programme win leaders over, as escalation does."""
    return raised(support, p.readiness_help * help)


@rule
def push(p: Parameters, priority: float, hours: float, guidance: float) -> float:
    """Give the push of the manager's hours on staff; it may count for more where facilitation is thin (M4).

    ``push_effect * (2 * priority - 1) * hours * (1 + stand_in * (1 - guidance))``, negative for a manager against
    it: "sceptical about CORE, which affected staff engagement" (team 1). The prior of ``stand_in`` includes none.
    """
    stands_in = 1.0 + p.stand_in * (1.0 - guidance)
    return p.manager_matters * p.push_effect * (2.0 * priority - 1.0) * hours * stands_in


@rule
def priority_without_manager(p: Parameters) -> float:
    """Give the priority while the manager's post stands empty: none, or neutral where managers have no effect (M4)."""
    return 0.5 * (1.0 - p.manager_matters)
