"""The how-to pages of the ready questions and of discovery: their code and commands run, on few draws."""

import re
import shlex
from pathlib import Path

import pytest

from experiments.cli import cli
from experiments.questions import length
from experiments.tables import DOCS

SMALL = ["--draws=2", "--replicates=1", "--team=6", "--quiet"]


@pytest.mark.parametrize("name", ["questions", "discover"])
def test_a_page_runs(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(length, "equal_cost_hours", lambda months, settings, options: 40.0 / months)
    text = (DOCS / "how-to" / f"{name}.md").read_text(encoding="utf-8")
    names: dict[str, object] = {}
    for code in re.findall(r"```python\n(.*?)```", text, re.DOTALL):
        few = re.sub(r"posterior\(\d+\)", "posterior(2)", re.sub(r"replicates=\d+", "replicates=1", code))
        exec(compile(few, name, "exec"), names)
    lines = [line for block in re.findall(r"```sh\n(.*?)```", text, re.DOTALL) for line in block.splitlines()]
    assert lines
    for line in lines:
        cli.main([*shlex.split(line)[1:], *SMALL], standalone_mode=False)
