"""The server of the page: for this machine alone, without a request to anywhere else."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from importlib.resources import files
from typing import Any

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from experiments import page as report
from experiments.app import choices
from experiments.app.desk import BusyError, Desk, Question
from experiments.app.playing import Turn, played, playing
from experiments.app.view import basis, view
from experiments.app.watching import watched
from experiments.errors import InputError
from experiments.levers import about
from experiments.prediction import Prediction
from experiments.result import Result

LARGEST_REQUEST = 200_000  #: bytes
HOSTS = ["127.0.0.1", "localhost"]  #: a page elsewhere that has its name point here is turned away
KINDS = {".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' blob: data:; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
Endpoint = Callable[[Request], Awaitable[Response]]


def app(desk: Desk) -> Starlette:
    """Return the page and its answers as an ASGI application."""
    pages = Pages(desk)
    return Starlette(
        routes=[
            Route("/", page),
            Route("/page/{name}", page),
            Route("/api/about", pages.about),
            Route("/api/compare", guarded(pages.compare), methods=["POST"]),
            Route("/api/watch", guarded(pages.watch), methods=["POST"]),
            Route("/api/play", guarded(pages.play), methods=["POST"]),
            Route("/api/report", guarded(pages.report), methods=["POST"]),
            Route("/api/prediction", guarded(pages.prediction), methods=["POST"]),
        ],
        middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=HOSTS, www_redirect=False)],
    )


async def page(request: Request) -> Response:
    """Return the page or one of its files."""
    name = request.path_params.get("name", "index.html")
    file = files("experiments.app").joinpath("page", name)
    suffix = "." + name.rpartition(".")[2]
    if "/" in name or suffix not in KINDS or not file.is_file():
        return JSONResponse({"error": f"There is no {name} here."}, 404, HEADERS)
    return Response(file.read_bytes(), headers=HEADERS, media_type=KINDS[suffix])


def guarded(endpoint: Endpoint) -> Endpoint:
    """Refuse requests of other sites' pages and too large ones; tell what is wrong with the user's input."""

    async def answered(request: Request) -> Response:
        foreign = request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none")
        if foreign or request.headers.get("content-type") != "application/json":
            return _refused("Only this page asks here, in JSON.", 403)
        request.state.body = await _body(request)
        if request.state.body is None:
            return _refused(f"A request holds {LARGEST_REQUEST:,} bytes at most.", 413)
        try:
            return await endpoint(request)
        except InputError as error:
            return _refused(str(error), 422)
        except BusyError:
            return _refused("Too many questions at once: try again in a moment.", 503)

    return answered


def _refused(message: str, status: int) -> Response:
    return JSONResponse({"error": message}, status, HEADERS)


async def _body(request: Request) -> bytes | None:
    """Return the request's body, or ``None`` where it is too large; what is too much is not read."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > LARGEST_REQUEST:
            return None
    return body


def _json(body: bytes) -> Any:
    try:
        return json.loads(body)
    except ValueError as error:
        raise InputError(f"The request is not JSON: {error}.") from None


class Pages:
    """Answers to what pages ask; a page that asks anew no longer waits for its question before."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._answering: dict[str, asyncio.Task[None]] = {}
        self._watching = ThreadPoolExecutor(1)
        self._drawing = ThreadPoolExecutor(1)  # matplotlib draws in one thread at a time

    async def about(self, request: Request) -> Response:
        """Tell what can be set, and what the answers rest on."""
        desk = self.desk
        found = {"draws": len(desk.draws), "horizons": choices.HORIZONS, "basis": basis(desk.draws)}
        found["play"] = playing()
        return JSONResponse(about() | {"teams": choices.TEAMS} | found, headers=HEADERS)

    async def compare(self, request: Request) -> Response:
        """Answer in lines of JSON, each a better answer than the one before."""
        asked = choices.read(_json(request.state.body))
        question = asked.question()
        self.desk.experiment(question)  # what cannot be run is told before the answer begins
        before = self._answering.pop(asked.session, None)
        if before is not None:
            before.cancel()
            await asyncio.sleep(0)  # let it go
        if self.desk.full:
            raise BusyError
        lines: asyncio.Queue[str | None] = asyncio.Queue()
        again = {"files": asked.files(), "command": asked.command(question.months) + self.desk.options}
        task = asyncio.create_task(self._answer(question, again, lines))
        self._answering[asked.session] = task
        task.add_done_callback(lambda done: self._forget(asked.session, done))
        return StreamingResponse(_until_end(lines, task), headers=HEADERS, media_type="application/x-ndjson")

    def _forget(self, session: str, task: "asyncio.Task[None]") -> None:
        if self._answering.get(session) is task:
            del self._answering[session]

    async def _answer(
        self, question: Question, again: dict[str, Any], lines: "asyncio.Queue[str | None]"
    ) -> None:
        try:
            async for answer in self.desk.answers(question):
                found = await asyncio.to_thread(view, answer.result, last=answer.last)
                lines.put_nowait(json.dumps(found | again, allow_nan=False) + "\n")
        except Exception as error:
            lines.put_nowait(json.dumps({"error": f"The run failed: {error}"}) + "\n")
            raise
        finally:
            lines.put_nowait(None)

    async def watch(self, request: Request) -> Response:
        """Return one run of both programmes, with the same luck, week by week."""
        given = _json(request.state.body)
        place = given.pop("run", None) if isinstance(given, dict) else None
        asked = choices.read(given)
        draw, replicate = choices.run_of(place, len(self.desk.draws))
        experiment = self.desk.experiment(asked.question())
        if len(experiment.teams) > 1:
            raise InputError("One team at a time can be watched: choose one.")
        run = partial(watched, experiment, draw=draw, replicate=replicate)
        loop = asyncio.get_running_loop()
        arms = {side: await loop.run_in_executor(self._watching, run, side) for side in ("a", "b")}
        return JSONResponse({"arms": arms, "draw": draw}, headers=HEADERS)

    async def play(self, request: Request) -> Response:
        """Return a game as it stands: what the facilitator knows, and the end where it is over."""
        turn = choices.checked(Turn, _json(request.state.body))
        found = await asyncio.get_running_loop().run_in_executor(self._watching, played, turn)
        return JSONResponse(found, headers=HEADERS)

    async def report(self, request: Request) -> Response:
        """Return the report on a comparison, with the learner's notes if there are any."""
        asked, notes = _noted(request.state.body)
        async for answer in self.desk.answers(asked.question()):
            result = answer.result
        prediction = notes.prediction(result.experiment)
        command = asked.command(result.experiment.months) + self.desk.options
        write = partial(reported, result, command, prediction)
        html = await asyncio.get_running_loop().run_in_executor(self._drawing, write)
        return Response(html, headers=HEADERS, media_type="text/html")

    async def prediction(self, request: Request) -> Response:
        """Return the learner's notes as the file that the command line keeps beside its result of the same."""
        asked, notes = _noted(request.state.body)
        prediction = notes.prediction(self.desk.experiment(asked.as_files()))
        if prediction is None:
            raise InputError("Nothing is noted: write a question or what you expect first.")
        return Response(prediction.to_toml(), headers=HEADERS, media_type="application/toml")


def _noted(body: bytes) -> tuple[choices.Asked, choices.Notes]:
    """Return what is asked, and what the learner noted."""
    given = _json(body)
    notes = given.pop("notes", {}) if isinstance(given, dict) else None
    return choices.read(given), choices.checked(choices.Notes, notes)


def reported(result: Result, command: str, prediction: Prediction | None) -> str:
    """Return the report of ``crtsip report`` on a result."""
    told = report.contents(result, command=command, prediction=prediction)
    return report.rendered("page.html.j2", told) + "\n"


async def _until_end(lines: "asyncio.Queue[str | None]", task: "asyncio.Task[None]") -> AsyncIterator[str]:
    """Yield lines as they come; where nobody reads any more, stop the work."""
    try:
        while (line := await lines.get()) is not None:
            yield line
    finally:
        task.cancel()
