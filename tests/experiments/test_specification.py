"""The report says what was compared: every lever of every programme, what else was set, and whose teams."""

from typing import Any

import pytest

from calibration import posterior, six_teams
from experiments import Experiment, Scenario
from experiments.levers import CIRCUMSTANCES, LEVERS, offered
from experiments.profile import team_from_text
from experiments.profile.questions import QUESTIONS
from experiments.specification import Specification, specification
from experiments.table import Table
from model.sites import Site


class Asked:
    """A result as far as a specification looks at it: nothing has to be run."""

    def __init__(self, scenarios: list[Scenario], teams: list[Any]) -> None:
        self.experiment = Experiment(scenarios, draws=posterior(2), replicates=1, teams=teams)


def of(*scenarios: Scenario, teams: Any = (3,)) -> Specification:
    return specification(Asked(list(scenarios), list(teams)))  # type: ignore[arg-type]


def changed(preset: str, name: str, **settings: str) -> Scenario:
    dotted = {key.replace("__", "."): value for key, value in settings.items()}
    return Scenario(preset).with_set(dotted).model_copy(update={"name": name, "title": name.capitalize()})


def by_head(table: Table | None) -> dict[str, list[str]]:
    assert table is not None
    return {row[0]: list(row[1:]) for row in table.rows}


# -- programmes ----------------------------------------------------------------------------------------------


def test_programmes_stand_side_by_side_in_what_they_differ_and_the_rest_is_told_once() -> None:
    found = of(Scenario("core-12"), Scenario("protected-time"))
    assert found.programmes is not None
    assert found.programmes.heads[1:] == ["Protected time (hours a person and week)"]
    assert by_head(found.programmes) == {"Core programme, 12 months": ["none"], "Protected time": ["1"]}
    alike = by_head(found.alike)
    assert alike["Facilitator's time (hours a week)"] == ["3.75"]
    assert alike["Who chooses the plan"] == ["the team"]
    assert len(alike) + 1 == len(LEVERS) + 1  # and the website, which no lever sets


def test_many_levers_are_rows_and_many_programmes_are() -> None:
    levers = of(Scenario("core-12"), Scenario("no-facilitator"))
    assert levers.programmes is not None
    assert levers.programmes.heads[0] == "Lever"
    programmes = of(*(Scenario(f"internal-{n}") for n in (12, 18, 24)))
    assert programmes.programmes is not None
    assert programmes.programmes.heads == ["Programme", "Length (months)"]
    assert [row[1] for row in programmes.programmes.rows] == ["12", "18", "24"]


def test_one_programme_is_told_whole() -> None:
    found = of(Scenario("co-produced"))
    assert found.alike is None
    assert by_head(found.programmes)["Service users' and carers' part"] == ["throughout"]


def test_programmes_alike_and_no_programme_have_no_table_of_differences() -> None:
    assert of(Scenario("core-12"), Scenario("high-turnover")).programmes is None
    assert of(Scenario("no-sip")).programmes is None
    assert of(Scenario("core-12")).without == [f"No programme: {Scenario('no-sip').about}"]


@pytest.mark.parametrize("name", offered())
def test_a_lever_is_told_in_the_words_of_its_control(name: str) -> None:
    table = Scenario(name).programme.model_dump(mode="json", exclude_none=True)
    for lever in LEVERS:
        labels = [option.label for option in lever.options]
        assert not labels or lever.said(table) in (*labels, "none")


@pytest.mark.parametrize(
    ("place", "value", "head", "told"),
    [
        ("programme.reviews.every_months", "4", "Fidelity reviews with a report", "every 4 months"),
        ("programme.scoping.month", "3", "Scoping day", "planned for month 3"),
        (
            "programme.learning_events.months_of_year",
            "[3, 7]",
            "Learning events",
            "in months 3, 7 of each year",
        ),
        ("programme.involvement.level", "0.7", "Service users' and carers' part", "0.7"),
        ("programme.readiness.threshold", "0.6", "Assess readiness first", "yes, from 0.6 on"),
        ("programme.facilitation.hours_per_week", "5", "Facilitator's time (hours a week)", "5"),
        ("programme.plan.actions", "12", "Plan: actions", "12"),
        ("programme.facilitation.taper_months", "2", "Facilitation: taper months", "2"),
        ("programme.protected_time.backfilled", "0.5", "Protected time: backfilled", "0.5"),
    ],
)
def test_whatever_a_file_sets_is_told_be_there_a_control_for_it_or_not(
    place: str, value: str, head: str, told: str
) -> None:
    found = by_head(of(changed("core-12", "mine", **{place.replace(".", "__"): value})).programmes)
    assert [cells for name, cells in found.items() if name.startswith(head)] == [[told]]


def test_what_a_scenario_sets_otherwise_is_told_of_it_alone() -> None:
    mine = changed("core-12", "mine", turnover="2", **{"parameters__hold_squeeze": "1.5"})
    mine = mine.model_copy(update={"without_mechanisms": ("M1",)})
    told = of(Scenario("core-12"), Scenario("high-turnover"), mine).otherwise
    assert len(told) == 2
    assert told[0] == "Core programme, twice the turnover: Turnover multiplied by 2."
    for part in ("Mine: Turnover 2 at every team", "1.5", "switched off: Time is what pressure leaves"):
        assert part in told[1]


# -- teams ---------------------------------------------------------------------------------------------------


def test_real_teams_have_their_recorded_totals_and_codes() -> None:
    found = of(Scenario("core-12"), teams=(1, 6))
    rows = by_head(found.real)
    records = [record for record in six_teams() if record.number in (1, 6)]
    assert rows["Fidelity total at the start, points"] == [str(record.baseline_total) for record in records]
    assert rows["Fidelity total at month 12, points"] == [str(record.total_12m) for record in records]
    assert rows["The manager's attitude to the programme and part in it"] == ["sceptical", "enthusiastic"]
    assert not any(set(cells) == {"not stated"} for cells in rows.values())
    assert found.own == []


def test_an_own_team_has_what_was_said_and_what_was_left_open() -> None:
    text = 'name = "ours"\nposts = 9\nturnover = [1, 2]\nvacancy = "unknown"\nsetting = "rural"\n'
    found = of(Scenario("core-12"), teams=[team_from_text(text, "team", "team.toml")])
    assert found.real is None
    (table,) = found.own
    rows = by_head(table)
    assert table.caption.startswith("Ours: ")
    assert rows["Posts, full-time equivalents"] == ["9", "posts", "known"]
    assert rows["Turnover"][0] == "1 to 2"
    assert rows["Turnover"][2] == "a range: drawn within it"
    assert rows["Posts that stand empty"][2] == "not known: drawn as among ordinary teams"
    assert rows["Workload"][2] == "the typical team's: given so, or not given"
    assert rows["Setting"][0] == "rural"
    assert len(rows) == len(QUESTIONS)  # without its name, which is the caption's, and with its setting


def test_a_team_is_told_alike_from_a_result_that_was_read_again() -> None:
    from experiments.teams import from_json, to_json

    team = team_from_text('posts = 9\nbusyness = "unknown"\nvacancy = [0.1, 0.2]\n', "team", "team.toml")
    again = from_json(to_json([team]))
    assert of(Scenario("core-12"), teams=again).own == of(Scenario("core-12"), teams=[team]).own


def test_fields_have_one_name_on_the_page_and_in_the_report() -> None:
    told = by_head(of(Scenario("core-12"), teams=[Site(name="ours", number=2001)]).own[0])
    assert {one.label for one in CIRCUMSTANCES} <= set(told)
