"""An agent-based model of a service improvement programme for Crisis Resolution Teams.

>>> from model import CrisisTeams, Site, presets
>>> teams = CrisisTeams(Site(name="team 6", baseline_total=97), presets.programme("core-12"))
>>> teams.step()
>>> teams.week
1
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from model import presets
    from model.crisis_teams import CrisisTeams
    from model.parameters import Parameters
    from model.programme.programme import Programme
    from model.sites import Network, Site

__version__ = "0.1.0"
__all__ = ["CrisisTeams", "Network", "Parameters", "Programme", "Site", "presets"]

_HOMES = {
    "CrisisTeams": "model.crisis_teams",
    "Network": "model.sites",
    "Parameters": "model.parameters",
    "Programme": "model.programme.programme",
    "Site": "model.sites",
}


def __getattr__(name: str) -> Any:
    """Import a building block when it is first asked for: Mesa and numba take a second."""
    if name == "presets":
        return import_module("model.presets")
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'model' has no attribute '{name}'")
