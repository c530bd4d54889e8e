"""Draws as files: written, read again, and known to be stale."""

import json
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from calibration import draws as drawing
from calibration import posterior, prior, shipped
from calibration.fingerprint import cheap_basis, fingerprint, hash_of
from calibration.inference.settings import FULL
from calibration.shipped import DRAWS, FINGERPRINT, NETCDF, PROVENANCE, DrawsAreStale, write_draws

MADE = {"kind": "posterior", "command": "make calibrate", "a": 1}
SETTINGS = {"nu": 0.5, "teams": [1, 2, 3]}


@pytest.fixture
def table() -> pd.DataFrame:
    return prior(16, seed=3).table.iloc[[9, 4, 6]]


@pytest.fixture
def fresh() -> Iterator[None]:
    """Let the shipped draws be read as if for the first time, and again afterwards."""
    drawing._shipped.cache_clear()
    yield
    drawing._shipped.cache_clear()


@pytest.fixture
def changed(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Change a prior and a team, as far as the check can see."""
    basis = cheap_basis()
    now = {
        "parameters": {**basis["parameters"], "absence": [0.15, "uniform", 0.1, 0.3]},
        "teams": {**basis["teams"], "six_teams.toml: team 3": "0"},
    }
    monkeypatch.setattr(shipped, "cheap_basis", lambda: now)
    return now


# -- written and read ----------------------------------------------------------------------------------------


def test_draws_are_read_as_they_were_written(table: pd.DataFrame, tmp_path: Path) -> None:
    assert [path.name for path in write_draws(table, MADE, tmp_path / "new", SETTINGS)] == [
        DRAWS,
        PROVENANCE,
        FINGERPRINT,
    ]
    pd.testing.assert_frame_equal(pd.read_parquet(tmp_path / "new" / DRAWS), table, check_exact=True)
    text = (tmp_path / "new" / PROVENANCE).read_text(encoding="utf-8")
    made = json.loads(text)
    assert list(made) == sorted(made)
    taken = fingerprint(SETTINGS)
    assert made == MADE | {"fingerprint": taken.hashes()}
    assert json.loads((tmp_path / "new" / FINGERPRINT).read_text(encoding="utf-8")) == taken.basis


def test_equal_draws_give_equal_bytes(table: pd.DataFrame, tmp_path: Path) -> None:
    first, second = (write_draws(table.copy(), MADE, tmp_path / name, SETTINGS) for name in ("one", "two"))
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]


def test_the_fingerprints_file_is_small_and_has_a_line_an_entry() -> None:
    text = shipped.shipped(FINGERPRINT).decode()
    assert len(text) < 100_000
    assert any(line.startswith('"core-12, seed 3, busy":[') for line in text.splitlines())


def test_a_netcdf_copy_holds_the_same_draws(table: pd.DataFrame, tmp_path: Path) -> None:
    pytest.importorskip("h5netcdf", reason="pip install 'crtsip[calibrate]' to test the netCDF copy")
    import xarray as xr

    assert write_draws(table, MADE, tmp_path, SETTINGS, netcdf=True)[-1] == tmp_path / NETCDF
    with xr.open_dataset(tmp_path / NETCDF, engine="h5netcdf") as copy:
        assert copy.attrs["kind"] == "posterior"
        read = copy.to_dataframe()
    pd.testing.assert_frame_equal(read[list(table)], table.rename_axis("draw"), check_exact=True)


def test_a_netcdf_copy_without_its_package_is_refused_with_advice(
    table: pd.DataFrame, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shipped, "find_spec", lambda name: None)
    with pytest.raises(ModuleNotFoundError, match=r"h5netcdf: pip install 'crtsip\[calibrate\]'"):
        write_draws(table, MADE, tmp_path / "new", netcdf=True)
    assert not (tmp_path / "new").exists()


def test_draws_of_no_kind_are_refused(table: pd.DataFrame, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="provenance has no 'kind'"):
        write_draws(table, {}, tmp_path)


# -- stale ---------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("fresh")
def test_the_shipped_draws_are_read_without_a_warning_and_without_a_run(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(shipped, "fingerprint", None)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert len(posterior()) > 0


@pytest.mark.usefixtures("fresh", "changed")
def test_stale_draws_are_told_once_with_what_differs_and_the_remedy() -> None:
    with pytest.warns(DrawsAreStale) as told:
        posterior(3)
    (warning,) = told
    assert warning.filename == __file__
    said = str(warning.message)
    assert "parameter absence: 0.15 uniform(0.1, 0.22) then, 0.15 uniform(0.1, 0.3) now" in said
    assert "the teams' data differ: six_teams.toml: team 3" in said
    assert said.endswith(f"make them again: {shipped.provenance()['command']}")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        posterior(3)


def test_draws_without_a_fingerprint_are_stale(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shipped, "provenance", lambda: {"kind": "posterior"})
    monkeypatch.setattr(shipped, "shipped", lambda name: b"{}")
    with pytest.warns(DrawsAreStale, match="parameter .* is new.*make calibrate"):
        shipped.warn_if_stale()


def test_files_of_two_makes_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shipped, "provenance", lambda: {"fingerprint": {"behaviour": "0"}})
    assert shipped.changes_since() == [
        f"{PROVENANCE} and {FINGERPRINT} of the shipped draws are not of one make"
    ]


def test_other_settings_are_a_change(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shipped, "todays_settings", lambda: FULL.to_dict() | {"kept": 7})
    assert shipped.changes_since() == [f"setting kept: {FULL.kept} then, 7 now"]


def test_what_is_kept_of_the_fingerprint_is_what_was_hashed() -> None:
    kept = json.loads(shipped.shipped(FINGERPRINT))
    assert {part: hash_of(entries) for part, entries in kept.items()} == shipped.provenance()["fingerprint"]
