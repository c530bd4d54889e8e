"""The part of the validation page on what each set of weights is worth."""

from collections.abc import Mapping
from typing import Any

from calibration.inference.markdown import table


def weights(found: Mapping[str, Any]) -> str:
    """Return effective draws and k-hat with each team left out, and at each strength of selection."""
    left = [
        [f"without team {row['team']}", f"{row['effective']:,}", f"{row['k_hat']:.2f}"]
        for row in found["predictions"]["weights"]
    ]
    headline = found["headline"]
    strengths = [
        [f"all six, selection {key}", f"{effective:,.0f}", f"{headline['k_hat'][key]:.2f}"]
        for key, effective in headline["effective"].items()
    ]
    return (
        "With each team left out in turn, and with all six at each strength of selection (k-hat below 0.7 is good):\n\n"
        + table(["weights", "effective draws", "k-hat"], left + strengths)
    )
