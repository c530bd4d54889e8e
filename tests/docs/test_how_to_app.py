"""The page about the page: its Python runs, its commands and pictures are there."""

import re
import shlex

import click
import pytest

from experiments import tables
from experiments.cli import cli

TEXT = (tables.DOCS / "how-to" / "app.md").read_text(encoding="utf-8")


def test_its_python_runs() -> None:
    (code,) = re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL)
    small = code.replace("posterior(200)", "posterior(3)").replace("replicates=4", "replicates=1")
    found: dict[str, object] = {}
    exec(small, found)
    assert found["months"] == 24.0


@pytest.mark.parametrize("line", re.findall(r"^crtsip .*$", TEXT, re.MULTILINE))
def test_its_commands_are_understood(line: str) -> None:
    _, name, *rest = shlex.split(line)
    command = cli.commands[name]
    command.make_context(name, rest, parent=click.Context(cli, **cli.context_settings))


def test_its_pictures_are_there() -> None:
    pictures = re.findall(r"\]\((\S+\.png)\)", TEXT)
    assert len(pictures) >= 4
    assert [name for name in pictures if not (tables.DOCS / "how-to" / name).is_file()] == []
