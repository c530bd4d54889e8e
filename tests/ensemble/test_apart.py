"""What is compiled apart gives the same, wherever it is compiled: in another process, or here where that one fails."""

import importlib
import os
import shutil
import sys
from collections.abc import Callable
from types import ModuleType

import numpy as np
import pytest

from model import apart, compiling

SOURCE = """
import numpy as np

from model.apart import apart
from model.compiling import kernel

ONE = np.dtype([("value", np.float64)])

@kernel
def twice(add, to, one, by):
    for _ in range(2):
        add(to, one[0], by)

@apart([[np.float64]], ONE, np.int64)
def add(to, one, by):
    for k in range(len(to)):
        for column in range(to.shape[1]):
            to[k, column] += one["value"] * by
"""

pytestmark = pytest.mark.skipif(compiling.INTERPRETED, reason="nothing is compiled")


@pytest.fixture
def module(tmp_path, monkeypatch) -> Callable[..., ModuleType]:
    """Import a module with a kernel and a function apart, kept in a directory of the test's own."""
    (tmp_path / "halves.py").write_text(SOURCE, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setenv("CRTSIP_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setattr(os, "cpu_count", lambda: 2)

    def imported() -> ModuleType:
        sys.modules.pop("halves", None)
        compiling.cache_folder.cache_clear()
        return importlib.import_module("halves")

    yield imported
    sys.modules.pop("halves", None)
    compiling.cache_folder.cache_clear()


def done(halves: ModuleType) -> np.ndarray:
    """Run the kernel as ``live_compiled`` runs the engine."""
    to = np.zeros((2, 3))
    halves.add.compile_elsewhere()
    halves.twice(halves.add, to, np.ones(1, halves.ONE), 4)
    return to


def test_another_process_compiles_it_and_this_one_loads_it(module):
    halves = module()
    assert (done(halves) == 8.0).all()
    assert halves.add.elsewhere.returncode == 0
    assert halves.add.compiled.cache_hits == 1
    assert (done(halves) == 8.0).all()


@pytest.mark.parametrize("python", ["false", "there is no such program"])
def test_where_the_other_process_fails_it_is_compiled_here(module, monkeypatch, python):
    monkeypatch.setattr(sys, "executable", shutil.which(python) or python)
    halves = module()
    assert (done(halves) == 8.0).all()
    assert halves.add.compiled.cache_hits == 0


def test_a_process_that_is_killed_costs_time_alone(module):
    halves = module()
    halves.add.compile_elsewhere()
    halves.add.elsewhere.kill()
    assert (done(halves) == 8.0).all()
    assert halves.add.compiled.cache_hits == 0


def test_there_is_one_other_process_at_most_and_none_once_it_is_compiled(module):
    halves = module()
    halves.add.compile_elsewhere()
    first = halves.add.elsewhere
    halves.add.compile_elsewhere()
    assert halves.add.elsewhere is first
    again = module()
    assert again.add.compiled.cache_hits in {0, 1}
    again.add.compile_elsewhere()
    assert again.add.elsewhere is None
    first.wait()


def test_no_process_is_begun_where_it_could_not_leave_what_it_compiles(module, tmp_path, monkeypatch):
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    monkeypatch.setenv("CRTSIP_CACHE_DIR", str(tmp_path / "file"))
    halves = module()
    assert (done(halves) == 8.0).all()
    assert halves.add.elsewhere is None


def test_no_process_is_begun_on_one_processor(module, monkeypatch):
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    halves = module()
    assert (done(halves) == 8.0).all()
    assert halves.add.elsewhere is None


def test_no_process_is_begun_where_the_engine_is_kept(module, monkeypatch):
    monkeypatch.setattr(apart, "is_kept", lambda: True)
    halves = module()
    assert (done(halves) == 8.0).all()
    assert halves.add.elsewhere is None


def test_called_by_python_it_is_plain_python(module):
    halves = module()
    to = np.zeros((1, 1))
    halves.add(to, np.ones(1, halves.ONE)[0], 3)
    assert to == 3.0
    assert "compiled" not in vars(halves.add)
