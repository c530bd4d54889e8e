"""The trial as a whole: from simulated teams to its expected result and power."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from results import promised

from calibration import posterior, prior
from experiments import Experiment, Scenario, read_result
from experiments.errors import InputError
from experiments.replay import replayed
from experiments.teams import TrialTeam, from_json, names, networks, to_json
from experiments.trial import Arms, Trial, trial_experiment
from experiments.trial.power import power
from experiments.trial.trial import pool_of, trial_teams


def small(**changes: Any) -> Experiment:
    """Return the experiment of a trial with ten teams."""
    given = {"teams": 10, "draws": prior(4, seed=3), "replicates": 2, "seed": 4} | changes
    return trial_experiment(Scenario("core-12"), given.pop("control", Scenario("no-sip")), **given)


@pytest.fixture(scope="module")
def trial() -> Trial:
    result = small(draws=posterior(12), replicates=3).run()
    return Trial.of(result, Arms(6, 4), (6, 8), trials=4)


# -- who takes part ------------------------------------------------------------------------------------------


def test_facilitators_have_as_many_teams_as_in_the_real_trial() -> None:
    served = [team.network for team in trial_teams(15, 1)]
    assert [served.count(k) for k in sorted(set(served))] == [3, 2, 3, 2, 3, 2]


def test_teams_are_drawn_anew_for_each_draw_and_kept_when_draws_are_added() -> None:
    teams, draws = trial_teams(5, 1), prior(8, seed=3)
    first, second = networks(teams, draws, 0), networks(teams, draws, 1)
    assert [len(network.sites) for network in first] == [3, 2]
    assert [site.baseline_total for n in first for site in n.sites] != [
        site.baseline_total for n in second for site in n.sites
    ]
    assert networks(teams, draws.first(2), 1) == second
    assert names(teams) == [site.name for network in first for site in network.sites]


def test_teams_of_a_trial_stand_in_a_manifest_and_come_back() -> None:
    teams = [3, TrialTeam(number=4, network=1, seed=9)]
    assert from_json(json.loads(json.dumps(to_json(teams)))) == teams


def test_a_facilitators_other_teams_are_those_of_the_network_alone() -> None:
    experiment = small()
    assert all(scenario.parameters["other_teams"] == 0.0 for scenario in experiment.scenarios[:2])


# -- what it finds -------------------------------------------------------------------------------------------


def test_the_expected_difference_is_that_of_all_teams_under_both_programmes(trial: Trial) -> None:
    gains = [trial.result.outcome("gain_12m", name) for name in ("core-12", "no-sip")]
    assert trial.difference is not None
    assert trial.difference.estimate.mean == pytest.approx(float(np.mean(gains[0] - gains[1])))
    risen = trial.share_risen("core-12")
    assert risen is not None and risen.mean == pytest.approx(float(np.mean(gains[0] > 0.0)))


def test_single_trials_scatter_about_the_expected_difference(trial: Trial) -> None:
    low, high = trial.single_trials
    assert trial.difference is not None
    assert low < trial.difference.estimate.mean < high


def test_reviewed_totals_are_the_recorded_baseline_and_the_gain(trial: Trial) -> None:
    pool = pool_of(trial.result)
    site = trial.result.experiment.networks(trial.result.experiment.scenarios[0], 2)[1].sites[0]
    place = trial.result.teams.index(site.name)
    assert pool.baseline[2, place] == site.baseline_total
    gain = trial.result.outcome("gain_end", "no-sip")[2, 1, place]
    assert pool.control[2, 1, place] == site.baseline_total + gain


def test_the_summary_holds_both_parts_of_uncertainty_and_the_real_trial(trial: Trial) -> None:
    told = json.loads(json.dumps(trial.to_dict(), allow_nan=False))
    assert {"ci95", "interval_chance", "mc95", "p_positive"} <= told["difference"].keys()
    assert [each["teams"] for each in told["power"]] == [6, 8, 10]
    assert {"mean", "interval_parameters", "mc95"} == told["power"][0]["power"].keys()
    assert [each["key"] for each in told["reported"]] == ["rose", "higher", "not_all"]
    assert all(each["used"].startswith("No.") and each["simulated"] for each in told["reported"])
    assert told["teams_for_power"].keys() == {"0.8", "0.9"}


def test_what_none_of_the_sizes_reaches_is_called_undecided() -> None:
    """Two equal arms: no number of teams finds a difference."""
    same = Scenario("core-12").model_copy(update={"name": "same"})
    trial = Trial.of(small(control=same).run(), Arms(6, 4), (6,), trials=2)
    assert trial.difference is not None and trial.difference.equal
    assert trial.to_dict()["teams_for_power"] == {"0.8": None, "0.9": None}
    assert sum("teams for a power of" in sentence for sentence in trial.undecided()) == 2


def test_a_trial_larger_than_its_teams_or_of_other_teams_is_refused(trial: Trial) -> None:
    with pytest.raises(InputError, match="A trial of 12 teams: the result has 10"):
        Trial.of(trial.result, Arms(6, 4), (12,))
    six = Experiment([Scenario("core-12")], draws=prior(1), replicates=1, months=1.0, teams=(3,)).run()
    with pytest.raises(InputError, match="not of a trial"):
        Trial.of(six, Arms(2, 2))


# -- kept, and the same again --------------------------------------------------------------------------------


def test_results_do_not_depend_on_workers_or_interruption(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small().run(workers=1, out=tmp_path / "one")
    blocks = iter(range(100))
    run_block = Experiment.run_block

    def interrupted(experiment: Experiment, block: Any) -> Any:
        if next(blocks) == 3:
            raise KeyboardInterrupt
        return run_block(experiment, block)

    with monkeypatch.context() as patched:
        patched.setattr(Experiment, "run_block", interrupted)
        small().run(workers=1, out=tmp_path / "two")
    small().run(workers=2, out=tmp_path / "two")
    assert promised(tmp_path / "one") == promised(tmp_path / "two")
    read = [Trial.of(read_result(tmp_path / name), Arms(6, 4), (6,), trials=2) for name in ("one", "two")]
    figures = [trial.to_dict() for trial in read]
    for each in figures:
        each.pop("provenance")
    assert figures[0] == figures[1]


def test_a_team_that_shares_its_facilitator_replays_to_the_same_numbers(tmp_path: Path) -> None:
    experiment = small(draws=prior(2, seed=3), replicates=1, months=4.0)
    experiment.run(out=tmp_path / "one")
    number = experiment.draws.numbers[1]
    assert replayed(tmp_path / "one", "core-12", "trial team 5", number, 0).equal


@pytest.mark.slow
@pytest.mark.parametrize("arm", ["treated", "control"])
def test_a_trial_of_two_equal_programmes_finds_something_as_often_as_its_level_says(arm: str) -> None:
    """Teams that live the same programme in either arm: with facilitators as units any finding is chance.

    1,440 trials: the standard error of 5% is 0.6 points. With teams as units its facilitators make for more.
    """
    pool = pool_of(small(teams=40, draws=posterior(40), replicates=6).run(workers=2))
    same = getattr(pool, arm)
    null = power(replace(pool, treated=same, control=same), Arms(15, 10), trials=6, alpha=0.05)
    assert null is not None and null.by_facilitator is not None
    assert null.by_facilitator.mean == pytest.approx(0.05, abs=0.02)
    assert null.adjusted.mean == pytest.approx(0.07 if arm == "treated" else 0.05, abs=0.025)
