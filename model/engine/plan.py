"""The team's agenda and its plan: which items call for work."""

from model.compiling import rule, wiring
from model.engine.layout import INTERFACE
from model.engine.service import is_open, room
from model.fidelity import HIGHEST_SCORE, ITEMS
from model.rules import work


@rule
def leverage(p, now, item, support, i):
    """Return the part of an hour that moves an item."""
    return work.leverage(p, item.control, INTERFACE[i], support, now.collaboration)


@wiring
def rank(p, imposed, support, now):
    """Order the agenda by how much each item calls for a place: open ones first, ties by number."""
    for i in range(ITEMS):
        item = now.items[i]
        reach = leverage(p, now, item, support, i)
        item.appeal = work.appeal(p, HIGHEST_SCORE - item.known, reach, item.taste, imposed)
        item.opened = is_open(p, item)
    for i in range(ITEMS):
        place = i
        while place > 0 and not comes_later(now.items[i], now.items[now.agenda[place - 1]]):
            now.agenda[place] = now.agenda[place - 1]
            place -= 1
        now.agenda[place] = i


@rule
def comes_later(item, other):
    """Say whether an item has its place behind another one that has the smaller number."""
    if other.opened == item.opened:
        return other.appeal >= item.appeal
    return other.opened


@wiring
def make_plan(p, team, now, support):
    """Choose the items to work on: the team's known targets, else the first of the ranking."""
    rank(p, team.imposed, support, now)
    for i in range(ITEMS):
        item = now.items[i]
        item.planned = team.targets[i]
    if team.targeted == 0:
        for k in range(team.actions):
            now.items[now.agenda[k]].planned = True
    now.plan_made = 1
    for i in range(ITEMS):
        item = now.items[i]
        now.plan_room += room(item) if item.planned else 0.0


@wiring
def revise_plan(p, now):
    """Put the next items of the agenda in the place of those that are done (M24)."""
    done = 0
    for i in range(ITEMS):
        item = now.items[i]
        if item.planned and not is_open(p, item):
            done += 1
    for k in range(ITEMS):
        i = now.agenda[k]
        item = now.items[i]
        if done > 0 and not item.planned and is_open(p, item):
            item.planned = True
            done -= 1
