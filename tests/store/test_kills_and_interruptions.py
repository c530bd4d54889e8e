"""A run killed or interrupted at any moment goes on where it was, and comes to the bytes of an undisturbed one."""

import json
import os
import signal
import subprocess
import time
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from results import PATIENCE, command, promised, until

from experiments import Experiment, read_result
from experiments.store.manifest import manifest_in
from experiments.store.partial import NAME

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals are those of POSIX systems")

RUN = ["run", "core-12", "--draws", "4", "--draws-from", "prior", "--replicates", "25", "--months", "3"]
RUN += ["--team", "small.toml", "--seed", "2", "--engine", "mesa", "--json", "--out", "one", "--workers"]
#: Slow enough to be killed within, and written often enough for many moments to be different.
SLOWLY = """
    import time
    import experiments.experiment as e
    import experiments.store as store
    store.SECONDS = 0.05
    run_draws = e.Experiment.run_draws
    def slow(self, scenario, replicate, draws):
        with open("ran", "a") as file:
            file.writelines(f"{scenario} {replicate} {draw}\\n" for draw in draws)
        time.sleep(0.01)
        return run_draws(self, scenario, replicate, draws)
    e.Experiment.run_draws = slow
"""
CELLS = 4 * 25 * 2


def begun(folder: Path, *, workers: int = 1, code: str = SLOWLY) -> "subprocess.Popen[str]":
    folder.mkdir(exist_ok=True)
    (folder / "small.toml").write_text("posts = 4\n")
    return command(code, *RUN, str(workers), cwd=folder)


def ended(process: "subprocess.Popen[str]") -> tuple[int, str, str]:
    try:
        out, err = process.communicate(timeout=PATIENCE)
    finally:
        process.kill()
    return process.returncode, out, err


def figures(out: str) -> dict[str, object]:
    found = json.loads(out)
    found.pop("provenance")
    return found  # type: ignore[no-any-return]


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, bytes], dict[str, object]]:
    folder = tmp_path_factory.mktemp("undisturbed")
    status, out, err = ended(begun(folder, code=""))
    assert status == 0, err
    return promised(folder / "one"), figures(out)


def partials(folder: Path) -> int:
    return len(list((folder / "one" / "partial").glob("*.npz")))


def written(folder: Path, count: int, process: "subprocess.Popen[str]") -> None:
    """Wait until so many files of finished blocks are there, while the run goes on."""
    until(lambda: partials(folder) >= count or process.poll() is not None)
    assert process.poll() is None, "the run ended before it could be disturbed"


def cells(folder: Path) -> set[tuple[int, int, int]]:
    """Return the cells (scenario, replicate, draw) in the files of finished blocks."""
    found: set[tuple[int, int, int]] = set()
    for path in (folder / "one" / "partial").glob("*.npz"):
        assert NAME.fullmatch(path.name)
        with np.load(path) as parts:
            for scenario, replicate, first, last in parts["blocks"]:
                found |= {(int(scenario), int(replicate), draw) for draw in range(first, last)}
    return found


@pytest.mark.parametrize("workers", [1, 2])
def test_a_run_killed_again_and_again_comes_to_the_same_bytes(
    undisturbed: tuple[dict[str, bytes], dict[str, object]], tmp_path: Path, workers: int
) -> None:
    for kill in range(3):
        there = partials(tmp_path)
        process = begun(tmp_path, workers=workers)
        written(tmp_path, there + 2, process)
        time.sleep(0.013 * kill)
        process.kill()
        process.communicate(timeout=PATIENCE)
    manifest = manifest_in(tmp_path / "one")
    assert manifest is not None and manifest["status"] == "running"
    status, out, err = ended(begun(tmp_path, workers=workers))
    assert status == 0, err
    assert "resumed from one, " in err and f" of {CELLS} cells were there" in err
    assert promised(tmp_path / "one") == undisturbed[0]
    assert figures(out) == undisturbed[1]
    assert not (tmp_path / "one" / "partial").exists() and not (tmp_path / "one" / "lock").exists()


def test_no_cell_that_was_written_is_run_twice(tmp_path: Path) -> None:
    process = begun(tmp_path)
    written(tmp_path, 4, process)
    process.kill()
    process.communicate(timeout=PATIENCE)
    kept = cells(tmp_path)
    before = Counter((tmp_path / "ran").read_text().splitlines())
    assert ended(begun(tmp_path))[0] == 0
    twice = [
        cell for cell, times in Counter((tmp_path / "ran").read_text().splitlines()).items() if times > 1
    ]
    assert not {tuple(map(int, cell.split())) for cell in twice} & kept
    assert set(before) >= set(twice)


@pytest.mark.parametrize("workers", [1, 2])
def test_ctrl_c_leaves_a_readable_result_and_status_130(
    undisturbed: tuple[dict[str, bytes], dict[str, object]], tmp_path: Path, workers: int
) -> None:
    """Press it for the whole group of processes, as a terminal does."""
    listening = (
        SLOWLY
        + """
    import signal
    # A shell may start what runs in its background with this signal ignored.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    """
    )
    (tmp_path / "small.toml").write_text("posts = 4\n")
    process = command(listening, *RUN, str(workers), cwd=tmp_path, start_new_session=True)
    written(tmp_path, 4, process)
    until(lambda: len([cell for cell in cells(tmp_path) if cell[1] == 0]) == 8)  # a worker may start late
    assert process.poll() is None, "the run ended before it could be interrupted"
    os.killpg(process.pid, signal.SIGINT)
    status, out, err = ended(process)
    assert status == 130, err
    assert "Traceback" not in err and "the same command goes on from there" in err
    manifest = manifest_in(tmp_path / "one")
    assert manifest is not None and manifest["status"] == "interrupted"
    found = read_result(tmp_path / "one")
    assert found.interrupted and found.replicates == json.loads(out)["replicates"] == manifest["replicates"]
    assert isinstance(found.experiment, Experiment)
    status, out, err = ended(begun(tmp_path, code=""))
    assert (status, promised(tmp_path / "one")) == (0, undisturbed[0]), err


def _children(process: "subprocess.Popen[str]") -> list[int]:
    """Return the worker processes of a run, those that have done work first."""
    path = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    found = [int(pid) for pid in path.read_text().split()]
    return [pid for pid in found if b"resource_tracker" not in Path(f"/proc/{pid}/cmdline").read_bytes()]


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="processes are found in /proc")
def test_a_killed_worker_process_costs_time_and_no_numbers(
    undisturbed: tuple[dict[str, bytes], dict[str, object]], tmp_path: Path
) -> None:
    process = begun(tmp_path, workers=2)
    written(tmp_path, 3, process)
    workers = _children(process)
    os.kill(workers[0], signal.SIGKILL)
    status, out, err = ended(process)
    assert status == 0, err
    assert promised(tmp_path / "one") == undisturbed[0] and figures(out) == undisturbed[1]
    assert len(workers) == 2


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="processes are found in /proc")
def test_worker_processes_end_with_a_run_that_is_killed(tmp_path: Path) -> None:
    process = begun(tmp_path, workers=2)
    written(tmp_path, 3, process)
    workers = _children(process)
    process.kill()
    process.communicate(timeout=PATIENCE)
    until(lambda: not any(Path(f"/proc/{pid}/cmdline").exists() for pid in workers))
