"""Small kernels made of the engine's own functions, each for one part of its work."""

from model.compiling import kernel
from model.engine import close_week, run_of
from model.outcomes import reduce
from model.philox import SEAT_WEEK, START, block


@kernel
def fill_tape(luck, network, team, at_start, weekly, weeks, tape):
    """Draw ``at_start`` blocks and ``weekly`` ones a week for each run, into ``tape[block, 4]``."""
    for k in range(len(luck)):
        for s in range(at_start):
            tape[s, 0], tape[s, 1], tape[s, 2], tape[s, 3] = block(luck[k], START, network, team, s, 0)
        for week in range(1, weeks + 1):
            for s in range(weekly):
                tape[s, 0], tape[s, 1], tape[s, 2], tape[s, 3] = block(
                    luck[k], SEAT_WEEK, network, team, s, week
                )


@kernel
def keep_books(teams, states, measured, series, levels, hours, totals):
    """Book and write all weeks of each run anew, from its end state: ``teams[run]``, ``states[run]``."""
    for k in range(len(states)):
        for week in range(len(measured)):
            close_week(
                week,
                teams[k],
                states[k],
                0.5,
                measured[week],
                series,
                levels,
                hours[k],
                totals[k],
            )


@kernel
def reduce_again(p, teams, states, series, totals, measured, planned, held, hours, outcomes):
    """Reduce each run anew: ``p[run]``, ``series[run, week, series]``, ``outcomes[run, outcome]``."""
    for k in range(len(states)):
        run = run_of(teams[k], states[k], series[k], totals[k], measured, planned[k], held[k], hours[k])
        reduce(p[k], run, outcomes[k])
