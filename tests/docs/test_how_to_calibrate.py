"""The pages on calibrating and validating: their lines run, and the numbers they name are the code's."""

import re
import shlex
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from experiments import tables
from experiments.cli import main
from experiments.comparison import ENOUGH_DRAWS

PAGES = ("calibrate", "validate")


def text_of(name: str) -> str:
    return (tables.DOCS / "how-to" / f"{name}.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", PAGES)
def test_the_python_lines_run(name: str) -> None:
    (lines,) = re.findall(r"```python\n(.*?)```", text_of(name), re.DOTALL)
    namespace: dict[str, object] = {}
    exec(lines, namespace)
    assert namespace


def test_the_command_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys) -> None:
    (line,) = re.findall(r"```\n(crtsip .*?)\n```", text_of("validate"))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", [*shlex.split(line), "--replicates", "1"])
    with suppress(SystemExit):
        main()
    assert "spill-over-needed" in capsys.readouterr().out


def test_pages_linked_are_there_and_the_draws_that_decide_are_the_codes() -> None:
    for name in PAGES:
        for link in re.findall(r"\]\(([\w./-]+\.md)\)", text_of(name)):
            assert (tables.DOCS / "how-to" / link).resolve().is_file()
    assert f"fewer than {ENOUGH_DRAWS} draws" in " ".join(text_of("validate").split())
