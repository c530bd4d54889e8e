"""The lessons: scripts, notebooks and teaching pages say the same; what a lesson claims is computed where it stands."""

import ast
import re
import shutil
from pathlib import Path

import pytest

from experiments.errors import InputError
from experiments.lessons import answer, claim, passage, with_interval
from experiments.lessons.__main__ import main
from experiments.lessons.building import NOTEBOOKS, executed, notebook_of, read, scripts, stale, unrun
from experiments.lessons.guide import SECTIONS, TEACHING, Lesson, filled, lessons, stale_pages
from experiments.lessons.telling import passages

LESSONS = lessons()
AGAIN = "run python -m experiments.lessons"


def each(test):
    return pytest.mark.parametrize("lesson", LESSONS, ids=[lesson.path.stem for lesson in LESSONS])(test)


def outputs(lesson: Lesson) -> list:
    return [output for cell in read(notebook_of(lesson.path)).cells for output in cell.get("outputs", [])]


# -- scripts and notebooks -----------------------------------------------------------------------------------


def test_there_are_nine_lessons_in_order():
    assert [lesson.number for lesson in LESSONS] == list(range(1, 10))
    assert [lesson.path.name[:2] for lesson in LESSONS] == [f"{k:02d}" for k in range(1, 10)]


@each
def test_the_notebook_is_that_of_its_script_and_of_todays_draws(lesson):
    assert stale(lesson.path) is None, f"{stale(lesson.path)}: {AGAIN} {lesson.path.name[:2]}"


@each
def test_every_cell_ran_once_in_order_without_error_or_warning(lesson):
    cells = [cell for cell in read(notebook_of(lesson.path)).cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in cells] == list(range(1, len(cells) + 1))
    assert not [
        each for each in outputs(lesson) if each.output_type == "error" or each.get("name") == "stderr"
    ]


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A lesson's script with its notebook, to be changed."""
    script = scripts()[0]
    shutil.copy(notebook_of(script), tmp_path)
    return Path(shutil.copy(script, tmp_path))


def test_a_changed_script_is_noticed(copied):
    assert stale(copied) is None
    copied.write_text(copied.read_text("utf-8").replace("Ten minutes", "An hour"), encoding="utf-8")
    assert stale(copied) == "the script has changed"


def test_other_draws_are_noticed(copied, monkeypatch):
    monkeypatch.setattr("experiments.lessons.building.inputs_hash", lambda: "of other draws")
    assert stale(copied) == "draws, diagnostics, priors or presets have changed"


def test_a_missing_notebook_is_noticed(copied):
    notebook_of(copied).unlink()
    assert stale(copied) == "there is no notebook"


def test_running_a_script_twice_gives_the_same_notebook(tmp_path):
    script = tmp_path / "01-short.py"
    script.write_text(
        "# %% [markdown]\n# # 1. Short\n\n# %%\nfrom experiments.lessons import claim\n\n"
        "claim('Two and two is four.', 2 + 2 == 4)\n",
        encoding="utf-8",
    )
    first = executed(script)
    assert first == executed(script)
    assert [cell.id for cell in first.cells] == ["cell-00", "cell-01"]
    assert first.cells[1].outputs[0].metadata == {"crtsip": "claim"}
    assert "execution" not in first.cells[1].metadata


# -- the command ---------------------------------------------------------------------------------------------


def test_the_check_names_what_is_stale(monkeypatch, capsys):
    assert main(["--check"]) == 0
    monkeypatch.setattr("experiments.lessons.building.inputs_hash", lambda: "of other draws")
    assert main(["--check"]) == 1
    assert (
        "09-write-your-own-component.py: draws, diagnostics, priors or presets have changed"
        in capsys.readouterr().err
    )


def test_an_unknown_lesson_is_refused(capsys):
    with pytest.raises(SystemExit, match="2"):
        main(["12"])
    assert "there is no lesson 12; there are 01, 02" in capsys.readouterr().err


def test_without_scripts_it_says_where_they_are(monkeypatch, capsys):
    monkeypatch.setattr("experiments.lessons.__main__.scripts", lambda: [])
    with pytest.raises(SystemExit, match="2"):
        main([])
    assert "run this in a copy of the project" in capsys.readouterr().err


# -- what a lesson is ----------------------------------------------------------------------------------------


@each
def test_a_lesson_has_its_parts_in_order(lesson):
    assert tuple(lesson.sections) == SECTIONS


@each
def test_a_lesson_asks_before_it_runs(lesson):
    cells = unrun(lesson.path).cells
    asked = next(k for k, cell in enumerate(cells) if "## Your prediction" in cell.source)
    assert not [cell for cell in cells[:asked] if cell.cell_type == "code" and "Experiment" in cell.source]


@each
def test_a_lesson_claims_answers_and_quotes(lesson):
    sources = [cell.source for cell in unrun(lesson.path).cells if cell.cell_type == "code"]
    assert len(lesson.claims) >= 3
    assert len(lesson.answers) >= 2
    assert any("passage(" in source for source in sources)


@each
def test_answers_stand_folded_in_cells_whose_code_is_hidden(lesson):
    for cell in unrun(lesson.path).cells:
        hidden = cell.metadata.get("jupyter", {}).get("source_hidden", False)
        assert ("answer(" in cell.source) == hidden
    shown = [each["data"] for each in outputs(lesson) if each.get("metadata", {}).get("crtsip") == "answer"]
    assert all(data["text/html"].startswith("<details>") for data in shown)


@each
def test_every_picture_says_in_words_what_it_shows(lesson):
    pictures = [each for each in outputs(lesson) if "image/png" in each.get("data", {})]
    assert pictures
    assert all(len(picture.metadata["image/png"]["alt"].split()) > 8 for picture in pictures)


@each
def test_a_lesson_imports_and_does_not_define(lesson):
    tree = ast.parse(lesson.path.read_text("utf-8"))
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    defined = [node.name for node in ast.walk(tree) if isinstance(node, kinds)]
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.Lambda)]
    assert sorted(defined) == (["QuietStart", "WithQuietStart", "lay"] if lesson.number == 9 else [])


# -- how a lesson speaks -------------------------------------------------------------------------------------


def test_a_claim_that_does_not_hold_fails():
    with pytest.raises(AssertionError, match=r"no longer shows: The moon is made of cheese\."):
        claim("The moon is made of cheese.", False)


def test_a_passage_has_the_words_the_code_rests_on(capsys):
    passage("M1")
    assert "A lack of time to engage" in capsys.readouterr().out
    assert passages()["team 6: manager_stance"][0] == "a new, enthusiastic manager was appointed"


def test_an_unknown_passage_is_refused_with_a_suggestion():
    with pytest.raises(InputError, match="Did you mean 'team 6: manager_stance'"):
        passage("team 6: manager_stanse")


def test_an_answer_is_safe_to_show(capsys):
    answer("fewer < more & so on")
    assert "fewer < more & so on" in capsys.readouterr().out


def test_a_difference_beyond_the_run_is_refused():
    with pytest.raises(ValueError, match="beyond the run"):
        with_interval(None)


# -- teaching pages ------------------------------------------------------------------------------------------


def test_the_teaching_pages_are_fresh():
    assert stale_pages() == [], AGAIN


def test_a_stale_answer_key_is_noticed(tmp_path):
    text = (TEACHING / "teachers-guide.md").read_text("utf-8")
    (tmp_path / "teachers-guide.md").write_text(text.replace(LESSONS[0].answers[0], "42"), encoding="utf-8")
    assert stale_pages(tmp_path) == ["teachers-guide.md"]


def test_the_key_holds_every_answer_and_the_sheet_none():
    key, sheet = ((TEACHING / name).read_text("utf-8") for name in ("teachers-guide.md", "learners-sheet.md"))
    for lesson in LESSONS:
        assert all(text in key for text in lesson.answers)
        assert not any(text in sheet for text in lesson.answers)


@pytest.mark.parametrize(
    "page", [*sorted(TEACHING.glob("*.md")), NOTEBOOKS / "README.md"], ids=lambda page: page.name
)
def test_links_resolve(page):
    links = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text("utf-8"))
    assert links
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_writing_leaves_what_was_written_by_hand():
    text = "before\n<!-- generated: lessons -->\nold\n<!-- end -->\nafter"
    made = filled(text)
    assert made.startswith("before\n<!-- generated: lessons -->\n| ")
    assert made.endswith("|\n<!-- end -->\nafter")
