"""How the rule book and the engine are compiled, and where the result is kept.

``rule`` marks a behaviour: plain Python when Mesa calls it, compiled when the engine does. ``wiring`` and ``seldom``
mark a function of the engine, ``kernel`` one that Python calls; ``model.apart`` is for one that a kernel calls by its
address. Only the last two are kept between processes, in a directory named by a hash of all that they depend on, so
that an edited rule can never meet an old kernel.
"""

import os

os.environ.setdefault("NUMBA_DISABLE_INTEL_SVML", "1")  # SVML rounds otherwise than Python's math

import hashlib
import platform
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import llvmlite
import numba
from numba import njit
from numba.core import config
from numba.extending import register_jitable
from platformdirs import user_cache_path

from model.inner import INNER, OUTER, SELDOM

Function = TypeVar("Function", bound=Callable[..., Any])

#: Division never by zero (``ratio`` sees to it), no entry from C, no count of who holds an array, as none is made: none
#: of it changes a bit.
OPTIONS: dict[str, Any] = {"error_model": "numpy", "no_cfunc_wrapper": True, "_nrt": False}
ENGINE = ("live_all", "begin_week")  #: by these names the compiled engine is kept
KEPT = 3  #: directories of compiled kernels kept on a machine
INTERPRETED = bool(config.DISABLE_JIT)  #: whether the engine runs as plain Python, for tests of its wiring


def rule(function: Function) -> Function:
    """Mark a function as a rule: callable as it is, and from compiled code."""
    marked: Function = register_jitable(**INNER, **OPTIONS)(function)
    return marked


def wiring(function: Function) -> Function:
    """Mark a function of the engine that only other functions of the engine call; it becomes part of them."""
    marked: Function = njit(forceinline=True, **INNER, **OPTIONS)(function)
    return marked


def seldom(function: Function) -> Function:
    """Mark wiring not run every week: it stays a function of its own, since long functions take long to compile."""
    marked: Function = njit(**SELDOM, **OPTIONS)(function)
    return marked


def kernel(function: Callable[..., Any]) -> Callable[..., Any]:
    """Mark a function of the engine that Python calls: it frees Python while it runs, and is kept on this machine."""
    with kept_in(None if INTERPRETED else cache_folder()) as kept:
        compiled: Callable[..., Any] = njit(nogil=True, cache=kept, **OUTER, **OPTIONS)(function)
    return compiled


@contextmanager
def kept_in(folder: Path | None) -> Iterator[bool]:
    """Have numba keep in a directory what is marked meanwhile, and say whether there is one.

    numba's own key would not see that a rule in another file was edited; hence a directory for each state of the
    sources. Where it cannot be written, the engine is compiled in each process.
    """
    usual = config.CACHE_DIR
    config.CACHE_DIR = usual if folder is None else str(folder)
    try:
        yield folder is not None
    finally:
        config.CACHE_DIR = usual


def sources_hash() -> str:
    """Return a hash of the bytes of the model's sources, and of what compiles them."""
    digest = hashlib.sha256()
    home = Path(__file__).parent
    for path in sorted(home.rglob("*.py")):
        digest.update(path.relative_to(home).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    compiler = (platform.python_version(), numba.__version__, llvmlite.__version__, platform.machine())
    digest.update(repr((compiler, OPTIONS)).encode())
    return digest.hexdigest()[:20]


@cache
def cache_folder() -> Path | None:
    """Return the directory of this state's kernels, made if need be; nothing where it cannot be written.

    ``CRTSIP_CACHE_DIR`` names another place than the user's cache.
    """
    home = Path(os.environ.get("CRTSIP_CACHE_DIR") or user_cache_path("crtsip"))
    folder = home / sources_hash()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "used").touch()
        _forget_old(home)
    except OSError:
        return None
    return folder


def _forget_old(home: Path) -> None:
    """Remove all but the directories used last."""
    used = sorted(home.glob("*/used"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in used[KEPT:]:
        shutil.rmtree(path.parent, ignore_errors=True)


def is_kept() -> bool:
    """Say whether the engine of these sources is kept on this machine, so that nothing need be compiled."""
    folder = cache_folder()
    return folder is not None and all(any(folder.rglob(f"*.{name}-*.nbi")) for name in ENGINE)
