"""How a number is declared: unit, prior, domain, mechanism, status, source, meaning."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from scipy.stats import rv_continuous

Status = Literal["measured", "literature", "assumed", "convention", "switch", "calibrated"]

PRIORITISATION = "Prioritisation"
LEADERSHIP = "Leadership"
WORKFORCE = "Workforce"
WORKFLOW = "Workflow re-engineering"
REINFORCEMENT = "Reinforcement"
MEASUREMENT = "Measurement"
MONEY = "Money"


@dataclass(frozen=True)
class Prior:
    """What is believed of a number before the six teams' data: a range, and how it is filled.

    ``family`` names a distribution of ``scipy.stats``, ``uniform`` or ``loguniform``; both are bounded, so every
    value a rule can meet lies in [``low``, ``high``].
    """

    family: Literal["uniform", "loguniform"]
    low: float
    high: float

    def distribution(self) -> "rv_continuous":
        """Return the frozen ``scipy.stats`` distribution."""
        from scipy import stats

        if self.family == "uniform":
            return stats.uniform(self.low, self.high - self.low)
        return stats.loguniform(self.low, self.high)

    def __str__(self) -> str:
        return f"{self.family}({self.low:g}, {self.high:g})"


def uniform(low: float, high: float) -> Prior:
    """Declare all values between two bounds equally likely."""
    return Prior("uniform", low, high)


def loguniform(low: float, high: float) -> Prior:
    """Declare all ratios between two positive bounds equally likely."""
    return Prior("loguniform", low, high)


@dataclass(frozen=True)
class Declared:
    """Say what a number means and where it comes from.

    ``status``: *measured* or *literature* (with the source's key), *assumed* (nobody measured it), *convention* (a
    bound or unit of the model), *switch* (1; 0 switches a mechanism off), *calibrated* (moved by the six teams).
    ``mechanism`` is the key (M1-M24) in ``model.mechanisms``, empty where there is none.
    """

    unit: str
    prior: Prior | None
    domain: str
    mechanism: str
    status: Status
    source: str
    meaning: str
