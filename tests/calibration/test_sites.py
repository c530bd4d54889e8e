"""The six teams as sites: totals, targets, and what was delivered when."""

import pytest

from calibration import six_teams
from calibration.records import TeamRecord
from calibration.sites import delivered, month_elapsed, site_of
from model import presets
from model.crisis_teams import CrisisTeams
from model.noise import PhiloxTape
from model.programme.plan import Kind, weeks_of
from model.sites import Site

BASELINES = {1: 105, 2: 98, 3: 130, 4: 138, 5: 133, 6: 97}
TOTALS_12M = {1: 123, 2: 111, 3: 149, 4: 142, 5: 155, 6: 134}
SCOPING = {1: 8, 2: 6, 4: 4, 5: 2, 6: 2}  # printed months; team 1's is its away day, team 3's is not stated
REVIEWS = {1: 7, 3: 8, 4: 9, 5: 8, 6: 8}  # team 2's is not described


def record_of(number: int) -> TeamRecord:
    return six_teams()[number - 1]


def dates(site: Site, kind: str) -> list[float]:
    assert site.delivered is not None
    return [month for name, month in site.delivered.events if name == kind]


@pytest.fixture(scope="module")
def lived() -> dict[int, CrisisTeams]:
    """Return the six teams after a year of the programme as recorded."""
    programme = presets.programme("core-12-recorded")
    return {
        record.number: CrisisTeams(site_of(record), programme, collect="nothing").run()
        for record in six_teams()
    }


def held(model: CrisisTeams, kind: Kind) -> list[int]:
    """Return the programme weeks, from 0, in which events of a kind were held."""
    team = model.teams[0]
    dates = zip(team.plan.events, team.delivery.held, strict=True)
    return sorted(week for event, week in dates if event.kind == kind and week >= 0)


def weeks_of_month(printed: int) -> range:
    """Return the programme weeks, from 0, of a printed month: month 1 is the first."""
    return range(weeks_of(printed - 1), weeks_of(printed))


# -- the site ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", range(1, 7))
def test_a_site_carries_what_the_paper_states(number: int) -> None:
    record, site = record_of(number), site_of(record_of(number))
    assert (site.name, site.number) == (f"team {number}", number)
    assert site.setting == record.setting
    assert site.baseline_total == record.baseline_total == record.total_12m - record.change
    assert site.targets == record.targets and len(site.targets) >= 4


def test_the_totals_are_those_of_table_2() -> None:
    assert {record.number: site_of(record).baseline_total for record in six_teams()} == BASELINES
    assert {record.number: record.total_12m for record in six_teams()} == TOTALS_12M


def test_what_is_not_given_is_the_middle_of_the_coded_interval() -> None:
    for record in six_teams():
        site = site_of(record)
        for name, (low, high) in record.circumstances().items():
            found = site.delivered.visit_interval if name == "visit_interval" else getattr(site, name)  # type: ignore[union-attr]
            assert found == pytest.approx(0.5 * (low + high)), (record.number, name)


def test_what_is_given_stands_and_changes_nothing_else() -> None:
    record = record_of(3)
    site = site_of(record, {"turnover": 1.25, "visit_interval": 1.5, "placement": 3.0})
    assert (site.turnover, site.facilitator_placement) == (1.25, "external")
    assert site.delivered is not None and site.delivered.visit_interval == 1.5
    changes = {"turnover": 1.25, "facilitator_placement": "external", "delivered": site.delivered}
    assert site == site_of(record).model_copy(update=changes)


@pytest.mark.parametrize(
    ("code", "name"), [(0.0, None), (1.0, "embedded"), (2.0, "internal"), (3.0, "external")]
)
def test_a_placement_is_read_from_its_code(code: float, name: str | None) -> None:
    assert site_of(record_of(3), {"placement": code}).facilitator_placement == name


def test_research_support_is_as_ticked_and_open_where_the_tick_is_blank() -> None:
    for record in six_teams():
        tick = record.ticks.research_team_support
        site = site_of(record)
        assert site.delivered is not None
        assert site.delivered.research_support == {"yes": 1.0, "no": 0.0, "blank": 0.5}[tick]
        if tick == "blank":
            given = site_of(record, {"research_support": 0.2})
            assert given.delivered is not None and given.delivered.research_support == 0.2


# -- dates ---------------------------------------------------------------------------------------------------


def test_a_printed_month_is_taken_at_its_middle() -> None:
    assert month_elapsed(1) == 0.5
    for printed in range(1, 13):
        assert weeks_of(month_elapsed(printed)) - 1 in weeks_of_month(printed)


@pytest.mark.parametrize("number", range(1, 7))
def test_scoping_days_and_interim_reviews_stand_at_the_months_of_table_2(number: int) -> None:
    site = site_of(record_of(number))
    assert dates(site, "scoping") == [month_elapsed(SCOPING[k]) for k in SCOPING if k == number]
    assert dates(site, "review") == [month_elapsed(REVIEWS[k]) for k in REVIEWS if k == number]
    assert site.delivered is not None
    assert ("scoping" in site.delivered.undated) is (number not in SCOPING)
    assert ("review" in site.delivered.undated) is (number not in REVIEWS)


def test_team_1_made_its_plan_before_its_away_day() -> None:
    (plan,), (scoping,) = (dates(site_of(record_of(1)), kind) for kind in ("plan", "scoping"))
    assert plan < 3.0 < 7.0 < scoping < 8.0
    assert all(dates(site_of(record_of(number)), "plan") == [] for number in range(2, 7))


def test_components_without_a_tick_did_not_happen_and_a_dated_passage_beats_a_tick() -> None:
    for record in six_teams():
        found = delivered(record, 2.0, 1.0)
        kinds = {kind for kind, _ in found.events} | set(found.undated)
        assert ("learning" in kinds) is (record.ticks.learning_events == "yes"), record.number
        contradicted = any(entry.component == "routine_meetings" for entry in record.ticks.contradictions)
        assert ("meeting" in kinds) is (record.ticks.routine_meetings == "yes" or contradicted), record.number
        monthly_late = [8.0, 9.0, 10.0, 11.0] if contradicted else []
        assert [month for kind, month in found.events if kind == "meeting"] == monthly_late
    assert record_of(6).ticks.contradictions[0].component == "routine_meetings", "there is such a team"


# -- delivery ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", SCOPING)
def test_the_recorded_scoping_day_is_held_in_its_month(lived: dict[int, CrisisTeams], number: int) -> None:
    (week,) = held(lived[number], Kind.SCOPING)
    assert week in weeks_of_month(SCOPING[number])


@pytest.mark.parametrize("number", REVIEWS)
def test_the_recorded_interim_review_is_held_in_its_month_between_first_and_last(
    lived: dict[int, CrisisTeams], number: int
) -> None:
    first, interim, last = held(lived[number], Kind.REVIEW)
    assert (first, last) == (0, weeks_of(12) - 1)
    assert interim in weeks_of_month(REVIEWS[number])


def test_undated_events_are_left_to_the_rules_and_the_others_are_not_held(
    lived: dict[int, CrisisTeams],
) -> None:
    assert len(held(lived[3], Kind.SCOPING)) == 1
    assert len(held(lived[2], Kind.REVIEW)) == 3
    for record in six_teams():
        assert bool(held(lived[record.number], Kind.LEARNING)) is (record.ticks.learning_events == "yes")


def test_luck_does_not_move_a_recorded_date() -> None:
    site, programme = site_of(record_of(5)), presets.programme("core-12-recorded")
    for seed in range(5):
        model = CrisisTeams(site, programme, tape=PhiloxTape(seed), months=9.0, collect="nothing").run()
        assert held(model, Kind.SCOPING)[0] in weeks_of_month(2)
        assert held(model, Kind.REVIEW)[1] in weeks_of_month(8)
