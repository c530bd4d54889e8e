"""Shapley values of games whose answer is known."""

from itertools import permutations

import numpy as np
import pytest

from experiments.explain.shapley import Subset, chain, contributions, orders, subsets

WORTH = (3.0, -1.0, 0.0, 0.5)


def additive(subset: Subset) -> float:
    return sum(WORTH[player] for player in subset)


def gloves(subset: Subset) -> float:
    """Players 0 and 1 have a left glove, 2 a right one; only a pair is worth something."""
    return float(2 in subset and bool(subset & {0, 1}))


def split(game, found: np.ndarray) -> np.ndarray:  # type: ignore[no-untyped-def]
    return contributions(found, {subset: game(subset) for subset in subsets(found)})


def test_in_a_game_without_interplay_everybody_gets_their_own_worth_whatever_the_orders() -> None:
    assert split(additive, orders(4, 1, (1, 2))) == pytest.approx(WORTH)


def test_over_all_orders_the_glove_game_has_its_known_values() -> None:
    every = np.array(list(permutations(range(3))))
    assert split(gloves, every) == pytest.approx([1 / 6, 1 / 6, 4 / 6])


def test_random_orders_come_near_the_known_values() -> None:
    assert split(gloves, orders(3, 400, (1,))) == pytest.approx([1 / 6, 1 / 6, 4 / 6], abs=0.03)


@pytest.mark.parametrize("address", [(1,), (2, 5)])
def test_contributions_add_up_to_all_less_nobody(address: tuple[int, ...]) -> None:
    luck = np.random.default_rng(3)
    found = orders(5, 2, address)
    value = {subset: float(luck.normal()) for subset in subsets(found)}
    total = value[frozenset(range(5))] - value[frozenset()]
    assert contributions(found, value).sum() == pytest.approx(total)


def test_who_changes_nothing_gets_nothing() -> None:
    """Player 2 of three is a bystander of a game between the others."""
    found = orders(3, 3, (1,))
    assert split(lambda subset: float({0, 1} <= subset), found)[2] == 0.0


def test_orders_are_taken_backwards_too_and_are_equal_for_equal_addresses() -> None:
    found = orders(6, 3, (4, 1))
    assert np.array_equal(found[1::2], found[::2, ::-1])
    assert np.array_equal(found, orders(6, 3, (4, 1)))
    assert not np.array_equal(found, orders(6, 3, (4, 2)))
    assert all(sorted(order) == list(range(6)) for order in found)


def test_a_pair_of_orders_shares_its_ends() -> None:
    found = orders(6, 1, (1,))
    assert chain(found[0])[0] == frozenset() and chain(found[0])[-1] == frozenset(range(6))
    assert len(subsets(found)) <= 2 * 6


def test_backward_orders_lower_the_error_where_coming_early_pays() -> None:
    def first_takes_most(subset: Subset) -> float:
        return float(np.sqrt(len(subset)))

    pairs = [split(first_takes_most, orders(8, 1, (k,)))[0] for k in range(200)]
    singles = [
        split(first_takes_most, np.concatenate([orders(8, 1, (k,))[:1], orders(8, 1, (k, 1))[:1]]))[0]
        for k in range(200)
    ]
    assert np.std(pairs) < 0.8 * np.std(singles)
