"""Role play on the page: a turn is the whole game so far, so that the server keeps nothing between turns."""

import tomllib
from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import Field

from calibration import posterior
from experiments.app.choices import Text, own_team, profile_toml
from experiments.play import Decision, Game, ending, seen
from experiments.play.game import unplayable
from experiments.scenario import Scenario
from model import presets
from model.sites import Described

MONTHS = 12
FIRST = "internal-12"


class Turn(Described):
    """What the page sends: the game so far, and one's own team as it is set on the page."""

    team: Annotated[str, Field(pattern=r"^([1-6]|own)$")]
    profile: Mapping[Annotated[str, Field(max_length=40)], float] = Field(default_factory=dict, max_length=40)
    profile_text: Text | None = None
    programme: Annotated[str, Field(max_length=80)] = FIRST
    draw: Annotated[int, Field(ge=0)] = 0
    replicate: Annotated[int, Field(ge=0, lt=1_000)] = 0
    played: Annotated[int, Field(ge=0, le=MONTHS)] = 0
    decisions: Annotated[tuple[Decision, ...], Field(max_length=MONTHS, strict=False)] = ()

    def game(self) -> Game:
        """Return the game."""
        names = ("programme", "draw", "replicate", "played", "decisions")
        return Game.checked({name: getattr(self, name) for name in names} | self._team(), "the game")

    def _team(self) -> dict[str, Any]:
        if self.team != "own":
            return {"team": int(self.team)}
        text = self.profile_text or profile_toml(self.profile)
        own_team(self.profile, text)  # a mistake is told with its line
        return {"profile": tomllib.loads(text)}


def playing() -> dict[str, Any]:
    """Tell what can be played: programmes of a year, each with its title, and how many worlds there are."""
    scenarios = [Scenario(name) for name in presets.names()]
    found = [s for s in scenarios if s.programme.months == MONTHS and not unplayable(s)]
    return {
        "programmes": [[s.name, s.title] for s in sorted(found, key=lambda s: s.name != FIRST)],
        "months": MONTHS,
        "draws": len(posterior()),
    }


def played(turn: Turn) -> dict[str, Any]:
    """Return what the facilitator has seen, the game's file and, where it is over, the end."""
    game = turn.game()
    return {
        "title": game.scenario.title,
        "hours": game.scenario.programme.facilitation.hours_per_week
        if game.scenario.programme.facilitation
        else 0,
        "seen": seen(game),
        "file": game.to_toml(),
        "ending": ending(game) if game.over else None,
    }
