"""Draws as files: ``draws.parquet``, ``provenance.json`` and ``fingerprint.json``, and whether they still hold.

``provenance.json`` tells how the draws were made, with the hashes of the behaviour fingerprint;
``fingerprint.json`` keeps what was hashed, so that a difference can be told in words.
"""

import json
import warnings
from collections.abc import Mapping
from functools import cache
from importlib import resources
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from calibration.fingerprint import Basis, cheap_basis, differences, fingerprint, hash_of

if TYPE_CHECKING:
    import pandas as pd

FOLDER = "posterior"
DRAWS, PROVENANCE, FINGERPRINT, NETCDF = "draws.parquet", "provenance.json", "fingerprint.json", "draws.nc"
DIAGNOSTICS = "diagnostics.json"
REMEDY = "make calibrate"  #: where provenance names no command
Settings = Mapping[str, Any]


class DrawsAreStale(UserWarning):
    """Warn that the shipped draws were made for other parameters or other data of the teams."""


# -- writing -------------------------------------------------------------------------------------------------


def write_draws(
    table: "pd.DataFrame",
    provenance: Mapping[str, Any],
    folder: Path,
    settings: Settings | None = None,
    *,
    netcdf: bool = False,
) -> list[Path]:
    """Write draws with their provenance and the fingerprint of the model as it is, and return the files.

    Parameters
    ----------
    table
        ``[draw, column]``, indexed by the draws' numbers: a column for each uncertain parameter and each
        circumstance of a team. Equal tables give equal bytes in one environment.
    provenance
        How they were made; ``kind`` and ``command`` (how to make them again) among it.
    settings
        What the likelihood or the sampling was told.
    netcdf
        Whether a copy ``draws.nc`` is written as well.

    Raises
    ------
    ValueError
        If provenance holds no ``kind``.
    ModuleNotFoundError
        If a copy in netCDF is asked for and h5netcdf is not installed.
    """
    if "kind" not in provenance:
        raise ValueError("provenance has no 'kind': say 'provisional sample' or 'posterior'.")
    if netcdf and find_spec("h5netcdf") is None:
        raise ModuleNotFoundError("draws.nc needs h5netcdf: pip install 'crtsip[calibrate]'.")
    folder.mkdir(parents=True, exist_ok=True)
    table.to_parquet(folder / DRAWS, engine="pyarrow", compression="zstd")
    written = [folder / DRAWS, *write_provenance(provenance, folder, settings)]
    return [*written, _write_netcdf(table, provenance, folder)] if netcdf else written


def write_provenance(
    provenance: Mapping[str, Any], folder: Path, settings: Settings | None = None
) -> list[Path]:
    """Write beside draws how they were made and what they rest on: the model as it is now. Return the files."""
    taken = fingerprint(settings)
    entries = {**provenance, "fingerprint": taken.hashes()}
    (folder / PROVENANCE).write_text(json.dumps(entries, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    (folder / FINGERPRINT).write_text(_lines(taken.basis), encoding="utf-8")
    return [folder / PROVENANCE, folder / FINGERPRINT]


def _lines(basis: Basis) -> str:
    """Return JSON with a line for each entry, so that a diff shows what has changed."""
    parts = []
    for part, entries in sorted(basis.items()):
        rows = (
            f"{json.dumps(name)}:{json.dumps(entry, sort_keys=True, separators=(',', ':'), allow_nan=False)}"
            for name, entry in sorted(entries.items())
        )
        parts.append(f'"{part}":{{\n' + ",\n".join(rows) + "\n}")
    return "{" + ",\n".join(parts) + "}\n"


def _write_netcdf(table: "pd.DataFrame", provenance: Mapping[str, Any], folder: Path) -> Path:
    dataset = table.rename_axis("draw").to_xarray()
    dataset.attrs = {"kind": provenance["kind"], "provenance": json.dumps(dict(provenance), sort_keys=True)}
    dataset.to_netcdf(folder / NETCDF, engine="h5netcdf")
    return folder / NETCDF


# -- reading what ships --------------------------------------------------------------------------------------


def shipped(name: str) -> bytes:
    """Return the content of one of the shipped files."""
    return resources.files("calibration").joinpath(FOLDER, name).read_bytes()


@cache
def diagnostics() -> dict[str, Any]:
    """Return the diagnostics of the calibration that made the shipped draws."""
    found: dict[str, Any] = json.loads(shipped(DIAGNOSTICS))
    return found


def left_out() -> list[dict[str, Any]]:
    """Return each team's prediction from the other five beside its record (total, place, 50, 80 and 90% intervals)."""
    return list(diagnostics()["predictions"]["sets"]["left out"])


def identified() -> list[dict[str, Any]]:
    """Return for each uncertain quantity how far the six totals moved it, and the verdict, the most moved first."""
    return list(diagnostics()["learned"])


@cache
def provenance() -> dict[str, Any]:
    """Return how the shipped draws were made."""
    found: dict[str, Any] = json.loads(shipped(PROVENANCE))
    return found


def todays_settings() -> Settings:
    """Return the settings that making the shipped draws again would use."""
    from calibration.inference.settings import FULL

    return FULL.to_dict()


def warn_if_stale(stacklevel: int = 2) -> None:
    """Warn where parameters or the teams' data are not those the shipped draws were made for. Runs no probes."""
    taken, today = provenance().get("fingerprint", {}), cheap_basis()
    if all(taken.get(part) == hash_of(entries) for part, entries in today.items()):
        return
    found = differences(json.loads(shipped(FINGERPRINT)), today)
    warnings.warn(_stale(found), DrawsAreStale, stacklevel=stacklevel + 1)


def changes_since() -> list[str]:
    """Return in words what has changed since the shipped draws were made; nothing if they still hold. Runs probes.

    A value of a probe that differs by a step of its ninth digit, so that the hash is another, is no change.
    """
    then = json.loads(shipped(FINGERPRINT))
    kept = {part: hash_of(entries) for part, entries in then.items()}
    if kept != provenance().get("fingerprint"):
        return [f"{PROVENANCE} and {FINGERPRINT} of the shipped draws are not of one make"]
    return differences(then, fingerprint(todays_settings()).basis)


def remedy() -> str:
    """Return the command that makes the shipped draws again."""
    return str(provenance().get("command", REMEDY))


def _stale(found: list[str]) -> str:
    return (
        f"The shipped draws were made for another state of the package: {'; '.join(found)}. "
        f"What rests on them is not to be trusted; make them again: {remedy()}"
    )
