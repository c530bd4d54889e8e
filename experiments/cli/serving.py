"""The command that opens the page: app."""

import json as json_format
import socket
import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from experiments.cli.options import Asked, computing
from experiments.errors import InputError

if TYPE_CHECKING:
    from calibration import Draws

PORT = 8421
REPLICATES = 4  #: of fewer it is hardly known how far luck moves a gain
CHOSEN_IN_THE_PAGE = ("team", "settings", "weeks", "months", "out", "force", "scheduler", "json")
CHOSEN_BY_THE_GRID = ("settings", "weeks", "months")


@click.command()
@click.option(
    "--port", type=click.IntRange(0, 65535), default=PORT, show_default=True, help="0: any free one."
)
@click.option("--browser/--no-browser", default=True, help="Open the page in the browser.")
@click.option(
    "--static",
    type=click.Path(path_type=Path),
    default=None,
    metavar="FILE",
    help="Write the page as one file with results computed beforehand, and end.",
)
@computing
def app(port: int, browser: bool, static: Path | None, **given: Any) -> None:
    """Explore two programmes on a page in the browser, on this machine alone.

    With --static the page is one file that opens without Python or a server, on a grid of programmes computed
    beforehand; --out keeps what is computed, and the same command goes on after an interruption.
    """
    asked = Asked(**given)
    if static is not None:
        _write(static, asked)
    else:
        _serve(port, browser, asked)


def _draws(asked: Asked) -> "Draws":
    from calibration import posterior, prior

    if asked.draws_from == "prior":
        return prior(asked.draws, seed=asked.seed)
    try:
        return posterior(asked.draws)
    except ValueError as error:
        raise InputError(f"--{error}") from None


def _serve(port: int, browser: bool, asked: Asked) -> None:
    for name in CHOSEN_IN_THE_PAGE:
        if getattr(asked, name):
            raise InputError(f"--{name}: this is chosen in the page, or belongs to --static.")
    try:
        import uvicorn

        from experiments.app.server import app as page
    except ModuleNotFoundError as error:
        raise InputError(f"The page needs the library '{error.name}': pip install 'crtsip[app]'.") from None
    from experiments.app.choices import OPENING
    from experiments.app.desk import Desk

    listening = _listening(port)
    desk = Desk(
        _draws(asked), replicates=asked.replicates or REPLICATES, seed=asked.seed, workers=asked.workers
    )
    desk.warm(OPENING.question(), say=lambda note: click.echo(f"crtsip: {note}", err=True))
    address = f"http://127.0.0.1:{listening.getsockname()[1]}/"
    click.echo(f"crtsip: the page is at {address} for this machine alone; Ctrl-C ends it.", err=True)
    if browser:
        webbrowser.open(address)
    config = uvicorn.Config(page(desk), log_level="warning", access_log=False, timeout_graceful_shutdown=1)
    try:
        uvicorn.Server(config).run(sockets=[listening])
    except KeyboardInterrupt:
        click.echo("crtsip: the page is closed.", err=True)


def _listening(port: int) -> socket.socket:
    """Return a socket that listens on this machine alone."""
    listening = socket.socket()
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind(("127.0.0.1", port))
        listening.listen()
    except OSError as error:
        raise InputError(
            f"--port {port}: {error.strerror or error}. Give another, or 0 for any free one."
        ) from None
    return listening


def _write(path: Path, asked: Asked) -> None:
    """Run the grid, or go on with it, and write the file."""
    for name in CHOSEN_BY_THE_GRID:
        if getattr(asked, name):
            raise InputError(f"--{name}: the file's grid decides this.")
    from experiments import teams
    from experiments.app import explorer

    experiment = explorer.experiment(
        _draws(asked),
        replicates=asked.replicates or REPLICATES,
        seed=asked.seed,
        teams=teams.chosen(asked.team),
        engine=asked.engine,
    )
    result = experiment.run(
        workers=asked.workers,
        scheduler=asked.scheduler,
        progress=not asked.quiet,
        out=asked.out or Path("results") / f"explorer-{experiment.fingerprint()}",
        force=asked.force,
        say=lambda note: click.echo(f"crtsip: {note}", err=True),
    )
    if result.interrupted:
        raise KeyboardInterrupt("what was computed is kept, and the same command goes on from there")
    explorer.write(result, path, progress=not asked.quiet)
    size = path.stat().st_size / 2**20
    if asked.json:
        click.echo(json_format.dumps({"file": str(path), "megabytes": round(size, 2)}, sort_keys=True))
    click.echo(f"crtsip: {path} ({size:.1f} MB) opens in any browser, without Python.", err=True)
