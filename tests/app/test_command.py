"""The command opens the page for this machine alone, and refuses what the page decides."""

import json
import re
import signal
import socket
import subprocess
from pathlib import Path

import pytest
from results import PATIENCE, command
from serving import asked

from experiments.app import explorer


def refused(*arguments: str) -> str:
    process = command("", "app", "--no-browser", *arguments)
    _, said = process.communicate(timeout=PATIENCE)
    assert process.returncode == 2
    assert "Traceback" not in said
    return said


def started(*arguments: str) -> tuple["subprocess.Popen[str]", str]:
    process = command(
        "", "app", "--no-browser", "--port", "0", "--draws", "2", "--replicates", "1", *arguments
    )
    assert process.stderr is not None
    for line in process.stderr:
        found = re.search(r"http://127\.0\.0\.1:\d+/", line)
        if found:
            return process, found[0]
    raise AssertionError("it ended without an address")


def test_it_serves_this_machine_alone_until_interrupted() -> None:
    process, address = started()
    try:
        assert asked(address, "/")[0] == 200
        port = int(address.rsplit(":", 1)[1].rstrip("/"))
        for family, _, _, _, place in socket.getaddrinfo(socket.gethostname(), port, socket.AF_INET):
            if place[0].startswith("127."):
                continue
            with socket.socket(family) as elsewhere:
                elsewhere.settimeout(1.0)
                assert elsewhere.connect_ex(place) != 0
    finally:
        process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0
    assert "the page is closed" in said
    assert "Traceback" not in said


def test_a_port_in_use_is_told() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert f"--port {port}: Address already in use. Give another" in refused("--port", str(port))


@pytest.mark.parametrize("given", [("--team", "3"), ("--months", "12"), ("--json",), ("--out", "x")])
def test_what_is_chosen_in_the_page_is_refused(given: tuple[str, ...]) -> None:
    assert f"{given[0]}: this is chosen in the page, or belongs to --static." in refused(*given)


def test_without_its_libraries_it_says_what_to_install() -> None:
    process = command("import sys; sys.modules['uvicorn'] = None", "app")
    _, said = process.communicate(timeout=PATIENCE)
    assert process.returncode == 2
    assert "pip install 'crtsip[app]'" in said


@pytest.mark.slow
def test_the_file_is_the_same_after_an_interruption(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    smaller = (
        "from experiments.app import explorer\n"
        "(months, lengths), *others = explorer.GRID\n"
        "explorer.GRID = ((months, lengths[:2]), *((name, values[:1]) for name, values in others))\n"
    )
    once = ("app", "--static", str(tmp_path / "a.html"), "--draws", "3", "--replicates", "2", "--team", "3")
    process = command(smaller, *once, "--out", str(tmp_path / "whole"), "--json", "--quiet")
    printed, said = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0, said
    assert json.loads(printed)["file"] == str(tmp_path / "a.html")
    stopping = smaller + (
        "from experiments.store import Store\nimport os, signal\nadd = Store.add\n"
        "def stop(self, result):\n    found = add(self, result)\n    os.kill(os.getpid(), signal.SIGINT)\n"
        "    return found\n"
        "Store.add = stop\n"
    )
    twice = [part.replace("a.html", "b.html") for part in once] + [
        "--out",
        str(tmp_path / "parts"),
        "--quiet",
    ]
    process = command(stopping, *twice)
    _, said = process.communicate(timeout=PATIENCE)
    assert process.returncode == 130, said
    assert not (tmp_path / "b.html").exists()
    process = command(smaller, *twice)
    _, said = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0, said
    assert (tmp_path / "b.html").read_bytes() == (tmp_path / "a.html").read_bytes()


def test_the_grid_of_the_file_is_of_levers_and_values_the_page_has() -> None:
    for name, values in explorer.GRID:
        lever = explorer._lever(name)
        for value, _ in values:
            assert (
                lever.shown({}) is not None
                if not lever.options
                else value in [o.value for o in lever.options]
            )
            assert lever.options or lever.low <= float(value) <= lever.high
