"""Power of a trial by its number of teams."""

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from experiments.comparison import Estimate
from experiments.plots.style import BLUE, INK, LOOKS, PALE, Look, new_figure, styled
from experiments.trial.trial import Trial

TICKS = (0.0, 0.2, 0.4, 0.6, 0.8, 0.9, 1.0)


@styled
def power_curve(trial: Trial) -> Figure:
    """Draw power by number of teams, averaged over draws, adjusted for the baseline and not; the band is over draws."""
    figure = new_figure(3.6)
    axes = figure.subplots()
    teams = [each.arms.teams for each in trial.by_size]
    adjusted = [each.adjusted for each in trial.by_size]
    low, high = zip(*(estimate.interval_parameters for estimate in adjusted), strict=True)
    axes.fill_between(
        teams,
        low,
        high,
        color=BLUE,
        alpha=0.2,
        linewidth=0,
        label="95% of draws (uncertain parameters), adjusted",
    )
    unadjusted = [each.unadjusted for each in trial.by_size]
    _curve(axes, teams, unadjusted, LOOKS[1], "mean over draws, not adjusted")
    _curve(axes, teams, adjusted, LOOKS[0], "mean over draws, adjusted for the baseline")
    grouped = [
        (each.arms.teams, each.by_facilitator) for each in trial.by_size if each.by_facilitator is not None
    ]
    if grouped:
        of_sizes, of_facilitators = zip(*grouped, strict=True)
        _curve(axes, of_sizes, of_facilitators, LOOKS[2], "mean over draws, adjusted, facilitators as units")
    _lines(axes, trial)
    axes.set_xticks(teams)
    axes.set_xlabel(
        f"Teams in the trial, intervention to control as {trial.arms.intervention} to {trial.arms.control}"
    )
    axes.set_ylabel(f"Power: chance of p < {trial.alpha:g}")
    figure.legend(loc="outside lower center", ncols=2)
    return figure


def _curve(axes: Axes, teams: Sequence[int], estimates: Sequence[Estimate], look: Look, label: str) -> None:
    """Draw means with their Monte Carlo intervals, which end at 0 and 1."""
    means = [estimate.mean for estimate in estimates]
    below = [estimate.mean - max(estimate.mc95[0], 0.0) for estimate in estimates]
    above = [min(estimate.mc95[1], 1.0) - estimate.mean for estimate in estimates]
    axes.errorbar(
        teams,
        means,
        [below, above],
        color=look.colour,
        linestyle=look.line,
        marker=look.marker,
        capsize=2.5,
        elinewidth=1.0,
        label=label,
    )


def _lines(axes: Axes, trial: Trial) -> None:
    axes.set_ylim(0.0, 1.03)
    axes.set_yticks(TICKS)
    axes.grid(axis="y", color=PALE, linewidth=0.5)
    axes.set_axisbelow(True)
    axes.axhline(trial.alpha, color=INK, linewidth=0.9, linestyle=":")
    place = ("axes fraction", "data")
    axes.annotate(
        f"no difference between arms: {trial.alpha:g}",
        (0.995, trial.alpha),
        (0, 3),
        place,
        "offset points",
        ha="right",
    )
