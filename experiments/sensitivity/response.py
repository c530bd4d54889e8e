"""What is explained: an outcome of a programme, or the difference two of them make, by draw and replicate."""

import numpy as np

from experiments.comparison import LARGE
from experiments.errors import InputError
from experiments.result import Result

SUSTAINED = "sustained_share"
DEFAULT = "gain_end"


def response(result: Result, outcome: str, scenario: str, against: str | None) -> np.ndarray:
    """Return ``y[draw, replicate]``, a mean over teams; the paired difference where ``against`` is named.

    Raises
    ------
    InputError
        If there is no such outcome, or it is not there in some runs.
    """
    y = _of(result, outcome, scenario)
    y = y if against is None else y - _of(result, outcome, against)
    missing = int(np.isnan(y).sum())
    if missing:
        months = result.experiment.months
        advice = (
            "Is the run too short? Give --months or --follow-up." if missing == y.size else "Take another."
        )
        raise InputError(
            f"--outcome {outcome}: it is missing in {missing:,} of {y.size:,} runs of {months:g} months. {advice}"
        )
    return y


def _of(result: Result, outcome: str, scenario: str) -> np.ndarray:
    """Return an outcome of a scenario; what is there of some teams is averaged over those."""
    if outcome == SUSTAINED:
        end, later = (_of(result, f"latent_gain_{n}", scenario) for n in ("programme_end", "year_after"))
        return np.asarray(later / np.maximum(end, LARGE))
    values = result.outcome(outcome, scenario)
    there = ~np.isnan(values)
    counts = there.sum(axis=2)
    sums = np.where(there, values, 0.0).sum(axis=2)
    return np.where(counts > 0, sums / np.maximum(counts, 1), np.nan)


def unit(outcome: str) -> str:
    """Return an outcome's unit."""
    from experiments.page import UNITS

    return "share" if outcome == SUSTAINED else UNITS[outcome]


def check_outcome(outcome: str) -> None:
    """Refuse an outcome there is not.

    Raises
    ------
    InputError
        With what was perhaps meant.
    """
    from experiments.crossing import CROSSINGS
    from experiments.errors import did_you_mean
    from model.outcomes import OUTCOME_NAMES

    known = [*OUTCOME_NAMES, *CROSSINGS, SUSTAINED]
    if outcome not in known:
        raise InputError(f"--outcome {outcome}: there is no such outcome.{did_you_mean(outcome, known)}")
