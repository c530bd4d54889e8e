"""The points of a sweep: what is varied is read as it was meant, or refused with what is wrong."""

from pathlib import Path

import pytest

from experiments import Scenario
from experiments.errors import InputError
from experiments.sweep import factorial, factors, latin_hypercube, table

CORE = Scenario("core-12")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("turnover", "write NAME=V1,V2,... or NAME=LOW:HIGH"),
        ("turnover=", "write NAME=V1,V2"),
        ("turnover=1,,2", "write NAME=V1,V2"),
        (
            "turnovr=1,2",
            "--vary turnovr: there is no such lever, context or parameter. Did you mean 'turnover'?",
        ),
        ("turnover=1,2,1", "1 stands twice"),
        ("turnover=2:1", "a range goes from a lower to a higher number"),
        ("every_months=1,2", "--vary every_months: could be"),
    ],
)
def test_what_cannot_be_varied_is_refused_with_what_to_write(given: str, said: str) -> None:
    with pytest.raises(InputError) as error:
        factors([given])
    assert said in str(error.value)


def test_a_thing_varied_twice_under_two_names_is_refused() -> None:
    with pytest.raises(InputError, match=r"context\.turnover is varied twice"):
        factors(["turnover=1,2", "context.turnover=3"])


def test_a_factorial_has_every_combination_once() -> None:
    points = factorial(factors(["turnover=1,2", "facilitation.placement=internal,external,embedded"]))
    assert len(points) == 6 == len({tuple(point.items()) for point in points})
    assert points[0] == {"turnover": "1", "facilitation.placement": "internal"}
    assert points[1] == {"turnover": "1", "facilitation.placement": "external"}


def test_a_value_may_be_a_list() -> None:
    (factor,) = factors(["learning_events.months_of_year=[3],[3,9]"])
    assert factor.values == ("[3]", "[3,9]")


def test_a_factorial_of_a_range_is_refused() -> None:
    with pytest.raises(InputError, match="a range needs --design lhs and --points N"):
        factorial(factors(["turnover=1:2"]))


def test_a_latin_hypercube_has_a_point_in_every_strip_of_every_range() -> None:
    varied = factors(["turnover=1:3", "busyness=0.5:1.5"])
    points = latin_hypercube(varied, 20, seed=4)
    for name, low, high in (("turnover", 1.0, 3.0), ("busyness", 0.5, 1.5)):
        through = sorted((float(point[name]) - low) / (high - low) * 20.0 for point in points)
        assert all(k - 0.01 <= place <= k + 1.01 for k, place in enumerate(through)), "but for rounding"
    assert points == latin_hypercube(varied, 20, seed=4) != latin_hypercube(varied, 20, seed=5)


def test_whole_numbers_stay_whole_and_lists_are_drawn_from() -> None:
    points = latin_hypercube(factors(["posts=10:12", "facilitation.placement=internal,external"]), 12, seed=1)
    assert sorted(point["posts"] for point in points) == ["10"] * 4 + ["11"] * 4 + ["12"] * 4
    assert sorted(point["facilitation.placement"] for point in points) == ["external"] * 6 + ["internal"] * 6
    assert all(CORE.with_set(point).context.posts == int(point["posts"]) for point in points)


# -- a table -------------------------------------------------------------------------------------------------


def written(folder: Path, text: str) -> Path:
    path = folder / "points.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_table_gives_a_point_a_row_and_leaves_alone_what_is_empty(tmp_path: Path) -> None:
    path = written(tmp_path, "\ufeffturnover, facilitation.placement\n2,external\n\n,internal\n")
    assert table(path, CORE) == [
        {"turnover": "2", "facilitation.placement": "external"},
        {"facilitation.placement": "internal"},
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "turnover,busynes\n1,1\n",
            "line 1, column 'busynes': there is no such lever, context or parameter. Did",
        ),
        (
            "turnover,busyness\n1,1\n1,9.5\n",
            "line 3, column 'busyness': context.busyness = 9.5: should be less",
        ),
        ("turnover,spill_over\n1,1e9\n", "line 2, column 'spill_over': Parameter spill_over = 1e+09"),
        (
            "facilitation.placement\nouter\n",
            "line 2, column 'facilitation.placement': programme.facilitation",
        ),
        ("turnover,busyness\n1\n", "line 2: 1 cells for 2 columns"),
        ("turnover\n1\n2\n1\n", "line 4: the same point as line 2"),
        ("turnover\n", "give a line with names and a line for each point"),
    ],
)
def test_a_wrong_row_is_told_with_file_line_column_and_value(tmp_path: Path, text: str, said: str) -> None:
    path = written(tmp_path, text)
    with pytest.raises(InputError) as error:
        table(path, CORE)
    assert str(path) in str(error.value)
    assert said in str(error.value)


def test_a_table_that_is_not_there_or_no_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read as CSV"):
        table(tmp_path / "none.csv", CORE)
    (tmp_path / "bytes.csv").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match="cannot be read as CSV"):
        table(tmp_path / "bytes.csv", CORE)
