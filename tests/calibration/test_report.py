"""What the page says where two methods differ."""

import json

import pytest

from calibration.inference.report import page
from calibration.shipped import shipped

ANSWER = "24 less 12 months, internal, at month 24"


def told(low: float, high: float) -> str:
    """Return the page if the independent method's interval ended elsewhere on one answer."""
    found = json.loads(shipped("diagnostics.json"))
    for row in found["methods"]:
        row.update(
            mean=0.0, low=low if row["name"] == ANSWER else 0.0, high=high if row["name"] == ANSWER else 0.0
        )
    return page(found).split("## What is predicted")[0]


@pytest.mark.parametrize(
    ("low", "high", "said"), [(0.1, -0.4, "narrower"), (-0.4, 0.1, "wider by 0.50, and counts")]
)
def test_beside_the_headline_it_says_which_interval_counts(low: float, high: float, said: str) -> None:
    text = told(low, high)
    assert f"differs on *{ANSWER}*" in text
    assert said in text


def test_where_the_methods_agree_nothing_is_said() -> None:
    assert "independent method" not in told(0.2, -0.29)
