"""Who is there, how pressed they are, and who leaves (M1, M2, M3, M20).

Units: hours are hours a week; shares lie in [0, 1]; a pressure of 1 is typical demand met by a full team.
"""

from model.compiling import rule
from model.fidelity import ITEMS
from model.parameters import Parameters
from model.rules.arithmetic import (
    clamp,
    growth,
    logistic,
    normal_quantile,
    pulled,
    raised,
    ratio,
    root,
    rounded,
    weekly_chance,
)

LONG_IN_POST = 999  #: weeks in post of those there at the start: no newcomers


@rule
def demand_wave_start(p: Parameters, chance: float) -> float:
    """Draw the team's first departure from its usual demand: ``demand_sd * z``."""
    return p.demand_sd * normal_quantile(chance)


@rule
def demand_wave_next(p: Parameters, wave: float, chance: float) -> float:
    """Carry the demand wave a week on: ``r * wave + demand_sd * sqrt(1 - r^2) * z``."""
    fresh = p.demand_sd * root(1.0 - p.demand_persistence * p.demand_persistence)
    return p.demand_persistence * wave + fresh * normal_quantile(chance)


@rule
def demand(p: Parameters, busyness: float, wave: float, latent_gain: float) -> float:
    """Set this week's demand: ``busyness * exp(wave) * (1 - care_saving * gain / 39)`` (M2).

    Better practice may save care later; the prior includes that it saves none (the capability trap).
    """
    saved = clamp(p.care_saving * latent_gain / ITEMS, -p.saving_limit, p.saving_limit)
    return busyness * growth(wave) * (1.0 - saved)


@rule
def absence_chance(p: Parameters, strain: float) -> float:
    """Give the chance to be away this week: ``absence * exp(absence_strain * (strain - 0.5))``.

    "sickness, annual leave, that sort of thing" (Staff CRT 6).
    """
    return clamp(p.absence * growth(p.absence_strain * (strain - 0.5)), 0.0, p.absence_limit)


@rule
def shift(chance: float) -> int:
    """Draw which of the two shifts a person works this week, 0 or 1, each as likely."""
    return 0 if chance < 0.5 else 1


@rule
def care_capacity(p: Parameters, skill: float) -> float:
    """Give the care one present person can do, in full persons: ``c + (1 - c) * skill``."""
    return p.newcomer_capacity + (1.0 - p.newcomer_capacity) * skill


@rule
def skill_next(p: Parameters, skill: float) -> float:
    """Let a newcomer grow into the job: ``skill + skill_pace * (1 - skill)``."""
    return pulled(skill, 1.0, p.skill_pace)


@rule
def pressure(
    p: Parameters, demand: float, posts: float, capacity: float, improvement_hours: float, backfill: float
) -> float:
    """Weigh demand against those at work; 1 is typical demand on a full team (M1, M2).

    ``(demand * posts * (1 - absence) + care_cost * improvement_hours / week) / (capacity + backfill / week)``;
    improvement takes time from care now ("finding the time"). An empty house counts as ``empty_house`` of the posts.
    """
    needed = demand * posts * (1.0 - p.absence) + p.care_cost * ratio(improvement_hours, p.working_hours)
    there = max(capacity + ratio(backfill, p.working_hours), p.empty_house * posts)
    return clamp(ratio(needed, there), 0.0, p.pressure_limit)


@rule
def starting_pressure(p: Parameters, busyness: float, wave: float, posts: float, people: float) -> float:
    """Weigh demand against those in post before the first week, as many away as usual (M1).

    What an assessment of readiness in the first week sees of a team's load.
    """
    return pressure(p, demand(p, busyness, wave, 0.0), posts, people * (1.0 - p.absence), 0.0, 0.0)


@rule
def free_hours(p: Parameters, pressure: float, protected: float) -> float:
    """Give the hours a present person has for improvement: what pressure leaves (M1).

    ``min(limit, free_hours * exp(-time_squeeze * (pressure - 1)) + protected_kept * protected)``;
    "just finding the time to sift through the things, and actually not being able to do it" (Manager CRT 1).
    """
    left = p.free_hours * growth(-p.time_squeeze * (pressure - 1.0))
    return min(p.improvement_limit, left + p.protected_kept * protected)


@rule
def leaving_chance(p: Parameters, strain: float, turnover: float) -> float:
    """Give the chance to leave this week: yearly rate times ``exp(leaving_strain * (strain - 0.5))`` (M3)."""
    return weekly_chance(p.leaving_rate * turnover * growth(p.leaving_strain * (strain - 0.5)))


@rule
def weeks_vacant(p: Parameters, chance: float) -> int:
    """Draw how many weeks a post stays empty: lognormal with median ``weeks_to_fill``, at least 1."""
    return max(1, rounded(p.weeks_to_fill * growth(p.fill_spread * normal_quantile(chance))))


@rule
def passed_on(p: Parameters, share: float, of_a_stranger: float) -> float:
    """Give what a successor starts with: a stranger's value, or the leaver's where turnover has no effect (M3).

    ``blank * stranger + (1 - blank) * leaver``; "more than half the team is gone ... we just weren't aware of it"
    (Staff CRT 2).
    """
    return p.successor_blank * of_a_stranger + (1.0 - p.successor_blank) * share


@rule
def disposition(p: Parameters, usual: float, chance: float) -> float:
    """Draw a person's own openness to the programme around the team's usual one."""
    return clamp(usual + p.disposition_sd * normal_quantile(chance), p.lowest_drawn, p.highest_drawn)


@rule
def influence(p: Parameters, senior: bool, chance: float) -> float:
    """Draw a person's weight with colleagues; seniors weigh ``senior_influence`` times as much."""
    weight = growth(p.influence_spread * normal_quantile(chance))
    return weight * p.senior_influence if senior else weight


@rule
def induction_dose(p: Parameters, onboarding: float) -> float:
    """Give the awareness dose of a newcomer's first weeks: usual handover, and onboarding where it is planned."""
    return p.handover_dose + p.onboarding_dose * onboarding


@rule
def strain_aim(
    p: Parameters, pressure: float, purpose: float, support: float, progress: float, hours: float
) -> float:
    """Give the strain a week like this leads to (M20).

    ``logistic(rest + load * (pressure - 1) + effort * hours - purpose - support - progress terms)``: strain rises
    with load and falls with purpose, support and visible progress ("It's really improved the morale", Staff CRT 6).
    """
    load = p.strain_load * (pressure - 1.0) + p.strain_effort * hours
    relief = p.strain_purpose * purpose + p.strain_support * (support - 0.5) + p.strain_progress * progress
    return logistic(p.strain_rest + load - relief)


@rule
def resting_strain(p: Parameters) -> float:
    """Give the strain of a quiet week at typical pressure."""
    return logistic(p.strain_rest)


@rule
def strain_next(p: Parameters, strain: float, aim: float) -> float:
    """Move strain towards where the week leads it: ``strain + strain_pace * (aim - strain)`` (M20)."""
    return pulled(strain, aim, p.strain_pace)


@rule
def progress_next(p: Parameters, progress: float, finished: float) -> float:
    """Let finished work show, and the sight of it fade."""
    return raised(progress - p.progress_fade * progress, p.progress_seen * finished)
