"""The page stands alone, says how sure it is, and holds the numbers of the summary."""

import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from jinja2 import UndefinedError

from calibration import posterior
from calibration.draws import Draws
from experiments import Experiment, Result, Scenario, page, wording
from experiments.comparison import Comparison, Estimate
from experiments.page import write_page
from experiments.summary import summary

QUESTION = "Internal or external <facilitation>?"
COMMAND = "crtsip compare internal-12 external-12 --team 3 --draws 2"
VOID = {"meta", "link", "br", "hr", "img", "input"}


@pytest.fixture(scope="module")
def result() -> Result:
    scenarios = [Scenario("internal-12"), Scenario("external-12")]
    return Experiment(scenarios, draws=posterior(2), replicates=1, teams=[3], months=12.0).run()


@pytest.fixture(scope="module")
def illustrative() -> Result:
    scenarios = [Scenario("places-of-safety"), Scenario("places-of-safety-top-down")]
    return Experiment(scenarios, draws=posterior(2), replicates=1, teams=[3], months=12.0).run()


@pytest.fixture(scope="module")
def text(result: Result, tmp_path_factory: pytest.TempPathFactory) -> str:
    return written(result, tmp_path_factory.mktemp("page"))


def written(result: Result, folder: Path) -> str:
    path = write_page(result, folder / "page.html", question=QUESTION, command=COMMAND)
    return path.read_text(encoding="utf-8").replace("\N{NO-BREAK SPACE}", " ")


class Checker(HTMLParser):
    """Check that every tag is closed in its turn; gather ids, headings and cells."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: Counter[str] = Counter()
        self.seen: Counter[str] = Counter()
        self.attributes: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen[tag] += 1
        self.attributes.append((tag, dict(attrs)))
        self.ids.update(value for name, value in attrs if name == "id" and value)
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag


def checked(text: str) -> Checker:
    checker = Checker()
    checker.feed(text)
    checker.close()
    return checker


def test_every_tag_is_closed_and_every_id_is_there_once(text: str) -> None:
    checker = checked(text)
    assert checker.open == []
    assert max(checker.ids.values()) == 1
    assert checker.seen["h1"] == checker.seen["main"] == 1
    wanted = [attrs["aria-labelledby"] for _, attrs in checker.attributes if "aria-labelledby" in attrs]
    assert set(wanted) <= set(checker.ids)


def test_tables_have_captions_and_scopes_and_figures_have_words(text: str) -> None:
    checker = checked(text)
    assert checker.seen["table"] == checker.seen["caption"] > 5
    assert all(attrs.get("scope") in ("col", "row") for tag, attrs in checker.attributes if tag == "th")
    images = [attrs for tag, attrs in checker.attributes if tag == "svg"]
    assert len(images) == checker.seen["figure"] == 3
    assert all(attrs["role"] == "img" and len(attrs["aria-label"] or "") > 60 for attrs in images)


def test_the_page_asks_nothing_of_the_network_and_runs_no_script(text: str) -> None:
    without_names = re.sub(r'xmlns(:\w+)?="http://www\.w3\.org/[\w/]+"', "", text)
    assert not re.search(r"https?:|//\w+\.\w+/|@import|<script|<link|<iframe|<img", without_names)
    assert not [value for value in re.findall(r'href="([^"]*)"', text) if not value.startswith("#")]
    assert not re.search(r"url\((?!#)", text)
    assert "default-src 'none'" in text


def test_what_the_user_wrote_is_escaped_and_shown(text: str) -> None:
    assert "<h1>Internal or external &lt;facilitation&gt;?</h1>" in text
    assert f"<code>{COMMAND}</code>" in text


def test_the_page_holds_the_gains_and_differences_of_the_summary(result: Result, text: str) -> None:
    found = summary(result)
    for figures in found["scenarios"].values():
        for outcome in ("gain_6m", "gain_end", "latent_gain_6m", "latent_gain_end"):
            low, high = (wording.plain(end) for end in figures[outcome]["ci95"])
            assert f"<td>{wording.plain(figures[outcome]['mean'])} ({low} to {high})</td>" in text
    for figures in found["differences"]:
        digits = page.DIGITS[page.UNITS[figures["outcome"]]]
        low, high = (wording.signed(end, digits) for end in figures["ci95"])
        row = (
            rf"<th scope=\"row\">{figures['scenario']} minus {figures['against']}</th>"
            rf"<td>{figures['outcome']} \(\w+\)</td><td>{re.escape(wording.signed(figures['mean'], digits))}</td>"
            rf"<td>{re.escape(f'{low} to {high}')}</td><td>[^<]*</td><td>{figures['p_positive']:.2f}</td>"
        )
        assert re.search(row, text), figures
    assert all(entry.replace("'", "&#39;") in text for entry in found["undecided"])
    assert found["provenance"]["fingerprint"] in text


def test_no_programme_and_its_title_are_on_the_page(text: str) -> None:
    assert '<th scope="row">No programme</th>' in text
    assert "Internal facilitator, 12 months minus No programme" in text


def test_equal_results_give_equal_bytes(result: Result, tmp_path: Path) -> None:
    paths = [write_page(result, tmp_path / name, question="Q", command="c") for name in ("a.html", "b.html")]
    assert paths[0].read_bytes() == paths[1].read_bytes()


def test_the_banner_goes_with_a_calibrated_posterior(result: Result, text: str, tmp_path: Path) -> None:
    draws = result.experiment.draws
    for kind, shown in (("prior", True), ("provisional sample", True), ("posterior", False)):
        experiment = Experiment(
            result.experiment.scenarios, draws=Draws(draws.table, kind), replicates=1, teams=[3], months=12.0
        )
        page_text = written(Result(experiment, result.gathered, 1), tmp_path)
        assert ('<p class="banner" role="note">Provisional:' in page_text) is shown, kind


def test_an_interrupted_run_says_so(result: Result, tmp_path: Path) -> None:
    assert "Interrupted:" in written(Result(result.experiment, result.gathered, 1, True), tmp_path)


def test_an_illustrative_innovation_shows_no_fidelity_score(illustrative: Result, tmp_path: Path) -> None:
    text = written(illustrative, tmp_path)
    assert "Illustrative and uncalibrated" in text
    assert "percentage points" in text
    assert not re.search(r"[Ff]idelity|[Rr]eviewed|gain_|39 to 195|P\(&gt;3\)", text)


def test_the_template_refuses_what_it_was_not_given(
    result: Result, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page, "_hours", lambda _: SimpleNamespace(title="no image"))
    with pytest.raises(UndefinedError):
        write_page(result, tmp_path / "page.html", question="Q", command="c")
    assert not (tmp_path / "page.html").exists()


def compared(chances: float, mean: float, draws: int) -> Comparison:
    by_draw = np.linspace(mean - 1.0, mean + 1.0, draws)
    estimate = Estimate(mean, (mean - 1.0, mean + 1.0), (mean, mean), (mean - 9.0, mean + 9.0), by_draw)
    return Comparison("a", "b", "gain_end", estimate, chances, 0.0, 0.5)


def test_words_follow_the_declared_scale() -> None:
    chances = (0.0, 0.05, 0.06, 0.32, 0.33, 0.5, 0.67, 0.68, 0.94, 0.95, 1.0)
    names = [word for word, _ in wording.SCALE]
    found = [names.index(wording.in_words(chance)) for chance in chances]
    assert found == [0, 0, 1, 1, 2, 2, 2, 3, 3, 4, 4]


def test_few_draws_decide_nothing() -> None:
    assert not compared(1.0, 5.0, 59).decided
    assert wording.verdict(compared(1.0, 5.0, 59)) == "likely"
    assert compared(1.0, 5.0, 60).decided
    assert wording.verdict(compared(1.0, 5.0, 60)) == "very likely"
    assert not compared(0.5, 0.0, 1000).decided


def test_the_answer_says_when_the_sign_is_open(result: Result, text: str) -> None:
    assert "Whether an internal or an external facilitator does better is undecided." in text
    assert wording.answer(result).replace("'", "&#39;") in text


def test_only_no_programme_is_a_page_too(result: Result, tmp_path: Path) -> None:
    alone = Experiment([Scenario("no-sip")], draws=posterior(2), replicates=1, teams=[3], months=12.0).run()
    assert "nothing to compare" in written(alone, tmp_path)


def test_numbers_have_a_true_minus_and_no_sign_on_nothing() -> None:
    assert [wording.signed(value) for value in (-0.04, 0.04, -1.25, 2.0)] == ["0.0", "0.0", "−1.2", "+2.0"]
    assert [wording.plain(value) for value in (-0.04, -1.26, 1234.5)] == ["0.0", "−1.3", "1,234.5"]
