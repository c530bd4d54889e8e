"""The compiled engine: the second reader of the rule book, equal to the Mesa model to the last bit.

``first_half`` and ``second_half`` walk a week in the order of ``model.schedule``; each phase is a function by the
phase's name. It is wiring only: who meets whom, which luck decides what, where hours are booked. Every behaviour is a
call of a rule, every number a parameter. A team's whole state is one record (``layout.STATE``).

What ``begin_week`` calls is about half of the code. It is compiled apart, at the same time as the rest.
"""

import numpy as np

from model.apart import apart
from model.compiling import kernel, rule, wiring
from model.engine.events import events
from model.engine.layout import PARAMETERS, STATE, TEAM
from model.engine.minds import spread, strain
from model.engine.people import demand, turnover
from model.engine.plan import rank
from model.engine.record import write_week
from model.engine.service import drift, review
from model.engine.start import start_team
from model.engine.support import leadership, push, visits
from model.engine.work import choices, work
from model.fidelity import ITEMS
from model.outcomes import Run, reduce
from model.programme.plan import NOT_YET
from model.rules.facilitation import NOBODY


@kernel
def live_all(begin_week, p, luck, which, network, measured, teams, rows, planned, blank, states, series, kept, held,
             kept_series, levels, hours, totals, outcomes):  # fmt: skip
    """Live through many networks alike, one after the other, and reduce each team's run to its outcomes.

    ``begin_week`` is the function of that name: numba calls by its address what is given as an argument.

    Read: ``luck[run]`` the tape's key; ``which[run]`` the draw; ``p[draw]``; ``measured[week]``;
    ``teams[draw, team]`` (``layout.TEAM``); ``rows[draw, team, programme week, column]``;
    ``planned[draw, team, event, (kind, week, fixed)]``; ``kept``, the weeks of which the series are kept.

    Written: ``held[run, team, event]`` (programme week, lost, or not yet); ``hours[run, team, kind]``;
    ``kept_series[run, team, kept week, series]``; ``levels[run, team, week, item]`` unless it has no weeks;
    ``totals[run, team, week]``; ``outcomes[run, team, outcome]``. ``states[run, team]`` (``layout.STATE``) may be
    of one run only and is then used again, cleared with ``blank[0]``. ``series[team, week, series]`` is of the
    run at hand.
    """
    for k in range(len(luck)):
        d, state = which[k], states[k % len(states)]
        count = len(state)
        for t in range(count if len(blank) else 0):
            state[t] = blank[0]
        for week in range(len(measured)):
            begin_week(p[d], luck[k], network, week, teams[d], rows[d], planned[d], state, held[k])
            if week > 0:
                second_half(p[d], luck[k], network, week, measured[week], teams[d], state)
            settle(state)
            for t in range(count):
                support = state[state[t].home].support
                close_week(week, teams[d][t], state[t], support, measured[week], series[t], levels[k, t], hours[k, t],
                           totals[k, t])  # fmt: skip
        for t in range(count):
            keep(series[t], kept, kept_series[k, t])
            run = run_of(
                teams[d][t],
                state[t],
                series[t],
                totals[k, t],
                measured,
                planned[d, t],
                held[k, t],
                hours[k, t],
            )
            reduce(p[d], run, outcomes[k, t])


@wiring
def start(p, luck, network, teams, states, held):
    """Start each team of a network, and find whose trust and facilitator it shares."""
    for t in range(len(states)):
        now, team = states[t], teams[t]
        start_team(p, luck, network, team, now)
        now.home = now.server = t
        for other in range(t - 1, -1, -1):
            if teams[other].trust == team.trust:
                now.home = other
            if teams[other].facilitator == team.facilitator:
                now.server = other
        if now.home == t:
            now.support = now.coming_support = now.usual_support = team.trust_support
        if now.placement == NOBODY:
            now.server = -1
        else:
            states[now.server].served += 1
        rank(p, 0.0, states[now.home].support, now)
        for e in range(team.events):
            held[t, e] = NOT_YET


@apart(
    PARAMETERS,
    np.uint64,
    np.int64,
    np.int64,
    [TEAM],
    [[[np.float64]]],
    [[[np.int64]]],
    [STATE],
    [[np.int64]],
)
def begin_week(p, luck, network, week, teams, rows, planned, states, held):
    """Start the teams in week 0; live through the first half of any other week."""
    if week == 0:
        start(p, luck, network, teams, states, held)
    else:
        first_half(p, luck, network, week, teams, rows, planned, states, held)


@wiring
def first_half(p, luck, network, week, teams, rows, planned, states, held):
    """Live through what a week brings: demand, comings and goings, leaders, the programme's events."""
    count = len(states)
    for t in range(count):
        support = states[states[t].home].support
        demand(p, luck, network, week, teams[t], states[t], support, rows, held, t)
    for t in range(count):
        turnover(p, luck, network, teams[t], states[t])
    for t in range(count):
        if states[t].home == t:
            leadership(p, luck, network, week, teams[t], states[t])
    for t in range(count):
        events(p, luck, network, week, teams[t], states[t], states[states[t].home], planned, held, t)


@wiring
def second_half(p, luck, network, week, measured, teams, states):
    """Live through what people make of a week: visits, work, what they think of it, what it does to the service."""
    count = len(states)
    for server in range(count):
        for t in range(count):
            if states[t].server == server:
                visits(p, teams[t], states[t], states[states[t].home], states[server].served)
    for t in range(count):
        push(p, teams[t], states[t], states[states[t].home].support)
    for t in range(count):
        choices(p, teams[t], states[t], states[states[t].home].support)
    for t in range(count):
        work(p, week, teams[t], states[t], states[states[t].home].support)
    for t in range(count):
        spread(p, teams[t], states[t])
    for t in range(count):
        strain(p, teams[t], states[t], states[states[t].home].support)
    for t in range(count):
        drift(p, teams[t], states[t])
    for t in range(count):
        review(p, luck, network, week, teams[t], states[t], measured)


@wiring
def settle(states):
    """Let what leaders and facilitators changed take effect."""
    for t in range(len(states)):
        now = states[t]
        now.support = now.coming_support
        now.trust, now.knowledge, now.guidance = now.coming_trust, now.coming_knowledge, now.coming_guidance


@wiring
def close_week(week, team, now, support, measured, series, levels, hours, totals):
    """Book the week's hours, once each, and write the week's row."""
    items = now.items
    for k in range(len(hours)):
        hours[k] += now.books[k]
    if measured and week > 0:
        total = 0
        for i in range(ITEMS):
            total += items.score[i]
        totals[week] = total
    write_week(team, now, support, series[week])
    if len(levels):
        for i in range(ITEMS):
            levels[week, i] = items.level[i]


@wiring
def keep(series, kept, kept_series):
    """Copy the weeks that are kept."""
    for place in range(len(kept)):
        for column in range(series.shape[1]):
            kept_series[place, column] = series[kept[place], column]


@rule
def run_of(team, now, series, totals, measured, planned, held, hours):
    """Return a team's run as both readers reduce it."""
    return Run(
        team.posts,
        team.baseline,
        now.start_week,
        now.end_week,
        now.first_finished,
        now.visits,
        now.visits_lost,
        now.stable_error,
        team.events,
        series,
        totals,
        measured,
        planned,
        held,
        hours,
    )
