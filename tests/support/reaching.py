"""A fixed set of small cases which between them reach all of the engine's wiring, the richest first."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from drawing import PLACEMENTS, drawn_parameters, extreme_parameters
from interpreting import Case

from calibration import prior
from model import presets
from model.parameters import Parameters, declared
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
from model.sites import Network, Site

EVERYTHING: dict[str, Any] = {
    "months": 4.0,
    "facilitation": Facilitation(
        hours_per_week=9.0, visit_interval=2.0, doing=0.3, escalating=0.2, inducting=0.2, taper_months=1.0
    ),
    "scoping": ScopingDay(month=0.5),
    "plan": ActionPlan(actions=9, at_once=6, flexibility=0.8),
    "reviews": FidelityReviews(every_months=1.0),
    "learning_events": LearningEvents(months_of_year=(1.0, 2.0)),
    "online_resources": OnlineResources(promotion=2.0),
    "meetings": RoutineMeetings(every_months=0.5),
    "working_groups": WorkingGroups(),
    "research_support": ResearchSupport(),
    "leadership_support": LeadershipSupport(boost=0.2),
    "protected_time": ProtectedTime(hours_per_person=1.5, backfilled=0.5),
    "onboarding": Onboarding(share=0.7),
    "top_up_training": TopUpTraining(every_months=0.75),
    "involvement": Involvement(level=0.6),
}
#: Work that is soon finished, leaders and managers who come and go: a year's happenings in a few months.
QUICK = Parameters()._replace(
    hours_per_point=6.0, leader_change_rate=4.0, shock_rate=4.0, manager_leaving_rate=3.0, weeks_to_fill=3.0
)
#: Switches half on, so that what they leave out counts; other costs; the last item as open as the others.
HALVES = QUICK._replace(
    **dict.fromkeys([name for name, entry in declared().items() if entry.status == "switch"], 0.5),
    start_home=2.5,
    staff_hour_cost=31.0,
    newcomer_skill=0.3,
)
#: Cases drawn at random, beside those made on purpose.
DRAWN = 12


def everything(**changed: Any) -> Programme:
    """Return a programme of all components but readiness, some of them changed."""
    return Programme(**(EVERYTHING | changed))


def team(number: int, trust: int, facilitator: int, **told: Any) -> Site:
    """Return a small team with much turnover, told apart from the others in all it has."""
    usual = {
        "posts": 4 + number,
        "baseline_total": 100 + 9 * number,
        "busyness": 0.9 + 0.1 * number,
        "vacancy": 0.2,
        "turnover": 3.0 + 0.5 * number,
        "senior_share": 0.3,
        "manager_stance": 0.7 - 0.1 * number,
        "manager_engagement": 0.5 + 0.05 * number,
        "manager_participative": 0.4 + 0.07 * number,
        "staff_buy_in": 0.6 - 0.03 * number,
        "trust_support": 0.55 + 0.05 * number,
        "group_breadth": 0.5,
    }
    here = {"name": f"team {number}", "number": 3 * number + 1, "trust": trust, "facilitator": facilitator}
    return Site(**(usual | here | told))


def network(*teams: Site, number: int = 1) -> Network:
    """Return teams as a network."""
    return Network(sites=teams, number=number)


def once(
    name: str,
    met: Network,
    programme: Programme,
    p: Parameters,
    months: float,
    seed: int = 1,
    measured: tuple[float, ...] = (0.0, 1.0, 2.0),
) -> Case:
    """Return a case of one run."""
    return Case(name, (met,), programme, (p,), ((0, seed),), months, measured)


def cases() -> Iterator[Case]:
    """Yield the cases."""
    sharing = network(team(0, 5, 0), team(1, 5, 2), team(2, 5, 0, collaboration=0.3, manager_doing=0.4))
    yield once("everything, three teams sharing", sharing, everything(), QUICK, 5.0, measured=(1.0, 2.0, 5.0))
    yield once("switches half on", sharing, everything(), HALVES, 5.0, seed=2)
    yield from _again(sharing)
    yield from _waiting()
    yield from _other_programmes()
    yield from _other_starts()
    yield from _full()
    yield from _extremes()
    yield from (_drawn(number) for number in range(DRAWN))


def _again(sharing: Network) -> Iterator[Case]:
    """Yield several runs of two draws, in one state with a few weeks kept, and each in its own with levels."""
    changed = [
        site.model_copy(update={"baseline_total": 130, "busyness": 1.3, "posts": 5, "facilitator_doing": 0.9})
        for site in sharing.sites
    ]
    other = sharing.model_copy(update={"sites": tuple(changed)})
    both = Case(
        "runs again in one state",
        (sharing, other),
        everything(months=2.0, facilitation=Facilitation(hours_per_week=9.0)),
        (QUICK, HALVES),
        ((1, 3), (0, 4), (1, 5)),
        3.0,
        (1.0, 3.0),
        kept_weeks=(0, 3, 9),
        levels=False,
        all_states=False,
    )
    yield both
    yield both._replace(
        name="runs again, each in its own state", kept_weeks=None, levels=True, all_states=True
    )
    sites = [site.model_copy(update={"posts": 4}) for site in prior(2, seed=3).sites(1)[:4]]
    sites = [site.model_copy(update={"number": k % 2, "name": f"{k % 2}"}) for k, site in enumerate(sites)]
    recorded = (network(*sites[:2]), network(*sites[2:]))
    yield both._replace(
        name="as recorded, again",
        networks=recorded,
        programme=presets.programme("core-12-recorded"),
        months=6.0,
        runs=((0, 1), (1, 2)),
    )


def _waiting() -> Iterator[Case]:
    """Yield networks of one trust that wait for readiness, some of them to the end of the run."""
    sure = QUICK._replace(readiness_error=0.02, readiness_interval=1.0)
    sharing = network(team(0, 1, 3), team(3, 1, 3), team(2, 1, 4), number=4)
    for seed, threshold in enumerate((0.52, 0.56, 0.6, 0.64, 0.65, 0.68, 0.71, 0.74)):
        wait = Readiness(threshold=threshold, longest_wait_months=2.0, support=0.2 + 0.1 * seed)
        taper = Facilitation(hours_per_week=6.0, taper_months=1.0, escalating=0.5, inducting=0.6)
        waiting = everything(months=1.0, facilitation=taper, readiness=wait)
        p = sure if seed % 2 else QUICK._replace(readiness_interval=2.0)
        yield once(f"waits to be ready, {threshold}", sharing, waiting, p, 1.8 if seed == 7 else 3.5, seed)


def _other_programmes() -> Iterator[Case]:
    pair = network(team(0, 1, 3), team(3, 2, 3), number=4)
    imposed = ActionPlan(chosen_by="imposed", actions=5, at_once=2, flexibility=0.0)
    shared = Facilitation(placement="external", dose="shared", hours_per_week=20.0, visit_interval=3.0)
    rigid = everything(plan=imposed, facilitation=shared, working_groups=WorkingGroups(members="all-staff"))
    yield once("imposed, rigid, shared", pair, rigid, drawn_parameters(3), 5.0)
    apart = network(*(team(k, 0, facilitator) for k, facilitator in enumerate((0, 1, 0, 2, 1))))
    divided = everything(facilitation=Facilitation(dose="shared", placement="embedded", hours_per_week=30.0))
    yield once("a dose shared by some", apart, divided, QUICK, 3.0)
    yield once("no programme", pair, Programme(months=0.0), QUICK, 2.0)
    yield once(
        "a programme of a week", pair, everything(months=0.25, scoping=ScopingDay(month=0.2)), QUICK, 1.0
    )
    yield once("a programme without events", pair, Programme(months=1.0, facilitation=shared), QUICK, 2.0)
    bare = {"scoping": None, "facilitation": None, "months": 2.0}
    yield once("a plan without scoping or facilitator", pair, everything(**bare), QUICK, 3.0)
    unplanned = {"scoping": None, "plan": None, "reviews": FidelityReviews(every_months=0.5, effort=0.4)}
    yield once("no plan", pair, everything(**unplanned), QUICK, 3.0)
    late = everything(scoping=ScopingDay(month=2.0), facilitation=Facilitation(hours_per_week=0.5, doing=1.0))
    yield once("reports before the plan", pair, late, QUICK, 4.0)


def _other_starts() -> Iterator[Case]:
    recorded = [
        site.model_copy(update={"posts": 4, "turnover": 4.0}) for site in prior(2, seed=3).sites(1)[:2]
    ]
    yield once("as recorded", network(*recorded), presets.programme("core-12-recorded"), QUICK, 13.0)
    lone = team(1, 0, 0, manager_arrives_month=1.0, targets=(2, 11, 30, 39), vacancy=0.6, turnover=6.0)
    known = network(lone, team(2, 0, 0, baseline_total=189, posts=3, vacancy=1.0, turnover=6.0))
    blended = Facilitation(placement="blended", hours_per_week=37.5, doing=0.6)
    yield once("targets known, manager late", known, everything(facilitation=blended), QUICK, 4.0)
    steady = {"turnover": 0.0, "manager_arrives_month": 0.5, "senior_share": 0.7, "group_breadth": 0.4}
    small = network(team(0, 0, 0, posts=3, targets=(39,), **steady), team(1, 0, 0, **steady))
    yield once("manager late and steady", small, everything(), QUICK, 2.0)
    yield once(
        "the largest team", network(team(0, 0, 0, posts=69, vacancy=0.5)), everything(months=1.5), QUICK, 2.0
    )


def _full() -> Iterator[Case]:
    """Yield plans that are soon done and revised again and again."""
    p = HALVES._replace(hours_per_point=0.7, start_spread=1.2, shock_rate=0.0, manager_matters=1.0)
    for actions in (1, 4, 12):
        plan = ActionPlan(actions=actions, at_once=39, flexibility=1.0)
        high = network(
            team(0, 0, 0, baseline_total=165, turnover=1.0), team(1, 0, 0, turnover=1.0), number=actions
        )
        yield once(f"soon done, {actions} actions", high, everything(plan=plan, months=4.0), p, 5.0)


def _extremes() -> Iterator[Case]:
    pair = network(team(0, 0, 0, busyness=1.6), team(4, 0, 1, baseline_total=185), number=9)
    yield once("every prior at its high end", pair, everything(), extreme_parameters(highest=True), 4.0)
    yield once("every prior at its low end", pair, everything(), extreme_parameters(highest=False), 4.0)
    for draw in (11, 12, 13):
        yield once(f"draw {draw}", pair, everything(), drawn_parameters(draw), 4.0, seed=draw)


def _drawn(number: int) -> Case:
    """Return a case drawn at random: some components, any placement, up to four teams sharing somehow."""
    luck = np.random.default_rng(number)
    teams = [
        team(
            k,
            int(luck.integers(2)),
            int(luck.integers(2)),
            posts=int(luck.integers(3, 9)),
            vacancy=luck.random(),
        )
        for k in range(luck.integers(1, 5))
    ]
    left_out = {name: None for name in EVERYTHING if name != "months" and luck.random() < 0.25}
    facilitation = Facilitation(
        placement=PLACEMENTS[number % len(PLACEMENTS)],
        hours_per_week=float(luck.uniform(1.0, 37.5)),
        visit_interval=float(luck.uniform(1.0, 3.0)),
        dose="shared" if number % 3 else "per-team",
        escalating=luck.random(),
        inducting=luck.random(),
    )
    chosen = {"facilitation": facilitation, "months": float(luck.uniform(1.0, 5.0))} | left_out
    p = drawn_parameters(20 + number)
    if number % 2:
        p = p._replace(hours_per_point=4.0, leader_change_rate=3.0, weeks_to_fill=4.0)
    return once(f"drawn {number}", network(*teams, number=number), everything(**chosen), p, 4.0, seed=number)
