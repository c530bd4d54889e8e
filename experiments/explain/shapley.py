"""Shapley values by antithetic permutations: a difference split fairly among those that made it together.

Players join one by one in a random order; what a player changes by joining is its contribution in that order, and its
Shapley value is the mean over orders (Castro and others 2009). Each order is taken backwards as well, which evens out
who comes early.
"""

from collections.abc import Sequence

import numpy as np

Subset = frozenset[int]


def orders(players: int, pairs: int, address: Sequence[int]) -> np.ndarray:
    """Return random orders, ``[2 * pairs, player]``: each followed by itself backwards; equal for equal addresses."""
    luck = np.random.default_rng(list(address))
    forward = [luck.permutation(players) for _ in range(pairs)]
    return np.array([each for order in forward for each in (order, order[::-1])])


def chain(order: np.ndarray) -> list[Subset]:
    """Return who is there as an order goes on: nobody first, everybody last."""
    return [frozenset(order[:k].tolist()) for k in range(len(order) + 1)]


def subsets(found: np.ndarray) -> list[Subset]:
    """Return every subset that some orders need, each once."""
    return list(dict.fromkeys(subset for order in found for subset in chain(order)))


def contributions(found: np.ndarray, value: dict[Subset, float]) -> np.ndarray:
    """Return each player's mean contribution over some orders, ``[player]``; they add up to all less nobody."""
    total = np.zeros(found.shape[1])
    for order in found:
        values = np.array([value[subset] for subset in chain(order)])
        total[order] += np.diff(values)
    return total / len(found)
