"""The part of the validation page on known truths: recovered, in their places, and planted faults noticed."""

from collections.abc import Mapping
from typing import Any

from calibration.inference.markdown import picture, table


def checks(found: Mapping[str, Any]) -> str:
    """Return the part."""
    return "\n\n".join(
        [
            "## Known truths recovered",
            _recovery(found["simulation_based"]),
            _places(found["simulation_based"]),
            _faults(found["simulation_based"]["faults"]),
            picture("ranks", "Places of the truth over synthetic data sets, by quantity"),
        ]
    )


def _recovery(checks: Mapping[str, Any]) -> str:
    rows = checks["recovery"]
    levels = list(rows[0]["coverage"])
    shown = [
        [
            f"`{row['name']}`" if row["name"].isidentifier() else row["name"],
            f"{row['correlation']:+.2f}",
            f"{row['rmse']:.2f}",
            *(f"{row['coverage'][level][0]:.0%} ± {row['coverage'][level][1]:.0%}" for level in levels),
        ]
        for row in rows
    ]
    return (
        f"Six totals are simulated from a draw of the prior, {checks['data_sets']} times, and the draw's values are "
        "estimated from them. The estimate (posterior mean) against the truth, and how many intervals hold the "
        "truth, with binomial standard errors. An RMSE near 1 prior standard deviation says that six totals teach "
        "next to nothing of that quantity; coverage says whether what is stated is right:\n\n"
        + table(["quantity", "correlation", "RMSE / prior sd", *(f"in {level}" for level in levels)], shown)
    )


def _places(checks: Mapping[str, Any]) -> str:
    rows = [
        [
            method,
            _data_sets(each),
            len(each["quantities"]),
            _least(each),
            "passed" if each["passed"] else "**failed**",
        ]
        for method, each in (("weights", checks["weights"]), ("rejection", checks["rejection"]))
    ]
    return (
        "Simulation-based calibration: the truth's place among the weighted draws should be uniform over synthetic "
        f"data sets. The test was fixed beforehand: no quantity may depart at {checks['level']:.0%} for the family.\n\n"
        + table(["method", "data sets", "quantities", "least p", ""], rows)
    )


def _data_sets(each: Mapping[str, Any]) -> int:
    """Return how many data sets were simulated: left-out totals have a place for each team, all else has one."""
    return int(min(sum(row["counts"]) for row in each["quantities"]))


def _least(each: Mapping[str, Any]) -> str:
    least = min(each["quantities"], key=lambda row: row["p"])
    return f"{least['p']:.2g} ({least['name']})"


def _faults(faults: list[Mapping[str, Any]]) -> str:
    rows = [[row["fault"], row["by"], f"{row['p']:.1g}", f"{row['power']:.2f}"] for row in faults]
    return (
        "Planted faults, the quantity named beforehand to notice each, its p-value, and the chance of being "
        "noticed:\n\n"
        + table(["fault", "noticed by", "p", "power"], rows)
        + "\n\nThe halved error was not noticed by the quantity first named for it, the expected gain (power "
        "0.02, of an earlier make). The left-out totals' distance was then named, and committed, before it was run; "
        "over 100 data sets its power was 0.41 (of an earlier make), and the number of data sets was raised after that "
        "was seen ([decisions](decisions.md#calibration))."
    )
