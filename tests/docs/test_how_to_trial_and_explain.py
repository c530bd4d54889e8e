"""The examples of two how-to pages run, on small numbers."""

import re
import shlex
import sys
from pathlib import Path

import pytest

from experiments import tables
from experiments.cli import main

PAGES = ("trial", "explain")
SMALL = {
    "trial": "--draws 2 --replicates 2 --trials 1 --workers 1 --quiet",
    "compare": "--draws 20 --replicates 1 --months 6 --workers 1 --quiet",
    "explain": "--team-years 600 --quiet",
}


def blocks(page: str, language: str) -> list[str]:
    text = (tables.DOCS / "how-to" / f"{page}.md").read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("page", PAGES)
def test_the_python_lines_run(page: str) -> None:
    (code,) = blocks(page, "python")
    exec(compile(code, f"{page}.md", "exec"), {})


@pytest.mark.parametrize("page", PAGES)
def test_the_commands_run(page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (block,) = blocks(page, "")
    for line in block.splitlines():
        program, command, *rest = shlex.split(line)
        assert program == "crtsip"
        monkeypatch.setattr(sys, "argv", [program, command, *rest, *shlex.split(SMALL[command])])
        try:
            main()
        except SystemExit as leave:
            assert not leave.code, line
    assert any(path.is_dir() for path in (tmp_path / "results").iterdir())
