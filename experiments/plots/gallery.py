"""All pictures, made from one small result: ``python -m experiments.plots.gallery DIRECTORY``.

With ``--page FILE`` it writes the page that shows and explains them as well.
"""

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from matplotlib.figure import Figure

from calibration import posterior
from experiments import plots
from experiments.experiment import Experiment
from experiments.items import ItemLevels, item_levels
from experiments.result import Result, read_result
from experiments.scenario import Scenario

SCENARIOS = ("internal-12", "external-12", "internal-24", "external-24")
LONGER, SHORTER = "internal-24", "internal-12"
PAIRS = (("external-12", SHORTER), (LONGER, SHORTER))
MONTHS, DRAWS, REPLICATES = 36.0, 60, 2


class Small(NamedTuple):
    """What the pictures are drawn of: a small result, and the levels of its items."""

    result: Result
    items: ItemLevels


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
)


def small_result(draws: int = DRAWS, replicates: int = REPLICATES) -> Result:
    """Run the result of the gallery: both placements over 12 and 24 months, the six teams."""
    scenarios = [Scenario(name) for name in SCENARIOS]
    experiment = Experiment(scenarios, draws=posterior(draws), replicates=replicates, months=MONTHS)
    return experiment.run(workers=os.cpu_count() or 1)


def draw(result: Result, folder: Path, ending: str = "svg") -> list[Path]:
    """Draw every picture of a result into a directory; return the files."""
    small = Small(result, item_levels(result))
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
    parser = argparse.ArgumentParser(description="Draw every picture there is, of one small result.")
    parser.add_argument("directory", type=Path)
    parser.add_argument("--result", type=Path, help="draw of this result, with the gallery's scenarios in it")
    parser.add_argument("--page", type=Path, help="write the page here")
    parser.add_argument("--format", choices=["svg", "png"], default="svg")
    given = parser.parse_args(arguments)
    result = read_result(given.result) if given.result else small_result()
    draw(result, given.directory, given.format)
    if given.page:
        given.page.write_text(
            page(result, os.path.relpath(given.directory, given.page.parent)), encoding="utf-8"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
