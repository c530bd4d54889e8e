"""Where numbers come from: the program, its commit, the packages, the files they stand in."""

import hashlib
import json
import os
import platform
import socket
import subprocess
import time
from collections.abc import Mapping
from importlib import metadata
from pathlib import Path
from typing import Any

PACKAGES = ("mesa", "numpy", "numba", "scipy", "xarray", "pandas", "pyarrow", "pydantic")


def program() -> dict[str, Any]:
    """Return the program's version and commit, Python's and the packages' versions."""
    return {
        "program": f"crtsip {metadata.version('crtsip')}",
        "commit": _commit(),
        "python": platform.python_version(),
        "packages": {name: metadata.version(name) for name in PACKAGES},
    }


def differences(then: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    """Return in words what differs between the program that made a result and this one."""
    keys = ("program", "commit", "python", "packages")
    return [f"{key} {then.get(key)} then, {now[key]} now" for key in keys if then.get(key) != now[key]]


def hashes(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of each file below a folder, by its path there, and make sure the files are on the disk."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            with path.open("rb") as file:
                found[path.relative_to(folder).as_posix()] = hashlib.file_digest(file, "sha256").hexdigest()
                os.fsync(file.fileno())
    return found


def log_line(**what: Any) -> str:
    """Return a line of a result's log: what happened, when, on which host. Logs differ between equal results."""
    stamp = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    return json.dumps({"time": stamp, "host": socket.gethostname(), **what}, sort_keys=True) + "\n"


def _commit() -> str:
    """Return the commit the program runs from, with ``+`` where files are changed; ``unknown`` outside a checkout."""
    home = Path(__file__).resolve().parent.parent
    if not (home / "pyproject.toml").is_file():
        return "unknown"
    try:
        asked = ["git", "-C", str(home), "describe", "--always", "--dirty=+", "--abbrev=12"]
        return subprocess.run(asked, capture_output=True, text=True, check=True, timeout=10).stdout.strip()
    except (OSError, subprocess.SubprocessError):
        return "unknown"
