"""The six teams of the qualitative paper as checked records, with the key that turns words into numbers."""

import tomllib
from collections.abc import Iterator
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from typing import Annotated, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

TEAMS_FILE = "calibration/data/six_teams.toml"
KEY_FILE = "calibration/data/coding_key.toml"
UNKNOWN = "unknown"
ITEM_COUNT = 39
MODERATE_FROM = 117
HIGH_FROM = 156

Tick = Literal["yes", "no", "blank"]
Component = Literal[
    "scoping_day",
    "learning_events",
    "regular_coaching",
    "fidelity_reviews",
    "routine_meetings",
    "research_team_support",
]
EventKind = Literal[
    "facilitator_visits",
    "plan_made",
    "priorities_set",
    "baseline_report_reviewed",
    "working_group_established",
    "scoping",
    "interim_review",
    "away_day",
    "progress_review",
    "plan_revised",
    "update_meetings",
]
Placement = Literal["embedded", "internal", "external"]
Problem = tuple[str, object, str]
M = TypeVar("M", bound=BaseModel)
T = TypeVar("T")


def _tuple_from_list(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value


Rows = Annotated[tuple[T, ...], BeforeValidator(_tuple_from_list)]
Interval = Annotated[tuple[float, float], BeforeValidator(_tuple_from_list)]
Item = Annotated[int, Field(ge=1, le=ITEM_COUNT)]
Total = Annotated[int, Field(ge=ITEM_COUNT, le=5 * ITEM_COUNT)]


class _Record(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Quote(_Record):
    """Hold words of the paper and where they stand."""

    phrase: str
    source: str


class Remark(Quote):
    """Hold words on a subject that is not coded."""

    about: str


class Finding(_Record):
    """Hold what the paper says of the sample without naming the team."""

    name: str
    phrase: str
    note: str


class Coded(_Record):
    """Hold one code and the phrase it rests on; only an unknown has no phrase."""

    code: str
    phrase: str | None = None
    source: str | None = None
    also: Rows[Quote] = ()
    note: str | None = None

    @model_validator(mode="after")
    def _rests_on_a_phrase(self) -> "Coded":
        unknown = self.code == UNKNOWN
        if (self.phrase is None) is not unknown or (self.source is None) is not unknown:
            raise ValueError(f"a code needs phrase and source, {UNKNOWN!r} takes neither")
        return self


class Event(_Record):
    """Hold one event of a team's programme, with the printed month or none."""

    kind: EventKind
    month: float | None = None
    until_month: float | None = None
    phrase: str | None = None
    note: str | None = None

    @model_validator(mode="after")
    def _is_explained(self) -> "Event":
        if self.month is None and self.note is None:
            raise ValueError("an event without a month needs a note")
        if self.month is not None and self.phrase is None:
            raise ValueError("an event with a month needs its phrase")
        return self


class TargetRow(_Record):
    """Hold one printed row of targeted items, with its printed label."""

    items: Rows[Item]
    printed_label: str
    differs_for: Rows[Item] = ()
    doubtful_for: Rows[Item] = ()

    @property
    def label_differs(self) -> bool:
        """Say whether the printed label is about something else than an item of the row."""
        return bool(self.differs_for)


class Contradiction(_Record):
    """Hold a phrase of the description that speaks against a tick."""

    component: Component
    phrase: str
    note: str


class Ticks(_Record):
    """Hold the printed ticks of the six components; a blank is an unknown, not a no."""

    scoping_day: Tick
    learning_events: Tick
    regular_coaching: Tick
    fidelity_reviews: Tick
    routine_meetings: Tick
    research_team_support: Tick
    contradictions: Rows[Contradiction] = ()


class Sampling(_Record):
    """Hold the three sampling criteria as printed."""

    location: Literal["Rural", "Suburban", "Urban"]
    baseline: Literal["Low fidelity", "Moderate fidelity", "High fidelity"]
    change: Literal["Small change", "Moderate change", "Large change"]


class Scale(_Record):
    """Hold the allowed range of one field of a site."""

    low: float
    high: float
    unit: str
    meaning: str


class CodeMeaning(_Record):
    """Hold what one code means: in words, as intervals on fields of a site, or as allowed placements."""

    meaning: str
    intervals: dict[str, Interval] = {}
    placements: Rows[Placement] = ()
    reason: str | None = None


class CodedField(_Record):
    """Hold the codes of one coded field."""

    meaning: str
    code: dict[str, CodeMeaning]


class CodingKey(_Record):
    """Hold the written key from codes to numbers; its intervals are our judgement."""

    status: Literal["assumed"]
    note: str
    miscoded: float = Field(ge=0.0, le=1.0)
    scale: dict[str, Scale]
    field: dict[str, CodedField]


class TeamRecord(_Record):
    """Hold what the paper says about one team."""

    number: Annotated[int, Field(ge=1, le=6)]
    setting: Literal["rural", "suburban", "urban"]
    baseline_total: Total
    total_12m: Total
    change: int
    sampling: Sampling
    manager_stance: Coded
    manager_change: Coded
    staff_engagement: Coded
    staff_awareness: Coded
    plan_ownership: Coded
    busyness: Coded
    turnover: Coded
    facilitator_presence: Coded
    facilitator_style: Coded
    facilitator_placement: Coded
    working_groups: Coded
    who_did_most_of_the_work: Coded
    leadership_support: Coded
    service_user_involvement: Coded
    defensiveness: Coded
    plan_revision: Coded
    ticks: Ticks
    events: Rows[Event] = Field(alias="event")
    target_rows: Rows[TargetRow] = Field(alias="target")
    remarks: Rows[Remark] = Field(alias="remark")

    @property
    def targets(self) -> tuple[int, ...]:
        """Return the targeted items, each once, in order."""
        return tuple(sorted({item for row in self.target_rows for item in row.items}))

    @property
    def placements(self) -> tuple[Placement, ...]:
        """Return the facilitator placements that the text leaves possible."""
        return coding_key().field["facilitator_placement"].code[self.facilitator_placement.code].placements

    def codes(self) -> dict[str, Coded]:
        """Return every coded field by name."""
        values = ((name, getattr(self, name)) for name in type(self).model_fields)
        return {name: value for name, value in values if isinstance(value, Coded)}

    def circumstances(self) -> dict[str, tuple[float, float]]:
        """Return the interval [low, high] of each field of a site, in the order of the key's scales.

        Ends are equal where the value is fixed. Units are those of the key.
        """
        key = coding_key()
        found: dict[str, tuple[float, float]] = {}
        for name, coded in self.codes().items():
            found.update(key.field[name].code[coded.code].intervals)
        return {name: found[name] for name in key.scale}

    def event_month(self, kind: EventKind) -> float | None:
        """Return the printed month of the first event of a kind.

        It is None where there is no such event or none with a month. Of a span of months it is the first;
        the event's `until_month` holds the last.
        """
        months = [event.month for event in self.events if event.kind == kind and event.month is not None]
        return min(months, default=None)


class _TeamsFile(_Record):
    finding: Rows[Finding]
    team: Rows[dict[str, object]]


def _validated(model: type[M], table: object, place: str) -> M:
    try:
        return model.model_validate(table)
    except ValidationError as error:
        problems = [(".".join(map(str, e["loc"])), e["input"], e["msg"]) for e in error.errors()]
        raise _refusal(place, problems) from error


def _refusal(place: str, problems: list[Problem]) -> ValueError:
    lines = (f"{place}, {field}: {_shown(value)}: {what}" for field, value, what in problems)
    return ValueError("\n".join(lines))


def _shown(value: object) -> str:
    return f"a table of {len(value)} entries" if isinstance(value, dict) else repr(value)


def fidelity_band(total: int) -> str:
    """Return the paper's band of a fidelity total: low, moderate or high."""
    if total < MODERATE_FROM:
        return "low"
    return "moderate" if total < HIGH_FROM else "high"


def _total_problems(team: TeamRecord) -> Iterator[Problem]:
    difference = team.total_12m - team.baseline_total
    if team.change != difference:
        yield "change", team.change, f"must be {difference}, total_12m less baseline_total"
    band = f"{fidelity_band(team.baseline_total).capitalize()} fidelity"
    if team.sampling.baseline != band:
        yield "sampling.baseline", team.sampling.baseline, f"a baseline of {team.baseline_total} is {band!r}"
    if team.sampling.location.lower() != team.setting:
        yield "setting", team.setting, f"must be {team.sampling.location.lower()!r}, as sampled"


def _target_problems(team: TeamRecord) -> Iterator[Problem]:
    for row in team.target_rows:
        for name, marked in (("differs_for", row.differs_for), ("doubtful_for", row.doubtful_for)):
            if not set(marked) <= set(row.items):
                yield f"target {row.printed_label!r}, {name}", marked, f"must be among {row.items}"


def _code_problems(team: TeamRecord, key: CodingKey) -> Iterator[Problem]:
    for name, coded in team.codes().items():
        allowed = key.field[name].code
        if coded.code not in allowed:
            near = get_close_matches(coded.code, allowed, n=1)
            hint = f"; did you mean {near[0]!r}?" if near else ""
            yield f"{name}.code", coded.code, f"must be one of {', '.join(allowed)}{hint}"


def _interval_problems(key: CodingKey) -> Iterator[Problem]:
    for name, field in key.field.items():
        for code, meaning in field.code.items():
            place = f"field.{name}.code.{code}"
            if (meaning.intervals or meaning.placements) and not meaning.reason:
                yield f"{place}.reason", meaning.reason, "an interval needs its reason"
            for site_field, (low, high) in meaning.intervals.items():
                scale = key.scale.get(site_field)
                if scale is None:
                    yield f"{place}.intervals", site_field, f"must be one of {', '.join(key.scale)}"
                elif not scale.low <= low <= high <= scale.high:
                    yield f"{place}.{site_field}", (low, high), f"must rise in {scale.low} to {scale.high}"


def _coverage_problems(key: CodingKey) -> Iterator[Problem]:
    names = [name for name, field in TeamRecord.model_fields.items() if field.annotation is Coded]
    if sorted(key.field) != sorted(names):
        yield "field", sorted(key.field), f"must be {sorted(names)}"
    set_by_field: list[str] = []
    for name, field in key.field.items():
        if UNKNOWN not in field.code:
            yield f"field.{name}.code", sorted(field.code), f"must hold {UNKNOWN!r}"
            continue
        expected = field.code[UNKNOWN].intervals.keys()
        set_by_field.extend(expected)
        for code, meaning in field.code.items():
            if meaning.intervals.keys() != expected:
                yield f"field.{name}.code.{code}", sorted(meaning.intervals), f"must set {sorted(expected)}"
    if sorted(set_by_field) != sorted(key.scale):
        yield "scale", sorted(key.scale), f"each must be set by one field; set are {sorted(set_by_field)}"


def read_coding_key(text: str, file: str = KEY_FILE) -> CodingKey:
    """Read and check a coding key from TOML text.

    Raises ValueError naming the file, the field, its value and what is allowed.
    """
    key = _validated(CodingKey, tomllib.loads(text), file)
    problems = [*_interval_problems(key), *_coverage_problems(key)]
    if problems:
        raise _refusal(file, problems)
    return key


def _read_team(table: dict[str, object], key: CodingKey, file: str) -> TeamRecord:
    place = f"{file}, team {table.get('number', '?')}"
    team = _validated(TeamRecord, table, place)
    problems = [*_total_problems(team), *_target_problems(team), *_code_problems(team, key)]
    if problems:
        raise _refusal(place, problems)
    return team


def read_six_teams(text: str, key: CodingKey, file: str = TEAMS_FILE) -> tuple[TeamRecord, ...]:
    """Read and check the six teams from TOML text.

    Raises ValueError naming the file, the team, the field, its value and what is allowed.
    """
    content = _validated(_TeamsFile, tomllib.loads(text), file)
    teams = tuple(_read_team(table, key, file) for table in content.team)
    numbers = [team.number for team in teams]
    if numbers != [1, 2, 3, 4, 5, 6]:
        raise _refusal(file, [("team.number", numbers, "must be 1 to 6, each once and in order")])
    return teams


def _packaged(name: str) -> str:
    return files("calibration").joinpath("data", name).read_text(encoding="utf-8")


@cache
def coding_key() -> CodingKey:
    """Return the packaged coding key, read once."""
    return read_coding_key(_packaged("coding_key.toml"))


@cache
def six_teams() -> tuple[TeamRecord, ...]:
    """Return the records of the six teams in the order of their numbers, read once."""
    return read_six_teams(_packaged("six_teams.toml"), coding_key())


@cache
def sample_findings() -> tuple[Finding, ...]:
    """Return what the paper says of the sample without naming the team, read once."""
    return _validated(_TeamsFile, tomllib.loads(_packaged("six_teams.toml")), TEAMS_FILE).finding
