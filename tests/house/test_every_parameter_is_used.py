"""Every declared number does something, and is declared as it should be."""

import ast
from math import isfinite
from pathlib import Path

import pytest

import model
from model.parameters import Parameters, bounds, declared, with_values

MODEL = Path(model.__file__).parent
KEYS = {f"M{k}" for k in range(1, 25)}


def read_of_parameters(path: Path) -> set[str]:
    """Return what a file reads of ``p``, ``model.p`` or ``self.p``."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Attribute):
            owner = node.value
            if (isinstance(owner, ast.Name) and owner.id in {"p", "parameters"}) or (
                isinstance(owner, ast.Attribute) and owner.attr == "p"
            ):
                found.add(node.attr)
    return found


READ = set().union(*(read_of_parameters(path) for path in MODEL.rglob("*.py")))


@pytest.mark.parametrize("name", Parameters._fields)
def test_a_parameter_is_read_by_a_rule_or_a_reader(name: str) -> None:
    assert name in READ


def test_nothing_undeclared_is_read() -> None:
    methods = {"_replace", "_asdict", "_fields", "_field_defaults", "_make"}
    assert set(Parameters._fields) | methods >= READ


@pytest.mark.parametrize("name", Parameters._fields)
def test_a_parameters_default_lies_in_its_priors_support(name: str) -> None:
    prior, value = declared()[name].prior, getattr(Parameters(), name)
    assert isfinite(value)
    if prior is not None:
        assert prior.low <= value <= prior.high
        assert prior.low < prior.high
    low, high = bounds(name)
    assert low <= value <= high


@pytest.mark.parametrize("name", Parameters._fields)
def test_a_declaration_says_what_the_number_means(name: str) -> None:
    entry = declared()[name]
    assert entry.unit
    assert entry.meaning
    assert entry.mechanism in KEYS | {""}
    if entry.status in ("measured", "literature"):
        assert entry.source, "a number from somewhere says from where"
    if entry.status == "switch":
        assert getattr(Parameters(), name) == 1.0
        assert entry.prior is None


def test_a_misspelt_name_is_told_the_right_one() -> None:
    with pytest.raises(ValueError, match="Did you mean 'care_cost'"):
        with_values(Parameters(), {"care_costs": 1.0})


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -1e9])
def test_a_value_no_rule_is_made_for_is_refused(value: float) -> None:
    with pytest.raises(ValueError, match="care_cost"):
        with_values(Parameters(), {"care_cost": value})
