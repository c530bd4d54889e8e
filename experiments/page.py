"""The report: one self-contained HTML page with the answer, its pictures, its tables and its limits."""

from pathlib import Path

from experiments.result import Result


def write_page(result: Result, path: Path, *, question: str, command: str) -> Path:
    """Write the page; return its path."""
    raise NotImplementedError
