"""Scenarios: presets and files, what they inherit, and how wrong ones are refused."""

import json
import tomllib
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner

from experiments import Scenario, read_scenario
from experiments.cli import cli
from experiments.errors import InputError
from experiments.scenario import resolved_name
from model import presets
from model.parameters import Parameters
from model.sites import Site

PLACEMENTS = ("internal", "external", "embedded", "blended")
LENGTHS = (12, 18, 24, 36)
PROMISED = {
    "no-sip",
    "core-12",
    "core-18",
    "core-24",
    "core-36",
    "core-12-recorded",
    "no-facilitator",
    "half-dose",
    "double-dose",
    "strong-leadership",
    "protected-time",
    "readiness-first",
    "top-up-training",
    "co-produced",
    "imposed-plan",
    "rigid-plan",
    "flexible-plan",
    "review-only",
    "places-of-safety",
    "high-turnover",
}
DIFFER_IN_ONE_LINE = {
    "half-dose": "programme.facilitation.hours_per_week",
    "double-dose": "programme.facilitation.hours_per_week",
    "strong-leadership": "programme.leadership_support.boost",
    "protected-time": "programme.protected_time.hours_per_person",
    "readiness-first": "programme.readiness.threshold",
    "co-produced": "programme.involvement.level",
    "imposed-plan": "programme.plan.chosen_by",
    "rigid-plan": "programme.plan.flexibility",
    "flexible-plan": "programme.plan.flexibility",
    "high-turnover": "context.times.turnover",
    "core-12-recorded": "programme.delivery",
    "core-24": "programme.months",
}


def lines(table: dict[str, Any], above: str = "") -> dict[str, Any]:
    """Return a table's values by dotted name, without the words about it."""
    found: dict[str, Any] = {}
    for key, value in table.items():
        name = f"{above}.{key}".lstrip(".")
        if isinstance(value, dict):
            found |= lines(value, name)
        elif name not in ("title", "about"):
            found[name] = value
    return found


def differing(one: str, other: str) -> set[str]:
    """Return the lines in which two presets differ."""
    first, second = lines(presets.table(one)), lines(presets.table(other))
    return {name for name in first.keys() | second.keys() if first.get(name) != second.get(name)}


def refused(text: str) -> str:
    """Return the message with which a scenario file's text is refused."""
    with pytest.raises(InputError) as caught:
        Scenario.from_text(text, "mine", "mine.toml")
    return str(caught.value)


# -- presets -------------------------------------------------------------------------------------------------


def test_every_promised_preset_is_there() -> None:
    with_placement = [f"{placement}-{length}" for placement in PLACEMENTS for length in LENGTHS]
    assert PROMISED | set(with_placement) <= set(presets.names())


@pytest.mark.parametrize("name", presets.names())
def test_a_preset_loads_under_its_name_with_words_about_it(name: str) -> None:
    scenario = Scenario(name)
    assert scenario.name == name
    assert scenario.title and scenario.about.endswith(".")


@pytest.mark.parametrize("length", LENGTHS)
@pytest.mark.parametrize("placement", PLACEMENTS)
def test_a_placement_preset_differs_from_the_core_one_in_the_placement_line_alone(
    placement: str, length: int
) -> None:
    assert differing(f"{placement}-{length}", f"core-{length}") == {"programme.facilitation.placement"}


@pytest.mark.parametrize(("name", "line"), DIFFER_IN_ONE_LINE.items())
def test_a_preset_of_one_lever_differs_from_the_core_programme_in_one_line(name: str, line: str) -> None:
    assert differing(name, "core-12") == {line}


def test_a_preset_inherits_what_it_does_not_name() -> None:
    core, longer = Scenario("core-12").programme, Scenario("external-24").programme
    assert longer.months == 24.0
    assert longer.facilitation is not None and longer.facilitation.placement == "external"
    assert longer.model_copy(update={"months": 12.0, "facilitation": core.facilitation}) == core


def test_without_takes_components_of_the_base_away_and_nothing_else() -> None:
    core, less = Scenario("core-12").programme, Scenario("no-facilitator").programme
    assert less.facilitation is None and less.research_support is None
    assert less == core.model_copy(update={"facilitation": None, "research_support": None})


def test_a_misspelt_preset_is_refused_with_a_suggestion() -> None:
    with pytest.raises(InputError, match=r"no preset 'internl-12'.*Did you mean 'internal-12'"):
        Scenario("internl-12")


# -- as TOML -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", presets.names())
def test_a_preset_survives_the_way_through_toml(name: str) -> None:
    scenario = Scenario(name)
    assert Scenario.from_text(scenario.to_toml(), name, f"{name}.toml") == scenario


def test_awkward_values_survive_the_way_through_toml() -> None:
    scenario = Scenario(
        "core-12",
        name="mine",
        about='two\nlines, a tab\t, "quotes", a back\\slash, an é and a \x7f',
        parameters={"spill_over": 1e-7, "absence": 0.1 + 0.2},
        without_mechanisms=("M3", "M9"),
    ).with_set({"times.turnover": "1.5", "posts": "9", "months_of_year": "[1.5, 3.25]"})
    assert Scenario.from_text(scenario.to_toml(), "mine", "mine.toml") == scenario


def test_a_file_starts_from_a_preset_or_from_a_file_beside_it(tmp_path: Path) -> None:
    (tmp_path / "ours.toml").write_text('base = "external-24"\ntitle = "Ours"\n[context]\nposts = 9\n')
    (tmp_path / "ours-longer.toml").write_text('base = "ours.toml"\n[programme]\nmonths = 30.0\n')
    scenario = Scenario.from_file(tmp_path / "ours-longer.toml")
    assert scenario.name == "ours-longer"
    assert scenario.title == "", "the words about the base are not about this one"
    assert (scenario.programme.months, scenario.context.posts) == (30.0, 9)
    assert scenario.programme.facilitation == Scenario("external-24").programme.facilitation


def test_without_takes_components_of_a_file_away(tmp_path: Path) -> None:
    (tmp_path / "ours.toml").write_text('base = "core-12"\n')
    (tmp_path / "less.toml").write_text(
        'base = "ours.toml"\n[programme]\nwithout = ["scoping", "meetings"]\n'
    )
    programme = Scenario.from_file(tmp_path / "less.toml").programme
    assert programme.scoping is None and programme.meetings is None and programme.reviews is not None


def test_a_name_is_a_preset_before_it_is_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("core-12").mkdir()
    assert read_scenario("core-12") == Scenario("core-12")


@pytest.mark.parametrize("files", [["a"], ["a", "b"], ["a", "b", "c"]])
def test_files_that_are_each_others_base_are_refused(tmp_path: Path, files: list[str]) -> None:
    for name, base in zip(files, [*files[1:], files[0]], strict=True):
        (tmp_path / f"{name}.toml").write_text(f'base = "{base}.toml"\n')
    with pytest.raises(InputError) as caught:
        Scenario.from_file(tmp_path / "a.toml")
    chain = " -> ".join(f"{name}.toml" for name in [*files, "a"])
    assert "is its own base" in str(caught.value) and chain in str(caught.value)


# -- wrong input ---------------------------------------------------------------------------------------------


def test_an_unknown_key_is_refused_with_line_and_suggestion() -> None:
    message = refused('base = "core-12"\n\n[programme.facilitation]\nplacment = "internal"\n')
    assert message == (
        "mine.toml, line 4: unknown key 'programme.facilitation.placment'. Did you mean 'placement'?"
    )


def test_an_unknown_key_like_nothing_is_refused_with_what_is_known() -> None:
    message = refused('base = "core-12"\n[programme.facilitation]\nxyzzy = 1\n')
    assert "unknown key 'programme.facilitation.xyzzy'. Known here: placement, hours_per_week" in message


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "[programme]\nmonths = 400.0\n",
            ["line 3", "programme.months = 400.0", "less than or equal to 60"],
            id="a 400-month programme",
        ),
        pytest.param(
            "[programme.facilitation]\nhours_per_week = 0.0\n",
            ["line 3", "programme.facilitation.hours_per_week = 0.0", "greater than 0"],
            id="a facilitator without hours",
        ),
        pytest.param(
            "[context]\nposts = 0\n",
            ["line 3", "context.posts = 0", "greater than or equal to 3"],
            id="teams without staff",
        ),
        pytest.param(
            "[programme.facilitation]\nhours_per_week = nan\n",
            ["line 3", "programme.facilitation.hours_per_week = nan", "not a number"],
            id="NaN in a lever",
        ),
        pytest.param(
            "[context.times]\nturnover = nan\n",
            ["line 3", "context.times.turnover = nan", "not a number"],
            id="NaN in a multiplier",
        ),
        pytest.param(
            "[parameters]\nspill_over = nan\n",
            ["line 3", "parameters.spill_over = nan", "not a number"],
            id="NaN in a parameter",
        ),
        pytest.param(
            "[parameters]\nabsence = 9.0\n",
            ["line 3", "absence = 9 share", "allowed is 0 to 1"],
            id="a parameter out of range",
        ),
        pytest.param(
            "[parameters]\nspill_ovr = 0.5\n",
            ["line 3", "'spill_ovr'", "Did you mean 'spill_over'?"],
            id="an unknown parameter",
        ),
        pytest.param(
            '[programme.plan]\nchosen_by = "nobody"\n',
            ["line 3", "programme.plan.chosen_by = 'nobody'", "'team' or 'imposed'"],
            id="a word that is not one of a few",
        ),
        pytest.param(
            '[programme.plan]\nactions = "eight"\n',
            ["line 3", "programme.plan.actions = 'eight'", "valid integer"],
            id="a word for a number",
        ),
        pytest.param(
            'programme = "core"\n', ["line 2", "programme = 'core'", "Programme"], id="a word for a table"
        ),
        pytest.param(
            'without_mechanisms = ["M99"]\n', ["'M99'", "M1 to M24"], id="a mechanism that is not there"
        ),
        pytest.param(
            '[programme]\nwithout = ["facilitatoin"]\n',
            ["line 3", "no component 'facilitatoin'", "Did you mean 'facilitation'?"],
            id="leaving out a component that is not there",
        ),
        pytest.param(
            '[programme]\nwithout = "facilitation"\n',
            ["line 3", "programme.without = 'facilitation'", 'without = ["facilitation"]'],
            id="leaving out a word in place of a list",
        ),
        pytest.param(
            "[programme]\nwithout = 3\n", ["line 3", "programme.without = 3"], id="leaving out a number"
        ),
        pytest.param(
            'without = ["facilitation"]\n',
            ["line 2", "unknown key 'without'", "[programme]"],
            id="leaving out in the wrong table",
        ),
        pytest.param(
            'name = "../mine"\n', ["line 2", "name = '../mine'", "letter or digit"], id="a path for a name"
        ),
    ],
)
def test_a_wrong_value_is_refused_with_place_value_and_what_is_allowed(
    text: str, expected: list[str]
) -> None:
    message = refused(f'base = "core-12"\n{text}')
    assert message.startswith("mine.toml")
    assert [part for part in expected if part not in message] == [], message
    assert len(message.splitlines()) == 1


def test_all_mistakes_of_a_file_are_told_at_once() -> None:
    message = refused(
        'base = "core-12"\n[programme]\nmonths = 400.0\n[programme.plan]\nactoins = 3\n[context]\nvacancy = 2.0\n'
    )
    assert sorted(line.split(":")[0] for line in message.splitlines()) == [
        "mine.toml, line 3",
        "mine.toml, line 5",
        "mine.toml, line 7",
    ]


def test_all_wrong_parameters_are_told_at_once() -> None:
    message = refused("[parameters]\nspill_over = 9.0\nabsence = nan\nnonsense = 1.0\n")
    assert [line.split(":")[0] for line in message.splitlines()] == [
        f"mine.toml, line {k}" for k in (2, 3, 4)
    ]


@pytest.mark.parametrize(
    ("base", "expected"),
    [
        ('"cor-12"', ["line 1", "no preset 'cor-12'", "Did you mean 'core-12'?"]),
        ("12", ["line 1", "base = 12"]),
        ("[]", ["line 1", "base = []"]),
    ],
)
def test_a_wrong_base_is_refused(base: str, expected: list[str]) -> None:
    message = refused(f"base = {base}\n")
    assert [part for part in expected if part not in message] == [], message


def test_a_mistake_in_the_base_is_told_of_the_base(tmp_path: Path) -> None:
    (tmp_path / "below.toml").write_text("[programme]\nmonhts = 3.0\n")
    (tmp_path / "above.toml").write_text('base = "below.toml"\n')
    with pytest.raises(InputError, match=r"below\.toml, line 2: unknown key 'programme\.monhts'"):
        Scenario.from_file(tmp_path / "above.toml")


def test_broken_toml_is_refused_with_its_line() -> None:
    message = refused('base = "core-12"\n[programme\nmonths = 3\n')
    assert message.startswith("mine.toml is not valid TOML") and "line 2" in message


def test_a_directory_a_missing_file_and_a_file_of_bytes_are_refused(tmp_path: Path) -> None:
    (tmp_path / "bytes.toml").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "folder.toml").mkdir()
    for name, expected in {
        "folder.toml": "is a directory",
        "nothing.toml": "There is no file",
        "bytes.toml": "cannot be read as text",
    }.items():
        with pytest.raises(InputError) as caught:
            read_scenario(str(tmp_path / name))
        assert expected in str(caught.value) and name in str(caught.value)


# -- settings laid over --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("programme.months", "programme.months"),
        ("months", "programme.months"),
        ("hours_per_week", "programme.facilitation.hours_per_week"),
        ("facilitation.hours_per_week", "programme.facilitation.hours_per_week"),
        ("reviews.every_months", "programme.reviews.every_months"),
        ("delivery", "programme.delivery"),
        ("posts", "context.posts"),
        ("turnover", "context.turnover"),
        ("times.turnover", "context.times.turnover"),
        ("spill_over", "parameters.spill_over"),
        ("parameters.spill_over", "parameters.spill_over"),
    ],
)
def test_a_setting_is_found_by_any_plain_name(name: str, path: str) -> None:
    assert ".".join(resolved_name(name)) == path


def test_a_setting_that_could_be_several_is_refused_with_all_of_them() -> None:
    with pytest.raises(InputError) as caught:
        resolved_name("every_months")
    for path in ("reviews", "meetings", "top_up_training"):
        assert f"programme.{path}.every_months" in str(caught.value)


@pytest.mark.parametrize(
    "name", ["name", "outcome", "without_mechanisms", "monthz", "facilitation.hours", ""]
)
def test_what_is_not_a_lever_context_or_parameter_cannot_be_set(name: str) -> None:
    with pytest.raises(InputError, match=f"--set {name}: there is no such lever, context or parameter"):
        resolved_name(name)


def test_a_misspelt_setting_is_refused_with_a_suggestion() -> None:
    with pytest.raises(InputError, match="Did you mean 'spill_over'"):
        Scenario("core-12").with_set({"spil_over": "0.1"})


def test_settings_are_laid_over_the_scenario_and_leave_the_rest() -> None:
    core = Scenario("core-12")
    changed = core.with_set(
        {
            "placement": "external",
            "hours_per_week": "5.0",
            "turnover": "1.5",
            "absence": "0.2",
            "months_of_year": "[3.0, 6.0]",
        }
    )
    facilitation, events = changed.programme.facilitation, changed.programme.learning_events
    assert facilitation is not None and events is not None
    assert (facilitation.placement, facilitation.hours_per_week) == ("external", 5.0)
    assert events.months_of_year == (3.0, 6.0)
    assert changed.context.turnover == 1.5
    assert changed.parameters == {"absence": 0.2}
    kept = {"facilitation": core.programme.facilitation, "learning_events": core.programme.learning_events}
    assert changed.programme.model_copy(update=kept) == core.programme


def test_a_setting_can_bring_a_component_the_scenario_has_not() -> None:
    programme = Scenario("core-12").with_set({"involvement.level": "0.3"}).programme
    assert programme.involvement is not None and programme.involvement.level == 0.3


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("months", "400", "should be less than or equal to 60"),
        ("months", "nan", "not a number"),
        ("spill_over", "nan", "not a number"),
        ("absence", "9", "allowed is 0 to 1"),
        ("posts", "0", "should be greater than or equal to 3"),
        ("hours_per_week", "much", "should be a valid number"),
        ("programme.plan", "3", "should be a valid dictionary"),
    ],
)
def test_a_setting_out_of_range_is_refused_by_its_name(name: str, value: str, expected: str) -> None:
    with pytest.raises(InputError) as caught:
        Scenario("core-12").with_set({name: value})
    assert f"--set {name}={value}" in str(caught.value) and expected in str(caught.value)


# -- what a scenario does to teams and parameters ------------------------------------------------------------


def test_context_is_set_alike_and_multiplied_and_stays_in_range() -> None:
    context = (
        Scenario("core-12")
        .with_set({"posts": "9", "times.turnover": "2.0", "times.busyness": "3.0", "times.vacancy": "6.0"})
        .context
    )
    site = Site(posts=21, turnover=1.25, busyness=1.0, vacancy=0.5, trust_support=0.3)
    assert context.applied(site) == site.model_copy(
        update={"posts": 9, "turnover": 2.5, "busyness": 2.0, "vacancy": 1.0}
    )


def test_a_multiplier_multiplies_what_is_set_alike() -> None:
    context = Scenario("core-12").with_set({"turnover": "1.5", "times.turnover": "2.0"}).context
    assert context.applied(Site(turnover=0.25)).turnover == 3.0


def test_an_empty_context_leaves_a_team_as_it_is() -> None:
    site = Site(posts=8, turnover=0.7)
    assert Scenario("core-12").context.applied(site) == site


def test_a_scenarios_parameters_stand_over_the_draws() -> None:
    scenario = Scenario("core-12", parameters={"absence": 0.125})
    drawn = Parameters(absence=0.2, spill_over=0.01)
    assert scenario.parameters_for(drawn) == drawn._replace(absence=0.125)


def test_a_mechanism_left_out_changes_parameters() -> None:
    scenario = Scenario("core-12", without_mechanisms=("M3",))
    assert scenario.parameters_for(Parameters()) != Parameters()


# -- the schema ----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def validator() -> jsonschema.protocols.Validator:
    schema = json.loads(CliRunner().invoke(cli, ["schema"]).output)
    kind = jsonschema.validators.validator_for(schema, default=jsonschema.Draft202012Validator)
    kind.check_schema(schema)
    return kind(schema)


@pytest.mark.parametrize("name", presets.names())
def test_the_schema_accepts_a_preset_as_file_and_in_full(
    validator: jsonschema.protocols.Validator, name: str
) -> None:
    for table in (presets.table(name), tomllib.loads(presets.text(name))):
        assert [error.message for error in validator.iter_errors(table)] == []


@pytest.mark.parametrize(
    "table",
    [
        {"monhts": 3.0},
        {"programme": {"monhts": 3.0}},
        {"programme": {"facilitation": {"placment": "internal"}}},
        {"programme": {"months": 400.0}},
        {"programme": {"plan": {"chosen_by": "nobody"}}},
        {"context": {"posts": 0}},
        {"base": 12},
    ],
)
def test_the_schema_refuses_what_the_program_refuses(
    validator: jsonschema.protocols.Validator, table: dict[str, Any]
) -> None:
    assert not validator.is_valid(table)
    with pytest.raises((InputError, ValueError)):
        Scenario.from_text(_as_toml(table), "mine", "mine.toml")


def _as_toml(table: dict[str, Any]) -> str:
    """Write a small table as inline TOML."""

    def value(entry: Any) -> str:
        if isinstance(entry, dict):
            return "{" + ", ".join(f"{key} = {value(below)}" for key, below in entry.items()) + "}"
        return json.dumps(entry)

    return "".join(f"{key} = {value(entry)}\n" for key, entry in table.items())
