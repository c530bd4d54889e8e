"""The command: what it prints where, its exit status, and what it leaves behind."""

import json
import os
import signal
import subprocess
import sys
import textwrap
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import jsonschema
import numpy as np
import pytest

import calibration
from calibration import Draws, prior, shipped
from experiments import Experiment, Scenario, read_result
from experiments.cli import cli, main
from experiments.errors import InputError
from model import presets
from model.parameters import Parameters, declared

COMPUTING = ("run", "compare", "demo", "trial")
SHARED = [
    "--draws",
    "--draws-from",
    "--replicates",
    "--seed",
    "--weeks",
    "--months",
    "--follow-up",
    "--team",
    "--set",
    "--out",
    "--force",
    "--engine",
    "--workers",
    "--scheduler",
    "--json",
    "--quiet",
]
SMALL = [
    "--draws",
    "2",
    "--draws-from",
    "prior",
    "--replicates",
    "1",
    "--workers",
    "1",
    "--team",
    "small.toml",
]


class Called(NamedTuple):
    """What came of a call."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        """Return the one JSON object that is all there is on standard output."""
        assert len(self.out.splitlines()) == 1, self.out
        found: dict[str, Any] = json.loads(self.out, parse_constant=_no_constant)
        return found


def _no_constant(name: str) -> None:
    raise AssertionError(f"{name} is not JSON")


Call = Callable[..., Called]


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Call:
    """Return a caller of the command in an empty directory but for the profile of a small team."""
    monkeypatch.chdir(tmp_path)
    Path("small.toml").write_text("posts = 4\n")

    def called(*arguments: str) -> Called:
        monkeypatch.setattr(sys, "argv", ["crtsip", *arguments])
        status = 0
        try:
            main()
        except SystemExit as leave:
            status = int(leave.code or 0)
        return Called(status, *capsys.readouterr())

    return called


def started(code: str, *arguments: str, **options: Any) -> "subprocess.Popen[str]":
    """Start the command in a process of its own, after some lines of code."""
    script = textwrap.dedent(code) + "\nfrom experiments.cli import main\nmain()\n"
    root = Path(calibration.__file__).parents[1]
    paths = os.pathsep.join([str(root), *filter(None, [os.environ.get("PYTHONPATH")])])
    environment = os.environ | {"PYTHONPATH": paths} | options.pop("env", {})
    return subprocess.Popen(
        [sys.executable, "-c", script, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
        **options,
    )


def small_files(folder: Path) -> None:
    (folder / "small.toml").write_text("posts = 4\n")


# -- help ----------------------------------------------------------------------------------------------------


def test_the_version_is_told(call: Call) -> None:
    found = call("--version")
    assert found.status == 0 and found.out.startswith("crtsip, version ")


def test_help_names_every_command_and_gives_examples(call: Call) -> None:
    found = call("--help")
    assert found.status == 0 and found.err == ""
    for name in ("run", "compare", "replay", "presets", "parameters", "schema", "doctor"):
        assert f"\n  {name} " in found.out
    assert "Examples:" in found.out


@pytest.mark.parametrize("name", sorted(cli.commands))
def test_help_of_a_command_tells_every_option_with_a_sentence(call: Call, name: str) -> None:
    found = call(name, "-h")
    assert found.status == 0
    command = cli.commands[name]
    assert str(command.help).splitlines()[0].split(",")[0] in " ".join(found.out.split())
    for parameter in command.params:
        if parameter.param_type_name == "option" and parameter.name != "help":
            assert parameter.opts[0] in found.out
            assert getattr(parameter, "help", None), f"{parameter.opts[0]} says nothing of itself"


@pytest.mark.parametrize("name", COMPUTING)
def test_every_computing_command_takes_the_shared_options(name: str) -> None:
    options = {option for parameter in cli.commands[name].params for option in parameter.opts}
    assert set(SHARED) <= options


def test_examples_in_the_help_can_be_parsed(call: Call) -> None:
    """The settings that help shows must not be ambiguous."""
    Path("mine.toml").write_text('base = "core-12"\n')
    found = call(
        "compare", "core-12", "mine.toml", "--set", "turnover=1.5", "--months", "1", *SMALL, "--quiet"
    )
    assert found.status == 0, found.err


# -- run and compare -----------------------------------------------------------------------------------------


def test_json_is_one_object_and_nothing_else(call: Call) -> None:
    found = call("compare", "internal-12", "external-12", "--months", "7", *SMALL, "--json", "--out", "one")
    assert found.status == 0
    told = found.json
    assert set(told["scenarios"]) == {"internal-12", "external-12", "no-sip"}
    assert {"mean", "ci95", "interval_parameters", "interval_chance"} <= told["scenarios"]["no-sip"][
        "gain_6m"
    ].keys()
    assert told["scenarios"]["no-sip"]["gain_12m"] is None
    assert found.out.isascii()
    assert list(told) == sorted(told)
    result = read_result(Path("one"))
    stored = result.outcome("gain_6m", "external-12") - result.outcome("gain_6m", "internal-12")
    ours = next(
        d
        for d in told["differences"]
        if (d["scenario"], d["against"], d["outcome"]) == ("external-12", "internal-12", "gain_6m")
    )
    assert ours["mean"] == pytest.approx(float(np.mean(stored)), abs=1e-6)


def test_equal_calls_print_the_same_json_but_for_provenance(call: Call) -> None:
    arguments = ["run", "core-12", "--months", "2", *SMALL, "--json", "--force", "--out"]
    one, other = call(*arguments, "one").json, call(*arguments, "other").json
    one.pop("provenance")
    other.pop("provenance")
    assert one == other


def test_quiet_prints_nothing_and_writes_all_the_same(call: Call) -> None:
    found = call("run", "core-12", "--months", "1", *SMALL, "--quiet", "--out", "one")
    assert found == Called(0, "", "")
    assert read_result(Path("one")).scenarios == ["core-12", "no-sip"]


def test_tables_tell_scenarios_differences_and_what_is_open(call: Call) -> None:
    found = call("compare", "internal-12", "external-12", "--months", "7", *SMALL)
    assert found.status == 0
    for part in ("external-12 − internal-12", "P(>0)", "Not decided:", "prior", "1 replicate,"):
        assert part in found.out
    assert "result in results/internal-12-external-12-" in found.err
    (folder,) = Path("results").iterdir()
    assert read_result(folder).replicates == 1


def test_the_length_may_be_given_in_weeks(call: Call) -> None:
    found = call("run", "core-12", "--weeks", "10", *SMALL, "--quiet", "--out", "one")
    assert found.status == 0
    assert read_result(Path("one")).experiment.month_ends[-1] == 10
    refused = call("run", "core-12", "--weeks", "10", "--months", "3", *SMALL)
    assert refused.status == 2 and "--weeks or --months" in refused.err


def test_the_run_goes_on_after_the_programme_for_the_follow_up(call: Call) -> None:
    Path("short.toml").write_text('base = "core-12"\n[programme]\nmonths = 2.0\n')
    found = call("run", "short.toml", "--follow-up", "1", *SMALL, "--json")
    assert found.json["provenance"]["months"] == 13.0, (
        "no run by default is shorter than a year and the follow-up"
    )


def test_seed_draws_and_replicates_are_obeyed(call: Call) -> None:
    given = ["--draws", "3", "--draws-from", "prior", "--replicates", "2", "--seed", "7", "--workers", "1"]
    found = call("run", "core-12", "--months", "1", *given, "--team", "6", "--team", "small.toml", "--json")
    assert (found.json["draws"], found.json["replicates"], found.json["provenance"]["seed"]) == (3, 2, 7)
    assert found.json["teams"] == ["team 6", "small"]


def test_settings_hold_in_every_arm_and_levers_only_where_there_is_a_programme(call: Call) -> None:
    settings = ["--set", "turnover=3.0", "--set", "absence=0.2", "--set", "hours_per_week=5.0"]
    found = call("run", "core-12", *settings, "--months", "1", *SMALL, "--quiet", "--out", "one")
    assert found.status == 0, found.err
    core, none = read_result(Path("one")).experiment.scenarios
    assert (core.name, none.name) == ("core-12", "no-sip")
    for scenario in (core, none):
        assert scenario.context.turnover == 3.0
        assert scenario.parameters == {"absence": 0.2}
    assert core.programme.facilitation is not None and core.programme.facilitation.hours_per_week == 5.0
    assert none.programme == Scenario("no-sip").programme


def test_a_lever_needs_a_programme(call: Call) -> None:
    found = call("run", "no-sip", "--set", "months=12", *SMALL)
    assert found.status == 2 and "no-sip has no programme" in found.err


def test_replicates_are_added_until_the_difference_is_known(call: Call) -> None:
    adaptive = [
        "--draws",
        "2",
        "--draws-from",
        "prior",
        "--workers",
        "1",
        "--team",
        "small.toml",
        "--months",
        "6",
    ]
    enough = call("compare", "core-12", *adaptive, "--precision", "1000", "--json", "--out", "one")
    assert enough.json["replicates"] == 2, "luck cannot be told from one replicate"
    assert not any("half-width" in sentence for sentence in enough.json["undecided"])
    assert "within the 1000 asked for; stopped after 2 replicates" in enough.err
    short = call(
        "compare",
        "core-12",
        *adaptive,
        "--precision",
        "0.01",
        "--max-replicates",
        "3",
        "--json",
        "--out",
        "two",
    )
    assert short.json["replicates"] == 3
    note = next(sentence for sentence in short.json["undecided"] if "half-width" in sentence)
    assert "not to the 0.01 asked for: stopped after 3 replicates. Raise --max-replicates." in note


def test_the_comparison_may_be_with_any_of_the_scenarios(call: Call) -> None:
    found = call("compare", "core-12", "core-18", "--against", "core-18", "--months", "6", *SMALL, "--json")
    assert {(d["scenario"], d["against"]) for d in found.json["differences"]} == {
        ("core-12", "no-sip"),
        ("core-18", "no-sip"),
        ("core-12", "core-18"),
    }


def test_the_demo_names_a_page_that_is_there(call: Call) -> None:
    found = call("demo", "--months", "1", *SMALL, "--out", "demo")
    assert found.status == 0, found.err
    named = found.err.split("the page is ")[1].strip()
    assert Path(named) == Path("demo/report.html").resolve() and Path(named).stat().st_size > 0


def test_a_finished_result_is_read_again(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    arguments = ["run", "core-12", "--months", "1", *SMALL, "--json", "--out", "one"]
    first = call(*arguments)
    monkeypatch.setattr(Experiment, "run_block", lambda *_: pytest.fail("it should not run again"))
    again = call(*arguments)
    assert "read again from one" in again.err and again.out == first.out


# -- wrong input ---------------------------------------------------------------------------------------------

WRONG_SCENARIOS = {
    "an unknown key": (
        "[programme]\nmonhts = 3.0\n",
        ["line 3", "'programme.monhts'", "Did you mean 'months'?"],
    ),
    "a value out of range": (
        "[programme.plan]\nflexibility = 2.0\n",
        ["line 3", "flexibility = 2.0", "equal to 1"],
    ),
    "teams with no staff": ("[context]\nposts = 0\n", ["line 3", "context.posts = 0", "3"]),
    "a 400-month programme": ("[programme]\nmonths = 400.0\n", ["line 3", "months = 400.0", "60"]),
    "a facilitator without hours": (
        "[programme.facilitation]\nhours_per_week = 0.0\n",
        ["line 3", "hours_per_week = 0.0", "greater than 0"],
    ),
    "not a number": ("[parameters]\nspill_over = nan\n", ["line 3", "spill_over = nan", "not a number"]),
    "broken TOML": ("[programme\n", ["not valid TOML", "line 2"]),
    "a base that goes round": ("", ["is its own base", "wrong.toml -> wrong.toml"]),
}


def refused(found: Called, expected: list[str]) -> None:
    """Check a refusal: status 2, one message on standard error, nothing written."""
    assert found.status == 2, found
    assert found.out == ""
    assert found.err.startswith("crtsip: ") and "Traceback" not in found.err
    assert len(found.err.splitlines()) == 1, found.err
    assert [part for part in expected if part not in found.err] == [], found.err
    assert not Path("results").exists(), "a refused call must not write"


@pytest.mark.parametrize("kind", WRONG_SCENARIOS)
@pytest.mark.parametrize("command", ["run", "compare"])
def test_a_wrong_scenario_file_is_refused(call: Call, command: str, kind: str) -> None:
    text, expected = WRONG_SCENARIOS[kind]
    base = "wrong.toml" if kind == "a base that goes round" else "core-12"
    Path("wrong.toml").write_text(f'base = "{base}"\n{text}')
    refused(call(command, "wrong.toml", *SMALL), ["wrong.toml", *expected])


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["run", "cor-12"], ["no preset 'cor-12'", "Did you mean 'core-12'?"]),
        (["run", "folder"], ["folder is a directory"]),
        (["run", "nothing.toml"], ["There is no file nothing.toml"]),
        (["compare", "core-12", "places-of-safety"], ["different outcomes"]),
        (["compare", "core-12", "core-12"], ["core-12 is named twice"]),
        (["compare", "core-12", "--against", "core-18"], ["--against core-18", "core-12, no-sip"]),
        (["run", "core-12-recorded", "--team", "small.toml"], ["core-12-recorded", "a team of your own"]),
        (["run", "core-12", "--team", "7"], ["--team 7", "1 to 6"]),
        (["run", "core-12", "--team", "folder"], ["folder is a directory"]),
        (["run", "core-12", "--team", "nobody.toml"], ["nobody.toml, line 1", "posts = 0", "3"]),
        (["run", "core-12", "--set", "turnover"], ["--set turnover", "NAME=VALUE"]),
        (["run", "core-12", "--set", "=3"], ["--set =3", "NAME=VALUE"]),
        (["run", "core-12", "--set", "spil_over=0.1"], ["Did you mean 'spill_over'?"]),
        (["run", "core-12", "--set", "every_months=3"], ["reviews.every_months or", "write it out"]),
        (["run", "core-12", "--set", "months=400"], ["--set months=400", "60"]),
        (["run", "core-12", "--set", "absence=nan"], ["absence = nan", "not a number"]),
        (["run", "core-12", "--months", "90", "--weeks", "3"], ["--weeks or --months"]),
        (["run", "core-12", "--out", "small.toml"], ["--out small.toml is a file"]),
        (["run", "core-12", "--out", "folder"], ["--out folder holds something that is not a result"]),
        (["run", "core-12", "--out", "folder", "--force"], ["holds something that is not a result"]),
        (["presets", "cor-12"], ["no preset 'cor-12'", "Did you mean 'core-12'?"]),
        (["parameters", "--domain", "Workfroce"], ["--domain Workfroce", "Did you mean 'Workforce'?"]),
        (
            ["replay", "folder", "--scenario", "no-sip", "--team", "6", "--draw", "0", "--replicate", "0"],
            ["folder is not a result"],
        ),
    ],
    ids=" ".join,
)
def test_a_wrong_argument_is_refused(
    call: Call, monkeypatch: pytest.MonkeyPatch, arguments: list[str], expected: list[str]
) -> None:
    monkeypatch.setattr(
        Experiment, "run_block", lambda *_: pytest.fail("wrong input must be found before the run")
    )
    Path("folder").mkdir()
    Path("folder", "mine.txt").write_text("mine")
    Path("nobody.toml").write_text("posts = 0\n")
    computing = (
        ["--draws", "1", "--draws-from", "prior", "--workers", "1"] if arguments[0] in COMPUTING else []
    )
    before = sorted(Path.cwd().rglob("*"))
    refused(call(*arguments, *computing), expected)
    assert sorted(Path.cwd().rglob("*")) == before


def test_more_draws_than_there_are_is_refused_with_how_many_there_are(call: Call) -> None:
    refused(call("run", "core-12", "--draws", "1000000"), ["--draws = 1000000", "ask for 1 to"])


@pytest.mark.parametrize(
    "arguments",
    [
        ["frobnicate"],
        ["run"],
        ["compare"],
        ["run", "core-12", "core-18"],
        ["run", "core-12", "--months", "400"],
        ["run", "core-12", "--months", "x"],
        ["run", "core-12", "--draws", "0"],
        ["run", "core-12", "--replicates", "0"],
        ["run", "core-12", "--seed", "-1"],
        ["run", "core-12", "--weeks", "0"],
        ["run", "core-12", "--engine", "netlogo"],
        ["run", "core-12", "--unknown"],
        ["compare", "core-12", "--precision", "0"],
        ["replay", "folder"],
    ],
    ids=" ".join,
)
def test_a_wrong_use_is_refused_with_the_usage(call: Call, arguments: list[str]) -> None:
    found = call(*arguments)
    assert (found.status, found.out) == (2, "")
    assert "Error: " in found.err and "Traceback" not in found.err
    assert not Path("results").exists()


def test_a_fault_of_ours_is_status_1_and_tells_the_inputs(tmp_path: Path) -> None:
    small_files(tmp_path)
    breaking = """
        import experiments.experiment as e
        def broken(*_): raise RuntimeError("ours")
        e.Experiment.run_draws = broken
    """
    process = started(breaking, "run", "core-12", "--months", "1", *SMALL, text=True, cwd=tmp_path)
    out, err = process.communicate(timeout=120)
    assert (process.returncode, out) == (1, "")
    assert "4 cells failed" in err and "RuntimeError: ours" in err and "Traceback" not in err
    (folder,) = (tmp_path / "results").iterdir()
    assert len(list((folder / "failed").iterdir())) == 4


# -- interrupted ---------------------------------------------------------------------------------------------

ENDLESS = [*SMALL, "--replicates", "1000000", "--months", "1", "--out", "one"]
SAYS_WHEN = """
    import signal, sys
    # A shell may start what runs in its background with this signal ignored.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    import experiments.experiment as e
    run_block = e.Experiment.run_block
    def saying(self, block):
        if block[:3] == (0, {replicate}, {first}):
            print("now", file=sys.stderr, flush=True)
        return run_block(self, block)
    e.Experiment.run_block = saying
"""


def interrupted(folder: Path, replicate: int, *arguments: str, first: int = 0) -> Called:
    """Start an endless run, interrupt it when a replicate begins, and return what came of it."""
    small_files(folder)
    process = started(
        SAYS_WHEN.format(replicate=replicate, first=first),
        *("run", "core-12", *arguments),
        text=True,
        cwd=folder,
    )
    try:
        assert process.stderr is not None
        assert process.stderr.readline() == "now\n"
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=120)
    finally:
        process.kill()
    return Called(process.returncode, out, err)


@pytest.mark.skipif(os.name == "nt", reason="signals are those of POSIX systems")
def test_an_interrupted_run_keeps_its_whole_replicates_and_says_so(tmp_path: Path) -> None:
    found = interrupted(tmp_path, 3, *ENDLESS, "--json", "--quiet")
    assert found.status == 130, found.err
    assert "Traceback" not in found.err
    kept = read_result(tmp_path / "one")
    assert kept.interrupted and kept.replicates >= 3
    assert f"interrupted; {kept.replicates} whole replicates are kept in one" in found.err
    assert found.json["replicates"] == kept.replicates
    assert not np.all(np.isnan(kept.outcomes), axis=-1).any()


@pytest.mark.skipif(os.name == "nt", reason="signals are those of POSIX systems")
def test_a_run_interrupted_before_anything_is_whole_keeps_its_cells(tmp_path: Path) -> None:
    # One replicate of a thousand draws: it cannot be whole by the time the signal comes.
    arguments = [
        "--draws",
        "1000",
        "--draws-from",
        "prior",
        "--replicates",
        "1",
        "--workers",
        "1",
        "--engine",
        "mesa",
        "--out",
        "one",
    ]
    found = interrupted(tmp_path, 0, *arguments, "--team", "small.toml", "--json", "--quiet", first=20)
    assert (found.status, found.out) == (130, "")
    assert found.err.strip().startswith("crtsip: interrupted; no replicate is whole yet; ")
    manifest = json.loads((tmp_path / "one" / "manifest.json").read_text())
    assert manifest["status"] == "interrupted" and manifest["cells"]["finished"] >= 20
    with pytest.raises(InputError, match="no whole replicate yet"):
        read_result(tmp_path / "one")


# -- replay --------------------------------------------------------------------------------------------------


@pytest.fixture
def stored(call: Call) -> Path:
    assert (
        call("run", "core-12", "--months", "2", *SMALL, "--team", "6", "--quiet", "--out", "one").status == 0
    )
    return Path("one")


PLACE = ["--scenario", "core-12", "--team", "6", "--draw", "1", "--replicate", "0"]


def test_a_replay_is_equal_and_tells_the_story(call: Call, stored: Path) -> None:
    found = call("replay", str(stored), *PLACE)
    assert (found.status, found.err) == (0, "")
    assert "Equal to the stored run, to the last bit." in found.out
    assert "latent total" in found.out and "Month " in found.out
    told = call("replay", str(stored), *PLACE, "--json").json
    assert told["equal"] is True and len(told["weeks"]) == 10
    assert (
        told["outcomes"]["latent_gain_end"]
        == read_result(stored).outcome("latent_gain_end", "core-12")[1, 0, 1]
    )
    assert told["outcomes"]["gain_36m"] is None


@pytest.mark.parametrize(
    ("option", "value"), [("--draw", "99"), ("--team", "5"), ("--scenario", "core-18"), ("--replicate", "1")]
)
def test_a_replay_of_what_is_not_there_is_refused(call: Call, stored: Path, option: str, value: str) -> None:
    arguments = list(PLACE)
    arguments[arguments.index(option) + 1] = value
    found = call("replay", str(stored), *arguments)
    assert found.status == 2 and found.out == ""
    assert found.err.startswith(f"crtsip: {option} {value}: the result has ")


def test_a_replay_that_differs_is_status_1_and_says_in_what(
    call: Call, stored: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parameters_for = Scenario.parameters_for
    changed: Callable[[Scenario, Parameters], Parameters] = lambda scenario, p: parameters_for(  # noqa: E731
        scenario, p
    )._replace(absence=0.99)
    monkeypatch.setattr(Scenario, "parameters_for", changed)
    found = call("replay", str(stored), *PLACE)
    assert found.status == 1
    assert "NOT equal" in found.out and "the run differs from the stored one: " in found.err


# -- what there is -------------------------------------------------------------------------------------------


def test_presets_are_listed_with_what_they_are(call: Call) -> None:
    found = call("presets")
    assert found.status == 0
    names = [line.split("  ")[0] for line in found.out.splitlines()]
    assert tuple(names) == presets.names()
    told = json.loads(call("presets", "--json").out)
    assert {name: entry["about"] for name, entry in told.items()} == {
        name: presets.table(name)["about"] for name in presets.names()
    }


def test_a_preset_printed_is_a_scenario_that_runs(call: Call) -> None:
    printed = call("presets", "high-turnover").out
    assert tomllib.loads(printed)["base"] == "core-12"
    Path("mine.toml").write_text(printed)
    assert call("run", "mine.toml", "--months", "1", *SMALL, "--quiet", "--out", "one").status == 0
    stored = read_result(Path("one")).experiment.scenarios[0]
    assert stored == Scenario("high-turnover", name="mine")
    assert call("presets", "high-turnover", "--json").json == presets.table("high-turnover")


def test_parameters_are_listed_by_word_and_domain(call: Call) -> None:
    everything = json.loads(call("parameters", "--json").out)
    assert list(everything) == list(declared())
    assert everything["absence"]["value"] == Parameters().absence
    assert everything["absence"]["unit"] == "share" and everything["absence"]["prior"].startswith("uniform")
    some = json.loads(call("parameters", "leav", "--domain", "Workforce", "--json").out)
    expected = [
        name
        for name, entry in declared().items()
        if entry.domain == "Workforce" and "leav" in f"{name} {entry.meaning}"
    ]
    assert list(some) == expected and 0 < len(expected) < len(everything)
    listed = call("parameters", "leav", "--domain", "Workforce").out.splitlines()[2:]
    assert [line.split()[0] for line in listed] == expected
    assert call("parameters", "xyzzy").out == "No parameter has that in its name or meaning.\n"


@pytest.mark.parametrize("arguments", [["schema"], ["schema", "--team"]])
def test_a_schema_is_a_valid_schema(call: Call, arguments: list[str]) -> None:
    found = call(*arguments)
    assert found.status == 0
    schema = json.loads(found.out)
    kind = jsonschema.validators.validator_for(schema, default=jsonschema.Draft202012Validator)
    kind.check_schema(schema)
    good, bad = (
        ({"posts": 9}, {"psots": 9}) if "--team" in arguments else ({"base": "core-12"}, {"bsae": "core-12"})
    )
    assert kind(schema).is_valid(good) and not kind(schema).is_valid(bad)


def test_doctor_finds_nothing_wrong(call: Call) -> None:
    found = call("doctor")
    assert "WRONG" not in found.out, found.out
    assert found.status == 0
    for part in ("Python", "mesa", "package 'model'", "shipped draws", "the same twice"):
        assert part in found.out


def test_doctor_finds_draws_of_another_version(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    old = Draws(prior(1).table.drop(columns="absence"), "provisional sample")
    monkeypatch.setattr(calibration, "posterior", lambda: old)
    found = call("doctor")
    assert found.status == 1
    (line,) = [line for line in found.out.splitlines() if line.startswith("WRONG")]
    assert "without absence: they were made by another version" in line


def test_doctor_tells_what_has_changed_since_the_draws_were_made(
    call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "the shipped draws rest on today's behaviour" in call("doctor").out
    monkeypatch.setattr(shipped, "changes_since", lambda: ["the model behaves otherwise: probe core-12"])
    found = call("doctor")
    assert found.status == 1
    (line,) = [line for line in found.out.splitlines() if line.startswith("WRONG")]
    assert "the model behaves otherwise: probe core-12; make them again: " + shipped.remedy() in line


# -- terminals that show only ASCII --------------------------------------------------------------------------


def test_tables_and_lists_fall_back_to_ascii(tmp_path: Path) -> None:
    small_files(tmp_path)
    calls = [
        ["compare", "internal-12", "external-12", "--months", "7", *SMALL, "--out", "one"],
        ["replay", "one", "--scenario", "no-sip", "--team", "small", "--draw", "0", "--replicate", "0"],
        ["presets"],
        ["presets", "core-12"],
        ["parameters"],
    ]
    code = """
        import sys
        import experiments.cli as command
        calls = {calls!r}
        for arguments in calls[:-1]:
            command.cli(arguments, standalone_mode=False)
        sys.argv[1:] = calls[-1]
    """
    process = started(code.format(calls=calls), env={"PYTHONIOENCODING": "ascii"}, cwd=tmp_path)
    out, err = process.communicate(timeout=120)
    assert process.returncode == 0, err.decode(errors="replace")
    assert out.isascii()
    shown = out.decode()
    assert "external-12 - internal-12" in shown and "GBP " in shown and "-----" in shown
    assert "Equal to the stored run" in shown
    assert "?" not in shown.split("Not decided:")[0], "every sign of the tables has a plain form"
