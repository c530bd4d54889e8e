"""Demand and those who meet it: who is at work, who leaves, who comes."""

from model.compiling import rule, seldom, wiring
from model.engine.layout import ENDED, NOT_STARTED, RUNNING
from model.fidelity import AREAS, ITEMS
from model.philox import EVENT_WEEK, HIRE, MANAGER_HIRE, SEAT_WEEK, TEAM_WEEK, block
from model.programme.plan import LOST, NOT_YET, Column
from model.rules import attitudes, leadership, workforce
from model.rules.arithmetic import ratio


@wiring
def demand(p, luck, network, week, team, now, support, rows, held, t):
    """Clear the week, move the programme's clock on, bring people to work, weigh demand against them."""
    clear(now)
    now.demand_luck, now.visit_luck, now.manager_luck, now.peers_luck = block(
        luck, TEAM_WEEK, network, team.number, 0, week
    )
    move_on(p, luck, network, week, team, now, support, held, t)
    for k in range(len(now.row)):
        now.row[k] = rows[t, now.programme_week, k] if now.clock == RUNNING else 0.0
    capacity = start_week(p, luck, network, week, team, now)
    now.wave = workforce.demand_wave_next(p, now.wave, now.demand_luck)
    needed = workforce.demand(p, team.busyness, now.wave, now.latent - now.start_latent)
    posts = float(team.posts)
    backfill = 0.0
    if now.clock == RUNNING:
        granted = leadership.granted_hours(p, support, now.row[Column.LEADERS_BOOST])
        backfill = now.row[Column.BACKFILL] + granted
    now.pressure = workforce.pressure(p, needed, posts, capacity, now.improvement_hours, backfill * posts)


@wiring
def clear(now):
    """Clear what holds for one week only."""
    items = now.items
    now.last_hours = now.programme_hours
    now.programme_hours = now.finished = 0.0
    now.facilitator_work = now.effective_contact = now.coached = 0.0
    now.priority = now.manager_work = now.pushed = now.defence = 0.0
    now.manager_events = now.staff_events = 0.0
    now.review_held = 0
    now.agenda_area = -1
    for area in range(AREAS):
        now.area_share[area] = 0.0
    for i in range(ITEMS):
        items.attended[i] = 0
    for k in range(len(now.books)):
        now.books[k] = 0.0


@wiring
def move_on(p, luck, network, week, team, now, support, held, t):
    """Move the programme's clock on: it may start, or come to its end with what was not held given up."""
    if now.clock == NOT_STARTED:
        may_start = team.readiness_wait == 0 or week > team.readiness_wait
        if not may_start and attitudes.is_assessed(p, week):
            error_luck = block(luck, EVENT_WEEK, network, team.number, 0, week)[0]
            may_start = readiness(p, team, now, support, error_luck) >= team.readiness_threshold
        if may_start:
            now.clock = RUNNING
            now.start_week = week
    if now.clock == RUNNING:
        now.programme_week += 1
        if now.programme_week >= team.weeks:
            now.clock = ENDED
            now.end_week = week - 1
            for e in range(team.events):
                if held[t, e] == NOT_YET:
                    held[t, e] = LOST


@wiring
def readiness(p, team, now, support, error_luck):
    """Assess the team's readiness for change, with error."""
    seats = now.seats
    buy_in = strain = 0.0
    for s in range(team.posts):
        if seats.in_post[s]:
            buy_in += seats.buy_in[s]
            strain += seats.strain[s]
    staff = float(now.people)
    commitment = attitudes.commitment(ratio(buy_in, staff), support)
    free = workforce.free_hours(p, now.pressure, 0.0)
    efficacy = attitudes.efficacy(p, free, ratio(strain, staff))
    return attitudes.readiness(p, commitment, efficacy, error_luck)


@rule
def unburdened(seats, s):
    """Clear what a week brings a person."""
    seats.event_hours[s] = seats.hours[s] = seats.background[s] = 0.0
    seats.told[s] = seats.heartened[s] = seats.disheartened[s] = seats.involved[s] = 0.0


@wiring
def draw_luck(luck, network, week, team, now):
    """Draw the week's luck of each seat; apart from its use, so that the processor can draw several at once."""
    seats = now.seats
    for s in range(team.posts):
        seats.away[s], seats.leaves[s], seats.turn[s], seats.attends[s] = block(
            luck, SEAT_WEEK, network, team.number, s, week
        )


@wiring
def start_week(p, luck, network, week, team, now):
    """Bring people to work; return the care those present can give, in full persons."""
    seats = now.seats
    capacity = 0.0
    most_absent = workforce.absence_chance(p, 1.0)  # above it there is no need to ask further
    draw_luck(luck, network, week, team, now)
    for s in range(team.posts):
        if not seats.in_post[s]:
            continue
        seats.present[s] = seats.away[s] >= most_absent or seats.away[s] >= workforce.absence_chance(
            p, seats.strain[s]
        )
        seats.shift[s] = workforce.shift(seats.turn[s])
        seats.tenure[s] += 1
        if seats.skill[s] < 1.0:
            seats.skill[s] = workforce.skill_next(p, seats.skill[s])
        unburdened(seats, s)
        if seats.present[s]:
            capacity += workforce.care_capacity(p, seats.skill[s])
    return capacity


@wiring
def turnover(p, luck, network, team, now):
    """Let people leave, posts stand empty, newcomers arrive; and the manager's post change hands."""
    seats = now.seats
    now.left = 0
    most_leaving = workforce.leaving_chance(p, 1.0, team.turnover)  # above it there is no need to ask further
    for s in range(team.posts):
        if seats.in_post[s]:
            if seats.leaves[s] < most_leaving and seats.leaves[s] < workforce.leaving_chance(
                p, seats.strain[s], team.turnover
            ):
                lose(p, luck, network, team, now, s)
        else:
            seats.weeks_empty[s] -= 1
            if seats.weeks_empty[s] <= 0:
                hire(p, luck, network, team, now, s)
    change_manager(p, luck, network, team, now)


@seldom
def lose(p, luck, network, team, now, s):
    """See a person off; the post stands empty for some weeks."""
    seats = now.seats
    seats.in_post[s], seats.had_last[s] = False, True
    seats.hire[s] += 1
    length_luck = block(luck, HIRE, network, team.number, s, seats.hire[s])[0]
    seats.weeks_empty[s] = workforce.weeks_vacant(p, length_luck)
    now.left += 1
    now.replaced += 1
    now.people -= 1


@seldom
def hire(p, luck, network, team, now, s):
    """Fill a post with a stranger to the programme, inducted as the programme provides."""
    seats = now.seats
    _, usual_luck, weight_luck, _ = block(luck, HIRE, network, team.number, s, seats.hire[s])
    stranger = workforce.disposition(p, p.newcomer_disposition, usual_luck)
    seats.influence[s] = workforce.influence(p, s < team.seniors, weight_luck)
    seats.strain[s] = workforce.resting_strain(p)
    seats.tenure[s] = seats.shift[s] = 0
    seats.present[s] = False
    seats.attends[s] = 0.5
    unburdened(seats, s)
    if seats.had_last[s]:
        seats.disposition[s] = workforce.passed_on(p, seats.disposition[s], stranger)
        seats.awareness[s] = workforce.passed_on(p, seats.awareness[s], 0.0)
        seats.ownership[s] = workforce.passed_on(p, seats.ownership[s], 0.0)
        for area in range(AREAS):
            seats.practice[area, s] = workforce.passed_on(p, seats.practice[area, s], 0.0)
        seats.buy_in[s] = workforce.passed_on(p, seats.buy_in[s], seats.disposition[s])
        seats.skill[s] = workforce.passed_on(p, seats.skill[s], p.newcomer_skill)
    else:
        seats.disposition[s] = seats.buy_in[s] = stranger
        seats.skill[s] = p.newcomer_skill
    if now.clock == RUNNING:
        seats.told[s] = workforce.induction_dose(p, now.row[Column.ONBOARDING])
    seats.in_post[s] = True
    now.people += 1


@seldom
def change_manager(p, luck, network, team, now):
    """Let the manager leave, the post stand empty, a successor come with a stance of their own."""
    if now.managed:
        if now.manager_luck < leadership.manager_leaving_chance(p, team.turnover):
            now.managed = 0
            now.manager_hire += 1
            length_luck = block(luck, MANAGER_HIRE, network, team.number, 0, now.manager_hire)[0]
            now.unmanaged = leadership.weeks_without_manager(p, length_luck)
        return
    now.unmanaged -= 1
    if now.unmanaged > 0:
        return
    if now.manager_came:
        _, stance_luck, engagement_luck, style_luck = block(
            luck, MANAGER_HIRE, network, team.number, 0, now.manager_hire
        )
        now.stance = leadership.new_managers_stance(p, now.stance, stance_luck)
        now.engagement = leadership.new_managers_stance(p, now.engagement, engagement_luck)
        now.participative = leadership.new_managers_stance(p, now.participative, style_luck)
    else:
        now.stance, now.engagement = team.manager_stance, team.manager_engagement
        now.participative = team.manager_participative
    now.managed = now.manager_came = 1
    now.briefed = 0.0
