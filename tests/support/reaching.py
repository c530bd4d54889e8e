"""A fixed set of small cases which between them reach all of the engine's wiring, the richest first."""

from collections.abc import Iterator
from math import nextafter
from typing import Any

import numpy as np
from drawing import PLACEMENTS, drawn_parameters, extreme_parameters
from interpreting import Case

from calibration import prior
from model import presets
from model.crisis_teams import CrisisTeams
from model.noise import PhiloxTape
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
from model.sites import Delivered, Network, Site

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
DRAWN = (0, 4, 7)


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
    here = {"name": f"team {number}", "number": 3 * number + 11, "trust": trust, "facilitator": facilitator}
    return Site(**(usual | here | told))


def network(*teams: Site, number: int = 16) -> Network:
    """Return teams as a network."""
    return Network(sites=teams, number=number)


def once(
    name: str,
    met: Network,
    programme: Programme,
    p: Parameters,
    months: float,
    seed: int = 1,
    measured: tuple[float, ...] = (0.0, 0.25, 1.0, 2.0),
) -> Case:
    """Return a case of one run."""
    return Case(name, (met,), programme, (p,), ((0, seed),), months, measured)


def cases() -> Iterator[Case]:
    """Yield the cases."""
    sharing = network(team(0, 5, 0), team(1, 5, 2), team(2, 5, 0, collaboration=0.3, manager_doing=0.4))
    few = network(team(0, 5, 0, posts=3), team(1, 5, 0, posts=4, group_breadth=1.0), number=27)
    soon = everything(
        months=1.25,
        scoping=ScopingDay(month=0.25),
        reviews=FidelityReviews(every_months=0.5),
        learning_events=LearningEvents(months_of_year=(0.5,)),
        meetings=RoutineMeetings(every_months=0.25),
        top_up_training=TopUpTraining(every_months=0.5),
    )
    yield once("everything soon", few, soon, QUICK._replace(hours_per_point=1.0), 1.6, measured=(1.0, 1.6))
    yield once("everything, three teams sharing", sharing, everything(), QUICK, 5.0, measured=(1.0, 2.0, 5.0))
    together = everything(working_groups=WorkingGroups(members="all-staff"))
    yield once("switches half on", sharing, together, HALVES, 5.0, seed=2)
    apart = network(team(5, 0, 0), team(0, 0, 1), number=31)
    yield once("one post more than eight, and few", apart, everything(months=1.5), QUICK, 2.0)
    yield from _again(sharing)
    yield from _waiting()
    yield from _other_programmes()
    yield from _other_starts()
    yield from _full()
    yield from _extremes()
    yield from (_drawn(number) for number in DRAWN)


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
        everything(months=1.5, facilitation=Facilitation(hours_per_week=9.0)),
        (QUICK, HALVES),
        ((1, 3), (0, 4), (1, 5)),
        2.2,
        (1.0, 2.2),
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
    """Yield networks of one trust that wait for readiness, some of them to the end of the run.

    A threshold that is just met, and the next larger number, tell a readiness apart from any other.
    """
    for seed in range(6):
        found = _readiness(_waits(1.0, seed))
        for met in found:
            yield _waits(met, seed)
            yield _waits(nextafter(met, 1.0), seed)
        yield _waits(max(found), seed)._replace(months=1.1, measured_months=(1.0,))


def _waits(threshold: float, seed: int) -> Case:
    """Return a case of three teams of one trust which start when their readiness meets a threshold."""
    sharing = network(*(team(k, 1, k % 2, posts=3 + k, turnover=6.0) for k in range(3)), number=17)
    often = {"leaving_rate": 1.5, "manager_leaving_rate": 8.0, "manager_weeks_to_fill": 1.0}
    p = HALVES._replace(**often, leaving_strain=0.1, readiness_interval=1.0 + seed % 2)
    programme = everything(
        months=0.8,
        facilitation=Facilitation(hours_per_week=6.0, taper_months=1.0, escalating=0.5, inducting=0.6),
        readiness=Readiness(threshold=threshold, longest_wait_months=1.2, support=0.2 + 0.1 * seed),
    )
    return once(f"waits for a readiness of {threshold}", sharing, programme, p, 1.6, seed)


def _readiness(case: Case) -> list[float]:
    """Return the highest readiness each team reaches after the first weeks, as Mesa has it."""
    tape = PhiloxTape(case.runs[0][1])
    model = CrisisTeams(
        case.networks[0], case.programme, case.draws[0], months=1.2, tape=tape, log=True, collect="nothing"
    ).run()
    assessed: dict[str, list[float]] = {}
    for event in model.log:
        if event.what == "readiness assessed":
            assessed.setdefault(event.team, []).append(event.details["readiness"])
    return [max(found) for found in assessed.values()]


def _other_programmes() -> Iterator[Case]:
    pair = network(team(0, 1, 3), team(3, 2, 3), number=18)
    imposed = ActionPlan(chosen_by="imposed", actions=5, at_once=2, flexibility=0.0)
    shared = Facilitation(placement="external", dose="shared", hours_per_week=20.0, visit_interval=3.0)
    rigid = everything(plan=imposed, facilitation=shared, working_groups=WorkingGroups(members="all-staff"))
    yield once("imposed, rigid, shared", pair, rigid, drawn_parameters(3), 5.0)
    apart = network(*(team(k, 0, facilitator) for k, facilitator in enumerate((0, 1, 0, 2, 1))))
    divided = everything(facilitation=Facilitation(dose="shared", placement="embedded", hours_per_week=30.0))
    yield once("a dose shared by some", apart, divided, QUICK, 3.0)
    empty = network(team(0, 0, 0), team(1, 1, 0, posts=3, vacancy=1.0, busyness=0.5), number=28)
    yield once(
        "no programme, an empty house", empty, Programme(months=0.0), QUICK._replace(pressure_limit=90.0), 2.0
    )
    yield once(
        "a programme of a week", pair, everything(months=0.25, scoping=ScopingDay(month=0.2)), QUICK, 1.0
    )
    yield once("a programme without events", pair, Programme(months=1.0, facilitation=shared), QUICK, 2.0)
    bare = {"scoping": None, "facilitation": None, "months": 2.0}
    alone = network(team(0, 1, 3, trust_support=0.0), team(3, 2, 3), number=29)
    p = QUICK._replace(hours_per_point=1.0, smallest_step=0.0, leader_change_rate=0.5)
    yield once("a plan without scoping or facilitator", alone, everything(**bare), p, 3.0)
    full, whole = network(team(0, 1, 3, baseline_total=180)), ActionPlan(actions=39, flexibility=0.0)
    p = QUICK._replace(smallest_step=0.0, hours_per_point=60.0)
    yield once("full items planned", full, everything(plan=whole, scoping=ScopingDay(month=0.1)), p, 2.0)
    unplanned = {"scoping": None, "plan": None, "reviews": FidelityReviews(every_months=0.5, effort=0.4)}
    yield once("no plan", pair, everything(**unplanned), QUICK, 3.0)
    seldom = {"hold_scoping": 0.02, "hold_review": 0.06, "hold_meeting": 0.2, "hold_top_up": 0.1}
    p = QUICK._replace(**seldom, scoping_window=4.0, review_window=3.0)
    yield once("events put off", pair, everything(scoping=ScopingDay(month=0.1)), p, 4.0)
    late = everything(scoping=ScopingDay(month=2.0), facilitation=Facilitation(hours_per_week=0.5, doing=1.0))
    yield once("reports before the plan", pair, late, QUICK, 4.0)


def _other_starts() -> Iterator[Case]:
    recorded = [
        site.model_copy(update={"posts": 4, "turnover": 4.0}) for site in prior(2, seed=3).sites(1)[:2]
    ]
    yield once("as recorded", network(*recorded), presets.programme("core-12-recorded"), QUICK, 13.0)
    twice = Delivered(
        events=(("plan", 0.5), ("meeting", 0.5), ("scoping", 0.8), ("scoping", 0.8), ("top_up", 0.5))
    )
    again = network(team(1, 0, 0, delivered=twice), team(2, 0, 0, delivered=twice), number=30)
    yield once(
        "planned before, scoped twice", again, everything(delivery="recorded", months=2.0), HALVES, 2.0
    )
    lone = team(1, 0, 0, manager_arrives_month=1.0, targets=(2, 11, 30, 39), vacancy=0.6, turnover=6.0)
    known = network(lone, team(2, 0, 0, baseline_total=189, posts=3, vacancy=1.0, turnover=6.0))
    blended = Facilitation(placement="blended", hours_per_week=37.5, doing=0.6)
    yield once("targets known, manager late", known, everything(facilitation=blended), QUICK, 4.0)
    steady = {"turnover": 0.0, "manager_arrives_month": 0.5, "senior_share": 0.7, "group_breadth": 0.4}
    small = network(team(0, 0, 0, posts=3, targets=(39,), **steady), team(1, 0, 0, **steady), number=0)
    nearly = QUICK._replace(start_home=4.5, hours_per_point=1.0)
    soon = everything(scoping=ScopingDay(month=0.1), plan=ActionPlan(flexibility=0.0))
    yield once("manager late and steady", small, soon, nearly, 3.0)
    waiting = everything(months=1.5, readiness=Readiness(threshold=1.0, longest_wait_months=0.5))
    yield once("the largest team", network(team(0, 0, 0, posts=69, vacancy=0.5)), waiting, QUICK, 2.5)


def _full() -> Iterator[Case]:
    """Yield plans that are soon done and revised again and again."""
    p = HALVES._replace(hours_per_point=0.7, start_spread=1.2, shock_rate=0.0, manager_matters=1.0)
    for actions in (1, 4, 12, 38):
        plan = ActionPlan(actions=actions, at_once=39, flexibility=1.0)
        sites = [team(k, 0, 0, baseline_total=total, turnover=1.0) for k, total in enumerate((165, 110, 60))]
        high = network(*sites, number=20 + actions)
        yield once(f"soon done, {actions} actions", high, everything(plan=plan, months=4.0), p, 5.0)
    low = network(*(team(k, 0, 0, baseline_total=50 + 15 * k, turnover=1.0) for k in range(3)), number=25)
    liking, at_once = p._replace(taste=30.0, hours_per_point=0.2), ScopingDay(month=0.1)
    for actions, reviews in ((38, None), (38, EVERYTHING["reviews"]), (35, EVERYTHING["reviews"])):
        plan = ActionPlan(actions=actions, flexibility=0.01)
        programme = everything(scoping=at_once, plan=plan, months=5.0, reviews=reviews)
        yield once(f"all but {39 - actions}, reviews: {bool(reviews)}", low, programme, liking, 6.0)
    everything_planned = ActionPlan(actions=39, at_once=3, flexibility=0.0)
    rigid = everything(scoping=at_once, plan=everything_planned)
    yield once("all planned, three at once, rigid", low, rigid, liking._replace(hours_per_point=3.0), 5.0)
    rigid = everything(scoping=at_once, plan=ActionPlan(actions=4, flexibility=0.0))
    yield once("soon done, rigid", low, rigid, p, 5.0)
    apart = network(
        *(team(k, 0, k, staff_buy_in=buy_in) for k, buy_in in enumerate((0.0, 1.0, 0.9))), number=26
    )
    waiting = Readiness(threshold=0.6, longest_wait_months=3.5, support=0.0)
    programme = everything(scoping=at_once, plan=ActionPlan(actions=4, flexibility=0.5), readiness=waiting)
    yield once("the trust's first team waits", apart, programme, p._replace(readiness_error=0.02), 4.5)


def _extremes() -> Iterator[Case]:
    pair = network(team(0, 0, 0, busyness=1.6), team(4, 0, 1, baseline_total=185), number=19)
    yield once("every prior at its high end", pair, everything(), extreme_parameters(highest=True), 4.0)
    yield once("every prior at its low end", pair, everything(), extreme_parameters(highest=False), 4.0)


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
    return once(
        f"drawn {number}", network(*teams, number=30 + number), everything(**chosen), p, 4.0, seed=number
    )
