"""A result without monthly series: the same outcomes, kept, read and gone on with as any other."""

from pathlib import Path

import numpy as np
import pytest
from results import promised, small

from experiments import read_result
from experiments.errors import InputError


def test_outcomes_are_the_same_with_series_and_without() -> None:
    whole, alone = small().run(), small(series=False).run()
    assert alone.outcomes.tobytes() == whole.outcomes.tobytes()
    assert alone.hours.tobytes() == whole.hours.tobytes()
    assert alone.series.size == 0 and whole.series.size > 0


def test_it_is_read_again_as_it_was_written(tmp_path: Path) -> None:
    result = small(series=False).run(out=tmp_path / "one")
    again = read_result(tmp_path / "one")
    assert again.experiment.series is False
    assert again.experiment.fingerprint() == result.experiment.fingerprint()
    assert again.outcomes.tobytes() == result.outcomes.tobytes()
    assert np.array_equal(again.hours, result.hours)
    assert again.to_dataset().sizes["week"] == 0


def test_it_is_extended_to_the_bytes_of_one_run_through(tmp_path: Path) -> None:
    small(series=False, replicates=3).run(out=tmp_path / "parts")
    small(series=False).run(out=tmp_path / "parts")
    small(series=False).run(out=tmp_path / "whole")
    assert promised(tmp_path / "parts") == promised(tmp_path / "whole")


def test_it_does_not_pass_for_one_with_series(tmp_path: Path) -> None:
    small(series=False, replicates=1).run(out=tmp_path / "one")
    with pytest.raises(InputError, match="holds a result of other inputs"):
        small(replicates=1).run(out=tmp_path / "one")
