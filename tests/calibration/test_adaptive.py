"""Adaptive rounds, on a toy whose posterior is known and too narrow for draws of the prior."""

import numpy as np
import pandas as pd
import pytest
from scipy.stats import beta

from calibration import Draws
from calibration.draws import uniform_points
from calibration.inference import adaptive
from calibration.inference.adaptive import Round, against_mixture, pooled, tempered
from calibration.inference.bank import Bank
from calibration.inference.proposal import Proposal
from calibration.inference.weights import plain

SHAPES = {1: (60.0, 15.0), 3: (12.0, 40.0)}  #: of the posterior, by column; all others stay uniform
COUNT = 512


def bank_at(points: np.ndarray, first: int = 0) -> Bank:
    table = pd.DataFrame(points, index=range(first, first + len(points)))
    return Bank(Draws(table, "prior"), *(np.zeros(len(points)) for _ in range(4)))


def log_likelihood(bank: Bank) -> np.ndarray:
    points = bank.draws.table.to_numpy()
    return np.sum([beta(*shape).logpdf(points[:, column]) for column, shape in SHAPES.items()], axis=0)


def run(made: list[int] | None = None) -> adaptive.Pooled:
    def make(number: int, points: np.ndarray) -> Bank:
        if made is not None:
            made.append(number)
        return bank_at(points, 10_000 * number)

    points = uniform_points(COUNT, 3)
    return pooled(points, bank_at(points), make, log_likelihood, seed=5)


def test_rounds_reach_a_posterior_that_the_priors_draws_hardly_find() -> None:
    before = plain(log_likelihood(bank_at(uniform_points(COUNT, 3))))
    found = run()
    after = plain(log_likelihood(found.bank) + found.offset)
    assert before.effective < adaptive.FEW * COUNT < 75.0 < after.effective
    assert found.bank.size == COUNT + found.rounds * (found.rounds + 1) // 2 * COUNT // 2
    for column, shape in SHAPES.items():
        u = found.bank.draws.table.to_numpy()[:, column]
        assert abs(after.mean(u) - beta(*shape).mean()) < 4.0 * after.error(u)
        assert after.sd(u) == pytest.approx(beta(*shape).std(), rel=0.2)


def test_rounds_are_the_same_each_time_and_stop_when_enough_draws_fit(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    one, other = run(), run()
    assert one.offset.tobytes() == other.offset.tobytes()
    pd.testing.assert_frame_equal(one.bank.draws.table, other.bank.draws.table)
    made: list[int] = []
    monkeypatch.setattr(adaptive, "FEW", 1e-4)
    assert run(made).rounds == 0 and made == []
    monkeypatch.setattr(adaptive, "FEW", 0.9)
    monkeypatch.setattr(adaptive, "SURELY", 0.0)
    assert run(made).rounds == adaptive.ROUNDS and made == [1, 2]


def test_weights_against_the_mixture_leave_the_prior_as_it_is() -> None:
    proposal = Proposal([0, 2], np.array([1.0, -0.5]), np.diag([0.4, 0.6]))
    first, second = uniform_points(COUNT, 1), proposal.drawn(2 * COUNT, 2)
    found = plain(
        against_mixture([Round(None, first, bank_at(first)), Round(proposal, second, bank_at(second))])
    )
    points = np.concatenate([first, second])
    assert all(found.mean(u) == pytest.approx(0.5, abs=0.02) for u in points[:, :5].T)
    assert found.probability((points[:, 0] < 0.3) & (points[:, 2] > 0.6)) == pytest.approx(0.12, abs=0.02)


def test_weights_are_tempered_no_more_than_is_needed() -> None:
    logs = 40.0 * np.linspace(-1.0, 0.0, 2_000)
    none = np.zeros(2_000)
    assert tempered(logs, none, 80.0).effective == pytest.approx(plain(logs).effective)
    found = tempered(logs, none, 500.0)
    assert 500.0 <= found.effective < 530.0
