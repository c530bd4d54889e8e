"""What passes from person to person, and how people fare.

What changes people stands in loops without a branch, over all posts and kept where somebody holds one: so several
people are done at once. Sums, whose order is part of the result, stand in loops of their own. Purpose and strain need
not be kept: both are set before anybody reads them of a newcomer.
"""

from model.compiling import rule, wiring
from model.engine.abreast import abreast, chosen
from model.engine.support import felt_support
from model.fidelity import AREAS
from model.rules import attitudes, work, workforce
from model.rules import items as item_rules
from model.rules.arithmetic import ratio


@rule
def mean_practice(team, now, area):
    """Return the mean practice of those in post, of what is new in an area."""
    seats, practised = now.seats, 0.0
    for s in range(team.posts):
        if seats.in_post[s]:
            practised += seats.practice[area, s]
    return ratio(practised, float(now.people))


@wiring
def spread_practice(p, team, now):
    """Let people take up what is new, in each area that has something new."""
    seats = now.seats
    coached, pushed = now.coached, now.pushed
    for area in range(AREAS):
        if now.to_be_practised[area] <= 0.0:
            continue
        practised = mean_practice(team, now, area)
        share, on_agenda = now.area_share[area], area == now.agenda_area
        for s in range(abreast(team.posts)):
            beside = chosen(on_agenda, seats.background[s], 0.0)
            hours = seats.hours[s] * share + beside
            reached = chosen(seats.present[s], coached, 0.0)
            dose = work.practice_dose(p, seats.buy_in[s], hours, practised, reached, pushed)
            after = work.practice_next(p, seats.practice[area, s], dose)
            seats.practice[area, s] = chosen(seats.in_post[s], after, seats.practice[area, s])
        now.adopted[area] = item_rules.adopted(p, mean_practice(team, now, area))


@wiring
def spread(p, team, now):
    """Let practice, awareness, buy-in and ownership pass from person to person."""
    spread_practice(p, team, now)
    seats = now.seats
    early = late = early_weight = late_weight = both = both_weight = aware = 0.0
    for s in range(team.posts):
        if seats.in_post[s]:
            voice = attitudes.voice(p, seats.influence[s], seats.buy_in[s])
            both += voice * seats.buy_in[s]
            both_weight += voice
            aware += seats.awareness[s]
            if seats.present[s]:
                if seats.shift[s] == 0:
                    early += voice * seats.buy_in[s]
                    early_weight += voice
                else:
                    late += voice * seats.buy_in[s]
                    late_weight += voice
    early_norm = attitudes.norm(p, early, early_weight, both, both_weight)
    late_norm = attitudes.norm(p, late, late_weight, both, both_weight)
    talk = attitudes.talk_dose(p, ratio(aware, float(now.people)))
    left = attitudes.left_of_ownership(p, now.facilitator_work)
    change_minds(p, team, seats, early_norm, late_norm, talk, left)


@wiring
def change_minds(p, team, seats, early_norm, late_norm, talk, left):
    """Take in what the week brought people: news, colleagues' views, encouragement and its opposite."""
    for s in range(abreast(team.posts)):
        seats.purpose[s] = attitudes.purpose(seats.awareness[s], seats.buy_in[s])
    for s in range(abreast(team.posts)):
        after = attitudes.awareness_next(p, seats.awareness[s], seats.told[s] + talk)
        seats.awareness[s] = chosen(seats.in_post[s], after, seats.awareness[s])
    for s in range(abreast(team.posts)):
        norm = chosen(seats.shift[s] == 0, early_norm, late_norm)
        after = attitudes.buy_in_next(
            p, seats.buy_in[s], seats.disposition[s], norm, seats.heartened[s], seats.disheartened[s]
        )
        seats.buy_in[s] = chosen(seats.in_post[s], after, seats.buy_in[s])
    for s in range(abreast(team.posts)):
        involved = seats.involved[s] + attitudes.work_involvement(p, seats.hours[s])
        after = attitudes.ownership_next(p, seats.ownership[s], involved, left)
        seats.ownership[s] = chosen(seats.in_post[s], after, seats.ownership[s])


@wiring
def strain(p, team, now, support):
    """Let the week strain people, and progress show."""
    felt, seats = felt_support(p, now, support), now.seats
    pressure, progress = now.pressure, now.progress
    for s in range(abreast(team.posts)):
        spent = seats.hours[s] + seats.event_hours[s]
        aim = workforce.strain_aim(p, pressure, seats.purpose[s], felt, progress, spent)
        seats.strain[s] = workforce.strain_next(p, seats.strain[s], aim)
    now.progress = workforce.progress_next(p, now.progress, now.finished)
