"""Small faults of the engine's wiring do not go unseen: a sample of the mutation run."""

import os
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="a mutant runs in a forked process")
def test_no_mutant_of_a_sample_survives_unexplained():
    script = Path(__file__).with_name("mutants.py")
    done = subprocess.run(
        [sys.executable, str(script), "--sample", "60", "--seed", "4"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.splitlines()[-1].startswith("60 mutants: ")
