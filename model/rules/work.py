"""How hours become finished actions (M7, M13, M14, M16, M18, M19, M22, M23, M24)."""

from model.compiling import rule
from model.fidelity import MIDDLE_SCORE
from model.parameters import Parameters
from model.rules.arithmetic import clamp, faded, growth, raised, ratio, rounded


@rule
def group_weight(p: Parameters, in_group: bool) -> float:
    """Give the share of a person's willing time that reaches the actions: all in a working group, less outside it.

    "working group of senior staff" (team 4) against "small working groups ... working with all staff" (team 3) (M16).
    """
    return 1.0 if in_group else p.outside_group


@rule
def carried_on(p: Parameters, running: bool) -> float:
    """Give the share of willing work that goes on when no programme runs: all before its end, some after.

    "We want to keep it going" (Manager CRT 3).
    """
    return 1.0 if running else p.carry_on


@rule
def background_hours(p: Parameters, available: float, willing_hours: float) -> float:
    """Give a person's hours on the team's own agenda, programme or not.

    "A lot of the changes you would have wanted to have brought about anyway" (Staff CRT 5).
    """
    return p.background_share * max(0.0, available - willing_hours)


@rule
def planned_value(p: Parameters, guidance: float, actions: float, online: float, involvement: float) -> float:
    """Give what an hour of planned work is worth: guidance, templates, users' advice, less what dilution costs.

    ``(1 + guidance) * (1 + online) * (1 + involvement) / (1 + dilution * (actions - 1))`` (M6, M13, M14, M19); "we were
    introducing a lot all at once I guess" (Facilitator CRT 3).
    """
    taken_up = min(1.0, p.online_uptake * online)
    helped = (1.0 + p.guidance_value * guidance) * (1.0 + taken_up * p.online_value)
    sharpened = helped * (1.0 + p.involvement_value * involvement)
    return ratio(sharpened, 1.0 + p.dilution * max(0.0, actions - 1.0))


@rule
def on_plan(p: Parameters, planned: bool) -> float:
    """Give the share of programme work that goes where the plan points: none before there is a plan (M14)."""
    return p.plan_focus if planned else 0.0


@rule
def unplanned_value(p: Parameters) -> float:
    """Give what an hour of unplanned work is worth.

    "if you hadn't have had the framework ... the time would have lapsed and lapsed and lapsed" (Staff CRT 5).
    """
    return p.unplanned_value


@rule
def leverage(p: Parameters, control: float, interface: bool, support: float, collaboration: float) -> float:
    """Give the part of an hour that moves an item: what the team controls, or the trust commissions (M18, M23).

    ``(c + (1 - c) * commissioning * support) * (1 - interface_need * (1 - collaboration))``.
    """
    reach = control + (1.0 - control) * p.commissioning * support
    return reach * (1.0 - p.interface_need * (1.0 - collaboration)) if interface else reach


@rule
def control_share(p: Parameters, decided_by: int) -> float:
    """Give the share of an item the team controls: 0 the team decides, 1 shared, 2 the trust or commissioner (M18)."""
    if decided_by == 0:
        return 1.0
    beyond = 1.0 - (p.control_shared if decided_by == 1 else p.control_elsewhere)
    return 1.0 - p.control_matters * beyond


@rule
def hours_for_step(p: Parameters, level: float, size: float) -> float:
    """Give the hours the next step of an item takes, more the higher it stands (M22).

    ``hours_per_point * size * exp(ceiling * (level - 3))``; a prior from 0 includes no ceiling but the item's own top.
    """
    return p.hours_per_point * size * growth(p.ceiling * (level - MIDDLE_SCORE))


@rule
def collaboration_next(p: Parameters, collaboration: float, usual: float, contact: float) -> float:
    """Let working relations with other services grow by contact and return to the usual without it (M23)."""
    returning = collaboration + p.collaboration_fade * (usual - collaboration)
    return raised(clamp(returning, 0.0, 1.0), p.collaboration_build * contact)


@rule
def appeal(p: Parameters, room: float, reach: float, taste: float, imposed: float) -> float:
    """Give how much an item calls for a place in the plan: room for improvement, within reach, and liking (M9, M14).

    A plan imposed from above looks at the score alone.
    """
    chosen = room * reach + p.taste * taste
    by_score = p.imposing_matters * imposed
    return by_score * room + (1.0 - by_score) * chosen


@rule
def plan_scale_next(p: Parameters, scale: float, fit: float, flexibility: float) -> float:
    """Move the size of the plan, at a meeting, towards what the team can carry (M24).

    "Flexibility ... was key to enable service improvement actions to be manageable".
    """
    pace = p.resizing * flexibility
    return clamp(scale + pace * (fit - scale), p.smallest_plan, 1.0)


@rule
def capacity_fit(p: Parameters, hours: float, actions: float) -> float:
    """Give the share of the plan's actions for which the week's hours suffice (M24)."""
    return clamp(ratio(hours, p.hours_an_action * max(actions, 1.0)), p.smallest_plan, 1.0)


@rule
def active_actions(planned: int, limit: int, scale: float) -> int:
    """Give how many planned actions are worked on at once."""
    return max(1, rounded(scale * min(planned, limit))) if planned > 0 else 0


@rule
def hold_chance(p: Parameters, usual: float, pressure: float) -> float:
    """Give the chance that a due event is held this week rather than put off: less under pressure (M1, M24)."""
    return clamp(usual * growth(-p.hold_squeeze * (pressure - 1.0)), 0.0, 1.0)


@rule
def longest_delay(window: float, flexibility: float) -> int:
    """Give the weeks an event may be put off: none in a rigid programme, all of its window in a flexible one (M24)."""
    return rounded(window * flexibility)


@rule
def hours_each(p: Parameters, hours: float, people: float) -> float:
    """Share hours among people, none getting more than a person can give in a week."""
    return min(p.improvement_limit, ratio(hours, people))


@rule
def practice_next(p: Parameters, practice: float, dose: float) -> float:
    """Let a person take up the new way of working, and lose the habit when nothing keeps it up (M15)."""
    return raised(faded(practice, p.practice_fade), dose)


@rule
def practice_dose(
    p: Parameters, buy_in: float, own_hours: float, colleagues: float, coached: float, pushed: float
) -> float:
    """Give the dose of a week's exposure to a new way of working (M7, M15, M16).

    ``2 * buy_in * (doing * hours + spread * colleagues + coaching * coached + pushing * pushed)``.
    """
    taught = p.practice_coaching * coached + p.practice_push * max(0.0, pushed)
    return 2.0 * buy_in * (p.practice_doing * own_hours + p.practice_spread * colleagues + taught)
