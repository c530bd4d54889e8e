"""The compiled engine equals the Mesa model to the last bit: two readers of one rule book check each other.

``CRTSIP_PARITY_CASES=5000`` makes the drawn test longer than it is every day.
"""

import os

import numpy as np
import pytest
from drawing import parameters, programmes, sites
from end_states import comparable, differences, of_mesa
from hypothesis import given, settings
from hypothesis import strategies as st

from calibration import prior
from model import presets
from model.arrays import inputs_of
from model.crisis_teams import CrisisTeams
from model.ensemble import compiled_runs, live_compiled, measured_weeks, runs_of
from model.mechanisms import MECHANISMS, switched_off
from model.noise import PhiloxTape
from model.parameters import Parameters
from model.programme.programme import Programme
from model.sites import Network

CASES = int(os.environ.get("CRTSIP_PARITY_CASES", "300"))
#: Months of a run: short ones often, as they find as much; the longest to ten weeks short of three and a half years.
LENGTHS = st.floats(4.0, 16.0) | st.floats(16.0, 40.0)


def networks(largest_team: int) -> st.SearchStrategy[Network]:
    """Draw one to five teams that share trusts and facilitators in some way."""
    shared = st.integers(0, 1)
    team = st.tuples(sites(largest_team), shared, shared)
    return st.builds(_network, st.lists(team, min_size=1, max_size=5), st.integers(0, 3))


def _network(teams: list[tuple], number: int) -> Network:
    numbered = [
        site.model_copy(
            update={"name": f"team {k}", "number": 7 * k, "trust": trust, "facilitator": facilitator}
        )
        for k, (site, trust, facilitator) in enumerate(teams)
    ]
    return Network(sites=tuple(numbered), number=number)


def assert_equal(network: Network, programme: Programme, p: Parameters, seed: int, months: float) -> None:
    """Run a network in either reader of the rules; compare weeks, hours, reviews, events, end states as raw bits."""
    measured_months, tape = (1.0, 3.0, 6.0, 12.0, 24.0, months), PhiloxTape(seed, 1)
    model = CrisisTeams(
        network,
        programme,
        p,
        months=months,
        tape=tape,
        measured_months=measured_months,
        collect="nothing",
    ).run()
    inputs = inputs_of([network], programme, [p])
    measured = measured_weeks(measured_months, model.weeks)
    found = live_compiled(inputs, [tape.luck], [0], model.weeks, measured, items=True, end_states=True)
    for one, other in zip(runs_of(model), compiled_runs(inputs, found, measured), strict=True):
        assert one.series.shape == other.series.shape
        differs = np.argwhere(one.series.view(np.int64) != other.series.view(np.int64))
        assert not len(differs), f"first differs at week and series {differs[0]}"
        for name, value, twin in zip(one._fields, one, other, strict=True):
            assert np.asarray(value).tobytes() == np.asarray(twin).tobytes(), name
    for record, levels in zip(model.records.values(), found.levels[0], strict=True):
        assert np.array(record.levels).tobytes() == levels.tobytes()
    assert found.states is not None
    assert not differences(of_mesa(model), comparable(found.states[0]))


@pytest.mark.slow
@settings(max_examples=CASES)
@given(
    networks(largest_team=24),
    programmes(longest=30.0),
    parameters(),
    st.lists(st.sampled_from([mechanism.key for mechanism in MECHANISMS]), max_size=4),
    st.integers(0, 2**70),
    LENGTHS,
)
def test_both_engines_give_the_same_bits(network, programme, p, switched, seed, months):
    assert_equal(network, programme, switched_off(p, switched), seed, months)


@pytest.mark.slow
@pytest.mark.parametrize("posts", [3, 69])
def test_the_smallest_and_the_largest_team_over_forty_months(posts):
    network = Network.of_one(prior(2, seed=5).sites(1)[2].model_copy(update={"posts": posts}))
    assert_equal(network, presets.programme("core-36"), prior(2, seed=5).parameters(1), 11, 40.0)


@pytest.mark.slow
@pytest.mark.parametrize("name", presets.names())
def test_every_preset_gives_the_same_bits_for_the_six_teams(name):
    draws = prior(4, seed=9)
    for draw, site in enumerate(draws.sites(3)[:4]):
        assert_equal(Network.of_one(site), presets.programme(name), draws.parameters(draw), draw, 15.0)
