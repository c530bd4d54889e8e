"""Files written whole or not at all: beside, onto the disk, then in their place."""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

BESIDE = ".writing"


def write_whole(path: Path, write: Callable[[Path], None]) -> None:
    """Let ``write`` make a file beside ``path``, make sure it is on the disk, and give it its name."""
    beside = path.with_name(path.name + BESIDE)
    write(beside)
    with beside.open("rb+") as file:
        os.fsync(file.fileno())
    beside.replace(path)
    _sync_folder(path.parent)


def write_bytes(path: Path, content: bytes | memoryview) -> None:
    """Write bytes as a file, whole or not at all."""
    write_whole(path, lambda beside: _write(beside, content))


def append_line(path: Path, line: str) -> None:
    """Add a line to a file of lines; one torn by a kill is ended first."""
    with path.open("ab+") as file:
        if file.tell():
            file.seek(-1, os.SEEK_END)
            torn = file.read(1) != b"\n"
            line = "\n" + line if torn else line
        file.write(line.encode())


def digest(path: Path) -> str:
    """Return a file's SHA-256."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _write(path: Path, content: bytes | memoryview) -> None:
    path.write_bytes(content)


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":  # a directory cannot be opened there
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
