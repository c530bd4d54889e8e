"""From a lesson's script (jupytext, percent format) to its executed notebook, the same bytes every time."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from calibration.shipped import shipped
from experiments.showcase import ROOT, inputs_hash

if TYPE_CHECKING:
    from nbformat import NotebookNode

NOTEBOOKS = ROOT / "notebooks"
FORMAT = "py:percent"
KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}
LONGEST_CELL = 120  #: seconds: on a new machine the first run compiles the engine


def scripts(folder: Path = NOTEBOOKS) -> list[Path]:
    """Return the lessons' scripts, in order."""
    return sorted(folder.glob("[0-9][0-9]-*.py"))


def notebook_of(script: Path) -> Path:
    """Return where a script's notebook lies."""
    return script.with_suffix(".ipynb")


def rests_on() -> str:
    """Return a hash of what the lessons' numbers rest on: draws, priors, presets, and the calibration's diagnostics."""
    return hashlib.sha256(inputs_hash().encode() + shipped("diagnostics.json")).hexdigest()[:16]


def unrun(script: Path) -> "NotebookNode":
    """Return a script as a notebook without outputs; its cells' ids and metadata never change by themselves."""
    import jupytext

    notebook = jupytext.read(script, fmt=FORMAT)
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    notebook.metadata = {"kernelspec": KERNEL, "language_info": {"name": "python"}}
    for k, cell in enumerate(notebook.cells):
        cell.id = f"cell-{k:02d}"
    return notebook


def executed(script: Path) -> "NotebookNode":
    """Run a script from top to bottom in a fresh kernel and return the notebook with its outputs.

    Raises
    ------
    nbclient.exceptions.CellExecutionError
        If a cell fails; a claim that does not hold is a failure.
    """
    from nbclient import NotebookClient

    notebook = unrun(script)
    where = {"metadata": {"path": str(script.parent)}}
    NotebookClient(notebook, timeout=LONGEST_CELL, record_timing=False, resources=where).execute()
    notebook.metadata = {**unrun(script).metadata, "crtsip": {"rests_on": rests_on()}}
    return notebook


def write(script: Path) -> Path:
    """Execute a script and write its notebook beside it."""
    import nbformat

    target = notebook_of(script)
    target.write_text(nbformat.writes(executed(script)) + "\n", encoding="utf-8")
    return target


def stale(script: Path) -> str | None:
    """Say why a lesson's notebook is not that of its script and of today's draws; ``None`` where it is."""
    target = notebook_of(script)
    if not target.is_file():
        return "there is no notebook"
    kept, today = read(target), unrun(script)
    if [(c.cell_type, c.source) for c in kept.cells] != [(c.cell_type, c.source) for c in today.cells]:
        return "the script has changed"
    if kept.metadata.get("crtsip", {}).get("rests_on") != rests_on():
        return "draws, diagnostics, priors or presets have changed"
    return None


def read(notebook: Path) -> "NotebookNode":
    """Read a notebook."""
    import nbformat

    return nbformat.read(notebook, as_version=4)


def said(notebook: "NotebookNode", kind: str) -> Iterator[str]:
    """Yield what a notebook's outputs of a kind (claims, answers) say, in order."""
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if output.get("metadata", {}).get("crtsip") == kind:
                yield output["data"]["text/plain"]
