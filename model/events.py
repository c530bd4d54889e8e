"""What a programme's events do to a team: scoping, meetings, learning events, training, reviews and their reports."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from model.agents import Staff
from model.fidelity import HIGHEST_SCORE, ITEMS
from model.programme.plan import Column, Kind
from model.rules import attitudes, facilitation, work
from model.rules.arithmetic import normal_quantile, ratio

if TYPE_CHECKING:
    from model.team import Team


def hold(team: "Team", kinds: list[int]) -> None:
    """Read a report that has come, then hold the events of this week; book everybody's hours."""
    if team.report_due:
        _read_report(team)
    for kind in kinds:
        team.note(f"{Kind(kind).name.lower()} held")
        EVENTS[Kind(kind)](team)
    for person in team.people():
        team.staff_event_hours += person.event_hours
    team.book("staff", "events and reviews", team.staff_event_hours)
    there = team.staffing.manager is not None
    team.manager_event_hours = min(team.manager_event_hours, team.model.p.working_hours) if there else 0.0
    team.book("manager", "events and reviews", team.manager_event_hours)


def _attendees(team: "Team", who: Callable[[Staff], bool] = lambda person: True) -> list[Staff]:
    """Return those on duty whom pressure lets come, of those concerned."""
    chance = attitudes.attendance_chance(team.model.p, team.pressure)
    return [person for person in team.people() if who(person) and person.can_attend(chance)]


def _involvement(team: "Team") -> float:
    return team.delivery.row[Column.INVOLVEMENT]


def _plan(team: "Team") -> None:
    team.make_plan()


def _scoping_day(team: "Team") -> None:
    """Raise awareness, put heart into people, make the plan; resent it where it is imposed (M9, M10, M19)."""
    p, imposed = team.model.p, team.plan.terms.imposed
    for person in _attendees(team):
        person.told += attitudes.scoping_awareness(p)
        person.heartened += attitudes.scoping_heart(p, _involvement(team))
        person.involved += attitudes.planning_involvement(p, imposed)
        person.disheartened += attitudes.imposition(p, imposed, team.bond.trust)
        person.event_hours += p.scoping_hours
    team.manager_event_hours += p.scoping_hours
    if not team.plan_made:
        team.make_plan()


def _meeting(team: "Team") -> None:
    """Bring together those who work on the plan; fit it to what they can carry (M24)."""
    p, flexibility = team.model.p, team.delivery.row[Column.FLEXIBILITY]
    there = _attendees(team, lambda person: person.post.in_group)
    replanning = work.hours_each(p, p.replanning_hours * flexibility, float(len(there)))
    for person in there:
        person.told += attitudes.meeting_told(p)
        person.heartened += attitudes.meeting_heart(p)
        person.event_hours += p.meeting_hours + replanning
    team.manager_event_hours += p.meeting_hours
    planned = float(sum(team.planned))
    fit = work.capacity_fit(p, team.last_programme_hours, planned)
    team.plan_scale = work.plan_scale_next(p, team.plan_scale, fit, flexibility)


def _learning_event(team: "Team") -> None:
    """Send some of the team to meet other teams (M12)."""
    p = team.model.p
    peers = attitudes.peers_total(p, normal_quantile(team.luck[3]))
    own = float(sum(team.known_scores))
    for person in _attendees(team)[: int(p.learning_places)]:
        person.told += attitudes.learning_told(p)
        person.heartened += attitudes.learning_heart(p, own, peers, _involvement(team))
        person.event_hours += p.learning_hours


def _top_up(team: "Team") -> None:
    p = team.model.p
    for person in _attendees(team):
        person.told += attitudes.top_up_told(p)
        person.event_hours += p.top_up_hours


def _review(team: "Team") -> None:
    """Prepare for the reviewers and receive them; the report comes next week."""
    p, effort = team.model.p, team.plan.terms.review_effort
    there = [person for person in team.people() if person.present]
    each = work.hours_each(p, p.review_staff_hours * effort, float(len(there)))
    for person in there:
        person.event_hours += each
    team.manager_event_hours += p.review_manager_hours * effort
    team.review_held = True


def _read_report(team: "Team") -> None:
    """Take in the report: a benchmark, progress, or a score beyond the team's control (M5, M11, M24)."""
    p, terms, scores = team.model.p, team.plan.terms, team.service.scores
    change = float(sum(scores) - sum(team.known_scores))
    missed = beyond = 0.0
    for i, score in enumerate(scores):
        missed += HIGHEST_SCORE - score
        beyond += (HIGHEST_SCORE - score) * (1.0 - team.service.control[i])
    team.defence = attitudes.defensiveness(p, ratio(beyond, missed), terms.reviewers_knowledge)
    heart = attitudes.feedback_heart(p, change, facilitation.credibility(p, terms.placement))
    for person in team.people():
        if person.present:
            person.told += attitudes.meeting_told(p)
            person.heartened += heart
            person.disheartened += team.defence
    team.trust.success += max(0.0, change) / ITEMS
    team.known_scores = list(scores)
    team.report_due = False
    if team.plan_made and team.delivery.row[Column.FLEXIBILITY] > 0.0:
        team.revise_plan()


EVENTS: dict[Kind, Callable[["Team"], None]] = {
    Kind.PLAN: _plan,
    Kind.SCOPING: _scoping_day,
    Kind.MEETING: _meeting,
    Kind.LEARNING: _learning_event,
    Kind.TOP_UP: _top_up,
    Kind.REVIEW: _review,
}
