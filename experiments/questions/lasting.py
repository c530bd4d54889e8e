"""The gain over no programme when support ends, later, and at one month for all."""

import numpy as np

from experiments.comparison import Comparison, compare, judged
from experiments.experiment import NO_SIP
from experiments.questions.equal import name
from experiments.result import Result
from model.programme.plan import weeks_of
from model.record import NAMES

FOLLOW_UP = 12.0  #: months after support ends
#: Months after support ends at which gains are taken; the last is the end of the run, one month for all.
MOMENTS = (0.0, FOLLOW_UP, None)


def net_gain(result: Result, scenario: str, months_after: float) -> np.ndarray:
    """Return the gain in true practice over no programme, ``[draw, replicate, team]``, some months after support ends.

    NaN where the run ends before.
    """
    ends = result.experiment.month_ends
    length = next(s.programme.months for s in result.experiment.scenarios if s.name == scenario)
    week = weeks_of(length + months_after)
    if week not in ends:
        return np.full_like(result.outcome("gain_end", scenario), np.nan)
    with_it, without = (_latent(result, arm)[..., ends.index(week)] for arm in (scenario, NO_SIP))
    return np.asarray(with_it - without)


def _latent(result: Result, scenario: str) -> np.ndarray:
    series = result.series[result.scenarios.index(scenario), ..., NAMES.index("latent_total")]
    return np.asarray(series, dtype=float)


def gain(result: Result, rule: str, months: int, months_after: float | None) -> Comparison | None:
    """Judge a length's gain over no programme some months after its support ends, or at the end of the run."""
    arm = name(rule, months)
    if months_after is None:
        return compare(result, "latent_gain_end", arm, against=NO_SIP)
    return judged(net_gain(result, arm, months_after), f"net_gain_{months_after:g}m_after", arm, NO_SIP)


def after(result: Result, months_after: float | None) -> str:
    """Return in words when a gain is taken."""
    if months_after is None:
        return f"at month {result.experiment.months:g}"
    return f"{months_after:g} months after support ended" if months_after else "when support ends"
