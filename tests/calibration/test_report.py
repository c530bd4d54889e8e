"""What the page says, of diagnostics changed by hand."""

import json
import re

import pytest

from calibration.inference.markdown import with_minus
from calibration.inference.report import _alike, page
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


@pytest.fixture(scope="module")
def text() -> str:
    return page(json.loads(shipped("diagnostics.json")))


def test_no_number_below_zero_has_a_hyphen(text: str) -> None:
    assert "−" in text
    assert re.findall(r"(?<=[ (|+±])-\d", text) == []


def test_a_minus_takes_the_place_of_no_hyphen_in_a_word_or_a_place() -> None:
    kept = "simulation-based, k-hat, 12-month, `a-1`, pictures/p-2.svg, 9e-11, |---|---|\n- 6 teams"
    assert with_minus(kept) == kept
    assert with_minus("| -0.3 | (-1 to -.5)") == "| −0.3 | (−1 to −.5)"


def test_beside_the_headline_table_it_says_what_the_six_decided_and_what_they_leave() -> None:
    found = json.loads(shipped("diagnostics.json"))
    for row in found["left_open"].values():
        row.update(sign="open", ratio=0.5)
    found["left_open"][ANSWER].update(sign="fixed before", ratio=2.345)
    beside = page(found).split("## What six teams leave open")[0]
    assert f"- The sign is fixed before the data, by prior and structure: *{ANSWER}*." in beside
    assert f"widened the variance of: *{ANSWER}* (2.3 times)." in beside
    assert "± " in beside


def test_every_uncertain_quantity_is_shown_folded(text: str) -> None:
    (folded,) = re.findall(r"<details>.*?</details>", text, flags=re.DOTALL)
    assert all(f"| `{row['name']}` |" in folded for row in json.loads(shipped("diagnostics.json"))["learned"])


def test_weights_are_told_of_every_team_left_out_and_every_strength_of_selection(text: str) -> None:
    assert all(f"| without team {team} |" in text for team in range(1, 7))
    assert all(f"| all six, selection {strength} |" in text for strength in ("0", "0.5", "1"))


def test_a_structure_that_has_no_score_is_not_called_level() -> None:
    rows = [
        {"name": "full", "effective": 100.0, "verdict": "undecided"},
        {"name": "no spill-over", "effective": 100.0, "verdict": "undecided"},
        {"name": "manager and context only", "effective": 12.0, "verdict": "undecided"},
    ]
    assert _alike(rows).endswith("full model: no spill-over.")
    rows[2]["effective"] = 60.0
    assert "the programme adds nothing" in _alike(rows)
