"""A team's 39 items: what they stand at, what they call for, how they drift, what a review sees."""

from model.compiling import rule, seldom, wiring
from model.engine.layout import FIRST_OF
from model.fidelity import AREAS, ITEMS
from model.philox import REVIEW, block
from model.rules import items as item_rules
from model.rules.arithmetic import ratio


@rule
def room(items, i):
    """Return the points an item has left to its top."""
    return item_rules.room(items.kept[i], items.written[i], items.lift[i])


@rule
def is_open(p, items, i):
    """Say whether an item has room enough to be worth an action."""
    return item_rules.worth_an_action(p, room(items, i))


@wiring
def take_stock(now):
    """Work out levels, their total, and the points of each area that only count when practised."""
    items = now.items
    total = 0.0
    for area in range(AREAS):
        adopted, points = now.adopted[area], 0.0
        for i in range(FIRST_OF[area], FIRST_OF[area + 1]):
            level = item_rules.level(
                items.kept[i], items.written[i], items.structure[i], adopted, items.lift[i]
            )
            items.level[i] = level
        for i in range(FIRST_OF[area], FIRST_OF[area + 1]):
            total += items.level[i]
            points += items.written[i] * (1.0 - items.structure[i])
        now.to_be_practised[area] = points
    now.latent = total


@wiring
def drift(p, team, now):
    """Let unattended items drift, leavers take unwritten practice, shared purpose lift the rest."""
    items = now.items
    loss_of_structure, loss_of_practice = item_rules.weekly_loss(p, 1.0), item_rules.weekly_loss(p, 0.0)
    purpose = 0.0
    seats = now.seats
    for s in range(team.posts):
        if seats.in_post[s]:
            purpose += seats.purpose[s]
    purpose = ratio(purpose, float(now.people))
    left = ratio(float(now.left), float(team.posts))
    for i in range(ITEMS):
        attended = items.attended[i]
        items.kept[i] = item_rules.kept_next(
            p, items.kept[i], items.structure[i], items.loss[i], attended, left
        )
        items.written[i] = item_rules.written_next(items.written[i], loss_of_structure, attended)
        items.lift[i] = item_rules.lift_next(p, items.lift[i], room(items, i), loss_of_practice, purpose)
    take_stock(now)


@seldom
def review(p, luck, network, week, team, now, measured):
    """Score the items if a review of the programme is held this week, or a measurement is due."""
    items = now.items
    if measured or (now.review_held and week > 1):  # the first review is the recorded baseline
        occasion = item_rules.occasion_error(p, block(luck, REVIEW, network, team.number, week, ITEMS)[0])
        common = (now.stable_error + occasion) / ITEMS
        for i in range(ITEMS):
            error = item_rules.item_error(p, block(luck, REVIEW, network, team.number, week, i)[0])
            items.score[i] = item_rules.reviewed_score(items.level[i], common + error)
    if now.review_held:
        now.report_due = 1
