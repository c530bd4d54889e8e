"""Which teams an experiment runs: the six real ones as each draw has them, the user's own, or a trial's."""

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from calibration import Draws, six_teams
from calibration.population import population_network
from experiments.errors import InputError
from experiments.profile import UncertainSite, own_team, restored
from model.sites import Described, Network, Site

SIX = tuple(record.number for record in six_teams())


class TrialTeam(Described):
    """A team drawn anew for each draw from the population of a trial; neighbours of one network share a facilitator."""

    number: int
    network: int
    seed: int


Team = int | Site | TrialTeam


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


def networks(teams: Sequence[Team], draws: Draws, draw: int) -> list[Network]:
    """Return the networks of a draw; one team each, but for a trial's teams that share a facilitator."""
    found = []
    for _, group in groupby(teams, key=_network):
        first, *others = group
        if isinstance(first, TrialTeam):
            members = [first.number, *(team.number for team in others if isinstance(team, TrialTeam))]
            address = (first.seed, draws.numbers[draw])
            found.append(population_network(first.network, tuple(members), address))
        else:
            found.append(_alone(first, draws, draw))
    return found


def _alone(team: int | Site, draws: Draws, draw: int) -> Network:
    """Return a team's network as a draw has it: one of the six, or the user's own with what is not known of it."""
    if isinstance(team, int):
        return draws.network(team, draw)
    return Network.of_one(team.drawn(draws.numbers[draw]) if isinstance(team, UncertainSite) else team)


def _network(team: Team) -> object:
    return ("network", team.network) if isinstance(team, TrialTeam) else team


def names(teams: Sequence[Team]) -> list[str]:
    """Return the teams' names."""
    return [_name(team) for team in teams]


def _name(team: Team) -> str:
    if isinstance(team, TrialTeam):
        return f"trial team {team.number + 1}"
    return team.name if isinstance(team, Site) else f"team {team}"


def to_json(teams: Sequence[Team]) -> list[Any]:
    """Return the teams for a manifest: a number for one of the six, else its fields."""
    return [team if isinstance(team, int) else team.model_dump(mode="json") for team in teams]


def from_json(found: Sequence[Any]) -> list[Team]:
    """Return the teams of a manifest."""
    return [_from_json(team) for team in found]


def _from_json(team: Any) -> Team:
    if isinstance(team, int):
        return team
    return TrialTeam.model_validate(team) if team.keys() == TrialTeam.model_fields.keys() else restored(team)
