"""Tables for the terminal; plain ASCII where it cannot show more."""

import sys
from collections.abc import Collection, Sequence
from typing import Any

import click

from experiments.comparison import Comparison
from experiments.crossing import CROSSINGS
from experiments.result import Result
from experiments.summary import headline

ASCII = {"−": "-", "–": "-", "≥": ">=", "·": "-", "…": "...", "─": "-", "£": "GBP ", "’": "'"}


def say(text: str, *, err: bool = False) -> None:
    """Print text, in ASCII where the stream cannot show it."""
    stream = sys.stderr if err else sys.stdout
    try:
        text.encode(stream.encoding or "ascii")
    except UnicodeEncodeError:
        for sign, plain in ASCII.items():
            text = text.replace(sign, plain)
        text = text.encode("ascii", "replace").decode()
    click.echo(text, err=err)


def table(header: Sequence[str], rows: Sequence[Sequence[str]], words: Collection[str] = ()) -> str:
    """Lay out rows under a header: the first column and those of ``words`` left, the others right."""
    widths = [max(len(row[k]) for row in [header, *rows]) for k in range(len(header))]
    left = [k == 0 or name in words for k, name in enumerate(header)]
    lines = [_line(row, widths, left) for row in [header, *rows]]
    return "\n".join([lines[0], "─" * max(map(len, lines)), *lines[1:]])


def _line(row: Sequence[str], widths: Sequence[int], left: Sequence[bool]) -> str:
    cells = [
        cell.ljust(width) if at else cell.rjust(width)
        for cell, width, at in zip(row, widths, left, strict=True)
    ]
    return "  ".join(cells).rstrip()


def scenarios_table(result: Result, summary: dict[str, Any]) -> str:
    """Return each scenario's outcomes: mean and 95% interval over draws."""
    apart = ("latent_gain_end", "strain_12m", "cost", *CROSSINGS)
    outcomes = [name for name in headline(result) if name not in apart]
    shown = [
        name
        for name in outcomes
        if any(figures[name] is not None for figures in summary["scenarios"].values())
    ]
    rows = []
    for name in result.scenarios:
        figures = summary["scenarios"][name]
        share = figures.get("sustained_share")
        row = [name, *(_figure(figures[outcome]) for outcome in shown)]
        crossed = [_share(figures.get(outcome)) for outcome in CROSSINGS]
        rows.append([*row, *crossed, _share(share), _money(figures["cost"])])
    heads = [outcome.replace("_", " ") for outcome in shown]
    crossings = [f"P(≥{crossing.threshold})" for crossing in CROSSINGS.values()]
    return table(["scenario", *heads, *crossings, "sustained", "cost"], rows)


def differences_table(compared: Sequence[Comparison], outcomes: Sequence[str]) -> str:
    """Return the paired differences of some outcomes."""
    rows = []
    for comparison in compared:
        if comparison.outcome in outcomes:
            low, high = comparison.estimate.interval_parameters
            points = comparison.outcome.startswith("gain")
            digits = 1 if points else 2
            rows.append(
                [
                    f"{comparison.scenario} − {comparison.against}",
                    comparison.outcome.replace("_", " "),
                    f"{comparison.estimate.mean:+.{digits}f}",
                    f"{low:+.{digits}f} to {high:+.{digits}f}",
                    f"{comparison.p_positive:.2f}",
                    f"{comparison.p_over_3:.2f}" if points else "–",
                    f"{comparison.p_run_positive:.2f}",
                ]
            )
    return table(["difference", "outcome", "mean", "95% (parameters)", "P(>0)", "P(>3)", "P(run >0)"], rows)


def _figure(figures: dict[str, Any] | None) -> str:
    if figures is None:
        return "–"
    low, high = figures["interval_parameters"]
    digits = 2 if abs(figures["mean"]) < 1.0 and abs(high) < 1.5 else 1 if abs(figures["mean"]) < 100 else 0
    return f"{figures['mean']:.{digits}f} ({low:.{digits}f} to {high:.{digits}f})"


def _share(figures: dict[str, Any] | None) -> str:
    return f"{figures['mean']:.2f}" if figures else "–"


def _money(figures: dict[str, Any] | None) -> str:
    return f"£{figures['mean']:,.0f}" if figures else "–"
