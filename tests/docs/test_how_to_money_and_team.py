"""The pages on money and on one's own team: their lines run, on small numbers."""

import re
import shlex
import sys
from io import StringIO
from pathlib import Path

import pytest

from experiments import tables
from experiments.cli import main
from experiments.profile.population import population
from experiments.profile.questions import QUESTIONS

SMALL = {"--draws": "2", "--replicates": "1", "--months": "13"}


def page(name: str) -> str:
    return (tables.DOCS / "how-to" / f"{name}.md").read_text(encoding="utf-8")


def commands(name: str) -> list[list[str]]:
    """Return the commands of a page in order, on small numbers."""
    blocks = re.findall(r"```\n(crtsip .*?)```", page(name), re.DOTALL)
    return [_small(shlex.split(line)) for block in blocks for line in block.splitlines()]


def _small(words: list[str]) -> list[str]:
    if words[1] != "compare":
        return words
    bare = [
        word for k, word in enumerate(words) if word not in SMALL and (k == 0 or words[k - 1] not in SMALL)
    ]
    return [*bare, *(word for pair in SMALL.items() for word in pair)]


def python(name: str) -> str:
    (lines,) = re.findall(r"```python\n(.*?)```", page(name), re.DOTALL)
    return lines.replace("posterior(200)", "posterior(2)").replace("replicates=2", "replicates=1")


@pytest.mark.parametrize("name", ["money", "own-team"])
def test_the_pages_lines_run(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for words in commands(name):
        monkeypatch.setattr(sys, "argv", words)
        monkeypatch.setattr(sys, "stdin", StringIO("\n" * len(QUESTIONS)))
        main()
    namespace: dict[str, object] = {}
    exec(python(name), namespace)
    assert "result" in namespace


def test_the_figures_on_the_page_of_ones_own_team_are_the_codes() -> None:
    text = page("own-team")
    low, *quartiles, high = population()["baseline_total"][0]
    assert f"range {low:g} to {high:g}, quartiles {', '.join(f'{q:g}' for q in quartiles)}" in text
    assert len(QUESTIONS) == 16
    assert "sixteen questions" in text


def test_the_answers_promised_are_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys) -> None:
    monkeypatch.chdir(tmp_path)
    said = []
    for words in commands("money"):
        monkeypatch.setattr(sys, "argv", words)
        main()
        said.append(capsys.readouterr().out)
    assert "Within £50,000 a team" in said[1]
    assert "your claim" in said[2]
    assert (tmp_path / "results" / "doses.svg").is_file()
