"""Every page's code and commands run, on a small number of draws, in the order in which they stand.

```` ```python ```` blocks share one namespace a page; ```` ```sh ```` blocks hold lines that begin with ``crtsip``;
a ```` ```toml ```` block that begins with ``# name.toml`` is that file. A block about ``results/...`` is about a result
of the reader's own. Pages in ``OWN`` have a test of their own.
"""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from experiments.cli import cli
from experiments.tables import DOCS

README = DOCS.parent / "README.md"
TESTS = Path(__file__).parents[1]
OWN = {
    "app": "docs/test_how_to_app.py",
    "calibrate": "docs/test_how_to_calibrate.py",
    "discover": "docs/test_questions_run.py",
    "explain": "docs/test_how_to_trial_and_explain.py",
    "money": "docs/test_how_to_money_and_team.py",
    "own-team": "docs/test_how_to_money_and_team.py",
    "questions": "docs/test_questions_run.py",
    "sensitivity": "sensitivity/test_study.py",
    "sweep": "sweep/test_sweep.py",
    "trial": "docs/test_how_to_trial_and_explain.py",
    "validate": "docs/test_how_to_calibrate.py",
}
EVERY = [README, *sorted(DOCS.rglob("*.md"))]
WITH_CODE = re.compile(r"^ *```(?:python|sh|\ncrtsip .*)$", re.MULTILINE)
PLACEHOLDER = "results/..."


def _has_own_test(page: Path) -> bool:
    return page.parent.name == "how-to" and page.stem in OWN


PAGES = [
    page for page in EVERY if not _has_own_test(page) and WITH_CODE.search(page.read_text(encoding="utf-8"))
]
BLOCK = re.compile(r"^(?P<indent> *)```(?P<language>[^`\n]*)\n(?P<text>.*?)^ *```$", re.MULTILINE | re.DOTALL)
SMALL = {"draws": "3", "replicates": "1"}
LONG = {"calibrate": "takes minutes", "app": "serves until it is stopped", "doctor": "runs every probe"}


def blocks(page: Path) -> Iterator[tuple[str, str]]:
    """Yield language and text of each block of a page, without its indent."""
    for match in BLOCK.finditer(page.read_text(encoding="utf-8")):
        lines = match["text"].splitlines()
        yield match["language"], "\n".join(line.removeprefix(match["indent"]) for line in lines) + "\n"


def commands(text: str) -> list[list[str]]:
    """Return the commands of a block, each as its words after ``crtsip``."""
    lines = [shlex.split(line, comments=True) for line in text.replace("\\\n", " ").splitlines()]
    wrong = [line for line in lines if line and line[0] != "crtsip"]
    assert not wrong, f"a sh block holds crtsip commands alone, not {wrong}"
    return [line[1:] for line in lines if line]


def smaller(words: list[str]) -> list[str]:
    """Return a command with few draws and replicates, where it takes any; the last of two values counts."""
    command = cli.commands[words[0]]
    command = command.commands[words[1]] if isinstance(command, click.Group) else command
    options = {name for parameter in command.params for name in parameter.opts}
    return words + [
        f"--{name}={value}" for name, value in SMALL.items() if f"--{name}" in options and is_many(words)
    ]


def is_many(words: list[str]) -> bool:
    """Say whether a command computes many runs: ``replay`` has a replicate of its own to name."""
    return words[0] != "replay"


def few(code: str) -> str:
    """Return code with few draws and replicates."""
    code = re.sub(r"\b(posterior|prior)\(\d+", r"\1(3", code)
    return re.sub(r"\breplicates=\d+", "replicates=2", code)


def test_there_are_pages_of_each_kind() -> None:
    assert {path.parent.name for path in PAGES} >= {"docs", "how-to", "concepts"}


@pytest.mark.parametrize("page", list(filter(_has_own_test, EVERY)), ids=lambda path: path.stem)
def test_a_test_of_its_own_names_the_page(page: Path) -> None:
    text = (TESTS / OWN[page.stem]).read_text(encoding="utf-8")
    assert re.search(rf'"{page.stem}(\.md)?"', text)


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.relative_to(DOCS.parent).as_posix())
def test_a_page_runs(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    for language, text in blocks(page):
        if PLACEHOLDER in text:
            continue
        assert language or page == README or not text.startswith("crtsip "), (
            "commands run where they stand in sh blocks"
        )
        if language == "python":
            exec(compile(few(text), str(page), "exec"), names)
        elif language == "sh":
            for words in commands(text):
                if words[0] not in LONG:
                    run(smaller(words))
        elif language == "toml" and (match := re.match(r"# ([\w-]+\.toml)\n", text)):
            Path(match[1]).write_text(text, encoding="utf-8")


def run(words: list[str]) -> None:
    """Run a command; one that needs a library which is not here is left out."""
    if "--brief" in words:
        pytest.importorskip("weasyprint", reason="pip install 'crtsip[report]'; apt install libpango-1.0-0")
    cli.main(words, standalone_mode=False)


# -- of the test itself ----------------------------------------------------------------------------------------


def test_blocks_are_found_in_lists_too(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(
        "1. So:\n\n   ```sh\n   crtsip presets\n   ```\n\n```python\nx = 1\n```\n", encoding="utf-8"
    )
    assert list(blocks(page)) == [("sh", "crtsip presets\n"), ("python", "x = 1\n")]


def test_commands_are_made_small_and_code_too() -> None:
    assert smaller(["compare", "core-12", "--draws", "500"])[-2:] == ["--draws=3", "--replicates=1"]
    assert smaller(["ask", "length"])[-2:] == ["--draws=3", "--replicates=1"]
    assert smaller(["presets"]) == ["presets"]
    assert few("f(posterior(200), replicates=16, seed=1)") == "f(posterior(3), replicates=2, seed=1)"


def test_a_line_that_is_no_command_of_ours_is_refused() -> None:
    with pytest.raises(AssertionError, match="rm"):
        commands("crtsip presets\nrm -rf results\n")
