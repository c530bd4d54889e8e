"""The compiled engine equals the Mesa model to the last bit: two readers of one rule book check each other.

``CRTSIP_PARITY_CASES=5000`` makes the drawn test longer than it is every day.
"""

import os
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pytest
from drawing import parameters, programmes, records, sites
from end_states import comparable, differences, of_mesa
from hypothesis import given, settings
from hypothesis import strategies as st

from calibration import prior
from model import presets
from model.arrays import inputs_of
from model.crisis_teams import CrisisTeams
from model.ensemble import Lived, compiled_runs, live_compiled, measured_weeks, runs_of
from model.mechanisms import MECHANISMS, switched_off
from model.noise import PhiloxTape
from model.outcomes import Run
from model.parameters import Parameters
from model.programme.programme import Programme
from model.sites import Network

CASES = int(os.environ.get("CRTSIP_PARITY_CASES", "300"))
#: Months of a run: short ones often, as they find as much; the longest to ten weeks short of three and a half years.
LENGTHS = st.floats(4.0, 16.0) | st.floats(16.0, 40.0)


def networks(largest_team: int) -> st.SearchStrategy[Network]:
    """Draw one to five teams that share trusts and facilitators in some way."""
    shared = st.integers(0, 1)
    team = st.tuples(sites(largest_team, records()), shared, shared)
    return st.builds(_network, st.lists(team, min_size=1, max_size=5), st.integers(0, 3))


def _network(teams: list[tuple], number: int) -> Network:
    numbered = [
        site.model_copy(
            update={"name": f"team {k}", "number": 7 * k, "trust": trust, "facilitator": facilitator}
        )
        for k, (site, trust, facilitator) in enumerate(teams)
    ]
    return Network(sites=tuple(numbered), number=number)


class Case(NamedTuple):
    """A run of a network: its parameters and its luck."""

    p: Parameters
    tape: PhiloxTape


def assert_equal(network: Network, programme: Programme, cases: Sequence[Case], months: float) -> None:
    """Run a network in either reader of the rules; compare weeks, hours, reviews, events, end states as raw bits.

    The compiled engine lives through all cases in one call, the last of them first.
    """
    measured_months = (1.0, 3.0, 6.0, 12.0, 24.0, months)
    models = [_in_mesa(network, programme, case, months, measured_months) for case in cases]
    weeks = models[0].weeks
    inputs = inputs_of([network] * len(cases), programme, [case.p for case in cases])
    measured = measured_weeks(measured_months, weeks)
    order = list(reversed(range(len(cases))))
    luck = [cases[k].tape.luck for k in order]
    found = live_compiled(inputs, luck, order, weeks, measured, items=True, end_states=True)
    for place, k in enumerate(order):
        _assert_same_runs(runs_of(models[k]), compiled_runs(inputs, found, measured, place))
        _assert_same_ends(models[k], found, place)


def _in_mesa(
    network: Network, programme: Programme, case: Case, months: float, measured_months: tuple[float, ...]
) -> CrisisTeams:
    return CrisisTeams(
        network,
        programme,
        case.p,
        months=months,
        tape=case.tape,
        measured_months=measured_months,
        collect="nothing",
    ).run()


def _assert_same_runs(of_mesa: Sequence[Run], compiled: Sequence[Run]) -> None:
    for one, other in zip(of_mesa, compiled, strict=True):
        assert one.series.shape == other.series.shape
        differs = np.argwhere(one.series.view(np.int64) != other.series.view(np.int64))
        assert not len(differs), f"first differs at week and series {differs[0]}"
        for name, value, twin in zip(one._fields, one, other, strict=True):
            assert np.asarray(value).tobytes() == np.asarray(twin).tobytes(), name


def _assert_same_ends(model: CrisisTeams, found: Lived, place: int) -> None:
    for record, levels in zip(model.records.values(), found.levels[place], strict=True):
        assert np.array(record.levels).tobytes() == levels.tobytes()
    assert found.states is not None
    assert not differences(of_mesa(model), comparable(found.states[place]))


@pytest.mark.slow
@settings(max_examples=CASES)
@given(
    networks(largest_team=24),
    programmes(longest=30.0, deliveries=("by-rules", "recorded")),
    st.lists(parameters(), min_size=1, max_size=2),
    st.lists(st.sampled_from([mechanism.key for mechanism in MECHANISMS]), max_size=4),
    st.integers(0, 2**70),
    LENGTHS,
)
def test_both_engines_give_the_same_bits(network, programme, each, switched, seed, months):
    cases = [Case(switched_off(p, switched), PhiloxTape(seed, replicate)) for replicate, p in enumerate(each)]
    assert_equal(network, programme, cases, months)


@pytest.mark.slow
@pytest.mark.parametrize("posts", [3, 69])
def test_the_smallest_and_the_largest_team_over_forty_months(posts):
    network = Network.of_one(prior(2, seed=5).sites(1)[2].model_copy(update={"posts": posts}))
    case = Case(prior(2, seed=5).parameters(1), PhiloxTape(11, 1))
    assert_equal(network, presets.programme("core-36"), [case], 40.0)


@pytest.mark.slow
@pytest.mark.parametrize("name", presets.names())
def test_every_preset_gives_the_same_bits_for_the_six_teams(name):
    draws = prior(4, seed=9)
    for draw, site in enumerate(draws.sites(3)[:4]):
        case = Case(draws.parameters(draw), PhiloxTape(draw, 1))
        assert_equal(Network.of_one(site), presets.programme(name), [case], 15.0)
