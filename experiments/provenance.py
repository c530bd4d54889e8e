"""Where numbers come from: the program, its commit, the packages, the files they stand in."""

import hashlib
import json
import platform
import socket
import subprocess
import time
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

HOME = Path(__file__).resolve().parent.parent
DECIDING = (
    "program",
    "code",
    "python",
    "packages",
)  #: what must be the same for numbers to be taken for the same
PACKAGES = ("mesa", "numpy", "numba", "scipy", "xarray", "pandas", "pyarrow", "pydantic")


def program() -> dict[str, Any]:
    """Return the program's version, commit and code (a hash of its files), Python's and the packages' versions."""
    return {
        "program": f"crtsip {_version('crtsip')}",
        "commit": _commit(),
        "code": _code(),
        "python": platform.python_version(),
        "packages": {name: _version(name) for name in PACKAGES},
    }


def same_program(then: Mapping[str, Any], now: Mapping[str, Any]) -> bool:
    """Say whether two results were made by the same program, told by code and packages: a commit only names it."""
    return all(then.get(key) == now[key] for key in DECIDING)


def differences(then: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    """Return in words what differs between the program that made a result and this one."""
    found = [
        f"{key} {then.get(key)} then, {now[key]} now" for key in DECIDING[:3] if then.get(key) != now[key]
    ]
    if found and then.get("commit") != now["commit"]:
        found.append(f"commit {then.get('commit')} then, {now['commit']} now")
    before = then.get("packages") or {}
    return found + [
        f"{name} {before.get(name)} then, {version} now"
        for name, version in now["packages"].items()
        if before.get(name) != version
    ]


def hashes(folder: Path, parts: Iterable[str]) -> dict[str, str]:
    """Return the SHA-256 of each file in some parts (files or folders) of a folder, by its path there."""
    found = {}
    for part in parts:
        for path in sorted([folder / part, *(folder / part).rglob("*")]):
            if path.is_file():
                with path.open("rb") as file:
                    name = path.relative_to(folder).as_posix()
                    found[name] = hashlib.file_digest(file, "sha256").hexdigest()
    return found


def log_line(**what: Any) -> str:
    """Return a line of a result's log: what happened, when, on which host. Logs differ between equal results."""
    stamp = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    return json.dumps({"time": stamp, "host": socket.gethostname(), **what}, sort_keys=True) + "\n"


@cache
def _version(package: str) -> str:
    """Return a package's version; each is read from a file, and provenance is asked for with every file written."""
    return metadata.version(package)


@cache
def _code() -> str:
    """Return a hash of the packages' code and data: unlike a commit it tells a changed checkout apart."""
    kinds = {".py", ".toml", ".json", ".parquet"}
    digest = hashlib.sha256()
    for package in ("calibration", "experiments", "model"):
        for path in sorted((HOME / package).rglob("*")):
            if path.suffix in kinds and path.is_file():
                content = path.read_bytes()
                digest.update(f"{path.relative_to(HOME).as_posix()} {len(content)}\n".encode() + content)
    return digest.hexdigest()[:16]


@cache
def _commit() -> str:
    """Return the commit the program runs from, with ``+`` where files are changed; ``unknown`` outside a checkout."""
    if not (HOME / "pyproject.toml").is_file():
        return "unknown"
    try:
        asked = ["git", "-C", str(HOME), "describe", "--always", "--dirty=+", "--abbrev=12"]
        return subprocess.run(asked, capture_output=True, text=True, check=True, timeout=10).stdout.strip()
    except (OSError, subprocess.SubprocessError):
        return "unknown"
