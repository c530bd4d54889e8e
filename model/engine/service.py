"""A team's 39 items: what they stand at, what they call for, how they drift, what a review sees."""

from model.compiling import rule, wiring
from model.engine.layout import FIRST_OF
from model.fidelity import AREAS, ITEMS
from model.philox import REVIEW, block
from model.rules import items
from model.rules.arithmetic import ratio


@rule
def room(item):
    """Return the points an item has left to its top."""
    return items.room(item.kept, item.written, item.lift)


@rule
def is_open(p, item):
    """Say whether an item has room enough to be worth an action."""
    return items.worth_an_action(p, room(item))


@wiring
def take_stock(now):
    """Work out levels, their total, and the points of each area that only count when practised."""
    total = 0.0
    for area in range(AREAS):
        adopted, points = now.adopted[area], 0.0
        for i in range(FIRST_OF[area], FIRST_OF[area + 1]):
            item = now.items[i]
            item.level = items.level(item.kept, item.written, item.structure, adopted, item.lift)
            total += item.level
            points += item.written * (1.0 - item.structure)
        now.to_be_practised[area] = points
    now.latent = total


@wiring
def drift(p, team, now):
    """Let unattended items drift, leavers take unwritten practice, shared purpose lift the rest."""
    loss_of_structure, loss_of_practice = items.weekly_loss(p, 1.0), items.weekly_loss(p, 0.0)
    purpose = 0.0
    for s in range(team.posts):
        seat = now.seats[s]
        if seat.in_post:
            purpose += seat.purpose
    purpose = ratio(purpose, float(now.people))
    left = ratio(float(now.left), float(team.posts))
    for i in range(ITEMS):
        item = now.items[i]
        attended = item.attended
        item.kept = items.kept_next(p, item.kept, item.structure, item.loss, attended, left)
        if item.written > 0.0:
            item.written = items.written_next(item.written, loss_of_structure, attended)
        if purpose > 0.0 or item.lift > 0.0:
            item.lift = items.lift_next(p, item.lift, room(item), loss_of_practice, purpose)
    take_stock(now)


@wiring
def review(p, luck, network, week, team, now, measured):
    """Score the items if a review of the programme is held this week, or a measurement is due."""
    if measured or (now.review_held and week > 1):  # the first review is the recorded baseline
        occasion = items.occasion_error(p, block(luck, REVIEW, network, team.number, week, ITEMS)[0])
        common = (now.stable_error + occasion) / ITEMS
        for i in range(ITEMS):
            item = now.items[i]
            error = items.item_error(p, block(luck, REVIEW, network, team.number, week, i)[0])
            item.score = items.reviewed_score(item.level, common + error)
    if now.review_held:
        now.report_due = 1
