"""Small worlds for tests, and ways to look at their runs."""

import struct
from collections.abc import Iterable
from typing import Any

from model import presets
from model.crisis_teams import CrisisTeams
from model.noise import PhiloxTape
from model.parameters import Parameters
from model.programme.programme import Programme
from model.record import NAMES, TeamRecord
from model.sites import Network, Site


def build(
    network: Network | Site,
    programme: Programme | str,
    parameters: Parameters | None = None,
    *,
    seed: int = 0,
    **options: Any,
) -> CrisisTeams:
    """Build a world that collects nothing beside its records."""
    chosen = presets.programme(programme) if isinstance(programme, str) else programme
    options.setdefault("tape", PhiloxTape(seed))
    return CrisisTeams(network, chosen, parameters, collect="nothing", **options)


def lived(*arguments: Any, **options: Any) -> CrisisTeams:
    """Build a world and live it to its end."""
    return build(*arguments, **options).run()


def only(model: CrisisTeams) -> TeamRecord:
    """Return the record of a world's only team."""
    (record,) = model.records.values()
    return record


def series(record: TeamRecord, name: str) -> list[float]:
    """Return one weekly series of a team."""
    column = NAMES.index(name)
    return [week[column] for week in record.weeks]


def without(record: TeamRecord, *names: str) -> list[list[float]]:
    """Return a team's weeks without some series."""
    kept = [k for k, name in enumerate(NAMES) if name not in names]
    return [[week[k] for k in kept] for week in record.weeks]


def bits(numbers: Iterable[float]) -> list[bytes]:
    """Return the bits of numbers, so that equal means equal and not near."""
    return [struct.pack("<d", float(number)) for number in numbers]


def path(record: TeamRecord, weeks: int | None = None) -> list[list[bytes]]:
    """Return the bits of a team's weeks, or of its first ones."""
    return [bits(week) for week in record.weeks[:weeks]]
