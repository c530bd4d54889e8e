"""One run week by week, for looking at: who is there and how they fare, who leads, what happens."""

from typing import Any

import numpy as np

from experiments import teams
from experiments.experiment import Experiment
from model.agents import Staff
from model.crisis_teams import Event
from model.ensemble import runs_of
from model.outcomes import reduce_run
from model.record import NAMES
from model.story import sentence
from model.team import Team

NOBODY = -1
SERIES = ("latent_total", "pressure", "leaders_support", "facilitator_trust", "hours_facilitator")
STATES = ("awareness", "buy_in", "ownership", "strain")
SHARES = 100  #: shares are sent as whole per cent


def watched(experiment: Experiment, name: str, draw: int, replicate: int) -> dict[str, Any]:
    """Live through a run of one team in Mesa; return its weeks, people and events.

    ``staff[state][week][seat]`` in per cent, -1 where the post is empty; ``who[week][seat]`` counts into ``people``.
    ``draw`` is a position. The numbers are those of the same run in an experiment.
    """
    scenario = next(s for s in experiment.scenarios if s.name == name)
    model = experiment.model(scenario, draw, replicate, teams.names(experiment.teams)[0])
    diary = Diary(model.teams[0])
    while model.week < model.weeks:
        model.step()
        diary.write()
    model.release()
    (run,) = runs_of(model)
    outcomes = reduce_run(model.p, run)
    return diary.to_dict() | {
        "title": scenario.title,
        "events": [_event(event) for event in model.log],
        "series": {key: run.series[:, NAMES.index(key)].round(3).tolist() for key in SERIES},
        "outcomes": {key: None if np.isnan(value) else value for key, value in outcomes.items()},
    }


class Diary:
    """What is seen of a team each week, from week 0 (before the programme) on."""

    def __init__(self, team: Team) -> None:
        self.team = team
        self.people: list[dict[str, Any]] = []
        self.numbers: dict[int, int] = {}
        self.who: list[list[int]] = []
        self.staff: dict[str, list[list[int]]] = {state: [] for state in (*STATES, "present", "hours")}
        self.manager: list[list[int] | None] = []
        self.running: list[bool] = []
        self.write()

    def write(self) -> None:
        """Write down the week that has closed."""
        holders = [post.holder for post in self.team.staffing.posts]
        self.who.append([self._number(person) for person in holders])
        for state in STATES:
            self.staff[state].append(
                [NOBODY if person is None else _per_cent(getattr(person, state)) for person in holders]
            )
        self.staff["present"].append([int(person is not None and person.present) for person in holders])
        self.staff["hours"].append(
            [0 if person is None else _per_cent(person.hours + person.event_hours) for person in holders]
        )
        self.running.append(self.team.delivery.running)
        manager = self.team.staffing.manager
        self.manager.append(
            None if manager is None else [_per_cent(manager.stance), _per_cent(self.team.priority)]
        )

    def _number(self, person: Staff | None) -> int:
        """Return a person's number in ``people``, entering those who are new."""
        if person is None:
            return NOBODY
        if person.unique_id not in self.numbers:
            self.numbers[person.unique_id] = len(self.people)
            post = person.post
            self.people.append(
                {"seat": post.seat, "senior": post.senior, "group": post.in_group, "from": self.team.week}
            )
        return self.numbers[person.unique_id]

    def to_dict(self) -> dict[str, Any]:
        """Return what was written."""
        return {
            "people": self.people,
            "who": self.who,
            "staff": self.staff,
            "manager": self.manager,
            "running": self.running,
        }


def _per_cent(share: float) -> int:
    return round(SHARES * share)


def _event(event: Event) -> dict[str, Any]:
    """Return an event with its sentence, without the date that stands before it in a story."""
    said = sentence(event).split(": ", 1)[1].rstrip(".")
    return {
        "week": event.week,
        "what": event.what,
        "seat": event.details.get("seat"),
        "text": said[0].upper() + said[1:],
    }
