"""The report that is handed on can be read by all: light or dark, narrow or wide, by a screen reader."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browsing import browser, page

from calibration import posterior
from experiments import Experiment, Scenario
from experiments.page import write_page
from experiments.prediction import Prediction
from experiments.profile import team_from_text

pytestmark = pytest.mark.xdist_group("browser")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    with browser() as opened:
        yield opened


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    own = team_from_text('name = "ours"\nposts = 9\nvacancy = "unknown"\n', "team", "team.toml")
    both = [Scenario("core-12"), Scenario("protected-time")]
    result = Experiment(both, draws=posterior(4), replicates=2, teams=[3, 6, own], months=24.0).run()
    said = Prediction(
        experiment=result.experiment.fingerprint(),
        question="Is an hour a week worth it?",
        hypothesis="Yes: hours are what is missing",
        direction="protected-time above core-12",
        findings="It is",
    )
    return write_page(result, tmp_path_factory.mktemp("report") / "report.html", prediction=said)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing(chromium: Any, report: Path, scheme: str, width: int) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="pip install 'crtsip[test]'")
    with page(chromium, color_scheme=scheme, viewport={"width": width, "height": 900}) as view:
        view.goto(report.as_uri())
        view.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        found = axe.Axe().run(view)
        assert [(v["id"], v["nodes"][0]["html"][:200]) for v in found.response["violations"]] == []
