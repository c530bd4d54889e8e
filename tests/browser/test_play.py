"""Being the facilitator on the page: with the keyboard alone, to the same numbers as the command, for everybody."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browsing import browser, page
from click.testing import CliRunner
from serving import served

from calibration import posterior
from experiments.app.desk import Desk
from experiments.cli import cli
from experiments.play import Decision, Game
from experiments.wording import signed

pytestmark = pytest.mark.xdist_group("browser")
OVER = "tab=play&play.team=2&play.draw=4&play.played=12&play.decisions=3:2,0.2,0.1,0"


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    with browser() as opened:
        yield opened


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with served(Desk(posterior(3), replicates=1)) as found:
        yield found


@pytest.fixture
def view(chromium: Any, address: str) -> Iterator[Any]:
    with page(chromium, accept_downloads=True) as opened:
        yield opened


def game_of(view: Any) -> Game:
    with view.expect_download() as coming:
        view.get_by_role("button", name="The game (TOML)").click()
    return Game.from_file(Path(coming.value.path()))


def rows_of(view: Any, place: str) -> dict[str, list[str]]:
    """Return the first table of a place as its rows' cells by their heads."""
    rows = [row.split("\t") for row in view.locator(f"{place} tbody tr").all_inner_texts()]
    return {head: cells for head, *cells in rows}


def live_through(view: Any, month: int) -> None:
    view.get_by_role("button", name=f"Live through month {month}", exact=True).click()
    view.wait_for_selector(f"h2:text-is('Month {month + 1} of 12')" if month < 12 else "#ending-of-game")


def test_a_game_is_played_with_the_keyboard_alone(view: Any, address: str) -> None:
    view.goto(f"{address}#tab=play")
    view.locator("#tab-play").focus()
    view.keyboard.press("Tab")
    assert view.evaluate("document.activeElement.id") == "play-team"
    for _ in range(3):
        view.keyboard.press("Tab")
    view.keyboard.press("Enter")
    view.wait_for_selector("#deciding")
    view.locator("#play-visit_interval").focus()
    view.keyboard.press("ArrowRight")
    for _ in range(4):
        view.keyboard.press("Tab")
    assert view.evaluate("document.activeElement.id") == "go-on"
    view.keyboard.press("Enter")
    view.wait_for_selector("h2:text-is('Month 2 of 12')")
    assert view.evaluate("document.activeElement.textContent") == "Month 2 of 12"
    assert game_of(view).decisions[0].visit_interval == 2.0


def test_what_is_left_alone_is_no_decision_and_a_month_can_be_taken_back(view: Any, address: str) -> None:
    view.goto(f"{address}#tab=play&play.team=4&play.played=0")
    view.wait_for_selector("#deciding")
    live_through(view, 1)
    assert game_of(view).decisions == ()
    view.locator("#play-doing").fill("60")
    live_through(view, 2)
    (decision,) = game_of(view).decisions
    assert (decision.month, decision.doing, decision.escalating) == (2, 0.6, 0.1)
    view.get_by_role("button", name="Take the last month back").click()
    view.wait_for_selector("h2:text-is('Month 2 of 12')")
    assert game_of(view) == Game(team=4, played=1)


def test_a_button_pressed_twice_moves_one_month(view: Any, address: str) -> None:
    view.goto(f"{address}#tab=play&play.played=0")
    view.wait_for_selector("#deciding")
    for name, month in (("Live through month 1", 2), ("Take the last month back", 1)):
        view.get_by_role("button", name=name).evaluate("(button) => { button.click(); button.click(); }")
        view.wait_for_selector("#view-play:not([aria-busy])")
        assert view.inner_text("#view-play h2") == f"Month {month} of 12"


def test_a_month_on_its_way_does_not_come_into_a_new_game(view: Any, address: str) -> None:
    view.goto(f"{address}#tab=play&play.played=0")
    view.wait_for_selector("#deciding")
    view.route("**/api/play", lambda route: None)  # unanswered
    with view.expect_request("**/api/play"):
        view.get_by_role("button", name="Live through month 1").click()
    with view.expect_event("requestfailed", lambda request: request.url.endswith("/api/play")):
        view.get_by_role("button", name="A new game").click()
    assert view.locator("#play-begin").is_visible()


def test_no_more_time_is_spent_than_there_is(view: Any, address: str) -> None:
    view.goto(f"{address}#tab=play&play.played=1&play.decisions=1:1,0.5,0.3,0")
    view.wait_for_selector("#deciding")
    view.locator("#play-inducting").fill("90")
    assert view.locator("#play-inducting").input_value() == "20"
    assert "coaching 0%" in view.inner_text("#time-bar")
    live_through(view, 2)
    assert game_of(view).decisions[1] == Decision(month=2, doing=0.5, escalating=0.3, inducting=0.2)


def test_the_end_has_the_commands_numbers(view: Any, address: str, tmp_path: Path) -> None:
    view.goto(f"{address}#{OVER}")
    view.wait_for_selector("#ending-of-game")
    (tmp_path / "game.toml").write_text(game_of(view).to_toml(), encoding="utf-8")
    told = CliRunner().invoke(
        cli, ["play", "--file", str(tmp_path / "game.toml"), "--json"], catch_exceptions=False
    )
    found = json.loads(told.stdout)["ending"]
    arms = found["arms"]
    shown = rows_of(view, "#this-life")
    assert shown.keys() == {arm["title"].capitalize() for arm in arms.values()}
    for arm in arms.values():
        gains = [signed(arm["reviewed"], 0), signed(arm["practice"]), signed(arm["later"])]
        assert shown[arm["title"].capitalize()][:3] == gains
    shown = rows_of(view, "#elsewhere")
    for name, one in found["elsewhere"].items():
        mean, probability, verdict = shown[arms[name]["title"].capitalize()]
        assert mean.startswith(signed(one["mean"]) + " (")
        assert (probability, verdict) == (f"{one['p_positive']:.2f}", one["verdict"])


def test_a_new_game_begins_from_nothing(view: Any, address: str) -> None:
    view.goto(f"{address}#{OVER}")
    view.wait_for_selector("#ending-of-game")
    view.get_by_role("button", name="A new game").click()
    view.wait_for_selector("#play-begin")
    assert "play." not in view.evaluate("location.hash")


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("chosen", ["tab=play", "tab=play&play.played=3", OVER])
def test_axe_finds_nothing(chromium: Any, address: str, scheme: str, chosen: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="pip install 'crtsip[test]'")
    with page(chromium, color_scheme=scheme) as view:
        view.goto(f"{address}#{chosen}")
        view.wait_for_selector("#play-begin, #deciding, #ending-of-game")
        view.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        found = axe.Axe().run(view)
        assert [(v["id"], v["nodes"][0]["html"][:200]) for v in found.response["violations"]] == []


@pytest.mark.parametrize("chosen", ["tab=play", "tab=play&play.played=3", OVER])
def test_nothing_is_cut_off_at_320_pixels(chromium: Any, address: str, chosen: str) -> None:
    with page(chromium, viewport={"width": 320, "height": 700}) as view:
        view.goto(f"{address}#{chosen}")
        view.wait_for_selector("#play-begin, #deciding, #ending-of-game")
        assert view.evaluate("document.documentElement.scrollWidth") <= 320
