"""The Mesa model: a network of Crisis Resolution Teams, their trusts and facilitators, week by week."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from operator import attrgetter
from typing import Any, Literal, NamedTuple

import mesa

from model.agents import Facilitator, Staff, TrustLeadership
from model.baseline import start_from
from model.noise import PhiloxTape, Stream, Tape
from model.parameters import Parameters
from model.programme.plan import resolve, weeks_of
from model.programme.programme import Programme
from model.record import NAMES, TeamRecord
from model.rules import facilitation
from model.schedule import WEEK
from model.service import Service
from model.sites import Network, Site
from model.team import Team

LONGEST_RUN_MONTHS = 120


class Event(NamedTuple):
    """Something that happened: week, team (or ``trust``), what, and details."""

    week: int
    team: str
    what: str
    details: Mapping[str, float]


class CrisisTeams(mesa.Model):
    """A network of teams under a programme; ``step()`` is one week.

    Parameters
    ----------
    network
        A ``Network``, or a single ``Site``.
    programme
        What is done; ``Programme(months=0)`` for no programme.
    parameters
        Defaults where not given.
    months
        Length of the run; the programme's where not given (at least 12).
    tape
        The luck; ``PhiloxTape(0)`` where not given.
    measured_months
        Months at whose end the teams are reviewed for measurement only: no report, no hours.
    log
        Whether events are written to ``log``.
    collect
        What Mesa's ``DataCollector`` follows: the teams' weekly series, each member of staff too, or nothing
        (``records`` always holds the weekly series).

    Raises
    ------
    ValueError
        If the run is shorter than a week or longer than ten years.
    """

    def __init__(
        self,
        network: Network | Site,
        programme: Programme,
        parameters: Parameters | None = None,
        *,
        months: float | None = None,
        tape: Tape | None = None,
        measured_months: Iterable[float] = (6, 12, 18, 24, 36),
        log: bool = False,
        collect: Literal["teams", "people", "nothing"] = "teams",
    ) -> None:
        super().__init__(rng=0)  # never used: all chance comes from the tape
        self.network = Network.of_one(network) if isinstance(network, Site) else network
        self.programme = programme
        self.p = parameters if parameters is not None else Parameters()
        self.months = months if months is not None else max(12.0, programme.months)
        self.weeks = weeks_of(self.months)
        if not 1 <= self.weeks <= weeks_of(LONGEST_RUN_MONTHS):
            raise ValueError(
                f"months = {self.months:g}: a run lasts from a week to {LONGEST_RUN_MONTHS} months."
            )
        self.tape = tape if tape is not None else PhiloxTape(0)
        self.measured_weeks = {weeks_of(month) for month in measured_months}
        self.week = 0
        self.logging = log
        self.log: list[Event] = []
        self.trusts = self._trusts()
        self.facilitators: dict[int, Facilitator] = {}
        self.teams = [self._team(site) for site in self.network.sites]
        self.records = {team.name: TeamRecord(team) for team in self.teams}
        self._phases = [getattr(self, phase.name) for phase in WEEK]
        self.collecting = collect != "nothing"
        self.datacollector = self._collector(collect == "people")

    # -- who there is ----------------------------------------------------------------------------------------

    def _trusts(self) -> dict[int, TrustLeadership]:
        """Make each trust's leadership once, with the support its first team tells of."""
        found: dict[int, TrustLeadership] = {}
        for site in self.network.sites:
            if site.trust not in found:
                found[site.trust] = TrustLeadership(self, site.trust, site.trust_support)
        return found

    def _team(self, site: Site) -> Team:
        start = self.tape.block(Stream.START, self.network.number, site.number, 0, 0)
        drawn = facilitation.drawn_placement(self.p, start[0])
        plan = resolve(self.programme, site, self.p.doing_inclination, drawn)
        baseline = start_from(self.p, site.baseline_total, self.tape, self.network.number, site.number)
        team = Team(self, site, plan, Service(self.p, baseline), self.trusts[site.trust])
        if plan.terms.placement != facilitation.NOBODY:
            if site.facilitator not in self.facilitators:
                self.facilitators[site.facilitator] = Facilitator(self, site.facilitator)
            self.facilitators[site.facilitator].teams.append(team)
        return team

    def _collector(self, collect_people: bool) -> mesa.DataCollector:
        """Make Mesa's collector: the weekly series of each team and, if asked, each member of staff."""
        reporters: dict[str, Callable[[CrisisTeams], float]] = {}
        for team in self.teams:
            for k, name in enumerate(NAMES):
                label = name if len(self.teams) == 1 else f"{team.name}: {name}"
                reporters[label] = partial(_latest, team=team.name, column=k)
        if not collect_people:
            return mesa.DataCollector(model_reporters=reporters)
        following: dict[str, Any] = {"seat": attrgetter("post.seat")}
        for name in ("awareness", "buy_in", "ownership", "strain", "skill", "hours"):
            following[name] = name
        return mesa.DataCollector(model_reporters=reporters, agenttype_reporters={Staff: following})

    def note(self, week: int, team: str, what: str, details: Mapping[str, float]) -> None:
        """Write an event into the log, where one is kept."""
        if self.logging:
            self.log.append(Event(week, team, what, dict(details)))

    # -- a week, in the order of ``model.schedule`` ------------------------------------------------------------

    def step(self) -> None:
        """Live through one week."""
        self.week += 1
        for phase in self._phases:
            phase()
        if self.collecting:
            self.datacollector.collect(self)

    def demand(self) -> None:
        """See ``model.schedule``, as for each phase below."""
        for team in self.teams:
            team.demand(self.week)

    def turnover(self) -> None:
        for team in self.teams:
            team.turnover()

    def leadership(self) -> None:
        for trust in self.trusts.values():
            trust.answer(self.p, self.week)

    def events(self) -> None:
        for team in self.teams:
            team.events()

    def visits(self) -> None:
        for facilitator in self.facilitators.values():
            facilitator.spend_week(self.p)

    def push(self) -> None:
        for team in self.teams:
            team.push()

    def choices(self) -> None:
        for team in self.teams:
            team.choices()

    def work(self) -> None:
        for team in self.teams:
            team.work()

    def spread(self) -> None:
        for team in self.teams:
            team.spread()

    def strain(self) -> None:
        for team in self.teams:
            team.strain()

    def drift(self) -> None:
        for team in self.teams:
            team.drift()

    def review(self) -> None:
        for team in self.teams:
            team.review(self.week in self.measured_weeks)

    def bookkeeping(self) -> None:
        for trust in self.trusts.values():
            trust.settle()
        for team in self.teams:
            team.bond.settle()
            self.records[team.name].close_week(team)

    def run(self) -> "CrisisTeams":
        """Live through all weeks that are left, and return the model."""
        while self.week < self.weeks:
            self.step()
        self.release()
        return self

    def release(self) -> None:
        """Let Mesa forget this model: 3.3 keeps every model alive through its table of agent numbers."""
        numbers: dict[mesa.Model, object] = getattr(mesa.Agent, "_ids", {})
        numbers.pop(self, None)


def _latest(model: CrisisTeams, team: str, column: int) -> float:
    """Return a team's series in the week that has just closed."""
    return model.records[team].weeks[-1][column]
