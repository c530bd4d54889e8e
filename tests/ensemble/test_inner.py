"""Inner functions are compiled in few steps with versions of numba that was tried with, by numba's own with others."""

import os
import subprocess
import sys

import pytest
from worlds import bits

from model import Network, Parameters, Site, inner, presets
from model.ensemble import ensemble

PROBE = """
import numba
numba.__version__ = "0.0.untried"
from model import Network, Parameters, Site, inner, presets
from model.ensemble import ensemble

assert not inner.IS_TRIED
found = ensemble({"one": presets.programme("core-12")}, Network.of_one(Site(posts=5)), [Parameters()], months=13)
print(found["latent_gain_12m"].item().hex(), found["hours_staff"].item().hex())
"""


@pytest.mark.slow
def test_a_numba_that_was_not_tried_compiles_as_it_is_used_to_and_to_the_same_bits(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", PROBE],
        env=os.environ | {"CRTSIP_CACHE_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    network, programme = Network.of_one(Site(posts=5)), presets.programme("core-12")
    found = ensemble({"one": programme}, network, [Parameters()], months=13)
    here = [found[name].item() for name in ("latent_gain_12m", "hours_staff")]
    assert bits(map(float.fromhex, done.stdout.split())) == bits(here)


def test_the_constrained_numba_was_tried():
    assert inner.IS_TRIED
