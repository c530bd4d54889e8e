"""Many runs at once: the same numbers as one by one, in labels, with what was asked for and no more."""

import numpy as np
import pytest

from calibration import prior
from model import presets
from model.arrays import inputs_of
from model.ensemble import ensemble, live_compiled, measured_weeks, simulate
from model.noise import PhiloxTape
from model.outcomes import OUTCOME_NAMES, reduce_run
from model.programme.plan import Kind, weeks_of
from model.sites import Network

DRAWS = prior(3, seed=2)
PARAMETERS = [DRAWS.parameters(draw) for draw in DRAWS]
NETWORKS = [
    Network(sites=tuple(DRAWS.sites(draw)[:2]), number=4) for draw in DRAWS
]  # two teams, one trust and one facilitator
PROGRAMMES = {name: presets.programme(name) for name in ("core-12", "no-sip")}
MONTHS = 5.0
MEASURED = (2.0, MONTHS)


def made(**options):
    return ensemble(
        PROGRAMMES, NETWORKS, PARAMETERS, seed=3, months=MONTHS, measured_months=MEASURED, **options
    )


def test_a_run_among_many_is_the_run_alone():
    found = made(replicates=2)
    for name, programme in PROGRAMMES.items():
        for draw, p in enumerate(PARAMETERS):
            for replicate in range(2):
                alone = simulate(
                    NETWORKS[draw],
                    programme,
                    p,
                    seed=3,
                    replicate=replicate,
                    months=MONTHS,
                    measured_months=MEASURED,
                )
                place = {"scenario": name, "draw": draw, "replicate": replicate}
                for team, run in zip(("team 1", "team 2"), alone, strict=True):
                    for outcome, value in reduce_run(p, run).items():
                        among = found[outcome].sel(**place, team=team).item()
                        assert among == value or (np.isnan(among) and np.isnan(value)), outcome


def test_both_engines_answer_with_the_same_dataset():
    keep = ("weeks", "items", "events")
    compiled, mesa = made(keep=keep), made(keep=keep, engine="mesa")
    assert compiled.identical(mesa)
    assert compiled.sizes["item"] == 39
    assert compiled.sizes["week"] == weeks_of(MONTHS) + 1


def test_weeks_items_and_events_come_on_request_only():
    found = made()
    assert set(found.data_vars) == {*OUTCOME_NAMES, "hours"}
    assert found["gain_end"].dims == ("scenario", "draw", "replicate", "team")
    assert found["gain_end"].attrs["units"] == "points"
    levels = made(keep=("items", "weeks"))
    np.testing.assert_allclose(
        levels["level_by_week"].sum("item"), levels["latent_total_by_week"], rtol=1e-12
    )
    events = made(keep=("events",))
    scoping = events["event_kind"].sel(scenario="core-12") == Kind.SCOPING
    assert (scoping.sum("event") == 1).all()
    assert (events["event_kind"].sel(scenario="no-sip") == -1).all()
    assert (events["event_held"].sel(scenario="no-sip") == -2).all()


def test_the_order_and_number_of_runs_in_a_call_do_not_matter():
    inputs = inputs_of(NETWORKS, PROGRAMMES["core-12"], PARAMETERS)
    measured = measured_weeks(MEASURED, weeks_of(MONTHS))
    luck = [PhiloxTape(8, replicate).luck for replicate in range(4)]
    which = [0, 1, 2, 1]
    together = live_compiled(inputs, luck, which, weeks_of(MONTHS), measured)
    for k in (3, 1, 0, 2):
        alone = live_compiled(inputs, luck[k : k + 1], which[k : k + 1], weeks_of(MONTHS), measured)
        assert alone.outcomes[0].tobytes() == together.outcomes[k].tobytes()
        assert alone.series[0].tobytes() == together.series[k].tobytes()


def test_as_many_networks_as_draws_are_asked_for():
    with pytest.raises(ValueError, match="2 networks for 3 draws"):
        ensemble(PROGRAMMES, NETWORKS[:2], PARAMETERS)
