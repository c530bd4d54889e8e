"""The compiled model is kept on a machine, and never outlives the sources it was compiled from."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import model
from model import compiling

PROBE = """
from model import Network, Parameters, Site, presets
from model.engine import begin_week, live_all
from model.ensemble import ensemble

found = ensemble({"one": presets.programme("core-12")}, Network.of_one(Site(posts=5)), [Parameters()], months=4)
loaded = sum(live_all.stats.cache_hits.values()), begin_week.compiled.cache_hits
print(repr(float(found["hours_staff"].item())), *loaded, int(begin_week.elsewhere is not None))
"""
ANEW, KEPT = (
    (0, 1, 1),
    (1, 1, 0),
)  #: the kernel and its other half loaded rather than compiled; another process begun


def probed(home: Path, cache: Path) -> tuple[str, tuple[int, ...]]:
    """Run a probe with the model at ``home``; return an outcome's digits, and what was compiled where."""
    done = subprocess.run(
        [sys.executable, "-c", PROBE],
        env=os.environ | {"PYTHONPATH": str(home), "CRTSIP_CACHE_DIR": str(cache)},
        cwd=home,
        capture_output=True,
        text=True,
        check=True,
    )
    digits, *found = done.stdout.split()
    return digits, tuple(map(int, found))


@pytest.mark.slow
def test_an_edited_rule_is_compiled_anew_and_an_old_kernel_serves_again_when_the_edit_is_taken_back(tmp_path):
    home, cache = tmp_path / "home", tmp_path / "cache"
    shutil.copytree(Path(model.__file__).parent, home / "model", ignore=shutil.ignore_patterns("__pycache__"))
    first, found = probed(home, cache)
    assert found == ANEW
    rules = home / "model" / "rules" / "workforce.py"
    text, stamp = rules.read_text(encoding="utf-8"), rules.stat()
    edited = text.replace(
        "return min(p.improvement_limit, left", "return min(p.improvement_limit, 0.5 * left"
    )
    assert edited != text
    rules.write_text(edited, encoding="utf-8")
    second, found = probed(home, cache)
    assert found == ANEW
    assert second != first
    rules.write_text(text, encoding="utf-8")
    os.utime(rules, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    assert probed(home, cache) == (first, KEPT)
    assert len(list(cache.iterdir())) == 2


def test_the_hash_is_of_every_source_of_the_model(tmp_path, monkeypatch):
    home = tmp_path / "model"
    shutil.copytree(Path(model.__file__).parent, home, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(compiling, "__file__", str(home / "compiling.py"))
    assert compiling.sources_hash() == compiling.sources_hash()
    found = {compiling.sources_hash()}
    for path in sorted(home.rglob("*.py")):
        path.write_bytes(path.read_bytes() + b"\n")
        found.add(compiling.sources_hash())
    assert len(found) == 1 + len(list(home.rglob("*.py")))


def test_a_cache_that_cannot_be_written_is_done_without(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    monkeypatch.setenv("CRTSIP_CACHE_DIR", str(tmp_path / "file"))
    compiling.cache_folder.cache_clear()
    try:
        assert compiling.cache_folder() is None
        assert not compiling.is_kept()
    finally:
        compiling.cache_folder.cache_clear()


def test_the_three_kernels_used_last_are_kept(tmp_path, monkeypatch):
    for age in range(6):
        (tmp_path / f"state {age}").mkdir()
        (tmp_path / f"state {age}" / "used").touch()
        os.utime(tmp_path / f"state {age}" / "used", (1000 - age, 1000 - age))
    monkeypatch.setenv("CRTSIP_CACHE_DIR", str(tmp_path))
    compiling.cache_folder.cache_clear()
    try:
        folder = compiling.cache_folder()
        assert folder is not None
        assert {path.name for path in tmp_path.iterdir()} == {folder.name, "state 0", "state 1"}
    finally:
        compiling.cache_folder.cache_clear()
