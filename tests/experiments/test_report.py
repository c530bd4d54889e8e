"""A report tells a result, what was expected of it, and how to compute it again; the brief is two tagged pages."""

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from results import promised

from calibration import posterior, prior
from calibration.draws import Draws
from experiments import Experiment, Result, Scenario, brief, read_result, reproduce, short, wording
from experiments.cli import cli
from experiments.errors import InputError
from experiments.experiment import NO_SIP
from experiments.page import write_page
from experiments.prediction import NAME, borne_out, direction, note_prediction, read_prediction
from experiments.profile import team_from_text
from experiments.summary import summary
from experiments.wording import compared
from model.sites import Site

DEMO = [f"{placement}-{n}" for n in (12, 18, 24) for placement in ("internal", "external")]


def _can_write_pdf() -> bool:
    try:
        import weasyprint  # noqa: F401
    except (ImportError, OSError):
        return False
    return True


needs_pango = pytest.mark.skipif(
    not _can_write_pdf(),
    reason="weasyprint and Pango are not here: pip install 'crtsip[report]'; apt install libpango-1.0-0 "
    "libpangoft2-1.0-0 libharfbuzz-subset0",
)


def _kept(folder: Path, names: list[str], **given: Any) -> Path:
    options: dict[str, Any] = {"draws": posterior(2), "replicates": 1, "teams": [3], "months": 12.0}
    experiment = Experiment([Scenario(name) for name in names], **(options | given))
    experiment.run(out=folder)
    return folder


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _kept(tmp_path_factory.mktemp("report") / "two", ["core-12", "protected-time"])


@pytest.fixture
def fresh(kept: Path) -> Iterator[Path]:
    yield kept
    (kept / NAME).unlink(missing_ok=True)


@pytest.fixture
def report(fresh: Path) -> Callable[..., Path]:
    def written(*options: str) -> Path:
        cli.main(["report", str(fresh), "--quiet", *options], standalone_mode=False)
        return fresh

    return written


# -- the command ---------------------------------------------------------------------------------------------


def test_the_report_is_the_page_the_run_itself_writes(kept: Path, tmp_path: Path) -> None:
    experiment = read_result(kept).experiment
    of_run = write_page(experiment.run(), tmp_path / "run.html").read_bytes()
    cli.main(["report", str(kept), "--quiet", "--out", str(tmp_path / "read.html")], standalone_mode=False)
    assert (tmp_path / "read.html").read_bytes() == of_run


def test_the_page_begins_with_the_answer_in_two_sentences(report: Callable[..., Path]) -> None:
    text = (report() / "report.html").read_text(encoding="utf-8")
    said = short.in_short(read_result(report()))
    assert f'<p class="answer">{said}</p>' in text
    assert said.count(". ") == 1
    assert "95% interval" in said
    assert "<h1>How do “Core programme, 12 months” and “Protected time” compare?</h1>" in text
    assert "What was expected" not in text


def test_the_report_leaves_the_numbers_of_the_result_as_they_are(report: Callable[..., Path]) -> None:
    before = promised(report())
    assert promised(report("--hypothesis", "More time, more done")) == before


def test_an_unknown_scenario_to_compare_with_is_told(report: Callable[..., Path]) -> None:
    with pytest.raises(InputError, match="Did you mean 'core-12'"):
        report("--against", "core-21")


def test_what_is_no_result_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is not a result"):
        cli.main(["report", str(tmp_path)], standalone_mode=False)


def test_the_page_says_what_was_compared(report: Callable[..., Path]) -> None:
    text = (report() / "report.html").read_text(encoding="utf-8")
    part = text.split('<h2 id="compared">')[1].split("</section>")[0]
    for said in (
        "In what the programmes differ",
        "Protected time (hours a person and week)",
        "In what the programmes are alike",
        "as recorded and as coded",
        "every draw takes values of its own",
    ):
        assert said in part
    assert '<a href="#compared">What was compared</a>' in text


# -- two sentences -------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Result:
    return read_result(
        _kept(tmp_path_factory.mktemp("demo") / "demo", DEMO, teams=[1, 2, 3, 4, 5, 6], months=24.0)
    )


def test_the_page_says_how_far_luck_moves_the_gains(report: Callable[..., Path], tmp_path: Path) -> None:
    assert (report() / "report.html").read_text(encoding="utf-8").count(
        "How far luck moves a mean is not known"
    ) >= 2
    folder = _kept(tmp_path / "three", ["core-12"], replicates=3)
    cli.main(["report", str(folder), "--quiet"], standalone_mode=False)
    scenarios = summary(read_result(folder))["scenarios"].values()
    page = (folder / "report.html").read_text(encoding="utf-8")
    for kind in ("gain", "latent_gain"):
        spans = [figures[f"{kind}_{at}"]["mc95"] for figures in scenarios for at in ("6m", "end")]
        widest = max((high - low) / 2 for low, high in spans)
        assert f"Luck leaves each mean uncertain by {widest:.1f} or less" in page
        assert widest > 0.05


def test_placement_and_length_are_answered_in_two_sentences(demo: Result) -> None:
    said = short.in_short(demo)
    assert said.startswith(
        "At month 24 (end), whether an external facilitator does better than an internal one is un"
    )
    assert "; 24 months of programme in place of 12 change the gain by " in said
    assert said.count(". ") == 1
    assert short.question(demo) == (
        "Does it matter whether the facilitator is internal or external, and how long the programme lasts?"
    )


def test_many_programmes_are_counted_and_not_named(demo: Result) -> None:
    assert short.question(demo, "internal-12") == "How do 6 programmes compare?"


def test_one_programme_is_told_against_none_with_the_chance_of_a_single_run(kept: Path) -> None:
    two = read_result(kept)
    alone = Experiment([Scenario("core-12")], draws=posterior(2), replicates=1, teams=[3], months=12.0).run()
    said = short.in_short(alone)
    assert "differs from no programme by " in said
    assert "In a single team's run" in said
    assert "Against no programme" in short.in_short(two)
    assert short.question(alone) == "What does “Core programme, 12 months” change, against no programme?"


# -- predict first -------------------------------------------------------------------------------------------


def test_what_was_said_is_kept_and_told(report: Callable[..., Path]) -> None:
    before = (report() / "log.jsonl").read_text(encoding="utf-8")
    folder = report(
        "--question",
        "Does <time> help?",
        "--hypothesis",
        "Yes: hours",
        "--direction",
        "protected-time above core-12",
    )
    report("--findings", 'It "did"', "--decision", "Ask for an hour")
    found = read_prediction(folder, read_result(folder).experiment)
    assert found is not None
    assert (found.findings, found.decision) == ('It "did"', "Ask for an hour")
    text = (folder / "report.html").read_text(encoding="utf-8")
    assert "<h1>Does &lt;time&gt; help?</h1>" in text
    for said in ("Yes: hours", "protected-time above core-12", "It &#34;did&#34;", "Ask for an hour"):
        assert f"<dd>{said}</dd>" in text
    log = (folder / "log.jsonl").read_text(encoding="utf-8").removeprefix(before)
    assert [line["said"] for line in map(json.loads, log.splitlines())] == [
        ["direction", "hypothesis", "question"],
        ["decision", "findings"],
    ]


def test_what_was_expected_is_fixed_once_findings_are_noted(fresh: Path) -> None:
    experiment = read_result(fresh).experiment
    note_prediction(fresh, experiment, hypothesis="more", direction="protected-time above core-12")
    note_prediction(fresh, experiment, hypothesis="less", direction="protected-time below core-12")
    note_prediction(fresh, experiment, findings="more")
    with pytest.raises(InputError, match=r"--hypothesis: findings are noted already.*It reads: less"):
        note_prediction(fresh, experiment, hypothesis="more")
    found = note_prediction(fresh, experiment, findings="still more", hypothesis="less")
    assert found == read_prediction(fresh, experiment)


def test_findings_before_a_hypothesis_are_refused(fresh: Path) -> None:
    with pytest.raises(InputError, match="state one with --hypothesis first"):
        note_prediction(fresh, read_result(fresh).experiment, findings="it rose")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("protected-time > core-12", "above, below or like"),
        ("protected-tim above core-12", "Did you mean 'protected-time'"),
        ("core-12 like core-12", "two different"),
    ],
)
def test_a_direction_that_cannot_be_read_is_refused_and_not_kept(fresh: Path, text: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        note_prediction(fresh, read_result(fresh).experiment, direction=text)
    assert not (fresh / NAME).exists()


def test_a_prediction_about_another_experiment_is_refused(fresh: Path) -> None:
    (fresh / NAME).write_text('experiment = "other"\nhypothesis = "h"\n', encoding="utf-8")
    with pytest.raises(InputError, match="about another experiment"):
        read_prediction(fresh, read_result(fresh).experiment)


def test_a_misspelt_entry_is_told_with_its_line(fresh: Path) -> None:
    (fresh / NAME).write_text('experiment = "x"\nhypothsis = "h"\n', encoding="utf-8")
    with pytest.raises(InputError, match=r"line 2: unknown key 'hypothsis'. Did you mean 'hypothesis'"):
        read_prediction(fresh, read_result(fresh).experiment)


@pytest.mark.parametrize("word", ["above", "below"])
def test_a_direction_is_set_beside_the_difference_it_speaks_of(fresh: Path, word: str) -> None:
    result = read_result(fresh)
    text = f"protected-time {word} {NO_SIP}"
    prediction = note_prediction(fresh, result.experiment, direction=text)
    assert prediction is not None
    assert direction(text, result.experiment) == ("protected-time", word, NO_SIP)
    (found,) = compared(result, "gain_end", [("protected-time", NO_SIP)])
    p = found.p_positive if word == "above" else 1.0 - found.p_positive
    assert f"as expected, is {'likely' if p > 0.5 else 'unlikely'} (probability {p:.2f})" in borne_out(
        result, prediction
    )


# -- how to reproduce ----------------------------------------------------------------------------------------


def _again(line: str, folder: Path, out: Path) -> dict[str, bytes]:
    words = line.replace("RESULT", str(folder)).split()
    assert words[0] == "crtsip"
    cli.main([*words[1:], "--quiet", "--out", str(out)], standalone_mode=False)
    return promised(out)


@pytest.mark.parametrize(
    "given",
    [
        {"draws": posterior(2), "teams": [1, 2, 3, 4, 5, 6]},
        {"draws": prior(2, seed=7), "seed": 7, "teams": [2, 5], "replicates": 2, "months": 12.0 + 1.0 / 3.0},
    ],
)
def test_the_line_computes_the_same_bytes(tmp_path: Path, given: dict[str, Any]) -> None:
    folder = _kept(tmp_path / "first", ["core-12"], **given)
    line = reproduce.command(read_result(folder))
    assert _again(line, folder, tmp_path / "again") == promised(folder)


def test_changed_scenarios_are_taken_from_the_result(tmp_path: Path) -> None:
    scenarios = [
        Scenario("core-12").with_set({"turnover": "2"}),
        Scenario(NO_SIP).with_set({"turnover": "2"}),
    ]
    Experiment(scenarios, draws=posterior(2), replicates=1, teams=[3], months=12.0).run(
        out=tmp_path / "first"
    )
    line = reproduce.command(read_result(tmp_path / "first"))
    assert "RESULT/scenarios/core-12.toml RESULT/scenarios/no-sip.toml" in line
    assert _again(line, tmp_path / "first", tmp_path / "again") == promised(tmp_path / "first")


def test_own_teams_and_other_draws_are_run_again_from_python(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = Site(name="ours", number=2001, posts=4)
    draws = Draws(posterior(4).table.iloc[2:4], "posterior")
    for name, given in (("team", {"teams": [own]}), ("draws", {"draws": draws})):
        folder = _kept(tmp_path / name, ["core-12"], **given)
        code = reproduce.command(read_result(folder)).replace("RESULT", folder.as_posix())
        monkeypatch.chdir(tmp_path / name)
        exec(compile(code, "reproduce", "exec"), {})
        assert promised(tmp_path / name / "again") == promised(folder)


# -- the brief -----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def pdf(demo: Result, tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not _can_write_pdf():
        pytest.skip("weasyprint and Pango are not here")
    return brief.write_brief(demo, tmp_path_factory.mktemp("brief") / "brief.pdf")


def _tags(node: Any) -> Iterator[Any]:
    """Yield the elements of a PDF's structure."""
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        for each in node:
            yield from _tags(each)
    elif isinstance(node, dict):
        yield node
        if "/K" in node:
            yield from _tags(node["/K"])


@needs_pango
def test_the_brief_has_two_pages_and_is_tagged(pdf: Path) -> None:
    from pypdf import PdfReader

    reader = PdfReader(pdf)
    root: Any = reader.trailer["/Root"]
    assert len(reader.pages) == 2
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert b"pdfuaid:part" in root["/Metadata"].get_object().get_data()
    tags = list(_tags(root["/StructTreeRoot"]["/K"]))
    pictures = [tag for tag in tags if tag.get("/S") == "/Figure"]
    assert len(pictures) == 2
    assert all(len(picture["/Alt"]) > 60 for picture in pictures)
    assert {"/H1", "/H2", "/Table", "/TH", "/TD", "/L"} <= {tag.get("/S") for tag in tags}


@needs_pango
def test_the_brief_says_what_a_board_must_know(pdf: Path, demo: Result) -> None:
    from pypdf import PdfReader

    text = " ".join(" ".join(page.extract_text() for page in PdfReader(pdf).pages).split())
    for part in (
        "What the data did not decide",
        "Do not use this for",
        "Assumptions",
        "how to reproduce",
        "Seed: 1",
    ):
        assert part in text
    assert short.in_short(demo) in text
    assert all(" ".join(said.split()) in text for said in wording.unobserved(demo))
    assert wording.BEYOND in wording.unobserved(demo)


@needs_pango
def test_the_brief_of_an_own_team_says_what_is_not_known_of_it(tmp_path: Path) -> None:
    from pypdf import PdfReader

    profile = 'name = "ours"\nposts = 9\ngroup_breadth = "unknown"\nbusyness = [1.0, 1.2]\n'
    own = team_from_text(profile, "team", "team.toml")
    result = read_result(_kept(tmp_path / "own", DEMO, teams=[own], months=24.0))
    reader = PdfReader(brief.write_brief(result, tmp_path / "brief.pdf"))
    text = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    assert len(reader.pages) == 2
    assert "Of ours: who shares in improvement work and workload." in text
    assert all(said in text for said in wording.NOT_FOR)


@needs_pango
@pytest.mark.parametrize(
    "names", [["core-12"], ["core-12", "core-24", "protected-time", "half-dose", "double-dose"]]
)
def test_short_and_long_results_fit_two_pages_with_long_words(tmp_path: Path, names: list[str]) -> None:
    from pypdf import PdfReader

    folder = _kept(tmp_path / "result", names, months=12.0)
    experiment = read_result(folder).experiment
    prediction = note_prediction(
        folder, experiment, hypothesis="Because of what we know. " * 12, findings="So it is. " * 12
    )
    path = brief.write_brief(read_result(folder), tmp_path / "brief.pdf", prediction=prediction)
    assert len(PdfReader(path).pages) == 2


@needs_pango
def test_equal_results_give_equal_briefs(kept: Path, tmp_path: Path) -> None:
    one, other = (brief.write_brief(read_result(kept), tmp_path / name) for name in ("a.pdf", "b.pdf"))
    assert one.read_bytes() == other.read_bytes()


@needs_pango
def test_the_brief_asks_nothing_of_the_network(
    kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from weasyprint.urls import URLFetcher

    asked: list[str] = []
    fetch = URLFetcher.fetch
    monkeypatch.setattr(
        URLFetcher, "fetch", lambda self, url, *a, **k: asked.append(url) or fetch(self, url, *a, **k)
    )
    brief.write_brief(read_result(kept), tmp_path / "brief.pdf")
    assert asked
    assert all(address.startswith("data:image/svg+xml;base64,") for address in asked)


def test_without_weasyprint_or_pango_the_remedy_is_told(
    kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    with pytest.raises(InputError, match=r"pip install 'crtsip\[report\]'"):
        brief.write_brief(read_result(kept), tmp_path / "brief.pdf")
    (tmp_path / "weasyprint.py").write_text("raise OSError('cannot load library')", encoding="utf-8")
    monkeypatch.delitem(sys.modules, "weasyprint")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(InputError, match=r"apt install libpango-1.0-0"):
        brief.write_brief(read_result(kept), tmp_path / "brief.pdf")
