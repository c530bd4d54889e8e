"""A Dask cluster gives the bytes of a serial run; workers that are killed cost time alone; what is wrong is told."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from results import PATIENCE, command, environment, promised, small, until

from experiments import read_result
from experiments.errors import InputError
from experiments.workers import cluster

pytest.importorskip("distributed", reason="the cluster extra is not installed: pip install 'crtsip[cluster]'")
pytestmark = [
    pytest.mark.skipif(os.name == "nt", reason="signals are those of POSIX systems"),
    pytest.mark.xdist_group("dask"),
]

RUN = ["run", "core-12", "--draws", "6", "--draws-from", "prior", "--replicates", "30", "--months", "6"]
RUN += ["--team", "small.toml", "--json", "--out", "one"]
ADDRESS = re.compile(r"Scheduler at: +(\S+)\n")


class Cluster:
    """A scheduler and workers in processes of their own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.processes: list[subprocess.Popen[bytes]] = []
        self.scheduler = self._start("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
        until(lambda: ADDRESS.search(self.log(self.scheduler)) is not None)
        self.address = ADDRESS.findall(self.log(self.scheduler))[0]

    def worker(self) -> "subprocess.Popen[bytes]":
        """Start a worker with a thread, and wait until the scheduler knows it."""
        options = ["--nthreads", "1", "--no-nanny", "--no-dashboard", "--local-directory", str(self.folder)]
        process = self._start("worker", self.address, *options)
        until(lambda: "Registered to" in self.log(process))
        return process

    def _start(self, *arguments: str) -> "subprocess.Popen[bytes]":
        path = self.folder / f"log-{len(self.processes)}"
        with path.open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "dask", *arguments], env=environment(), stdout=log, stderr=log
            )
        self.processes.append(process)
        return process

    def log(self, process: "subprocess.Popen[bytes]") -> str:
        """Return what a process has said."""
        assert process.poll() is None, "it should run"
        return (self.folder / f"log-{self.processes.index(process)}").read_text()

    def close(self) -> None:
        """End all processes."""
        for process in self.processes:
            process.kill()
        for process in self.processes:
            process.wait(timeout=PATIENCE)


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """Return a cluster of two workers that nobody disturbs."""
    found = Cluster(tmp_path_factory.mktemp("cluster"))
    try:
        found.worker()
        found.worker()
        yield found
    finally:
        found.close()


@pytest.fixture
def doomed(tmp_path: Path) -> Iterator[Cluster]:
    """Return a cluster of two workers to be disturbed."""
    (tmp_path / "cluster").mkdir()
    found = Cluster(tmp_path / "cluster")
    try:
        found.worker()
        found.worker()
        yield found
    finally:
        found.close()


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("undisturbed")
    status, _, err = ended(begun(folder, "--workers", "1"))
    assert status == 0, err
    return promised(folder / "one")


def begun(folder: Path, *more: str, code: str = "") -> "subprocess.Popen[str]":
    (folder / "small.toml").write_text("posts = 4\n")
    return command(code, *RUN, *more, cwd=folder)


def ended(process: "subprocess.Popen[str]") -> tuple[int, str, str]:
    try:
        out, err = process.communicate(timeout=PATIENCE)
    finally:
        process.kill()
    return process.returncode, out, err


def disturbed(folder: Path, address: str, disturb: Callable[[], object]) -> tuple[int, str, str]:
    """Start a run on a cluster, disturb it when some results are written, and return what came of it."""
    often = """
        import signal
        import experiments.store as store
        store.SECONDS = 0.05
        signal.signal(signal.SIGINT, signal.default_int_handler)
    """
    process = begun(folder, "--scheduler", address, code=often)
    until(lambda: any((folder / "one").glob("partial/*.npz")) or process.poll() is not None)
    assert process.poll() is None, process.communicate()
    disturb()
    return ended(process)


def test_a_cluster_writes_the_bytes_of_a_serial_run(
    standing: Cluster, undisturbed: dict[str, bytes], tmp_path: Path
) -> None:
    status, out, err = ended(begun(tmp_path, "--scheduler", standing.address))
    assert status == 0, err
    assert promised(tmp_path / "one") == undisturbed
    assert json.loads(out)["replicates"] == 30
    log = [json.loads(line) for line in (tmp_path / "one" / "log.jsonl").read_text().splitlines()]
    assert {line["workers"] for line in log} == {standing.address}


def test_a_serial_run_is_resumed_on_a_cluster(standing: Cluster, tmp_path: Path) -> None:
    small().run(out=tmp_path / "whole")
    small(replicates=2).run(out=tmp_path / "one")
    small().run(out=tmp_path / "one", scheduler=standing.address)
    assert promised(tmp_path / "one") == promised(tmp_path / "whole")


def test_a_worker_that_is_killed_costs_time_and_no_numbers(
    doomed: Cluster, undisturbed: dict[str, bytes], tmp_path: Path
) -> None:
    status, _, err = disturbed(tmp_path, doomed.address, doomed.processes[1].kill)
    assert status == 0, err
    assert promised(tmp_path / "one") == undisturbed


def test_all_workers_may_be_killed_and_others_come(
    doomed: Cluster, undisturbed: dict[str, bytes], tmp_path: Path
) -> None:
    def replaced() -> None:
        doomed.processes[1].kill()
        doomed.processes[2].kill()
        doomed.worker()

    status, _, err = disturbed(tmp_path, doomed.address, replaced)
    assert status == 0, err
    assert promised(tmp_path / "one") == undisturbed


def test_a_scheduler_that_is_killed_leaves_what_is_finished(
    doomed: Cluster, undisturbed: dict[str, bytes], tmp_path: Path
) -> None:
    status, out, err = disturbed(tmp_path, doomed.address, doomed.scheduler.kill)
    assert (status, out) == (2, ""), err
    assert "the scheduler is gone" in err and "Traceback" not in err
    assert json.loads((tmp_path / "one" / "manifest.json").read_text())["status"] == "interrupted"
    assert ended(begun(tmp_path, "--workers", "1"))[0] == 0
    assert promised(tmp_path / "one") == undisturbed


def test_ctrl_c_stops_a_run_on_a_cluster_and_keeps_what_is_finished(
    standing: Cluster, undisturbed: dict[str, bytes], tmp_path: Path
) -> None:
    process: list[int] = []

    def press() -> None:
        lock = json.loads((tmp_path / "one" / "lock").read_text())
        process.append(lock["process"])
        os.kill(lock["process"], signal.SIGINT)

    status, _, err = disturbed(tmp_path, standing.address, press)
    assert status == 130, err
    assert "Traceback" not in err and "interrupted" in err
    manifest = json.loads((tmp_path / "one" / "manifest.json").read_text())
    assert manifest["status"] == "interrupted" and manifest["cells"]["finished"] > 0
    status, _, err = ended(begun(tmp_path, "--scheduler", standing.address))
    assert status == 0 and "resumed from one" in err
    assert promised(tmp_path / "one") == undisturbed


# -- what is wrong is told -----------------------------------------------------------------------------------


def test_workers_of_another_program_are_refused_by_what_differs(
    standing: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("experiments.provenance._code", lambda: "another")
    cluster._deciding.cache_clear()
    try:
        with pytest.raises(
            InputError, match=r"worker tcp.* runs another program.*code \w+ there, another here"
        ):
            small().run(out=tmp_path / "one", scheduler=standing.address)
    finally:
        cluster._deciding.cache_clear()
    assert not (tmp_path / "one").exists()


def test_a_worker_that_comes_later_is_checked_as_well() -> None:
    with pytest.raises(InputError, match="a worker runs another program"):
        cluster.run_there(small(), next(small().blocks()), cluster._deciding() | {"code": "another"})


def test_no_scheduler_there_is_status_2_and_leaves_nothing(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"  # nobody else listens there meanwhile
        started = time.monotonic()
        status, out, err = ended(begun(tmp_path, "--scheduler", address))
    assert (status, out) == (2, "")
    assert f"--scheduler {address}: no Dask scheduler answers there" in err and "dask scheduler" in err
    assert len(err.strip().splitlines()) == 1 and time.monotonic() - started < 25
    assert not (tmp_path / "one").exists()


@pytest.mark.parametrize("address", ["nonsense", "nonsense://here:1", "", "127.0.0.1"])
def test_what_is_no_address_is_refused(address: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=f"--scheduler {address}: no Dask scheduler answers there"):
        small().run(out=tmp_path / "one", scheduler=address)


def test_what_listens_and_is_no_scheduler_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "SECONDS_TO_CONNECT", 1)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        threading.Thread(target=silent.accept, daemon=True).start()
        address = f"127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(InputError, match="no Dask scheduler answers there"):
            small().run(out=tmp_path / "one", scheduler=address)


def test_a_scheduler_without_workers_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "SECONDS_FOR_WORKERS", 1)
    empty = Cluster(tmp_path)
    try:
        with pytest.raises(InputError, match=r"has no workers. Start some with 'dask worker tcp"):
            small().run(out=tmp_path / "one", scheduler=empty.address)
    finally:
        empty.close()


def test_a_missing_package_is_told_with_its_remedy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(InputError, match=r"pip install 'crtsip\[cluster\]'"):
        small().run(out=tmp_path / "one", scheduler="127.0.0.1:1")


def test_a_finished_result_needs_no_cluster(tmp_path: Path) -> None:
    small().run(out=tmp_path / "one")
    again = small().run(out=tmp_path / "one", scheduler="127.0.0.1:1")
    assert again.outcomes.tobytes() == read_result(tmp_path / "one").outcomes.tobytes()
