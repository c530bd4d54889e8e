"""A game lived through in Mesa: the table is written as it was decided, nothing else is touched."""

from collections.abc import Iterator

from experiments import teams
from experiments.play.game import Game, write
from model.crisis_teams import CrisisTeams
from model.programme.plan import weeks_of


def begun(game: Game) -> CrisisTeams:
    """Return the game's run before its first week, with the decisions in its table."""
    name = teams.names(game.experiment.teams)[0]
    model = game.experiment.model(game.scenario, game.draw, game.replicate, name)
    write(model.teams[0].plan.rows, game.decisions)
    return model


def months_of(game: Game, model: CrisisTeams) -> Iterator[int]:
    """Live through the months played, and yield the number of each as it closes."""
    for month in range(1, game.lived_months + 1):
        while model.week < weeks_of(month):
            model.step()
        yield month
    model.release()
