"""Small kernels made of the engine's own functions, each for one part of its work."""

from model.compiling import kernel, wiring
from model.engine import close_week, run_of
from model.engine.people import draw_luck
from model.outcomes import reduce
from model.philox import START, block


@kernel
def fill_tape(luck, network, team, state, at_start, beside, weeks, tape):
    """Draw ``at_start`` blocks, then each week those of the seats and some ``beside``: as many as a run takes."""
    for k in range(len(luck)):
        fill(luck[k], network, at_start, 0, tape)
        for week in range(1, weeks + 1):
            draw_luck(luck[k], network, week, team, state)
            fill(luck[k], network, beside, week, tape)


@wiring
def fill(luck, network, blocks, week, tape):
    """Draw some blocks into ``tape[block, 4]``."""
    for s in range(blocks):
        tape[s, 0], tape[s, 1], tape[s, 2], tape[s, 3] = block(luck, START, network, 0, s, week)


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
