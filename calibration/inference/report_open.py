"""The part of the validation page on what six teams leave open of the headline answers."""

from collections.abc import Mapping, Sequence
from typing import Any

from calibration.inference.markdown import table

SIGNS = {
    "open": "open after the data",
    "decided by the six": "decided by the six",
    "fixed before": "fixed before the data, by prior and structure",
    "opened by the six": "fixed before the data, opened by the six",
}
RANDOMISED = "teams randomised between placements, or between lengths, would measure the answer itself"


def in_short(found: Mapping[str, Any]) -> str:
    """Return what stands beside the headline table: who decided each sign, and what six totals leave."""
    rows = found["left_open"]
    signs = [
        f"- The sign is {words}: {', '.join(names)}."
        for sign, words in SIGNS.items()
        if (names := [f"*{name}*" for name, row in rows.items() if row["sign"] == sign])
    ]
    left = ", ".join(f"*{name}* {_share(*row['six'])}" for name, row in rows.items())
    lines = [
        "What the six totals left, a sign being open while its chance lies between 0.05 and 0.95:",
        "",
        *signs,
        f"- Of the variance before the data, six totals like these leave on average: {left}.",
        f"- {_widened(rows)}",
        *_more(rows),
        f"- {RANDOMISED[0].upper()}{RANDOMISED[1:]}; [which other records would help](#what-six-teams-leave-open).",
    ]
    return "\n".join(lines)


def left_open(found: Mapping[str, Any]) -> str:
    """Return the part: chances, variance left, and the unknowns that carry it with the record that would tell."""
    rows = found["left_open"]
    return "\n\n".join(
        [
            "## What six teams leave open",
            f"Chances before and after the data, at selection {found['selection']:g}:",
            _chances(rows),
            "The standard deviation in points before and after, and the share of the variance before the data that is "
            "left, with Monte Carlo standard errors:",
            _variances(rows),
            _how(found),
            "The unknowns that go with most of what is left (squared rank correlation given the six; those that chance "
            "alone could bring up are left out), and the record that would measure each:",
            table(["answer", "unknown", "share", "record"], _unknowns(rows)),
            f"A record of one unknown takes away about its share; {RANDOMISED}.",
        ]
    )


def _chances(rows: Mapping[str, Any]) -> str:
    shown = [
        [name, *(_change(row[key]) for key in ("p_negative", "p_positive", "p_over_3")), SIGNS[row["sign"]]]
        for name, row in rows.items()
    ]
    return table(["", "P(<0)", "P(>0)", "P(>3)", "the sign is"], shown)


def _variances(rows: Mapping[str, Any]) -> str:
    totals = list(next(iter(rows.values()))["at_most"])
    shown = [
        [name, _change(row["sd"]), f"{row['ratio']:.0%}", _share(*row["six"])]
        + [_share(*row["at_most"][count]) for count in totals]
        for name, row in rows.items()
    ]
    head = ["", "sd", "left by the real six", "by six totals, on average"]
    return table([*head, *(f"by {count} totals, at most" for count in totals)], shown)


def _how(found: Mapping[str, Any]) -> str:
    rows = found["left_open"]
    return (
        f"{_widened(rows)} *On average* is the mean posterior variance over the synthetic data sets of the "
        "simulation-based check, simulated from the prior and weighted without selection (median of effective draws "
        f"{min(row['effective'] for row in rows.values()):,}). *At most*: the six as they are, lived as often as gives "
        "so many totals, and the answer regressed on each team's mean total; an exact posterior leaves no more on "
        "average, and may leave less. An average above that by more than both errors says that the weights leave more "
        "than they need. Circumstances stay the same, so that these are not new teams. Part of every variance is luck, "
        f"since a draw's answer is the mean of {found['settings']['contrasts']} lives of each team."
    )


def _more(rows: Mapping[str, Any]) -> list[str]:
    """Say what more totals of the same teams would leave, the most that was tried."""
    count, *_ = reversed(next(iter(rows.values()))["at_most"])
    left = ", ".join(f"*{name}* {_share(*row['at_most'][count])}" for name, row in rows.items())
    return [f"- {count} totals of the same teams would leave at most: {left}."]


def _widened(rows: Mapping[str, Any]) -> str:
    found = [f"*{name}* ({row['ratio']:.1f} times)" for name, row in rows.items() if row["ratio"] > 1.0]
    if not found:
        return "The real six widened no answer."
    return f"The real six, as they came out, widened the variance of: {', '.join(found)}."


def _unknowns(rows: Mapping[str, Any]) -> list[list[str]]:
    return [
        [name, f"`{each['name']}`", f"{each['share']:.0%}", each["measure"]]
        for name, row in rows.items()
        for each in row["unknowns"]
    ]


def _change(pair: Sequence[float]) -> str:
    before, after = pair
    return f"{before:.2f} → {after:.2f}"


def _share(share: float, error: float) -> str:
    return f"{share:.0%} ± {error:.0%}"
