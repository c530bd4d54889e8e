"""What passes from person to person, and how people fare."""

from model.compiling import wiring
from model.engine.support import felt_support
from model.fidelity import AREAS
from model.rules import attitudes, items, work, workforce
from model.rules.arithmetic import ratio


@wiring
def spread_practice(p, team, now):
    """Let people take up what is new, in each area that has something new."""
    staff = float(now.people)
    for area in range(AREAS):
        if now.to_be_practised[area] <= 0.0:
            continue
        practised = after = 0.0
        for s in range(team.posts):
            seat = now.seats[s]
            if seat.in_post:
                practised += seat.practice[area]
        practised = ratio(practised, staff)
        for s in range(team.posts):
            seat = now.seats[s]
            if seat.in_post:
                beside = seat.background if area == now.agenda_area else 0.0
                hours = seat.hours * now.area_share[area] + beside
                reached = now.coached if seat.present else 0.0
                dose = work.practice_dose(p, seat.buy_in, hours, practised, reached, now.pushed)
                seat.practice[area] = work.practice_next(p, seat.practice[area], dose)
                after += seat.practice[area]
        now.adopted[area] = items.adopted(p, ratio(after, staff))


@wiring
def spread(p, team, now):
    """Let practice, awareness, buy-in and ownership pass from person to person."""
    spread_practice(p, team, now)
    early = late = early_weight = late_weight = both = both_weight = aware = 0.0
    for s in range(team.posts):
        seat = now.seats[s]
        if seat.in_post:
            voice = attitudes.voice(p, seat.influence, seat.buy_in)
            both += voice * seat.buy_in
            both_weight += voice
            aware += seat.awareness
            if seat.present:
                if seat.shift == 0:
                    early += voice * seat.buy_in
                    early_weight += voice
                else:
                    late += voice * seat.buy_in
                    late_weight += voice
    early_norm = attitudes.norm(p, early, early_weight, both, both_weight)
    late_norm = attitudes.norm(p, late, late_weight, both, both_weight)
    talk = attitudes.talk_dose(p, ratio(aware, float(now.people)))
    left = attitudes.left_of_ownership(p, now.facilitator_work)
    for s in range(team.posts):
        seat = now.seats[s]
        if seat.in_post:
            norm = early_norm if seat.shift == 0 else late_norm
            change_mind(p, seat, norm, talk, left)


@wiring
def change_mind(p, seat, norm, talk, left):
    """Take in what the week brought a person: news, colleagues' views, encouragement and its opposite."""
    seat.purpose = attitudes.purpose(seat.awareness, seat.buy_in)
    seat.awareness = attitudes.awareness_next(p, seat.awareness, seat.told + talk)
    seat.buy_in = attitudes.buy_in_next(
        p, seat.buy_in, seat.disposition, norm, seat.heartened, seat.disheartened
    )
    involved = seat.involved + attitudes.work_involvement(p, seat.hours)
    seat.ownership = attitudes.ownership_next(p, seat.ownership, involved, left)


@wiring
def strain(p, team, now, support):
    """Let the week strain people, and progress show."""
    felt = felt_support(p, now, support)
    for s in range(team.posts):
        seat = now.seats[s]
        if seat.in_post:
            spent = seat.hours + seat.event_hours
            aim = workforce.strain_aim(p, now.pressure, seat.purpose, felt, now.progress, spent)
            seat.strain = workforce.strain_next(p, seat.strain, aim)
    now.progress = workforce.progress_next(p, now.progress, now.finished)
