"""The declared patterns: complete, honest about their kind, and known by their names."""

import tomllib
from dataclasses import replace
from pathlib import Path
from typing import get_args

import numpy as np
import pytest

from experiments.comparison import LARGE
from experiments.errors import InputError
from experiments.prior_checks import STILL
from experiments.validation import of_programme, of_teams
from experiments.validation.declarations import Contrast, Kind, Pattern, text_of
from experiments.validation.patterns import NOT_TESTED, chosen, declarations_hash, patterns
from model.mechanisms import MECHANISMS

PASSAGES = tomllib.loads(Path(__file__).with_name("passages.toml").read_text(encoding="utf-8"))
KEYS = {mechanism.key for mechanism in MECHANISMS}

each_pattern = pytest.mark.parametrize("pattern", patterns(), ids=lambda pattern: pattern.id)


def plain(text: str) -> str:
    return " ".join(text.replace("’", "'").replace("\u2013", "-").split())


def test_every_pattern_of_the_list_but_the_first_is_there() -> None:
    assert {pattern.number for pattern in patterns()} == set(range(2, 18))


def test_no_two_patterns_share_an_id() -> None:
    ids = [pattern.id for pattern in patterns()]
    assert len(set(ids)) == len(ids)


@each_pattern
def test_a_pattern_has_what_it_needs(pattern: Pattern) -> None:
    words = (pattern.title, pattern.statement, pattern.passage, pattern.source, pattern.compared)
    assert all(words)
    assert pattern.kind in get_args(Kind)
    assert pattern.mechanisms and set(pattern.mechanisms) <= KEYS
    assert {name for effect in pattern.effects for name, _ in effect.needs} <= set(pattern.arms)
    assert len({figure.label for figure in pattern.figures}) == len(pattern.figures)


@each_pattern
def test_arms_differ_and_a_sum_of_differences_adds_up_to_nothing(pattern: Pattern) -> None:
    assert len({arm.key for arm in pattern.arms.values()}) == len(pattern.arms)
    if isinstance(pattern.effect, Contrast) and len(pattern.effect.weights) > 1:
        assert sum(pattern.effect.weights.values()) == 0.0


@each_pattern
def test_a_threshold_has_a_reason(pattern: Pattern) -> None:
    if pattern.expected is not None:
        assert pattern.expected.limits and pattern.expected.reason


@each_pattern
def test_implied_patterns_and_no_others_name_what_they_vanish_without(pattern: Pattern) -> None:
    assert (pattern.vanishes is not None) == (pattern.kind == "implied")
    if pattern.vanishes is not None:
        assert pattern.vanishes.mechanisms or pattern.vanishes.neutral
        assert bool(pattern.vanishes.left) == (pattern.vanishes.within > 0.0), "say why something may be left"
        assert pattern.expected is not None


def test_only_emergent_patterns_with_something_expected_count_as_validation() -> None:
    for pattern in patterns():
        assert pattern.counts_as_validation == (pattern.kind == "emergent" and pattern.expected is not None)
    openly = {pattern.number for pattern in patterns() if pattern.expected is None}
    assert {6, 12} <= openly, "no sign is expected of placement, presence and many actions"
    assert not any(p.counts_as_validation for p in patterns() if p.number in (6, 12) and p.expected is None)


@each_pattern
def test_passages_are_short_and_the_papers_words(pattern: Pattern) -> None:
    assert len(pattern.passage) <= 130
    assert plain(pattern.passage) in plain(PASSAGES[pattern.id])


def test_no_passage_is_kept_for_a_pattern_that_is_gone() -> None:
    assert set(PASSAGES) == {pattern.id for pattern in patterns()}


def test_thresholds_are_those_of_the_rest_of_the_project() -> None:
    assert of_teams.STILL == STILL
    assert of_teams.BEYOND_ERROR == of_programme.SMALL == LARGE


def test_what_is_not_tested_says_why() -> None:
    for entry in NOT_TESTED:
        assert entry.number in range(2, 18) and entry.what and entry.why.endswith(".")


def test_patterns_are_chosen_by_id_and_a_misspelt_one_gets_advice() -> None:
    assert [pattern.id for pattern in chosen(["strain", "pressure-gain"])] == ["pressure-gain", "strain"]
    assert chosen([]) == patterns()
    with pytest.raises(InputError, match="Did you mean 'strain'"):
        chosen(["strian"])
    with pytest.raises(InputError, match="There are pressure-hours"):
        chosen(["xyz"])


def test_the_hash_tells_a_moved_threshold() -> None:
    pattern = chosen(["teams-3-and-4"])[0]
    assert pattern.expected is not None
    moved = replace(pattern, expected=replace(pattern.expected, above=2.0))
    assert text_of(moved) != text_of(pattern)
    arms = {name: arm.switched_off(("M17",), {}) for name, arm in pattern.arms.items()}
    assert text_of(replace(pattern, arms=arms)) != text_of(pattern)
    assert declarations_hash() == declarations_hash()


def test_shapes_of_gain_by_count() -> None:
    gains = np.array([[1.0, 5.0, 1.0, 3.0], [2.0, 4.0, 4.0, 3.2], [5.0, 1.0, 1.0, 3.1]])  # [arm, draw]
    assert of_programme._rising(gains).tolist() == [1, 0, 0, 0]
    assert of_programme._falling(gains).tolist() == [0, 1, 0, 0]
    assert of_programme._best_between(gains).tolist() == [0, 0, 1, 0]
    assert of_programme._flat(gains).tolist() == [0, 0, 0, 1]


def test_the_chance_that_one_of_many_teams_would() -> None:
    assert of_teams._of_many(np.array([[0.0, 0.5, 1.0]])).round(4).tolist() == [0.0, 1.0, 1.0]
