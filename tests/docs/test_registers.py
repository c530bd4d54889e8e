"""The evidence register, the frameworks and the table of data say what the code and the files say."""

import os
import re
from collections import Counter
from pathlib import Path
from typing import get_args

import pytest

from calibration.records import TeamRecord
from experiments.documents import __main__ as documents
from experiments.documents import evidence, frameworks
from experiments.rule_texts import rules
from experiments.tables import DOCS, component_types
from model.declarations import Status
from model.mechanisms import MECHANISMS
from model.outcomes import OUTCOME_NAMES
from model.parameters import declared

TEXTS = [Path(os.environ.get(name, "not-given")) for name in ("CRTSIP_PAPER", "CRTSIP_ABSTRACT")]
IPARIHS = {"Innovation", "Recipients", "Context", "Facilitation"}
EPIS = {"Exploration", "Preparation", "Implementation", "Sustainment"}
PROCTOR = {
    "acceptability",
    "adoption",
    "appropriateness",
    "cost",
    "feasibility",
    "fidelity",
    "penetration",
    "sustainability",
}
CFIR = {
    "Innovation": "Source, Evidence Base, Relative Advantage, Adaptability, Trialability, Complexity, Design, Cost",
    "Outer Setting": "Critical Incidents, Local Attitudes, Local Conditions, Partnerships & Connections, "
    "Policies & Laws, Financing, External Pressure",
    "Inner Setting": "Structural Characteristics, Relational Connections, Communications, Culture, Tension for Change, "
    "Compatibility, Relative Priority, Incentive Systems, Mission Alignment, Available Resources, "
    "Access to Knowledge & Information",
    "Individuals": "High-level Leaders, Mid-level Leaders, Opinion Leaders, Implementation Facilitators, "
    "Implementation Leads, Implementation Team Members, Other Implementation Support, Innovation Deliverers, "
    "Innovation Recipients, Need, Capability, Opportunity, Motivation",
    "Process": "Teaming, Assessing Needs, Assessing Context, Planning, Tailoring Strategies, Engaging, Doing, "
    "Reflecting & Evaluating, Adapting",
}


def page(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def plain(text: str) -> str:
    return " ".join(text.translate({0x2018: "'", 0x2019: "'", 0x201C: '"', 0x201D: '"'}).split())


# -- generated -----------------------------------------------------------------------------------------------


def test_generated_pages_are_fresh() -> None:
    assert documents.stale() == [], "run python -m experiments.documents"


def test_a_stale_page_is_noticed_and_mended(tmp_path: Path) -> None:
    (tmp_path / "evidence.md").write_text("old", encoding="utf-8")
    assert documents.stale(tmp_path) == list(documents.PAGES)
    documents.write(tmp_path)
    assert documents.stale(tmp_path) == []


# -- evidence ------------------------------------------------------------------------------------------------


def test_every_rule_but_arithmetic_is_in_the_register_once() -> None:
    wanted = [name for name, rule in rules().items() if rule.file != evidence.MATHEMATICS]
    assert [entry.rule for entry in evidence.register()] == wanted


def test_support_is_named_where_there_is_some_and_only_there() -> None:
    for entry in evidence.register():
        assert entry.strength in evidence.STRENGTHS
        assert (entry.strength == "passage") == bool(entry.words)
        assert (entry.strength == "none") == (not entry.words and not entry.sources and not entry.mechanisms)


def test_what_rests_on_nothing_is_counted_and_named() -> None:
    bare = [entry.rule for entry in evidence.register() if entry.strength == "none"]
    assert f"**{len(bare)} rules rest on nothing**" in page("evidence.md")
    listed = re.search(r"^Rules that rest on nothing: (.+)\.$", page("evidence.md"), re.MULTILINE)
    assert listed is not None
    assert re.findall(r"`(\w+)`", listed[1]) == bare


def test_known_rules_have_the_support_they_should() -> None:
    by_rule = {entry.rule: entry for entry in evidence.register()}
    assert by_rule["free_hours"].strength == "passage"
    assert by_rule["readiness"].sources == ("Shea et al 2014",)
    assert by_rule["leaving_chance"].sources == ("nhs_leavers",)
    assert by_rule["strain_next"].strength == "mechanism"
    assert by_rule["shift"].strength == "none"
    assert by_rule["strain_aim"].numbers == {"assumed": 5, "literature": 1}


def test_all_numbers_are_counted() -> None:
    total = re.search(r"^\| \*\*all\*\* \| (.+) \|$", page("evidence.md"), re.MULTILINE)
    assert total is not None
    counts = Counter(entry.status for entry in declared().values())
    assert sorted(map(int, total[1].split(" | "))) == sorted(counts[s] for s in get_args(Status) if counts[s])


@pytest.mark.skipif(
    not all(text.is_file() for text in TEXTS), reason="needs the texts: set CRTSIP_PAPER and CRTSIP_ABSTRACT"
)
def test_passages_of_rules_stand_in_the_texts() -> None:
    texts = plain(" ".join(text.read_text(encoding="utf-8") for text in TEXTS)).replace("…", "...")
    for entry in evidence.register():
        for words in entry.words:
            said = re.match(r"“(.+)”", words)
            assert said is not None
            missing = [part for part in said[1].split("...") if plain(part).strip(" .,") not in texts]
            assert missing == [], entry.rule


# -- frameworks ----------------------------------------------------------------------------------------------


def test_every_component_mechanism_and_outcome_has_its_place() -> None:
    found = frameworks.mapping()
    assert list(found["component"]) == list(component_types())
    assert list(found["mechanism"]) == [mechanism.key for mechanism in MECHANISMS]
    named = [name for entry in found["outcome"].values() for name in entry["names"]]
    assert sorted(named) == sorted(OUTCOME_NAMES)
    assert set(found["outcome"]) == PROCTOR | {"none"}


def test_the_strategies_are_those_of_the_code() -> None:
    for name, kind in component_types().items():
        entry = frameworks.mapping()["component"][name]
        assert entry.get("eric_in_code", "; ".join(entry["eric"])) == kind.strategy.eric


def test_places_are_constructs_the_frameworks_have() -> None:
    constructs = {domain: names.split(", ") for domain, names in CFIR.items()}
    constructs["Innovation"] = [f"Innovation {name}" for name in constructs["Innovation"]]
    found = frameworks.mapping()
    for entry in [*found["component"].values(), *found["mechanism"].values()]:
        assert entry["iparihs"] in IPARIHS
        assert set(entry["epis"]) <= EPIS
        for place in entry["cfir"]:
            domain, construct = place.split(": ")
            assert construct in constructs[domain], place


def test_every_parameter_is_on_the_page_of_frameworks() -> None:
    named = set(re.findall(r"`(\w+)`", page("frameworks.md")))
    assert set(declared()) - named == set()


def test_every_framework_has_its_source_in_the_bibliography() -> None:
    keys = set(re.findall(r"^@\w+\{(\w+),$", page("references.bib"), re.MULTILINE))
    assert {entry["source"] for entry in frameworks.mapping()["framework"].values()} <= keys


# -- what is written by hand ---------------------------------------------------------------------------------


def test_every_datum_of_the_six_teams_and_every_source_is_in_the_table_of_data() -> None:
    named = set(re.findall(r"`(\w+)`", page("rat-rs.md")))
    assert set(TeamRecord.model_fields) - named == set()
    assert {entry.source for entry in declared().values() if entry.source} - named == set()


@pytest.mark.parametrize("name", ["rat-rs.md", "stress-abs.md", "trace.md", "assumptions.md", "limits.md"])
def test_keys_of_sources_and_parameters_written_by_hand_exist(name: str) -> None:
    keys = set(re.findall(r"^@\w+\{(\w+),$", page("references.bib"), re.MULTILINE))
    known = keys | set(declared()) | set(TeamRecord.model_fields)
    words = {word for word in re.findall(r"`([a-z_]+\d*)`", page(name)) if "_" in word or word[-4:].isdigit()}
    assert words - known == set()


def test_the_limits_name_the_patterns_that_did_not_hold() -> None:
    failed = re.findall(
        r"^\| \d+ \| `([\w-]+)`: .*\| \*\*not held\*\* \|$", page("patterns.md"), re.MULTILINE
    )
    named = re.findall(r"\(`([a-z]+-[\w-]+)`\)", page("limits.md"))
    assert sorted(named) == sorted(failed) != []


def test_the_odd_description_has_every_element_of_the_protocol() -> None:
    headings = re.findall(r"^#{2,3} (.+)$", page("odd.md"), re.MULTILINE)
    for element in (
        "Purpose",
        "Patterns",
        "Entities, state variables, scales",
        "Process overview and scheduling",
        "Basic principles and theoretical background",
        "Empirical background",
        "Individual decision making",
        "Emergence, adaptation, objectives",
        "Learning",
        "Individual prediction",
        "Individual sensing",
        "Interaction",
        "Collectives",
        "Heterogeneity",
        "Stochasticity",
        "Observation",
        "Implementation details",
        "Initialisation",
        "Input data",
        "Submodels",
    ):
        assert any(heading.endswith(element) for heading in headings), element


def test_trace_has_its_eight_elements() -> None:
    assert [int(n) for n in re.findall(r"^## (\d) ", page("trace.md"), re.MULTILINE)] == list(range(1, 9))
