"""Where a team starts: item levels and review errors, given the recorded baseline total."""

from typing import NamedTuple

from model.fidelity import HIGHEST_SCORE, HOME_SUPPORT, ITEMS, LOWEST_SCORE, items
from model.noise import Block, Stream, Tape
from model.parameters import Parameters
from model.rules import items as rules
from model.rules.arithmetic import clamp, normal_quantile


class Baseline(NamedTuple):
    """A team before the programme: latent ``levels[item]`` (1-5), reviewed ``scores[item]``, the error that stays.

    ``stable_error`` is in points of the total. The scores add up to the recorded total exactly.
    """

    levels: list[float]
    scores: list[int]
    stable_error: float


def start_from(p: Parameters, recorded_total: int, tape: Tape, network: int, team: int) -> Baseline:
    """Draw item levels and review errors so that the *reviewed* baseline equals the recorded one.

    A total, its errors and the items' errors are drawn as the population has them; the gap between the recorded
    and the drawn total is then shared among the components by their variances (conditioning normal components on
    their sum). A low recorded total so means, in part, a strict review. The items' common level is moved until the
    rounded scores add up.
    """
    start = tape.block(Stream.START, network, team, 0, 0)
    luck = tape.blocks(Stream.ITEM, network, team, 0, ITEMS)
    own = [rules.item_error(p, luck[i][2]) for i in range(ITEMS)]
    stable, occasion = rules.stable_error(p, start[1]), rules.occasion_error(p, start[2])
    drawn = p.population_mean + rules.true_sd(p) * normal_quantile(start[3]) + stable + occasion
    for error in own:
        drawn += error
    surprise = recorded_total - drawn
    stable += _share(p, p.review_stable_share, surprise)
    varying = 1.0 - p.review_stable_share
    occasion += _share(p, varying * p.review_common_share, surprise)
    each = _share(p, varying * (1.0 - p.review_common_share), surprise) / ITEMS
    common_error = (stable + occasion) / ITEMS + each
    errors = [common_error + own[i] for i in range(ITEMS)]
    offsets = _offsets(p, luck)
    common = _common_level(recorded_total, offsets, errors, p.start_home)
    levels = [_level(i, common, offsets, p.start_home) for i in range(ITEMS)]
    scores = [rules.reviewed_score(levels[i], errors[i]) for i in range(ITEMS)]
    latent = [clamp(level, LOWEST_SCORE, HIGHEST_SCORE) for level in levels]
    return Baseline(latent, scores, stable)


def _share(p: Parameters, part: float, surprise: float) -> float:
    sd = rules.error_sd(p, part)
    return rules.share_of_surprise(p, sd * sd, surprise)


def _offsets(p: Parameters, luck: list[Block]) -> list[float]:
    return [rules.item_offset(p, item.area, luck[i][0]) for i, item in enumerate(items())]


def _level(i: int, common: float, offsets: list[float], home: float) -> float:
    return home if i == HOME_SUPPORT - 1 else common + offsets[i]


def _common_level(total: int, offsets: list[float], errors: list[float], home: float) -> float:
    """Find the common level at which the rounded scores add up, by halving; each step of the sum is one point."""
    low, high = rules.LOWEST_COMMON, rules.HIGHEST_COMMON
    common = 0.5 * (low + high)
    for _ in range(rules.HALVINGS):
        common = 0.5 * (low + high)
        reached = 0
        for i in range(ITEMS):
            reached += rules.reviewed_score(_level(i, common, offsets, home), errors[i])
        if reached == total:
            break
        if reached < total:
            low = common
        else:
            high = common
    return common
