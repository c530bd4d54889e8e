"""The parts of the validation page that stand beside the main fit."""

from collections.abc import Mapping, Sequence
from typing import Any

from calibration.inference.markdown import picture, signed, table, told
from calibration.inference.weights import FEW

TICKED = ("scoping_day", "fidelity_reviews", "routine_meetings")
SHOWN = 8  #: rows of the moves that are shown
SHORT = {
    "external less internal, 12 months": "external less internal, 12 months",
    "external less internal, 24 months": "the same, 24 months",
    "24 less 12 months, internal, at month 24": "24 less 12 months, internal",
    "internal programme less none, at month 12": "programme less none",
}


def beside(found: Mapping[str, Any]) -> list[str]:
    """Return the parts in order."""
    parts = (_second, _structures, _readings, _priors, _delivery, _teams, _new_team, _open)
    return [part(found) for part in parts]


def _second(found: Mapping[str, Any]) -> str:
    second = found["second"]
    rows = [
        [row["name"], f"{row['difference']:+.2f}", f"{row['error']:.2f}", f"{row['errors']:+.1f}"]
        for row in second["rows"]
    ]
    verdict = (
        "All agree within three combined Monte Carlo standard errors, each below 0.1 posterior standard "
        "deviations."
        if second["reached"]
        else "**Not reached**: within three combined standard errors, each below 0.1 posterior standard deviations. "
        + _beyond(second["rows"])
    )
    return (
        "## A second sampler on the same likelihood\n\nAdaptive importance sampling with fresh "
        f"simulations: {second['draws']:,} draws, a fifth from the prior, the others about the first "
        f"posterior of the {len(second['fitted'])} most moved quantities (normal on the logit scale); "
        f"{second['effective']:,.0f} effective draws (k-hat {second['k_hat']:.2f}). Its means less the "
        "first, in posterior standard deviations, and in combined Monte Carlo standard errors:\n\n"
        + table(["", "difference", "combined error", "errors"], rows)
        + f"\n\n{verdict}"
    )


def _beyond(rows: Sequence[Mapping[str, Any]]) -> str:
    apart = [row["name"] for row in rows if abs(row["errors"]) > 3.0]
    rough = max(row["error"] for row in rows)
    return f"Further apart: {', '.join(apart) or 'none'}; largest combined error {rough:.2f}."


def _structures(found: Mapping[str, Any]) -> str:
    structures, sizes = found["structures"], found["settings"]
    answers = [
        [row["name"] + ("" if _scored(row) else " (ill known)")]
        + [_brief(row["answers"][name]) for name in SHORT]
        for row in structures
    ]
    head = [
        *("structure", "what it says", "draws", "effective", "least, left out", "k-hat"),
        *("score", "paired error", "simulation error", ""),
    ]
    return (
        f"## Rival structures side by side\n\nEach has a bank of its own: {sizes['structures']:,} draws of the "
        f"prior, {max(1, sizes['replicates'] // 2)} runs each, the same for all; the full model's row rests on "
        f"such a bank too, and not on the one above. Where few draws fit, up to two adaptive rounds add more "
        "from where those lie that fit best, weighted for it. *Score* is the left-out log score summed over the "
        "six, less the full model's, with the paired standard error over teams and that of the simulation (both "
        "count, at 5% by Student's t with five degrees of freedom). *Least, left out*: the fewest effective draws "
        "that a left-out prediction rests on. Six points cannot rank structures: nothing weights or averages "
        "them.\n\n"
        + table(head, map(_structure, structures))
        + f"\n\n{_not_scored(structures)}The answers after the data, mean and 95% interval in points of true "
        f"practice (*ill known*: fewer than {FEW:.0f} effective draws):\n\n"
        + table(["structure", *SHORT.values()], answers)
    )


def _structure(row: Mapping[str, Any]) -> list[str]:
    scored = _scored(row)
    return [
        row["name"],
        row["says"],
        f"{row['draws']:,}",
        *(f"{row[name]:.0f}" for name in ("effective", "left_out_effective")),
        "none" if row["k_hat"] is None else f"{row['k_hat']:.2f}",
        signed(row["difference"]) if scored else "none",
        *(f"{row[name]:.1f}" if scored else "" for name in ("paired_error", "simulation_error")),
        "" if row["name"] == "full" else row["verdict"] if scored else "not scored",
    ]


def _scored(row: Mapping[str, Any]) -> bool:
    """Say whether enough draws are effective for a score to be known."""
    return bool(row["effective"] >= FEW)


def _not_scored(rows: Sequence[Mapping[str, Any]]) -> str:
    """Say of structures without a score what that means."""
    names = [f"*{row['name']}*" for row in rows if not _scored(row)]
    if not names:
        return ""
    return (
        f"No score is given for {', '.join(names)}: of all the draws made, fewer than {FEW:.0f} are "
        "effective, so that they could not be brought to fit well enough to be scored. What is seen is that they "
        "reach the six totals together, if at all, with few of the values their priors allow, found by a search "
        "of this size. It does not show that they predict a team left out worse, nor that they are wrong: a "
        "longer search may find where they fit, and a score that is not known is no low score.\n\n"
    )


def _brief(answer: Mapping[str, Any]) -> str:
    low, high = answer["interval"]
    return f"{signed(answer['mean'])} ({signed(low)} to {signed(high)})"


def _readings(found: Mapping[str, Any]) -> str:
    moves = found["sensitivity"]
    readings = [*moves["recoded"], *moves["run_again"]]
    return (
        "## The narrative read otherwise\n\nEach coded phrase is given the codes next to its own, "
        f"{len(readings)} readings in all. Shift of the mean in points with its Monte Carlo error, and the new "
        f"probability of a positive sign. {len(moves['recoded'])} are had by weighting the bank anew; the surest "
        "shifts of these:\n\n"
        + _moves(moves["recoded"])
        + f"\n\n{len(moves['run_again'])} are reached badly so, or not at all (a date is fixed), and had the team "
        "concerned run again:\n\n"
        + _moves(moves["run_again"], shown=len(moves["run_again"]))
        + f"\n\n{_swing(readings)}"
    )


def _priors(found: Mapping[str, Any]) -> str:
    moves = found["sensitivity"]["priors"]
    return (
        "## The priors narrowed\n\nEach parameter's prior narrowed to its lower and its upper half, by "
        "weighting the "
        f"bank anew ({len(moves)} changes). The surest shifts:\n\n" + _moves(moves) + f"\n\n{_swing(moves)}"
    )


def _moves(rows: Sequence[Mapping[str, Any]], shown: int = SHOWN) -> str:
    lines = [
        [
            row["name"] + ("" if row["effective"] >= FEW else " (ill known)"),
            f"{row['effective']:.0f}",
            *(_move(row["answers"][name]) for name in SHORT),
        ]
        for row in rows[:shown]
    ]
    return table(["change", "effective", *SHORT.values()], lines)


def _move(answer: Mapping[str, Any]) -> str:
    return f"{signed(answer['shift'])} ± {answer['error']:.1f}; P {answer['p_positive']:.2f}"


def _swing(rows: Sequence[Mapping[str, Any]]) -> str:
    """Say between what bounds the sign of placement moves, over all changes."""
    name = next(iter(SHORT))
    chances = [row["answers"][name]["p_positive"] for row in rows]
    beyond = sum(not 0.05 < chance < 0.95 for chance in chances)
    surely = sum(row["surely"] > 0.0 for row in rows)
    return (
        f"{surely} of {len(rows)} shift some answer by more than two errors (some do so by chance). Over "
        f"all of them P(> 0) of *{name}* lies between {min(chances):.2f} and {max(chances):.2f}; "
        f"{beyond or 'none'} of them would decide its sign."
    )


def _delivery(found: Mapping[str, Any]) -> str:
    delivery = found["delivery"]
    parts = [
        [
            row["part"],
            *(f"{row[name]:,.0f}" for name in ("alone", "together")),
            _number(row["k_hat"]),
            f"{row['noise']:.2f}",
            "in the factor" if row["in"] and delivery["holds"] else "left out",
        ]
        for row in delivery["parts"]
    ]
    moved = [[f"`{row['name']}`", signed(row["moved"]), f"{row['kept']:.2f}"] for row in delivery["moved"]]
    before = {row["name"]: row for row in found["learned"]}
    shared = max(abs(before[row["name"]]["moved"]) for row in delivery["moved"] if row["name"] in before)
    verdict = (
        "The shipped draws of these parameters are the factor's, independent of all others."
        if delivery["holds"]
        else "**The factor has collapsed** and is left out: these parameters keep the main fit's draws."
    )
    head = [
        "part taken in",
        "effective, alone",
        "with those before it",
        "k-hat",
        "variance of the log-likelihood",
        "",
    ]
    return (
        "## The delivery of the programme, a factor of its own\n\nThe programme as planned is simulated "
        f"forward under the shipped draws with {delivery['draws']:,} draws of the parameters that decide "
        "when a due event is held and a visit called off, and weighted by the recorded calendars: "
        f"{delivery['effective']:,.0f} effective draws (k-hat {_number(delivery['k_hat'])}). A part that leaves "
        "fewer than 100, or a k-hat of 0.7 or more, is left out.\n\n"
        + table(head, parts)
        + "\n\n"
        + table(["parameter", "moved (prior sd)", "sd kept"], moved)
        + f"\n\n{verdict} The main fit conditions on the recorded calendar, and uses them only for what was "
        f"ticked without a date; it moved their means by at most {shared:.2f} prior standard deviations. "
        "Pressure and all else that both share stays with the main fit.\n\nWhat the factor predicts of each "
        "calendar, median and 90% interval, beside the record (months elapsed; share of monthly meetings held):\n\n"
        + table(["team", "scoping day", "interim review", "meetings held"], map(_calendar, delivery["dates"]))
        + "\n\nThe ticks, and the chance that the rules deliver as much within the year (meetings: most of them). "
        "Coaching, learning events and the research team's support the rules always deliver:\n\n"
        + table(["team", *(name.replace("_", " ") for name in TICKED)], map(_ticked, delivery["ticks"]))
        + f"\n\n{_visits(delivery)}"
        + (f"\n\n{_delivered(found)}" if delivery["holds"] else "")
    )


def _visits(delivery: Mapping[str, Any]) -> str:
    """Say whether visits are fitted, with each team's intervals, and what that means for answers."""
    part, rows = delivery["parts"][-1], delivery["visits"]
    shown = [
        [
            row["team"],
            "{:g} to {:g}".format(*row["recorded"]),
            f"{row['chance']:.0%}",
            _span(row["interval"]),
        ]
        for row in rows
    ]
    rarer = sum(row["interval"][1] < row["recorded"][0] for row in rows)
    oftener = sum(row["interval"][1] > row["recorded"][1] for row in rows)
    lead = (
        f"Visits are in the factor, with {part['together']:,.0f} effective draws."
        if part["in"]
        else f"Visits are left out: with them, and `visit_lost`, `visit_squeeze` and `visit_trust` free, "
        f"{part['together']:,.0f} effective draws stay (k-hat {_number(part['k_hat'])}), since the recorded "
        "intervals seldom come about under the programme as planned. These three stay as in the "
        "main fit, where nothing informs them."
    )
    return (
        f"{lead} Weeks between visits, as recorded and coded, how often that comes about in runs before the "
        "calendars are known, and as predicted (median and 90% interval):\n\n"
        + table(["team", "recorded", "share of runs", "predicted"], shown)
        + f"\n\nSo scenarios run forward have visits more often than {rarer} of the six teams saw, and less often "
        f"than {oftener}, by the medians. Answers on programmes compared by rules are for facilitators who visit so, "
        "and not for visits as rare as those recorded; the fit of the six replays the visits recorded."
    )


def _delivered(found: Mapping[str, Any]) -> str:
    """Return the headline answers under the shipped draws, and what the delivery's factor does to them."""
    answers = found["delivered"]
    rows = [
        [name, told(answer), f"{_points(answer['shift'])} ± {answer['shift_error']:.2f}"]
        for name, answer in answers.items()
    ]
    name, most = max(answers.items(), key=lambda item: abs(item[1]["shift"]))
    return (
        "The headline answers at the top have these parameters from the main fit. Under the "
        f"{found['settings']['kept']} shipped draws, which have them from the factor, run forward again "
        "(mean, 95% interval; the last column is what the factor alone shifts a mean by, with its standard error, "
        "by runs with the same luck):\n\n"
        + table(["", "shipped draws", "shifted by the factor"], rows)
        + f"\n\nThe largest shift is {_points(most['shift'])} points, of *{name}*."
    )


def _points(value: float) -> str:
    return f"{value:+.2f}".replace("-", "−")


def _number(value: float | None) -> str:
    return "not finite" if value is None else f"{value:.2f}"


def _calendar(row: Mapping[str, Any]) -> list[Any]:
    tick = {True: "ticked", False: "not ticked", None: "contradicted"}[row["meetings"]["recorded"]]
    dates = [
        f"{_span(row[kind]['interval'])}; {_recorded(row[kind]['recorded'])}"
        for kind in ("scoping", "review")
    ]
    return [row["team"], *dates, f"{_span(row['meetings']['interval'], 2)}; {tick}"]


def _ticked(row: Mapping[str, Any]) -> list[Any]:
    return [row["team"], *(f"{row[name]['recorded']}; {row[name]['chance']:.2f}" for name in TICKED)]


def _recorded(month: float | None) -> str:
    return "not dated" if month is None else f"recorded {month:.1f}"


def _span(interval: Sequence[float], digits: int = 1) -> str:
    low, middle, high = (f"{value:.{digits}f}" for value in interval)
    return f"{middle} ({low} to {high})"


def _teams(found: Mapping[str, Any]) -> str:
    rows = [
        [
            row["team"],
            *(_hours(row["hours"][name]) for name in ("hours_staff", "hours_manager", "hours_facilitator")),
        ]
        for row in found["by_team"]
    ]
    return (
        "## The six month by month\n\nUnder the shipped draws and the programme as recorded, so in-sample. "
        "The score by month:\n\n"
        + picture("teams", "True practice of each team by month, with the two recorded totals")
        + "\n\nHours over the twelve months, median and 90% interval over draws and runs; nobody "
        "recorded them:\n\n" + table(["team", "staff", "manager", "facilitator"], rows)
    )


def _hours(quantiles: Sequence[float]) -> str:
    return f"{quantiles[2]:.0f} ({quantiles[0]:.0f} to {quantiles[-1]:.0f})"


def _new_team(found: Mapping[str, Any]) -> str:
    new = found["new_team"]
    low, high = new["baselines"]
    rows = [[name, told(new["before"][name]), told(new["after"][name])] for name in new["after"]]
    return (
        "## A new team of the trial's kind\n\nKept apart from the six. Baselines as among 75 teams before "
        f"any programme, from {low} to {high} (the trial took no higher ones), posts as in the national "
        f"survey, circumstances anywhere in the ranges taken where nothing is stated; {new['teams']:,} such "
        "teams, the programme delivered by rules. Means ± Monte Carlo standard error, with 95% intervals of single "
        "teams, their luck included, and shares of teams:\n\n" + table(["", "before the data", "after"], rows)
    )


def _open(found: Mapping[str, Any]) -> str:
    return (
        "## What stays open\n\n- Six totals cannot tell selection, structures or placements apart; the "
        "tables above show what each assumption does.\n- Recodings and narrowed priors are weighted, one "
        f"at a time; changes that act together were not tried.\n- {_unfitted(found)}"
    )


def _unfitted(found: Mapping[str, Any]) -> str:
    """Say what of the delivery no record informs."""
    visits = "" if found["delivery"]["parts"][-1]["in"] else "Visits are not fitted (see above). "
    return (
        f"{visits}Top-ups are not fitted, for nothing is recorded of them; nor are learning events, which keep "
        "their dates by rule, so that their ticks inform nothing. These rules rest on the priors."
    )
