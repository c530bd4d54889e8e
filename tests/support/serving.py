"""The page served for tests, on any free port of this machine."""

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from typing import Any

import uvicorn
from results import PATIENCE

from experiments.app.choices import OPENING
from experiments.app.desk import Desk
from experiments.app.server import app

PAGE = {"session": "testtest1", "a": {"preset": "internal-12"}, "b": {"preset": "external-12"}, "team": "3"}
JSON = {"Content-Type": "application/json"}


@contextmanager
def served(desk: Desk) -> Iterator[str]:
    """Serve a desk in a thread, warm as the command's; yield its address."""
    desk.warm(OPENING.question(), print)
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    listening.listen()
    server = uvicorn.Server(uvicorn.Config(app(desk), log_level="error", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/"
    finally:
        server.should_exit = True
        thread.join(10)


def asked(
    address: str, path: str, body: bytes | None = None, headers: dict[str, str] | None = None
) -> tuple[int, dict[str, str], bytes]:
    """Ask the server for a path, with a body if there is one; return status, headers, content."""
    connection = HTTPConnection(address.removeprefix("http://").rstrip("/"), timeout=PATIENCE)
    connection.request("GET" if body is None else "POST", path, body, headers or {})
    answer = connection.getresponse()
    found = answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
    connection.close()
    return found


def first_line(address: str, path: str, question: Any) -> Any:
    """Ask in JSON, read the first line of the answer, and go away."""
    connection = HTTPConnection(address.removeprefix("http://").rstrip("/"), timeout=PATIENCE)
    connection.request("POST", path, json.dumps(question).encode(), JSON)
    found = json.loads(connection.getresponse().readline())
    connection.close()
    return found


def told(address: str, path: str, question: Any) -> tuple[int, list[Any]]:
    """Ask in JSON; return the status and the lines of the answer."""
    status, _, content = asked(address, path, json.dumps(question).encode(), JSON)
    return status, [json.loads(line) for line in content.splitlines()]
