"""A scenario: what is done, and what about the world is set otherwise. A preset plus its differences."""

import json
import math
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import (
    BaseModel,
    Field,
    SerializerFunctionWrapHandler,
    ValidationError,
    field_validator,
    model_serializer,
)

from experiments.errors import InputError, did_you_mean, line_of, read_text, refusal
from model import presets
from model.mechanisms import MECHANISMS, switched_off
from model.parameters import Parameters, declared, with_values
from model.programme.components import Component
from model.programme.programme import Programme
from model.sites import Delivered, Described, EventKind, Share, Site

Table = dict[str, Any]
Times = Annotated[float, Field(ge=0, le=6)]
#: A scenario's name is part of the names of files in a result.
NOT_IN_NAMES = '/\\:*?"<>|[]'
LEFT_TO_THE_SITE = (
    "name",
    "number",
    "delivered",
    "targets",
    "trust",
    "facilitator",
    "baseline_total",
    "setting",
)


class Multipliers(Described):
    """Circumstances multiplied at every team, whatever they are there."""

    busyness: Times = 1.0
    turnover: Times = 1.0
    vacancy: Times = 1.0


class Record(Described):
    """What was recorded at one of the six teams, altered; it counts where delivery is replayed from the record.

    ``also`` are kinds of events to be held as planned and as the model's rules have it, whatever was recorded of them.
    """

    weeks_between_visits: Annotated[float, Field(ge=1, le=26)] | None = None
    scoping_month: Annotated[float, Field(gt=0, le=12)] | None = None
    review_month: Annotated[float, Field(gt=0, le=12)] | None = None
    research_support: Share | None = None
    also: Annotated[tuple[EventKind, ...], Field(strict=False)] = ()

    def applied(self, delivered: Delivered) -> Delivered:
        """Return what was delivered with these alterations, all else as recorded."""
        months = {"scoping": self.scoping_month, "review": self.review_month}
        dated = {kind: month for kind, month in months.items() if month is not None}
        altered = {*dated, *self.also}
        changes: dict[str, Any] = {
            "events": (*(event for event in delivered.events if event[0] not in altered), *dated.items()),
            "undated": (*(kind for kind in delivered.undated if kind not in altered), *self.also),
        }
        if self.weeks_between_visits is not None:
            changes["visit_interval"] = self.weeks_between_visits
        if self.research_support is not None:
            changes["research_support"] = self.research_support
        return delivered.model_copy(update=changes)


class Context(Described):
    """Circumstances set alike at every team; what is not named stays as each team has it."""

    posts: Annotated[int, Field(ge=3, le=69)] | None = None
    busyness: Annotated[float, Field(ge=0.5, le=2)] | None = None
    vacancy: Share | None = None
    turnover: Annotated[float, Field(ge=0, le=6)] | None = None
    senior_share: Share | None = None
    manager_stance: Share | None = None
    manager_engagement: Share | None = None
    manager_participative: Share | None = None
    manager_arrives_month: Annotated[float, Field(ge=0, le=24)] | None = None
    manager_doing: Share | None = None
    staff_buy_in: Share | None = None
    trust_support: Share | None = None
    group_breadth: Share | None = None
    service_user_involvement: Share | None = None
    facilitator_doing: Share | None = None
    collaboration: Share | None = None
    times: Multipliers = Multipliers()
    recorded: Record = Record()

    @model_serializer(mode="wrap")
    def _without_an_unaltered_record(self, dumped: SerializerFunctionWrapHandler) -> Table:
        """Leave out a record that is not altered: hashes of scenarios stay what they were without it."""
        table: Table = dumped(self)
        return {
            name: value for name, value in table.items() if name != "recorded" or self.recorded != Record()
        }

    def applied(self, site: Site) -> Site:
        """Return the site with these circumstances."""
        fields = type(self).model_fields
        set_alike = {name: getattr(self, name) for name in fields if name not in ("times", "recorded")}
        changes: dict[str, Any] = {name: value for name, value in set_alike.items() if value is not None}
        changed = site.model_copy(update=changes)
        limits = {"busyness": (0.5, 2.0), "turnover": (0.0, 6.0), "vacancy": (0.0, 1.0)}
        for name, (low, high) in limits.items():
            factor = getattr(self.times, name)
            if factor != 1.0:
                value = min(max(getattr(changed, name) * factor, low), high)
                changed = changed.model_copy(update={name: value})
        if changed.delivered is not None and self.recorded != Record():
            changed = changed.model_copy(update={"delivered": self.recorded.applied(changed.delivered)})
        return changed


class Scenario(Described):
    """What is done (``programme``) and what is set otherwise (``context``, ``parameters``, ``without_mechanisms``).

    ``Scenario("internal-12")`` is a preset; ``Scenario.from_file(path)`` reads TOML; ``with_set`` lays single values
    over. ``outcome`` is *fidelity*, or *implementation* for illustrative innovations without a fidelity score.

    Raises
    ------
    InputError
        If there is no such preset, or a value is not allowed.
    """

    name: str = "scenario"
    title: str = ""
    about: str = ""
    outcome: Literal["fidelity", "implementation"] = "fidelity"
    programme: Programme = Programme()
    context: Context = Context()
    parameters: Mapping[str, float] = Field(default_factory=dict)
    without_mechanisms: Annotated[tuple[str, ...], Field(strict=False)] = ()

    def __init__(self, preset: str | None = None, /, **values: Any) -> None:
        if preset is not None:
            values = {**_preset_table(preset), "name": preset, **values}
        super().__init__(**values)

    @field_validator("name")
    @classmethod
    def _can_name_a_file(cls, name: str) -> str:
        if (
            not name.isprintable()
            or set(NOT_IN_NAMES) & set(name)
            or not name[:1].isalnum()
            or len(name) > 80
        ):
            raise ValueError(
                f"a name begins with a letter or digit and holds none of {' '.join(NOT_IN_NAMES)}, 80 signs at most"
            )
        return name

    @classmethod
    def from_file(cls, path: Path | str, *, above: tuple[Path, ...] = ()) -> Self:
        """Read a scenario file: TOML with ``base = "core-12"`` (a preset, or a file beside it) and differences.

        ``above`` are the files that have this one for their base.
        """
        path = Path(path)
        chain = (*above, path.resolve())
        if path.resolve() in above:
            shown = " -> ".join(file.name for file in chain)
            raise InputError(f"{path} is its own base ({shown}). Start one of these files from a preset.")
        return cls.from_text(read_text(path, "scenario"), path.stem, str(path), path.parent, above=chain)

    @classmethod
    def from_text(
        cls, text: str, name: str, place: str, folder: Path | None = None, *, above: tuple[Path, ...] = ()
    ) -> Self:
        """Read a scenario from TOML text; ``place`` names it in errors, ``folder`` is where its base may lie."""
        try:
            table = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise InputError(f"{place} is not valid TOML: {error}.") from None
        _check_without(table, text, place)
        base = _base_table(table, text, place, folder, above)
        merged = presets.merged(base, {k: v for k, v in table.items() if k != "base"})
        return cls._checked({**merged, "name": table.get("name", name)}, place, text)

    @classmethod
    def _checked(cls, table: Table, place: str, text: str) -> Self:
        try:
            scenario = cls(**table)
        except ValidationError as error:
            raise refusal(error, place, text, known_keys()) from None
        scenario._check_numbers(place, text)
        return scenario

    def _check_numbers(self, place: str, text: str) -> None:
        """Refuse parameters and mechanisms that do not exist or are out of range."""
        findings = []
        for name, value in self.parameters.items():
            line = line_of(text, ["parameters", name])
            where = f"{place}, line {line}" if line is not None else place
            if not math.isfinite(value):
                findings.append(f"{where}: parameters.{name} = {value} is not a number the model can use.")
                continue
            try:
                with_values(Parameters(), {name: float(value)})
            except ValueError as error:
                findings.append(f"{where}: {error}")
        try:
            switched_off(Parameters(), self.without_mechanisms)
        except ValueError as error:
            findings.append(f"{place}: {error}")
        if findings:
            raise InputError("\n".join(findings))

    def with_set(self, settings: Mapping[str, str], place: str | None = None) -> Self:
        """Return the scenario with settings ``name = value`` laid over: a lever, context or parameter by its name.

        ``facilitation.hours_per_week``, ``programme.months``, ``turnover``, ``times.turnover``, ``spill_over``.
        ``place`` names where they were given, for errors; ``--set`` where it is not told.
        """
        table = self.model_dump(exclude_none=True)
        for name, value in settings.items():
            _set(table, resolved_name(name, place), _literal(value))
        told = "--set " + " ".join(f"{k}={v}" for k, v in settings.items())
        return self._checked(table, place or told, "")

    def parameters_for(self, drawn: Parameters) -> Parameters:
        """Return a draw's parameters with this scenario's values and switched-off mechanisms."""
        values = {name: float(value) for name, value in self.parameters.items()}
        return switched_off(with_values(drawn, values), self.without_mechanisms)

    def to_toml(self) -> str:
        """Return the whole scenario as TOML, without a base.

        Raises
        ------
        InputError
            If the programme has a component that is not the model's: whoever read the file would not have it.
        """
        own = [
            name
            for name, part in self.programme.components()
            if type(part).__module__ != Component.__module__
        ]
        if own:
            raise InputError(
                f"Scenario {self.name} has a component of your own ({', '.join(own)}), which no file can hold: whoever "
                "reads it would not have the component. Run it without a directory to keep the result in."
            )
        return toml(self.model_dump(mode="json", exclude_none=True, exclude={"name"}))


def _preset_table(name: str) -> Table:
    if name not in presets.names():
        raise InputError(
            f"There is no preset '{name}'.{did_you_mean(name, presets.names())} "
            "See 'crtsip presets', or give a TOML file (a name that ends in .toml)."
        )
    return presets.table(name)


def _check_without(table: Table, text: str, place: str) -> None:
    """Refuse a ``without`` that would take nothing away: in the wrong table, of a wrong form, of no component."""
    components = [name for name in Programme.model_fields if name not in ("months", "delivery")]
    advice = 'Components are left out in [programme], as in without = ["facilitation"].'
    for path, names in _withouts(table):
        where = f"{place}, line {line_of(text, path)}: "
        if path != ["programme", "without"]:
            raise InputError(f"{where}unknown key '{'.'.join(path)}'. {advice}")
        if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
            raise InputError(f"{where}programme.without = {names!r} should be a list of names. {advice}")
        unknown = next((name for name in names if name not in components), None)
        if unknown is not None:
            hint = did_you_mean(unknown, components) or f" There are {', '.join(components)}."
            raise InputError(f"{where}programme.without: there is no component '{unknown}'.{hint}")


def _withouts(table: Table, above: tuple[str, ...] = ()) -> Iterator[tuple[list[str], Any]]:
    """Yield path and value of each ``without`` in a table and the tables in it."""
    for key, value in table.items():
        if key == "without":
            yield [*above, key], value
        elif isinstance(value, dict):
            yield from _withouts(value, (*above, key))


def _base_table(
    table: Table, text: str, place: str, folder: Path | None, above: tuple[Path, ...] = ()
) -> Table:
    base = table.get("base")
    if base is None:
        return {}
    line = line_of(text, ["base"])
    if not isinstance(base, str):
        raise InputError(
            f"{place}, line {line}: base = {base!r} should be the name of a preset or of a TOML file."
        )
    if base.endswith(".toml") and folder is not None:
        below = Scenario.from_file(folder / base, above=above)
        return below.model_dump(exclude_none=True, exclude={"name", "title", "about"})
    if base not in presets.names():
        hint = did_you_mean(base, presets.names())
        raise InputError(f"{place}, line {line}: there is no preset '{base}'.{hint} See 'crtsip presets'.")
    return presets.table(base)


def read_scenario(name_or_path: str) -> Scenario:
    """Return a preset by name, or the scenario in a TOML file."""
    path = Path(name_or_path)
    if name_or_path in presets.names():
        return Scenario(name_or_path)
    if name_or_path.endswith(".toml") or path.exists():
        return Scenario.from_file(path)
    return Scenario(name_or_path)


@cache
def known_keys() -> dict[str, list[str]]:
    """Return the keys each table of a scenario file knows, by dotted name."""
    known: dict[str, list[str]] = {"": ["base"]}
    _collect(Scenario, "", known)
    known["parameters"] = list(declared())
    known["mechanisms"] = [mechanism.key for mechanism in MECHANISMS]
    return known


def _collect(model: type[BaseModel], name: str, known: dict[str, list[str]]) -> None:
    known.setdefault(name, []).extend(model.model_fields)
    for key, field in model.model_fields.items():
        for inner in _models_in(field.annotation):
            _collect(inner, f"{name}.{key}".lstrip("."), known)


def _models_in(annotation: Any) -> list[type[BaseModel]]:
    found = [annotation] if isinstance(annotation, type) else list(getattr(annotation, "__args__", ()))
    return [kind for kind in found if isinstance(kind, type) and issubclass(kind, BaseModel)]


def resolved_name(name: str, place: str | None = None) -> list[str]:
    """Return the full path of a setting's name, which may leave out what is plain.

    ``turnover`` is ``context.turnover``; a multiplier is ``times.turnover``. ``place`` names where it was given, for
    errors.

    Raises
    ------
    InputError
        If nothing, or more than one thing, has that name.
    """
    place = place or f"--set {name}"
    paths = [f"{where}.{key}".lstrip(".") for where, keys in known_keys().items() for key in keys]
    settable = [path for path in paths if path.split(".")[0] in ("programme", "context", "parameters")]
    matches = [path for path in settable if path == name or path.endswith(f".{name}")]
    if len(matches) > 1:
        plain = [path for path in matches if not path.startswith(("context.times.", "context.recorded."))]
        matches = [name] if name in matches else plain or matches
    if not matches:
        last = {path.split(".")[-1]: path for path in settable}
        hint = did_you_mean(name, [*settable, *last])
        raise InputError(f"{place}: there is no such lever, context or parameter.{hint}")
    if len(matches) > 1:
        raise InputError(f"{place}: could be {' or '.join(matches)}; write it out.")
    return matches[0].split(".")


def is_whole(path: Sequence[str]) -> bool:
    """Say whether a setting, by its full path, takes whole numbers alone."""
    if path[0] == "parameters":
        return False
    model: type[BaseModel] = Scenario
    for key in path[:-1]:
        model = _models_in(model.model_fields[key].annotation)[0]
    annotation = str(model.model_fields[path[-1]].annotation)
    return "int" in re.findall(r"\w+", annotation) and "float" not in annotation


def _set(table: Table, path: list[str], value: Any) -> None:
    for key in path[:-1]:
        below = table.get(key)
        table[key] = table = below if isinstance(below, dict) else {}
    table[path[-1]] = value


def _literal(text: str) -> Any:
    """Read a value as TOML would; a bare word is a string."""
    try:
        return tomllib.loads(f"value = {text}")["value"]
    except tomllib.TOMLDecodeError:
        return text


def toml(table: Table) -> str:
    """Return a table as the text of a scenario's or a team's file."""
    return "\n".join(_toml(table, "")) + "\n"


def _toml(table: Table, name: str) -> list[str]:
    plain = {key: value for key, value in table.items() if not isinstance(value, dict)}
    lines = [f"\n[{name}]"] if name else []
    lines += [f"{key} = {_toml_value(value)}" for key, value in plain.items()]
    for key, value in table.items():
        if isinstance(value, dict):
            lines += _toml(value, f"{name}.{key}".lstrip("."))
    return lines


def _toml_value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_toml_value(entry) for entry in value) + "]"
    return repr(value)
