"""What the page asks for, checked, and turned into scenarios, teams and an experiment."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self, TypeVar

from pydantic import Field, ValidationError, field_validator, model_validator

from calibration.records import UNKNOWN
from experiments.app.desk import Question
from experiments.errors import InputError, did_you_mean
from experiments.experiment import Experiment
from experiments.levers import (
    CIRCUMSTANCES,
    CORE,
    LEVERS,
    OFF,
    Table,
    Value,
    at,
    in_full,
    offered,
    values_of,
)
from experiments.prediction import Prediction
from experiments.profile import team_from_text
from experiments.scenario import Scenario, toml
from experiments.teams import SIX
from model.sites import Described, Site

MOST_TEXT = 20_000  #: characters of a scenario or a team's profile
HORIZONS = (24, 36, 48)
TEAMS = [
    ("six", "the six real teams together"),
    *((str(number), f"real team {number}") for number in SIX),
    ("own", "a team of my own"),
]
Side = Literal["a", "b"]
Sent = TypeVar("Sent", bound=Described)
Note = Annotated[str, Field(max_length=1_000)]
Text = Annotated[str, Field(max_length=MOST_TEXT)]


class Chosen(Described):
    """A programme as the page has it: a preset with levers set otherwise, or the text of a scenario file."""

    preset: Annotated[str, Field(max_length=80)] = CORE
    values: Mapping[Annotated[str, Field(max_length=80)], float | Annotated[str, Field(max_length=80)]] = (
        Field(default_factory=dict, max_length=len(LEVERS))
    )
    text: Text | None = None
    file: Annotated[str, Field(max_length=200)] = "the file"


class Asked(Described):
    """What the page asks: two programmes, whose team, how far to look."""

    session: Annotated[str, Field(pattern=r"^[a-z0-9]{8,40}$")]
    a: Chosen
    b: Chosen
    team: Annotated[str, Field(pattern=r"^(six|[1-6]|own)$")] = "six"
    profile: Mapping[Annotated[str, Field(max_length=40)], float] = Field(default_factory=dict, max_length=40)
    profile_text: Text | None = None
    horizon: Annotated[int, Field(ge=12, le=48)] = HORIZONS[0]

    @model_validator(mode="after")
    def _known_horizon(self) -> Self:
        if self.horizon not in HORIZONS:
            raise ValueError(f"horizon = {self.horizon}: look {', '.join(map(str, HORIZONS))} months ahead")
        return self

    def scenarios(self) -> list[Scenario]:
        """Return both programmes, named ``a`` and ``b``."""
        return [scenario(self.a, "a"), scenario(self.b, "b")]

    @field_validator("profile")
    @classmethod
    def _known_circumstances(cls, profile: Mapping[str, float]) -> Mapping[str, float]:
        known = [one.key for one in CIRCUMSTANCES]
        for key in profile:
            if key not in known:
                raise ValueError(f"there is no circumstance '{key}'.{did_you_mean(key, known)}")
        return profile

    def teams(self) -> tuple[int | Site, ...]:
        """Return the teams asked about."""
        if self.team == "own":
            return (own_team(self.profile, self.profile_text),)
        return SIX if self.team == "six" else (int(self.team),)

    def question(self) -> Question:
        """Return what is asked as a question for the desk."""
        scenarios = self.scenarios()
        return Question(tuple(scenarios), self.teams(), self.months(scenarios))

    def as_files(self) -> Question:
        """Return what the command line makes of the files; titles are theirs."""
        found = [from_file(self.a, "a"), from_file(self.b, "b")]
        return Question(tuple(found), self.teams(), self.months(found))

    def files(self) -> dict[str, str]:
        """Return the files with which the command line answers the same, by name."""
        found = {f"{side}.toml": text_of(getattr(self, side), side) for side in ("a", "b")}
        return found | (
            {"team.toml": self.profile_text or profile_toml(self.profile)} if self.team == "own" else {}
        )

    def command(self, months: float) -> str:
        """Return the command that answers the same from these files; the desk adds how many runs."""
        team = {"six": "", "own": " --team team.toml"}.get(self.team, f" --team {self.team}")
        return f"crtsip compare a.toml b.toml{team} --months {months:g}"

    def months(self, scenarios: list[Scenario]) -> float:
        """Return how far the runs go: as asked, and to the end of the longer programme at least."""
        longest = max(scenario.programme.months for scenario in scenarios)
        return float(
            next((h for h in HORIZONS if h >= max(longest, self.horizon)), max(longest, HORIZONS[-1]))
        )


#: What the page asks when it opens.
OPENING = Asked(session="opening0", a=Chosen(preset="internal-12"), b=Chosen(preset="external-12"))


def read(body: Any) -> Asked:
    """Check what the page asks; see ``checked``."""
    return checked(Asked, body)


def checked(kind: type[Sent], body: Any) -> Sent:
    """Check what the page sent.

    Raises
    ------
    InputError
        If it is not what a page sends.
    """
    try:
        return kind.model_validate(body)
    except ValidationError as error:
        found = error.errors()[0]
        place = ".".join(str(part) for part in found["loc"]) or "request"
        raise InputError(f"{place}: {found['msg']}.") from None


def run_of(place: Any, draws: int) -> tuple[int, int]:
    """Return the position of the draw and the replicate of a run to be watched.

    Raises
    ------
    InputError
        If there is no such run.
    """
    draw, replicate = (place.get("draw"), place.get("replicate")) if isinstance(place, dict) else (0, 0)
    if (
        type(draw) is not int
        or type(replicate) is not int
        or not (0 <= draw < draws and 0 <= replicate < 1_000)
    ):
        raise InputError(f"draw = {draw!r}, replicate = {replicate!r}: give 0 to {draws - 1}, and 0 to 999.")
    return draw, replicate


class Notes(Described):
    """What a learner wrote before and after looking."""

    question: Note = ""
    hypothesis: Note = ""
    direction: Literal["", "a", "b", "none"] = ""
    findings: Note = ""
    decision: Note = ""

    def prediction(self, experiment: Experiment) -> Prediction | None:
        """Return the notes as a prediction about an experiment; nothing where nothing was written."""
        words = {"": "", "a": "b below a", "b": "b above a", "none": "b like a"}
        found = self.model_dump() | {"direction": words[self.direction]}
        return Prediction(experiment=experiment.fingerprint(), **found) if any(found.values()) else None


def from_file(chosen: Chosen, side: Side) -> Scenario:
    """Return a programme as the command line reads it from its file."""
    return Scenario.from_text(text_of(chosen, side), side, place_of(chosen, side))


def place_of(chosen: Chosen, side: Side) -> str:
    """Return where a programme stands, for errors."""
    return chosen.file if chosen.text is not None else f"programme {side.upper()}"


def scenario(chosen: Chosen, side: Side) -> Scenario:
    """Return a programme as a scenario, named by its side and titled by what it is."""
    found = from_file(chosen, side)
    if found.outcome != "fidelity" or found.programme.months <= 0:
        raise InputError(
            f"{place_of(chosen, side)}: the page compares programmes of some months that aim at fidelity."
        )
    title = (
        found.title if found.title.startswith("Programme ") else f"Programme {side.upper()}: {found.title}"
    )
    return found.model_copy(update={"name": side, "title": title})


def text_of(chosen: Chosen, side: Side) -> str:
    """Return a programme as the text of a scenario file: a preset and its differences, or the file as it came."""
    if chosen.text is not None:
        return chosen.text
    if chosen.preset not in offered():
        raise InputError(
            f"There is no preset '{chosen.preset}' here.{did_you_mean(chosen.preset, offered())}"
        )
    programme = differences(chosen.preset, chosen.values)
    head: Table = {"base": chosen.preset}
    if programme:
        head["title"] = f"Programme {side.upper()}"
    return toml(head | ({"programme": programme} if programme else {}))


def differences(preset: str, values: Mapping[str, Value]) -> Table:
    """Return what levers change in a preset's programme, as a table of a scenario file."""
    base, left_out = in_full(preset), []
    stand: dict[str, Value] = values_of(preset) | _checked(values)
    found: Table = {}
    for lever in LEVERS:
        if lever.needs and stand[lever.needs] == OFF:
            continue
        value, component = lever.meant(stand[lever.key]), lever.key.split(".")[0]
        if value is None:
            left_out += [component] if component in base else []
        elif at(base, lever.key) != value:
            _put(found, lever.key.split("."), value)
    return found | ({"without": left_out} if left_out else {})


def _checked(values: Mapping[str, Value]) -> dict[str, Value]:
    """Refuse levers there are not, and values a control cannot have."""
    levers = {lever.key: lever for lever in LEVERS}
    for key, value in values.items():
        if key not in levers:
            raise InputError(f"There is no lever '{key}'.{did_you_mean(key, levers)}")
        lever = levers[key]
        keys = [option.key for option in lever.options]
        if keys and value not in keys:
            raise InputError(f"{key} = {value!r}: choose one of {', '.join(keys)}.")
        if not keys and not (isinstance(value, float) and lever.low <= value <= lever.high):
            raise InputError(
                f"{key} = {value!r}: give {lever.low:g} to {lever.high:g} {lever.unit}".rstrip() + "."
            )
    return dict(values)


def _put(table: Table, path: list[str], value: Any) -> None:
    for part in path[:-1]:
        table = table.setdefault(part, {})
    table[path[-1]] = value


def profile_toml(profile: Mapping[str, float]) -> str:
    """Return the circumstances set on the page as the text of a team's profile; what was not set is not known."""
    table: Table = {"name": "our team"}
    for one in CIRCUMSTANCES:
        usual = UNKNOWN if one.open else one.usual
        value = profile.get(one.key, usual)
        table[one.key] = value if isinstance(value, str) else int(value) if one.step == 1 else float(value)
    return toml(table)


def own_team(profile: Mapping[str, float], text: str | None) -> Site:
    """Return the user's own team, from the page's controls or the text of a profile."""
    return team_from_text(text or profile_toml(profile), "team", "your team")  # named as from team.toml
