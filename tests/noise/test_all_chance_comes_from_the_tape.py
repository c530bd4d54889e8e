"""Nothing that reaches a result draws its chance elsewhere."""

import ast
from pathlib import Path

import numpy as np
import pytest
from worlds import build, lived, only, path

import model
from model import Site

MODEL = Path(model.__file__).parent
FILES = sorted(MODEL.rglob("*.py"))
FORBIDDEN = {
    "shuffle_do",
    "shuffle",
    "rng",
    "reset_randomizer",
    "default_rng",
    "choice",
    "randint",
    "shuffle_agents",
}


def attributes(path: Path) -> set[str]:
    return {node.attr for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Attribute)}


def imported(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module or "")
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(MODEL)))
def test_no_file_of_the_model_draws_chance_but_the_tape(path: Path) -> None:
    assert not attributes(path) & FORBIDDEN
    assert not {"random", "secrets", "numpy.random"} & imported(path)
    if path.name != "noise.py":
        assert "random" not in attributes(path)


def test_a_run_does_not_touch_anybodys_generator() -> None:
    np.random.seed(1)  # noqa: NPY002
    before = np.random.get_state()[1].copy()  # noqa: NPY002
    model = build(Site(), "core-12")
    theirs = model.random.getstate(), model.rng.bit_generator.state
    model.run()
    assert (np.random.get_state()[1] == before).all()  # noqa: NPY002
    assert (model.random.getstate(), model.rng.bit_generator.state) == theirs


def test_mesas_own_seed_plays_no_part() -> None:
    model = build(Site(), "core-12")
    model.random.seed(99)
    model.rng = np.random.default_rng(99)
    assert path(only(model.run())) == path(only(lived(Site(), "core-12")))
