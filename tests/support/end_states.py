"""A Mesa model's end state, written as the compiled engine's records: what both readers must agree on."""

import numpy as np

from model.agents import Staff
from model.crisis_teams import CrisisTeams
from model.engine.layout import STATE
from model.fidelity import ITEMS
from model.record import HOURS
from model.staffing import Post
from model.team import Team

#: What only the engine holds: places in the network, luck that Mesa reads anew, room for sorting and searching.
ENGINES_OWN = {
    *("home", "server", "served", "manager_came", "active"),
    *("demand_luck", "visit_luck", "manager_luck", "peers_luck"),
}
LUCK = ("away", "leaves", "turn")
ITEMS_OWN = {"offset", "error", "appeal", "opened"}
TRUSTS = ("support", "coming_support", "usual_support", "escalation", "success", "preparation")
SAME_NAME = (
    *(
        "plan_made",
        "report_due",
        "review_held",
        "visits",
        "visits_lost",
        "wave",
        "pressure",
        "progress",
        "finished",
    ),
    *(
        "improvement_hours",
        "points_finished",
        "collaboration",
        "usual_collaboration",
        "plan_room",
        "plan_scale",
    ),
    *(
        "programme_hours",
        "facilitator_work",
        "effective_contact",
        "coached",
        "priority",
        "manager_work",
        "pushed",
    ),
    *("defence", "agenda_area", "area_share", "agenda"),
)
OF_A_PERSON = (
    *(
        "present",
        "shift",
        "tenure",
        "attends",
        "disposition",
        "influence",
        "buy_in",
        "awareness",
        "ownership",
    ),
    *(
        "strain",
        "skill",
        "event_hours",
        "hours",
        "background",
        "told",
        "heartened",
        "disheartened",
        "involved",
    ),
    *("purpose", "practice"),
)
OF_A_MANAGER = ("stance", "engagement", "participative", "own_work", "briefed")


def of_mesa(model: CrisisTeams) -> np.ndarray:
    """Return the teams' end states as ``[team]`` records, zero in what Mesa does not hold."""
    states = np.zeros(len(model.teams), STATE)
    seen: set[int] = set()
    for now, team in zip(states, model.teams, strict=True):
        if team.site.trust not in seen:
            for name in TRUSTS:
                now[name] = getattr(team.trust, name)
        seen.add(team.site.trust)
        _team(now, team)
        _staffing(now, team)
        _service(now, team)
    return states


def comparable(states: np.ndarray) -> np.ndarray:
    """Return a copy of the engine's end states without what only the engine holds, or holds of people long gone."""
    found = states.copy()
    for name in ENGINES_OWN:
        found[name] = 0
    for name in ITEMS_OWN:
        found["items"][name] = 0
    for now in found:
        if not now["managed"]:
            for name in OF_A_MANAGER:
                now[name] = 0.0
        seats = now["seats"]
        for name in LUCK:
            seats[name] = 0.0
        for name in OF_A_PERSON:
            seats[name][..., seats["in_post"] == 0] = 0
    return found


def _team(now: np.void, team: Team) -> None:
    for name in SAME_NAME:
        now[name] = getattr(team, name)
    delivery, bond = team.delivery, team.bond
    now["placement"] = team.plan.terms.placement
    now["clock"], now["programme_week"] = delivery.clock, delivery.programme_week
    now["start_week"], now["end_week"] = delivery.start_week, delivery.end_week
    now["row"] = delivery.row
    now["first_finished"], now["last_hours"] = team.first_finished_week, team.last_programme_hours
    now["manager_events"], now["staff_events"] = team.manager_event_hours, team.staff_event_hours
    now["trust"], now["knowledge"], now["guidance"] = bond.trust, bond.knowledge, bond.guidance
    now["coming_trust"], now["coming_knowledge"], now["coming_guidance"] = bond.coming
    now["saved"], now["to_visit"] = bond.saved, bond.weeks_to_visit
    now["books"] = [team.hours.get(key, 0.0) for key in HOURS]


def _staffing(now: np.void, team: Team) -> None:
    staffing = team.staffing
    now["people"], now["left"], now["replaced"] = len(staffing.people), staffing.left, staffing.replaced
    now["manager_hire"], now["unmanaged"] = staffing.manager_hire, staffing.weeks_without_manager
    now["managed"] = staffing.manager is not None
    if staffing.manager is not None:
        for name in OF_A_MANAGER:
            now[name] = getattr(staffing.manager, name)
    for post in staffing.posts:
        _post(now["seats"], post)


def _post(seats: np.void, post: Post) -> None:
    person: Staff | None = post.holder
    found = {"in_group": post.in_group, "had_last": post.last is not None, "hire": post.hire}
    found |= {"weeks_empty": post.weeks_empty, "in_post": person is not None}
    if person is not None:
        found |= {name: getattr(person, name) for name in OF_A_PERSON}
    for name, value in found.items():
        seats[name][..., post.seat] = value


def _service(now: np.void, team: Team) -> None:
    service, items = team.service, now["items"]
    for name in ("adopted", "to_be_practised", "stable_error"):
        now[name] = getattr(service, name)
    now["latent"], now["start_latent"] = service.latent_total, service.start_total
    found = {
        name: getattr(service, name) for name in ("structure", "control", "loss", "kept", "written", "lift")
    }
    found |= {"level": service.levels, "done": service.progress, "score": service.scores}
    found |= {
        "known": team.known_scores,
        "taste": team.tastes,
        "planned": team.planned,
        "attended": team.attended,
    }
    for name, values in found.items():
        items[name][:ITEMS] = values


def differences(one: np.ndarray, other: np.ndarray, path: str = "") -> list[str]:
    """Return the names of fields whose bits differ, nested ones by dots."""
    names = one.dtype.names
    if names is None:
        return [] if one.tobytes() == other.tobytes() else [f"{path}: {one} and {other}"]
    return [text for name in names for text in differences(one[name], other[name], f"{path}.{name}")]
