"""Scenario discovery: a planted rule is found and holds, noise gives none, and regret is what it says."""

import numpy as np
import pandas as pd
import pytest

from calibration import posterior, prior
from experiments import Experiment, Result, Scenario
from experiments.discovery import discovery, rules
from experiments.discovery.regret import regrets
from experiments.discovery.worlds import CONTEXT, features, worlds
from experiments.errors import InputError
from model.outcomes import OUTCOME_PLACES
from model.parameters import uncertain

OUTCOME = "latent_gain_12m"


def planted(count: int = 1600, noise: float = 0.1) -> tuple[pd.DataFrame, np.ndarray]:
    """Return features of which the first two decide a target, but for some noise."""
    rng = np.random.default_rng(5)
    table = pd.DataFrame(rng.random((count, 12)), columns=[f"x{k}" for k in range(12)])
    inside = ((table["x0"] > 0.6) & (table["x1"] <= 0.5)).to_numpy()
    return table, np.where(rng.random(count) < noise, ~inside, inside)


@pytest.fixture(scope="module")
def result() -> Result:
    found = discovery.experiment(
        [Scenario("external-12"), Scenario("internal-12")],
        draws=prior(80, seed=2),
        replicates=1,
        teams=[3, 6],
        months=12.0,
    )
    return found.run()


def test_a_planted_rule_is_found_and_holds_out_of_sample() -> None:
    table, target = planted()
    found = rules.discover(table, target, np.arange(len(target)))
    best = found.rules[0]
    conditions = {c.feature: c for c in best.conditions}
    assert conditions["x0"].above == pytest.approx(0.6, abs=0.05)
    assert conditions["x1"].up_to == pytest.approx(0.5, abs=0.05)
    assert best in found.holding()
    assert best.held_out.density == pytest.approx(0.9, abs=0.1)
    assert best.held_out.density_ci95[0] < 0.9 < best.held_out.density_ci95[1] + 0.05
    assert found.auc is not None
    assert found.auc > 0.75


def test_what_is_only_noise_gives_no_rule_that_holds() -> None:
    table, _ = planted()
    noise = np.random.default_rng(1).random(len(table)) < 0.4
    assert rules.discover(table, noise, np.arange(len(noise))).holding() == []


def test_a_rule_is_tested_on_draws_it_was_not_learnt_from() -> None:
    table, target = planted()
    draws = np.repeat(np.arange(len(target) // 4), 4)
    changed = target.copy()
    held_out = ~rules.learning_half(len(target) // 4)[draws]
    changed[held_out] = ~changed[held_out]
    one, two = (rules.discover(table, some, draws) for some in (target, changed))
    assert [r.conditions for r in one.rules] == [r.conditions for r in two.rules]
    assert [r.learnt for r in one.rules] == [r.learnt for r in two.rules]
    assert one.rules[0].held_out.density == pytest.approx(1.0 - two.rules[0].held_out.density)


def test_leaves_share_the_worlds_and_the_target_among_them() -> None:
    table, target = planted()
    found = rules.discover(table, target, np.arange(len(target)))
    assert sum(rule.held_out.mass for rule in found.rules) == pytest.approx(1.0)
    assert sum(rule.held_out.coverage for rule in found.rules) == pytest.approx(1.0)


def test_a_target_that_is_hardly_ever_met_gives_no_rules() -> None:
    table, target = planted()
    rare = np.zeros_like(target)
    rare[:3] = True
    assert rules.discover(table, rare, np.arange(len(rare))).rules == ()


def test_few_draws_give_no_rules_and_say_so(result: Result) -> None:
    table, target = planted(10)
    assert rules.discover(table, target, np.arange(10)).rules == ()
    answer = discovery.answer(result, "external-12", "internal-12", outcome=OUTCOME, more_than=50.0)
    assert any("Give more --draws" in sentence for sentence in answer.sentences)


def test_a_missing_scikit_learn_is_told_with_the_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(InputError, match=r"pip install 'crtsip\[analysis\]'"):
        discovery.experiment([Scenario("core-12")])


def test_worlds_change_the_circumstances_of_the_teams_chosen_and_nothing_else() -> None:
    draws = posterior(16)
    changed = worlds(draws, [6], seed=2)
    differ = {name for name in draws.table if not draws.table[name].equals(changed.table[name])}
    assert differ == {f"team 6: {name}" for name in CONTEXT}
    stance = changed.table["team 6: manager_stance"]
    assert sorted((stance * 16).astype(int)) == list(range(16))
    assert changed.numbers == draws.numbers


def test_columns_of_the_prior_do_not_go_together_in_worlds() -> None:
    draws = prior(64, seed=1)
    changed = worlds(draws, [6])
    for name in uncertain():
        assert sorted(changed.table[name]) == sorted(draws.table[name])
    found = np.abs(np.corrcoef(changed.table[list(uncertain())].to_numpy().T))
    assert found[~np.eye(len(found), dtype=bool)].max() < 0.6
    assert changed.table.equals(worlds(draws, [6]).table)


def test_features_are_those_of_each_draw_and_team(result: Result) -> None:
    table = features(result)
    draws = result.experiment.draws
    assert len(table) == len(draws) * 2
    assert table["baseline_total"].tolist() == [130.0, 97.0] * len(draws)
    assert table["busyness"].tolist()[1::2] == pytest.approx(draws.table["team 6: busyness"].tolist())
    assert "trust_external" in table


def test_draws_of_equal_parameters_fall_on_one_side(result: Result) -> None:
    table = result.experiment.draws.table
    twice = type(result.experiment.draws)(pd.concat([table, table.iloc[:3]], ignore_index=True), "posterior")
    again = Result(
        Experiment(result.experiment.scenarios, draws=twice, teams=[6]), result.gathered, result.replicates
    )
    found = discovery._distinct(again)
    assert found[-3:].tolist() == found[:3].tolist()
    assert len(set(found)) == len(table)


def test_the_answer_finds_a_rule_planted_in_the_result(result: Result) -> None:
    table = features(result)
    gain = result.gathered.outcomes[..., OUTCOME_PLACES[OUTCOME]]
    wins = (table["skill_external"] > table["skill_external"].median()).to_numpy().reshape(-1, 2)
    gain[:, 0] = gain[:, 1] + np.where(wins, 4.0, -4.0)
    answer = discovery.answer(result, "external-12", "internal-12", outcome=OUTCOME)
    assert any(
        rule["conditions"][0]["feature"] == "skill_external" and rule["held_out"]["density"] > 0.8
        for rule in answer.figures["rules"]
        if rule["conditions"]
    )
    assert "skill_external" in " ".join(answer.sentences)


def test_regret_is_what_the_best_would_have_reached_less_what_was(result: Result) -> None:
    gain = result.gathered.outcomes[..., OUTCOME_PLACES[OUTCOME]]
    gain[:, 0], gain[:, 1] = 1.0, 1.0
    gain[:, 0, :20] = 5.0
    one, two = regrets(result, OUTCOME, ["external-12", "internal-12"])
    assert (one.mean, one.largest, one.best) == (0.0, 0.0, pytest.approx(0.25 + 0.5 * 0.75))
    assert (two.mean, two.largest, two.best) == (pytest.approx(1.0), 4.0, pytest.approx(0.5 * 0.75))


def test_an_outcome_beyond_the_run_is_refused(result: Result) -> None:
    with pytest.raises(InputError, match="beyond the run of 12 months"):
        discovery.answer(result, "external-12", "internal-12", outcome="gain_36m")
