"""A team starts so that its *reviewed* baseline equals the recorded one; a low one is partly bad luck."""

import numpy as np
import pytest
from drawing import parameters
from hypothesis import given
from hypothesis import strategies as st

from model.baseline import start_from
from model.noise import PhiloxTape
from model.parameters import Parameters


@given(p=parameters(), total=st.integers(45, 189), seed=st.integers(0, 100_000), team=st.integers(0, 100))
def test_the_reviewed_baseline_is_the_recorded_one(p: Parameters, total: int, seed: int, team: int) -> None:
    baseline = start_from(p, total, PhiloxTape(seed), 0, team)
    assert sum(baseline.scores) == total
    assert all(1 <= score <= 5 for score in baseline.scores)
    assert all(1.0 <= level <= 5.0 for level in baseline.levels)


@pytest.mark.parametrize("total", [45, 46, 97, 122, 188, 189])
def test_it_is_so_for_a_thousand_teams(total: int) -> None:
    p = Parameters()
    for seed in range(300):
        assert sum(start_from(p, total, PhiloxTape(seed), 0, 0).scores) == total


def latent(total: int, count: int = 300) -> np.ndarray:
    p = Parameters()
    return np.array([sum(start_from(p, total, PhiloxTape(seed), 0, 0).levels) for seed in range(count)])


def test_a_latent_total_spreads_around_the_recorded_one() -> None:
    spread = latent(120).std()
    assert 1.0 < spread < 3.0 * Parameters().review_error_sd


@pytest.mark.slow
def test_low_and_high_baselines_regress_to_the_mean() -> None:
    """A team with a low recorded baseline has partly met a strict review; a high one a kind one."""
    p, count = Parameters(), 2000
    shares = []
    for total in (90, 154):
        found = latent(total, count)
        towards = (found.mean() - total) / (p.population_mean - total)
        error = found.std() / np.sqrt(count) / abs(p.population_mean - total)
        assert towards > 4 * error
        shares.append(towards)
    linear = p.review_error_sd**2 / p.population_sd**2
    assert 0.3 * linear < np.mean(shares) < 1.3 * linear  # less than linear: items at 1 and 5 swallow error


def test_at_the_mean_nothing_regresses() -> None:
    found = latent(122, 600)
    assert found.mean() == pytest.approx(122, abs=4 * found.std() / np.sqrt(600) + 0.5)
