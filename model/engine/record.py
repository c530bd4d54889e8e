"""The week's row, as ``model.record`` writes it from the Mesa model."""

from model.compiling import wiring
from model.engine.layout import AREA_OF, FIRST_OF, Book
from model.fidelity import AREAS, ITEMS


@wiring
def write_week(team, now, support, row):
    """Write a team's row of ``model.record.WEEKLY``."""
    items = now.items
    reviewable = 0
    for area in range(AREAS):
        points = 0.0
        for i in range(FIRST_OF[area], FIRST_OF[area + 1]):
            points += items.level[i]
            reviewable += int(items.level[i] + 0.5)
        row[2 + area] = points
    row[0], row[1] = now.latent, float(reviewable)
    row[6], row[7], row[8], row[9] = means(team, now)
    row[10] = adoption(now)
    row[11] = now.pressure
    row[12] = (team.posts - now.people) / team.posts
    row[13], row[14], row[15], row[16] = now.guidance, now.trust, support, now.priority
    row[17], row[18], row[19] = hours_of_staff(now), hours_of_manager(now), hours_of_facilitator(now)
    row[20], row[21] = float(now.replaced), now.points_finished
    row[22] = plan_progress(now)


@wiring
def means(team, now):
    """Return mean awareness, buy-in, ownership and strain of those in post; 0 where nobody is."""
    awareness = buy_in = ownership = strain = 0.0
    seats = now.seats
    for s in range(team.posts):
        if seats.in_post[s]:
            awareness += seats.awareness[s]
            buy_in += seats.buy_in[s]
            ownership += seats.ownership[s]
            strain += seats.strain[s]
    count = max(1, now.people)
    return awareness / count, buy_in / count, ownership / count, strain / count


@wiring
def adoption(now):
    """Return the share of unwritten points of new structure that is practised; 0 where nothing is new."""
    items = now.items
    points = practised = 0.0
    for i in range(ITEMS):
        new = items.written[i] * (1.0 - items.structure[i])
        points += new
        practised += new * now.adopted[AREA_OF[i]]
    return practised / points if points > 0.0 else 0.0


@wiring
def plan_progress(now):
    """Return the share of the planned items' room at planning that is closed; 0 without a plan."""
    items = now.items
    closed = 0.0
    for i in range(ITEMS):
        if items.planned[i] and items.written[i] > 0.0:
            structure = items.structure[i]
            closed += items.written[i] * (structure + (1.0 - structure) * now.adopted[AREA_OF[i]])
    return min(1.0, closed / now.plan_room) if now.plan_room > 0.0 else 0.0


@wiring
def hours_of_staff(now):
    """Return staff's hours for the programme this week."""
    return now.books[Book.ACTIONS] + now.books[Book.EVENTS]


@wiring
def hours_of_manager(now):
    """Return the manager's hours for the programme this week."""
    return now.books[Book.MANAGER_WORK] + now.books[Book.LEADING] + now.books[Book.MANAGER_EVENTS]


@wiring
def hours_of_facilitator(now):
    """Return the facilitator's hours for the team this week."""
    with_team = now.books[Book.COACHING] + now.books[Book.FACILITATOR_WORK] + now.books[Book.DESK]
    return with_team + now.books[Book.WITH_LEADERS] + now.books[Book.INDUCTING] + now.books[Book.TRAVEL]
