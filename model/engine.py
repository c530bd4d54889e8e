"""The compiled engine: the second reader of the rule book, equal to the Mesa model to the last bit.

``live`` walks the weeks of one network in the order of ``model.schedule``, over records. It is wiring only: who meets
whom, which luck decides what, where hours are booked. Every behaviour is a call of a rule, every number a parameter.
The first call in a process compiles it, which takes some 20 seconds.
"""

import numpy as np
from numba import njit

from model.fidelity import AREAS, HIGHEST_SCORE, HOME_SUPPORT, ITEMS, LOWEST_SCORE
from model.fidelity import items as scale
from model.noise import Stream
from model.philox import block
from model.programme.plan import Column, Kind
from model.record import HOURS, NAMES
from model.rules import attitudes, facilitation, items, leadership, work, workforce
from model.rules.arithmetic import clamp, normal_quantile, ratio

SEAT_WEEK, HIRE, TEAM_WEEK, EVENT_WEEK, TRUST_WEEK, MANAGER_HIRE, ITEM, REVIEW, START = (
    int(s) for s in Stream
)
PLAN, SCOPING, REVIEWED, LEARNING, MEETING, TOP_UP = (int(kind) for kind in Kind)
COLUMNS, SERIES, BOOKS = len(Column), len(NAMES), len(HOURS)
(
    FACILITATOR_HOURS,
    VISIT_INTERVAL,
    DOING,
    ESCALATING,
    INDUCTING,
    PROTECTED,
    BACKFILL,
    ONLINE,
    ONBOARDING,
    INVOLVEMENT,
    RESEARCH_SUPPORT,
    LEADERS_BOOST,
    AT_ONCE,
    FLEXIBILITY,
) = (int(column) for column in Column)
(
    B_ACTIONS,
    B_EVENTS,
    B_AGENDA,
    B_MANAGER_WORK,
    B_LEADING,
    B_MANAGER_EVENTS,
    B_MANAGER_AGENDA,
    B_COACHING,
    B_FACILITATOR_WORK,
    B_DESK,
    B_WITH_LEADERS,
    B_INDUCTING,
    B_TRAVEL,
    B_MAIN_JOB,
    B_UNUSED,
) = range(BOOKS)
NOT_STARTED, RUNNING, ENDED = 0, 1, 2
NOT_YET, LOST = -2, -1
HOME = HOME_SUPPORT - 1
AREA_OF = np.array([item.area for item in scale()])
DECIDED_BY = np.array([item.decided_by for item in scale()])
INTERFACE = np.array([item.interface for item in scale()])

#: What the engine reads of a team: its site, and the terms of its programme (``placement`` -1: left open).
TEAM = np.dtype(
    [(name, np.int64) for name in (
        "number", "posts", "seniors", "baseline", "trust", "facilitator", "arrives", "targeted", "placement", "shared",
        "actions", "recorded", "wait", "weeks", "events",
    )]
    + [(name, np.float64) for name in (
        "busyness", "vacancy", "turnover", "stance", "engagement", "participative", "doing", "buy_in", "support",
        "collaboration", "imposed", "breadth", "knowledge", "effort", "threshold", "help",
    )]
)  # fmt: skip


#: What lasts of a team, and what holds for its week; the trust's states stand with the team that brings it first.
STATE = np.dtype(
    [(name, np.int64) for name in (
        "home", "server", "served", "placement", "clock", "programme_week", "agenda_area", "manager_hire", "unmanaged",
        "people", "left", "replaced",
    )]
    + [(name, np.bool_) for name in ("plan_made", "report_due", "review_held", "managed", "manager_came")]
    + [(name, np.float64) for name in (
        "support", "coming_support", "usual_support", "escalation", "success", "preparation",
        "wave", "pressure", "improvement", "progress", "collaboration", "usual_collaboration", "plan_room",
        "plan_scale", "points_finished", "programme_hours", "last_hours", "latent", "start_latent", "stable",
        "trust", "knowledge", "guidance", "coming_trust", "coming_knowledge", "coming_guidance", "saved", "to_visit",
        "facilitator_work", "contact_worth", "coached", "priority", "manager_work", "pushed", "defence",
        "manager_events", "staff_events", "finished", "stance", "engagement", "style", "own_work", "briefed",
        "demand_luck", "visit_luck", "manager_luck", "peers_luck",
    )]
)  # fmt: skip

#: A post and who holds it.
SEAT = np.dtype(
    [(name, np.int64) for name in ("hire", "empty", "shift", "tenure")]
    + [(name, np.bool_) for name in ("in_post", "in_group", "had_last", "present")]
    + [(name, np.float64) for name in (
        "leaves", "attends", "disposition", "influence", "buy_in", "awareness", "ownership", "strain", "skill",
        "event_hours", "worked", "background", "told", "heartened", "disheartened", "involved", "purpose",
    )]
)  # fmt: skip

#: One of a team's 39 items.
THING = np.dtype(
    [(name, np.int64) for name in ("score", "known")]
    + [(name, np.bool_) for name in ("planned", "attended")]
    + [(name, np.float64) for name in ("kept", "written", "lift", "done", "level", "taste")]
)


@njit
def offset_of(p, luck, network, number, i):
    """Draw an item's place against the team's common level, and its own error at the baseline."""
    level_luck, _, error_luck, _ = block(luck, ITEM, network, number, 0, i)
    return items.item_offset(p, AREA_OF[i], level_luck), items.item_error(p, error_luck)


@njit
def part(p, share, surprise):
    """Give a component's part of the surprise at the recorded baseline."""
    sd = items.error_sd(p, share)
    return items.share_of_surprise(p, sd * sd, surprise)


@njit
def worth_working_on(p, item):
    """Say whether an item has room enough to be worth an action."""
    return items.worth_an_action(p, items.room(item.kept, item.written, item.lift))


@njit
def begin(p, luck, network, number, recorded, service):
    """Fill a team's items so that the reviewed baseline equals the recorded one (see ``model.baseline``)."""
    _, stable_luck, occasion_luck, true_luck = block(luck, START, network, number, 0, 0)
    offsets, own = np.empty(ITEMS), np.empty(ITEMS)
    for i in range(ITEMS):
        offsets[i], own[i] = offset_of(p, luck, network, number, i)
    stable, occasion = items.stable_error(p, stable_luck), items.occasion_error(p, occasion_luck)
    drawn = p.population_mean + items.true_sd(p) * normal_quantile(true_luck) + stable + occasion
    for i in range(ITEMS):
        drawn += own[i]
    surprise = recorded - drawn
    stable += part(p, p.review_stable_share, surprise)
    varying = 1.0 - p.review_stable_share
    occasion += part(p, varying * p.review_common_share, surprise)
    each = part(p, varying * (1.0 - p.review_common_share), surprise) / ITEMS
    common_error = (stable + occasion) / ITEMS + each
    low, high = items.LOWEST_COMMON, items.HIGHEST_COMMON
    common = 0.5 * (low + high)
    for _ in range(items.HALVINGS):
        common = 0.5 * (low + high)
        reached = 0
        for i in range(ITEMS):
            level = p.start_home if i == HOME else common + offsets[i]
            reached += items.reviewed_score(level, common_error + own[i])
        if reached == recorded:
            break
        if reached < recorded:
            low = common
        else:
            high = common
    for i in range(ITEMS):
        level = p.start_home if i == HOME else common + offsets[i]
        service[i].score = items.reviewed_score(level, common_error + own[i])
        service[i].kept = clamp(level, LOWEST_SCORE, HIGHEST_SCORE) - LOWEST_SCORE
    return stable


@njit
def rank(p, imposed, control, support, collaboration, service, agenda):
    """Order the items by how much they call for a place in the plan: open ones first, ties by number."""
    appeal, is_open = np.empty(ITEMS), np.empty(ITEMS, np.bool_)
    for i in range(ITEMS):
        reach = work.leverage(p, control[i], INTERFACE[i], support, collaboration)
        missed = HIGHEST_SCORE - service[i].known
        appeal[i] = work.appeal(p, missed, reach, service[i].taste, imposed)
        is_open[i] = worth_working_on(p, service[i])
    for i in range(ITEMS):
        place = i
        while place > 0:
            before = agenda[place - 1]
            if is_open[before] == is_open[i]:
                later = appeal[before] >= appeal[i]
            else:
                later = is_open[before]
            if later:
                break
            agenda[place] = before
            place -= 1
        agenda[place] = i


@njit
def take_stock(service, structure, adopted, to_practise):
    """Work out levels, their total, and the points of each area that only count when practised."""
    total = 0.0
    for area in range(AREAS):
        to_practise[area] = 0.0
    for i in range(ITEMS):
        item, area = service[i], AREA_OF[i]
        item.level = items.level(item.kept, item.written, structure[i], adopted[area], item.lift)
        total += item.level
        to_practise[area] += item.written * (1.0 - structure[i])
    return total


@njit
def book(books, kind, hours):
    """Book hours, once."""
    if hours > 0.0:
        books[kind] += hours


@njit(nogil=True)
def live(p, luck, network, weeks, measured, teams, targets, rows, events, series, hours, totals, held, marks):
    """Live through the weeks of one network.

    Read: ``p`` a record of parameters; ``luck`` the tape's key; ``measured[week]``; ``teams[team]`` (``TEAM``);
    ``targets[team, item]``; ``rows[team, programme week, column]``; ``events[team, event, (kind, week, fixed)]``.
    Written: ``series[team, week, series]``, ``hours[team, kind]``, ``totals[team, week]``, ``held[team, event]``
    (programme week, lost, or not yet), ``marks[team, (start week, end week, first finished week, visits, lost)]``.
    """
    count, most = len(teams), 0
    for t in range(count):
        most = max(most, teams[t].posts)
    states, seats, service = (
        np.zeros(count, STATE),
        np.zeros((count, most), SEAT),
        np.zeros((count, ITEMS), THING),
    )
    practice = np.zeros((count, most, AREAS))
    adopted, to_practise, area_share = (
        np.zeros((count, AREAS)),
        np.zeros((count, AREAS)),
        np.zeros((count, AREAS)),
    )
    agenda, active = np.zeros((count, ITEMS), np.int64), np.zeros(ITEMS, np.int64)
    structure, control, loss = np.zeros(ITEMS), np.zeros(ITEMS), np.zeros(ITEMS)
    row, nothing, books = np.zeros((count, COLUMNS)), np.zeros(COLUMNS), np.zeros((count, BOOKS))
    for i in range(ITEMS):
        structure[i] = items.structure_share(p, AREA_OF[i])
        control[i] = work.control_share(p, DECIDED_BY[i])
        loss[i] = items.weekly_loss(p, structure[i])
    structure_loss, practice_loss = items.weekly_loss(p, 1.0), items.weekly_loss(p, 0.0)
    for t in range(count):
        now = states[t]
        team = teams[t]
        number = team.number
        now.programme_week, now.agenda_area = -1, -1
        now.pressure = now.plan_scale = 1.0
        now.home = t
        for other in range(t - 1, -1, -1):
            if teams[other].trust == team.trust:
                now.home = other
        trust = states[now.home]
        if now.home == t:
            now.support = now.coming_support = now.usual_support = team.support
        now.placement = team.placement
        if team.placement < 0:
            now.placement = facilitation.drawn_placement(p, block(luck, START, network, number, 0, 0)[0])
        now.server = -1
        if now.placement != facilitation.NOBODY:
            now.server = t
            for other in range(t - 1, -1, -1):
                if (
                    teams[other].facilitator == team.facilitator
                    and states[other].placement != facilitation.NOBODY
                ):
                    now.server = other
            states[now.server].served += 1
        now.trust = facilitation.starting_trust(p, now.placement)
        now.knowledge = facilitation.starting_knowledge(p, now.placement)
        now.coming_trust, now.coming_knowledge = now.trust, now.knowledge
        now.clock = NOT_STARTED if team.weeks > 0 else ENDED
        marks[t, 0] = marks[t, 1] = marks[t, 2] = -1
        marks[t, 3] = marks[t, 4] = 0
        for e in range(team.events):
            held[t, e] = NOT_YET
        now.stable = begin(p, luck, network, number, team.baseline, service[t])
        for i in range(ITEMS):
            item = service[t, i]
            item.known = item.score
            item.taste = block(luck, ITEM, network, number, 0, i)[1]
            agenda[t, i] = i
        for area in range(AREAS):
            adopted[t, area] = items.adopted(p, 0.0)
        now.latent = take_stock(service[t], structure, adopted[t], to_practise[t])
        now.start_latent = now.latent
        now.wave = workforce.demand_wave_start(p, block(luck, TEAM_WEEK, network, number, 0, 0)[0])
        now.usual_collaboration = (
            p.collaboration_usual if np.isnan(team.collaboration) else team.collaboration
        )
        now.collaboration = now.usual_collaboration
        ordinary = max(1, team.posts - team.seniors)
        for s in range(team.posts):
            seat = seats[t, s]
            seat.in_group = s < team.seniors or (s - team.seniors + 0.5) / ordinary < team.breadth
            empty_luck, usual_luck, weight_luck, length_luck = block(luck, HIRE, network, number, s, 0)
            if empty_luck < team.vacancy:
                seat.empty = workforce.weeks_vacant(p, length_luck)
                continue
            seat.in_post = True
            now.people += 1
            seat.disposition = workforce.disposition(p, team.buy_in, usual_luck)
            seat.influence = workforce.influence(p, s < team.seniors, weight_luck)
            seat.buy_in = seat.disposition
            seat.strain = workforce.resting_strain(p)
            seat.skill = 1.0
            seat.tenure = workforce.LONG_IN_POST
        now.own_work = p.manager_own_work if np.isnan(team.doing) else team.doing
        now.unmanaged = team.arrives
        if team.arrives == 0:
            now.managed, now.manager_came, now.briefed = True, True, 1.0
            now.stance, now.engagement, now.style = team.stance, team.engagement, team.participative
        rank(p, 0.0, control, trust.support, now.collaboration, service[t], agenda[t])

    for week in range(weeks + 1):
        if week > 0:
            # phase: demand
            for t in range(count):
                now = states[t]
                team, trust = teams[t], states[now.home]
                now.last_hours = now.programme_hours
                now.programme_hours = now.finished = 0.0
                now.facilitator_work = now.contact_worth = now.coached = 0.0
                now.priority = now.manager_work = now.pushed = now.defence = 0.0
                now.manager_events = now.staff_events = 0.0
                now.review_held = False
                now.agenda_area = -1
                for area in range(AREAS):
                    area_share[t, area] = 0.0
                for i in range(ITEMS):
                    item = service[t, i]
                    item.attended = False
                for k in range(BOOKS):
                    books[t, k] = 0.0
                now.demand_luck, now.visit_luck, now.manager_luck, now.peers_luck = block(
                    luck, TEAM_WEEK, network, team.number, 0, week
                )
                if now.clock == NOT_STARTED:
                    may_start = team.wait == 0 or week > team.wait
                    if not may_start and attitudes.is_assessed(p, week):
                        liking = load = 0.0
                        for s in range(team.posts):
                            seat = seats[t, s]
                            if seat.in_post:
                                liking += seat.buy_in
                                load += seat.strain
                        staff = float(now.people)
                        commitment = attitudes.commitment(ratio(liking, staff), trust.support)
                        free = workforce.free_hours(p, now.pressure, 0.0)
                        efficacy = attitudes.efficacy(p, free, ratio(load, staff))
                        error_luck = block(luck, EVENT_WEEK, network, team.number, 0, week)[0]
                        may_start = attitudes.readiness(p, commitment, efficacy, error_luck) >= team.threshold
                    if may_start:
                        now.clock = RUNNING
                        marks[t, 0] = week
                if now.clock == RUNNING:
                    now.programme_week += 1
                    if now.programme_week >= team.weeks:
                        now.clock = ENDED
                        marks[t, 1] = week - 1
                        for e in range(team.events):
                            if held[t, e] == NOT_YET:
                                held[t, e] = LOST
                if now.clock == RUNNING:
                    row[t] = rows[t, now.programme_week]
                else:
                    row[t] = nothing
                capacity = 0.0
                for s in range(team.posts):
                    seat = seats[t, s]
                    if not seat.in_post:
                        continue
                    absent_luck, leave_luck, shift_luck, attend_luck = block(
                        luck, SEAT_WEEK, network, team.number, s, week
                    )
                    seat.leaves, seat.attends = leave_luck, attend_luck
                    seat.present = absent_luck >= workforce.absence_chance(p, seat.strain)
                    seat.shift = workforce.shift(shift_luck)
                    seat.tenure += 1
                    if seat.skill < 1.0:
                        seat.skill = workforce.skill_next(p, seat.skill)
                    seat.event_hours = seat.worked = seat.background = 0.0
                    seat.told = seat.heartened = seat.disheartened = seat.involved = 0.0
                    if seat.present:
                        capacity += workforce.care_capacity(p, seat.skill)
                now.wave = workforce.demand_wave_next(p, now.wave, now.demand_luck)
                demand = workforce.demand(p, team.busyness, now.wave, now.latent - now.start_latent)
                posts = float(team.posts)
                backfill = 0.0
                if now.clock == RUNNING:
                    granted = leadership.granted_hours(p, trust.support, row[t, LEADERS_BOOST])
                    backfill = row[t, BACKFILL] + granted
                now.pressure = workforce.pressure(
                    p, demand, posts, capacity, now.improvement, backfill * posts
                )

            # phase: turnover
            for t in range(count):
                now = states[t]
                team = teams[t]
                now.left = 0
                for s in range(team.posts):
                    seat = seats[t, s]
                    if seat.in_post:
                        if seat.leaves < workforce.leaving_chance(p, seat.strain, team.turnover):
                            seat.in_post, seat.had_last = False, True
                            seat.hire += 1
                            length_luck = block(luck, HIRE, network, team.number, s, seat.hire)[0]
                            seat.empty = workforce.weeks_vacant(p, length_luck)
                            now.left += 1
                            now.replaced += 1
                            now.people -= 1
                    else:
                        seat.empty -= 1
                        if seat.empty <= 0:
                            _, usual_luck, weight_luck, _ = block(
                                luck, HIRE, network, team.number, s, seat.hire
                            )
                            stranger = workforce.disposition(p, p.newcomer_disposition, usual_luck)
                            seat.influence = workforce.influence(p, s < team.seniors, weight_luck)
                            seat.strain = workforce.resting_strain(p)
                            seat.tenure, seat.present, seat.shift, seat.attends = 0, False, 0, 0.5
                            seat.event_hours = seat.worked = seat.background = 0.0
                            seat.told = seat.heartened = seat.disheartened = seat.involved = 0.0
                            if seat.had_last:
                                seat.disposition = workforce.passed_on(p, seat.disposition, stranger)
                                seat.awareness = workforce.passed_on(p, seat.awareness, 0.0)
                                seat.ownership = workforce.passed_on(p, seat.ownership, 0.0)
                                for area in range(AREAS):
                                    practice[t, s, area] = workforce.passed_on(p, practice[t, s, area], 0.0)
                                seat.buy_in = workforce.passed_on(p, seat.buy_in, seat.disposition)
                                seat.skill = workforce.passed_on(p, seat.skill, p.newcomer_skill)
                            else:
                                seat.disposition = seat.buy_in = stranger
                                seat.skill = p.newcomer_skill
                            if now.clock == RUNNING:
                                seat.told = workforce.induction_dose(p, row[t, ONBOARDING])
                            seat.in_post = True
                            now.people += 1
                if now.managed:
                    if now.manager_luck < leadership.manager_leaving_chance(p, team.turnover):
                        now.managed = False
                        now.manager_hire += 1
                        length_luck = block(luck, MANAGER_HIRE, network, team.number, 0, now.manager_hire)[0]
                        now.unmanaged = leadership.weeks_without_manager(p, length_luck)
                else:
                    now.unmanaged -= 1
                    if now.unmanaged <= 0:
                        if now.manager_came:
                            _, stance_luck, engagement_luck, style_luck = block(
                                luck, MANAGER_HIRE, network, team.number, 0, now.manager_hire
                            )
                            now.stance = leadership.new_managers_stance(p, now.stance, stance_luck)
                            now.engagement = leadership.new_managers_stance(
                                p, now.engagement, engagement_luck
                            )
                            now.style = leadership.new_managers_stance(p, now.style, style_luck)
                        else:
                            now.stance, now.engagement, now.style = (
                                team.stance,
                                team.engagement,
                                team.participative,
                            )
                        now.managed, now.manager_came, now.briefed = True, True, 0.0

            # phase: leadership
            for t in range(count):
                now = states[t]
                if now.home == t:
                    shock_luck, size_luck, leader_luck, new_luck = block(
                        luck, TRUST_WEEK, network, 0, teams[t].trust, week
                    )
                    shock = leadership.shock(p, shock_luck, size_luck)
                    if leader_luck < leadership.leader_leaving_chance(p):
                        now.usual_support = leadership.new_leaders_support(p, new_luck)
                    answered = leadership.support_next(
                        p, now.support, now.usual_support, now.escalation, now.success, shock
                    )
                    now.coming_support = leadership.prepared_support(p, answered, now.preparation)
                    now.escalation = now.success = now.preparation = 0.0

            # phase: events
            for t in range(count):
                now = states[t]
                team, trust = teams[t], states[now.home]
                if now.clock == NOT_STARTED:
                    trust.preparation += team.help
                    if now.managed:
                        now.stance = leadership.prepared_support(p, now.stance, team.help)
                if now.report_due:
                    change = 0
                    missed = beyond = 0.0
                    for i in range(ITEMS):
                        item = service[t, i]
                        change += item.score
                    for i in range(ITEMS):
                        item = service[t, i]
                        change -= item.known
                        missed += HIGHEST_SCORE - item.score
                        beyond += (HIGHEST_SCORE - item.score) * (1.0 - control[i])
                    now.defence = attitudes.defensiveness(p, ratio(beyond, missed), team.knowledge)
                    heart = attitudes.feedback_heart(
                        p, float(change), facilitation.credibility(p, now.placement)
                    )
                    for s in range(team.posts):
                        seat = seats[t, s]
                        if seat.in_post and seat.present:
                            seat.told += attitudes.meeting_told(p)
                            seat.heartened += heart
                            seat.disheartened += now.defence
                    trust.success += max(0.0, float(change)) / ITEMS
                    for i in range(ITEMS):
                        item = service[t, i]
                        item.known = item.score
                    now.report_due = False
                    if now.plan_made and row[t, FLEXIBILITY] > 0.0:
                        full = 0
                        for i in range(ITEMS):
                            item = service[t, i]
                            if item.planned and not worth_working_on(p, item):
                                full += 1
                        for k in range(ITEMS):
                            i = agenda[t, k]
                            item = service[t, i]
                            if full > 0 and not item.planned and worth_working_on(p, item):
                                item.planned = True
                                full -= 1
                if now.clock == RUNNING:
                    hold_luck = block(luck, EVENT_WEEK, network, team.number, 0, week)
                    attending = attitudes.attendance_chance(p, now.pressure)
                    for e in range(team.events):
                        kind, planned_for, fixed = events[t, e, 0], events[t, e, 1], events[t, e, 2]
                        if held[t, e] != NOT_YET or planned_for > now.programme_week:
                            continue
                        waited = now.programme_week - planned_for
                        longest, likely, lot = 0, 1.0, hold_luck[0]
                        if not fixed:
                            if kind == SCOPING:
                                window, usual, lot = p.scoping_window, p.hold_scoping, hold_luck[1]
                            elif kind == REVIEWED:
                                window, usual = p.review_window, p.hold_review
                            elif kind == MEETING:
                                window, usual, lot = p.meeting_window, p.hold_meeting, hold_luck[2]
                            else:
                                window, usual, lot = p.meeting_window, p.hold_top_up, hold_luck[3]
                            longest = work.longest_delay(window, row[t, FLEXIBILITY])
                            likely = work.hold_chance(p, usual, now.pressure)
                        must = kind in (SCOPING, REVIEWED) and waited >= longest
                        if not (longest == 0 or lot < likely or must):
                            if waited >= longest:
                                held[t, e] = LOST
                            continue
                        held[t, e] = now.programme_week
                        if kind == SCOPING:
                            for s in range(team.posts):
                                seat = seats[t, s]
                                if seat.in_post and seat.present and seat.attends < attending:
                                    seat.told += attitudes.scoping_awareness(p)
                                    seat.heartened += attitudes.scoping_heart(p, row[t, INVOLVEMENT])
                                    seat.involved += attitudes.planning_involvement(p, team.imposed)
                                    seat.disheartened += attitudes.imposition(p, team.imposed, now.trust)
                                    seat.event_hours += p.scoping_hours
                            now.manager_events += p.scoping_hours
                        if kind == PLAN or (kind == SCOPING and not now.plan_made):
                            rank(
                                p,
                                team.imposed,
                                control,
                                trust.support,
                                now.collaboration,
                                service[t],
                                agenda[t],
                            )
                            for i in range(ITEMS):
                                item = service[t, i]
                                item.planned = targets[t, i]
                            if team.targeted == 0:
                                for k in range(team.actions):
                                    service[t, agenda[t, k]].planned = True
                            now.plan_made = True
                            for i in range(ITEMS):
                                item = service[t, i]
                                now.plan_room += (
                                    items.room(item.kept, item.written, item.lift) if item.planned else 0.0
                                )
                        elif kind == MEETING:
                            there = 0.0
                            for s in range(team.posts):
                                seat = seats[t, s]
                                if (
                                    seat.in_post
                                    and seat.in_group
                                    and seat.present
                                    and seat.attends < attending
                                ):
                                    there += 1.0
                            replanning = work.hours_each(p, p.replanning_hours * row[t, FLEXIBILITY], there)
                            for s in range(team.posts):
                                seat = seats[t, s]
                                if (
                                    seat.in_post
                                    and seat.in_group
                                    and seat.present
                                    and seat.attends < attending
                                ):
                                    seat.told += attitudes.meeting_told(p)
                                    seat.heartened += attitudes.meeting_heart(p)
                                    seat.event_hours += p.meeting_hours + replanning
                            now.manager_events += p.meeting_hours
                            actions = 0.0
                            for i in range(ITEMS):
                                item = service[t, i]
                                actions += 1.0 if item.planned else 0.0
                            fit = work.capacity_fit(p, now.last_hours, actions)
                            now.plan_scale = work.plan_scale_next(p, now.plan_scale, fit, row[t, FLEXIBILITY])
                        elif kind == LEARNING:
                            peers = attitudes.peers_total(p, normal_quantile(now.peers_luck))
                            own_total = 0
                            for i in range(ITEMS):
                                item = service[t, i]
                                own_total += item.known
                            places = int(p.learning_places)
                            for s in range(team.posts):
                                seat = seats[t, s]
                                if places > 0 and seat.in_post and seat.present and seat.attends < attending:
                                    places -= 1
                                    seat.told += attitudes.learning_told(p)
                                    seat.heartened += attitudes.learning_heart(
                                        p, float(own_total), peers, row[t, INVOLVEMENT]
                                    )
                                    seat.event_hours += p.learning_hours
                        elif kind == TOP_UP:
                            for s in range(team.posts):
                                seat = seats[t, s]
                                if seat.in_post and seat.present and seat.attends < attending:
                                    seat.told += attitudes.top_up_told(p)
                                    seat.event_hours += p.top_up_hours
                        elif kind == REVIEWED:
                            there = 0.0
                            for s in range(team.posts):
                                seat = seats[t, s]
                                there += 1.0 if seat.in_post and seat.present else 0.0
                            each = work.hours_each(p, p.review_staff_hours * team.effort, there)
                            for s in range(team.posts):
                                seat = seats[t, s]
                                if seat.in_post and seat.present:
                                    seat.event_hours += each
                            now.manager_events += p.review_manager_hours * team.effort
                            now.review_held = True
                for s in range(team.posts):
                    seat = seats[t, s]
                    if seat.in_post:
                        now.staff_events += seat.event_hours
                book(books[t], B_EVENTS, now.staff_events)
                now.manager_events = min(now.manager_events, p.working_hours) if now.managed else 0.0
                book(books[t], B_MANAGER_EVENTS, now.manager_events)

            # phase: visits
            for server in range(count):
                for t in range(count):
                    now = states[t]
                    if now.server != server:
                        continue
                    team, trust = teams[t], states[now.home]
                    dose = row[t, FACILITATOR_HOURS] if now.clock == RUNNING else 0.0
                    contact = coaching = 0.0
                    if dose > 0.0:
                        dose *= facilitation.dose_share(p, dose, states[server].served, team.shared != 0)
                        mine = facilitation.hours_kept(p, now.placement, dose, row[t, RESEARCH_SUPPORT])
                        desk = mine * p.desk_share
                        now.saved += mine - desk
                        book(books[t], B_MAIN_JOB, dose - mine)
                        doing = desk * facilitation.own_work_share(p, row[t, DOING])
                        now.facilitator_work += doing
                        book(books[t], B_FACILITATOR_WORK, doing)
                        book(books[t], B_DESK, desk - doing)
                        now.to_visit -= 1.0
                        if now.to_visit <= 0.0:
                            lost = facilitation.visit_lost_chance(p, now.pressure, now.trust)
                            if team.recorded == 0 and now.visit_luck < lost:
                                marks[t, 4] += 1
                            else:
                                travel = min(now.saved, facilitation.travel_hours(p, now.placement))
                                contact = facilitation.contact_hours(p, now.saved, travel)
                                book(books[t], B_TRAVEL, travel)
                                book(books[t], B_UNUSED, max(0.0, now.saved - travel - contact))
                                now.saved = 0.0
                                now.to_visit = max(now.to_visit + row[t, VISIT_INTERVAL], 0.0)
                                marks[t, 3] += 1
                    able = facilitation.facilitation_skill(p, now.placement)
                    worth = facilitation.contact_effect(p, now.trust, now.knowledge, able)
                    if contact > 0.0:
                        doing = contact * facilitation.own_work_share(p, row[t, DOING])
                        rest = contact - doing
                        escalating = min(rest, contact * row[t, ESCALATING])
                        inducting = min(rest - escalating, contact * row[t, INDUCTING])
                        coaching = rest - escalating - inducting
                        now.facilitator_work += doing
                        trust.escalation += escalating * facilitation.credibility(p, now.placement)
                        book(books[t], B_FACILITATOR_WORK, doing)
                        book(books[t], B_WITH_LEADERS, escalating)
                        book(books[t], B_INDUCTING, inducting)
                        book(books[t], B_COACHING, coaching)
                        now.coached = facilitation.coached_hours(p, worth * coaching, float(now.people))
                        for s in range(team.posts):
                            seat = seats[t, s]
                            if seat.in_post:
                                if seat.present:
                                    seat.told += attitudes.coaching_told(p, now.coached)
                                    seat.heartened += attitudes.coaching_heart(p, now.coached)
                                if seat.tenure <= p.newcomer_weeks:
                                    seat.told += attitudes.coaching_told(p, worth * inducting)
                    now.contact_worth = worth * contact
                    now.coming_trust = facilitation.trust_next(p, now.trust, contact)
                    now.coming_knowledge = facilitation.knowledge_next(p, now.knowledge, contact)
                    now.coming_guidance = facilitation.guidance_next(p, now.guidance, worth * coaching)

            # phase: push
            for t in range(count):
                now = states[t]
                team = teams[t]
                if not now.managed:
                    now.priority = leadership.priority_without_manager(p)
                    continue
                felt = leadership.felt_support(p, states[now.home].support, row[t, LEADERS_BOOST])
                now.priority = leadership.priority(p, now.stance, now.engagement, now.briefed, felt)
                free = leadership.manager_hours(p, now.priority, now.pressure) - now.manager_events
                given = max(0.0, free)
                push = leadership.push(p, now.priority, given * (1.0 - now.own_work), now.guidance)
                effort = 0.0
                if now.clock == RUNNING or marks[t, 1] >= 0:
                    effort = work.carried_on(p, now.clock == RUNNING) * attitudes.attention(
                        p, float(now.programme_week)
                    )
                given *= leadership.manager_effort(p, effort)
                now.manager_work = given * now.own_work
                if now.clock == RUNNING:
                    book(books[t], B_MANAGER_WORK, now.manager_work)
                    book(books[t], B_LEADING, given - now.manager_work)
                else:
                    book(books[t], B_MANAGER_AGENDA, given)
                now.stance = leadership.stance_next(p, now.stance, now.progress, now.defence)
                now.briefed = leadership.briefed_next(p, now.briefed, now.contact_worth)
                if now.clock == RUNNING:
                    now.pushed = push
                    telling = attitudes.push_told(p, given - now.manager_work)
                    including = attitudes.led_involvement(p, now.style, given - now.manager_work)
                    for s in range(team.posts):
                        seat = seats[t, s]
                        if seat.in_post and seat.present:
                            seat.told += telling
                            seat.involved += including
                            seat.heartened += max(0.0, push)
                            seat.disheartened += max(0.0, -push)

            # phase: choices
            for t in range(count):
                now = states[t]
                felt = leadership.felt_support(p, states[now.home].support, row[t, LEADERS_BOOST])
                free = workforce.free_hours(p, now.pressure, row[t, PROTECTED])
                effort = 0.0
                if now.clock == RUNNING or marks[t, 1] >= 0:
                    effort = work.carried_on(p, now.clock == RUNNING) * attitudes.attention(
                        p, float(now.programme_week)
                    )
                for s in range(teams[t].posts):
                    seat = seats[t, s]
                    if seat.in_post and seat.present:
                        available = max(0.0, free - seat.event_hours)
                        willing = attitudes.willingness(
                            p, seat.awareness, seat.buy_in, seat.ownership, now.priority, felt, seat.strain
                        )
                        seat.worked = available * willing * work.group_weight(p, seat.in_group) * effort
                        seat.background = work.background_hours(p, available, seat.worked)

            # phase: work
            for t in range(count):
                now = states[t]
                team, trust = teams[t], states[now.home]
                own = 0.0
                for s in range(team.posts):
                    seat = seats[t, s]
                    if seat.in_post:
                        now.programme_hours += seat.worked
                        own += seat.background
                book(books[t], B_ACTIONS, now.programme_hours)
                book(books[t], B_AGENDA, own)
                now.improvement = now.programme_hours + own + now.staff_events
                now.programme_hours += now.facilitator_work
                if now.clock == RUNNING:
                    now.programme_hours += now.manager_work
                else:
                    own += now.manager_work
                actions = 0
                if now.plan_made:
                    for k in range(ITEMS):
                        i = agenda[t, k]
                        item = service[t, i]
                        if item.planned and worth_working_on(p, item):
                            active[actions] = i
                            actions += 1
                    limit = int(row[t, AT_ONCE]) if now.clock == RUNNING else ITEMS
                    actions = min(actions, work.active_actions(actions, limit, now.plan_scale))
                focus = work.on_plan(p, actions > 0)
                value = work.planned_value(
                    p, now.guidance, float(actions), row[t, ONLINE], row[t, INVOLVEMENT]
                )
                each = ratio(now.programme_hours * focus * value, float(actions))
                contact = 0.0
                rest = (now.programme_hours * (1.0 - focus) * value + own) * work.unplanned_value(p)
                for k in range(actions + 1):
                    if k < actions:
                        i, put = active[k], each
                    else:
                        i, put = -1, rest
                        for place in range(ITEMS):
                            found = agenda[t, place]
                            if worth_working_on(p, service[t, found]):
                                i = found
                                break
                        if i < 0:
                            break
                    item = service[t, i]
                    lever = work.leverage(p, control[i], INTERFACE[i], trust.support, now.collaboration)
                    step = min(1.0, items.room(item.kept, item.written, item.lift))
                    level = LOWEST_SCORE + item.kept + item.written + item.lift
                    needed = work.hours_for_step(p, level, step)
                    item.done += put * lever
                    if item.done >= needed:
                        item.done -= needed
                        item.written += step
                        if step > 0.0:
                            area = AREA_OF[i]
                            before, new = to_practise[t, area], step * (1.0 - structure[i])
                            to_practise[t, area] = before + new
                            for s in range(team.posts):
                                seat = seats[t, s]
                                if seat.in_post:
                                    practice[t, s, area] = items.practice_after_writing(
                                        practice[t, s, area], before, new
                                    )
                            now.finished += step
                            now.points_finished += step
                            if marks[t, 2] < 0:
                                marks[t, 2] = week
                    contact += put if INTERFACE[i] else 0.0
                    if k < actions:
                        item.attended = now.clock == RUNNING
                        area_share[t, AREA_OF[i]] += 1.0 / actions
                    else:
                        now.agenda_area = AREA_OF[i]
                now.collaboration = work.collaboration_next(
                    p, now.collaboration, now.usual_collaboration, contact
                )

            # phase: spread
            for t in range(count):
                now = states[t]
                team, staff = teams[t], float(now.people)
                for area in range(AREAS):
                    if to_practise[t, area] <= 0.0:
                        continue
                    practised = after = 0.0
                    for s in range(team.posts):
                        seat = seats[t, s]
                        if seat.in_post:
                            practised += practice[t, s, area]
                    practised = ratio(practised, staff)
                    for s in range(team.posts):
                        seat = seats[t, s]
                        if seat.in_post:
                            beside = seat.background if area == now.agenda_area else 0.0
                            used = seat.worked * area_share[t, area] + beside
                            reached = now.coached if seat.present else 0.0
                            dose = work.practice_dose(p, seat.buy_in, used, practised, reached, now.pushed)
                            practice[t, s, area] = work.practice_next(p, practice[t, s, area], dose)
                            after += practice[t, s, area]
                    adopted[t, area] = items.adopted(p, ratio(after, staff))
                early = late = early_weight = late_weight = both = both_weight = aware = 0.0
                for s in range(team.posts):
                    seat = seats[t, s]
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
                talk = attitudes.talk_dose(p, ratio(aware, staff))
                bypassed = attitudes.bypassing(p, now.facilitator_work)
                for s in range(team.posts):
                    seat = seats[t, s]
                    if seat.in_post:
                        seat.purpose = attitudes.purpose(seat.awareness, seat.buy_in)
                        seat.awareness = attitudes.awareness_next(p, seat.awareness, seat.told + talk)
                        norm = early_norm if seat.shift == 0 else late_norm
                        seat.buy_in = attitudes.buy_in_next(
                            p, seat.buy_in, seat.disposition, norm, seat.heartened, seat.disheartened
                        )
                        dose = seat.involved + attitudes.work_involvement(p, seat.worked)
                        seat.ownership = attitudes.ownership_next(p, seat.ownership, dose, bypassed)

            # phase: strain
            for t in range(count):
                now = states[t]
                felt = leadership.felt_support(p, states[now.home].support, row[t, LEADERS_BOOST])
                for s in range(teams[t].posts):
                    seat = seats[t, s]
                    if seat.in_post:
                        spent = seat.worked + seat.event_hours
                        aim = workforce.strain_aim(p, now.pressure, seat.purpose, felt, now.progress, spent)
                        seat.strain = workforce.strain_next(p, seat.strain, aim)
                now.progress = workforce.progress_next(p, now.progress, now.finished)

            # phase: drift
            for t in range(count):
                now = states[t]
                shared = 0.0
                for s in range(teams[t].posts):
                    seat = seats[t, s]
                    if seat.in_post:
                        shared += seat.purpose
                shared = ratio(shared, float(now.people))
                gone = ratio(float(now.left), float(teams[t].posts))
                for i in range(ITEMS):
                    item = service[t, i]
                    item.kept = items.kept_next(p, item.kept, structure[i], loss[i], item.attended, gone)
                    if item.written > 0.0:
                        item.written = items.written_next(item.written, structure_loss, item.attended)
                    if shared > 0.0 or item.lift > 0.0:
                        room = items.room(item.kept, item.written, item.lift)
                        item.lift = items.lift_next(p, item.lift, room, practice_loss, shared)
                now.latent = take_stock(service[t], structure, adopted[t], to_practise[t])

            # phase: review
            for t in range(count):
                now = states[t]
                number = teams[t].number
                if measured[week] or (now.review_held and week > 1):
                    occasion = items.occasion_error(p, block(luck, REVIEW, network, number, week, ITEMS)[0])
                    common = (now.stable + occasion) / ITEMS
                    for i in range(ITEMS):
                        item = service[t, i]
                        error = items.item_error(p, block(luck, REVIEW, network, number, week, i)[0])
                        item.score = items.reviewed_score(item.level, common + error)
                now.report_due = now.report_due or now.review_held

        # phase: bookkeeping
        for t in range(count):
            now = states[t]
            now.support = now.coming_support
        for t in range(count):
            now = states[t]
            team = teams[t]
            now.trust, now.knowledge, now.guidance = (
                now.coming_trust,
                now.coming_knowledge,
                now.coming_guidance,
            )
            for k in range(BOOKS):
                hours[t, k] += books[t, k]
            if measured[week] and week > 0:
                total = 0
                for i in range(ITEMS):
                    item = service[t, i]
                    total += item.score
                totals[t, week] = total
            record = series[t, week]
            reviewable = 0
            for area in range(AREAS):
                record[2 + area] = 0.0
            for i in range(ITEMS):
                item = service[t, i]
                record[2 + AREA_OF[i]] += item.level
                reviewable += int(item.level + 0.5)
            record[0], record[1] = now.latent, float(reviewable)
            aware = liking = owned = load = 0.0
            for s in range(team.posts):
                seat = seats[t, s]
                if seat.in_post:
                    aware += seat.awareness
                    liking += seat.buy_in
                    owned += seat.ownership
                    load += seat.strain
            staff = max(1, now.people)
            record[6], record[7], record[8], record[9] = (
                aware / staff,
                liking / staff,
                owned / staff,
                load / staff,
            )
            points = practised = closed = 0.0
            for i in range(ITEMS):
                item = service[t, i]
                fresh = item.written * (1.0 - structure[i])
                points += fresh
                practised += fresh * adopted[t, AREA_OF[i]]
                if item.planned and item.written > 0.0:
                    share = structure[i]
                    closed += item.written * (share + (1.0 - share) * adopted[t, AREA_OF[i]])
            record[10] = practised / points if points > 0.0 else 0.0
            record[11] = now.pressure
            record[12] = (team.posts - now.people) / team.posts
            record[13], record[14], record[15] = now.guidance, now.trust, states[now.home].support
            record[16] = now.priority
            record[17] = 0.0 + books[t, B_ACTIONS] + books[t, B_EVENTS]
            record[18] = 0.0 + books[t, B_MANAGER_WORK] + books[t, B_LEADING] + books[t, B_MANAGER_EVENTS]
            record[19] = (
                0.0 + books[t, B_COACHING] + books[t, B_FACILITATOR_WORK] + books[t, B_DESK]
                + books[t, B_WITH_LEADERS] + books[t, B_INDUCTING] + books[t, B_TRAVEL]
            )  # fmt: skip
            record[20] = float(now.replaced)
            record[21] = now.points_finished
            record[22] = min(1.0, closed / now.plan_room) if now.plan_room > 0.0 else 0.0
