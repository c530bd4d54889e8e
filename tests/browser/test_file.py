"""The page as one file: opens from disk, says what its grid is, and has the numbers of its result."""

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browsing import browser, page

from calibration import posterior
from experiments import Result
from experiments.app import explorer
from experiments.app.view import view
from experiments.comparison import compare
from experiments.experiment import Experiment

pytestmark = pytest.mark.xdist_group("browser")
SMALL = (
    ("months", ((12.0, "12 months"), (18.0, "18 months"), (24.0, "24 months"))),
    ("facilitation.placement", (("internal", "internal"), ("external", "external"))),
    ("facilitation.hours_per_week", ((3.75, "half a day a week"),)),
    ("leadership_support.boost", ((0.0, "as shown"),)),
)


@pytest.fixture(scope="module")
def result() -> Iterator[Result]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(explorer, "GRID", SMALL)
        patch.setattr(explorer, "PLACEMENTS", ("internal", "external"))
        found = explorer.experiment(posterior(4), replicates=2, seed=1, teams=[2, 3])
        yield found.run()


@pytest.fixture(scope="module")
def file(result: Result, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return explorer.write(result, tmp_path_factory.mktemp("file") / "explorer.html")


def test_equal_results_give_equal_bytes(result: Result, file: Path, tmp_path: Path) -> None:
    assert explorer.write(result, tmp_path / "again.html").read_bytes() == file.read_bytes()


def test_it_asks_for_nothing_and_allows_nothing_else(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert re.search(r'Content-Security-Policy" content="default-src \'none\'; script-src \'sha256-', text)
    assert "unsafe" not in text.split("</head>")[0].split("<style>")[0]
    assert not re.search(r'(src|href)="(?!data:|#)', text)


def test_a_list_in_words_has_no_scale_beside_it(file: Path) -> None:
    held = re.search(
        r'<script type="application/json" id="grid">(.*?)</script>', file.read_text(encoding="utf-8")
    )
    assert held is not None
    helps = {lever["key"]: lever["help"] for lever in json.loads(held[1])["about"]["levers"]}
    assert helps["leadership_support.boost"] == ""
    assert "half a day is 3.75" in helps["facilitation.hours_per_week"]


def test_one_teams_part_is_what_it_would_be_alone(result: Result) -> None:
    alone = explorer.experiment(posterior(4), replicates=2, seed=1, teams=[3]).run()
    part = explorer.of_team(result, 1)
    names = result.scenarios[:2]
    assert compare(part, "gain_24m", names[1], against=names[0]) is not None
    assert (part.outcome("gain_24m", names[1]) == alone.outcome("gain_24m", names[1])).all()


def test_every_cell_is_what_its_file_says(result: Result) -> None:
    for key, scenario in explorer.cells():
        assert key == scenario.name
        months, placement, hours, boost = key.split("_")
        assert scenario.programme.months == float(months)
        assert scenario.programme.facilitation is not None
        assert scenario.programme.facilitation.placement == placement
        assert scenario.programme.facilitation.hours_per_week == float(hours)
        assert (scenario.programme.leadership_support is not None) == (boost != "0")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    with browser() as opened:
        yield opened


@pytest.mark.parametrize(("a", "b"), [("internal-12", "external-24"), ("external-24", "internal-12")])
def test_it_shows_the_numbers_of_its_result_either_way_round(
    chromium: Any, file: Path, result: Result, a: str, b: str
) -> None:
    cells = {"internal-12": "12_internal_3.75_0", "external-24": "24_external_3.75_0"}
    one = explorer.of_team(result, 1)
    scenarios = [
        next(s for s in one.experiment.scenarios if s.name == cells[name]).model_copy(update={"name": side})
        for side, name in (("a", a), ("b", b))
    ]
    there = view(
        Experiment(scenarios, draws=posterior(4), replicates=2, teams=[3], months=36.0).run(), last=True
    )
    with page(chromium, accept_downloads=True) as opened:
        opened.goto(f"{file.as_uri()}#a={a}&b={b}&team=2")
        opened.wait_for_selector("#answer")
        with opened.expect_download() as coming:
            opened.get_by_role("button", name="All of it, with notes (JSON)").click()
        here = json.loads(Path(coming.value.path()).read_bytes())["view"]
    assert here["headline"] == there["headline"]
    assert here["main"]["when"] == there["main"]["when"]
    for shown in here["differences"]:
        place = ("scenario", "against", "outcome")
        known = next(d for d in there["differences"] if all(d[key] == shown[key] for key in place))
        for key in ("mean", "ci95", "interval_chance", "mc95"):
            assert shown[key] == pytest.approx(known[key], abs=0.011), shown["outcome"]
        for key in ("p_positive", "p_over_3", "p_run_positive", "verdict", "over_3", "decided"):
            assert shown[key] == (pytest.approx(known[key], abs=0.001) if key[:2] == "p_" else known[key])
    lead, known = here["leading"], there["leading"]
    assert [lead[key] for key in ("scenario", "against")] == [known[key] for key in ("scenario", "against")]
    for key in ("p_positive", "p_over_3", "p_run_positive"):
        assert lead[key] == pytest.approx(known[key], abs=0.001)
    assert here["on_the_way"]
    assert here["way_of"].startswith("mean of all teams")
    for arm in ("a", "b", "no-sip"):
        assert here["arms"][arm]["mean"] == there["arms"][arm]["mean"]
        for figures in ("reached", "gains", "gains_mc"):
            assert here["arms"][arm][figures] == there["arms"][arm][figures]


def test_it_says_what_its_grid_is_and_answers_at_once(chromium: Any, file: Path) -> None:
    with page(chromium) as opened:
        opened.goto(file.as_uri())
        opened.wait_for_selector("#answer")
        assert "This file holds the 6 programmes of a grid" in opened.inner_text("#basis")
        assert opened.locator("#tabs").is_hidden()
        took = opened.evaluate(
            """() => { const one = document.getElementById('b.months'); const times = [];
                for (const value of ['18', '24', '12', '24', '18']) {
                  const begun = performance.now();
                  one.value = value;
                  one.dispatchEvent(new Event('change')); document.getElementById('answer').getBoundingClientRect();
                  times.push(performance.now() - begun); }
                return times.sort((x, y) => x - y)[2]; }"""
        )
        assert "18 months" in opened.inner_text("#answer")
        assert took < 250.0


@pytest.mark.slow
def test_axe_finds_nothing(chromium: Any, file: Path) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="pip install 'crtsip[test]'")
    with page(chromium) as opened:
        opened.goto(file.as_uri())
        opened.wait_for_selector("#answer")
        assert [(v["id"], v["nodes"][0]["html"]) for v in axe.Axe().run(opened).response["violations"]] == []


def test_the_bundle_holds_every_module_the_file_needs() -> None:
    folder = Path(explorer.__file__).parent / "page"
    for name in explorer.MODULES:
        text = (folder / f"{name}.js").read_text(encoding="utf-8")
        imported = re.findall(r'from "\./([a-z-]+)\.js"', text)
        before = explorer.MODULES[: explorer.MODULES.index(name)]
        assert set(imported) <= set(before), name
    assert not re.search(r"^(import|export) ", explorer.bundled(), re.MULTILINE)


@pytest.mark.skipif(shutil.which("node") is None, reason="needs node")
def test_numbers_round_as_in_python() -> None:
    import subprocess

    values = [0.25, 0.45, 8.25, -8.25, 2.5, 0.15, 1.05, -0.04, 123.456, 0.5, 1.5]
    script = f"import {{ signed }} from '{Path(explorer.__file__).parent}/page/words.js';"
    script += f"console.log(JSON.stringify({values}.map((one) => [signed(one, 0), signed(one, 1), signed(one, 2)])))"
    done = subprocess.run(
        ["node", "--input-type=module", "-e", script], capture_output=True, text=True, check=True
    )
    from experiments.wording import signed

    assert json.loads(done.stdout) == [[signed(v, 0), signed(v, 1), signed(v, 2)] for v in values]
