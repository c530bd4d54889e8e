"""The compiled engine equals the Mesa model to the last bit: two readers of one rule book check each other."""

import numpy as np
import pytest
from drawing import parameters, programmes, sites
from hypothesis import given, settings
from hypothesis import strategies as st

from calibration import prior
from model import presets
from model.arrays import compiled_runs
from model.ensemble import simulate
from model.mechanisms import MECHANISMS, switched_off
from model.noise import PhiloxTape
from model.outcomes import Run
from model.parameters import Parameters
from model.programme.programme import Programme
from model.sites import Network

CASES = 300


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


def both(
    network: Network, programme: Programme, p: Parameters, seed: int, months: float
) -> tuple[list[Run], list[Run]]:
    """Run a network in either reader of the rules."""
    measured = (1.0, 3.0, 6.0, 12.0, 24.0, months)
    mesa = simulate(
        network, programme, p, seed=seed, replicate=1, months=months, measured_months=measured, engine="mesa"
    )
    tape = PhiloxTape(seed, 1)
    return mesa, compiled_runs(network, programme, p, tape, months=months, measured_months=measured)


def assert_equal(mesa: list[Run], compiled: list[Run]) -> None:
    """Compare two readers' runs as raw bits: weeks, hours, reviews, events, marks."""
    assert len(mesa) == len(compiled)
    for one, other in zip(mesa, compiled, strict=True):
        assert one.series.shape == other.series.shape
        differs = np.argwhere(one.series.view(np.int64) != other.series.view(np.int64))
        assert not len(differs), f"first differs at week and series {differs[0]}"
        assert np.array(one.hours).tobytes() == np.array(other.hours).tobytes()
        assert one._replace(series=None, hours=()) == other._replace(series=None, hours=())


@pytest.mark.slow
@settings(max_examples=CASES)
@given(
    networks(largest_team=24),
    programmes(longest=14.0),
    parameters(),
    st.lists(st.sampled_from([mechanism.key for mechanism in MECHANISMS]), max_size=4),
    st.integers(0, 2**40),
    st.floats(4.0, 20.0),
)
def test_both_engines_give_the_same_bits(network, programme, p, switched, seed, months):
    assert_equal(*both(network, programme, switched_off(p, switched), seed, months))


@pytest.mark.slow
@pytest.mark.parametrize("posts", [3, 69])
def test_the_smallest_and_the_largest_team_over_forty_months(posts):
    network = Network.of_one(prior(2, seed=5).sites(1)[2].model_copy(update={"posts": posts}))
    assert_equal(*both(network, presets.programme("core-36"), prior(2, seed=5).parameters(1), 11, 40.0))


@pytest.mark.slow
@pytest.mark.parametrize("name", presets.names())
def test_every_preset_gives_the_same_bits_for_the_six_teams(name):
    draws = prior(4, seed=9)
    for draw, site in enumerate(draws.sites(3)[:4]):
        assert_equal(*both(Network.of_one(site), presets.programme(name), draws.parameters(draw), draw, 15.0))
