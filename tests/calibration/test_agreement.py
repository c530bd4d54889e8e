"""Two calibrations' headline means side by side, in combined Monte Carlo errors."""

import pytest

from calibration.inference.agreement import against, in_words
from calibration.shipped import diagnostics


def told(mean: float, error: float, **others: tuple[float, float]) -> dict:
    """Return diagnostics of one answer before the data, and of more after them."""
    before_and_after = {"prior": (mean, error)} | others
    answer = {when: {"mean": m, "error": e} for when, (m, e) in before_and_after.items()}
    return {"headline": {"answers": {"an answer": answer}}}


def test_the_largest_difference_is_told_in_combined_errors() -> None:
    row = against(told(1.0, 0.3, late=(5.0, 0.3)), told(1.5, 0.4, late=(5.0, 0.4), other=(9.0, 0.1)))
    assert row == {
        "answers": 2,
        "largest": "an answer",
        "when": "prior",
        "difference": -0.5,
        "errors": 1.0,
        "within": True,
    }
    assert "agree with the shipped draws'" in in_words(row)


def test_a_difference_beyond_three_errors_is_no_agreement() -> None:
    row = against(told(1.0, 0.3), told(2.6, 0.4))
    assert row["errors"] == pytest.approx(3.2) and not row["within"]
    assert "DO NOT agree" in in_words(row)


def test_without_an_error_any_difference_is_too_large() -> None:
    assert against(told(1.0, 0.0), told(1.0, 0.0))["within"]
    assert not against(told(1.0, 0.0), told(1.001, 0.0))["within"]


def test_of_nothing_in_common_nothing_agrees() -> None:
    row = against(told(1.0, 0.1), {"headline": {"answers": {}}})
    assert not row["within"]
    assert "none of these" in in_words(row)


def test_the_shipped_calibration_agrees_with_itself() -> None:
    row = against(diagnostics(), diagnostics())
    assert row["errors"] == 0.0 and row["within"] and row["answers"] >= 24
