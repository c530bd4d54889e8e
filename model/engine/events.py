"""What a programme's events do to a team: scoping, meetings, learning events, training, reviews, reports."""

from model.compiling import rule, seldom, wiring
from model.engine.layout import NOT_STARTED, RUNNING, Book
from model.engine.plan import make_plan, revise_plan
from model.engine.support import book
from model.fidelity import HIGHEST_SCORE, ITEMS
from model.philox import EVENT_WEEK, block
from model.programme.plan import LOST, NOT_YET, Column, Kind
from model.rules import attitudes, facilitation, leadership, work
from model.rules.arithmetic import normal_quantile, ratio


@wiring
def events(p, luck, network, week, team, now, trust, planned, held, t):
    """Prepare a team that is not ready; read a report that has come; hold what is due; book everybody's hours."""
    if now.clock == NOT_STARTED:
        trust.preparation += team.readiness_support
        if now.managed:
            now.stance = leadership.prepared_support(p, now.stance, team.readiness_support)
    if now.report_due:
        read_report(p, team, now, trust)
    if now.clock == RUNNING:
        event_luck = block(luck, EVENT_WEEK, network, team.number, 0, week)
        for e in range(team.events):
            if held[t, e] == NOT_YET and planned[t, e, 1] <= now.programme_week:
                held[t, e] = outcome(p, now, event_luck, planned[t, e, 0], planned[t, e, 1], planned[t, e, 2])
                if held[t, e] >= 0:
                    hold(p, team, now, trust.support, planned[t, e, 0])
    seats, hours = now.seats, 0.0
    for s in range(team.posts):
        if seats.in_post[s]:
            hours += seats.event_hours[s]
    now.staff_events = hours
    book(now, Book.EVENTS, hours)
    now.manager_events = min(now.manager_events, p.working_hours) if now.managed else 0.0
    book(now, Book.MANAGER_EVENTS, now.manager_events)


@wiring
def outcome(p, now, event_luck, kind, planned_for, fixed):
    """Say what becomes of a due event this week: held in this programme week, lost, or not yet."""
    if fixed:
        return now.programme_week
    if kind == Kind.SCOPING:
        window, usual, luck = p.scoping_window, p.hold_scoping, event_luck[1]
    elif kind == Kind.REVIEW:
        window, usual, luck = p.review_window, p.hold_review, event_luck[0]
    elif kind == Kind.MEETING:
        window, usual, luck = p.meeting_window, p.hold_meeting, event_luck[2]
    else:
        window, usual, luck = p.meeting_window, p.hold_top_up, event_luck[3]
    longest = work.longest_delay(window, now.row[Column.FLEXIBILITY])
    waited = now.programme_week - planned_for
    from_outside = kind == Kind.SCOPING or kind == Kind.REVIEW
    must = from_outside and waited >= longest
    if longest == 0 or luck < work.hold_chance(p, usual, now.pressure) or must:
        return now.programme_week
    return LOST if waited >= longest else NOT_YET


@seldom
def hold(p, team, now, support, kind):
    """Hold an event of a kind."""
    if kind == Kind.PLAN:
        make_plan(p, team, now, support)
    elif kind == Kind.SCOPING:
        scoping_day(p, team, now, support)
    elif kind == Kind.MEETING:
        meeting(p, team, now)
    elif kind == Kind.LEARNING:
        learning_event(p, team, now)
    elif kind == Kind.TOP_UP:
        top_up(p, team, now)
    else:
        review(p, team, now)


@rule
def attends(seats, s, chance):
    """Say whether the holder of a post can come to an event of the programme this week."""
    return seats.in_post[s] and seats.present[s] and seats.attends[s] < chance


@wiring
def scoping_day(p, team, now, support):
    """Raise awareness, put heart into people, make the plan; resent it where it is imposed (M9, M10, M19)."""
    seats = now.seats
    chance = attitudes.attendance_chance(p, now.pressure)
    for s in range(team.posts):
        if attends(seats, s, chance):
            seats.told[s] += attitudes.scoping_awareness(p)
            seats.heartened[s] += attitudes.scoping_heart(p, now.row[Column.INVOLVEMENT])
            seats.involved[s] += attitudes.planning_involvement(p, team.imposed)
            seats.disheartened[s] += attitudes.imposition(p, team.imposed, now.trust)
            seats.event_hours[s] += p.scoping_hours
    now.manager_events += p.scoping_hours
    if not now.plan_made:
        make_plan(p, team, now, support)


@wiring
def meeting(p, team, now):
    """Bring together those who work on the plan; fit it to what they can carry (M24)."""
    items = now.items
    seats = now.seats
    chance, flexibility = attitudes.attendance_chance(p, now.pressure), now.row[Column.FLEXIBILITY]
    there = 0.0
    for s in range(team.posts):
        if seats.in_group[s] and attends(seats, s, chance):
            there += 1.0
    replanning = work.hours_each(p, p.replanning_hours * flexibility, there)
    for s in range(team.posts):
        if seats.in_group[s] and attends(seats, s, chance):
            seats.told[s] += attitudes.meeting_told(p)
            seats.heartened[s] += attitudes.meeting_heart(p)
            seats.event_hours[s] += p.meeting_hours + replanning
    now.manager_events += p.meeting_hours
    planned = 0.0
    for i in range(ITEMS):
        planned += 1.0 if items.planned[i] else 0.0
    fit = work.capacity_fit(p, now.last_hours, planned)
    now.plan_scale = work.plan_scale_next(p, now.plan_scale, fit, flexibility)


@wiring
def learning_event(p, team, now):
    """Send some of the team to meet other teams (M12)."""
    items = now.items
    seats = now.seats
    chance = attitudes.attendance_chance(p, now.pressure)
    peers = attitudes.peers_total(p, normal_quantile(now.peers_luck))
    own = 0
    for i in range(ITEMS):
        own += items.known[i]
    places = int(p.learning_places)
    for s in range(team.posts):
        if places > 0 and attends(seats, s, chance):
            places -= 1
            seats.told[s] += attitudes.learning_told(p)
            seats.heartened[s] += attitudes.learning_heart(p, float(own), peers, now.row[Column.INVOLVEMENT])
            seats.event_hours[s] += p.learning_hours


@wiring
def top_up(p, team, now):
    """Train again those who can come."""
    seats = now.seats
    chance = attitudes.attendance_chance(p, now.pressure)
    for s in range(team.posts):
        if attends(seats, s, chance):
            seats.told[s] += attitudes.top_up_told(p)
            seats.event_hours[s] += p.top_up_hours


@wiring
def review(p, team, now):
    """Prepare for the reviewers and receive them; the report comes next week."""
    seats = now.seats
    there = 0.0
    for s in range(team.posts):
        there += 1.0 if seats.in_post[s] and seats.present[s] else 0.0
    each = work.hours_each(p, p.review_staff_hours * team.review_effort, there)
    for s in range(team.posts):
        if seats.in_post[s] and seats.present[s]:
            seats.event_hours[s] += each
    now.manager_events += p.review_manager_hours * team.review_effort
    now.review_held = 1


@seldom
def read_report(p, team, now, trust):
    """Take in the report: a benchmark, progress, or a score beyond the team's control (M5, M11, M24)."""
    items = now.items
    seats = now.seats
    change = 0
    missed = beyond = 0.0
    for i in range(ITEMS):
        change += items.score[i] - items.known[i]
        missed += HIGHEST_SCORE - items.score[i]
        beyond += (HIGHEST_SCORE - items.score[i]) * (1.0 - items.control[i])
    now.defence = attitudes.defensiveness(p, ratio(beyond, missed), team.reviewers_knowledge)
    heart = attitudes.feedback_heart(p, float(change), facilitation.credibility(p, now.placement))
    for s in range(team.posts):
        if seats.in_post[s] and seats.present[s]:
            seats.told[s] += attitudes.meeting_told(p)
            seats.heartened[s] += heart
            seats.disheartened[s] += now.defence
    trust.success += max(0.0, float(change)) / ITEMS
    for i in range(ITEMS):
        items.known[i] = items.score[i]
    now.report_due = 0
    if now.plan_made and now.row[Column.FLEXIBILITY] > 0.0:
        revise_plan(p, now)
