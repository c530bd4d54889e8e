"""How people spend their free time, and what their hours move."""

from model.compiling import wiring
from model.engine.abreast import abreast, chosen, on_duty
from model.engine.layout import AREA_OF, INTERFACE, RUNNING, Book
from model.engine.plan import leverage
from model.engine.service import is_open, room
from model.engine.support import book, carried_on, felt_support
from model.fidelity import ITEMS, LOWEST_SCORE
from model.programme.plan import Column
from model.rules import attitudes, workforce
from model.rules import items as item_rules
from model.rules import work as rules
from model.rules.arithmetic import ratio


@wiring
def choices(p, team, now, support):
    """Let each person on duty choose how to spend the little free time."""
    felt = felt_support(p, now, support)
    free = workforce.free_hours(p, now.pressure, now.row[Column.PROTECTED])
    effort = carried_on(p, now)
    within, outside = rules.group_weight(p, True), rules.group_weight(p, False)
    seats, priority = now.seats, now.priority
    for s in range(abreast(team.posts)):
        available = max(0.0, free - seats.event_hours[s])
        willing = attitudes.willingness(
            p, seats.awareness[s], seats.buy_in[s], seats.ownership[s], priority, felt, seats.strain[s]
        )
        weight = chosen(seats.in_group[s], within, outside)
        hours = available * willing * weight * effort
        seats.hours[s] = chosen(on_duty(seats, s), hours, 0.0)
    for s in range(abreast(team.posts)):
        background = rules.background_hours(p, max(0.0, free - seats.event_hours[s]), seats.hours[s])
        seats.background[s] = chosen(on_duty(seats, s), background, 0.0)


@wiring
def work(p, week, team, now, support):
    """Put the week's hours into planned actions and the agenda; finish what is ready."""
    items = now.items
    own = gathered(team, now)
    actions = active_items(p, now)
    focus = rules.on_plan(p, actions > 0)
    online, involvement = now.row[Column.ONLINE], now.row[Column.INVOLVEMENT]
    value = rules.planned_value(p, now.guidance, float(actions), online, involvement)
    each = ratio(now.programme_hours * focus * value, float(actions))
    contact = 0.0
    for k in range(actions):
        i = now.active[k]
        contact += put(p, week, team, now, support, i, each)
        items.attended[i] = now.clock == RUNNING
        now.area_share[AREA_OF[i]] += 1.0 / actions
    rest = (now.programme_hours * (1.0 - focus) * value + own) * rules.unplanned_value(p)
    for k in range(ITEMS):
        i = now.agenda[k]
        if is_open(p, items, i):
            contact += put(p, week, team, now, support, i, rest)
            now.agenda_area = AREA_OF[i]
            break
    now.collaboration = rules.collaboration_next(p, now.collaboration, now.usual_collaboration, contact)


@wiring
def gathered(team, now):
    """Gather the week's hours for the programme and book them; return those for the team's own agenda."""
    staffs = own = 0.0
    seats = now.seats
    for s in range(team.posts):
        if seats.in_post[s]:
            staffs += seats.hours[s]
            own += seats.background[s]
    book(now, Book.ACTIONS, staffs)
    book(now, Book.AGENDA, own)
    now.improvement_hours = staffs + own + now.staff_events
    now.programme_hours = staffs + now.facilitator_work
    if now.clock == RUNNING:
        now.programme_hours += now.manager_work
    else:
        own += now.manager_work
    return own


@wiring
def active_items(p, now):
    """Gather the planned items worked on this week, in the agenda's order; return how many they are."""
    items = now.items
    if not now.plan_made:
        return 0
    count = 0
    for k in range(ITEMS):
        i = now.agenda[k]
        if items.planned[i] and is_open(p, items, i):
            now.active[count] = i
            count += 1
    limit = int(now.row[Column.AT_ONCE]) if now.clock == RUNNING else ITEMS
    return min(count, rules.active_actions(count, limit, now.plan_scale))


@wiring
def put(p, week, team, now, support, i, hours):
    """Put hours of worth into an item; return those that were contact with other services."""
    items = now.items
    step = min(1.0, room(items, i))
    level = LOWEST_SCORE + items.kept[i] + items.written[i] + items.lift[i]
    needed = rules.hours_for_step(p, level, step)
    items.done[i] += hours * leverage(p, now, support, i)
    if items.done[i] >= needed:
        items.done[i] -= needed
        items.written[i] += step
        if step > 0.0:
            finish(week, team, now, i, step)
    return hours if INTERFACE[i] else 0.0


@wiring
def finish(week, team, now, i, step):
    """Count a finished step, and what is new in an area nobody practises yet."""
    items = now.items
    area = AREA_OF[i]
    before, new = now.to_be_practised[area], step * (1.0 - items.structure[i])
    now.to_be_practised[area] = before + new
    seats = now.seats
    for s in range(team.posts):
        if seats.in_post[s]:
            seats.practice[area, s] = item_rules.practice_after_writing(seats.practice[area, s], before, new)
    now.finished += step
    now.points_finished += step
    if now.first_finished < 0:
        now.first_finished = week
