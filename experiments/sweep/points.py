"""The points of a sweep: a full factorial, a Latin hypercube, or the rows of a table."""

import csv
import itertools
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from experiments.errors import InputError
from experiments.scenario import Scenario, is_whole, resolved_name

Point = Mapping[str, str]  #: settings by name, as ``--set`` takes them

COMMA = re.compile(r",(?![^\[]*\])")  # none within a list
DIGITS = 4  #: of a value drawn from a range: names of points stay readable


class Factor(NamedTuple):
    """What is varied: its name, and its values, or the ends of its range."""

    name: str
    values: tuple[str, ...] = ()
    ends: tuple[float, float] | None = None

    @classmethod
    def of(cls, text: str) -> "Factor":
        """Read ``NAME=V1,V2,...`` or ``NAME=LOW:HIGH``.

        Raises
        ------
        InputError
            If it is neither, there is nothing of that name, or a value stands twice.
        """
        name, _, given = (part.strip() for part in text.partition("="))
        values = tuple(value.strip() for value in COMMA.split(given))
        if not name or not all(values):
            raise InputError(
                f"--vary {text}: write NAME=V1,V2,... or NAME=LOW:HIGH, as in --vary turnover=0.5,1,2."
            )
        resolved_name(name, f"--vary {name}")
        twice = [value for value in values if values.count(value) > 1]
        if twice:
            raise InputError(f"--vary {text}: {twice[0]} stands twice; name each value once.")
        ends = _ends(given)
        return cls(name, values) if ends is None else cls(name, ends=ends)

    def at(self, share: float) -> str:
        """Return the value at a share in [0, 1) of the way through the range, or through the list of values."""
        if self.ends is None:
            return self.values[int(share * len(self.values))]
        low, high = self.ends
        if is_whole(resolved_name(self.name)):
            return str(int(low + share * (high + 1.0 - low)))
        return f"{low + share * (high - low):.{DIGITS}g}"


def _ends(text: str) -> tuple[float, float] | None:
    low, colon, high = text.partition(":")
    try:
        ends = (float(low), float(high)) if colon else None
    except ValueError:
        return None
    if ends is not None and not ends[0] < ends[1]:
        raise InputError(f"--vary ...={text}: a range goes from a lower to a higher number.")
    return ends


def factors(texts: Iterable[str]) -> list[Factor]:
    """Read what is varied.

    Raises
    ------
    InputError
        If one cannot be read, or two are the same.
    """
    found = [Factor.of(text) for text in texts]
    paths = [resolved_name(factor.name) for factor in found]
    for factor, path in zip(found, paths, strict=True):
        if paths.count(path) > 1:
            raise InputError(
                f"--vary {factor.name}: {'.'.join(path)} is varied twice; list its values in one --vary."
            )
    return found


def factorial(varied: Sequence[Factor]) -> list[Point]:
    """Return every combination of the factors' values, the last one turning fastest.

    Raises
    ------
    InputError
        If a factor is a range.
    """
    for factor in varied:
        if factor.ends is not None:
            raise InputError(
                f"--vary {factor.name}: a range needs --design lhs and --points N; a factorial needs values, "
                f"as in {factor.name}={factor.ends[0]:g},{factor.ends[1]:g}."
            )
    names = [factor.name for factor in varied]
    return [dict(zip(names, row, strict=True)) for row in itertools.product(*(f.values for f in varied))]


def latin_hypercube(varied: Sequence[Factor], points: int, seed: int) -> list[Point]:
    """Return a Latin hypercube: each factor's range is cut into as many strips as points, with a point in each."""
    from scipy.stats import qmc

    shares = qmc.LatinHypercube(len(varied), rng=seed).random(points)
    return [{f.name: f.at(share) for f, share in zip(varied, row, strict=True)} for row in shares.tolist()]


def table(path: Path, base: Scenario) -> list[Point]:
    """Read a CSV file with a column for each thing varied and a row for each point; an empty cell leaves it as it is.

    Raises
    ------
    InputError
        If a column has no such name, or a row cannot be a scenario: with file, line, column and value.
    """
    rows = _rows(path)
    header = [name.strip() for name in rows[0][1]]
    for name in header:
        resolved_name(name, f"{path}, line {rows[0][0]}, column '{name}'")
    found = [_point(path, line, header, cells, base) for line, cells in rows[1:]]
    for k, point in enumerate(found):
        if point in found[:k]:
            before = rows[1 + found.index(point)][0]
            raise InputError(
                f"{path}, line {rows[1 + k][0]}: the same point as line {before}; leave one out."
            )
    return found


def _rows(path: Path) -> list[tuple[int, list[str]]]:
    """Return the lines that are not empty, with their numbers; a header and a row at least."""
    try:
        with path.open(newline="", encoding="utf-8-sig") as file:
            reader = csv.reader(file)
            rows = [(reader.line_num, cells) for cells in reader if any(cell.strip() for cell in cells)]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"--table {path}: it cannot be read as CSV: {error}.") from None
    if len(rows) < 2:
        raise InputError(f"--table {path}: give a line with names and a line for each point.")
    return rows


def _point(path: Path, line: int, header: Sequence[str], cells: Sequence[str], base: Scenario) -> Point:
    if len(cells) != len(header):
        raise InputError(f"{path}, line {line}: {len(cells)} cells for {len(header)} columns.")
    point = {name: cell.strip() for name, cell in zip(header, cells, strict=True) if cell.strip()}
    try:
        base.with_set(point, f"{path}, line {line}")
    except InputError:
        for name, value in point.items():
            base.with_set({name: value}, f"{path}, line {line}, column '{name}'")
        raise
    return point
