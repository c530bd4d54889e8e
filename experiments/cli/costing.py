"""The command that counts money."""

import json as json_format
from pathlib import Path
from typing import Any

import click

from experiments.errors import InputError


@click.command()
@click.argument("result", type=click.Path(path_type=Path))
@click.option(
    "--budget", type=click.FloatRange(0), help="Pounds a team over the run: which programme is best?"
)
@click.option(
    "--bed-day", type=click.FloatRange(0, min_open=True), help="Pounds a bed-day, by your own figures."
)
@click.option(
    "--bed-days", type=click.FloatRange(0), help="Bed-days a point saves a team in a year: your own claim."
)
@click.option(
    "--uprate",
    type=click.FloatRange(0, min_open=True),
    default=1.0,
    show_default=True,
    help="Multiply all costs, to take them from 2013-14 prices to another year's.",
)
@click.option(
    "--picture",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Draw plane and acceptability into this file, SVG or PNG.",
)
@click.option("--json", "json", is_flag=True, help="Print the figures as JSON, and nothing else.")
def money(
    result: Path,
    budget: float | None,
    bed_day: float | None,
    bed_days: float | None,
    uprate: float,
    picture: Path | None,
    json: bool,
) -> None:
    """Tell what the points of a RESULT cost: points per 100 staff-hours and per £1,000, and what is worth its money.

    RESULT is a directory that run, compare or demo has written. Own unit costs are set as it is run, by
    --set staff_hour_cost=45 and the like; see 'crtsip parameters --domain Money'.
    """
    from experiments.money import money as counted
    from experiments.result import read_result

    if bed_days is not None and bed_day is None:
        raise InputError("--bed-days: give --bed-day as well, what a bed-day costs. The model knows neither.")
    if picture is not None and picture.suffix not in (".svg", ".png"):
        raise InputError(f"--picture {picture}: give a name that ends in .svg or .png.")
    read = read_result(result)
    found = counted(read, uprate=uprate, budget=budget, bed_day=bed_day, bed_days=bed_days)
    if picture is not None:
        from experiments.plots import cost_effectiveness, save

        save(cost_effectiveness(read, uprate), picture)
    if json:
        click.echo(json_format.dumps(found, sort_keys=True, allow_nan=False))
    else:
        _show(found)


def _show(found: dict[str, Any]) -> None:
    from experiments.cli.output import say

    say(
        f"\nReviewed gain at month {found['months']:g} and cost up to then, a team, beyond no programme. "
        "Mean and 95% interval over draws.\n"
    )
    say(_programmes(found))
    say("\nEfficient frontier: what each programme adds to the one before.\n")
    say(_frontier(found) if found["frontier"] else "No programme gains anything in the mean.")
    if found["budget"] is not None:
        say(f"\nWithin £{found['budget']['budget']:,.0f} a team: {found['budget']['best']} by mean points.\n")
        say(_budget(found["budget"]))
        for name in found["budget"]["too_dear"]:
            say(f"{name} costs more.")
    if found["bed_days"] is not None:
        say("\nBed-days a year that each point would have to save for the programme to pay for itself:\n")
        say(_bed_days(found["bed_days"]))
    for title, sentences in (("Assumptions", found["assumptions"]), ("Not decided", found["undecided"])):
        say(f"\n{title}:")
        for sentence in sentences or ["nothing of this."]:
            say(f"- {sentence}")


def _programmes(found: dict[str, Any]) -> str:
    from experiments.cli.output import table
    from experiments.money.costs import ASSUMED

    rows = []
    for name, figures in found["programmes"].items():
        spent = figures["pounds_by_part"]
        rows.append(
            [
                name,
                _interval(figures["points"], "mean", 1),
                _interval(figures["staff_hours"], "mean", 0),
                _interval(figures["pounds"], "mean", 0),
                _interval(figures["points_per_100_staff_hours"], "value", 2),
                _interval(figures["points_per_1000_pounds"], "value", 2),
                f"{spent[ASSUMED] / sum(spent.values()):.0%}" if sum(spent.values()) else "–",
            ]
        )
    heads = [
        "programme",
        "points",
        "staff hours",
        "cost £",
        "per 100 staff-hours",
        "per £1,000",
        "assumed part",
    ]
    return table(heads, rows)


def _interval(figures: dict[str, Any] | None, centre: str, digits: int) -> str:
    if figures is None:
        return "–"
    low, high = figures["interval_parameters"]
    return f"{figures[centre]:,.{digits}f} ({low:,.{digits}f} to {high:,.{digits}f})"


def _frontier(found: dict[str, Any]) -> str:
    from experiments.cli.output import table

    rows = [
        [step["name"], f"{step['points']:.1f}", f"{step['pounds']:,.0f}", f"{step['pounds_a_point']:,.0f}"]
        for step in found["frontier"]
    ]
    return table(["programme", "points more", "£ more", "£ a point more"], rows)


def _budget(found: dict[str, Any]) -> str:
    from experiments.cli.output import table

    rows = [
        [
            name,
            f"{row['points']:.1f}",
            f"{row['pounds']:,.0f}",
            f"{row['p_best']:.2f} ± {1.96 * row['p_best_error']:.2f}",
            f"{row['expected_loss']:.1f}",
            f"{row['p_within']:.2f}",
        ]
        for name, row in found["programmes"].items()
    ]
    return table(["programme", "points", "cost £", "P(best)", "expected loss", "P(within budget)"], rows)


def _bed_days(found: dict[str, Any]) -> str:
    from experiments.cli.output import table

    claimed = any(row["net_cost"] for row in found.values())
    rows = [
        [name, _interval(row["to_pay_for_itself"], "value", 2)]
        + ([_interval(row["net_cost"], "mean", 0), f"{row['p_saves']:.2f}"] if claimed else [])
        for name, row in found.items()
    ]
    return table(
        ["programme", "bed-days", *(["net cost £ (your claim)", "P(saves)"] if claimed else [])], rows
    )
