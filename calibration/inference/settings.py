"""What a calibration is made with: all that decides its numbers, beside the model and the teams' records."""

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Settings:
    """Sizes and seeds of a calibration.

    ``draws`` of the prior, each with ``replicates`` runs of the six teams with luck of their own (fewer than 20 distort
    the likelihood); ``contrasts`` replicates of the programmes the headline answers compare; ``kept`` draws shipped.
    """

    draws: int = 16_384
    replicates: int = 40
    contrasts: int = 2
    kept: int = 400
    seed: int = 20_261
    data_sets: int = 400  #: synthetic data sets of the simulation-based check

    def simulated(self) -> dict[str, Any]:
        """Return what decides the simulations of each draw; how many draws there are does not."""
        return {name: getattr(self, name) for name in ("replicates", "contrasts", "seed")}

    def to_dict(self) -> dict[str, Any]:
        """Return them by name."""
        return asdict(self)


FULL = Settings()
QUICK = Settings(draws=1_024, replicates=20, contrasts=1, kept=100, data_sets=200)
