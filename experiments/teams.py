"""Which teams an experiment runs: the six real ones as each draw has them, or the user's own."""

from collections.abc import Sequence
from pathlib import Path

from calibration import Draws, six_teams
from experiments.errors import InputError
from experiments.profile import UncertainSite, own_team
from model.sites import Network, Site

SIX = tuple(record.number for record in six_teams())


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
    """Return the networks of a draw, one team each; the six, and what is not known of others, as that draw has them."""
    of_six = {site.number: site for site in draws.sites(draw)}
    sites = [team if isinstance(team, Site) else of_six[team] for team in teams]
    return [Network.of_one(_drawn(site, draws, draw)) for site in sites]


def _drawn(site: Site, draws: Draws, draw: int) -> Site:
    return site.drawn(draws.numbers[draw]) if isinstance(site, UncertainSite) else site


def names(teams: Sequence[int | Site]) -> list[str]:
    """Return the teams' names."""
    return [team.name if isinstance(team, Site) else f"team {team}" for team in teams]
