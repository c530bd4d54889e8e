"""How long should a programme be: at the same hours a week, for the same facilitator's hours, for the same money?"""

from collections.abc import Mapping, Sequence
from itertools import product
from typing import Any

import numpy as np

from calibration import posterior
from experiments import wording
from experiments.comparison import Comparison, compare, judged, sustained_share
from experiments.experiment import NO_SIP, Experiment
from experiments.page import Picture, Table
from experiments.questions.answers import Answer, Group, Line, counted, how_sure, laid, lines, made
from experiments.result import Result
from experiments.scenario import Scenario
from model.outcomes import YEAR
from model.programme.plan import weeks_of
from model.record import NAMES

QUESTION = "How long should a programme be, for the same weekly hours, the same hours in all, the same money?"
LENGTHS = (6, 12, 18, 24, 36)
FIRST = 12  #: months of the programme the others are compared with: as it was
HALF_A_DAY = 3.75  #: facilitator's hours a week in that programme
FOLLOW_UP = 12.0  #: months after support ends
RULES = {
    "weekly": "half a day a week",
    "hours": "the same facilitator's hours",
    "cost": "the same cost",
}
#: Months after support ends at which gains are taken; the last is the end of the run, one month for all.
MOMENTS = (0.0, FOLLOW_UP, None)
FEWEST, MOST = 0.05, 37.5  #: facilitator's hours a week between which equal cost is looked for
CLOSE_ENOUGH = 0.02  #: hours a week to which they are solved for
PILOT_DRAWS = 50  #: draws from which the cost is simulated for that
VARIED = ("programme.months", "programme.facilitation.hours_per_week")
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
        **{"follow_up": FOLLOW_UP, **options},
    )


def scenario(rule: str, months: int, hours: float = HALF_A_DAY) -> Scenario:
    """Return the programme of a length by a rule; ``hours`` a week are the rule's own but for equal cost."""
    if rule == "hours":
        hours = HALF_A_DAY * FIRST / months
    title = f"{months} months, {RULES[rule]}"
    calendar = _stretched(months) if rule == "cost" else {}
    levers = {"programme__months": float(months), "facilitation__hours_per_week": hours, **calendar}
    return made(Scenario("core-12"), f"{rule}-{months}", title, **levers)


def _stretched(months: int) -> dict[str, object]:
    """Return the calendar of the first programme, stretched; a learning event has its month in every year."""
    times = months / FIRST
    learning = [5.0 * times, 9.0 * times] if months <= FIRST else [5.0]
    return {
        "meetings__every_months": times,
        "reviews__every_months": 6.0 * times,
        "learning_events__months_of_year": learning,
    }


def equal_cost_hours(months: int, settings: Mapping[str, str], options: Mapping[str, Any]) -> float:
    """Solve the facilitator's hours a week at which a length costs what the first does, in runs of the first draws.

    Where no hours do, the nearest end of ``FEWEST`` to ``MOST`` is returned, and the difference in cost stays.
    """
    from scipy.optimize import brentq

    draws = options.get("draws") or posterior()
    pilot = {
        **options,
        "draws": draws.first(min(PILOT_DRAWS, len(draws))),
        "replicates": 1,
        "months": options.get("months") or max(LENGTHS) + options.get("follow_up", FOLLOW_UP),
    }

    def cost(arm: Scenario) -> float:
        alone = Experiment(laid([arm], settings, VARIED), **pilot)
        return float(np.nanmean(alone.run().outcome("cost", arm.name)))

    aim = cost(scenario("weekly", FIRST))

    def excess(hours: float) -> float:
        return cost(scenario("cost", months, hours)) - aim

    if excess(FEWEST) >= 0.0:
        return FEWEST
    if excess(MOST) <= 0.0:
        return MOST
    return round(float(brentq(excess, FEWEST, MOST, xtol=CLOSE_ENOUGH)), 3)


def name(rule: str, months: int) -> str:
    """Return the scenario of a length by a rule; at the first length all rules are one."""
    return f"weekly-{FIRST}" if months == FIRST else f"{rule}-{months}"


def net_gain(result: Result, scenario: str, months_after: float) -> np.ndarray:
    """Return the gain in true practice over no programme, ``[draw, replicate, team]``, some months after support ends.

    NaN where the run ends before.
    """
    ends = result.experiment.month_ends
    length = next(s.programme.months for s in result.experiment.scenarios if s.name == scenario)
    week = weeks_of(length + months_after)
    if week not in ends:
        return np.full_like(result.outcome("gain_end", scenario), np.nan)
    with_it, without = (_latent(result, arm)[..., ends.index(week)] for arm in (scenario, NO_SIP))
    return np.asarray(with_it - without)


def _latent(result: Result, scenario: str) -> np.ndarray:
    series = result.series[result.scenarios.index(scenario), ..., NAMES.index("latent_total")]
    return np.asarray(series, dtype=float)


def gain(result: Result, rule: str, months: int, months_after: float | None) -> Comparison | None:
    """Judge a length's gain over no programme some months after its support ends, or at the end of the run."""
    arm = name(rule, months)
    if months_after is None:
        return compare(result, "latent_gain_end", arm, against=NO_SIP)
    return judged(net_gain(result, arm, months_after), f"net_gain_{months_after:g}m_after", arm, NO_SIP)


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


def hours_a_week(result: Result) -> dict[str, float]:
    """Return the facilitator's planned hours a week by scenario."""
    arms = [s for s in result.experiment.scenarios if s.programme.facilitation is not None]
    return {s.name: s.programme.facilitation.hours_per_week for s in arms if s.programme.facilitation}


def _places() -> list[tuple[str, int]]:
    return [(rule, months) for rule, months in product(RULES, LENGTHS) if months != FIRST]


def _label(rule: str, months: int) -> str:
    return f"{months} months, {RULES[rule]}"


def after(result: Result, months_after: float | None) -> str:
    """Return in words when a gain is taken."""
    if months_after is None:
        return f"at month {result.experiment.months:g}"
    return f"{months_after:g} months after support ended" if months_after else "when support ends"


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


def residual(result: Result, months: int) -> float:
    """Return what is left of the difference in cost at "the same cost", as a share of the first programme's."""
    first = float(np.nanmean(result.outcome("cost", name("weekly", FIRST))))
    return float(np.nanmean(result.outcome("cost", name("cost", months)))) / first - 1.0


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
    for group in (at_end, year_after):
        said.append(f"{group.caption}: {counted([line.comparison for line in group.lines])}.")
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


def unreachable(result: Result) -> list[int]:
    """Return the lengths that cannot be had for the same cost, whatever the facilitator's hours."""
    hours = hours_a_week(result)
    return [m for m in LENGTHS if m != FIRST and hours[name("cost", m)] in (FEWEST, MOST)]


def _unequal(result: Result) -> list[str]:
    return [
        f"No facilitator's hours make {months} months cost what {FIRST} do: with "
        f"{hours_a_week(result)[name('cost', months)]:g} a week the cost still differs by "
        f"{wording.signed(100.0 * residual(result, months), 0)}%."
        for months in unreachable(result)
    ]
