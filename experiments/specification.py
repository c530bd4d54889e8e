"""What was compared: the programmes lever by lever, what was set otherwise for a scenario, and the teams."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from calibration import six_teams
from calibration.records import UNKNOWN, TeamRecord, coding_key
from experiments.levers import LEVERS, NOT_THERE, Lever, at
from experiments.plots.style import labels
from experiments.profile.questions import QUESTIONS, called
from experiments.profile.told import of_site
from experiments.result import Result
from experiments.scenario import Context, Scenario
from experiments.table import Table
from experiments.teams import Team, TrialTeam
from model.mechanisms import MECHANISMS
from model.parameters import declared
from model.programme.components import Component
from model.programme.programme import Programme
from model.sites import Site

Row = list[str]
REVIEWS = "reviews.every_months"
SET = {lever.key for lever in LEVERS}
UNITS = {question.name: question.unit for question in QUESTIONS}


class Specification(NamedTuple):
    """What was compared: the programmes, what is alike where they are several, and whose teams.

    ``without`` says what is done where there is no programme, ``otherwise`` what a scenario sets otherwise, ``notes``
    what goes with the teams.
    """

    programmes: Table | None
    alike: Table | None
    without: Sequence[str]
    otherwise: Sequence[str]
    own: Sequence[Table]
    real: Table | None
    notes: Sequence[str]


def specification(result: Result) -> Specification:
    """Return what a result's scenarios consist of, and what is known of its teams."""
    titles, scenarios, teams = labels(result), result.experiment.scenarios, result.experiment.teams
    programmes = {titles[s.name]: s.programme for s in scenarios if s.programme.months > 0}
    fidelity = result.experiment.outcome == "fidelity"
    rows = list(_rows(list(programmes.values()), fidelity)) if programmes else []
    differing = [row for row in rows if len(set(row[1:])) > 1]
    several = len(programmes) > 1
    real = [team for team in teams if isinstance(team, int)]
    return Specification(
        _programmes(list(programmes), differing if several else rows),
        _alike([row for row in rows if row not in differing]) if several else None,
        [f"{titles[s.name]}: {s.about}" for s in scenarios if s.programme.months == 0 and s.about],
        [f"{titles[s.name]}: {found}." for s in scenarios if (found := "; ".join(_otherwise(s)))],
        [_own(team) for team in teams if isinstance(team, Site)],
        _real(real, fidelity) if real else None,
        [*([CODED] if real else []), *_trial(teams)],
    )


# -- programmes ----------------------------------------------------------------------------------------------


def _programmes(titles: Sequence[str], rows: Sequence[Row]) -> Table | None:
    """Return the programmes side by side; nothing where there is none, or no difference between them."""
    if not rows:
        return None
    caption = "In what the programmes differ" if len(titles) > 1 else "What the programme is made of"
    return _turned(Table(caption, ["Lever", *titles], rows))


def _alike(rows: Sequence[Row]) -> Table:
    return Table("What is alike in all programmes", ["Lever", "In each"], [row[:2] for row in rows])


def _turned(table: Table) -> Table:
    """Return a table with a row for each programme where they are more than the levers on which they differ."""
    if len(table.heads) - 1 <= len(table.rows):
        return table
    heads, *rows = zip(table.heads, *table.rows, strict=True)
    return Table(table.caption, ["Programme", *heads[1:]], [list(row) for row in rows])


def _rows(programmes: Sequence[Programme], fidelity: bool) -> Iterator[Row]:
    """Yield every lever, then what no lever sets, with its value in each programme."""
    tables = [programme.model_dump(mode="json", exclude_none=True) for programme in programmes]
    for lever in _levers(tables, fidelity):
        yield [lever.named, *(lever.said(table) for table in tables)]
    for name, field in Programme.model_fields.items():
        kind = _component(field.annotation)
        if kind is not None:
            yield from _component_rows(name, kind, tables)
    if any(programme.delivery == "recorded" for programme in programmes):
        yield ["Delivery", *(DELIVERY[programme.delivery] for programme in programmes)]


def _levers(tables: Sequence[Mapping[str, Any]], fidelity: bool) -> list[Lever]:
    """Return the levers to be told: of fidelity reviews nothing where no fidelity is scored and there are none."""
    reviewed = fidelity or any(at(table, REVIEWS) is not None for table in tables)
    return [lever for lever in LEVERS if reviewed or lever.key != REVIEWS]


DELIVERY = {"by-rules": "by the model's rules", "recorded": "replayed from each team's record"}


def _component(annotation: Any) -> type[Component] | None:
    kinds = getattr(annotation, "__args__", ())
    return next((kind for kind in kinds if isinstance(kind, type) and issubclass(kind, Component)), None)


def _component_rows(name: str, kind: type[Component], tables: Sequence[Mapping[str, Any]]) -> Iterator[Row]:
    """Yield what no lever sets of a component: that it is there, and what is not as it goes without saying."""
    if not any(key.split(".")[0] == name for key in SET):
        there = ["yes" if name in table else NOT_THERE for table in tables]
        if "yes" in there:
            yield [f"{_words(name)} ({kind.strategy.action})", *there]
    for field, about in kind.model_fields.items():
        found = [at(table, f"{name}.{field}") for table in tables]
        if f"{name}.{field}" not in SET and any(value not in (None, about.default) for value in found):
            yield [f"{_words(name)}: {field.replace('_', ' ')}", *(_value(value) for value in found)]


def _words(name: str) -> str:
    words = name.replace("_", " ")
    return words[:1].upper() + words[1:]


def _value(value: Any) -> str:
    """Return a value as it stands in a table."""
    if value is None:
        return NOT_THERE
    if isinstance(value, list | tuple):
        return ", ".join(map(_value, value)) or NOT_THERE
    return f"{value:g}" if isinstance(value, float) else str(value).replace("_", " ")


# -- what was set otherwise ----------------------------------------------------------------------------------


def _otherwise(scenario: Scenario) -> Iterator[str]:
    """Yield what a scenario sets otherwise than each team, the draws and the model have it."""
    context, usual = scenario.context.model_dump(), Context().model_dump()
    for name, value in context.items():
        if isinstance(value, dict):
            changed = {part: given for part, given in value.items() if given != usual.get(name, {}).get(part)}
            times = " multiplied by" if name == "times" else f", {name}:"
            yield from (f"{called(part)}{times} {_value(given)}" for part, given in changed.items() if given)
        elif value is not None:
            yield f"{called(name)} {_value(value)} at every team"
    for name, value in scenario.parameters.items():
        yield f"{declared()[name].meaning} ({declared()[name].unit}) {value:g}"
    off = {mechanism.key: mechanism.title for mechanism in MECHANISMS}
    yield from (f"switched off: {off[key]}" for key in scenario.without_mechanisms)


# -- teams ---------------------------------------------------------------------------------------------------


CODED = (
    "The codes are short readings of what was published of the real teams. What each stands for in numbers is assumed; "
    "every draw takes values of its own."
)
NOT_STATED = "not stated"
Told = Mapping[str, Callable[[TeamRecord], str]]
PLACED: Told = {"Setting": lambda record: record.setting}
RECORDED: Told = {
    **PLACED,
    "Fidelity total at the start, points": lambda record: str(record.baseline_total),
    "Fidelity total at month 12, points": lambda record: str(record.total_12m),
    "Items targeted": lambda record: str(len(record.targets)),
}


def _real(numbers: Sequence[int], fidelity: bool) -> Table:
    """Return the record of some of the six teams; what is stated of none of them is left out."""
    records = [record for record in six_teams() if record.number in numbers]
    rows = [[head, *map(told, records)] for head, told in (RECORDED if fidelity else PLACED).items()]
    for name, field in coding_key().field.items():
        codes = [_code(record.codes()[name].code) for record in records]
        if set(codes) != {NOT_STATED}:
            rows.append([field.meaning.split(".")[0], *codes])
    caption = "The real teams, as recorded and as coded"
    return Table(caption, ["What", *(f"Team {record.number}" for record in records)], rows)


def _code(code: str) -> str:
    return NOT_STATED if code == UNKNOWN else code.replace("_", " ")


def _own(site: Site) -> Table:
    """Return what was said of a user's own team, and what was left open."""
    rows = []
    for row in of_site(site):
        name, value, kind = row["field"], row["value"], row["kind"]
        if name != "name":
            told = " to ".join(map(_value, value)) if "drawn" in kind else _value(value)
            rows.append([called(name), told, UNITS.get(name, ""), kind])
    caption = f"{_words(site.name)}: what was said of it, and what was left open"
    return Table(caption, ["What", "Value", "Unit", "How far known"], rows)


def _trial(teams: Sequence[Team]) -> list[str]:
    count = sum(isinstance(team, TrialTeam) for team in teams)
    return (
        [f"The {count} teams of a trial: each draw has its own, from the range of ordinary teams."]
        if count
        else []
    )
