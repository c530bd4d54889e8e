"""The 24 mechanisms name rules that exist, parameters that exist, and passages that stand in the paper."""

import ast
import os
import tomllib
from pathlib import Path

import pytest

import model.rules
from model.declarations import LEADERSHIP, PRIORITISATION, REINFORCEMENT, WORKFLOW, WORKFORCE
from model.mechanisms import MECHANISMS, Mechanism
from model.parameters import Parameters, bounds, declared

RULES = Path(model.rules.__file__).parent
PASSAGES = tomllib.loads(Path(__file__).with_name("passages.toml").read_text())
PAPER = Path(os.environ.get("CRTSIP_PAPER", "no-paper-given"))

each = pytest.mark.parametrize("mechanism", MECHANISMS, ids=lambda mechanism: mechanism.key)


def rule_trees() -> dict[str, ast.FunctionDef]:
    return {
        node.name: node
        for path in RULES.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef)
    }


TREES = rule_trees()


def words(text: str) -> str:
    """Return text with one space between words and plain quotation marks."""
    plain = text.translate({0x2018: "'", 0x2019: "'", 0x201C: '"', 0x201D: '"'})
    return " ".join(plain.split())


def test_there_are_24_in_the_papers_five_domains() -> None:
    assert [mechanism.key for mechanism in MECHANISMS] == [f"M{k}" for k in range(1, 25)]
    five = {PRIORITISATION, LEADERSHIP, WORKFORCE, WORKFLOW, REINFORCEMENT}
    assert {mechanism.domain for mechanism in MECHANISMS} == five


@each
def test_its_rules_exist(mechanism: Mechanism) -> None:
    assert mechanism.rules
    assert set(mechanism.rules) <= set(TREES)


@each
def test_its_neutral_values_are_of_parameters_and_in_their_bounds(mechanism: Mechanism) -> None:
    assert mechanism.neutral
    for name, value in mechanism.neutral.items():
        low, high = bounds(name)
        assert low <= value <= high
        assert value != getattr(Parameters(), name) or declared()[name].prior is not None


@each
def test_a_rule_it_names_reads_a_parameter_of_its_neutral_form(mechanism: Mechanism) -> None:
    read = {
        node.attr
        for name in mechanism.rules
        for node in ast.walk(TREES[name])
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "p"
    }
    assert read & set(mechanism.neutral)


@each
def test_its_passage_stands_in_the_kept_extract(mechanism: Mechanism) -> None:
    assert words(mechanism.passage) in words(PASSAGES[mechanism.key])


@pytest.mark.skipif(not PAPER.is_file(), reason="needs the paper's text: set CRTSIP_PAPER to its path")
def test_the_extracts_are_verbatim_in_the_paper() -> None:
    paper = words(PAPER.read_text(encoding="utf-8"))
    assert [key for key, extract in PASSAGES.items() if words(extract) not in paper] == []


def test_every_mechanism_has_a_declared_number() -> None:
    assert {mechanism.key for mechanism in MECHANISMS} <= {
        declared()[name].mechanism for name in Parameters._fields
    } | {mechanism.key for mechanism in MECHANISMS if set(mechanism.neutral) & set(Parameters._fields)}
