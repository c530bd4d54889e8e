"""The 39 items: structure and practice, spill-over, drift, and what a review sees (M11, M15, M17, M21)."""

from model.compiling import rule
from model.fidelity import HIGHEST_SCORE, ITEMS, LOWEST_SCORE, MOST_ROOM
from model.parameters import Parameters
from model.rules.arithmetic import clamp, normal_quantile, ratio, root, rounded, weekly_chance

#: Where the common level of a team's items is looked for, and in how many halvings.
LOWEST_COMMON, HIGHEST_COMMON, HALVINGS = -15.0, 20.0, 80


@rule
def structure_share(p: Parameters, area: int) -> float:
    """Give the part of a point that documents, policies and agreements make up, by subscale."""
    if area == 0:
        return p.structure_access
    if area == 1:
        return p.structure_content
    return p.structure_staffing if area == 2 else p.structure_timing


@rule
def adopted(p: Parameters, practice: float) -> float:
    """Give the share of new structure that is practised; all of it where adoption has no effect (M15)."""
    return 1.0 - p.adoption_needed * (1.0 - practice)


@rule
def level(kept: float, written: float, structure: float, adopted: float, lift: float) -> float:
    """Give an item's latent level, 1 to 5 (M15).

    ``1 + kept + written * (structure + (1 - structure) * adopted) + lift``; "struggling to embed newly developed
    resources" (team 4): what is written counts in full only when it is practised.
    """
    reached = LOWEST_SCORE + kept + written * (structure + (1.0 - structure) * adopted) + lift
    return clamp(reached, LOWEST_SCORE, HIGHEST_SCORE)


@rule
def room(kept: float, written: float, lift: float) -> float:
    """Give the points left to the item's top, as if all that is written were practised."""
    return max(0.0, MOST_ROOM - kept - written - lift)


@rule
def worth_an_action(p: Parameters, room: float) -> bool:
    """Say whether an item has room enough to be worked on (M22)."""
    return room >= p.smallest_step


@rule
def weekly_loss(p: Parameters, structure: float) -> float:
    """Give the share a week takes of what nobody attends to: practice drifts faster than structure (M21)."""
    return weekly_chance(structure * p.drift_structure + (1.0 - structure) * p.drift_practice)


@rule
def kept_next(
    p: Parameters, kept: float, structure: float, loss: float, attended: bool, left: float
) -> float:
    """Let what stood before drift by the weekly loss, and go with those who leave (M3, M21).

    ``kept * (1 - loss) * (1 - leavers_knowledge * (1 - structure) * left)``; an item somebody works on does not drift.
    ``left`` is the share of staff who left this week.
    """
    kept_up = kept if attended else kept * (1.0 - loss)
    return kept_up * (1.0 - p.leavers_knowledge * (1.0 - structure) * left)


@rule
def written_next(written: float, loss: float, attended: bool) -> float:
    """Let new structure go out of date when nobody attends to it; ``loss`` is that of pure structure (M21)."""
    return written if attended else written * (1.0 - loss)


@rule
def lift_next(p: Parameters, lift: float, room: float, loss: float, purpose: float) -> float:
    """Let shared purpose and better communication lift an item nobody need have targeted (M17).

    ``lift * (1 - loss) + spill_over * purpose * room / 4``, with the loss of pure practice; team 3 targeted four items
    and its total rose 19.
    """
    return lift * (1.0 - loss) + p.spill_over * purpose * room / MOST_ROOM


@rule
def practice_after_writing(practice: float, before: float, step: float) -> float:
    """Thin out practice when something new is written: what is new today nobody practises yet (M15)."""
    return practice * ratio(before, before + step) if step > 0.0 else practice


@rule
def error_sd(p: Parameters, share: float) -> float:
    """Give the standard deviation of a part of the review's error, in points of the total."""
    return p.review_error_sd * root(share)


@rule
def stable_error(p: Parameters, chance: float) -> float:
    """Draw the part of the review's error that stays with a team (it cancels in a change), in points."""
    return error_sd(p, p.review_stable_share) * normal_quantile(chance)


@rule
def occasion_error(p: Parameters, chance: float) -> float:
    """Draw the part of the review's error all items of one occasion share, in points."""
    return error_sd(p, (1.0 - p.review_stable_share) * p.review_common_share) * normal_quantile(chance)


@rule
def item_error(p: Parameters, chance: float) -> float:
    """Draw one item's own error on one occasion, in item points; 39 of them add up to the rest of the variance."""
    share = (1.0 - p.review_stable_share) * (1.0 - p.review_common_share)
    return ratio(error_sd(p, share), root(ITEMS)) * normal_quantile(chance)


@rule
def reviewed_score(level: float, error: float) -> int:
    """Give the whole points a reviewer awards: the nearest step to level and error, 1 to 5."""
    return int(clamp(rounded(level + error), LOWEST_SCORE, HIGHEST_SCORE))


@rule
def share_of_surprise(p: Parameters, variance: float, surprise: float) -> float:
    """Give what a component takes of the gap between the recorded baseline and a drawn one.

    Conditioning normal components on their sum: each takes the gap times its share of the total's variance. A team
    with a low recorded baseline has partly met a strict review (regression to the mean).
    """
    return surprise * ratio(variance, p.population_sd * p.population_sd)


@rule
def true_sd(p: Parameters) -> float:
    """Give the spread of true totals: the observed spread less the review's error, and not below the smallest."""
    variance = p.population_sd * p.population_sd - p.review_error_sd * p.review_error_sd
    return root(max(p.smallest_true_sd * p.smallest_true_sd, variance))


@rule
def item_offset(p: Parameters, area: int, chance: float) -> float:
    """Draw an item's place against the team's common level: its subscale's usual place and its own luck.

    Teams score higher on structure and organisation, lower on content (Lamb et al 2020).
    """
    if area == 0:
        usual = p.start_access
    elif area == 1:
        usual = p.start_content
    else:
        usual = p.start_staffing if area == 2 else p.start_timing
    return usual + p.start_spread * normal_quantile(chance)
