"""The behaviour fingerprint: it changes with what the model does; the shipped draws bear today's."""

import math
import tomllib
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import pytest

from calibration import fingerprint as prints
from calibration.fingerprint import (
    WORDS,
    Fingerprint,
    canonical,
    cheap_basis,
    differences,
    fingerprint,
    hash_of,
    without_words,
)
from calibration.probes import PROBES, SEEDS, WATCHED, Probe, Values, behaviour, lucky
from calibration.shipped import changes_since, remedy
from model.mechanisms import MECHANISMS, Mechanism, switched_off
from model.outcomes import OUTCOME_NAMES
from model.parameters import Parameters, declared, uncertain
from model.programme.components import Component
from model.programme.programme import Programme

COMPONENTS = tuple(name for name in Programme.model_fields if name not in ("months", "delivery"))


@pytest.fixture(scope="module")
def today() -> Fingerprint:
    return fingerprint({"probe": 1})


@pytest.fixture(scope="module")
def values() -> Values:
    return behaviour()


@pytest.fixture(scope="module")
def with_luck() -> str:
    return hash_of(lucky())


def dropped(probe: Probe, component: str) -> Probe:
    return probe._replace(programme=probe.programme.model_copy(update={component: None}))


# -- what ships ----------------------------------------------------------------------------------------------


def test_the_shipped_draws_rest_on_todays_behaviour() -> None:
    found = changes_since()
    assert found == [], f"The shipped draws no longer hold; make them again: {remedy()}\n" + "\n".join(found)


# -- the probes cover the model ------------------------------------------------------------------------------


@pytest.mark.parametrize("mechanism", MECHANISMS, ids=lambda mechanism: mechanism.key)
def test_switching_off_a_mechanism_changes_the_behaviour(mechanism: Mechanism, today: Fingerprint) -> None:
    off = behaviour(p=switched_off(Parameters(), [mechanism.key]))
    assert hash_of({"outcomes": WATCHED, **off}) != today.behaviour


@pytest.mark.parametrize("component", COMPONENTS)
def test_dropping_a_component_changes_the_behaviour(component: str, today: Fingerprint) -> None:
    assert any(isinstance(getattr(probe.programme, component), Component) for probe in PROBES)
    without = behaviour([dropped(probe, component) for probe in PROBES])
    assert hash_of({"outcomes": WATCHED, **without}) != today.behaviour


@pytest.mark.parametrize("name", uncertain())
def test_moving_an_uncertain_parameter_changes_the_behaviour(name: str, with_luck: str) -> None:
    prior, value = declared()[name].prior, getattr(Parameters(), name)
    assert prior is not None
    moved = prior.high if prior.high - value > value - prior.low else prior.low
    assert hash_of(lucky(p=Parameters()._replace(**{name: moved}))) != with_luck


def test_every_placement_and_both_ways_of_delivery_are_probed() -> None:
    programmes = [probe.programme for probe in PROBES]
    placements = {p.facilitation.placement for p in programmes if p.facilitation is not None}
    assert placements == {"drawn", "embedded", "internal", "external", "blended"}
    assert {p.delivery for p in programmes} == {"by-rules", "recorded"}


def test_probes_run_without_luck_and_with_eight_seeds(values: Values) -> None:
    lucks = {run.split(", ")[1] for run in values}
    assert lucks == {"still", *(f"seed {seed}" for seed in SEEDS)} and len(SEEDS) == 8
    assert set(WATCHED) <= set(OUTCOME_NAMES)
    for k, name in enumerate(WATCHED):
        seen = {run[k] for run in values.values() if not math.isnan(run[k])}
        assert len(seen) > 1, f"{name} is the same in all probes"


# -- what it is made of --------------------------------------------------------------------------------------


def test_the_fingerprint_is_the_same_twice(today: Fingerprint) -> None:
    assert fingerprint({"probe": 1}) == today


def test_settings_change_their_own_part_alone(today: Fingerprint) -> None:
    other = fingerprint({"probe": 2}).hashes()
    assert {part for part, name in today.hashes().items() if other[part] != name} == {"settings"}


def test_every_parameter_is_part_of_it_with_default_and_prior() -> None:
    basis = cheap_basis()["parameters"]
    assert list(basis) == list(declared())
    assert basis["absence"] == [0.15, "uniform", 0.1, 0.22]
    assert basis["absence_limit"] == [0.9]


def test_a_changed_default_or_prior_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    then = cheap_basis()
    changed = {**prints._parameters(), "absence": [0.15, "uniform", 0.1, 0.3], "absence_limit": [0.8]}
    del changed["care_cost"]
    monkeypatch.setattr(prints, "_parameters", lambda: changed | {"late": [0.0]})
    now = cheap_basis()
    assert hash_of(then["parameters"]) != hash_of(now["parameters"])
    assert hash_of(then["teams"]) == hash_of(now["teams"])
    assert differences(then, now) == [
        "parameter absence: 0.15 uniform(0.1, 0.22) then, 0.15 uniform(0.1, 0.3) now",
        "parameter absence_limit: 0.9 then, 0.8 now",
        "parameter care_cost is gone",
        "1 more differences of parameters",
    ]


def tables() -> Iterator[tuple[str, dict[str, Any]]]:
    for name in ("six_teams.toml", "coding_key.toml"):
        yield name, tomllib.loads(files("calibration").joinpath("data", name).read_text(encoding="utf-8"))


def leaves(content: object) -> Iterator[object]:
    if isinstance(content, dict | list):
        for entry in content.values() if isinstance(content, dict) else content:
            yield from leaves(entry)
    else:
        yield content


def left_out(content: object) -> Iterator[object]:
    """Yield what stands under a key that is left out."""
    if isinstance(content, dict):
        for key, entry in content.items():
            yield from leaves(entry) if key in WORDS else left_out(entry)
    elif isinstance(content, list):
        for entry in content:
            yield from left_out(entry)


def test_only_words_are_left_out_of_the_teams_data() -> None:
    for name, table in tables():
        words = list(left_out(table))
        assert len(words) > 20 and all(isinstance(word, str) for word in words), name


def test_a_reworded_note_changes_nothing_and_a_number_does() -> None:
    (_, teams), _ = tables()
    before = hash_of(without_words(teams))
    teams["team"][2]["manager_stance"]["phrase"] = "other words"
    assert hash_of(without_words(teams)) == before
    teams["team"][2]["baseline_total"] += 1
    assert hash_of(without_words(teams)) != before


def test_each_team_has_a_part_of_its_own() -> None:
    then = cheap_basis()
    assert {f"six_teams.toml: team {k}" for k in range(1, 7)} < set(then["teams"])
    now = {**then, "teams": {**then["teams"], "six_teams.toml: team 3": "0"}}
    assert differences(then, now) == ["the teams' data differ: six_teams.toml: team 3"]


# -- digits --------------------------------------------------------------------------------------------------


def test_numbers_have_nine_significant_digits() -> None:
    assert canonical([1.23456789049, 123456789.4, 3.0, -0.0, 1e-14, math.nan, True, "a", None]) == [
        1.23456789,
        123456789,
        3,
        0,
        0,
        None,
        True,
        "a",
        None,
    ]
    assert hash_of({"x": 1.5, "y": 2}) == hash_of({"y": 2.0, "x": 1.5 + 1e-13})
    assert hash_of(1.5) != hash_of(1.5 + 1e-7)


def test_what_is_kept_is_as_it_was_after_it_has_been_read_again(today: Fingerprint) -> None:
    for part, entries in today.basis.items():
        assert canonical(entries) == entries
        assert hash_of(entries) == today.hashes()[part]


def test_another_machines_rounding_is_no_change(today: Fingerprint) -> None:
    runs = today.basis["behaviour"]
    nudged = {run: [_nudged(value) for value in row] for run, row in runs.items() if run != "outcomes"}
    now = {**today.basis, "behaviour": {"outcomes": runs["outcomes"], **nudged}}
    assert hash_of(now["behaviour"]) != today.behaviour
    assert differences(today.basis, now) == []


def _nudged(value: float | None) -> float | None:
    """Return a value a step of the ninth digit further on; nought and none as they are."""
    return value + 10.0 ** (math.floor(math.log10(abs(value))) - 8) if value else value


def test_a_change_of_behaviour_is_told_by_probe_and_outcome(today: Fingerprint) -> None:
    run, outcome = "core-12, seed 3, busy", "latent_gain_12m"
    row = list(today.basis["behaviour"][run])
    was = row[WATCHED.index(outcome)]
    row[WATCHED.index(outcome)] = was + 0.1
    now = {**today.basis, "behaviour": {**today.basis["behaviour"], run: row}}
    assert differences(today.basis, now) == [
        f"the model behaves otherwise: probe {run}, {outcome} {was:.9g} then, {was + 0.1:.9g} now"
    ]


def test_a_setting_that_differs_is_told(today: Fingerprint) -> None:
    now = {"settings": {"probe": 2, "late": "yes"}}
    assert differences(today.basis, now) == [
        "setting late: none then, yes now",
        "setting probe: 1 then, 2 now",
    ]
