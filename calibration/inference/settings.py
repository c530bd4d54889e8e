"""What a calibration is made with: all that decides its numbers, beside the model and the teams' records."""

from dataclasses import asdict, dataclass, replace
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
    #: How far teams that rose were the likelier to be studied, 0 to 1: declared, as six teams cannot tell.
    selection: float = 0.5
    data_sets: int = 400  #: synthetic data sets of the simulation-based check
    apart: int = 200  #: the same of the independent method, which takes longer
    structures: int = 2_048  #: draws of each rival structure's own bank
    second: int = 8_192  #: draws of the second sampler
    delivery: int = 4_096  #: draws of the delivery's own factor

    def simulated(self) -> dict[str, Any]:
        """Return what decides the simulations of each draw; how many draws there are does not."""
        return {name: getattr(self, name) for name in ("replicates", "contrasts", "seed")}

    def of_structures(self) -> "Settings":
        """Return the settings of a rival structure's bank: half the replicates, one contrast."""
        return replace(self, draws=self.structures, replicates=max(1, self.replicates // 2), contrasts=1)

    def of_second(self) -> "Settings":
        """Return the settings of the second sampler's bank: as the main one's, but for its size."""
        return replace(self, draws=self.second)

    def to_dict(self) -> dict[str, Any]:
        """Return them by name."""
        return asdict(self)


FULL = Settings()
QUICK = Settings(
    draws=1_024,
    replicates=20,
    contrasts=1,
    kept=100,
    data_sets=200,
    apart=100,
    structures=128,
    second=128,
    delivery=128,
)
