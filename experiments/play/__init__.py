"""Role play: be the facilitator, decide each month where the time goes, and see why it ended as it did."""

from experiments.play.ending import ending
from experiments.play.game import Decision, Game
from experiments.play.seen import seen

__all__ = ["Decision", "Game", "ending", "seen"]
