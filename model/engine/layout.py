"""What the engine reads and writes: the records of a team as its programme finds it, and of its state.

A team's whole state is one record with arrays of fixed size for its seats, items and areas, so that each phase of the
week takes little more than the parameters and a state.
"""

from enum import IntEnum
from typing import Any

import numpy as np

from model.fidelity import AREAS, ITEMS
from model.fidelity import items as scale
from model.parameters import Parameters
from model.programme.plan import Column
from model.record import HOURS, NAMES
from model.sites import MOST_POSTS

ABREAST = 8  #: how many people or items the processor may do at a time
SPACE, ROOM = (-(-count // ABREAST) * ABREAST for count in (MOST_POSTS, ITEMS))  #: in full eights
COLUMNS, SERIES, BOOKS = len(Column), len(NAMES), len(HOURS)
NOT_STARTED, RUNNING, ENDED = 0, 1, 2  #: of the programme's clock
LEFT_OPEN = -1  #: a placement the engine draws from the tape
AREA_OF = np.array([item.area for item in scale()])
FIRST_OF = np.searchsorted(AREA_OF, np.arange(AREAS + 1))  #: first item of each area, and the end
assert np.all(np.diff(AREA_OF) >= 0), "the items stand in the order of their subscales"
DECIDED_BY = np.array([item.decided_by for item in scale()])
INTERFACE = np.array([item.interface for item in scale()])


class Book(IntEnum):
    """Where hours are booked; the places of ``model.record.HOURS``."""

    ACTIONS = HOURS.index(("staff", "actions"))
    EVENTS = HOURS.index(("staff", "events and reviews"))
    AGENDA = HOURS.index(("staff", "own agenda"))
    MANAGER_WORK = HOURS.index(("manager", "own work"))
    LEADING = HOURS.index(("manager", "leading"))
    MANAGER_EVENTS = HOURS.index(("manager", "events and reviews"))
    MANAGER_AGENDA = HOURS.index(("manager", "own agenda"))
    COACHING = HOURS.index(("facilitator", "coaching"))
    FACILITATOR_WORK = HOURS.index(("facilitator", "own work"))
    DESK = HOURS.index(("facilitator", "desk"))
    WITH_LEADERS = HOURS.index(("facilitator", "with leaders"))
    INDUCTING = HOURS.index(("facilitator", "inducting"))
    TRAVEL = HOURS.index(("facilitator", "travel"))
    MAIN_JOB = HOURS.index(("facilitator", "main job"))
    UNUSED = HOURS.index(("facilitator", "unused"))


def _fields(kind: type, names: str, *shape: int) -> list[Any]:
    return [(name, kind, shape) if shape else (name, kind) for name in names.split()]


PARAMETERS = np.dtype([(name, np.float64) for name in Parameters._fields])

#: What is read of a team: its site and the terms of its programme. Unknown shares are NaN.
TEAM = np.dtype(
    _fields(
        np.int64,
        "number posts seniors baseline trust facilitator manager_arrives targeted placement shared_dose actions "
        "visits_recorded readiness_wait weeks events",
    )
    + _fields(np.int64, "targets", ITEMS)
    + _fields(
        np.float64,
        "busyness vacancy turnover manager_stance manager_engagement manager_participative manager_doing staff_buy_in "
        "trust_support collaboration imposed breadth reviewers_knowledge review_effort readiness_threshold "
        "readiness_support",
    )
)

#: The posts and who holds them: an array for each property, so that the processor can do several people at once.
SEATS = np.dtype(
    _fields(np.int8, "in_post in_group had_last present shift", SPACE)
    + _fields(np.int64, "hire weeks_empty tenure", SPACE)
    + _fields(
        np.float64,
        "away leaves turn attends disposition influence buy_in awareness ownership strain skill event_hours hours "
        "background told heartened disheartened involved purpose",
        SPACE,
    )
    + _fields(np.float64, "practice", AREAS, SPACE),
    align=True,
)

#: The items, likewise: what each stands at.
SCALE = np.dtype(
    _fields(np.int8, "planned attended opened", ROOM)
    + _fields(np.int64, "score known", ROOM)
    + _fields(
        np.float64, "structure control loss taste offset error appeal kept written lift done level", ROOM
    ),
    align=True,
)

#: What lasts of a team, and what holds for its week. A trust's states stand with the team that brings it first (its
#: ``home``), a facilitator's number of teams with the team served first (its ``server``).
STATE = np.dtype(
    # places in the network; the programme's clock
    _fields(np.int64, "home server served placement clock programme_week start_week end_week first_finished")
    + _fields(np.int64, "plan_made report_due review_held visits visits_lost")
    # the trust
    + _fields(np.float64, "support coming_support usual_support escalation success preparation")
    # pressure and work
    + _fields(np.float64, "wave pressure improvement_hours progress finished points_finished")
    + _fields(np.float64, "collaboration usual_collaboration plan_room plan_scale programme_hours last_hours")
    # the bond with the facilitator
    + _fields(
        np.float64, "trust knowledge guidance coming_trust coming_knowledge coming_guidance saved to_visit"
    )
    + _fields(np.float64, "facilitator_work effective_contact coached")
    # the manager
    + _fields(np.int64, "managed manager_came manager_hire unmanaged")
    + _fields(
        np.float64, "stance engagement participative own_work briefed priority manager_work pushed defence"
    )
    + _fields(np.float64, "manager_events staff_events")
    # posts and people
    + _fields(np.int64, "people left replaced agenda_area")
    + [("seats", SEATS)]
    # the service
    + _fields(np.float64, "stable_error latent start_latent")
    + _fields(np.float64, "adopted to_be_practised area_share", AREAS)
    + _fields(np.int64, "agenda active", ITEMS)
    + [("items", SCALE)]
    # luck and hours of the week, the programme's row
    + _fields(np.float64, "demand_luck visit_luck manager_luck peers_luck")
    + _fields(np.float64, "row", COLUMNS)
    + _fields(np.float64, "books", BOOKS)
)
