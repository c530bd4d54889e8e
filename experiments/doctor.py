"""The installation, checked."""

import hashlib
import os
import platform
import sys
import time
import warnings
from collections.abc import Iterator
from importlib import import_module, metadata
from pathlib import Path

PACKAGES = (
    "mesa",
    "networkx",
    "numba",
    "numpy",
    "scipy",
    "xarray",
    "pandas",
    "pyarrow",
    "pydantic",
    "click",
    "tqdm",
    "platformdirs",
)
OURS = ("model", "experiments", "calibration")


def findings() -> Iterator[tuple[bool, str]]:
    """Yield whether each thing is as it should be, and what was found."""
    yield sys.version_info >= (3, 11), f"Python {platform.python_version()} (3.11 or later is needed)"
    for name in PACKAGES:
        try:
            yield True, f"{name} {metadata.version(name)}"
        except metadata.PackageNotFoundError:
            yield False, f"{name} is not installed: install crtsip again"
    yield from _names()
    yield _svml()
    yield _kernels()
    yield from _draws()
    yield _small_run()
    yield _both_engines()
    yield _behaviour()


def _names() -> Iterator[tuple[bool, str]]:
    """Check that our packages' plain names are not somebody else's."""
    home = Path(__file__).resolve().parent.parent
    for name in OURS:
        found = Path(str(import_module(name).__file__)).resolve().parent
        ours = found.parent == home
        advice = "" if ours else f", not ours in {home}: rename it, or run from another directory"
        yield ours, f"package '{name}' is {found}{advice}"


def _svml() -> tuple[bool, str]:
    from model.rules import arithmetic as arithmetic  # switches it off before numba is imported

    off = os.environ.get("NUMBA_DISABLE_INTEL_SVML") == "1"
    return (
        off,
        "SVML is off (it would round otherwise than Python)"
        if off
        else "SVML is on: unset NUMBA_DISABLE_INTEL_SVML",
    )


def _kernels() -> tuple[bool, str]:
    from model.compiling import cache_folder, is_kept

    folder = cache_folder()
    if folder is None:
        return True, (
            "the compiled model cannot be kept (the user's cache cannot be written), so each run compiles it; "
            "CRTSIP_CACHE_DIR names another directory"
        )
    state = "is kept" if is_kept() else "will be kept, once it is compiled,"
    return True, f"the compiled model {state} in {folder}"


def _draws() -> Iterator[tuple[bool, str]]:
    from calibration import posterior
    from calibration.shipped import DrawsAreStale
    from model.parameters import uncertain

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DrawsAreStale)  # what has changed is told below
        draws = posterior()
    missing = [name for name in uncertain() if name not in draws.table.columns]
    advice = f", without {', '.join(missing[:3])}: they were made by another version" if missing else ""
    yield not missing, f"shipped draws: {len(draws)}, a {draws.kind}{advice}"


def _behaviour() -> tuple[bool, str]:
    """Check by probe runs that the model still does what it did when the shipped draws were made."""
    from calibration import shipped

    found = shipped.changes_since()
    if not found:
        return True, "the shipped draws rest on today's behaviour, parameters and data of the teams"
    return False, f"the shipped draws no longer hold: {'; '.join(found)}; make them again: {shipped.remedy()}"


def _both_engines() -> tuple[bool, str]:
    """Run the same year in either engine and compare the bits."""
    from model import Network, Parameters, Site, presets
    from model.ensemble import ensemble

    runs = [
        ensemble(
            {"core-12": presets.programme("core-12")},
            Network.of_one(Site(posts=8)),
            [Parameters()],
            keep=("weeks",),
            engine=engine,
        )
        for engine in ("compiled", "mesa")
    ]
    return runs[0].identical(runs[1]), "the compiled engine and Mesa give the same year, to the last bit"


def _small_run() -> tuple[bool, str]:
    """Run a year of a small team twice and compare the bits."""
    from model import CrisisTeams, Site, presets

    started = time.perf_counter()
    prints = []
    for _ in range(2):
        teams = CrisisTeams(Site(posts=8), presets.programme("core-12")).run()
        prints.append(hashlib.sha256(repr(teams.records["team"].weeks).encode()).hexdigest()[:12])
    spent = 500.0 * (time.perf_counter() - started)
    return prints[0] == prints[1], f"a small team's year: {spent:.0f} ms, the same twice ({prints[0]})"
