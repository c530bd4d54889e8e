"""Probe runs: a few small teams and programmes in which every mechanism and every component has something to do.

What they give is what the model does, told in numbers: the behaviour part of the fingerprint. They run at the
parameters' defaults. The outcomes watched are named here, so that a new outcome of the model changes nothing.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from model import presets
from model.crisis_teams import CrisisTeams
from model.ensemble import lived, runs_of
from model.noise import PhiloxTape, StillTape
from model.outcomes import OUTCOME_NAMES, reduce_run
from model.parameters import Parameters
from model.programme.components import (
    ActionPlan,
    Facilitation,
    FidelityReviews,
    Involvement,
    LeadershipSupport,
    LearningEvents,
    Onboarding,
    OnlineResources,
    ProtectedTime,
    Readiness,
    ResearchSupport,
    RoutineMeetings,
    ScopingDay,
    TopUpTraining,
    WorkingGroups,
)
from model.programme.programme import Programme
from model.sites import Delivered, Network, Site

MONTHS, MEASURED, SEEDS = 24.0, (6.0, 12.0, 18.0, 24.0), tuple(range(1, 9))
WATCHED = (
    *("gain_6m", "gain_12m", "gain_18m", "gain_24m"),
    *("latent_gain_6m", "latent_gain_12m", "latent_gain_18m", "latent_gain_24m"),
    *("latent_gain_programme_end", "latent_gain_year_after"),
    *("moderate_12m", "high_12m"),
    *("awareness_12m", "buy_in_12m", "ownership_12m", "adoption_12m", "strain_12m"),
    *("staff_replaced_12m", "vacancy_mean", "implementation_progress"),
    *("first_finished_month", "scoping_month", "interim_review_month"),
    *("visits", "visits_lost", "meetings_held"),
    *("hours_staff", "hours_manager", "hours_facilitator", "cost"),
)


class Probe(NamedTuple):
    """A network under a programme."""

    name: str
    network: Network
    programme: Programme


Values = dict[str, list[float]]  #: the watched outcomes in their order, by ``probe, luck, team``

_BUSY = Site(
    name="busy",
    number=1,
    posts=8,
    vacancy=0.0,
    turnover=2.0,
    busyness=1.05,
    manager_stance=0.3,
    manager_engagement=0.7,
    trust_support=0.7,
    targets=(4, 6, 12, 14, 31, 33),
)
_UNREADY = Site(
    name="unready",
    number=2,
    posts=7,
    baseline_total=105,
    manager_stance=0.2,
    manager_engagement=0.2,
    staff_buy_in=0.2,
    trust_support=0.2,
    trust=1,
    manager_arrives_month=3.0,
)
_RECORDED = Site(
    name="recorded",
    number=3,
    posts=14,  # more than an hour of coaching reaches
    baseline_total=150,
    facilitator_placement="internal",
    facilitator_doing=0.7,
    targets=(1, 5, 9, 20, 36),
    delivered=Delivered(
        events=(("plan", 2.0), ("scoping", 2.5), ("review", 6.5)),
        undated=("learning", "meeting"),
        visit_interval=3.0,
        research_support=0.5,
    ),
)
_FULL = Programme(
    months=12.0,
    facilitation=Facilitation(
        placement="internal", visit_interval=2.0, doing=0.3, inducting=0.1, taper_months=3.0
    ),
    scoping=ScopingDay(month=1.5),
    plan=ActionPlan(chosen_by="imposed", actions=12, at_once=6, flexibility=0.5),
    reviews=FidelityReviews(every_months=4.0),
    learning_events=LearningEvents(),
    online_resources=OnlineResources(promotion=2.0),
    meetings=RoutineMeetings(),
    working_groups=WorkingGroups(members="all-staff"),
    research_support=ResearchSupport(),
    leadership_support=LeadershipSupport(),
    protected_time=ProtectedTime(backfilled=0.5),
    onboarding=Onboarding(share=0.8),
    top_up_training=TopUpTraining(),
    involvement=Involvement(),
    readiness=Readiness(longest_wait_months=2.0),
)
_SHARED = Programme(
    months=18.0,
    facilitation=Facilitation(placement="external", dose="shared", hours_per_week=6.0, escalating=0.3),
    plan=ActionPlan(actions=10, flexibility=0.0),
    reviews=FidelityReviews(),
    meetings=RoutineMeetings(every_months=2.0),
    working_groups=WorkingGroups(members="seniors"),
)
_BLENDED = _SHARED.model_copy(update={"facilitation": Facilitation(placement="blended")})
_EMBEDDED = _SHARED.model_copy(update={"facilitation": Facilitation(placement="embedded")})
PROBES = (
    Probe("no programme", Network.of_one(_BUSY), Programme(months=0.0)),
    Probe("core-12", Network.of_one(_BUSY), presets.programme("core-12")),
    Probe("core-12-recorded", Network.of_one(_RECORDED), presets.programme("core-12-recorded")),
    Probe("every component", Network.of_one(_UNREADY), _FULL),
    Probe("shared facilitator", Network(sites=(_BUSY, _UNREADY)), _SHARED),
    Probe("blended", Network.of_one(_BUSY), _BLENDED),
    Probe("embedded", Network.of_one(_UNREADY), _EMBEDDED),
)


def still(probes: Iterable[Probe] = PROBES, p: Parameters | None = None) -> Values:
    """Run probes without luck, in Mesa."""
    found: Values = {}
    for probe in probes:
        model = CrisisTeams(
            probe.network,
            probe.programme,
            p,
            months=MONTHS,
            tape=StillTape(),
            measured_months=MEASURED,
            collect="nothing",
        ).run()
        for team, run in zip(model.teams, runs_of(model), strict=True):
            found[f"{probe.name}, still, {team.name}"] = watched(reduce_run(model.p, run))
    return found


def lucky(probes: Iterable[Probe] = PROBES, p: Parameters | None = None) -> Values:
    """Run probes with the luck of each seed, in the compiled engine."""
    found: Values = {}
    for probe in probes:
        outcomes = lived(
            [probe.network],
            probe.programme,
            [Parameters() if p is None else p],
            [PhiloxTape(seed) for seed in SEEDS],
            [0] * len(SEEDS),
            months=MONTHS,
            measured_months=MEASURED,
        ).outcomes
        for seed, teams in zip(SEEDS, outcomes.tolist(), strict=True):
            for site, values in zip(probe.network.sites, teams, strict=True):
                key = f"{probe.name}, seed {seed}, {site.name}"
                found[key] = watched(dict(zip(OUTCOME_NAMES, values, strict=True)))
    return found


def watched(outcomes: Mapping[str, float]) -> list[float]:
    """Return the watched outcomes of a run, NaN for what did not happen."""
    return [outcomes[name] for name in WATCHED]


def behaviour(probes: Iterable[Probe] = PROBES, p: Parameters | None = None) -> Values:
    """Run all probes: without luck and with each seed's (a second; some more where the engine is not yet compiled)."""
    chosen = tuple(probes)
    return still(chosen, p) | lucky(chosen, p)
