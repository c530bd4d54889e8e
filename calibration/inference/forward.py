"""Run draws forward under a preset, team by team, and keep outcomes and monthly true practice."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import numpy as np

from calibration.draws import Draws
from model import presets
from model.arrays import inputs_of
from model.ensemble import live_compiled, measured_weeks
from model.noise import PhiloxTape
from model.outcomes import OUTCOME_PLACES
from model.programme.plan import weeks_of
from model.record import NAMES
from model.sites import Network, Site

DRAWS_IN_A_CALL = 100  #: keeps memory within bounds; numbers do not depend on it
LATENT = NAMES.index("latent_total")


class Forward(NamedTuple):
    """Runs of some teams: ``outcomes[draw, replicate, team, outcome]``, ``latent[draw, replicate, team, month]``."""

    outcomes: np.ndarray
    latent: np.ndarray

    @property
    def draws(self) -> int:
        """Return the number of draws."""
        return len(self.outcomes)

    def outcome(self, name: str, team: int) -> np.ndarray:
        """Return an outcome of a team, ``[draw, replicate]``."""
        return np.asarray(self.outcomes[:, :, team, OUTCOME_PLACES[name]])

    def mean_of(self, name: str) -> np.ndarray:
        """Return an outcome's mean over replicates and teams, ``[draw]``."""
        return np.asarray(self.outcomes[..., OUTCOME_PLACES[name]].mean(axis=(1, 2)))


def run_forward(
    draws: Draws, preset: str, seed: int, *, replicates: int, months: int = 12, workers: int = 1
) -> Forward:
    """Run the six teams as each draw has them; the luck of draw and replicate is the same under all presets."""
    sites = [draws.sites(draw) for draw in draws]
    teams = [[each[team] for each in sites] for team in range(len(sites[0]))]
    return run_sites(draws, teams, preset, seed, replicates=replicates, months=months, workers=workers)


def run_sites(
    draws: Draws,
    teams: Sequence[Sequence[Site]],
    preset: str,
    seed: int,
    *,
    replicates: int,
    months: int = 12,
    workers: int = 1,
) -> Forward:
    """Run teams, each alone in its network: ``teams[team][draw]``."""
    programme, weeks = presets.programme(preset), weeks_of(months)
    measured = measured_weeks(range(1, months + 1), weeks)
    ends = [weeks_of(month) for month in range(months + 1)]
    parameters = [draws.parameters(draw) for draw in draws]
    luck = [[PhiloxTape(seed, k, number).luck for k in range(replicates)] for number in draws.numbers]

    def some(sites: Sequence[Site], part: slice) -> tuple[np.ndarray, np.ndarray]:
        networks = [Network.of_one(site) for site in sites[part]]
        which = np.repeat(np.arange(len(networks)), replicates).tolist()
        inputs = inputs_of(networks, programme, parameters[part])
        lived = live_compiled(
            inputs, [each for row in luck[part] for each in row], which, weeks, measured, kept_weeks=ends
        )
        return lived.outcomes[:, 0], lived.series[:, 0, :, LATENT].copy()

    parts = [slice(first, first + DRAWS_IN_A_CALL) for first in range(0, len(draws), DRAWS_IN_A_CALL)]
    jobs = [(sites, part) for sites in teams for part in parts]
    with ThreadPoolExecutor(workers) as pool:
        found = list(pool.map(lambda job: some(*job), jobs))

    def stacked(kind: int) -> np.ndarray:
        runs = np.concatenate([each[kind] for each in found])
        return np.moveaxis(runs.reshape(len(teams), len(draws), replicates, -1), 0, 2)

    return Forward(stacked(0), stacked(1))
