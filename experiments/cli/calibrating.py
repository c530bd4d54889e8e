"""The command that calibrates."""

import json as json_format
import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from experiments.errors import InputError


@click.command()
@click.option(
    "--quick", is_flag=True, help="A small calibration, in a minute or two; its draws are provisional."
)
@click.option(
    "--draws", type=click.IntRange(64), default=None, help="Draws of the prior.  [default: 16384, or 1024]"
)
@click.option(
    "--replicates",
    type=click.IntRange(20),
    default=None,
    help="Runs of each draw; fewer than 20 distort the likelihood.  [default: 40, or 20]",
)
@click.option("--seed", type=click.IntRange(0), default=None, help="Of all luck.  [default: 20261]")
@click.option(
    "--selection",
    type=click.FloatRange(0.0, 1.0),
    default=None,
    help="How far teams that rose were the likelier to be studied, 0 to 1.  [default: 0.5]",
)
@click.option("--resume", is_flag=True, help="Go on with the bank that is there; an error if there is none.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=None,
    help="Directory of draws and report.  [default: results/calibration, or results/calibration-quick]",
)
@click.option(
    "--bank",
    type=click.Path(path_type=Path, file_okay=False),
    default=None,
    help="Directory of the bank of simulations; an unfinished one is gone on with.  [default: OUT/bank]",
)
@click.option(
    "--page",
    type=click.Path(path_type=Path, dir_okay=False),
    default=None,
    help="Where the page goes.  [default: OUT/validation.md]",
)
@click.option(
    "--workers", type=click.IntRange(1), default=os.cpu_count() or 1, help="Threads.  [default: one a core]"
)
@click.option("--json", "json", is_flag=True, help="Print the diagnostics as JSON, and nothing else.")
@click.option("--quiet", is_flag=True, help="No progress, no summary.")
def calibrate(
    quick: bool,
    resume: bool,
    out: Path | None,
    bank: Path | None,
    page: Path | None,
    workers: int,
    json: bool,
    quiet: bool,
    **chosen: Any,
) -> None:
    """Calibrate to the six teams: draws of what is not known, given Table 2, with every diagnostic.

    Parameters are drawn from their priors, the six teams simulated with each, and the draws weighted by how likely they
    make the six reviewed totals at month 12. Equal settings give equal numbers, killed and gone on with included.

    It always takes all six teams, the recorded programme and the compiled engine.
    """
    from calibration.inference.agreement import against, in_words
    from calibration.inference.calibrate import calibrate as calibrated
    from calibration.inference.settings import FULL, QUICK
    from calibration.shipped import diagnostics

    given = {name: value for name, value in chosen.items() if value is not None}
    settings = replace(QUICK if quick else FULL, **given)
    folder = out or Path("results") / ("calibration-quick" if quick else "calibration")
    simulations = bank or folder / "bank"
    if resume and not (simulations / "bank.json").is_file():
        raise InputError(f"--resume: there is no bank in {simulations}. Leave --resume out to begin one.")
    _needs_arviz()
    say = _silent if quiet or json else _say
    try:
        found = calibrated(settings, simulations, workers=workers, progress=not (quiet or json), say=say)
    except ValueError as error:
        raise InputError(f"--bank: {error}") from None
    beside_shipped = against(found.diagnostics, diagnostics())  # before they may be written over
    text = _write(found, folder, _command(quick, given))
    where = page or folder / "validation.md"
    where.write_text(text, encoding="utf-8")
    _draw(found, where.parent / "pictures")
    if json:
        printed = found.diagnostics | {"against_shipped": beside_shipped}
        click.echo(json_format.dumps(printed, sort_keys=True, allow_nan=False))
    elif not quiet:
        click.echo(text.split("\n## ")[0].strip())
        click.echo(f"\nAgainst what ships: {in_words(beside_shipped)}.")
        click.echo(f"\nDraws and report: {folder}")


def _command(quick: bool, given: Mapping[str, Any]) -> str:
    """Return the command that makes the same draws."""
    if not quick and not given:
        return "make calibrate"
    options = "".join(f" --{name} {value}" for name, value in given.items())
    return f"crtsip calibrate{' --quick' * quick}{options}"


def _write(found: Any, folder: Path, command: str) -> str:
    """Write draws, provenance, diagnostics and page; return the page."""
    from calibration.inference.report import page
    from calibration.shipped import DIAGNOSTICS, write_draws

    diagnostics = found.diagnostics
    provenance = {
        "kind": "provisional sample" if "--quick" in command else "posterior",
        "method": "importance sampling from the prior by the six reviewed 12-month totals, Pareto-smoothed, resampled",
        "effective": diagnostics["effective"],
        "k_hat": diagnostics["k_hat"],
        "selection": diagnostics["selection"],
        "command": command,
    }
    write_draws(found.table, provenance, folder, diagnostics["settings"])
    text = json_format.dumps(diagnostics, indent=1, allow_nan=False)  # in the order of the page
    (folder / DIAGNOSTICS).write_text(text + "\n", encoding="utf-8")
    return page(diagnostics)


def _draw(found: Any, folder: Path) -> None:
    from experiments.plots.calibration import pictures

    pictures(found.table, found.diagnostics, folder)


def _needs_arviz() -> None:
    from importlib.util import find_spec

    if find_spec("arviz") is None:
        raise InputError("A calibration needs arviz: pip install 'crtsip[calibrate]'.")


def _say(text: str) -> None:
    click.echo(f"crtsip: {text} ...", err=True)


def _silent(text: str) -> None:
    pass
