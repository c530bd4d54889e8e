"""Errors a user can mend: one message that names the place, the value, what is allowed and what to do."""

import re
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from pathlib import Path

from pydantic import ValidationError


class InputError(ValueError):
    """The user's input is wrong; the message says where, what, and what to do. Exit status 2."""


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Return `` Did you mean 'x'?`` for a misspelt name, or nothing."""
    close = get_close_matches(name, list(known), n=1)
    return f" Did you mean '{close[0]}'?" if close else ""


def read_text(path: Path, what: str) -> str:
    """Return a file's text.

    Raises
    ------
    InputError
        If there is no such file, it is a directory, or not UTF-8 text.
    """
    if path.is_dir():
        raise InputError(f"{path} is a directory. Give the {what}'s TOML file.")
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise InputError(f"There is no file {path}. Give the path of a {what} in TOML.") from None
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path} cannot be read as text: {error}.") from None


def line_of(text: str, path: Sequence[str | int]) -> int | None:
    """Return the line on which a key stands in TOML text, or that of its table, or nothing."""
    names = [name for name in path if isinstance(name, str)]
    table: list[str] = []
    best: int | None = None
    for number, line in enumerate(text.splitlines(), start=1):
        header = re.match(r"\s*\[+([^\]]+)\]+", line)
        if header:
            table = [part.strip().strip("\"'") for part in header.group(1).split(".")]
            if table == names:
                return number
            if best is None and names[: len(table)] == table:
                best = number
            continue
        key = re.match(r"\s*([A-Za-z0-9_.\"'-]+)\s*=", line)
        if key:
            full = table + [part.strip("\"'") for part in key.group(1).split(".")]
            if full == names[: len(full)] and len(full) > len(table):
                return number
    return best


def refusal(error: ValidationError, place: str, text: str, known: dict[str, list[str]]) -> InputError:
    """Turn pydantic's findings into one message with all of them, each with line, value, remedy.

    ``known`` holds the keys each table knows, by dotted name, for "did you mean".
    """
    findings = []
    for found in error.errors():
        path = [part for part in found["loc"] if not str(part).startswith("function-")]
        line = line_of(text, path)
        where = f"{place}, line {line}: " if line is not None else f"{place}: "
        name = ".".join(str(part) for part in path)
        if found["type"] == "extra_forbidden":
            table = ".".join(str(part) for part in path[:-1])
            hint = did_you_mean(str(path[-1]), known.get(table, []))
            allowed = "" if hint else f" Known here: {', '.join(known.get(table, []))}."
            findings.append(f"{where}unknown key '{name}'.{hint}{allowed}")
        else:
            value = found["input"]
            shown = "" if isinstance(value, dict) else f" = {value!r}"
            finite = "not a number; " if isinstance(value, float) and value != value else ""
            findings.append(f"{where}{name}{shown}: {finite}{_plain(found['msg'])}.")
    return InputError("\n".join(findings))


def _plain(message: str) -> str:
    lowered = message[0].lower() + message[1:]
    return lowered.replace("input should be", "should be").removeprefix("value error, ").rstrip(".")
