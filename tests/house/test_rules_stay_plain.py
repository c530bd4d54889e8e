"""House rules of ``model.rules``, read from the syntax trees: what makes one rule book bear two readers."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import model.rules

RULES = Path(model.rules.__file__).parent
FILES = sorted(path for path in RULES.glob("*.py") if path.name != "__init__.py")
PLAIN = [path for path in FILES if path.name != "arithmetic.py"]
OF_MATHEMATICS = {"exp", "log", "sqrt", "floor"}  # the same bits in Python and numba, so far as we use them

#: Numbers that may stand in a rule; every other number is a parameter, or a fact of the scale (``model.fidelity``).
USUAL = {0, 1, 2, 0.5}

by_name = pytest.mark.parametrize("path", PLAIN, ids=lambda path: path.stem)
by_any_name = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)


def nodes(path: Path) -> Iterator[ast.AST]:
    return ast.walk(ast.parse(path.read_text()))


def functions(path: Path) -> list[ast.FunctionDef]:
    return [node for node in nodes(path) if isinstance(node, ast.FunctionDef)]


@by_name
def test_only_arithmetic_calls_mathematics(path: Path) -> None:
    names = {alias.name for node in nodes(path) if isinstance(node, ast.Import) for alias in node.names}
    assert not names, f"rules import with 'from ... import ...' only, not {names}"


def test_arithmetic_calls_only_what_is_the_same_compiled() -> None:
    called = {
        node.attr
        for node in nodes(RULES / "arithmetic.py")
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "math"
    }
    assert called <= OF_MATHEMATICS


@by_any_name
def test_rules_import_only_parameters_declarations_the_scale_and_rules(path: Path) -> None:
    allowed = ("model.compiling", "model.parameters", "model.declarations", "model.fidelity", "model.rules")
    own = {"math", "model.exponential"} if path.name == "arithmetic.py" else set()
    for node in nodes(path):
        if isinstance(node, ast.ImportFrom):
            assert node.module in own or (node.module or "").startswith(allowed), node.module
        elif isinstance(node, ast.Import):
            assert {alias.name for alias in node.names} <= own


@by_name
def test_rules_take_constants_only_from_the_scale(path: Path) -> None:
    for node in nodes(path):
        if isinstance(node, ast.ImportFrom) and node.module == "model.fidelity":
            assert all(alias.name.isupper() for alias in node.names)


@by_any_name
def test_rules_raise_nothing_to_a_power_and_sum_nothing(path: Path) -> None:
    for node in nodes(path):
        assert not isinstance(node, ast.Pow), f"{path.name}: a power differs between Python and numba"
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id not in {"sum", "pow", "round", "divmod", "sorted", "print"}
        assert not isinstance(
            node, ast.Try | ast.Raise | ast.Assert | ast.Global | ast.Lambda | ast.FloorDiv | ast.Mod
        )


@by_name
def test_rules_hold_no_numbers_but_the_usual_ones(path: Path) -> None:
    for function in functions(path):
        for node in ast.walk(function):
            if isinstance(node, ast.Constant) and type(node.value) in (int, float):
                assert node.value in USUAL, (
                    f"{path.name}, line {node.lineno}: {node.value} should be a declared parameter"
                )


@by_name
def test_a_number_outside_the_functions_of_the_rules_has_a_name_in_capitals(path: Path) -> None:
    for statement in ast.parse(path.read_text()).body:
        if isinstance(statement, ast.Assign | ast.AnnAssign):
            targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
            names = [node.id for target in targets for node in ast.walk(target) if isinstance(node, ast.Name)]
            assert names
            assert all(name.isupper() for name in names), names


@by_name
def test_rules_divide_by_literals_only(path: Path) -> None:
    for node in nodes(path):
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div):
            constant = isinstance(node.right, ast.Name) and node.right.id.isupper()
            assert constant or isinstance(node.right, ast.Constant), (
                f"{path.name}, line {node.lineno}: use ratio()"
            )
            assert constant or node.right.value != 0


@by_any_name
def test_every_function_of_the_rules_is_marked_as_a_rule(path: Path) -> None:
    for function in functions(path):
        marks = {mark.id for mark in function.decorator_list if isinstance(mark, ast.Name)}
        assert marks == {"rule"} or function.name == "rule", function.name


@by_any_name
def test_rules_keep_no_state_and_take_no_objects(path: Path) -> None:
    for function in functions(path):
        if function.name == "rule":
            continue
        for argument in function.args.args:
            assert isinstance(argument.annotation, ast.Name)
            assert argument.annotation.id in {"float", "int", "bool", "Parameters"}, (
                function.name,
                argument.arg,
            )
        assert isinstance(function.returns, ast.Name)
        assert function.returns.id in {"float", "int", "bool"}
        assert not function.args.defaults
        assert not function.args.kwonlyargs
