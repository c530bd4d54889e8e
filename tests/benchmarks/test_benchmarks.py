"""The benchmarks run and count rightly. How fast anything is, no test says."""

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

A_RULE = """
import math

def rule(share, dose, people):
    places = people * 2 + 1
    total = [0.0]
    for k in range(places):
        total[k - k] += share * dose
    share -= total[0] / places
    return 1.0 - (1.0 - share) * math.exp(-dose)
"""

COUNT = """
import sys
from benchmarks.counting import TALLY, counted, rewritten
source = sys.stdin.read()
plain, counting = {}, {"counted": counted}
exec(source, plain)
exec(rewritten(source), counting)
assert plain["rule"](0.3, 0.1, 2) == counting["rule"](0.3, 0.1, 2)
print(*(f"{name}={count}" for name, count in TALLY.items()))
"""


def python(*words: str, text: str | None = None) -> str:
    """Run Python at the root, where the benchmarks are, and return what it prints."""
    done = subprocess.run(
        [sys.executable, *words], cwd=ROOT, input=text, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_arithmetic_is_counted_as_by_hand_and_whole_numbers_are_not() -> None:
    found = Counter(
        {name: int(count) for name, count in (pair.split("=") for pair in python("-c", COUNT, text=A_RULE).split())}
    )  # fmt: skip
    # five times share * dose added up; one division and subtraction; then 1 - (1 - share) * exp(-dose)
    assert found == {"mul": 5 + 1, "add": 5, "truediv": 1, "sub": 1 + 2, "exp": 1}


@pytest.mark.slow
def test_a_week_of_a_team_draws_a_block_for_each_seat_and_few_others() -> None:
    script = "from benchmarks.counts import counts; start, week = counts(1); print(start.blocks, week.blocks)"
    start, week = map(float, python("-c", script).split())
    assert 39 + 21 < start + week < 39 + 2 * 21 + 10
    assert 21 + 1 < week < 21 + 10


@pytest.mark.slow
def test_the_benchmarks_run() -> None:
    printed = python("-m", "benchmarks.bench", "--quick", "--table")
    titles = [line for line in printed.splitlines() if line.startswith("### ")]
    assert len(titles) >= 8
    assert "nan" not in printed
