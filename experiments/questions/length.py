"""How long should a programme be: at the same hours a week, for the same facilitator's hours, for the same money?"""

from collections.abc import Mapping, Sequence
from itertools import product
from typing import Any

import numpy as np

from experiments import wording
from experiments.comparison import compare, judged, sustained_share
from experiments.experiment import NO_SIP, Experiment
from experiments.page import Picture
from experiments.questions.answers import Answer, Group, Line, counted, how_sure, laid, lines
from experiments.questions.equal import (
    FIRST,
    HALF_A_DAY,
    LENGTHS,
    RULES,
    VARIED,
    equal_cost_hours,
    hours_a_week,
    name,
    residual,
    scenario,
    unreachable,
)
from experiments.questions.lasting import FOLLOW_UP, MOMENTS, after, gain, net_gain
from experiments.result import Result
from experiments.scenario import Scenario
from experiments.table import Table
from model.outcomes import YEAR

QUESTION = "How long should a programme be, for the same weekly hours, the same hours in all, the same money?"
ASSUMPTIONS = (
    f"The programme of {FIRST} months and {HALF_A_DAY:g} hours a week is the measure of all. At the same facilitator's "
    "hours the planned hours a week shrink as the programme grows; meetings, reviews and learning events go on.",
    "At the same cost its calendar is stretched: as many meetings and reviews as in it, and a learning event a year, "
    "spread over the length; the facilitator's hours a week are then solved so that simulated cost agrees, staff's and "
    "managers' time included.",
    "Costs are hours, reviews and learning events at declared unit costs of 2013-14, in part assumed, without "
    "discounting. A gain over no programme takes the no-programme arm at the same month.",
)


def experiment(settings: Mapping[str, str] | None = None, **options: Any) -> Experiment:
    """Return the experiment: lengths by three rules, to the longest programme and a year after it.

    The hours of the third rule are solved here, by runs of the first draws. ``settings`` are laid over all scenarios,
    as ``--set`` does; ``options`` are those of ``Experiment``.
    """
    chosen = settings or {}
    solved = {months: equal_cost_hours(months, chosen, options) for months in LENGTHS if months != FIRST}
    arms = [scenario("weekly", months) for months in LENGTHS]
    arms += [scenario("hours", months) for months in LENGTHS if months != FIRST]
    arms += [scenario("cost", months, hours) for months, hours in solved.items()]
    return Experiment(
        laid([*arms, Scenario(NO_SIP)], chosen, VARIED),
        **options,
    )


def answer(result: Result) -> Answer:
    """Read the answer from a result of this experiment."""
    groups = [
        _against_first(result, 0.0),
        _against_first(result, FOLLOW_UP),
        _at_one_month(result),
        _lasting(result),
        _gains(result),
        _money(result),
    ]
    return Answer(
        QUESTION,
        _sentences(result, groups),
        groups,
        ASSUMPTIONS,
        [_spent(result), _kept(result)],
        {"hours_per_week": hours_a_week(result), "sustained_share": _shares(result)},
    )


def _places() -> list[tuple[str, int]]:
    return [(rule, months) for rule, months in product(RULES, LENGTHS) if months != FIRST]


def _label(rule: str, months: int) -> str:
    return f"{months} months, {RULES[rule]}"


def _against_first(result: Result, months_after: float) -> Group:
    """Return each length less the first, each at its own end or so long after it."""
    first = net_gain(result, name("weekly", FIRST), months_after)
    found = [
        (
            _label(rule, months),
            judged(
                net_gain(result, name(rule, months), months_after) - first,
                f"net_gain_{months_after:g}m_after",
                name(rule, months),
                name(rule, FIRST),
            ),
        )
        for rule, months in _places()
    ]
    return Group(
        f"Less {FIRST} months, gain over no programme {after(result, months_after)}, points of true practice",
        lines(*found),
    )


def _at_one_month(result: Result) -> Group:
    """Return each length less the first at the end of the run, a common month for all."""
    found = [
        (_label(*place), compare(result, "latent_gain_end", name(*place), against=name("weekly", FIRST)))
        for place in _places()
    ]
    return Group(
        f"Less {FIRST} months, all at month {result.experiment.months:g}, points of true practice",
        lines(*found),
    )


def _lasting(result: Result) -> Group:
    """Return how the gain over no programme moves in the year after support ends."""
    found = []
    for rule, months in [("weekly", FIRST), *_places()]:
        arm = name(rule, months)
        moved = net_gain(result, arm, FOLLOW_UP) - net_gain(result, arm, 0.0)
        found.append((_label(rule, months), judged(moved, "net_gain_in_year_after", arm, NO_SIP)))
    return Group("Gain over no programme, change in the year after support ends, points", lines(*found))


def _gains(result: Result) -> Group:
    """Return each length's gain over no programme when support ends and a year later."""
    found = [
        (f"{_label(rule, months)}, {after(result, later)}", gain(result, rule, months, later))
        for later in MOMENTS
        for rule, months in [("weekly", FIRST), *_places()]
    ]
    return Group("Gain over no programme, points of true practice", lines(*found), detail=True)


def _money(result: Result) -> Group:
    """Return how much more than the first each length costs; with equal cost what the solution leaves over."""
    found = [
        (_label(*place), compare(result, "cost", name(*place), against=name("weekly", FIRST)))
        for place in _places()
    ]
    return Group(
        f"Cost less that of {FIRST} months, pounds a team", lines(*found), unit="pounds", detail=True
    )


def _spent(result: Result) -> Table:
    """Return what each programme takes."""
    hours, rows = hours_a_week(result), []
    for rule, months in [("weekly", FIRST), *_places()]:
        arm = name(rule, months)
        means = [
            float(np.nanmean(result.outcome(f"hours_{who}", arm)))
            for who in ("facilitator", "staff", "manager")
        ]
        cost = float(np.nanmean(result.outcome("cost", arm)))
        left = f"{100.0 * residual(result, months):+.1f}%".replace("-", "−") if rule == "cost" else ""
        rows.append(
            [_label(rule, months), f"{hours[arm]:.2f}", *(f"{h:,.0f}" for h in means), f"{cost:,.0f}", left]
        )
    heads = ["Programme", "Planned hours a week", "Facilitator, hours", "Staff, hours", "Manager, hours"]
    return Table("What it takes, mean a team", [*heads, "Cost, pounds", "Left of equal cost"], rows)


def _shares(result: Result) -> dict[str, Any]:
    found = {name(*place): sustained_share(result, name(*place)) for place in [("weekly", FIRST), *_places()]}
    return {arm: share.to_dict() if share is not None else None for arm, share in found.items()}


def _kept(result: Result) -> Table:
    """Return the share of the gain that is left a year after support ends."""
    rows = []
    for place in [("weekly", FIRST), *_places()]:
        share = sustained_share(result, name(*place))
        cells = ["not known", ""]
        if share is not None:
            low, high = share.interval_parameters
            cells = [f"{100 * share.mean:.0f}", f"{100 * low:.0f} to {100 * high:.0f}"]
        rows.append([_label(*place), *cells])
    return Table(
        "Kept of the gain in true practice 12 months after support ends, per cent (own gain, no arm subtracted)",
        ["Programme", "Mean", "95% interval, parameters"],
        rows,
    )


def pictures(result: Result) -> list[Picture]:
    """Return the length curve."""
    from markupsafe import Markup

    from experiments.plots.length import length_curve
    from experiments.plots.style import svg
    from experiments.questions.answers import table_of

    table = table_of(_gains(result))
    told = "; ".join(f"{row[0]}: {row[1]}" for row in table.rows)
    label = f"Curves of the gain over no programme by length of programme, in points. {told}."
    caption = (
        "Gain in true practice over no programme by length: when support ends, 12 months later, and at one month for "
        "all, by when shorter programmes have ended longer ago. At the same hours a week, for the same facilitator's "
        "hours, and for the same cost; bars are 95% intervals from uncertain parameters. Hollow marks: no "
        "facilitator's hours make the cost the same."
    )
    return [Picture("Gain by length", Markup(svg(length_curve(result), "length", label)), caption, table)]


def _sentences(result: Result, groups: Sequence[Group]) -> list[str]:
    at_end, year_after, one_month, lasting, *_ = groups
    said = [_longest(result, rule, one_month) for rule in RULES]
    for group, moment in ((at_end, MOMENTS[0]), (year_after, MOMENTS[1])):
        judged_then = counted([line.comparison for line in group.lines])
        said.append(f"Judged {after(result, moment)}, of the other programmes {judged_then}.")
    said += [_after_support(lasting), *_unequal(result)]
    return [sentence for sentence in said if sentence] + [how_sure(result)]


def _longest(result: Result, rule: str, group: Group) -> str:
    """Say what twice the first length changes at a common month."""
    months = 2 * FIRST
    found = [line for line in group.lines if line.comparison.scenario == name(rule, months)]
    return "".join(_told(result, line) for line in found)


def _told(result: Result, line: Line) -> str:
    c = line.comparison
    return (
        f"“{line.label}” in place of {FIRST} months changes true practice at month {result.experiment.months:g} by "
        f"{wording.effect(result, c)}; {wording.chances(result, c)}."
    )


def _after_support(group: Group) -> str:
    """Say whether the gain lasts."""
    if not group.lines:
        return ""
    means = [line.comparison.estimate.mean for line in group.lines]
    return (
        f"In the {YEAR // 52 * 12} months after support ends the gain over no programme moves by "
        f"{wording.signed(min(means))} to {wording.signed(max(means))} points; that it goes on to grow: "
        f"{counted([line.comparison for line in group.lines])}."
    )


def _unequal(result: Result) -> list[str]:
    return [
        f"No facilitator's hours make {months} months cost what {FIRST} do: with "
        f"{hours_a_week(result)[name('cost', months)]:g} a week the cost still differs by "
        f"{wording.signed(100.0 * residual(result, months), 0)}%."
        for months in unreachable(result)
    ]
