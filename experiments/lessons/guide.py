"""The generated parts of the teaching pages: questions from the lessons' scripts, the key from what they said."""

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from experiments.lessons.building import NOTEBOOKS, notebook_of, read, said, scripts, unrun
from experiments.lessons.telling import ANSWER, CLAIM
from experiments.tables import DOCS, REGION, table

TEACHING = DOCS / "teaching"
TITLE = re.compile(r"# (?P<number>\d)\. (?P<title>.+)")
SECTIONS = (
    "The question",
    "Your prediction",
    "Run it",
    "What you see",
    "In the paper",
    "Exercises",
    "Limits",
)


class Lesson(NamedTuple):
    """A lesson as its script has it: ``sections`` by heading, ``claims`` and ``answers`` as its notebook said them."""

    path: Path
    number: int
    title: str
    sections: Mapping[str, str]
    claims: tuple[str, ...]
    answers: tuple[str, ...]


def lessons(folder: Path = NOTEBOOKS) -> list[Lesson]:
    """Return the lessons, in order."""
    return [_lesson(path) for path in scripts(folder)]


def _lesson(path: Path) -> Lesson:
    told = "\n\n".join(cell.source for cell in unrun(path).cells if cell.cell_type == "markdown")
    title = TITLE.match(told)
    if title is None:
        raise ValueError(f"{path.name} should begin with a title such as '# 1. One team, one year'.")
    parts = re.split(r"^## (.+)$", told, flags=re.MULTILINE)
    sections = {heading: text.strip() for heading, text in zip(parts[1::2], parts[2::2], strict=True)}
    run = read(notebook_of(path))
    return Lesson(
        path,
        int(title["number"]),
        title["title"],
        sections,
        tuple(said(run, CLAIM)),
        tuple(said(run, ANSWER)),
    )


# -- regions -------------------------------------------------------------------------------------------------


def overview() -> str:
    """Return the lessons with their questions, as a table."""
    link = "[{0.title}](../../notebooks/{0.path.stem}.ipynb)"
    rows = [
        (str(each.number), link.format(each), _one_line(each.sections["The question"])) for each in lessons()
    ]
    return table(["", "lesson", "question"], rows)


def key() -> str:
    """Return the answer key: what each lesson showed, and the answers to its exercises."""
    return "\n\n".join("\n".join(_key_of(each)) for each in lessons())


def _key_of(lesson: Lesson) -> Iterator[str]:
    yield f"### {lesson.number}. {lesson.title}\n"
    yield "Shown:\n"
    yield from (f"- {sentence}" for sentence in lesson.claims)
    yield "\nAnswers:\n"
    yield from (f"{k}. {text}" for k, text in enumerate(lesson.answers, 1))


def sheet() -> str:
    """Return the learner's sheet: question, prediction to write down, exercises, room for notes."""
    return "\n\n".join("\n\n".join(_sheet_of(each)) for each in lessons())


def _sheet_of(lesson: Lesson) -> Iterator[str]:
    yield f"## {lesson.number}. {lesson.title}"
    yield lesson.sections["The question"]
    yield f"**Before the run.** {lesson.sections['Your prediction']}"
    yield "My prediction, and why: ............................................................"
    yield "What I saw: ............................................................"
    yield lesson.sections["Exercises"]
    yield "What I would ask next: ............................................................"


def _one_line(text: str) -> str:
    return " ".join(text.split("\n\n")[0].split())


REGIONS: Mapping[str, Callable[[], str]] = {"lessons": overview, "key": key, "sheet": sheet}


def filled(text: str) -> str:
    """Return a page with its generated regions made anew."""
    return REGION.sub(
        lambda m: f"<!-- generated: {m['name']} -->\n{REGIONS[m['name']]()}\n<!-- end -->", text
    )


def stale_pages(folder: Path = TEACHING) -> list[str]:
    """Return the teaching pages whose generated regions are not what the lessons say."""
    pages = {page.name: page.read_text("utf-8") for page in sorted(folder.glob("*.md"))}
    return [name for name, text in pages.items() if text != filled(text)]


def write_pages(folder: Path = TEACHING) -> None:
    """Write the generated regions of the teaching pages."""
    for page in sorted(folder.glob("*.md")):
        page.write_text(filled(page.read_text("utf-8")), encoding="utf-8")
