"""What the compiled engine reads of a block, kept for the block's other replicates."""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from model.arrays import Inputs

LIMIT = 256 * 2**20  #: bytes kept; a larger experiment makes some again

Key = tuple[int, tuple[int, ...]]


class Prepared:
    """Inputs of networks by scenario and draws, the latest used ones; safe between threads, not sent elsewhere."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Key, list[Inputs]] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def __reduce__(self) -> tuple[type["Prepared"], tuple[()]]:
        return Prepared, ()

    def of(self, key: Key, make: "Callable[[], list[Inputs]]") -> "list[Inputs]":
        """Return what is kept under a key, or make and keep it."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        made = make()
        with self._lock:
            self._bytes += _size(made) - _size(self._kept.get(key, []))
            self._kept[key] = made
            while len(self._kept) > 1 and self._bytes > LIMIT:
                self._bytes -= _size(self._kept.popitem(last=False)[1])
        return made


def _size(made: "list[Inputs]") -> int:
    return sum(inputs.nbytes for inputs in made)
