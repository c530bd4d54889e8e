"""Do headline answers agree with the shipped ones? A difference in combined Monte Carlo errors."""

from collections.abc import Mapping
from typing import Any

WITHIN = 3.0  #: combined standard errors that count as agreement


def against(found: Mapping[str, Any], shipped: Mapping[str, Any]) -> dict[str, Any]:
    """Return the largest difference of headline means between two calibrations' diagnostics, before and after the data.

    Only what both have is compared. Calibrations of one seed share their luck, so that they differ by less.
    """
    ours, theirs = found["headline"]["answers"], shipped["headline"]["answers"]
    pairs = [
        (name, when, mine, theirs[name][when])
        for name in ours
        for when, mine in ours[name].items()
        if when in theirs.get(name, {})
    ]
    if not pairs:
        return {"answers": 0, "within": False}
    name, when, mine, other = max(pairs, key=lambda pair: _errors(*pair[2:]))
    errors = _errors(mine, other)
    return {
        "answers": len(pairs),
        "largest": name,
        "when": when if when == "prior" else f"selection {when}",
        "difference": round(mine["mean"] - other["mean"], 4),
        "errors": round(errors, 2),
        "within": errors <= WITHIN,
    }


def _errors(one: Mapping[str, Any], other: Mapping[str, Any]) -> float:
    difference = abs(float(one["mean"]) - float(other["mean"]))
    error = (float(one["error"]) ** 2 + float(other["error"]) ** 2) ** 0.5
    return difference / error if error else float(difference > 0.0) * 1e6


def in_words(row: Mapping[str, Any]) -> str:
    """Say whether the two agree, and where they differ most."""
    if not row["answers"]:
        return "the shipped draws answer none of these questions"
    verdict = "agree" if row["within"] else "DO NOT agree (is the model, or are the settings, another?)"
    return (
        f"headline means {verdict} with the shipped draws' within {WITHIN:g} combined Monte Carlo errors: the largest "
        f"of {row['answers']} differences is {row['difference']:+.2f} points, {row['errors']:.1f} errors "
        f"({row['largest']}, {row['when']})"
    )
