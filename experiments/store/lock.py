"""One writer at a time: a file with process and host, held by the system's own lock and so never left behind held."""

import json
import os
import socket
import sys
from contextlib import suppress
from pathlib import Path

from experiments.errors import InputError

NAME = "lock"


class Lock:
    """A lock on a result's directory; it falls when the process ends, however that ends.

    Raises
    ------
    InputError
        If another process writes there: which, and what to do.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / NAME
        self._handle = self._taken(folder)
        content = json.dumps({"host": socket.gethostname(), "process": os.getpid()}) + "\n"
        os.ftruncate(self._handle, 0)
        os.write(self._handle, content.encode())

    def release(self) -> None:
        """Remove the file and let go."""
        with suppress(OSError):  # Windows removes no open file; it stays behind, held by nobody
            self.path.unlink()
        os.close(self._handle)

    def _taken(self, folder: Path) -> int:
        while True:
            handle = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o644)
            holder = _holder(self.path)
            elsewhere = holder.get("host", socket.gethostname()) != socket.gethostname()
            if elsewhere or not _held(handle):
                os.close(handle)
                raise InputError(_refusal(folder, holder, elsewhere=elsewhere))
            # The file may have been removed by its holder between opening and locking.
            with suppress(FileNotFoundError):
                if os.path.samestat(os.fstat(handle), self.path.stat()):
                    return handle
            os.close(handle)


def _held(handle: int) -> bool:
    """Try to hold the system's lock on an open file."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _holder(path: Path) -> dict[str, object]:
    """Return who holds a lock by what stands in it; nothing where that cannot be read."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _refusal(folder: Path, holder: dict[str, object], *, elsewhere: bool) -> str:
    who = f"process {holder.get('process', 'unknown')} on {holder.get('host', 'this machine')}"
    if elsewhere:
        return f"--out {folder} is being written by {who}. If that has ended, remove {folder / NAME} and start again."
    return f"--out {folder} is being written by {who}: wait for it, stop it, or choose another directory."
