"""The parts of the validation page that stand beside the main fit."""

from collections.abc import Mapping, Sequence
from typing import Any

from calibration.inference.markdown import picture, signed, table, told

FEW = 50.0  #: effective draws under which an answer is marked as ill known
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
    scores = [
        [
            row["name"],
            row["says"],
            f"{row['effective']:.0f}",
            "none" if row["k_hat"] is None else f"{row['k_hat']:.2f}",
            f"{row['difference']:+.1f}",
            f"{row['paired_error']:.1f}",
            f"{row['simulation_error']:.1f}",
            _predicts(row),
        ]
        for row in structures
    ]
    answers = [
        [row["name"] + ("" if row["effective"] >= FEW else " (ill known)")]
        + [_brief(row["answers"][name]) for name in SHORT]
        for row in structures
    ]
    head = [
        "structure",
        "what it says",
        "effective",
        "k-hat",
        "score",
        "paired error",
        "simulation error",
        "",
    ]
    return (
        f"## Rival structures side by side\n\nEach has a bank of its own: {sizes['structures']:,} draws, "
        f"{max(1, sizes['replicates'] // 2)} runs each, the same for all; the full model's row rests on "
        "such a bank too, and not on the one above. *Score* is the left-out log score summed over the six, "
        "less the full model's, with the paired standard error over teams and half the difference between "
        "the halves of the banks. Six points cannot rank structures: nothing weights or averages them.\n\n"
        + table(head, scores)
        + "\n\nThe answers after the data, mean and 95% interval in points of true practice (*ill known*: "
        f"fewer than {FEW:.0f} effective draws; such a structure reaches the six totals with few of its "
        "draws, "
        f"if at all):\n\n" + table(["structure", *SHORT.values()], answers)
    )


def _predicts(row: Mapping[str, Any]) -> str:
    if row["name"] == "full":
        return ""
    error = (row["paired_error"] ** 2 + row["simulation_error"] ** 2) ** 0.5
    if row["effective"] < FEW:
        return "ill known"
    if abs(row["difference"]) <= 2.0 * error:
        return "undecided"
    return "better" if row["difference"] > 0.0 else "worse"


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
        [row["part"], "in the factor" if row["in"] else "left out", f"{row['effective']:.0f}"]
        for row in delivery["parts"]
    ]
    moved = [[f"`{row['name']}`", signed(row["moved"]), f"{row['kept']:.2f}"] for row in delivery["moved"]]
    before = {row["name"]: row for row in found["learned"]}
    shared = max(abs(before[row["name"]]["moved"]) for row in delivery["moved"] if row["name"] in before)
    chance = next(row["chance"] for row in delivery["parts"] if row["chance"] is not None)
    verdict = (
        "The shipped draws of these parameters are the factor's, independent of all others."
        if delivery["holds"]
        else "**The factor has collapsed** and is left out: these parameters keep the main fit's draws."
    )
    return (
        "## The delivery of the programme, a factor of its own\n\nThe programme as planned is simulated "
        f"forward under the shipped draws with {delivery['draws']:,} draws of the parameters that decide "
        f"when a due event is held, and weighted by the recorded calendars: {delivery['effective']:,.0f} "
        f"effective draws (k-hat {_number(delivery['k_hat'])}).\n\n"
        + table(["part", "", "effective draws, alone"], parts)
        + "\n\n"
        + table(["parameter", "moved (prior sd)", "sd kept"], moved)
        + f"\n\n{verdict} The main fit conditions on the recorded calendar, and uses them only for what was "
        f"ticked without a date; it moved their means by at most {shared:.2f} prior standard deviations. "
        "Pressure and all else that both share stays with the main fit. Visits are left out: the "
        f"intervals that Table 2 tells of come about in {chance:.0%} of runs, since the programme as "
        "planned has visits more often than most teams saw. Learning events keep their dates by rule, so "
        "that their ticks cannot inform anything.\n\nWhat the factor predicts of each calendar, median "
        "and 90% interval, beside the record (months elapsed; share of monthly meetings held):\n\n"
        + table(["team", "scoping day", "interim review", "meetings held"], map(_calendar, delivery["dates"]))
    )


def _number(value: float | None) -> str:
    return "not finite" if value is None else f"{value:.2f}"


def _calendar(row: Mapping[str, Any]) -> list[Any]:
    tick = {True: "ticked", False: "not ticked", None: "contradicted"}[row["meetings"]["recorded"]]
    dates = [
        f"{_span(row[kind]['interval'])}; {_recorded(row[kind]['recorded'])}"
        for kind in ("scoping", "review")
    ]
    return [row["team"], *dates, f"{_span(row['meetings']['interval'], 2)}; {tick}"]


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
        "at a time; changes that act together were not tried.\n- Visits and learning events are not "
        "fitted; their rules rest on the priors."
    )
