"""Run the arms of patterns: the same draws and the same luck in each, one call for many runs of a team.

Luck is the same in all arms and fresh for each draw. Draws that shared their luck would share its noise: the mean
would then rest on a few lucks, and a decomposition by draws would take noise for agreement.
"""

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import numpy as np
from tqdm import tqdm

from calibration import Draws
from experiments.teams import SIX
from experiments.validation.declarations import Arm, Found, Measure, kept_weeks
from model.ensemble import Engine, lived
from model.noise import PhiloxTape
from model.outcomes import MONTHS
from model.parameters import Parameters, with_values
from model.sites import Network

DRAWS_IN_A_CALL = 100  #: keeps memory within bounds; numbers do not depend on it
Values = Mapping[tuple[str, str], np.ndarray]


@dataclass(frozen=True)
class Request:
    """An arm to run and what is to be measured in it."""

    arm: Arm
    measures: dict[str, Measure] = field(default_factory=dict)


@dataclass(frozen=True)
class Plan:
    """How much is run, and where: ``replicates`` for an arm of six teams, so many more where fewer teams are run.

    ``values`` of parameters are laid over all draws; what an arm sets itself stays.
    """

    replicates: int = 4
    seed: int = 1
    workers: int = 2
    engine: Engine = "compiled"
    values: Mapping[str, float] = field(default_factory=dict)

    def replicates_of(self, arm: Arm) -> int:
        """Return an arm's replicates: arms take about the same number of runs, whatever their teams."""
        return self.replicates * (len(SIX) // len(arm.teams))


def requested(needs: Iterable[tuple[Arm, Measure]]) -> dict[str, Request]:
    """Gather what is needed by arm: arms that are the same are run once."""
    found: dict[str, Request] = {}
    for arm, measure in needs:
        found.setdefault(arm.key, Request(arm)).measures[measure.name] = measure
    return found


def run_arms(requests: Mapping[str, Request], draws: Draws, plan: Plan, *, progress: bool = False) -> Values:
    """Run arms over draws and replicates; return values by arm's key and measure's name.

    Values are ``[draw, replicate, team]``, in the measure's unit.
    """
    parameters = [with_values(draws.parameters(draw), plan.values) for draw in draws]
    for draw in draws:
        draws.sites(draw)  # made before the threads ask for them
    jobs = [(request, team) for request in requests.values() for team in request.arm.teams]

    def one(job: tuple[Request, int]) -> dict[str, np.ndarray]:
        return _team(*job, draws, parameters, plan)

    with ThreadPoolExecutor(plan.workers) as pool:
        shown = tqdm(
            pool.map(one, jobs),
            total=len(jobs),
            desc=draws.kind,
            unit="team",
            disable=None if progress else True,
        )
        done = list(shown)
    values: dict[tuple[str, str], list[np.ndarray]] = {}
    for (request, _), found in zip(jobs, done, strict=True):
        for name, each in found.items():
            values.setdefault((request.arm.key, name), []).append(each)
    return {key: np.stack(teams, axis=2) for key, teams in values.items()}


def _team(
    request: Request, team: int, draws: Draws, parameters: Sequence[Parameters], plan: Plan
) -> dict[str, np.ndarray]:
    """Run one team of an arm; return each measure ``[draw, replicate]``."""
    arm, replicates = request.arm, plan.replicates_of(request.arm)
    months = [month for month in MONTHS if month <= arm.months]
    parts: dict[str, list[np.ndarray]] = {name: [] for name in request.measures}
    for first in range(0, len(draws), DRAWS_IN_A_CALL):
        some = range(first, min(first + DRAWS_IN_A_CALL, len(draws)))
        networks = [Network.of_one(arm.applied(draws.sites(draw)[team - 1])) for draw in some]
        numbers = [draws.numbers[draw] for draw in some]
        tapes = [PhiloxTape(plan.seed, r, number) for number in numbers for r in range(replicates)]
        own = [arm.scenario.parameters_for(parameters[draw]) for draw in some]
        which = np.repeat(np.arange(len(some)), replicates)
        runs = lived(
            networks,
            arm.scenario.programme,
            own,
            tapes,
            which.tolist(),
            months=arm.months,
            measured_months=months,
            engine=plan.engine,
            kept_weeks=kept_weeks(arm.months),
        )
        found = Found(runs, arm.months)
        for name, measure in request.measures.items():
            parts[name].append(measure.of(found).reshape(len(some), replicates).copy())
    return {name: np.concatenate(each) for name, each in parts.items()}
