"""What the data of the six teams promise: the paper's own words and numbers, coded by a written key."""

import re
import tomllib
from importlib.resources import files
from pathlib import Path

import pytest

from calibration import six_teams
from calibration.records import (
    Quote,
    TeamRecord,
    coding_key,
    fidelity_band,
    read_coding_key,
    read_six_teams,
    sample_findings,
)

PASSAGES = Path(__file__).with_name("table2_phrases.txt")
COMPONENTS = (
    "scoping_day",
    "learning_events",
    "regular_coaching",
    "fidelity_reviews",
    "routine_meetings",
    "research_team_support",
)
TABLE_2_TOTALS = {1: (105, 123), 2: (98, 111), 3: (130, 149), 4: (138, 142), 5: (133, 155), 6: (97, 134)}
TABLE_2_TICKS = {
    1: "yes no yes yes no blank",
    2: "yes no no yes no yes",
    3: "yes yes yes yes yes yes",
    4: "yes yes yes yes yes yes",
    5: "yes yes yes no yes yes",
    6: "yes no no yes no yes",
}
TEAMS_BY_ITEM = {
    2: {2},
    4: {5},
    6: {5},
    7: {2, 5, 6},
    8: {1, 5, 6},
    10: {5},
    11: {1, 2, 3, 4},
    12: {4, 5},
    13: {1, 5},
    14: {1, 3, 4, 5},
    15: {6},
    16: {1, 3, 5, 6},
    17: {1, 5},
    20: {6},
    21: {5},
    22: {5},
    24: {2, 4, 5},
    25: {5},
    27: {6},
    28: {6},
    29: {5, 6},
    30: {2, 4, 5, 6},
    31: {5},
    32: {3, 5},
    34: {5, 6},
    35: {5, 6},
    36: {2, 4, 5},
    37: {5},
    38: {5},
}
SCOPING_MONTHS = {1: None, 2: 6, 3: None, 4: 4, 5: 2, 6: 2}
INTERIM_MONTHS = {1: 7, 2: None, 3: 8, 4: 9, 5: 8, 6: 8}


def packaged(name: str, package: str = "calibration") -> str:
    return files(package).joinpath("data", name).read_text(encoding="utf-8")


def passages() -> dict[str, str]:
    """Return the verbatim passages by where they stand."""
    blocks = PASSAGES.read_text(encoding="utf-8").split("\n## ")[1:]
    return {name: body.strip() for name, body in (block.split("\n", 1) for block in blocks)}


def quotes(team: TeamRecord) -> list[Quote]:
    """Return every phrase of a team's record with its source."""
    found: list[Quote] = list(team.remarks)
    for coded in team.codes().values():
        if coded.phrase is not None and coded.source is not None:
            found.append(Quote(phrase=coded.phrase, source=coded.source))
        found.extend(coded.also)
    described = [event.phrase for event in team.events if event.phrase is not None]
    described += [contradiction.phrase for contradiction in team.ticks.contradictions]
    return found + [Quote(phrase=phrase, source="Table 2") for phrase in described]


def place_of(quote: Quote, team: TeamRecord) -> str:
    return f"Table 2, team {team.number}" if quote.source == "Table 2" else quote.source


@pytest.fixture(params=six_teams(), ids=lambda team: f"team-{team.number}")
def team(request: pytest.FixtureRequest) -> TeamRecord:
    record = request.param
    assert isinstance(record, TeamRecord)
    return record


def test_the_totals_are_those_of_table_2() -> None:
    assert {t.number: (t.baseline_total, t.total_12m) for t in six_teams()} == TABLE_2_TOTALS
    assert {t.number: t.change for t in six_teams()} == {1: 18, 2: 13, 3: 19, 4: 4, 5: 22, 6: 37}


def test_the_ticks_are_those_of_table_2_and_a_blank_stays_a_blank() -> None:
    found = {t.number: " ".join(getattr(t.ticks, name) for name in COMPONENTS) for t in six_teams()}
    assert found == TABLE_2_TICKS


def test_the_ticks_that_the_descriptions_contradict_are_marked() -> None:
    marked = {t.number: {c.component for c in t.ticks.contradictions} for t in six_teams()}
    assert marked == {
        1: set(),
        2: set(),
        3: set(),
        4: set(),
        5: {"fidelity_reviews", "regular_coaching"},
        6: {"routine_meetings"},
    }


def test_the_targeted_items_are_those_of_table_2() -> None:
    found: dict[int, set[int]] = {}
    for record in six_teams():
        for item in record.targets:
            found.setdefault(item, set()).add(record.number)
    assert found == TEAMS_BY_ITEM
    assert [len(record.targets) for record in six_teams()] == [6, 6, 4, 6, 23, 11]


def test_the_targeted_rows_stand_as_printed(team: TeamRecord) -> None:
    rows = [f"{', '.join(map(str, row.items))} {row.printed_label}" for row in team.target_rows]
    assert rows == passages()[f"Table 2, team {team.number}, items"].splitlines()


def test_labels_that_name_something_else_are_marked() -> None:
    marked = {t.number: [item for row in t.target_rows for item in row.differs_for] for t in six_teams()}
    assert marked == {1: [8, 11], 2: [], 3: [], 4: [], 5: [12, 22], 6: [8, 20, 35]}
    assert all(row.label_differs == bool(row.differs_for) for t in six_teams() for row in t.target_rows)


def test_scoping_days_and_interim_reviews_keep_their_months_or_none() -> None:
    assert {t.number: t.event_month("scoping") for t in six_teams()} == SCOPING_MONTHS
    assert {t.number: t.event_month("interim_review") for t in six_teams()} == INTERIM_MONTHS
    assert six_teams()[0].event_month("away_day") == 8
    assert six_teams()[0].event_month("plan_made") == 1


def test_a_dated_event_names_its_month_in_its_phrase(team: TeamRecord) -> None:
    for event in team.events:
        if event.month is not None:
            assert event.phrase is not None
            assert re.search(rf"months? {event.month:g}\b", event.phrase)


def test_every_phrase_is_verbatim_where_its_source_says(team: TeamRecord) -> None:
    texts = passages()
    strays = [q for q in quotes(team) if q.phrase not in texts[place_of(q, team)]]
    assert strays == []


def test_an_interviewee_is_quoted_only_for_their_own_team(team: TeamRecord) -> None:
    speakers = {q.source for q in quotes(team)} - {"Table 2", "paper"}
    assert all(speaker.endswith(f" CRT {team.number}") for speaker in speakers)


def test_every_sentence_of_a_description_is_used(team: TeamRecord) -> None:
    phrases = [q.phrase for q in quotes(team) if q.source == "Table 2"]
    sentences = re.split(r"(?<=\.) ", passages()[f"Table 2, team {team.number}"])
    unused = [s for s in sentences if not any(phrase in s or s in phrase for phrase in phrases)]
    assert unused == []


def test_every_quotation_is_used() -> None:
    phrases = {(q.source, q.phrase) for record in six_teams() for q in quotes(record)}
    spoken = {name: text.splitlines() for name, text in passages().items() if " CRT " in name}
    unused = [
        line
        for name, lines in spoken.items()
        for line in lines
        if not any(source == name and phrase in line for source, phrase in phrases)
    ]
    assert unused == []


def test_findings_about_the_whole_sample_are_verbatim() -> None:
    assert [f.name for f in sample_findings() if f.phrase not in passages()["paper"]] == []


def test_which_two_teams_changed_manager_stays_unknown() -> None:
    [finding] = [f for f in sample_findings() if f.name == "two_sites_had_two_managers"]
    assert "not stated" in finding.note
    assert "two_managers" not in coding_key().field["manager_change"].code


def test_every_code_of_the_key_is_used_or_is_the_unknown() -> None:
    used = {(name, coded.code) for record in six_teams() for name, coded in record.codes().items()}
    known = {(name, code) for name, field in coding_key().field.items() for code in field.code}
    assert {pair for pair in known - used if pair[1] != "unknown"} == set()
    assert used <= known


def test_circumstances_lie_on_the_models_scales(team: TeamRecord) -> None:
    scales = coding_key().scale
    assert list(team.circumstances()) == list(scales)
    for name, (low, high) in team.circumstances().items():
        assert scales[name].low <= low <= high <= scales[name].high


def test_only_the_managers_arrival_is_ever_fixed() -> None:
    fixed = {name for t in six_teams() for name, (low, high) in t.circumstances().items() if low == high}
    assert fixed == {"manager_arrives_month"}
    assert six_teams()[2].circumstances()["manager_arrives_month"] == (0, 4)


def test_words_keep_their_order_in_numbers() -> None:
    by_number = {t.number: t.circumstances() for t in six_teams()}
    stances = [sum(by_number[n]["manager_stance"]) for n in (1, 4, 6, 5)]
    intervals = [sum(by_number[n]["visit_interval"]) for n in (3, 4, 6, 5, 2)]
    assert stances == sorted(stances)
    assert intervals == sorted(intervals)


def test_placement_is_narrowed_only_where_the_text_does() -> None:
    assert {t.number: t.placements for t in six_teams()} == {
        1: ("embedded", "internal"),
        2: ("internal", "external"),
        3: ("embedded", "internal", "external"),
        4: ("embedded", "internal", "external"),
        5: ("internal", "external"),
        6: ("internal", "external"),
    }


@pytest.mark.parametrize(
    ("total", "band"), [(39, "low"), (116, "low"), (117, "moderate"), (155, "moderate"), (156, "high")]
)
def test_bands_begin_at_117_and_156(total: int, band: str) -> None:
    assert fidelity_band(total) == band


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("change = 13\n", "change = 12\n", ["team 2, change: 12", "must be 13"]),
        ("total_12m = 155", "total_12m = 196", ["team 5, total_12m: 196", "195"]),
        (
            'baseline = "Moderate fidelity", change = "Small',
            'baseline = "Low fidelity", change = "Small',
            ["team 4, sampling.baseline: 'Low fidelity'", "'Moderate fidelity'"],
        ),
        ('setting = "urban"', 'setting = "rural"', ["team 2, setting: 'rural'", "'urban'"]),
        ('code = "very_busy"', 'code = "very_bussy"', ["team 2, busyness.code", "did you mean 'very_busy'"]),
        ('code = "mixed"\nphrase', 'code = "unknown"\nphrase', ["team 6, staff_engagement", "takes neither"]),
        ("items = [27, 28, 29, 30]", "items = [27, 28, 29, 40]", ["team 6, target.4.items.3: 40", "39"]),
        (
            "differs_for = [11]",
            "differs_for = [12]",
            ["team 1, target 'Work with carers', differs_for", "(11, 13, 14)"],
        ),
        (
            'research_team_support = "blank"',
            'research_team_support = ""',
            ["team 1, ticks.research_team_support: ''", "'blank'"],
        ),
        (
            'research_team_support = "blank"',
            'research_support = "yes"',
            ["team 1, ticks.research_support: 'yes'", "not permitted"],
        ),
        ('kind = "away_day"', 'kind = "outing"', ["team 1, event.4.kind: 'outing'", "'away_day'"]),
        ("number = 6\n", "number = 5\n", ["team.number: [1, 2, 3, 4, 5, 5]", "each once"]),
    ],
)
def test_a_broken_copy_is_refused_with_the_place(old: str, new: str, words: list[str]) -> None:
    text = packaged("six_teams.toml")
    assert old in text
    with pytest.raises(ValueError) as refusal:
        read_six_teams(text.replace(old, new, 1), coding_key())
    for word in ["calibration/data/six_teams.toml", *words]:
        assert word in str(refusal.value)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("busyness = [1.08, 1.25]", "busyness = [1.08, 1.35]", ["very_busy.busyness", "0.8 to 1.3"]),
        ("busyness = [1.08, 1.25]", "busyness = [1.25, 1.08]", ["very_busy.busyness", "must rise"]),
        ("busyness = [1.08, 1.25]", "bustle = [1.08, 1.25]", ["very_busy.intervals: 'bustle'", "busyness"]),
        ("{ turnover = [0.8, 2.0] }", "{}", ["turnover.code.people_leaving", "must set ['turnover']"]),
        (
            'reason = "Stated: before the intervention."\n',
            "",
            ["new_before_programme.reason", "needs its reason"],
        ),
    ],
)
def test_a_broken_key_is_refused_with_the_place(old: str, new: str, words: list[str]) -> None:
    text = packaged("coding_key.toml")
    assert old in text
    with pytest.raises(ValueError) as refusal:
        read_coding_key(text.replace(old, new, 1))
    for word in ["calibration/data/coding_key.toml", *words]:
        assert word in str(refusal.value)


def test_the_key_says_that_its_intervals_are_judgement() -> None:
    key = coding_key()
    assert key.status == "assumed"
    assert "our coding judgement" in key.note


def test_the_items_cover_the_scale_with_labels_and_judgements() -> None:
    content = tomllib.loads(packaged("items.toml", "model"))
    items = content["item"]
    assert [item["number"] for item in items] == list(range(1, 40))
    subscales = [item["subscale"] for item in items]
    assert subscales == ["access"] * 10 + ["content"] * 16 + ["staffing"] * 10 + ["timing"] * 3
    assert {item["control"] for item in items} == {"team", "shared", "trust"}
    assert all(isinstance(item["interface"], bool) and item["control_reason"] for item in items)
    assert content["control_status"] == "assumed"
