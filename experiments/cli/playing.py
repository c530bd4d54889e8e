"""The command that lets one be the facilitator: play."""

import json as json_format
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from experiments.errors import InputError

if TYPE_CHECKING:
    from experiments.play import Decision, Game

ASKED = {
    "visit_interval": ("Weeks between visits (1 to 26)", 1.0),
    "doing": ("Doing the work yourself, % of the time with the team", 100.0),
    "escalating": ("With the trust's leaders, %", 100.0),
    "inducting": ("Training newcomers, %", 100.0),
}


@click.command()
@click.option(
    "--file", type=click.Path(path_type=Path), default=None, help="A game's file: replay it, or go on."
)
@click.option("--team", default=None, help="1 to 6, or a TOML file of your own team.  [default: 3]")
@click.option("--programme", default=None, help="A preset with a facilitator.  [default: internal-12]")
@click.option("--draw", type=click.IntRange(0), default=None, help="Which possible world.  [default: 0]")
@click.option("--replicate", type=click.IntRange(0), default=None, help="Which luck.  [default: 0]")
@click.option("--seed", type=click.IntRange(0), default=None, help="Names the luck.  [default: 1]")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=None,
    help="The file of a new game.  [default: game.toml]",
)
@click.option("--force", is_flag=True, help="Replace what stands at --out.")
@click.option(
    "--worlds",
    type=click.IntRange(0),
    default=100,
    show_default=True,
    help="Worlds in which the decisions are tried again at the end.",
)
@click.option("--json", "json", is_flag=True, help="Print months and ending as JSON, and nothing else.")
def play(file: Path | None, out: Path | None, force: bool, worlds: int, json: bool, **setup: Any) -> None:
    """Be the facilitator, with half a day a week: decide each month where the time goes.

    The game is kept in a file after each month. With --file a finished game is lived through again and compared with
    the model's own policies, and an unfinished one is gone on with. Nothing is scripted: it is the model that answers.
    """
    game, path = _begun(file, out, force, setup)
    if json:
        click.echo(json_format.dumps(_found(game, worlds), sort_keys=True, allow_nan=False))
        return
    if game.over:
        _tell_story(game)
    else:
        game = _played(game, path)
    _tell_ending(game, worlds)


def _begun(file: Path | None, out: Path | None, force: bool, setup: dict[str, Any]) -> "tuple[Game, Path]":
    """Return the game of the file, or a new one with the file it is to be kept in."""
    from experiments.play import Game

    given = {name: value for name, value in setup.items() if value is not None}
    if file is not None:
        if given or out is not None:
            raise InputError(f"--{next(iter(given), 'out')}: the game's file decides this.")
        return Game.from_file(file), file
    path = out or Path("game.toml")
    if path.exists() and not force:
        raise InputError(
            f"{path} is there already: go on with it by --file {path}, or replace it by --force."
        )
    team = _team(given.pop("team", "3"))
    return Game.checked({**given, **team, "played": 0}, "the game"), path


def _team(team: str) -> dict[str, Any]:
    if team.isdigit():
        return {"team": int(team)}
    from experiments.errors import read_text
    from experiments.profile import team_from_text

    text = read_text(Path(team), "team's profile")
    team_from_text(text, "our team", team)  # a mistake is told with its line
    return {"profile": {"name": Path(team).stem} | tomllib.loads(text)}


def _played(game: "Game", path: Path) -> "Game":
    """Ask month by month; keep the game after each."""
    from experiments.cli import played
    from experiments.cli.output import say
    from experiments.play import seen

    click.echo("Enter keeps a value as it is; Ctrl-C leaves, and the game is kept.")
    _keep(game, path)
    try:
        while not game.over:
            game = _month(game)
            _keep(game, path)
    except click.Abort:
        raise KeyboardInterrupt(f"the game is kept, and crtsip play --file {path} goes on with it") from None
    say("\n" + played.month(seen(game)[-1]))
    say(f"\nThe game is kept in {path}: crtsip play --file {path} plays it again.")
    return game


def _keep(game: "Game", path: Path) -> None:
    from experiments.store.files import write_bytes

    write_bytes(path, game.to_toml().encode())


def _month(game: "Game") -> "Game":
    """Tell what is known, ask for the month to come, and return the game after it."""
    from experiments.cli import played
    from experiments.cli.output import say
    from experiments.play import seen

    now = seen(game)[-1]
    month = game.lived_months + 1
    say("\n" + played.month(now))
    say(f"\nMonth {month} of {game.months}. As it stands: {played.time(now['time'])}.")
    return game.decided(_decision(month, now["time"]))


def _decision(month: int, stands: dict[str, float]) -> "Decision | None":
    """Ask until the time is spent in an allowed way; nothing where all is kept."""
    from pydantic import ValidationError

    from experiments.play import Decision

    while True:
        values = {name: _ask(name, stands[name]) for name in ASKED}
        if values == stands:
            return None
        try:
            return Decision(month=month, **values)
        except ValidationError as error:
            click.echo(f"   {error.errors()[0]['msg']}")


def _ask(name: str, stands: float) -> float:
    text, times = ASKED[name]
    shown = round(times * stands, 1)
    value = click.prompt(f"  {text}", default=shown, type=float)
    return stands if value == shown else float(value) / times


def _found(game: "Game", worlds: int) -> dict[str, Any]:
    from experiments.play import seen

    found = _ending(game, worlds) if game.over else None
    return {"game": game.model_dump(mode="json"), "seen": seen(game), "ending": found}


def _ending(game: "Game", worlds: int) -> dict[str, Any]:
    from experiments.conduct import announce_compiling
    from experiments.play import ending

    announce_compiling(lambda note: click.echo(f"crtsip: {note}", err=True))
    return ending(game, worlds=worlds)


def _tell_story(game: "Game") -> None:
    from experiments.cli import played
    from experiments.cli.output import say
    from experiments.play import seen

    say("\n\n".join(map(played.month, seen(game))))


def _tell_ending(game: "Game", worlds: int) -> None:
    from experiments.cli import played
    from experiments.cli.output import say

    say("\n" + played.ending(_ending(game, worlds)))
