"""What a facilitator brings, and what comes of a visit (M6, M7).

Placement acts only through where a facilitator starts (trust, local knowledge, credibility, skill) and what claims
the hours (travel, a main job); there is no bonus on the score for any placement.
"""

from model.compiling import rule
from model.parameters import Parameters
from model.rules.arithmetic import clamp, faded, growth, raised, ratio

NOBODY, EMBEDDED, INTERNAL, EXTERNAL, BLENDED = 0, 1, 2, 3, 4


@rule
def by_placement(placement: int, embedded: float, internal: float, external: float) -> float:
    """Choose the value of a placement; blended facilitation is half internal, half external; nobody has 0."""
    if placement == EMBEDDED:
        return embedded
    if placement == INTERNAL:
        return internal
    if placement == EXTERNAL:
        return external
    if placement == BLENDED:
        return 0.5 * (internal + external)
    return 0.0


@rule
def drawn_placement(p: Parameters, chance: float) -> int:
    """Draw a placement as in the trial: "typically from within the same healthcare organisation", some external."""
    if chance < p.placement_external:
        return EXTERNAL
    return EMBEDDED if chance < p.placement_external + p.placement_embedded else INTERNAL


@rule
def starting_trust(p: Parameters, placement: int) -> float:
    """Give the team's trust in the facilitator before the first visit.

    "Being part of the Trust was really important to gain the trust of the teams" (Facilitator CRT 1).
    """
    return by_placement(placement, p.trust_embedded, p.trust_internal, p.trust_external)


@rule
def starting_knowledge(p: Parameters, placement: int) -> float:
    """Give the facilitator's local knowledge at the start.

    "Pre-existing knowledge of teams and their practice enabled better quality improvement planning".
    """
    return by_placement(placement, p.knowledge_embedded, p.knowledge_internal, p.knowledge_external)


@rule
def credibility(p: Parameters, placement: int) -> float:
    """Give the facilitator's standing with leaders and as an outside voice.

    Feedback was valued "especially as it was delivered by a reputable external source"; yet being of the trust gave
    "more credibility to the role": the priors overlap.
    """
    return by_placement(placement, p.credibility_embedded, p.credibility_internal, p.credibility_external)


@rule
def facilitation_skill(p: Parameters, placement: int) -> float:
    """Give the facilitator's skill in improvement work."""
    return by_placement(placement, p.skill_embedded, p.skill_internal, p.skill_external)


@rule
def travel_hours(p: Parameters, placement: int) -> float:
    """Give the hours on the road for one visit; "geographical distance" was among the facilitators' challenges."""
    return by_placement(placement, p.travel_embedded, p.travel_internal, p.travel_external)


@rule
def hours_kept(p: Parameters, placement: int, planned: float, research_support: float) -> float:
    """Give the weekly hours left when the main job has taken its share; supervision guards some of them.

    "I would've boundaried that time a lot more strictly" (Facilitator CRT 2).
    """
    claim = by_placement(placement, p.main_job_embedded, p.main_job_internal, p.main_job_external)
    return planned * (1.0 - clamp(claim * (1.0 - p.supervision_guard * research_support), 0.0, 1.0))


@rule
def dose_share(p: Parameters, planned: float, teams: int, shared_dose: bool) -> float:
    """Give the part of the planned hours one team gets, of a week no longer than a working week (M6).

    All of it if the dose is for each team; if one dose is for all, it is shared with the network's other teams and
    those outside it.
    """
    if shared_dose:
        return ratio(1.0, max(teams, 1) + p.other_teams)
    return min(1.0, ratio(p.working_hours, planned * teams))


@rule
def coached_hours(p: Parameters, contact: float, people: float) -> float:
    """Give the effective hours of coaching one person gets: all in a small team, a part in a large one."""
    return contact * min(1.0, ratio(p.coaching_reach, people))


@rule
def visit_lost_chance(p: Parameters, pressure: float, trust: float) -> float:
    """Give the chance that a visit due this week is called off: more under pressure, less with trust (M6)."""
    called_off = p.visit_lost * growth(p.visit_squeeze * (pressure - 1.0) - p.visit_trust * (trust - 0.5))
    return clamp(called_off, 0.0, p.visit_lost_limit)


@rule
def contact_hours(p: Parameters, saved: float, travel: float) -> float:
    """Give a visit's hours with the team: what was saved up since the last one, less the road, at most a day."""
    return clamp(saved - travel, 0.0, p.visit_limit)


@rule
def contact_effect(p: Parameters, trust: float, knowledge: float, skill: float) -> float:
    """Give what an hour of contact is worth: ``skill * trust * (1 - knowledge_matters * (1 - knowledge))`` (M6).

    With M6 off every hour counts the same, whoever brings it.
    """
    earned = skill * trust * (1.0 - p.knowledge_matters * (1.0 - knowledge))
    return p.presence_matters * earned + (1.0 - p.presence_matters) * p.plain_contact


@rule
def trust_next(p: Parameters, trust: float, contact: float) -> float:
    """Let presence build trust and absence let it fade (M6): ``raised(trust - fade * trust, build * contact)``."""
    return raised(faded(trust, p.trust_fade), p.trust_build * contact)


@rule
def knowledge_next(p: Parameters, knowledge: float, contact: float) -> float:
    """Let a facilitator learn the place by being there (M6)."""
    return raised(knowledge, p.knowledge_build * contact)


@rule
def guidance_next(p: Parameters, guidance: float, contact: float) -> float:
    """Move the guidance the team works under: effective contact raises it, absence lets it fade (M6).

    ``raised(guidance * (1 - fade), build * contact)`` with contact in effective hours.
    """
    return raised(faded(guidance, p.guidance_fade), p.guidance_build * contact)


@rule
def own_work_share(p: Parameters, doing: float) -> float:
    """Give the share of contact the facilitator spends doing the work himself or herself (M7)."""
    return p.doing_matters * clamp(doing, 0.0, 1.0)
