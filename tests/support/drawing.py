"""Hypothesis strategies for parameters, sites and programmes, over all that the model allows."""

from functools import cache
from math import exp, log
from typing import get_args

import numpy as np
from hypothesis import strategies as st

from model.declarations import Prior
from model.parameters import Parameters, declared, uncertain
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
from model.sites import Delivered, EventKind, Site

PLACEMENTS = ("drawn", "embedded", "internal", "external", "blended")


@cache
def drawn_parameters(number: int) -> Parameters:
    """Return the parameters of a draw: anywhere in their priors' support, a quarter of them at its ends.

    Draw 0 is the defaults, so that hypothesis shrinks towards them.
    """
    if number == 0:
        return Parameters()
    luck = np.random.default_rng(number)
    places = luck.uniform(size=len(uncertain()))
    ends = luck.uniform(size=len(uncertain()))
    places = np.where(ends < 0.125, 0.0, np.where(ends > 0.875, 1.0, places))
    values = {
        name: _at(prior, float(place))
        for name, place in zip(uncertain(), places, strict=True)
        if (prior := declared()[name].prior) is not None
    }
    return Parameters()._replace(**values)


@cache
def extreme_parameters(*, highest: bool) -> Parameters:
    """Return the parameters with every prior at its one end."""
    found = {name: entry.prior for name, entry in declared().items() if entry.prior is not None}
    return Parameters()._replace(
        **{k: float(prior.high if highest else prior.low) for k, prior in found.items()}
    )


def _at(prior: Prior, place: float) -> float:
    """Return the value at a place of the support: 0 its low end, 1 its high end."""
    if prior.family == "loguniform":
        value = exp(log(prior.low) + place * (log(prior.high) - log(prior.low)))
    else:
        value = prior.low + place * (prior.high - prior.low)
    return float(min(max(value, prior.low), prior.high))


def parameters() -> st.SearchStrategy[Parameters]:
    """Draw parameters from all of their priors' support: the defaults, every prior at one end, or a draw."""
    ends = st.booleans().map(lambda highest: extreme_parameters(highest=highest))
    return st.integers(0, 500).map(drawn_parameters) | ends


def shares() -> st.SearchStrategy[float]:
    """Draw a share, 0 and 1 included."""
    return st.floats(0.0, 1.0, allow_subnormal=False)


def records() -> st.SearchStrategy[Delivered]:
    """Draw a record of what was delivered at a team: dated, undated and missing events, visits seldom or often."""
    kinds = st.sampled_from(get_args(EventKind))
    return st.builds(
        Delivered,
        events=st.lists(st.tuples(kinds, st.floats(0.0, 24.0)), max_size=12).map(tuple),
        undated=st.lists(kinds, max_size=3, unique=True).map(tuple),
        visit_interval=st.floats(0.5, 12.0),
        research_support=shares(),
    )


def sites(
    largest: int = 12, delivered: st.SearchStrategy[Delivered | None] | None = None
) -> st.SearchStrategy[Site]:
    """Draw a team and its circumstances, without a record of a delivered programme unless one is drawn for it."""
    return st.builds(
        Site,
        delivered=st.none() if delivered is None else delivered,
        posts=st.integers(3, largest),
        baseline_total=st.integers(45, 189),
        busyness=st.floats(0.5, 2.0),
        vacancy=shares(),
        turnover=st.floats(0.0, 6.0),
        senior_share=shares(),
        manager_stance=shares(),
        manager_engagement=shares(),
        manager_participative=shares(),
        manager_arrives_month=st.sampled_from((0.0, 0.0, 1.0, 3.0)),
        manager_doing=st.none() | shares(),
        staff_buy_in=shares(),
        trust_support=shares(),
        group_breadth=shares(),
        service_user_involvement=shares(),
        facilitator_doing=st.none() | shares(),
        collaboration=st.none() | shares(),
        targets=st.lists(st.integers(1, 39), max_size=6, unique=True).map(tuple),
    )


def programmes(
    longest: float = 6.0, deliveries: tuple[str, ...] = ("by-rules",)
) -> st.SearchStrategy[Programme]:
    """Draw a programme: any length, any components; *recorded* delivery needs sites with records."""
    facilitation = st.builds(
        Facilitation,
        placement=st.sampled_from(PLACEMENTS),
        hours_per_week=st.floats(0.25, 37.5),
        visit_interval=st.floats(1.0, 8.0),
        dose=st.sampled_from(("per-team", "shared")),
        doing=st.none() | shares(),
        escalating=shares(),
        inducting=shares(),
        taper_months=st.floats(0.0, 6.0),
    )
    plan = st.builds(
        ActionPlan,
        chosen_by=st.sampled_from(("team", "imposed")),
        actions=st.integers(1, 39),
        at_once=st.integers(1, 39),
        flexibility=shares(),
    )
    return st.builds(
        Programme,
        delivery=st.sampled_from(deliveries),
        months=st.floats(0.0, longest),
        facilitation=st.none() | facilitation,
        scoping=st.none() | st.builds(ScopingDay, month=st.floats(0.1, 3.0)),
        plan=st.none() | plan,
        reviews=st.none()
        | st.builds(FidelityReviews, every_months=st.floats(0.5, 6), effort=st.floats(0, 2)),
        learning_events=st.none() | st.just(LearningEvents(months_of_year=(1.0, 3.0))),
        online_resources=st.none() | st.builds(OnlineResources, promotion=st.floats(0.0, 5.0)),
        meetings=st.none() | st.builds(RoutineMeetings, every_months=st.floats(0.25, 3.0)),
        working_groups=st.none()
        | st.builds(WorkingGroups, members=st.sampled_from(("as-found", "seniors", "all-staff"))),
        research_support=st.none() | st.just(ResearchSupport()),
        leadership_support=st.none() | st.builds(LeadershipSupport, boost=shares()),
        protected_time=st.none()
        | st.builds(ProtectedTime, hours_per_person=st.floats(0.1, 8.0), backfilled=shares()),
        onboarding=st.none() | st.builds(Onboarding, share=shares()),
        top_up_training=st.none() | st.builds(TopUpTraining, every_months=st.floats(0.5, 4.0)),
        involvement=st.none() | st.builds(Involvement, level=shares()),
        readiness=st.none()
        | st.builds(Readiness, threshold=shares(), longest_wait_months=st.floats(0.0, 2.0), support=shares()),
    )
