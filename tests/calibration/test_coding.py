"""The coding-error model: codes simulated from circumstances agree with circumstances drawn from codes."""

import numpy as np
import pytest

from calibration.coding import code_chances, simulated_code
from calibration.draws import Coded
from calibration.records import coding_key

FIELD, CIRCUMSTANCE = "manager_stance", "manager_stance"
RUNS = 4_000


def drawn(code: str, luck: np.random.Generator) -> float:
    scale = coding_key().scale[CIRCUMSTANCE]
    low, high = coding_key().field[FIELD].code[code].intervals[CIRCUMSTANCE]
    return float(Coded(low, high, scale.low, scale.high)(np.array(luck.random())))


def test_coding_drawn_circumstances_again_gives_each_code_as_often_and_the_same_circumstances() -> None:
    luck = np.random.default_rng(1)
    codes = list(code_chances(FIELD, CIRCUMSTANCE, 0.5))
    first = luck.choice(codes, size=RUNS)
    values = np.array([drawn(code, luck) for code in first])
    again = np.array([simulated_code(FIELD, CIRCUMSTANCE, value, luck) for value in values])
    for code in codes:
        expected, found = values[first == code], values[again == code]
        assert len(found) == pytest.approx(len(expected), abs=5.0 * np.sqrt(RUNS * 0.25))
        error = 5.0 * np.hypot(expected.std(), found.std()) / np.sqrt(min(len(expected), len(found)))
        assert found.mean() == pytest.approx(expected.mean(), abs=error)


def test_a_code_that_holds_the_circumstance_is_the_likelier_the_narrower_it_is() -> None:
    chances = code_chances(FIELD, CIRCUMSTANCE, 0.93)
    assert chances["very_enthusiastic"] > chances["enthusiastic"] > chances["engaged"] > 0.0
    assert sum(chances.values()) == pytest.approx(1.0)


def test_with_no_miscoding_only_codes_that_hold_the_circumstance_are_given(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    exact = coding_key().model_copy(update={"miscoded": 0.0})
    monkeypatch.setattr("calibration.draws.coding_key", lambda: exact)
    held = {code for code, chance in code_chances(FIELD, CIRCUMSTANCE, 0.93).items() if chance > 0.0}
    assert held == {"enthusiastic", "very_enthusiastic"}
