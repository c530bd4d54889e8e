"""The command that says why two programmes differ."""

import json as json_format
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from experiments.errors import InputError

if TYPE_CHECKING:
    from experiments.comparison import Estimate
    from experiments.explain import Explanation


COLUMNS = ("mean", "Monte Carlo", "95% of draws")


class Asked(NamedTuple):
    """What the user asked of ``explain``."""

    outcome: str
    team_years: int
    seed: int
    team: str | None
    draw: int | None
    replicate: int | None
    out: Path | None
    force: bool
    workers: int
    json: bool
    quiet: bool

    @property
    def one_pair(self) -> bool:
        """Say whether a single pair of runs is asked for; all three that name it are needed then."""
        named = {"--team": self.team, "--draw": self.draw, "--replicate": self.replicate}
        missing = [name for name, value in named.items() if value is None]
        if missing and len(missing) < len(named):
            raise InputError(
                f"{' and '.join(missing)} missing: a pair of runs is named by team, draw and replicate."
            )
        return not missing


@click.command()
@click.argument("result", type=click.Path(path_type=Path))
@click.option("--scenario", required=True, help="Name of the scenario.")
@click.option("--against", required=True, help="Name of the scenario it is compared with.")
@click.option("--outcome", default="gain_end", show_default=True, help="What the difference is taken of.")
@click.option(
    "--team-years",
    type=click.IntRange(1),
    default=400_000,
    show_default=True,
    help="How much may be simulated; draws, replicates and orders are chosen to suffice.",
)
@click.option("--seed", type=click.IntRange(0), default=1, show_default=True, help="Names the random orders.")
@click.option("--team", default=None, help="For a single pair of runs: number or name of the team.")
@click.option("--draw", type=int, default=None, help="For a single pair of runs: the draw's number.")
@click.option("--replicate", type=click.IntRange(0), default=None, help="For a single pair of runs: from 0.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=None,
    help="Directory of the explanation; an unfinished one there is gone on with.  [default: in RESULT]",
)
@click.option("--force", is_flag=True, help="Replace what stands at --out.")
@click.option(
    "--workers", type=click.IntRange(1), default=os.cpu_count() or 1, help="Threads.  [default: one a core]"
)
@click.option("--json", "json", is_flag=True, help="Print the explanation as JSON, and nothing else.")
@click.option("--quiet", is_flag=True, help="No progress, no tables.")
def explain(result: Path, scenario: str, against: str, **given: Any) -> None:
    """Split the difference of two scenarios of a RESULT by mechanism, by whose hours, and along time.

    Mechanisms are switched on one by one in random orders (Shapley values): the bars add up to the difference. With
    --team, --draw and --replicate it tells where a single pair of runs parts, and what follows.
    """
    asked = Asked(**given)
    if asked.one_pair:
        _tell_pair(result, scenario, against, asked)
    else:
        _explain(result, scenario, against, asked)


def _tell_pair(result: Path, scenario: str, against: str, asked: Asked) -> None:
    from experiments.cli.output import say
    from experiments.explain import parted

    assert asked.team is not None and asked.draw is not None and asked.replicate is not None
    found = parted(result, scenario, against, asked.team, asked.draw, asked.replicate)
    if asked.json:
        click.echo(json_format.dumps(found.to_dict(), sort_keys=True, allow_nan=False))
    elif not asked.quiet:
        say(found.to_text())


def _explain(folder: Path, scenario: str, against: str, asked: Asked) -> None:
    from experiments.explain.cells import Task
    from experiments.explain.kept import folder_of
    from experiments.explain.running import explained
    from experiments.result import read_result

    result = read_result(folder)
    task = Task.of(result, scenario, against, asked.outcome, team_years=asked.team_years, seed=asked.seed)
    out = asked.out if asked.out is not None else folder_of(task, folder)
    found = explained(
        task,
        workers=asked.workers,
        out=out,
        force=asked.force,
        progress=not asked.quiet,
        say=lambda note: click.echo(f"crtsip: {note}", err=True),
    )
    text = json_format.dumps(found.to_dict(), sort_keys=True, allow_nan=False)
    _write(found, out, text)
    if asked.json:
        click.echo(text)
    elif not asked.quiet:
        _show(found)
        click.echo(f"crtsip: the explanation is in {out}, its picture is {out / 'waterfall.svg'}", err=True)


def _write(found: "Explanation", out: Path, text: str) -> None:
    from experiments.plots.style import save
    from experiments.plots.waterfall import waterfall
    from experiments.store.files import write_bytes

    write_bytes(out / "explanation.json", (text + "\n").encode())
    save(waterfall(found), out / "waterfall.svg")


def _show(found: "Explanation") -> None:
    from experiments.cli.output import say, table

    task = found.task
    say(
        f"\n{task.scenario} less {task.against}, {task.outcome} ({found.unit}): {task.draws} draws, "
        f"{task.replicates} replicates, {len(task.result.teams)} teams.\n"
    )
    titles = {mechanism.key: f"{mechanism.key} {mechanism.title}" for mechanism in task.players}
    rows = [_row("without any mechanism", found.without, found)]
    rows += [_row(titles[key], bar, found) for key, bar in found.ranked]
    rows.append(_row("difference: the sum", found.difference, found))
    say(table(["part", *COLUMNS], rows))
    say("\nBy domain:\n")
    say(table(["domain", *COLUMNS], [_row(name, bar, found) for name, bar in found.domains.items()]))
    say(f"\nIn the whole result the difference is {found.whole_result.mean:+.2f}.")
    say("\nIn whose hours they differ, per team over the run:\n")
    hours = [[f"{actor}: {kind}", *_cells(estimate)] for actor, kind, estimate in found.hours()]
    say(table(["hours", "mean", "95% of draws"], hours))
    say("\nAlong time, points before review error:\n")
    months = [
        [f"{month:.0f}", *_cells(estimate)] for month, estimate in found.months() if round(month) % 3 == 0
    ]
    say(table(["month", "mean", "95% of draws"], months))
    say("\nNot decided:")
    for sentence in found.undecided():
        say(f"- {sentence}")


def _row(label: str, estimate: "Estimate", found: "Explanation") -> list[str]:
    mean, spread = _cells(estimate)
    low, high = estimate.mc95
    return [label, mean, f"{low:+.2f} to {high:+.2f}" if found.task.replicates > 1 else "–", spread]


def _cells(estimate: "Estimate") -> list[str]:
    low, high = estimate.interval_parameters
    return [f"{estimate.mean:+.2f}", f"{low:+.2f} to {high:+.2f}"]
