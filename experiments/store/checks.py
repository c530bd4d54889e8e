"""Whether a directory may be written to, and whether what stands there is as it was left."""

from pathlib import Path
from typing import Any

from experiments.errors import InputError
from experiments.experiment import Experiment
from experiments.store.files import BESIDE, digest
from experiments.store.lock import NAME as LOCK
from experiments.store.manifest import FORMAT, differing_inputs, manifest_in
from experiments.store.manifest import NAME as MANIFEST


def check_unchanged(folder: Path, manifest: dict[str, Any]) -> None:
    """Refuse a finished result whose files are not those its manifest names.

    Raises
    ------
    InputError
        If a file is missing or was changed.
    """
    for name, expected in sorted(manifest["files"].items()):
        path = folder / name
        if not path.is_file() or digest(path) != expected:
            what = "was changed" if path.is_file() else "is missing"
            raise InputError(f"{path} {what} since the result was finished. Give --force to make it again.")


def check_free(experiment: Experiment, folder: Path, *, force: bool) -> None:
    """Refuse a directory that holds something else, or a result of other inputs, unless it is to be replaced.

    Raises
    ------
    InputError
        If it does.
    """
    if not folder.exists():
        return
    if not folder.is_dir():
        raise InputError(f"--out {folder} is a file; give a directory.")
    if folder.resolve() == Path.cwd():
        raise InputError(f"--out {folder} is the directory you are in; give one of its own to the result.")
    manifest = manifest_in(folder)
    if manifest is None:
        if not {path.name for path in folder.iterdir()} <= {LOCK, MANIFEST + BESIDE}:
            raise InputError(
                f"--out {folder} holds something that is not a result; choose another directory."
            )
        return
    if force:
        return
    if manifest["format"] != FORMAT:
        raise InputError(
            f"--out {folder} holds a result of format {manifest['format']}, this program writes format {FORMAT}; "
            "choose another directory, or give --force to replace it."
        )
    if manifest["provenance"]["fingerprint"] != experiment.fingerprint():
        raise InputError(
            f"--out {folder} holds a result of other inputs ({differing_inputs(experiment, manifest)}); choose "
            "another directory, or give --force to replace it."
        )
