"""The team's agenda and its plan: which items call for work."""

from model.compiling import rule, wiring
from model.engine.layout import INTERFACE
from model.engine.service import is_open, room
from model.fidelity import HIGHEST_SCORE, ITEMS
from model.rules import work


@rule
def leverage(p, now, support, i):
    """Return the part of an hour that moves an item."""
    items = now.items
    return work.leverage(p, items.control[i], INTERFACE[i], support, now.collaboration)


@wiring
def rank(p, imposed, support, now):
    """Order the agenda by how much each item calls for a place: open ones first, ties by number."""
    items = now.items
    for i in range(ITEMS):
        reach = leverage(p, now, support, i)
        items.appeal[i] = work.appeal(p, HIGHEST_SCORE - items.known[i], reach, items.taste[i], imposed)
        items.opened[i] = is_open(p, items, i)
    for i in range(ITEMS):
        place = i
        while place > 0 and not comes_later(items, i, now.agenda[place - 1]):
            now.agenda[place] = now.agenda[place - 1]
            place -= 1
        now.agenda[place] = i


@rule
def comes_later(items, i, other):
    """Say whether an item has its place behind another one that has the smaller number."""
    if items.opened[other] == items.opened[i]:
        return items.appeal[other] >= items.appeal[i]
    return items.opened[other]


@wiring
def make_plan(p, team, now, support):
    """Choose the items to work on: the team's known targets, else the first of the ranking."""
    items = now.items
    rank(p, team.imposed, support, now)
    for i in range(ITEMS):
        items.planned[i] = team.targets[i]
    if team.targeted == 0:
        for k in range(team.actions):
            items.planned[now.agenda[k]] = True
    now.plan_made = 1
    for i in range(ITEMS):
        now.plan_room += room(items, i) if items.planned[i] else 0.0


@wiring
def revise_plan(p, now):
    """Put the next items of the agenda in the place of those that are done (M24)."""
    items = now.items
    done = 0
    for i in range(ITEMS):
        if items.planned[i] and not is_open(p, items, i):
            done += 1
    for k in range(ITEMS):
        i = now.agenda[k]
        if done > 0 and not items.planned[i] and is_open(p, items, i):
            items.planned[i] = True
            done -= 1
