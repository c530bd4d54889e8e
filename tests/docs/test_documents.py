"""The documents say what the code says."""

import re
from pathlib import Path

import pytest

from experiments import tables
from experiments.rule_texts import rules
from experiments.states import STATES, WIRING
from model import CrisisTeams, Site, presets
from model.mechanisms import MECHANISMS
from model.parameters import declared
from model.schedule import WEEK

ROOT = tables.DOCS.parent
PAGES = sorted(tables.DOCS.rglob("*.md"))
BY_HAND = ("odd.md", "architecture.md", "decisions.md")
BASE_OF_AGENTS = {"model", "unique_id", "pos"}  #: what Mesa gives every agent


def page(name: str) -> str:
    return (tables.DOCS / name).read_text(encoding="utf-8")


def named_as_code(text: str) -> set[str]:
    return set(re.findall(r"`([^`\n]+)`", text))


def keys_in_bibliography() -> list[str]:
    return re.findall(r"^@\w+\{([^,\s]+),$", page("references.bib"), re.MULTILINE)


# -- generated parts -----------------------------------------------------------------------------------------


def test_generated_parts_are_fresh() -> None:
    assert tables.stale() == [], "run python -m experiments.tables"


def test_a_stale_region_and_a_stale_page_are_noticed_and_mended(tmp_path: Path) -> None:
    (tmp_path / "odd.md").write_text(
        page("odd.md").replace("| 1 | `demand` |", "| 1 | `offer` |"), encoding="utf-8"
    )
    (tmp_path / "parameters.md").write_text("old", encoding="utf-8")
    assert tables.stale(tmp_path) == ["docs/parameters.md", "docs/odd.md, week"]
    tables.write(tmp_path)
    assert tables.stale(tmp_path) == []
    assert (tmp_path / "odd.md").read_text(encoding="utf-8") == page("odd.md")


def test_the_check_names_what_is_stale(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(tables, "DOCS", tmp_path)
    assert tables.main(["--check"]) == 2
    (tmp_path / "odd.md").write_text("<!-- generated: week -->\n<!-- end -->", encoding="utf-8")
    assert tables.main(["--check"]) == 1
    assert "docs/odd.md, week is stale" in capsys.readouterr().err
    assert tables.main([]) == 0
    assert tables.main(["--check"]) == 0


def test_writing_leaves_what_was_written_by_hand() -> None:
    text = "before\n<!-- generated: week -->\nold\n<!-- end -->\nafter"
    made = tables.filled(text)
    assert made.startswith("before\n<!-- generated: week -->\n| ")
    assert made.endswith("|\n<!-- end -->\nafter")


def test_an_unknown_region_is_refused() -> None:
    with pytest.raises(ValueError, match="no generated region 'wek'"):
        tables.filled("<!-- generated: wek -->\n<!-- end -->")


def test_the_odd_description_holds_every_region_once() -> None:
    wanted = [*tables.REGIONS, *(mechanism.key for mechanism in MECHANISMS)]
    assert sorted(match["name"] for match in tables.REGION.finditer(page("odd.md"))) == sorted(wanted)


def test_a_cell_cannot_break_its_table() -> None:
    assert tables.table(["a"], [["x | y\nz"]]) == "| a |\n| --- |\n| x \\| y z |"


# -- complete ------------------------------------------------------------------------------------------------


def test_every_parameter_of_a_mechanism_is_in_the_odd_description() -> None:
    named = named_as_code(page("odd.md"))
    assert {name for name, entry in declared().items() if entry.mechanism} - named == set()


def test_every_parameter_has_a_row_of_its_own() -> None:
    rows = re.findall(r"^\| `(\w+)` \|", page("parameters.md"), re.MULTILINE)
    assert sorted(rows) == sorted(declared())


def test_every_mechanism_has_a_section_of_the_odd_description() -> None:
    headings = re.findall(r"^### (M\d+ .+)$", page("odd.md"), re.MULTILINE)
    assert headings == [f"{mechanism.key} {mechanism.title}" for mechanism in MECHANISMS]


def test_every_section_of_a_mechanism_says_more_than_the_code() -> None:
    for mechanism in MECHANISMS:
        by_hand = page("odd.md").split(f"### {mechanism.key} ")[1].split("<!-- generated")[0]
        assert len(by_hand.removeprefix(mechanism.title).split()) > 15, mechanism.key


def test_every_phase_is_in_the_odd_description() -> None:
    assert {phase.name for phase in WEEK} - named_as_code(page("odd.md")) == set()


def test_every_rule_is_in_the_odd_description() -> None:
    assert set(rules()) - named_as_code(page("odd.md")) == set()


def test_the_rules_of_every_mechanism_exist() -> None:
    known = {*rules(), *declared()}
    named = {rule for mechanism in MECHANISMS for rule in mechanism.rules}
    assert named - known == set()


def test_every_state_variable_is_in_the_odd_description() -> None:
    assert {state.variable for state in STATES} - named_as_code(page("odd.md")) == set()


def _objects() -> dict[str, object]:
    teams = CrisisTeams(Site(), presets.programme("core-12"), collect="nothing")
    teams.step()
    team = teams.teams[0]
    found = [team, team.service, team.bond, team.delivery, team.staffing, team.trust, team.staffing.manager]
    found += [team.staffing.posts[0], team.people()[0], next(iter(teams.facilitators.values()))]
    return {type(entity).__name__: entity for entity in found}


@pytest.mark.parametrize("entity", sorted({state.entity for state in STATES}))
def test_the_declared_states_are_the_attributes_of_the_class(entity: str) -> None:
    declared_here = [state.variable for state in STATES if state.entity == entity]
    there = set(vars(_objects()[entity])) - WIRING[entity] - BASE_OF_AGENTS
    assert sorted(declared_here) == sorted(there)


# -- sources and links ---------------------------------------------------------------------------------------


def test_every_source_of_a_parameter_is_in_the_bibliography() -> None:
    assert {entry.source for entry in declared().values() if entry.source} - set(
        keys_in_bibliography()
    ) == set()


def test_no_key_stands_twice_in_the_bibliography() -> None:
    assert len(set(keys_in_bibliography())) == len(keys_in_bibliography()) > 0


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(tables.DOCS).as_posix())
def test_links_resolve(path: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8"))
    missing = [link for link in links if "://" not in link and not (path.parent / link).exists()]
    assert missing == []


# -- what is written by hand ---------------------------------------------------------------------------------


def _sources() -> str:
    files = [
        path for folder in ("model", "calibration", "experiments") for path in (ROOT / folder).rglob("*.py")
    ]
    return "\n".join(path.read_text(encoding="utf-8") for path in files)


@pytest.mark.parametrize("name", BY_HAND)
def test_names_and_files_written_by_hand_exist(name: str) -> None:
    text = re.sub(r"```.*?```", "", tables.REGION.sub("", page(name)), flags=re.DOTALL)
    words = set(re.findall(r"\w+", _sources())) | set(presets.names())
    unknown = []
    for found in named_as_code(text):
        if "/" in found and re.fullmatch(r"[\w./]+", found):
            unknown += [] if (ROOT / found).exists() else [found]
        elif re.fullmatch(r"[A-Za-z_][\w-]*", found):
            unknown += [] if found in words else [found]
    assert unknown == []


@pytest.mark.parametrize(
    "name",
    [
        "care_saving",
        "dilution",
        "spill_over",
        "ceiling",
        "priority_stance",
        "priority_engagement",
        "knowledge_matters",
        "novelty_fade",
    ],
)
def test_priors_said_to_include_none_do(name: str) -> None:
    prior = declared()[name].prior
    assert prior is not None
    assert prior.low == 0.0


@pytest.mark.parametrize("name", ["stand_in", "comparison_heart"])
def test_priors_said_to_allow_either_sign_do(name: str) -> None:
    prior = declared()[name].prior
    assert prior is not None
    assert prior.low < 0.0 < prior.high


@pytest.mark.parametrize("what", ["trust", "knowledge", "credibility", "skill", "travel", "main_job"])
def test_priors_of_internal_and_external_overlap_as_said(what: str) -> None:
    internal, external = declared()[f"{what}_internal"].prior, declared()[f"{what}_external"].prior
    assert internal is not None
    assert external is not None
    assert max(internal.low, external.low) < min(internal.high, external.high)
