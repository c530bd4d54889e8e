"""From runs to verdicts: an effect by draw, the chance that it lies where it was expected, held or not."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np

from experiments.comparison import ENOUGH_DRAWS, OPEN, Estimate, estimated
from experiments.errors import InputError
from experiments.validation.declarations import Contrast, Effect, Expected, Pattern, Ratio, Vanishes
from experiments.validation.running import Values

Verdict = Literal["held", "not held", "undecided"]


@dataclass(frozen=True)
class Finding:
    """What a pattern's effect came to over some draws; ``verdict`` is on the pattern's statement.

    ``probability`` is the share of draws where the effect lies as expected.
    """

    estimate: Estimate
    probability: float
    probability_se: float
    p_positive: float
    verdict: Verdict
    figures: Mapping[str, Estimate | None]

    def to_dict(self) -> dict[str, Any]:
        """Return the figures for JSON."""
        numbers = self.estimate.to_dict()
        return {
            "effect": numbers["mean"],
            "ci95": numbers["ci95"],
            "mc95": numbers["mc95"],
            "probability": round(self.probability, 6),
            "probability_se": round(self.probability_se, 6),
            "p_positive": round(self.p_positive, 6),
            "verdict": self.verdict,
            "figures": {label: _told(found) for label, found in self.figures.items()},
        }


def _told(found: Estimate | None) -> dict[str, Any] | None:
    if found is None:
        return None
    numbers = found.to_dict()
    return {"mean": numbers["mean"], "ci95": numbers["ci95"]}


def effect_of(effect: Effect, arms: Mapping[str, str], values: Values) -> Estimate | None:
    """Estimate an effect from the runs; ``arms`` gives the arms' keys. ``None`` where there is none in any run.

    Only a contrast is taken run by run, and has its replicate noise taken out.
    """
    if isinstance(effect, Contrast):
        return estimated(_contrast(effect, arms, values))
    if isinstance(effect, Ratio):
        return _ratio(effect, arms, values)
    means = np.array([_by_draw(values[arms[name], effect.measure.name]) for name in effect.arms])
    return estimated(effect.of(means)[:, None, None])


def _contrast(effect: Contrast, arms: Mapping[str, str], values: Values) -> np.ndarray:
    each = [weight * values[arms[name], effect.measure.name] for name, weight in effect.weights.items()]
    return np.asarray(sum(each))


def _by_draw(values: np.ndarray) -> np.ndarray:
    """Return the mean over replicates and teams; NaN where there is none."""
    flat = values.reshape(len(values), -1)
    counts = np.sum(~np.isnan(flat), axis=1)
    return np.where(counts > 0, np.nansum(flat, axis=1) / np.maximum(counts, 1), np.nan)


def _ratio(effect: Ratio, arms: Mapping[str, str], values: Values) -> Estimate | None:
    """Estimate a ratio of means; its interval is that of the draws' ratios, where a draw has one."""
    top, bottom = (_by_draw(_contrast(part, arms, values)) for part in (effect.top, effect.bottom))
    there = ~np.isnan(top) & ~np.isnan(bottom) & (bottom != 0.0)
    if not there.any():
        return None
    ratios = top[there] / bottom[there]
    mean = float(np.mean(top[there]) / np.mean(bottom[there]))
    low, high = (float(x) for x in np.quantile(ratios, [0.025, 0.975]))
    return Estimate(mean, (low, high), (mean, mean), (low, high), ratios)


def judged(pattern: Pattern, values: Values) -> Finding:
    """Judge a pattern by its runs.

    Raises
    ------
    InputError
        If the effect's measure has no value in any run.
    """
    arms = {name: arm.key for name, arm in pattern.arms.items()}
    estimate = effect_of(pattern.effect, arms, values)
    if estimate is None:
        raise InputError(
            f"Pattern {pattern.id}: {pattern.effect.needs[0][1].name} has no value in any run. Ask for more draws."
        )
    expected = pattern.judged_by
    inside = expected.holds(estimate.by_draw)
    return Finding(
        estimate,
        probability=float(np.mean(inside)),
        probability_se=standard_error(int(np.sum(inside)), len(inside)),
        p_positive=float(np.mean(estimate.by_draw > 0.0)),
        verdict=verdict(estimate, expected),
        figures={figure.label: effect_of(figure.effect, arms, values) for figure in pattern.figures},
    )


def standard_error(successes: int, draws: int) -> float:
    """Return the standard error of a share of draws, as if one draw of each kind were added: not 0 where all agree."""
    share = (successes + 1.0) / (draws + 2.0)
    return float(np.sqrt(share * (1.0 - share) / (draws + 2.0)))


def verdict(estimate: Estimate, expected: Expected) -> Verdict:
    """Say whether a statement held: in 0.95 of the draws or more, in 0.05 or fewer, else it is undecided.

    It is undecided with fewer than 60 draws, and where runs are too few to tell the draws apart while a threshold lies
    within the Monte Carlo interval of the mean: all draws then agree, whatever is true.
    """
    effects = estimate.by_draw
    if len(effects) < ENOUGH_DRAWS or not _told_apart(estimate, expected):
        return "undecided"
    probability = float(np.mean(expected.holds(effects)))
    if probability >= OPEN[1]:
        return "held"
    return "not held" if probability <= OPEN[0] else "undecided"


def _told_apart(estimate: Estimate, expected: Expected) -> bool:
    low, high = estimate.mc95
    noisy = high > low and any(low <= limit <= high for limit in expected.limits)
    return bool(np.ptp(estimate.by_draw) > 0.0) or not noisy


@dataclass(frozen=True)
class Left:
    """What is left of an implied effect without what it rests on, ``[draw]`` where there is one."""

    declared: Vanishes
    by_draw: np.ndarray

    @property
    def most(self) -> float:
        """Return the largest effect of any draw, either way."""
        return float(np.max(np.abs(self.by_draw), initial=0.0))

    @property
    def mean(self) -> float:
        """Return the mean effect; 0 where no draw has one."""
        return float(np.mean(self.by_draw)) if len(self.by_draw) else 0.0

    @property
    def vanished(self) -> bool:
        """Say whether it vanished: exactly in every run, or in the mean within what was declared."""
        if not len(self.by_draw):
            return False
        return self.most == 0.0 if self.declared.within == 0.0 else abs(self.mean) <= self.declared.within

    def to_dict(self) -> dict[str, Any]:
        """Return the figures for JSON."""
        return {
            "mechanisms": list(self.declared.mechanisms),
            "neutral": dict(self.declared.neutral),
            "within": self.declared.within,
            "left_mean": round(self.mean, 6),
            "left_most": round(self.most, 6),
            "draws": len(self.by_draw),
            "vanished": self.vanished,
        }


def left_of(pattern: Pattern, values: Values) -> Left:
    """Return what is left of an implied pattern's effect in runs of its arms with the mechanisms off."""
    assert pattern.vanishes is not None
    assert isinstance(pattern.effect, Contrast)
    off = without(pattern)
    arms = {name: arm.key for name, arm in off.arms.items()}
    left = _by_draw(_contrast(pattern.effect, arms, values))
    return Left(pattern.vanishes, left[~np.isnan(left)])


def without(pattern: Pattern) -> Pattern:
    """Return an implied pattern with what it rests on switched off in all its arms."""
    assert pattern.vanishes is not None
    declared = pattern.vanishes
    arms = {
        name: arm.switched_off(declared.mechanisms, declared.neutral) for name, arm in pattern.arms.items()
    }
    return replace(pattern, arms=arms, figures=())
