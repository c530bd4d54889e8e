"""From what the paper says of a team to a site the model can run."""

from collections.abc import Mapping

from calibration.records import TeamRecord
from model.sites import Delivered, EventKind, Site

PLACEMENT_CODES = {"embedded": 1, "internal": 2, "external": 3}
SUPPORT_BY_TICK = {"yes": 1.0, "no": 0.0, "blank": 0.5}
_MONTHLY_FROM, _MONTHLY_TO = 8, 12


def month_elapsed(printed: float) -> float:
    """Turn a printed month (the first is month 1) into months elapsed, at its middle."""
    return printed - 0.5


def delivered(record: TeamRecord, visit_interval: float, research_support: float) -> Delivered:
    """Return what was delivered to a team; where a tick contradicts a dated passage, the passage counts.

    The paper leaves team 1's scoping day open: its away day in month 8 is taken for it, after a plan made in months
    1-3. Components ticked without a date are left to the model's rules.
    """
    dated: list[tuple[EventKind, float]] = []
    undated: list[EventKind] = []
    plan = record.event_month("plan_made")
    if plan is not None:
        dated.append(("plan", month_elapsed(plan + 1.0)))
    scoping = record.event_month("scoping") or record.event_month("away_day")
    if scoping is not None:
        dated.append(("scoping", month_elapsed(scoping)))
    else:
        undated.append("scoping")
    review = record.event_month("interim_review")
    if review is not None:
        dated.append(("review", month_elapsed(review)))
    else:
        undated.append("review")
    if record.ticks.learning_events == "yes":
        undated.append("learning")
    if record.ticks.routine_meetings == "yes":
        undated.append("meeting")
    elif any(entry.component == "routine_meetings" for entry in record.ticks.contradictions):
        dated += [("meeting", float(month)) for month in range(_MONTHLY_FROM, _MONTHLY_TO)]
    return Delivered(
        events=tuple(dated),
        undated=tuple(undated),
        visit_interval=visit_interval,
        research_support=research_support,
    )


def site_of(record: TeamRecord, circumstances: Mapping[str, float] | None = None) -> Site:
    """Return the site of one of the six teams.

    ``circumstances`` gives values within the coded intervals (and ``placement``, 1 embedded, 2 internal, 3 external;
    ``research_support`` where its tick is blank); the intervals' middles stand where it is silent.
    """
    values = {name: 0.5 * (low + high) for name, (low, high) in record.circumstances().items()}
    values |= dict(circumstances or {})
    placement = int(values.pop("placement", 0.0))
    interval = values.pop("visit_interval")
    support = values.pop("research_support", SUPPORT_BY_TICK[record.ticks.research_team_support])
    names = {code: name for name, code in PLACEMENT_CODES.items()}
    return Site.model_validate(
        {
            "name": f"team {record.number}",
            "number": record.number,
            "setting": record.setting,
            "baseline_total": record.baseline_total,
            "targets": record.targets,
            "facilitator_placement": names.get(placement),
            "delivered": delivered(record, interval, support),
            **values,
        }
    )
