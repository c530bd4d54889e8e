"""The gallery draws every picture of the plotting module, and its page shows and explains each."""

import re
from pathlib import Path

import pytest

from calibration import posterior
from experiments import Experiment, Result, Scenario, plots
from experiments.plots.gallery import PICTURES, draw, page
from experiments.plots.small import MONTHS, SCENARIOS, Small
from experiments.tables import DOCS
from model.sites import Site


@pytest.fixture(scope="module")
def result() -> Result:
    team = Site(name="small", number=1001, posts=4)
    scenarios = [Scenario(name) for name in SCENARIOS]
    return Experiment(scenarios, draws=posterior(3), replicates=2, teams=[team], months=MONTHS).run()


def test_every_picture_of_the_package_is_in_the_gallery() -> None:
    """A picture is a function in ``experiments/plots`` that is drawn in the house style; calibration has a page."""
    files = [path for path in Path(plots.__file__).parent.glob("*.py") if path.name != "calibration.py"]
    texts = [path.read_text(encoding="utf-8") for path in files]
    drawn = {name for text in texts for name in re.findall(r"^@styled\ndef (\w+)", text, re.MULTILINE)}
    assert {re.split(r"\W", picture.call)[0] for picture in PICTURES} == drawn


@pytest.mark.slow
def test_every_picture_is_drawn_and_shown(result: Result, tmp_path: Path) -> None:
    text = page(result, "out")
    files = draw(Small(result, team_years=1500, teams=12), tmp_path / "out")
    for picture, file in zip(PICTURES, files, strict=True):
        assert file == tmp_path / f"out/{picture.name}.svg"
        assert file.stat().st_size > 1000
        assert f"](out/{picture.name}.svg)" in text
        assert picture.reading in text


def test_the_pages_python_lines_run(result: Result, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result.write(tmp_path / "res")
    (lines,) = re.findall(r"```python\n(.*?)```", page(result, "pictures"), re.DOTALL)
    exec(lines.replace('"results/..."', '"res"'), {})
    assert (tmp_path / "trajectory.svg").is_file()
    assert (tmp_path / "items.png").is_file()


def test_equal_items_give_equal_bytes(result: Result) -> None:
    one, two = (plots.svg(plots.items_by_scenario(Small(result).items)) for _ in range(2))
    assert one == two


def test_the_page_among_the_documents_shows_todays_pictures(result: Result) -> None:
    text = (DOCS / "pictures.md").read_text(encoding="utf-8")
    strip = re.compile(r"\(\d+ draws of a .*? teams?\)")
    assert strip.sub("", text) == strip.sub("", page(result, "pictures/gallery")), (
        "stale: python -m experiments.plots.gallery docs/pictures/gallery --page docs/pictures.md"
    )
    for picture in PICTURES:
        assert (DOCS / f"pictures/gallery/{picture.name}.svg").is_file()
