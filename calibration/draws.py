"""Draws: parameter vectors with the circumstances of the six teams, from the prior or from the shipped sample."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from io import BytesIO
from typing import TYPE_CHECKING, Literal

import numpy as np

from calibration.records import TeamRecord, coding_key, six_teams
from calibration.sites import PLACEMENT_CODES, site_of
from model.parameters import Parameters, declared, uncertain
from model.sites import Network, Site

if TYPE_CHECKING:
    import pandas as pd

Kind = Literal["prior", "provisional sample", "posterior", "design"]


@dataclass(frozen=True)
class Draws:
    """A table with a row for each draw: a column for each uncertain parameter, and ``team 1: busyness`` and so on.

    ``numbers[draw]`` names each draw for good: it is kept when a part of the draws is taken. A column may also
    name a parameter without a prior (a switch laid over all draws); a parameter without a column is at its default, a
    circumstance at the middle of its interval.
    """

    table: "pd.DataFrame"
    kind: Kind
    _made: dict[tuple[int, bytes], Network] = field(default_factory=dict, repr=False, compare=False)

    def __len__(self) -> int:
        return len(self.table)

    def __iter__(self) -> Iterator[int]:
        return iter(range(len(self)))

    @property
    def numbers(self) -> list[int]:
        """Return the draws' own numbers."""
        return [int(number) for number in self.table.index]

    def parameters(self, draw: int) -> Parameters:
        """Return the parameters of a draw (by position)."""
        return Parameters(*self._parameters[draw].tolist())

    @cached_property
    def _parameters(self) -> np.ndarray:
        """Return all parameters, ``[draw, parameter]``: a row of the table takes ten times as long to read."""
        there = [k for k, name in enumerate(Parameters._fields) if name in self.table.columns]
        found = np.tile(np.array(Parameters()), (len(self), 1))
        found[:, there] = self.table[[Parameters._fields[k] for k in there]].to_numpy(float)
        return found

    @cached_property
    def ranks(self) -> "pd.DataFrame":
        """Return the table with each value's rank in its column in its place."""
        return self.table.rank()

    def sites(self, draw: int) -> tuple[Site, ...]:
        """Return the six teams as a draw has them."""
        return tuple(self.site(record.number, draw) for record in six_teams())

    def site(self, number: int, draw: int) -> Site:
        """Return one of the six teams as a draw has it."""
        return self.network(number, draw).sites[0]

    def network(self, number: int, draw: int) -> Network:
        """Return one of the six teams as a draw has it, alone in its network."""
        names, values = self._circumstances[number]
        key = (number, values[draw])
        if key not in self._made:
            circumstances = dict(zip(names, np.frombuffer(values[draw]).tolist(), strict=True))
            self._made[key] = Network.of_one(site_of(_record(number), circumstances))
        return self._made[key]

    @cached_property
    def _circumstances(self) -> dict[int, tuple[list[str], list[bytes]]]:
        """Return the names of each team's circumstances and, by draw, their values as bytes."""
        found = {}
        for record in six_teams():
            prefix = f"team {record.number}: "
            columns = [name for name in self.table.columns if name.startswith(prefix)]
            names = [name.removeprefix(prefix) for name in columns]
            found[record.number] = (names, [row.tobytes() for row in self.table[columns].to_numpy(float)])
        return found

    def digest(self) -> str:
        """Return a hash of all that is in the table: names of columns, numbers of draws, values."""
        names = json.dumps([list(self.table.columns), self.numbers])
        values = np.ascontiguousarray(self.table.to_numpy(float), "<f8")
        return hashlib.sha256(names.encode() + values.tobytes()).hexdigest()

    def first(self, count: int) -> "Draws":
        """Return the first draws.

        Raises
        ------
        ValueError
            If there are not so many.
        """
        if not 1 <= count <= len(self):
            raise ValueError(
                f"draws = {count}: this {self.kind} has {len(self)} draws; ask for 1 to {len(self)}."
            )
        return Draws(self.table.iloc[:count], self.kind)

    def laid_over(self, values: Mapping[str, "float | pd.Series[float]"]) -> "Draws":
        """Return the same draws with some columns replaced: a value for all, or one for each draw."""
        return Draws(self.table.assign(**values), self.kind)


@cache
def _record(number: int) -> TeamRecord:
    return next(record for record in six_teams() if record.number == number)


def prior(count: int, seed: int = 0) -> Draws:
    """Draw from the priors and the coded intervals, independently, by a scrambled Sobol sequence.

    The first draws of a longer sample are those of a shorter one.
    """
    return at_points(uniform_points(count, seed))


def uniform_points(count: int, seed: int = 0) -> np.ndarray:
    """Return the uniform numbers behind ``prior``: ``[draw, column]``, in the order of its columns."""
    from scipy.stats import qmc

    sequence = qmc.Sobol(len(_columns()), rng=seed)
    points = sequence.random_base2(max(0, int(np.ceil(np.log2(max(count, 1))))))[:count]
    return np.asarray(np.clip(points, 1e-12, 1.0 - 1e-12))


def at_points(points: np.ndarray, first: int = 0) -> Draws:
    """Return the draws at some uniform numbers ``[draw, column]``; the draws' own numbers begin at ``first``."""
    import pandas as pd

    columns = _columns()
    table = {name: transform(points[:, k]) for k, (name, transform) in enumerate(columns.items())}
    return Draws(pd.DataFrame(table, index=range(first, first + len(points))), "prior")


def designed(points: "pd.DataFrame", circumstances: "pd.DataFrame | None" = None) -> Draws:
    """Return the draws of a design: parameters at given probabilities of their priors, all others at their defaults.

    Parameters
    ----------
    points
        ``[draw, parameter]``: probabilities in [0, 1].
    circumstances
        ``[draw, circumstance of a team]``, as ``prior`` names them; each at the middle of its interval where not given.
    """
    import pandas as pd

    columns = _columns()
    values = {name: columns[name](points[name].to_numpy()) for name in points.columns}
    table = pd.DataFrame(values, index=points.index)
    return Draws(table if circumstances is None else pd.concat([table, circumstances], axis=1), "design")


def _columns() -> dict[str, "Transform | Coded"]:
    columns: dict[str, Transform | Coded] = {}
    for name in uncertain():
        entry = declared()[name].prior
        if entry is not None:
            columns[name] = Transform(entry.family, entry.low, entry.high)
    for record in six_teams():
        for name, (low, high) in record.circumstances().items():
            scale = coding_key().scale[name]
            columns[f"team {record.number}: {name}"] = Coded(low, high, scale.low, scale.high)
        if record.ticks.research_team_support == "blank":
            columns[f"team {record.number}: research_support"] = Transform("uniform", 0.0, 1.0)
        columns[f"team {record.number}: placement"] = Transform("placement", 0.0, 0.0, record.placements)
    return columns


@dataclass(frozen=True)
class Transform:
    """How a uniform number becomes a value of one column."""

    family: str
    low: float
    high: float
    placements: tuple[str, ...] = ()

    def __call__(self, points: np.ndarray) -> np.ndarray:
        if self.family == "placement":
            return self._placements(points)
        if self.family == "uniform":
            return self.low + points * (self.high - self.low)
        logarithms = np.log(self.low) + points * (np.log(self.high) - np.log(self.low))
        return np.asarray(np.exp(logarithms))

    def _placements(self, points: np.ndarray) -> np.ndarray:
        """Draw among the placements the text leaves open, as frequent as in the trial."""
        frequency = {"embedded": 1.0, "internal": 4.0, "external": 1.0}
        weights = np.cumsum([frequency[name] for name in self.placements])
        codes = np.array([PLACEMENT_CODES[name] for name in self.placements])
        chosen = np.searchsorted(weights, points * weights[-1], side="right")
        return np.asarray(codes[chosen], dtype=float)


@dataclass(frozen=True)
class Coded:
    """How a uniform number becomes a circumstance, given its code: in the code's interval, or anywhere if miscoded.

    See the coding-error model in ``coding_key.toml``. A fixed circumstance (``low == high``) stays fixed.
    """

    low: float
    high: float
    lowest: float
    highest: float

    def __call__(self, points: np.ndarray) -> np.ndarray:
        share = coding_key().miscoded if self.low < self.high else 0.0
        within = self.low + (points - share) / (1.0 - share) * (self.high - self.low)
        anywhere = self.lowest + points / max(share, 1e-300) * (self.highest - self.lowest)
        return np.where(points < share, anywhere, within)

    def density(self, values: np.ndarray) -> np.ndarray:
        """Return the density of values that are not fixed."""
        share = coding_key().miscoded
        inside = (values >= self.low) & (values <= self.high)
        return np.asarray(
            share / (self.highest - self.lowest) + (1.0 - share) * inside / (self.high - self.low)
        )


@cache
def _shipped() -> Draws:
    import pandas as pd

    from calibration import shipped

    shipped.warn_if_stale(stacklevel=3)  # of the caller of posterior(), and once: what this returns is kept
    return Draws(pd.read_parquet(BytesIO(shipped.shipped(shipped.DRAWS))), shipped.provenance()["kind"])


def posterior(count: int | None = None) -> Draws:
    """Return the shipped draws, or the first ``count`` of them (they stand in random order).

    Warns once (``calibration.shipped.DrawsAreStale``) where parameters or the teams' data have changed since the draws
    were made. Whether the model behaves otherwise takes runs to know: ``crtsip doctor`` tells.
    """
    return _shipped() if count is None else _shipped().first(count)
