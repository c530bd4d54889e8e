"""Rules where something holds: a shallow tree learnt from half of the draws, tested on the other half."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from experiments.errors import InputError

if TYPE_CHECKING:
    import pandas as pd

SMALLEST = 0.05  #: share of the learning rows a leaf must hold
FOLDS = 5
LEAST = 2 * FOLDS  #: draws of each kind without which nothing is learnt
RESAMPLES = 1000


class Condition(NamedTuple):
    """A feature above one value and up to another; either may be infinite."""

    feature: str
    above: float
    up_to: float

    def __str__(self) -> str:
        if np.isinf(self.above):
            return f"{self.feature} ≤ {self.up_to:.3g}"
        if np.isinf(self.up_to):
            return f"{self.feature} > {self.above:.3g}"
        return f"{self.above:.3g} < {self.feature} ≤ {self.up_to:.3g}"


class Quality(NamedTuple):
    """How good a rule is on some rows.

    ``density``: share of the rows it holds for in which the target is met; ``coverage``: share of all rows in which it
    is met that it holds for; ``mass``: share of rows it holds for. NaN where there are none. Intervals are 95%
    bootstrap intervals over draws.
    """

    density: float
    coverage: float
    mass: float
    density_ci95: tuple[float, float]
    coverage_ci95: tuple[float, float]


class Rule(NamedTuple):
    """A leaf of the tree: its conditions, and how it does where it was learnt and where it was not."""

    conditions: tuple[Condition, ...]
    learnt: Quality
    held_out: Quality

    def __str__(self) -> str:
        return " and ".join(map(str, self.conditions)) or "everywhere"


class Found(NamedTuple):
    """Rules by falling density where they were learnt, and the target's share in each half; ``auc`` is held out."""

    rules: tuple[Rule, ...]
    share_learnt: float
    share_held_out: float
    auc: float | None

    def holding(self) -> list[Rule]:
        """Return the rules whose density lies above the target's share where they were not learnt, surely."""
        return [rule for rule in self.rules if rule.held_out.density_ci95[0] > self.share_held_out]


def needs_scikit_learn() -> None:
    """Refuse where scikit-learn is not installed.

    Raises
    ------
    InputError
        If it is not.
    """
    from importlib.util import find_spec

    if find_spec("sklearn") is None:
        raise InputError("Looking for rules needs scikit-learn: pip install 'crtsip[analysis]'.")


def discover(features: "pd.DataFrame", target: np.ndarray, draws: np.ndarray, depth: int = 3) -> Found:
    """Learn rules for where ``target[row]`` is met, from half of the draws, and test them on the rest.

    ``draws[row]`` says to which draw a row belongs: no draw is on both sides. How far the tree is cut back is chosen by
    cross-validation within the learning half.

    Where the target is met, or not met, in too few of them, there are no rules.

    Raises
    ------
    InputError
        If scikit-learn is missing.
    """
    needs_scikit_learn()
    from sklearn.metrics import roc_auc_score

    names, groups = np.unique(draws, return_inverse=True)
    learning = learning_half(len(names))[groups]
    rows = features.to_numpy()
    shares = float(target[learning].mean()), float(target[~learning].mean())
    if min(_spread(target[learning], groups[learning]), _spread(~target[learning], groups[learning])) < LEAST:
        return Found((), *shares, None)
    tree = _learnt(rows[learning], target[learning], groups[learning], depth)
    at = tree.apply(rows)
    rules = [
        Rule(
            conditions,
            _quality(at[learning] == leaf, target[learning], groups[learning]),
            _quality(at[~learning] == leaf, target[~learning], groups[~learning]),
        )
        for leaf, conditions in _leaves(tree.tree_, list(features.columns))
    ]
    tested = target[~learning]
    both = tested.any() and not tested.all()
    auc = float(roc_auc_score(tested, tree.predict_proba(rows[~learning])[:, 1])) if both else None
    return Found(tuple(sorted(rules, key=lambda rule: -rule.learnt.density)), *shares, auc)


def learning_half(count: int) -> np.ndarray:
    """Return which of so many draws are learnt from: the same half each time."""
    return np.asarray(np.random.default_rng(0).permutation(count) % 2 == 0)


def _spread(target: np.ndarray, groups: np.ndarray) -> int:
    """Return in how many draws a target is met."""
    return len(np.unique(groups[target]))


def _learnt(rows: np.ndarray, target: np.ndarray, groups: np.ndarray, depth: int) -> Any:
    """Return a tree of at most some depth, cut back as far as predicts left-out draws best."""
    from sklearn.model_selection import GridSearchCV, StratifiedGroupKFold
    from sklearn.tree import DecisionTreeClassifier

    tree = DecisionTreeClassifier(max_depth=depth, min_samples_leaf=SMALLEST, random_state=0)
    prunings = np.unique(np.maximum(tree.cost_complexity_pruning_path(rows, target).ccp_alphas, 0.0))
    search = GridSearchCV(
        tree, {"ccp_alpha": prunings}, scoring="neg_brier_score", cv=StratifiedGroupKFold(FOLDS)
    )
    return search.fit(rows, target, groups=groups).best_estimator_


def _leaves(tree: Any, names: Sequence[str]) -> Iterator[tuple[int, tuple[Condition, ...]]]:
    """Yield each leaf's number with the conditions that lead to it, one for a feature."""
    paths: list[tuple[int, dict[str, tuple[float, float]]]] = [(0, {})]
    while paths:
        node, bounds = paths.pop()
        if tree.children_left[node] < 0:
            yield node, tuple(Condition(name, *ends) for name, ends in bounds.items())
            continue
        name, threshold = names[tree.feature[node]], float(tree.threshold[node])
        low, high = bounds.get(name, (-np.inf, np.inf))
        paths.append((tree.children_right[node], {**bounds, name: (threshold, high)}))
        paths.append((tree.children_left[node], {**bounds, name: (low, threshold)}))


def _quality(inside: np.ndarray, target: np.ndarray, groups: np.ndarray) -> Quality:
    hits, of_rule, met = (np.bincount(groups, weights=what) for what in (inside & target, inside, target))
    there = np.bincount(groups) > 0
    density, density_ci95 = _share(hits[there], of_rule[there])
    coverage, coverage_ci95 = _share(hits[there], met[there])
    return Quality(density, coverage, float(inside.mean()), density_ci95, coverage_ci95)


def _share(part: np.ndarray, whole: np.ndarray) -> tuple[float, tuple[float, float]]:
    """Return a share of sums over draws, with its 95% bootstrap interval; NaN where the whole is nothing."""
    from scipy.stats import bootstrap

    if not whole.any():
        return float("nan"), (float("nan"), float("nan"))

    def share(part: np.ndarray, whole: np.ndarray, axis: int) -> np.ndarray:
        sums = whole.sum(axis=axis)
        return np.asarray(part.sum(axis=axis) / np.where(sums > 0.0, sums, np.nan))

    found = bootstrap(
        (part, whole),
        share,
        paired=True,
        n_resamples=RESAMPLES,
        method="percentile",
        rng=np.random.default_rng(0),
    ).confidence_interval
    return float(share(part, whole, axis=0)), (float(found.low), float(found.high))
