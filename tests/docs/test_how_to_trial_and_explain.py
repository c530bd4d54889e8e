"""The examples of two how-to pages run, on small numbers."""

from pathlib import Path

import pytest
from calling import call, commands, python

PAGES = ("trial", "explain")
SMALL = {
    "trial": "--draws 2 --replicates 2 --trials 1 --workers 1 --quiet",
    "compare": "--draws 20 --replicates 1 --months 6 --workers 1 --quiet",
    "explain": "--team-years 600 --quiet",
}


@pytest.mark.parametrize("page", PAGES)
def test_the_python_lines_run(page: str) -> None:
    exec(compile(python(page), f"{page}.md", "exec"), {})


@pytest.mark.parametrize("page", PAGES)
def test_the_commands_run(
    page: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    for command, *rest in commands(page):
        done = call(monkeypatch, capsys, command, *rest, *SMALL[command].split())
        assert done.status == 0, done.err
    assert any(path.is_dir() for path in (tmp_path / "results").iterdir())
