"""All pictures, made from small answers of each kind: ``python -m experiments.plots.gallery DIRECTORY``.

With ``--page FILE`` it writes the page that shows and explains them as well.
"""

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from matplotlib.figure import Figure

from experiments import plots
from experiments.plots.length import length_curve
from experiments.plots.placement import placement_map
from experiments.plots.power import power_curve
from experiments.plots.sensitivity import sensitivity_bars
from experiments.plots.small import LONGER, PAIRS, Small
from experiments.plots.sweep import sweep_picture
from experiments.plots.waterfall import waterfall
from experiments.result import Result, read_result
from experiments.weeks import weekly_scores


class Picture(NamedTuple):
    """A picture: the name of its file, its title, the call that draws it, how to read it, and what draws it here."""

    name: str
    title: str
    call: str
    reading: str
    draw: Callable[[Small], Figure]


PICTURES = (
    Picture(
        "trajectory",
        "Fidelity by month",
        "trajectory(result)",
        "Each panel is a team. Lines are medians of all runs; half of the runs lie in the shade, nine in ten between "
        "the thin lines. Both what is not known and chance are in them. Stars are the totals that reviewers recorded. "
        "Grey lines part low, moderate and high fidelity.",
        lambda small: plots.trajectory(small.result),
    ),
    Picture(
        "single-runs",
        "Fidelity by month, with single runs",
        'trajectory(result, ["internal-24"], runs=5)',
        "Thin lines are single runs of the first draws, paired: the same five worlds with the programme and without. A "
        "median is smoother than any team's course.",
        lambda small: plots.trajectory(small.result, [LONGER], runs=5),
    ),
    Picture(
        "difference-by-month",
        "Paired difference by month",
        "difference_by_month(result, pairs)",
        "The line is the mean difference over draws, with the same people and luck. The shade is what the parameters "
        "leave open; between the dashes lie single runs about their draw's mean. Where the shade holds zero, the sign "
        "is not decided.",
        lambda small: plots.difference_by_month(small.result, PAIRS),
    ),
    Picture(
        "difference-by-week",
        "Paired difference by week",
        "difference_by_week(weekly_scores(result), pairs)",
        "The same by week, over the first draws, which `experiments.weeks` runs again: a result keeps month ends.",
        lambda small: plots.difference_by_week(weekly_scores(small.result), PAIRS),
    ),
    Picture(
        "intervals",
        "Paired differences",
        "intervals(result, pairs)",
        "The same at the end of the longest programme and of the run, with the probability that the difference is "
        "above zero, a share of draws.",
        lambda small: plots.intervals(small.result, PAIRS),
    ),
    Picture(
        "by-length",
        "Placement by length",
        "by_length(result)",
        "Above: an external in place of an internal facilitator, by length of the programme. Below: what each gains "
        "over no programme.",
        lambda small: plots.by_length(small.result),
    ),
    Picture(
        "hours",
        "Hours by actor",
        "hours(result)",
        "Mean hours a team over the run. What the facilitator's main job took is not the programme's, and is crossed "
        "out.",
        lambda small: plots.hours(small.result),
    ),
    Picture(
        "items-by-month",
        "Items by month",
        'items_by_month(item_levels(result), "internal-24")',
        "Left: the mean level of each of the 39 items, darker is lower. Right: what it is above no programme; a minus "
        "marks an item that ends lower. Labels are our own words for the items. Means over runs and teams: a single "
        "team's plan has a dozen items.",
        lambda small: plots.items_by_month(small.items, LONGER),
    ),
    Picture(
        "items-by-programme",
        "Items by programme",
        "items_by_scenario(item_levels(result))",
        "Gain of each item over no programme at the end of the run, in points, by programme.",
        lambda small: plots.items_by_scenario(small.items),
    ),
    Picture(
        "cost-effectiveness",
        "What points cost",
        "cost_effectiveness(result)",
        "Left: small marks are draws, large ones their means; the line joins the efficient ones. Right: with what "
        "probability each has the greatest net benefit, by what a point is worth to the reader, which no data tell.",
        lambda small: plots.cost_effectiveness(small.result),
    ),
    Picture(
        "length",
        "The question of length",
        "length_curve(result)",
        "What a programme gains over none by its length, by what is held equal: weekly hours, hours in all, or cost. "
        "Bars are intervals over draws.",
        lambda small: length_curve(small.lengths),
    ),
    Picture(
        "placement",
        "The question of placement",
        "placement_map(result)",
        "Placement by presence, for managers of different stance: gain over no programme, and the difference from the "
        "first placement.",
        lambda small: placement_map(small.placements),
    ),
    Picture(
        "sweep",
        "Two things varied",
        'sweep_picture(swept, "gain_end")',
        "What the programme gains over no programme in the same world, by a lever (along) and the context (lines). "
        "Bars are intervals over draws.",
        lambda small: sweep_picture(small.swept, "gain_end"),
    ),
    Picture(
        "sensitivity",
        "Sensitivity",
        "sensitivity_bars(study)",
        "Shares of the variance of an answer that go along with each uncertain quantity, luck taken out, with "
        "intervals. From so few draws most intervals hold zero: then a bar says nothing.",
        lambda small: sensitivity_bars(small.study),
    ),
    Picture(
        "waterfall",
        "A difference by mechanism",
        "waterfall(explanation)",
        "From the difference without any mechanism to the whole one: what each mechanism adds or takes, averaged over "
        "orders of switching them on (Shapley values). Black bars are Monte Carlo intervals.",
        lambda small: waterfall(small.explained),
    ),
    Picture(
        "power",
        "Power of a trial",
        "power_curve(trial)",
        "The chance that a trial of so many teams finds a difference, averaged over draws; the shade is over draws.",
        lambda small: power_curve(small.trial),
    ),
)


def draw(small: Small, folder: Path, ending: str = "svg") -> list[Path]:
    """Draw every picture of small answers into a directory; return the files."""
    folder.mkdir(parents=True, exist_ok=True)
    return [plots.save(picture.draw(small), folder / f"{picture.name}.{ending}") for picture in PICTURES]


def page(result: Result, folder: str) -> str:
    """Return the page that shows the pictures of a directory and says how to read them."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    experiment = result.experiment
    environment = Environment(
        loader=PackageLoader("experiments"),
        undefined=StrictUndefined,
        trim_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template("pictures.md.j2").render(
        pictures=PICTURES,
        folder=folder,
        draws=len(experiment.draws),
        kind=experiment.draws.kind,
        replicates=result.replicates,
        teams=len(result.teams),
    )


def main(arguments: list[str] | None = None) -> int:
    """Draw the pictures, and write the page where asked."""
    parser = argparse.ArgumentParser(description="Draw every picture there is, of small answers.")
    parser.add_argument("directory", type=Path)
    parser.add_argument("--result", type=Path, help="draw of this result, with the gallery's scenarios in it")
    parser.add_argument("--page", type=Path, help="write the page here")
    parser.add_argument("--format", choices=["svg", "png"], default="svg")
    given = parser.parse_args(arguments)
    small = Small(read_result(given.result)) if given.result else Small.of()
    draw(small, given.directory, given.format)
    if given.page:
        given.page.write_text(
            page(small.result, os.path.relpath(given.directory, given.page.parent)), encoding="utf-8"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
