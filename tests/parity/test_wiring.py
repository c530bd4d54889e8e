"""The compiled engine holds no behaviour of its own, and walks the week in the one written order."""

import ast
import re
from pathlib import Path

from model import engine
from model.noise import PhiloxTape, Stream
from model.philox import block
from model.schedule import WEEK

SOURCE = Path(engine.__file__).read_text(encoding="utf-8")


def test_the_engines_phase_marks_are_the_schedules_phases():
    assert re.findall(r"# phase: (\w+)", SOURCE) == [phase.name for phase in WEEK]


def test_the_engine_neither_caches_by_numbas_key_nor_bends_arithmetic():
    for call in (node for node in ast.walk(ast.parse(SOURCE)) if isinstance(node, ast.Call)):
        assert not {keyword.arg for keyword in call.keywords} & {"cache", "fastmath", "parallel"}


def test_the_compiled_tape_is_numpys_philox():
    tape = PhiloxTape(2**40 + 3, 5)
    for at in range(200):
        address = (at % 9 + 1, 3 * at, at % 7, at % 70, 13 * at)
        found = block(tape.luck, *address)
        assert list(found) == tape.block(Stream(address[0]), *address[1:])
