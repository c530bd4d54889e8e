"""Presets: scenarios that come with the package, as TOML files, each its differences from a base."""

import tomllib
from functools import cache
from importlib import resources
from typing import Any

from model.programme.programme import Programme

Table = dict[str, Any]


@cache
def names() -> tuple[str, ...]:
    """Return the presets' names: no programme, the core programme, the placements, then the rest."""
    found = [entry.name.removesuffix(".toml") for entry in resources.files(__name__).iterdir()]
    listed = [name for name in found if resources.files(__name__).joinpath(f"{name}.toml").is_file()]
    return tuple(sorted(listed, key=_rank))


def text(name: str) -> str:
    """Return a preset's TOML text."""
    return resources.files(__name__).joinpath(f"{name}.toml").read_text(encoding="utf-8")


def merged(base: Table, differences: Table) -> Table:
    """Return a table with differences laid over it, table by table.

    ``without = ["name", ...]`` in ``[programme]`` takes components of the base away.
    """
    result = dict(base)
    for key, value in differences.items():
        below = result.get(key)
        result[key] = merged(below, value) if isinstance(value, dict) and isinstance(below, dict) else value
    for name in differences.get("without", []):
        result.pop(name, None)
    result.pop("without", None)
    return result


@cache
def _resolved(name: str) -> Table:
    table = tomllib.loads(text(name))
    base = table.pop("base", None)
    return merged(_resolved(base), table) if base is not None else merged({}, table)


def table(name: str) -> Table:
    """Return a preset with all it inherits, as one table; treat it as read-only."""
    return _resolved(name)


def programme(name: str) -> Programme:
    """Return the programme of a preset.

    Raises
    ------
    ValueError
        If there is no such preset.
    """
    if name not in names():
        from model.parameters import suggestion

        raise ValueError(f"There is no preset '{name}'.{suggestion(name, names())}")
    return Programme.model_validate(table(name)["programme"])


def _rank(name: str) -> tuple[int, str, int]:
    """Return where a preset stands in the list."""
    family, _, months = name.rpartition("-")
    if name == "no-sip":
        return (0, name, 0)
    if not months.isdigit():
        return (3, name, 0)
    return (1 if family == "core" else 2, family, int(months))
