"""The compiled engine holds no behaviour of its own, and walks the week in the one written order."""

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numba
import pytest

from model import engine
from model.engine import layout
from model.noise import PhiloxTape, Stream
from model.philox import block
from model.record import HOURS
from model.schedule import WEEK

HOME = Path(engine.__file__).parent
FILES = sorted(HOME.glob("*.py"))
#: Numbers that may stand in wiring; everything else is a parameter or a fact of the scale.
USUAL = {0, 1, 2, 0.5}
#: Places in the weekly row stand as numbers, in the order of ``model.record.WEEKLY``.
PLACES = set(range(23))

each_file = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def calls(node: ast.AST) -> Iterator[str]:
    for found in ast.walk(node):
        if isinstance(found, ast.Call) and isinstance(found.func, ast.Name):
            yield found.func.id


def test_the_engine_calls_the_phases_in_the_schedules_order():
    functions = {
        node.name: node for node in tree(HOME / "__init__.py").body if isinstance(node, ast.FunctionDef)
    }
    lines = sorted(
        (node.lineno, node.func.id)
        for half in ("first_half", "second_half")
        for node in ast.walk(functions[half])
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id not in {"len", "range"}
    )
    phases = [phase.name for phase in WEEK]
    assert [name for _, name in lines] == phases[:-1]
    assert phases[-1] == "bookkeeping"
    after_the_week = [name for name in calls(functions["live_all"]) if name in {"settle", "close_week"}]
    assert sorted(after_the_week) == ["close_week", "settle"]


@each_file
def test_the_engine_neither_caches_by_numbas_key_nor_bends_arithmetic(path):
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call):
            assert not {keyword.arg for keyword in node.keywords} & {"cache", "fastmath", "parallel"}
        assert not isinstance(node, ast.Pow)
        assert not (
            isinstance(node, ast.Import) and any(alias.name in {"math", "numba"} for alias in node.names)
        )


@each_file
def test_the_engine_holds_no_numbers_but_the_usual_ones(path):
    allowed = USUAL | (PLACES if path.stem in {"record", "layout"} else set())
    for function in (node for node in tree(path).body if isinstance(node, ast.FunctionDef)):
        for node in ast.walk(function):
            if isinstance(node, ast.Constant) and type(node.value) in (int, float):
                usual = node.value in allowed or (
                    node.value == 3 and "event_luck[3]" in ast.unparse(function)
                )
                assert usual, (
                    f"{path.name}, line {node.lineno}: {node.value} belongs in a rule or a parameter"
                )


def test_the_books_are_those_of_the_mesa_model():
    assert [int(book) for book in layout.Book] == list(range(len(HOURS)))


def test_the_compiled_tape_is_numpys_philox():
    @numba.njit
    def compiled(luck, stream, network, team, seat, at):
        return block(luck, stream, network, team, seat, at)

    tape = PhiloxTape(2**40 + 3, 5)
    for at in range(200):
        address = (at % 9 + 1, 3 * at, at % 7, at % 70, 13 * at)
        found = compiled(tape.luck, *address)
        assert list(found) == tape.block(Stream(address[0]), *address[1:])


@pytest.mark.slow
def test_the_engine_as_plain_python_gives_the_same_bits():
    script = Path(__file__).with_name("interpreted.py")
    done = subprocess.run(
        [sys.executable, str(script)],
        env=os.environ | {"NUMBA_DISABLE_JIT": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "15 of 15 equal"
