"""Functions compiled apart from the kernel that calls them, at the same time, by another process.

Compiling keeps one processor busy. What is given to a kernel as an argument is called by its address and is no part of
its code: numba calls it a first-class function. So another process can compile it meanwhile, into the directory where
this one will look for it, and the engine is compiled the sooner.
"""

import os
import subprocess
import sys
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
from numba import cfunc, from_dtype, types

from model.compiling import INTERPRETED, OPTIONS, cache_folder, is_kept, kept_in
from model.inner import OUTER


class Apart:
    """A function of the engine compiled apart: plain Python when it is called, an address when a kernel asks."""

    def __init__(self, function: Callable[..., Any], signature: Any) -> None:
        self.function, self.signature = function, signature
        self._numba_type_ = types.FunctionType(signature)
        self.elsewhere: subprocess.Popen[bytes] | None = None
        self._lock = Lock()

    def __call__(self, *arguments: Any) -> Any:
        """Run it as plain Python."""
        return self.function(*arguments)

    def __wrapper_address__(self) -> int:
        """Return where its code begins. numba asks at each call of a kernel, and not before the kernel is compiled."""
        address: int = self.compiled.address
        return address

    @cached_property
    def compiled(self) -> Any:
        """The function compiled: loaded if the other process left it, or compiled here and now."""
        if self.elsewhere is not None:
            self.elsewhere.wait()
        with self._lock, kept_in(cache_folder()) as kept:
            return cfunc(self.signature, cache=kept, **OUTER, **OPTIONS)(self.function)

    def compile_elsewhere(self) -> None:
        """Have another process compile it, unless it is kept, cannot be kept, or there is but one processor."""
        with self._lock:
            if self.elsewhere is None and "compiled" not in self.__dict__ and self._is_worth_a_process():
                self.elsewhere = self._another_process()

    def _is_worth_a_process(self) -> bool:
        return not INTERPRETED and os.cpu_count() != 1 and cache_folder() is not None and not is_kept()

    def _another_process(self) -> subprocess.Popen[bytes] | None:
        """Start it, with modules found where this one finds them; what it leaves undone is done here."""
        name, module = self.function.__name__, self.function.__module__
        try:
            return subprocess.Popen(
                [sys.executable, "-P", "-c", f"from {module} import {name}; {name}.compiled"],
                env=os.environ
                | {"PYTHONPATH": os.pathsep.join(path or str(Path.cwd()) for path in sys.path)},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        except OSError:
            return None


def apart(*kinds: Any) -> Callable[[Callable[..., Any]], Apart]:
    """Mark a function compiled apart, given the types of its arguments; ``[[float]]`` is an array with two axes."""
    signature = types.void(*map(_numbas_type, kinds))
    return lambda function: Apart(function, signature)


def _numbas_type(kind: Any) -> Any:
    axes = 0
    while isinstance(kind, list):
        kind, axes = kind[0], axes + 1
    of = from_dtype(np.dtype(kind))
    return types.Array(of, axes, "C") if axes else of
