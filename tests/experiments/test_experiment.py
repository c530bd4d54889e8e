"""Experiments: cells that do not depend on workers, order, or what else is run."""

import numpy as np
import pytest

from calibration import Draws, prior
from experiments import Experiment, Scenario
from experiments.blocks import Block, BlockResult
from experiments.errors import InputError
from experiments.result import Result
from model.outcomes import OUTCOME_NAMES
from model.programme.plan import weeks_of
from model.record import NAMES
from model.sites import Site

SMALL = Site(name="small", number=1001, posts=4)


@pytest.fixture(scope="module")
def draws() -> Draws:
    return prior(2, seed=3)


@pytest.fixture(scope="module")
def six(draws: Draws) -> Result:
    """Return two replicates of a short programme at all six teams."""
    return Experiment([Scenario("external-12")], draws=draws, replicates=2, seed=4, months=2.0).run()


def names(experiment: Experiment) -> list[str]:
    return [scenario.name for scenario in experiment.scenarios]


def same(one: Result, other: Result) -> bool:
    """Say whether two results hold the same numbers, bit for bit."""
    pairs = [(getattr(one, field), getattr(other, field)) for field in ("outcomes", "hours", "series")]
    return all(a.tobytes() == b.tobytes() and a.shape == b.shape for a, b in pairs)


# -- what an experiment is -----------------------------------------------------------------------------------


def test_the_arm_without_a_programme_is_always_there_and_once(draws: Draws) -> None:
    assert names(Experiment([Scenario("core-12")], draws=draws)) == ["core-12", "no-sip"]
    assert names(Experiment([Scenario("no-sip"), Scenario("core-12")], draws=draws)) == ["no-sip", "core-12"]
    assert names(Experiment([Scenario("no-sip")], draws=draws)) == ["no-sip"]


def test_another_programme_cannot_pose_as_the_arm_without_one(draws: Draws) -> None:
    with pytest.raises(InputError, match="called no-sip has a programme of 12 months"):
        Experiment([Scenario("core-12", name="no-sip")], draws=draws)


def test_an_experiment_needs_a_scenario(draws: Draws) -> None:
    with pytest.raises(InputError, match="at least one scenario"):
        Experiment([], draws=draws)


def test_fidelity_is_not_compared_with_an_innovation_that_has_none(draws: Draws) -> None:
    with pytest.raises(InputError, match="different outcomes"):
        Experiment([Scenario("core-12"), Scenario("places-of-safety")], draws=draws)


def test_the_arm_without_a_programme_takes_the_outcome_of_the_others(draws: Draws) -> None:
    experiment = Experiment([Scenario("places-of-safety"), Scenario("no-sip")], draws=draws)
    assert experiment.outcome == "implementation"
    assert {scenario.outcome for scenario in experiment.scenarios} == {"implementation"}


def test_scenarios_and_teams_of_one_name_are_refused(draws: Draws) -> None:
    with pytest.raises(InputError, match="Scenario core-12 is named twice"):
        Experiment([Scenario("core-12"), Scenario("core-12").with_set({"months": "18"})], draws=draws)
    with pytest.raises(InputError, match="Team small is named twice"):
        Experiment([Scenario("core-12")], draws=draws, teams=[SMALL, SMALL.model_copy(update={"posts": 5})])


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"replicates": 0}, "replicates = 0: at least 1"),
        ({"seed": -1}, "seed = -1"),
        ({"months": 0.5}, "months = 0.5: a run lasts 1 to 96 months"),
        ({"months": 97.0}, "months = 97: a run lasts 1 to 96 months"),
        ({"months": float("nan")}, "months = nan"),
        ({"follow_up": 85.0}, "months = 97: a run lasts 1 to 96 months"),
    ],
)
def test_numbers_out_of_range_are_refused(draws: Draws, wrong: dict[str, float], message: str) -> None:
    with pytest.raises(InputError, match=message):
        Experiment([Scenario("core-12")], draws=draws, **wrong)  # type: ignore[arg-type]


def test_a_team_of_ones_own_cannot_replay_the_six_teams_records(draws: Draws) -> None:
    with pytest.raises(InputError, match="core-12-recorded replays the six teams' records"):
        Experiment([Scenario("core-12-recorded")], draws=draws, teams=[3, SMALL])


def test_the_horizon_is_the_longest_programme_and_the_follow_up(draws: Draws) -> None:
    scenarios = [Scenario("core-12"), Scenario("core-24")]
    assert Experiment(scenarios, draws=draws).months == 36.0
    assert Experiment(scenarios, draws=draws, follow_up=3.0).months == 27.0
    assert Experiment(scenarios, draws=draws, months=18.0).months == 18.0


def test_every_arm_is_measured_at_the_outcome_months_and_the_end(draws: Draws) -> None:
    experiment = Experiment([Scenario("core-12")], draws=draws, months=20.0)
    assert experiment.measured_months == (6.0, 12.0, 18.0, 20.0)
    assert Experiment([Scenario("core-12")], draws=draws, months=12.0).measured_months == (6.0, 12.0)


def test_series_are_kept_at_the_start_and_each_months_end(draws: Draws) -> None:
    experiment = Experiment([Scenario("core-12")], draws=draws, months=2.5)
    assert experiment.month_ends == [0, weeks_of(1), weeks_of(2), weeks_of(2.5)]


def test_blocks_come_replicate_by_replicate_and_hold_every_cell_once(draws: Draws) -> None:
    experiment = Experiment([Scenario("core-12")], draws=prior(5), replicates=2)
    blocks = list(experiment.blocks())
    cells = [(block.replicate, block.scenario, draw) for block in blocks for draw in block.draws]
    assert cells == [(r, s, d) for r in range(2) for s in range(2) for d in range(5)]
    assert list(experiment.blocks(1, 2)) == blocks[len(blocks) // 2 :]


# -- numbers do not depend on how they were computed ---------------------------------------------------------


def test_two_workers_give_the_bits_of_one(six: Result, draws: Draws) -> None:
    experiment = Experiment([Scenario("external-12")], draws=draws, replicates=2, seed=4, months=2.0)
    assert same(experiment.run(workers=2), six)


def test_blocks_run_in_another_order_give_the_same_bits(six: Result) -> None:
    experiment = six.experiment
    backwards = [experiment.run_block(block) for block in reversed(list(experiment.blocks()))]
    assert same(Result.of(experiment, backwards, 2), six)


def test_blocks_of_any_size_give_the_same_bits(six: Result) -> None:
    experiment = six.experiment
    single = [Block(s, r, d, d + 1) for r in range(2) for s in range(2) for d in range(2)]
    assert same(Result.of(experiment, map(experiment.run_block, single), 2), six)


def test_one_team_alone_lives_as_among_the_six(six: Result, draws: Draws) -> None:
    alone = Experiment(
        [Scenario("external-12")], draws=draws, replicates=2, seed=4, months=2.0, teams=[3]
    ).run()
    assert alone.outcomes[..., 0, :].tobytes() == six.outcomes[..., 2, :].tobytes()
    assert alone.series[..., 0, :, :].tobytes() == six.series[..., 2, :, :].tobytes()


def test_an_own_team_beside_leaves_the_six_as_they_were(six: Result, draws: Draws) -> None:
    scenario = Scenario("external-12")
    beside = Experiment([scenario], draws=draws, replicates=2, seed=4, months=2.0, teams=[SMALL, 5]).run()
    assert beside.outcomes[..., 1, :].tobytes() == six.outcomes[..., 4, :].tobytes()


def test_more_replicates_and_scenarios_keep_the_first_ones(six: Result, draws: Draws) -> None:
    scenarios = [Scenario("internal-12"), Scenario("external-12")]
    more = Experiment(scenarios, draws=draws, replicates=3, seed=4, months=2.0, teams=[3]).run()
    for name in ("external-12", "no-sip"):
        place, before = more.scenarios.index(name), six.scenarios.index(name)
        assert more.outcomes[place, :, :2, 0].tobytes() == six.outcomes[before, :, :, 2].tobytes()


def test_fewer_draws_keep_the_first_ones(six: Result, draws: Draws) -> None:
    fewer = Experiment(
        [Scenario("external-12")], draws=draws.first(1), replicates=2, seed=4, months=2.0, teams=[3]
    ).run()
    assert fewer.outcomes[:, 0, :, 0].tobytes() == six.outcomes[:, 0, :, 2].tobytes()


def test_seeds_replicates_draws_and_teams_have_luck_of_their_own(six: Result, draws: Draws) -> None:
    pressure = six.series[..., -1, NAMES.index("pressure")]
    assert len(np.unique(pressure[0])) == pressure[0].size
    other = Experiment([Scenario("external-12")], draws=draws, replicates=1, seed=5, months=2.0, teams=[3])
    assert other.run().series[0, 0, 0, 0, -1, NAMES.index("pressure")] != pressure[0, 0, 0, 2]


def test_a_longer_run_of_the_same_programme_begins_with_the_shorter(draws: Draws) -> None:
    def lived(months: float) -> Result:
        return Experiment(
            [Scenario("core-24")], draws=draws.first(1), replicates=1, months=months, teams=[6]
        ).run()

    short, long = lived(12.0), lived(24.0)
    count = len(short.experiment.month_ends)
    assert long.experiment.month_ends[:count] == short.experiment.month_ends
    assert long.series[..., :count, :].tobytes() == short.series.tobytes()
    for name in ("gain_6m", "gain_12m", "latent_gain_12m", "awareness_12m", "staff_replaced_12m"):
        k = OUTCOME_NAMES.index(name)
        assert long.outcomes[..., k].tobytes() == short.outcomes[..., k].tobytes()


def test_scenarios_that_are_equal_meet_the_same_luck(draws: Draws) -> None:
    twins = [Scenario("core-12"), Scenario("core-12", name="twin")]
    result = Experiment(twins, draws=draws, replicates=2, months=3.0, teams=[4]).run()
    assert result.outcomes[0].tobytes() == result.outcomes[1].tobytes()
    assert result.series[0].tobytes() == result.series[1].tobytes()
    assert result.series[0].tobytes() != result.series[2].tobytes(), "no programme should be another life"


def test_a_placement_named_and_the_same_placement_drawn_are_one_life(draws: Draws) -> None:
    """Take a draw's own circumstances away to see that the placement line is all that differs."""
    site = SMALL.model_copy(update={"facilitator_placement": "external"})
    scenarios = [Scenario("core-12"), Scenario("external-12"), Scenario("internal-12")]
    result = Experiment(scenarios, draws=draws.first(1), replicates=1, months=3.0, teams=[site]).run()
    assert result.series[0].tobytes() == result.series[1].tobytes()
    assert result.series[0].tobytes() != result.series[2].tobytes()


# -- stopping ------------------------------------------------------------------------------------------------


def test_enough_is_asked_after_each_replicate_and_stops_there(draws: Draws) -> None:
    asked: list[int] = []

    def enough(result: Result) -> bool:
        asked.append(result.replicates)
        return result.replicates == 2

    result = Experiment([Scenario("core-12")], draws=draws, replicates=5, months=1.0, teams=[SMALL]).run(
        enough=enough
    )
    assert asked == [1, 2]
    assert (result.replicates, result.interrupted) == (2, False)
    assert result.outcomes.shape[:4] == (2, 2, 2, 1)
    assert not np.all(np.isnan(result.outcomes), axis=-1).any()


def _interrupted_at(monkeypatch: pytest.MonkeyPatch, at: Block) -> None:
    run_block = Experiment.run_block

    def interrupted(experiment: Experiment, block: Block) -> BlockResult:
        if block == at:
            raise KeyboardInterrupt
        return run_block(experiment, block)

    monkeypatch.setattr(Experiment, "run_block", interrupted)


def test_an_interrupted_run_keeps_its_whole_replicates(draws: Draws, monkeypatch: pytest.MonkeyPatch) -> None:
    experiment = Experiment([Scenario("core-12")], draws=draws, replicates=4, months=1.0, teams=[SMALL])
    whole = experiment.run()
    _interrupted_at(monkeypatch, Block(1, 2, 0, 2))
    kept = experiment.run()
    assert kept.interrupted and not whole.interrupted
    assert kept.replicates == 2
    assert kept.runs == 2 * 2 * 2
    assert kept.outcomes.tobytes() == np.ascontiguousarray(whole.outcomes[:, :, :2]).tobytes()


def test_an_interruption_between_replicates_loses_none(draws: Draws) -> None:
    def enough(result: Result) -> bool:
        if result.replicates == 2:
            raise KeyboardInterrupt
        return False

    experiment = Experiment([Scenario("core-12")], draws=draws, replicates=4, months=1.0, teams=[SMALL])
    kept = experiment.run(enough=enough)
    assert kept.interrupted and kept.replicates == 2
    assert not np.all(np.isnan(kept.outcomes), axis=-1).any()


def test_a_run_interrupted_in_its_first_replicate_keeps_nothing(
    draws: Draws, monkeypatch: pytest.MonkeyPatch
) -> None:
    _interrupted_at(monkeypatch, Block(1, 0, 0, 2))
    experiment = Experiment([Scenario("core-12")], draws=draws, replicates=2, months=1.0, teams=[SMALL])
    with pytest.raises(KeyboardInterrupt):
        experiment.run()


# -- the fingerprint -----------------------------------------------------------------------------------------


def test_the_fingerprint_tells_inputs_apart_and_not_the_number_of_replicates(draws: Draws) -> None:
    def fingerprint(name: str = "core-12", **changes: object) -> str:
        given = {"draws": draws, "replicates": 1, "seed": 1, "months": 3.0, "teams": (6,)} | changes
        return Experiment([Scenario(name)], **given).fingerprint()  # type: ignore[arg-type]

    assert fingerprint() == fingerprint(replicates=9)
    others = [
        fingerprint("core-18"),
        fingerprint(draws=draws.first(1)),
        fingerprint(draws=prior(2, seed=4)),
        fingerprint(seed=2),
        fingerprint(months=4.0),
        fingerprint(teams=(5,)),
        fingerprint(teams=(SMALL,)),
        fingerprint(teams=(SMALL.model_copy(update={"posts": 5}),)),
    ]
    assert len({fingerprint(), *others}) == 1 + len(others)


@pytest.mark.slow
def test_both_engines_give_the_same_outcomes_with_any_number_of_workers() -> None:
    def outcomes(engine: str, workers: int) -> np.ndarray:
        scenarios = [Scenario("external-12"), Scenario("readiness-first")]
        experiment = Experiment(
            scenarios, draws=prior(3, seed=8), replicates=2, teams=(2, 5), months=14, engine=engine
        )
        return experiment.run(workers=workers).outcomes

    expected = outcomes("mesa", 1)
    for workers in (1, 3):
        np.testing.assert_array_equal(outcomes("compiled", workers), expected)
