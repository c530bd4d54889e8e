"""The estimators find what is known of made-up functions, with luck in them or without."""

import numpy as np
import pytest
from SALib.analyze import morris as salib_morris
from SALib.analyze import sobol as salib_sobol

from experiments.sensitivity import luck, morris, ranks, sobol
from experiments.sensitivity.factors import CIRCUMSTANCES, problem

ISHIGAMI = ["x1", "x2", "x3"]
FIRST, TOTAL = (0.3139, 0.4424, 0.0), (0.5576, 0.4424, 0.2437)
#: In points, for a function of variance 13.8: luck common to all points, and luck of a point's own.
COMMON, OWN = 3.0, 4.0


def generator(seed: int) -> np.random.Generator:
    return np.random.Generator(np.random.PCG64(seed))


def ishigami(points: np.ndarray) -> np.ndarray:
    x = np.pi * (2.0 * points - 1.0)
    found: np.ndarray = np.sin(x[:, 0]) * (1.0 + 0.1 * x[:, 2] ** 4) + 7.0 * np.sin(x[:, 1]) ** 2
    return found


def lucky(signal: np.ndarray, replicates: int, seed: int, own: float = OWN) -> np.ndarray:
    """Return ``y[draw, replicate]``: a signal with luck common to all draws and luck of each draw's own."""
    shape = (len(signal), replicates)
    common = generator(seed).normal(0.0, COMMON, replicates)
    return signal[:, None] + common + generator(seed + 1).normal(0.0, own, shape)


def by_factor(rows: list[sobol.Shares], names: list[str]) -> list[sobol.Shares]:
    return [next(row for row in rows if row.factor == name) for name in names]


# -- luck ----------------------------------------------------------------------------------------------------


def test_a_product_of_different_replicates_has_no_luck_in_it() -> None:
    y = generator(1).normal(2.0, 3.0, (200_000, 3))
    assert luck.product(y, y).mean() == pytest.approx(4.0, abs=0.05)
    assert (y.mean(axis=1) ** 2).mean() == pytest.approx(4.0 + 3.0, abs=0.05), (
        "a plain square has a third of 9"
    )


def test_the_product_is_that_over_all_pairs_that_differ() -> None:
    a, b = generator(2).normal(size=(2, 5, 4))
    pairs = [a[:, r] * b[:, s] for r in range(4) for s in range(4) if r != s]
    assert np.allclose(luck.product(a, b), np.mean(pairs, axis=0))
    assert np.allclose(luck.product(a[:, :1], b[:, :1]), a[:, 0] * b[:, 0]), (
        "one replicate: the plain product"
    )


def test_the_shares_of_luck_are_those_put_in() -> None:
    signal = generator(3).normal(0.0, 2.0, 20_000)
    single, mean = luck.luck_shares(lucky(signal, 4, 5, own=2.0))
    common = np.var(generator(5).normal(0.0, COMMON, 4))
    assert single == pytest.approx((4.0 + common) / (8.0 + common), abs=0.02)
    assert mean == pytest.approx(1.0 / 5.0, abs=0.02), (
        "of means over four replicates, common luck moves all alike"
    )
    assert luck.luck_shares(lucky(signal, 1, 5)) == (0.0, 0.0)


# -- Sobol ---------------------------------------------------------------------------------------------------


def test_without_luck_the_indices_are_those_of_salib_and_of_the_books() -> None:
    points, _ = sobol.design(ISHIGAMI, 2048, seed=1)
    y = ishigami(points)
    plain = salib_sobol.analyze(problem(ISHIGAMI), y, calc_second_order=False, seed=1)
    for k, row in enumerate(by_factor(sobol.analysed(ISHIGAMI, y[:, None], seed=1), ISHIGAMI)):
        assert row.first == pytest.approx(plain["S1"][k], abs=2e-3) == row.first_with_luck
        assert row.total == pytest.approx(plain["ST"][k], abs=2e-3) == row.total_with_luck
        assert row.first == pytest.approx(FIRST[k], abs=0.03)
        assert row.total == pytest.approx(TOTAL[k], abs=0.03)
        assert row.total_high - row.total_low == pytest.approx(2.0 * plain["ST_conf"][k], rel=0.35)


def test_luck_is_taken_out_where_a_plain_analysis_keeps_it() -> None:
    points, _ = sobol.design(ISHIGAMI, 2048, seed=2)
    rows = by_factor(sobol.analysed(ISHIGAMI, lucky(ishigami(points), 4, seed=7), seed=1), ISHIGAMI)
    for row, first, total in zip(rows, FIRST, TOTAL, strict=True):
        assert row.first == pytest.approx(first, abs=0.05)
        assert row.total == pytest.approx(total, abs=0.05)
        assert row.total_low < total < row.total_high
        plain = (total * 13.84 + OWN**2 / 4) / (13.84 + OWN**2 / 4)
        assert row.total_with_luck == pytest.approx(plain, abs=0.04)
        assert row.total_with_luck > total + 0.07


def test_a_factor_that_leaves_every_run_as_it_was_has_exactly_no_share() -> None:
    points, _ = sobol.design([*ISHIGAMI, "inert"], 256, seed=3)
    signal = ishigami(points)
    own = 4.0 * np.sin(1e4 * points[:, :3].sum(axis=1))  # luck that moves whenever another factor does
    y = signal[:, None] + own[:, None] * np.array([1.0, -1.0, 0.5])
    (inert,) = by_factor(sobol.analysed([*ISHIGAMI, "inert"], y, seed=1), ["inert"])
    assert inert[1:] == (0.0,) * 8


def test_where_nothing_varies_no_factor_has_a_share() -> None:
    points, _ = sobol.design(ISHIGAMI, 8, seed=1)
    assert {row.total for row in sobol.analysed(ISHIGAMI, np.ones((len(points), 2)), seed=1)} == {0.0}


# -- Morris --------------------------------------------------------------------------------------------------


def linear(points: np.ndarray) -> np.ndarray:
    found: np.ndarray = points @ np.array([3.0, -1.0, 0.0])
    return found


def test_effects_of_a_linear_function_are_its_slopes() -> None:
    points, _ = morris.design(ISHIGAMI, 10, seed=1)
    effects = morris.elementary_effects(points, linear(points)[:, None])
    assert np.allclose(effects, np.array([3.0, -1.0, 0.0])[:, None])
    rows = morris.analysed(points, ISHIGAMI, linear(points)[:, None], seed=1)
    assert [row.factor for row in rows] == ISHIGAMI
    assert [row.effect for row in rows] == pytest.approx([3.0, 1.0, 0.0])


def test_effects_are_those_of_salib() -> None:
    points, _ = morris.design(ISHIGAMI, 30, seed=2)
    y = ishigami(points)
    plain = salib_morris.analyze(problem(ISHIGAMI), points, y, num_levels=morris.LEVELS, seed=1)
    effects = morris.elementary_effects(points, y[:, None])[..., 0]
    assert np.allclose(effects.mean(axis=0), plain["mu"])
    assert np.allclose(np.abs(effects).mean(axis=0), plain["mu_star"])


def test_screening_ranks_by_effects_without_luck() -> None:
    points, _ = morris.design(ISHIGAMI, 400, seed=3)
    rows = {row.factor: row for row in morris.analysed(points, ISHIGAMI, lucky(linear(points), 4, 9), seed=1)}
    assert rows["x1"].effect == pytest.approx(3.0, abs=0.3)
    assert rows["x3"].effect < 0.8 and rows["x3"].low == 0.0
    assert rows["x3"].mu_star > 2.0, "luck alone moves a plain mean size"


def test_each_trajectory_goes_from_one_joint_draw_of_circumstances_of_its_own_to_another() -> None:
    names = ["x1", CIRCUMSTANCES, "x2"]
    points, rows = morris.design(names, 6, seed=4)
    for t, path in enumerate(rows.reshape(6, 4)):
        moved = np.flatnonzero(np.diff(points.reshape(6, 4, 3)[t, :, 1]))
        assert set(path) == {2 * t, 2 * t + 1}
        assert np.flatnonzero(np.diff(path)).tolist() == moved.tolist()


# -- ranks ---------------------------------------------------------------------------------------------------


def told(x: np.ndarray, y: np.ndarray) -> dict[str, ranks.Told]:
    names = [f"x{k}" for k in range(x.shape[1])]
    return {row.factor: row for row in ranks.analysed(x, names, y, seed=1)}


def test_a_share_is_that_of_the_variance_a_column_tells() -> None:
    x = generator(4).normal(size=(3000, 3))
    rows = told(x, lucky(2.0 * x[:, 0] + x[:, 1] ** 2, 3, 11))
    for name, share in (("x0", 4 / 6), ("x1", 2 / 6), ("x2", 0.0)):
        assert rows[name].share == pytest.approx(share, abs=0.08)
        assert rows[name].low < share < rows[name].high
    assert [rows[name].beyond_chance for name in ("x0", "x1", "x2")] == [True, True, False]
    assert rows["x0"].direction > 0.3 and abs(rows["x1"].direction) < 0.1


def test_a_column_that_goes_along_with_another_tells_what_that_does() -> None:
    x = generator(5).normal(size=(1000, 2))
    x[:, 1] = 0.95 * x[:, 0] + np.sqrt(1.0 - 0.95**2) * x[:, 1]
    rows = told(x, x[:, :1] + np.zeros((1, 2)))
    assert rows["x1"].share == pytest.approx(0.95**2, abs=0.05)
    assert rows["x0"].share + rows["x1"].share > 1.5


def test_draws_that_stand_twice_do_not_foretell_each_other() -> None:
    x = np.repeat(generator(6).normal(size=(300, 2)), 2, axis=0)
    y = np.repeat(generator(7).normal(size=(300, 1)), 2, axis=0)
    assert all(abs(row.share) < 0.2 and not row.beyond_chance for row in told(x, y).values())


def test_ties_do_not_stand_in_the_order_of_another_column() -> None:
    x = generator(8).normal(size=(600, 2))
    x[:, 1] = x[:, 1] > 0.0
    rows = told(x, x[:, :1])
    assert rows["x0"].share == pytest.approx(1.0, abs=0.05)
    assert abs(rows["x1"].share) < 0.2


def test_where_nothing_varies_no_column_tells_anything() -> None:
    rows = told(generator(9).normal(size=(50, 2)), np.ones((50, 2)))
    assert {(row.share, row.beyond_chance) for row in rows.values()} == {(0.0, False)}
