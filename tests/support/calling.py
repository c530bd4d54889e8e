"""The command called within the test's process, and the examples of a page."""

import json
import re
import shlex
import sys
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from experiments import tables
from experiments.cli import main


class Called(NamedTuple):
    """What came of a call."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        """Return the one JSON object that is all there is on standard output."""
        assert len(self.out.splitlines()) == 1, self.out
        found: dict[str, Any] = json.loads(self.out)
        return found


def call(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *arguments: str) -> Called:
    """Call the command with some arguments."""
    monkeypatch.setattr(sys, "argv", ["crtsip", *arguments])
    status = 0
    try:
        main()
    except SystemExit as leave:
        status = int(leave.code or 0)
    return Called(status, *capsys.readouterr())


def how_to(name: str) -> str:
    """Return a how-to page."""
    return (tables.DOCS / "how-to" / f"{name}.md").read_text(encoding="utf-8")


def commands(name: str) -> list[list[str]]:
    """Return the arguments of each command of a how-to page."""
    blocks = re.findall(r"^```\n(crtsip .*?)\n```", how_to(name), re.MULTILINE | re.DOTALL)
    return [shlex.split(line, comments=True)[1:] for block in blocks for line in block.splitlines()]


def python(name: str) -> str:
    """Return the Python example of a how-to page."""
    (code,) = re.findall(r"^```python\n(.*?)\n```", how_to(name), re.MULTILINE | re.DOTALL)
    return code


def written(folder: Path) -> dict[str, bytes]:
    """Return the bytes of a directory that are to be equal for equal inputs: all but the log and the manifest."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    left_out = ("log.jsonl", "manifest.json")
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in files
        if path.name not in left_out and not path.name.startswith(".")
    }
