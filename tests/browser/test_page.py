"""The page in a real browser: every control does what it says, numbers are the command line's, all can use it."""

import csv
import io
import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browsing import browser, page
from serving import served

from calibration import posterior
from experiments import Experiment
from experiments.app.desk import Desk
from experiments.levers import CIRCUMSTANCES, LEVERS
from experiments.scenario import Scenario
from experiments.summary import summary

pytestmark = pytest.mark.xdist_group("browser")
DRAWS, REPLICATES = 6, 2
#: A choice makes the page busy before the act that made it returns, so that what is done then is the answer to it;
#: a file alone is read first.
DONE = f"#view-compare[data-replicates='{REPLICATES}']:not([aria-busy])"


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    with browser() as opened:
        yield opened


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with served(Desk(posterior(DRAWS), replicates=REPLICATES)) as found:
        yield found


@pytest.fixture
def view(chromium: Any, address: str) -> Iterator[Any]:
    with page(chromium, accept_downloads=True) as opened:
        yield opened


def open_at(view: Any, address: str, chosen: str = "team=3", shows: str = "#view-compare") -> None:
    """Open the page, and wait for the last answer (any tab asks for it) and for what is to be shown."""
    view.goto(f"{address}#{chosen}")
    view.wait_for_selector(DONE, state="attached")
    view.wait_for_selector(shows)


def chosen(view: Any) -> str:
    return str(view.evaluate("location.hash"))


def downloaded(view: Any, label: str) -> bytes:
    with view.expect_download() as coming:
        view.get_by_role("button", name=label, exact=True).click()
    return Path(coming.value.path()).read_bytes()


def settled(view: Any, act: Any) -> Any:
    """Do something that asks anew, and wait for the last answer; return the question that it answers."""
    questions: list[Any] = []

    def note(request: Any) -> None:
        if request.url.endswith("/api/compare"):
            questions.append(request.post_data_json)

    view.on("request", note)
    act()
    view.wait_for_selector(DONE)
    view.remove_listener("request", note)
    return questions[-1]


# -- answers ---------------------------------------------------------------------------------------------------------


def test_the_page_answers_with_the_command_lines_numbers(view: Any, address: str, tmp_path: Path) -> None:
    open_at(view, address, "team=3&a.facilitation.hours_per_week=7.5&b=external-24")
    scenarios = []
    for side in "ab":
        path = tmp_path / f"{side}.toml"
        path.write_bytes(downloaded(view, f"Programme {side.upper()} (TOML)"))
        scenarios.append(Scenario.from_file(path))
    found = summary(
        Experiment(scenarios, draws=posterior(DRAWS), replicates=REPLICATES, teams=[3], months=24.0).run()
    )
    everything = json.loads(downloaded(view, "All of it, with notes (JSON)"))["view"]
    for here, there in zip(everything["differences"], found["differences"], strict=True):
        assert {key: here[key] for key in there} == there
    main = next(d for d in found["differences"] if d["outcome"] == "gain_24m" and d["against"] == "a")
    assert f"{abs(main['mean']):.1f}" in view.inner_text("#difference")
    lead = everything["leading"]
    assert lead["p_positive"] == max(main["p_positive"], 1.0 - main["p_positive"])
    assert f"(probability {lead['p_positive']:.2f})" in view.inner_text("#chances")
    assert view.inner_text("#chances").startswith(f"That {lead['scenario'].upper()} does better is ")
    command = f"crtsip compare a.toml b.toml --team 3 --months 24 --draws {DRAWS} --replicates {REPLICATES} --seed 1"
    assert view.inner_text("#command") == command


def test_no_programme_is_always_drawn(view: Any, address: str) -> None:
    open_at(view, address)
    assert view.locator("#by-month svg").inner_html().count("No programme") == 1
    assert "No programme, median" in view.locator("#by-month table").text_content()


def test_downloads_hold_what_is_shown(view: Any, address: str) -> None:
    open_at(view, address)
    rows = list(csv.DictReader(io.StringIO(downloaded(view, "Numbers (CSV)").decode())))
    assert {row["scenario"] for row in rows if row["what"] == "total"} == {"a", "b", "no-sip"}
    assert len({row["month"] for row in rows if row["what"] == "total"}) == 25
    assert downloaded(view, "Chart (SVG)").lstrip().startswith(b"<?xml")
    report = downloaded(view, "Report (HTML)").decode()
    assert report.startswith("<!doctype html>") or report.startswith("<!DOCTYPE html>")
    assert "Programme A" in report
    assert downloaded(view, "Chart (PNG)").startswith(b"\x89PNG\r\n")


def test_a_link_reproduces_the_view(view: Any, address: str, chromium: Any) -> None:
    open_at(view, address, "team=own&own.posts=12&a.months=18&b.onboarding.share=0.5&horizon=36")
    with page(chromium) as other:
        open_at(other, address, chosen(view).lstrip("#"))
        assert other.inner_text("#answer") == view.inner_text("#answer")
        assert other.locator("#by-month svg").inner_html() == view.locator("#by-month svg").inner_html()


@pytest.mark.slow
def test_two_users_at_once_get_their_own_answers(view: Any, address: str, chromium: Any) -> None:
    with page(chromium) as other:
        view.goto(f"{address}#team=1")
        other.goto(f"{address}#team=2")
        for opened, team in ((view, "team 1"), (other, "team 2")):
            opened.wait_for_selector(DONE)
            assert team in opened.inner_text("#by-month h3")


# -- controls --------------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_every_lever_changes_its_programme_alone(view: Any, address: str) -> None:
    open_at(view, address)
    view.evaluate("document.querySelectorAll('#choices details').forEach((one) => { one.open = true; })")
    for lever in LEVERS:
        for side, other in (("a", "b"), ("b", "a")):
            control = view.locator(f"[id='{side}.{lever.key}']")
            if control.is_disabled():
                continue
            before = control.input_value()
            if lever.options:
                value = next(o.key for o in lever.options[::-1] if o.key != before)
                question = settled(view, lambda c=control, v=value: c.select_option(v))
            else:
                key = "ArrowLeft" if float(before) == lever.high else "ArrowRight"
                question = settled(view, lambda c=control, k=key: c.press(k))
                value = float(control.input_value())
            assert question[side]["values"] == {lever.key: value}, lever.key
            assert question[other]["values"] == {}
            settled(view, lambda: view.get_by_role("button", name="Undo").click())
            assert control.input_value() == before


def test_a_team_of_ones_own_is_what_its_controls_say(view: Any, address: str) -> None:
    open_at(view, address)
    settled(view, lambda: view.get_by_label("Whose team").select_option("own"))
    for one in CIRCUMSTANCES:
        question = settled(view, lambda key=one.key: view.locator(f"[id='own.{key}']").press("ArrowRight"))
        assert question["profile"][one.key] == pytest.approx(one.usual + one.step)
    team = tomllib.loads(downloaded(view, "Team (TOML)").decode())
    assert team["posts"] == 22


def test_a_preset_forgets_what_was_set(view: Any, address: str) -> None:
    open_at(view, address, "team=3&a.months=18")
    settled(view, lambda: view.get_by_label("Programme A", exact=True).select_option("core-24"))
    assert view.locator("[id='a.months']").input_value() == "24"
    assert "a.months" not in chosen(view)


def test_a_bad_file_is_answered_with_its_line_and_a_good_one_is_run(view: Any, address: str) -> None:
    open_at(view, address)
    files = {
        "bad.toml": b'base = "core-12"\n[programme]\nmonts = 3\n',
        "good.toml": b'base = "core-12"\n[programme]\nmonths = 20.0\n',
    }
    for name, content in files.items():
        view.set_input_files("#file-a", {"name": name, "mimeType": "application/toml", "buffer": content})
        if name == "bad.toml":
            view.wait_for_selector("#problem:not([hidden])")
            assert "bad.toml, line 3: unknown key 'programme.monts'" in view.inner_text("#problem")
    view.wait_for_selector("#problem", state="hidden")
    view.wait_for_selector(DONE)
    assert "good.toml" in view.inner_text("#answer")


# -- watching --------------------------------------------------------------------------------------------------------


def test_a_run_is_watched_week_by_week(view: Any, address: str) -> None:
    open_at(view, address, "team=2&tab=watch", ".stage")
    seats = view.locator("#view-watch .stage.a .seat")
    assert seats.count() == view.locator("#view-watch .stage.b .seat").count() > 5
    view.get_by_role("button", name="Week on").click()
    assert view.inner_text("#week-told").startswith("1 of 104")
    view.get_by_role("button", name="Next event:").click()
    assert int(view.inner_text("#week-told").split()[0]) > 1
    view.locator("#week").fill("60")
    assert "week=60" in chosen(view)
    seats.nth(1).click()
    assert "Seat 2 in Programme A" in view.inner_text("#person")
    assert re.search(r"Gave the programme \d+ hours", view.inner_text("#person"))
    view.get_by_role("button", name="Play").click()
    view.wait_for_selector("#week-told:not(:text-matches('^6[01] '))")  # a week may pass between two looks
    view.get_by_role("button", name="Pause").click()


def test_a_run_that_is_no_longer_chosen_does_not_come(view: Any, address: str) -> None:
    open_at(view, address, "team=2&tab=watch&draw=0&replicate=0", ".stage")
    view.route("**/api/watch", lambda route: None)  # unanswered
    luck = view.locator("#watch-luck")
    with view.expect_request("**/api/watch"):
        luck.fill("2")
        luck.press("Enter")
    with view.expect_event("requestfailed", lambda request: request.url.endswith("/api/watch")):
        luck.fill("1")
        luck.press("Enter")


@pytest.mark.slow
def test_the_first_week_is_the_same_for_both(view: Any, address: str) -> None:
    open_at(view, address, "team=2&tab=watch&week=0", ".stage")
    labels = [
        [seat.get_attribute("aria-label") for seat in view.locator(f".stage.{s} .seat").all()] for s in "ab"
    ]
    assert labels[0] == labels[1]


@pytest.mark.parametrize("width", [390, 1280])
def test_the_answer_is_seen_without_scrolling(chromium: Any, address: str, width: int) -> None:
    with page(chromium, viewport={"width": width, "height": 800}) as view:
        open_at(view, address)
        assert view.locator("#headline").bounding_box()["y"] < 760
        assert view.locator("#in-short").is_hidden()


def test_what_is_set_on_a_narrow_screen_shows_its_answer(chromium: Any, address: str) -> None:
    with page(chromium, viewport={"width": 390, "height": 800}) as view:
        open_at(view, address)
        view.locator("#levers > summary").click()
        assert view.locator("#in-short").bounding_box()["y"] < 800
        assert view.inner_text("#in-short") == view.inner_text("#headline")
        view.locator("#in-short").click()
        assert view.evaluate("document.activeElement.id") == "headline"


def test_the_answer_holds_gains_costs_reasons_and_bounds(view: Any, address: str) -> None:
    open_at(view, address, "team=3&b=internal-24")
    arms = json.loads(downloaded(view, "All of it, with notes (JSON)"))["view"]["arms"]
    rows = [row.split() for row in view.locator("#answer tbody tr").all_inner_texts()]
    for (name, gain, sign, luck, _, _, cost), arm in zip(rows, ("a", "b", "no-sip"), strict=True):
        assert name == {"a": "A", "b": "B", "no-sip": "None"}[arm]
        assert float(gain.replace("−", "-")) == pytest.approx(arms[arm]["gains"]["gain_24m"], abs=0.051)
        assert sign == "±"
        assert float(luck) == pytest.approx(arms[arm]["gains_mc"]["gain_24m"], abs=0.056)
        assert float(cost.lstrip("£").replace(",", "")) == pytest.approx(arms[arm]["cost"], abs=0.51)
    assert "No team was observed after month 12" in view.inner_text("#made-of")
    assert "nobody has reviewed them" in view.inner_text("#open")
    for label, place in (("Why", "why"), ("What is not known", "open"), ("Take it away", "take-away")):
        view.locator("#answer").get_by_role("button", name=label, exact=True).click()
        assert view.evaluate("document.activeElement.parentElement.id") == place


def test_how_far_luck_moves_a_gain_is_told_and_one_run_cannot_tell_it(view: Any, address: str) -> None:
    open_at(view, address)
    main = json.loads(downloaded(view, "All of it, with notes (JSON)"))["view"]["main"]
    known = re.search(r"the difference known to ±([0-9.]+) points", view.inner_text("#made-of"))
    assert known is not None
    assert float(known[1]) == pytest.approx((main["mc95"][1] - main["mc95"][0]) / 2, abs=0.051)
    with served(Desk(posterior(DRAWS), replicates=1)) as single:
        view.goto(f"{single}#team=3")
        view.wait_for_selector("#view-compare[data-replicates='1']:not([aria-busy])")
        assert "One run in each cannot tell how far luck" in view.inner_text("#made-of")
        assert "not known from one run" in view.inner_text("#answer caption")
        assert "±" not in view.inner_text("#answer")


def test_skipping_to_the_results_forgets_nothing(view: Any, address: str) -> None:
    open_at(view, address, "team=3&b=external-24")
    view.keyboard.press("Tab")
    view.keyboard.press("Enter")
    assert view.evaluate("document.activeElement.id") == "results"
    assert view.get_by_label("Whose team").input_value() == "3"
    assert "b=external-24" in chosen(view)


# -- teaching --------------------------------------------------------------------------------------------------------


def test_a_prediction_comes_before_the_results_and_goes_along(view: Any, address: str) -> None:
    open_at(view, address, "team=3&predict=first")
    assert view.locator("#answer").count() == 0
    view.get_by_role("tab", name="Watch one run").click()
    assert "Predict first" in view.inner_text("#view-watch")
    view.get_by_role("tab", name="Compare").click()
    view.get_by_role("button", name="Show the results").click()
    assert view.locator("#answer").count() == 0
    for label, text in (("My question", "Who?"), ("What I expect, and why", "External: fresh eyes")):
        view.get_by_label(label).fill(text)
    view.get_by_label("Which does better").select_option("b")
    view.get_by_role("button", name="Show the results").click()
    view.wait_for_selector("#answer")
    assert view.evaluate("document.activeElement.id") == "expected"
    assert "You expected: B does better. The model: not decided." in view.inner_text("#expected")
    assert not view.get_by_label("What I expect, and why").is_editable()
    view.get_by_label("What I found").fill("Not so clear")
    view.get_by_label("What I would decide").fill("Wait")
    notes = json.loads(downloaded(view, "All of it, with notes (JSON)"))["notes"]
    assert notes == {
        "question": "Who?",
        "hypothesis": "External: fresh eyes",
        "direction": "b",
        "findings": "Not so clear",
        "decision": "Wait",
    }
    assert "note-decision=Wait" in chosen(view)


def test_a_prediction_is_downloaded_as_the_command_line_keeps_it(view: Any, address: str) -> None:
    noted = "note-question=Who%3F&note-hypothesis=B+knows+more&note-direction=b&note-findings=It+did"
    open_at(view, address, f"team=3&predict=first&shown=yes&{noted}")
    kept = tomllib.loads(downloaded(view, "Prediction (TOML)").decode())
    assert len(kept.pop("experiment")) == 12
    assert kept == {
        "question": "Who?",
        "hypothesis": "B knows more",
        "direction": "b above a",
        "findings": "It did",
    }


# -- for everybody ---------------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("chosen", "shows"), [("team=six", "#answer"), ("team=2&tab=watch", ".stage")])
def test_axe_finds_nothing(chromium: Any, address: str, scheme: str, chosen: str, shows: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="pip install 'crtsip[test]'")
    with page(chromium, color_scheme=scheme) as view:
        open_at(view, address, chosen, shows)
        view.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        found = axe.Axe().run(view)
        assert [(v["id"], v["nodes"][0]["html"][:200]) for v in found.response["violations"]] == []


def test_every_control_has_a_name_of_its_own(view: Any, address: str) -> None:
    open_at(view, address, "team=own")
    names = view.evaluate(
        """() => [...document.querySelectorAll('#choices select, #choices input')].map((one) =>
            one.getAttribute('aria-label') ?? [...(one.labels ?? [])].map((label) => label.textContent).join(' '))"""
    )
    ranges = [name for name in names if name]
    assert len(ranges) == len(names)
    assert "Programme A: Length" in names
    assert len(set(names) - {"A file ending in .toml"}) == len(
        [n for n in names if n != "A file ending in .toml"]
    )


def test_the_keyboard_goes_through_the_page_in_order(view: Any, address: str) -> None:
    open_at(view, address)
    reached = []
    for _ in range(12):
        view.keyboard.press("Tab")
        reached.append(
            view.evaluate("document.activeElement.id || document.activeElement.textContent.trim()")
        )
    wanted = ["Skip to the results", "tab-compare", "team-choice", "horizon", "preset-a"]
    assert [place for place in reached if place in wanted] == wanted
    view.locator("#tab-compare").focus()
    view.keyboard.press("ArrowRight")
    assert view.evaluate("document.activeElement.id") == "tab-watch"


def test_focus_stays_while_answers_come(view: Any, address: str) -> None:
    open_at(view, address)
    view.locator("[id='a.months']").focus()
    settled(view, lambda: view.keyboard.press("ArrowRight"))
    assert view.evaluate("document.activeElement.id") == "a.months"


@pytest.mark.parametrize(("chosen", "shows"), [("team=2", "#answer"), ("team=2&tab=watch", ".stage")])
def test_nothing_is_cut_off_at_320_pixels(chromium: Any, address: str, chosen: str, shows: str) -> None:
    with page(chromium, viewport={"width": 320, "height": 700}) as view:
        open_at(view, address, chosen, shows)
        assert view.evaluate("document.documentElement.scrollWidth") <= 320


def test_every_chart_has_its_numbers_in_a_table(view: Any, address: str) -> None:
    open_at(view, address, "team=six")
    figures = view.locator("#view-compare figure")
    assert figures.count() >= 5
    for figure in figures.all():
        assert figure.locator("table tbody tr").count() > 0
    for drawing in view.locator("#view-compare svg").all():
        assert len(drawing.get_attribute("aria-label")) > 20


def test_with_reduced_motion_nothing_moves_by_itself(chromium: Any, address: str) -> None:
    with page(chromium, reduced_motion="reduce") as view:
        open_at(view, address, "team=2&tab=watch", ".stage")
        moving = view.evaluate(
            """[...document.querySelectorAll('*')]
                .filter((one) => getComputedStyle(one).transitionDuration !== '0s').length"""
        )
        assert moving == 0
