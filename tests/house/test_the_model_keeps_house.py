"""House rules of the whole model: imports point one way, chance has one home, public things say what they are."""

import ast
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

import model

MODEL = Path(model.__file__).parent
FILES = sorted(MODEL.rglob("*.py"))
#: What a file may not know of: the layers above it.
LOWER_LAYERS = {
    "declarations.py": {"model.parameters", "model.rules", "model.crisis_teams", "mesa"},
    "parameters.py": {"model.rules", "model.crisis_teams", "model.programme", "mesa"},
    "noise.py": {"model.rules", "model.crisis_teams", "model.programme", "mesa"},
    "sites.py": {"model.crisis_teams", "model.programme", "mesa"},
    "service.py": {"model.crisis_teams", "model.team", "mesa"},
    "baseline.py": {"model.crisis_teams", "model.team", "mesa"},
    "delivery.py": {"model.crisis_teams", "model.team", "mesa"},
}

#: Who calls the rules, in Mesa. What they add of their own is an order, not a number.
READERS = ("agents.py", "baseline.py", "delivery.py", "events.py", "service.py", "staffing.py", "team.py")

each_file = pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(MODEL)))


def modules_of(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


@each_file
def test_the_model_knows_nothing_of_calibration_and_experiments(path: Path) -> None:
    for name in modules_of(ast.parse(path.read_text())):
        assert name.partition(".")[0] not in {"calibration", "experiments"}


@pytest.mark.parametrize("name", LOWER_LAYERS)
def test_lower_layers_know_nothing_of_higher_ones(name: str) -> None:
    known = set(modules_of(ast.parse((MODEL / name).read_text())))
    assert not {
        module for module in known for above in LOWER_LAYERS[name] if f"{module}.".startswith(f"{above}.")
    }


@pytest.mark.parametrize("name", READERS)
def test_readers_of_the_rules_hold_no_numbers_but_the_usual_ones(name: str) -> None:
    """Places in a block of luck are no behaviour."""
    for function in ast.walk(ast.parse((MODEL / name).read_text())):
        if isinstance(function, ast.FunctionDef):
            places = {id(node.slice) for node in ast.walk(function) if isinstance(node, ast.Subscript)}
            for node in ast.walk(function):
                if isinstance(node, ast.Constant) and type(node.value) in (int, float):
                    usual = node.value in {0, 1, 2, 0.5} or id(node) in places
                    assert usual, f"{name}, line {node.lineno}: {node.value} belongs to a rule or a parameter"


@each_file
def test_nothing_is_caught_unseen_and_nothing_is_global(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text())):
        assert not isinstance(node, ast.Global)
        assert not (isinstance(node, ast.ExceptHandler) and node.type is None)


@each_file
def test_every_public_class_and_function_says_what_it_is(path: Path) -> None:
    tree = ast.parse(path.read_text())
    if path.read_text().strip():
        assert ast.get_docstring(tree), "a module begins with a docstring"
    phases = _phases()
    for node in _public(tree):
        if path.name == "crisis_teams.py" and node.name in phases:
            continue  # "See ``model.schedule``, as for each phase below."
        assert ast.get_docstring(node), f"{path.name}: {node.name} has no docstring"


def _phases() -> set[str]:
    from model.schedule import WEEK

    return {phase.name for phase in WEEK}


def _public(tree: ast.Module) -> Iterator[ast.ClassDef | ast.FunctionDef]:
    for node in tree.body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                for inner in node.body:
                    if isinstance(inner, ast.FunctionDef) and not inner.name.startswith("_"):
                        yield inner


def test_numbas_vector_mathematics_is_off() -> None:
    """SVML rounds otherwise than Python; off before numba is first imported."""
    from numba.core import config

    import model.rules.arithmetic  # noqa: F401

    assert os.environ.get("NUMBA_DISABLE_INTEL_SVML") == "1"
    assert not config.USING_SVML


@each_file
def test_nothing_compiled_trades_bits_for_speed(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.keyword) and node.arg == "fastmath":
            pytest.fail(f"{path.name} uses fastmath: it changes the last bits of a tenth of all results")


@each_file
def test_the_model_avoids_what_mesa_4_takes_away(path: Path) -> None:
    gone = {"steps", "run_for", "schedule_event", "to_list", "shuffle_do", "space", "batch_run"}
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            assert not (node.value.id in {"self", "model", "mesa"} and node.attr in gone), node.attr
