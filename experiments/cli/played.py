"""A game in words and tables, for the terminal."""

from collections.abc import Mapping
from textwrap import fill
from typing import Any

from experiments.cli.output import table
from experiments.play.arms import TITLES, YOU
from experiments.play.ending import STATES
from experiments.wording import signed

Table = Mapping[str, Any]


def month(found: Table) -> str:
    """Tell a month as the facilitator knew it."""
    people, score = found["people"], found["score"]
    head = f"Month {found['month']}: {_many(found['visits'], 'visit')}, {found['called_off']} called off"
    seems = [f"  The {who:8} {words}" for who, words in found["impressions"].items() if who != "work"]
    return "\n".join(
        [
            head if found["month"] else "Before the programme",
            *seems,
            f"  It is {found['impressions']['work']}: {people['on_duty']} of {people['in_post']} on duty, "
            f"{_many(people['posts'] - people['in_post'], 'post')} empty, {people['new']} new this month",
            f"  Last review: {score['total']} points ({score['band']}), month {score['month']:g}"
            + ("; a report is due" if score["report_due"] else ""),
            *_hours(found["hours"]),
            *(f"  - week {event['week']}: {event['text']}" for event in found["events"]),
        ]
    )


def time(spent: Table) -> str:
    """Say where the time goes."""
    shares = {name: spent[name] for name in ("doing", "escalating", "inducting")}
    parts = [f"{name} {100 * share:.0f}%" for name, share in shares.items()]
    coaching = max(0.0, 1.0 - sum(shares.values()))
    return f"a visit every {_many(spent['visit_interval'], 'week')}; {', '.join(parts)}, coaching {100 * coaching:.0f}%"


def ending(found: Table) -> str:
    """Tell the end of a game: the comparison, what each decision changed, what was hidden."""
    return "\n\n".join(
        [
            f"This life, points gained by month {found['months']}, and in practice a year after:\n\n{_arms(found)}",
            *_decisions(found),
            *_elsewhere(found),
            f"What was hidden, at month {found['months']} (0 to 1):\n\n{_states(found)}",
            fill(found["caveat"], 100),
        ]
    )


def _arms(found: Table) -> str:
    rows = [
        [
            arm["title"],
            *(signed(arm[name]) for name in ("reviewed", "practice", "later")),
            f"{arm['visits']} ({arm['visits_lost']})",
        ]
        for arm in found["arms"].values()
    ]
    return table(["how the time went", "reviewed", "practice", "a year after", "visits (lost)"], rows)


def _decisions(found: Table) -> list[str]:
    if not found["decisions"]:
        return ["You decided nothing: the programme went as it was planned."]
    rows = [
        [
            f"month {decision['month']}: {time(decision)}",
            signed(decision["practice"]),
            _figures(decision["elsewhere"]),
        ]
        for decision in found["decisions"]
    ]
    heads = ["what you decided", "this life", "elsewhere, mean (95%)"]
    return [f"What each decision changed, in points of practice:\n\n{table(heads, rows)}"]


def _elsewhere(found: Table) -> list[str]:
    if not found["elsewhere"]:
        return []
    rows = [
        [TITLES[name], _figures(one), f"{one['p_positive']:.2f}", one["verdict"]]
        for name, one in found["elsewhere"].items()
    ]
    heads = ["you less ...", "mean (95%)", "P(>0)", "that you do better is"]
    return [
        f"The same decisions in {found['worlds']} possible worlds, with other luck:\n\n{table(heads, rows, heads[3:])}"
    ]


def _states(found: Table) -> str:
    chosen = list(dict.fromkeys((YOU, "as-planned", found["best"])))
    rows = [
        [label, *(f"{found['arms'][arm]['states'][name]:.2f}" for arm in chosen)]
        for name, label in STATES.items()
    ]
    return table(["state", *(TITLES[arm] for arm in chosen)], rows)


def _figures(figures: Table | None) -> str:
    if figures is None:
        return "–"
    low, high = figures["ci95"]
    return f"{signed(figures['mean'])} ({signed(low)} to {signed(high)})"


def _hours(hours: Mapping[str, float]) -> list[str]:
    spent = [f"{kind} {value:.1f}" for kind, value in hours.items() if value > 0.0]
    return [f"  Your hours: {', '.join(spent)}"] if spent else []


def _many(count: float, what: str) -> str:
    return f"{count:g} {what}" if count == 1 else f"{count:g} {what}s"
