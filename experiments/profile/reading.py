"""From a profile's TOML to a site; every mistake is told with file, line, value and remedy."""

import tomllib
import zlib
from pathlib import Path
from typing import Any

import numpy as np
from pydantic import ValidationError

from calibration.records import UNKNOWN
from experiments.errors import InputError, line_of, read_text, refusal
from experiments.profile.population import population
from experiments.profile.uncertain import UncertainSite
from model.sites import Site

Knots = tuple[float, ...]


def own_team(path: Path | str) -> Site:
    """Read a team's profile from a TOML file: the fields of ``Site``.

    A field holds a value; a range ``[low, high]``; or ``"unknown"``, the range of ordinary teams. What is not there is
    the typical team's. A team without a number gets one from its name, so that its luck is its own whatever teams
    stand beside it.

    Raises
    ------
    InputError
        If the file cannot be read, or a field or value is not allowed.
    """
    path = Path(path)
    return team_from_text(read_text(path, "team's profile"), path.stem, str(path))


def team_from_text(text: str, name: str, place: str) -> Site:
    """Read a team's profile from TOML text; ``name`` is the team's where the text has none, ``place`` is for errors."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{place} is not valid TOML: {error}.") from None
    name = table.get("name", name)
    number = 1_000 + zlib.crc32(str(name).encode()) % 900_000
    return _site({"name": name, "number": number, **table}, text, place)


def _site(table: dict[str, Any], text: str, place: str) -> Site:
    """Return the site of a table; both ends of every range are checked as values are."""
    ranges = {name: knots for name, value in table.items() if (knots := _knots(name, value)) is not None}
    for end in (-1, 0):
        site = _checked(table | {name: _as(name, knots[end]) for name, knots in ranges.items()}, text, place)
    turned = [name for name, knots in ranges.items() if knots[0] > knots[-1]]
    if turned:
        name, line = turned[0], line_of(text, [turned[0]])
        raise InputError(f"{place}, line {line}: {name} = {table[name]}: write the lower end first.")
    if not ranges:
        return site
    middle = {name: _as(name, float(np.median(knots))) for name, knots in ranges.items()}
    known = {name: getattr(site, name) for name in Site.model_fields}
    return UncertainSite(**{**known, **middle, "ranges": tuple(ranges.items())})


def _knots(name: str, value: Any) -> Knots | None:
    """Return the quantiles of what is not known exactly; nothing for a value that is, or that is wrong."""
    if name not in population():
        return None
    if value == UNKNOWN:
        return population()[name][0]
    is_range = isinstance(value, list) and len(value) == 2 and all(type(end) in (int, float) for end in value)
    return tuple(map(float, value)) if is_range else None


def _as(name: str, value: float) -> float | int:
    whole = Site.model_fields[name].annotation is int and value.is_integer()
    return int(value) if whole else value


def _checked(table: dict[str, Any], text: str, place: str) -> Site:
    try:
        return Site.model_validate(table)
    except ValidationError as error:
        raise refusal(error, place, text, {"": list(Site.model_fields)}) from None


def profile_schema() -> dict[str, Any]:
    """Return the JSON schema of a profile: a site's, and a range or "unknown" where ordinary teams' range is known."""
    schema = Site.model_json_schema()
    for name in population():
        known = schema["properties"][name]
        one = {"type": "array", "items": known, "minItems": 2, "maxItems": 2}
        schema["properties"][name] = {
            "anyOf": [known, one, {"const": UNKNOWN}],
            "title": known.get("title", name),
        }
    return schema
