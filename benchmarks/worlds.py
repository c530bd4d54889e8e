"""The worlds the benchmarks run: one team of 21 staff over a year of the core programme, or as asked.

Parameters are those of the shipped draws. All 24 mechanisms are on: no draw has one in its neutral form.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from calibration import posterior
from model import Network, Site, presets
from model.arrays import Inputs, inputs_of
from model.ensemble import Lived, live_compiled, measured_weeks
from model.mechanisms import MECHANISMS
from model.noise import PhiloxTape
from model.parameters import Parameters
from model.programme.plan import weeks_of

STAFF = 21
PROGRAMME = "core-12"
SEED = 1


def draws(count: int) -> list[Parameters]:
    """Return the first shipped draws, over again where there are not enough, each with all mechanisms on."""
    shipped = posterior()
    found = [shipped.parameters(k % len(shipped)) for k in range(count)]
    for p in found:
        for mechanism in MECHANISMS:
            assert any(getattr(p, name) != value for name, value in mechanism.neutral.items())
    return found


def network_of(staff: int = STAFF, teams: int = 1) -> Network:
    """Return teams of a size, in one network."""
    return Network(sites=tuple(Site(name=f"team {k}", number=k, posts=staff) for k in range(teams)))


@dataclass(frozen=True)
class World:
    """Some runs of one network: each draw once, each with luck of its own."""

    network: Network = field(default_factory=network_of)
    parameters: Sequence[Parameters] = field(default_factory=lambda: draws(25))
    months: float = 12.0

    @property
    def weeks(self) -> int:
        """Return the weeks of a run."""
        return weeks_of(self.months)

    @property
    def team_years(self) -> float:
        """Return the years lived by all teams in all runs."""
        return len(self.parameters) * len(self.network.sites) * self.weeks / weeks_of(12)

    @property
    def measured_months(self) -> tuple[float, ...]:
        """Return the months with a measurement."""
        return tuple(month for month in (6.0, 12.0, 18.0, 24.0, 36.0) if month <= self.months)

    @cached_property
    def measured(self) -> np.ndarray:
        """Return whether each week is measured, ``[week]``."""
        return measured_weeks(self.measured_months, self.weeks)

    @cached_property
    def inputs(self) -> Inputs:
        """Return what the engine reads."""
        return inputs_of(
            [self.network] * len(self.parameters), presets.programme(PROGRAMME), list(self.parameters)
        )

    @cached_property
    def luck(self) -> list[int]:
        """Return the tape's key of each run."""
        return [PhiloxTape(SEED, run).luck for run in range(len(self.parameters))]

    def live(self, *, kept_weeks: Sequence[int] | None = (), end_states: bool = False) -> Lived:
        """Live it in the compiled engine; only outcomes and hours are kept unless asked."""
        return live_compiled(
            self.inputs,
            self.luck,
            range(len(self.luck)),
            self.weeks,
            self.measured,
            kept_weeks=kept_weeks,
            end_states=end_states,
        )
