"""A table of a report, whatever it is about."""

from collections.abc import Sequence
from typing import NamedTuple


class Table(NamedTuple):
    """A table: caption, column heads, rows whose first cells are their heads."""

    caption: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
