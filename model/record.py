"""What is written down of each week, for both engines the same: names, units and meaning of the series."""

from typing import TYPE_CHECKING, NamedTuple

from model.fidelity import ITEMS, SUBSCALE_TITLES

if TYPE_CHECKING:
    from model.team import Team


class Series(NamedTuple):
    """A weekly series of a team: name, unit, meaning."""

    name: str
    unit: str
    meaning: str


WEEKLY: tuple[Series, ...] = (
    Series("latent_total", "points", "true practice: the sum of the 39 latent levels"),
    Series("reviewable_total", "points", "what a review without any error would give"),
    Series("latent_access", "points", f"latent subscale: {SUBSCALE_TITLES[0]}"),
    Series("latent_content", "points", f"latent subscale: {SUBSCALE_TITLES[1]}"),
    Series("latent_staffing", "points", f"latent subscale: {SUBSCALE_TITLES[2]}"),
    Series("latent_timing", "points", f"latent subscale: {SUBSCALE_TITLES[3]}"),
    Series("awareness", "share", "staff's awareness of the programme, mean of those in post"),
    Series("buy_in", "share", "staff's buy-in, mean of those in post"),
    Series("ownership", "share", "staff's ownership of the plan, mean of those in post"),
    Series("strain", "share", "staff's strain, mean of those in post"),
    Series("adoption", "share", "new structure that is practised, mean over areas that have some"),
    Series("pressure", "ratio", "demand against those at work, 1 is typical"),
    Series("vacancy", "share", "posts that stand empty"),
    Series("guidance", "share", "guidance the team works under"),
    Series("facilitator_trust", "share", "the team's trust in the facilitator"),
    Series("leaders_support", "share", "visible support of the trust's leaders"),
    Series("manager_priority", "share", "priority the manager lends the programme"),
    Series("hours_staff", "hours", "staff's hours for the programme this week"),
    Series("hours_manager", "hours", "the manager's hours for the programme this week"),
    Series("hours_facilitator", "hours", "the facilitator's hours for the team this week"),
    Series("replaced", "persons", "staff who have left since the start"),
    Series("finished", "points", "steps of structure finished since the start"),
    Series("plan_progress", "share", "room of the planned items closed: finished, and practised"),
)
NAMES = tuple(series.name for series in WEEKLY)

#: Hours by actor and kind, as booked; ``own agenda``, ``main job`` and ``unused`` are not the programme's.
HOURS: tuple[tuple[str, str], ...] = (
    ("staff", "actions"),
    ("staff", "events and reviews"),
    ("staff", "own agenda"),
    ("manager", "own work"),
    ("manager", "leading"),
    ("manager", "events and reviews"),
    ("manager", "own agenda"),
    ("facilitator", "coaching"),
    ("facilitator", "own work"),
    ("facilitator", "desk"),
    ("facilitator", "with leaders"),
    ("facilitator", "inducting"),
    ("facilitator", "travel"),
    ("facilitator", "main job"),
    ("facilitator", "unused"),
)
NOT_THE_PROGRAMMES = ("own agenda", "main job", "unused")


class TeamRecord:
    """A team's weeks (from week 0): rows of ``WEEKLY``, hours by ``HOURS``, measured scores, items' levels."""

    def __init__(self, team: "Team") -> None:
        self.weeks: list[list[float]] = [_row(team)]  # before the first week
        self.hours = [0.0] * len(HOURS)
        self.scores: dict[int, list[int]] = {}
        self.levels: list[list[float]] = [team.service.levels]

    def close_week(self, team: "Team") -> None:
        """Book the week's hours, once each, and write the week's row."""
        for k, key in enumerate(HOURS):
            self.hours[k] += team.hours.get(key, 0.0)
        if team.week in team.model.measured_weeks:
            self.scores[team.week] = list(team.service.scores)
        self.weeks.append(_row(team))
        self.levels.append(team.service.levels)


def _row(team: "Team") -> list[float]:
    service, staffing = team.service, team.staffing
    subscales = [0.0] * 4
    reviewable = 0
    for i, level in enumerate(service.levels):
        subscales[service.areas[i]] += level
        reviewable += int(level + 0.5)
    return [
        service.latent_total,
        float(reviewable),
        *subscales,
        *_means(team),
        _adoption(team),
        team.pressure,
        (len(staffing.posts) - len(team.people())) / len(staffing.posts),
        team.bond.guidance,
        team.bond.trust,
        team.trust.support,
        team.priority,
        *(_hours_of(team, actor) for actor in ("staff", "manager", "facilitator")),
        float(staffing.replaced),
        team.points_finished,
        _plan_progress(team),
    ]


def _means(team: "Team") -> list[float]:
    """Return mean awareness, buy-in, ownership and strain of those in post; 0 where nobody is."""
    awareness = buy_in = ownership = strain = 0.0
    people = team.people()
    for person in people:
        awareness += person.awareness
        buy_in += person.buy_in
        ownership += person.ownership
        strain += person.strain
    count = max(1, len(people))
    return [awareness / count, buy_in / count, ownership / count, strain / count]


def _adoption(team: "Team") -> float:
    """Return the share of unwritten points of new structure that is practised; 0 where nothing is new."""
    points = practised = 0.0
    service = team.service
    for i in range(ITEMS):
        new = service.written[i] * (1.0 - service.structure[i])
        points += new
        practised += new * service.adopted[service.areas[i]]
    return practised / points if points > 0.0 else 0.0


def _plan_progress(team: "Team") -> float:
    """Return the share of the planned items' room at planning that is closed; 0 without a plan."""
    service, closed = team.service, 0.0
    for i in range(ITEMS):
        if team.planned[i] and service.written[i] > 0.0:
            structure = service.structure[i]
            closed += service.written[i] * (structure + (1.0 - structure) * service.adopted[service.areas[i]])
    return min(1.0, closed / team.plan_room) if team.plan_room > 0.0 else 0.0


def _hours_of(team: "Team", actor: str) -> float:
    hours = 0.0
    for key in HOURS:
        if key[0] == actor and key[1] not in NOT_THE_PROGRAMMES:
            hours += team.hours.get(key, 0.0)
    return hours
