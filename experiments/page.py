"""The report: one self-contained HTML page with the answer, its pictures, its tables and its limits."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from matplotlib.figure import Figure

from experiments import reproduce, short, wording
from experiments.comparison import monte_carlo_error
from experiments.crossing import CROSSINGS
from experiments.plots.differences import by_length, horizons, intervals, lengths, when
from experiments.plots.hours import ACTORS, hours, kind_label, kinds, mean_hours
from experiments.plots.style import labels, svg
from experiments.plots.trajectory import observed, quantiles, shown_scenarios, trajectory
from experiments.prediction import Prediction, borne_out
from experiments.provenance import differences
from experiments.result import Result
from experiments.specification import specification
from experiments.summary import summary
from experiments.table import Table
from model.outcomes import MONTHS, OUTCOMES
from model.programme.plan import weeks_of

TOLD = [*OUTCOMES, *(crossing.outcome for crossing in CROSSINGS.values())]
UNITS = {outcome.name: outcome.unit for outcome in TOLD}
MEANINGS = {outcome.name: outcome.meaning for outcome in TOLD}
NO_BREAK = "\N{NO-BREAK SPACE}"
DIGITS = {"points": 1, "share": 2, "hours": 0, "pounds": 0}


class Picture(NamedTuple):
    """A figure with its title, its caption and the table of its numbers."""

    title: str
    image: Markup
    caption: str
    table: Table


def write_page(
    result: Result,
    path: Path,
    *,
    question: str = "",
    command: str = "",
    against: str | None = None,
    prediction: Prediction | None = None,
) -> Path:
    """Write a result as one self-contained HTML page; equal results give equal bytes.

    ``question`` is the page's heading, ``command`` the line that computes the result again (both found out where not
    given), ``against`` the scenario the others are compared with where that is not the first, ``prediction`` what
    was expected.
    """
    told = contents(result, question=question, command=command, against=against, prediction=prediction)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(rendered("page.html.j2", told) + "\n", encoding="utf-8", newline="\n")
    return path


def contents(
    result: Result,
    *,
    question: str = "",
    command: str = "",
    against: str | None = None,
    prediction: Prediction | None = None,
) -> dict[str, Any]:
    """Return what the page and the brief tell of a result, by the names their templates use."""
    found = summary(result, against)
    asked = prediction.question if prediction is not None else ""
    return {
        "question": question or asked or short.question(result, against),
        "command": command or reproduce.command(result, against),
        "banners": wording.banners(result),
        "in_short": short.in_short(result, against),
        "answer": wording.answer(result, against),
        "scale": wording.SCALE,
        "expected": _expected(result, prediction),
        "compared": specification(result),
        "pictures": [_trajectory(result), _differences(result, against), _hours(result)],
        "tables": [*_gains(result, found), _spent(result, found), _key_differences(result, against)],
        "every_difference": _every_difference(result, found),
        "left_open": wording.left_open(result, against),
        "unobserved": wording.unobserved(result),
        "undecided": found["undecided"],
        "not_for": wording.NOT_FOR,
        "assumptions": wording.assumptions(result),
        "made_of": made_of(result),
        "provenance": provenance(result, found),
    }


def rendered(template: str, told: Mapping[str, Any]) -> str:
    """Return a template filled in; what it lacks is an error, what a user wrote is escaped."""
    environment = Environment(
        loader=PackageLoader("experiments"), undefined=StrictUndefined, autoescape=True, trim_blocks=True
    )
    return environment.get_template(template).render(told)


def _expected(result: Result, prediction: Prediction | None) -> list[tuple[str, str]]:
    """Return what was expected, what the model says to it, and what was made of it."""
    if prediction is None:
        return []
    return [
        ("Hypothesis", prediction.hypothesis or "none stated"),
        ("Direction expected", prediction.direction or "none stated"),
        ("What the model says to it", borne_out(result, prediction) or "nothing: no direction was stated"),
        ("Findings", prediction.findings or "not noted yet"),
        ("Decision", prediction.decision or "not noted yet"),
    ]


def _fidelity(result: Result) -> bool:
    return result.experiment.outcome == "fidelity"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


# -- pictures ------------------------------------------------------------------------------------------------


def _trajectory(result: Result) -> Picture:
    table = _trajectory_table(result)
    what = "total" if _fidelity(result) else "completed part of the plan"
    ends = ", ".join(f"{row[0]}: {row[-1]}" for row in table.rows if row[-1])
    label = f"Line chart for each team: the {what} by month. At the end, median and 90% of runs: {ends}."
    caption = (
        f"The {what} by month, in each scenario drawn. The thick line is the median of all runs, half of them lie "
        "in the shaded band and 90% between the thin lines, over draws and replicates."
    )
    if any(observed(result, team) for team in range(len(result.teams))):
        caption += (
            " Stars are the recorded totals; they contain review error, the bands do not, and the teams had their "
            "own programme of 12 months, whose facilitator's placement is mostly unknown."
        )
    image = Markup(svg(trajectory(result), "trajectory", label))
    return Picture("Each team month by month", image, caption, table)


def _trajectory_table(result: Result) -> Table:
    titles, ends = labels(result), result.experiment.month_ends
    months = [0.0, *result.experiment.measured_months]
    at = [ends.index(weeks_of(month)) for month in months]
    rows = []
    for team, name in enumerate(result.teams):
        for scenario in shown_scenarios(result):
            found = quantiles(result, scenario, team)[:, at]
            cells = [_spread(m, low, high, 0) for low, _, m, _, high in found.T]
            rows.append([f"{_capital(name)}, {titles[scenario]}", *cells])
        record = observed(result, team)
        if record is not None:
            totals = {0.0: str(record.baseline_total), 12.0: str(record.total_12m)}
            rows.append([f"{_capital(name)}, recorded", *(totals.get(month, "") for month in months)])
    unit = "points" if _fidelity(result) else "per cent"
    heads = ["Team and scenario", *(f"Month {month:g}" for month in months)]
    return Table(f"Median and 5% to 95% of runs, {unit}", heads, rows)


def _spread(middle: float, low: float, high: float, digits: int = 1) -> str:
    """Return ``16.8 (15.2 to 21.0)``, which breaks before the bracket only."""
    interval = f"({wording.plain(low, digits)} to {wording.plain(high, digits)})".replace(" ", NO_BREAK)
    return f"{wording.plain(middle, digits)} {interval}"


def _differences(result: Result, against: str | None) -> Picture:
    table = _key_differences(result, against)
    told = "; ".join(
        f"{row[0]} at {row[1].lower()}: {row[2]}, 95% interval {row[3]}, probability above zero {row[5]}"
        for row in table.rows
    )
    thick_and_thin = (
        "The mark is the mean, the thick bar the 95% interval that uncertain parameters leave; the thin line holds "
        "95% of single runs of one team. Right of the zero line the first named does better; P(>0) is the "
        "share of draws in which it does."
    )
    title, figure = difference_figure(result, against)
    image = Markup(svg(figure, "differences", f"Interval chart of paired differences. {told}."))
    named = table._replace(
        caption=f"{table.caption}, as in the picture"
    )  # it stands among the tables as well
    return Picture(title, image, thick_and_thin, named)


def difference_figure(result: Result, against: str | None, at_most: int | None = None) -> tuple[str, Figure]:
    """Return the picture of the differences with its title, of the first ``at_most`` where they are many."""
    if lengths(result) and against is None:
        return "Internal against external facilitation, by length", by_length(result)
    return "The differences", intervals(result, wording.key_pairs(result, against)[:at_most])


def _hours(result: Result) -> Picture:
    table = _hours_table(result)
    spent = "; ".join(
        f"{labels(result)[name]}: "
        + ", ".join(f"{actor} {_programme_hours(result, name, actor):,.0f}" for actor in ACTORS)
        for name in result.scenarios
    )
    caption = (
        f"Hours per team over {result.experiment.months:g} months, mean of all runs; the three scales differ. "
        "Hatched with crosses: hours meant for the programme that the facilitator's main job took. A team's own "
        "improvement work outside a programme is not counted."
    )
    label = f"Stacked bars of hours by scenario, for staff, manager and facilitator. Hours per team, {spent}."
    return Picture("Where the hours went", Markup(svg(hours(result), "hours", label)), caption, table)


def _programme_hours(result: Result, scenario: str, actor: str) -> float:
    return sum(
        spent
        for kind, spent in mean_hours(result, scenario, actor).items()
        if kind_label(actor, kind) == kind
    )


def _hours_table(result: Result) -> Table:
    columns = [(actor, kind) for actor in ACTORS for kind in kinds(actor)]
    rows = [
        [labels(result)[name], *(f"{mean_hours(result, name, actor)[kind]:,.0f}" for actor, kind in columns)]
        for name in result.scenarios
    ]
    heads = ["Scenario", *(f"{_capital(actor)}: {kind_label(actor, kind)}" for actor, kind in columns)]
    return Table(f"Hours per team over {result.experiment.months:g} months", heads, rows)


# -- tables --------------------------------------------------------------------------------------------------


def _gains(result: Result, found: Mapping[str, Any]) -> list[Table]:
    """Return the table of gains by month and scenario; of the plan's progress where that is the outcome."""
    titles = labels(result)
    if not _fidelity(result):
        rows = [
            [titles[name], _figure(figures["implementation_progress"], 100.0)]
            for name, figures in found["scenarios"].items()
        ]
        return [
            Table(
                "Plan completed at the end of the run, per cent: mean (95% interval)",
                ["Scenario", "Plan completed"],
                rows,
            )
        ]
    months = [month for month in MONTHS if month < result.experiment.months]
    columns = [*(f"gain_{month}m" for month in months), "gain_end"]
    heads = [_capital(when(result, name)) for name in columns]
    tables = []
    for prefix, caption in (
        ("", "Reviewed gain since the start, points: mean over teams (95% interval from parameters)"),
        (
            "latent_",
            "Gain in true practice since the start, points: mean over teams (95% interval from parameters)",
        ),
    ):
        rows = [
            [titles[name], *(_figure(figures[prefix + column]) for column in columns)]
            + ([_figure(figures["sustained_share"], 100.0, 0)] if prefix else [])
            for name, figures in found["scenarios"].items()
        ]
        kept = ["Kept 12 months after the programme, %"] if prefix else []
        luck = _luck(result, [prefix + column for column in columns])
        tables.append(Table(f"{caption}. {luck}", ["Scenario", *heads, *kept], rows))
    return tables


def _luck(result: Result, outcomes: Sequence[str]) -> str:
    """Say how far luck alone leaves the means of a table uncertain."""
    found = [monte_carlo_error(result, outcome, name) for outcome in outcomes for name in result.scenarios]
    errors = [error for error in found if error is not None]
    if not errors:
        return "How far luck moves a mean is not known: that takes more than one run of each draw."
    return f"Luck leaves each mean uncertain by {max(errors):.1f} or less (95% Monte Carlo error)."


def _figure(figures: Mapping[str, Any] | None, factor: float = 1.0, digits: int = 1) -> str:
    if figures is None:
        return "not known"
    low, high = figures["ci95"]
    return _spread(factor * figures["mean"], factor * low, factor * high, digits)


def _spent(result: Result, found: Mapping[str, Any]) -> Table:
    titles = labels(result)
    names = ("hours_staff", "hours_manager", "hours_facilitator", "cost")
    rows = [
        [titles[name], *(_figure(figures[column], 1.0, 0) for column in names)]
        for name, figures in found["scenarios"].items()
    ]
    heads = ["Scenario", "Staff, hours", "Manager, hours", "Facilitator, hours", "Cost, pounds"]
    return Table(
        "What it took, per team over the whole run: mean (95% interval from parameters)", heads, rows
    )


def _key_differences(result: Result, against: str | None) -> Table:
    titles, (unit, factor) = labels(result), wording.unit(result)
    rows = []
    for pair in wording.key_pairs(result, against):
        for outcome in horizons(result):
            for c in wording.compared(result, outcome, [pair]):
                figures = c.to_dict()
                name = f"{titles[c.scenario]} minus {titles[c.against]}"
                at = _capital(when(result, outcome)).replace(" ", NO_BREAK)
                rows.append([name, at, *cells(figures, factor), wording.verdict(c)])
    heads = ["Difference", "At", *DIFFERENCE_HEADS, "Above 0, in words"]
    if not _fidelity(result):
        heads, rows = _without(heads, rows, OVER_3)
    return Table(f"Paired differences, {unit}, mean over teams", heads, rows)


OVER_3 = "P(>3)"
DIFFERENCE_HEADS = (
    "Mean",
    "95% interval, parameters",
    "95% of single runs, chance",
    "P(>0)",
    OVER_3,
    "Single runs above 0",
)


def cells(figures: Mapping[str, Any], factor: float = 1.0, digits: int = 1) -> list[str]:
    """Return a comparison's figures as the cells of a row, in the order of ``DIFFERENCE_HEADS``."""
    spans = [
        " to ".join(wording.signed(factor * end, digits) for end in figures[name]).replace(" ", NO_BREAK)
        for name in ("interval_parameters", "interval_chance")
    ]
    chances = [f"{figures[name]:.2f}" for name in ("p_positive", "p_over_3", "p_run_positive")]
    return [wording.signed(factor * figures["mean"], digits), *spans, *chances]


def _without(heads: list[str], rows: list[list[str]], head: str) -> tuple[list[str], list[list[str]]]:
    at = heads.index(head)
    return heads[:at] + heads[at + 1 :], [row[:at] + row[at + 1 :] for row in rows]


def _every_difference(result: Result, found: Mapping[str, Any]) -> Table:
    """Return all differences of the machine-readable summary."""
    rows = []
    for figures in found["differences"]:
        outcome = figures["outcome"]
        row = cells(figures, 1.0, DIGITS[UNITS[outcome]])
        if UNITS[outcome] != "points":
            row[4] = ""
        about = f"{outcome} ({UNITS[outcome]})"
        rows.append([f"{figures['scenario']} minus {figures['against']}", about, *row])
    heads = ["Difference", "Outcome", *DIFFERENCE_HEADS]
    if not _fidelity(result):
        heads, rows = _without(heads, rows, OVER_3)
    return Table("All differences of the summary", heads, rows)


def made_of(result: Result) -> str:
    """Return in a line what a result rests on."""
    teams = len(result.teams)
    which = result.teams[0] if teams == 1 else f"{teams} teams"
    return (
        f"{_capital(which)}, {len(result.scenarios)} scenarios, {len(result.experiment.draws)} draws of what is not "
        f"known, {result.replicates} replicates of each, {result.experiment.months:g} months."
    )


def provenance(result: Result, found: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return what made the numbers, and what differs from it in the program that tells of them."""
    today, made_by, rows = found["provenance"], result.made_by or {}, []
    for key, value in today.items():
        value = made_by.get(key, value)
        if isinstance(value, Mapping):
            value = ", ".join(f"{name} {version}" for name, version in sorted(value.items()))
        rows.append((_capital(key.replace("_", " ")), str(value)))
    since = differences(made_by, today) if made_by else []
    return [
        *rows,
        ("Scenarios", ", ".join(result.scenarios)),
        ("Teams", ", ".join(result.teams)),
        ("Number of draws", str(found["draws"])),
        ("Replicates", str(found["replicates"])),
        *([("Told by another program", "; ".join(since))] if since else []),
    ]
