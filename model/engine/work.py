"""How people spend their free time, and what their hours move."""

from model.compiling import wiring
from model.engine.layout import AREA_OF, INTERFACE, RUNNING, Book
from model.engine.plan import leverage
from model.engine.service import is_open, room
from model.engine.support import book, carried_on, felt_support
from model.fidelity import ITEMS, LOWEST_SCORE
from model.programme.plan import Column
from model.rules import attitudes, items, workforce
from model.rules import work as rules
from model.rules.arithmetic import ratio


@wiring
def choices(p, team, now, support):
    """Let each person on duty choose how to spend the little free time."""
    felt = felt_support(p, now, support)
    free = workforce.free_hours(p, now.pressure, now.row[Column.PROTECTED])
    effort = carried_on(p, now)
    for s in range(team.posts):
        seat = now.seats[s]
        if seat.in_post and seat.present:
            available = max(0.0, free - seat.event_hours)
            willing = attitudes.willingness(
                p, seat.awareness, seat.buy_in, seat.ownership, now.priority, felt, seat.strain
            )
            seat.hours = available * willing * rules.group_weight(p, seat.in_group) * effort
            seat.background = rules.background_hours(p, available, seat.hours)


@wiring
def work(p, week, team, now, support):
    """Put the week's hours into planned actions and the agenda; finish what is ready."""
    own = gathered(team, now)
    actions = active_items(p, now)
    focus = rules.on_plan(p, actions > 0)
    online, involvement = now.row[Column.ONLINE], now.row[Column.INVOLVEMENT]
    value = rules.planned_value(p, now.guidance, float(actions), online, involvement)
    each = ratio(now.programme_hours * focus * value, float(actions))
    contact = 0.0
    for k in range(actions):
        i = now.active[k]
        item = now.items[i]
        contact += put(p, week, team, now, item, support, i, each)
        item.attended = now.clock == RUNNING
        now.area_share[AREA_OF[i]] += 1.0 / actions
    rest = (now.programme_hours * (1.0 - focus) * value + own) * rules.unplanned_value(p)
    for k in range(ITEMS):
        i = now.agenda[k]
        item = now.items[i]
        if is_open(p, item):
            contact += put(p, week, team, now, item, support, i, rest)
            now.agenda_area = AREA_OF[i]
            break
    now.collaboration = rules.collaboration_next(p, now.collaboration, now.usual_collaboration, contact)


@wiring
def gathered(team, now):
    """Gather the week's hours for the programme and book them; return those for the team's own agenda."""
    staffs = own = 0.0
    for s in range(team.posts):
        seat = now.seats[s]
        if seat.in_post:
            staffs += seat.hours
            own += seat.background
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
    if not now.plan_made:
        return 0
    count = 0
    for k in range(ITEMS):
        i = now.agenda[k]
        item = now.items[i]
        if item.planned and is_open(p, item):
            now.active[count] = i
            count += 1
    limit = int(now.row[Column.AT_ONCE]) if now.clock == RUNNING else ITEMS
    return min(count, rules.active_actions(count, limit, now.plan_scale))


@wiring
def put(p, week, team, now, item, support, i, hours):
    """Put hours of worth into an item; return those that were contact with other services."""
    step = min(1.0, room(item))
    level = LOWEST_SCORE + item.kept + item.written + item.lift
    needed = rules.hours_for_step(p, level, step)
    item.done += hours * leverage(p, now, item, support, i)
    if item.done >= needed:
        item.done -= needed
        item.written += step
        if step > 0.0:
            finish(week, team, now, item, i, step)
    return hours if INTERFACE[i] else 0.0


@wiring
def finish(week, team, now, item, i, step):
    """Count a finished step, and what is new in an area nobody practises yet."""
    area = AREA_OF[i]
    before, new = now.to_be_practised[area], step * (1.0 - item.structure)
    now.to_be_practised[area] = before + new
    for s in range(team.posts):
        seat = now.seats[s]
        if seat.in_post:
            seat.practice[area] = items.practice_after_writing(seat.practice[area], before, new)
    now.finished += step
    now.points_finished += step
    if now.first_finished < 0:
        now.first_finished = week
