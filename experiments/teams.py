"""Which teams an experiment runs: the six real ones as each draw has them, or the user's own."""

import tomllib
import zlib
from collections.abc import Sequence
from pathlib import Path

from pydantic import ValidationError

from calibration import Draws, six_teams
from experiments.errors import InputError, read_text, refusal
from model.sites import Network, Site

SIX = tuple(record.number for record in six_teams())


def own_team(path: Path | str) -> Site:
    """Read a team's profile from a TOML file: the fields of ``Site``.

    A team without a number gets one from its name, so that its luck is its own whatever teams stand beside it.
    """
    path = Path(path)
    return team_from_text(read_text(path, "team's profile"), path.stem, str(path))


def team_from_text(text: str, name: str, place: str) -> Site:
    """Read a team's profile from TOML text; ``name`` is the team's where the text has none, ``place`` is for errors."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{place} is not valid TOML: {error}.") from None
    try:
        name = table.get("name", name)
        number = 1_000 + zlib.crc32(str(name).encode()) % 900_000
        return Site.model_validate({"name": name, "number": number, **table})
    except ValidationError as error:
        raise refusal(error, place, text, {"": list(Site.model_fields)}) from None


def chosen(teams: Sequence[str]) -> tuple[int | Site, ...]:
    """Return the teams named by 1-6 or by profile files; the six where none is named.

    Raises
    ------
    InputError
        If a name is neither.
    """
    if not teams:
        return SIX
    found: list[int | Site] = []
    for name in teams:
        if name.isdigit() and int(name) in SIX:
            found.append(int(name))
        elif name.endswith(".toml") or Path(name).exists():
            found.append(own_team(name))
        else:
            raise InputError(f"--team {name}: give 1 to 6, or the TOML file of a team's profile.")
    return tuple(dict.fromkeys(found))


def networks(teams: Sequence[int | Site], draws: Draws, draw: int) -> list[Network]:
    """Return the networks of a draw, one team each; the six teams with that draw's circumstances."""
    of_six = {site.number: site for site in draws.sites(draw)}
    return [Network.of_one(team if isinstance(team, Site) else of_six[team]) for team in teams]


def names(teams: Sequence[int | Site]) -> list[str]:
    """Return the teams' names."""
    return [team.name if isinstance(team, Site) else f"team {team}" for team in teams]
