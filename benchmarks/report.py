"""What a benchmark prints: tables with a title and a note, for reading or for a page."""

from collections.abc import Sequence
from dataclasses import dataclass

Cell = str | int | float


@dataclass(frozen=True)
class Table:
    """A section's figures."""

    title: str
    header: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    note: str = ""

    def text(self) -> str:
        """Return it in aligned columns, words to the left and figures to the right."""
        lines = [list(self.header), *([shown(cell) for cell in row] for row in self.rows)]
        widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
        words = [True, *(isinstance(cell, str) for cell in self.rows[0][1:])]
        body = [
            "  "
            + "  ".join(
                cell.ljust(width) if word else cell.rjust(width)
                for cell, width, word in zip(line, widths, words, strict=True)
            ).rstrip()
            for line in lines
        ]
        return "\n".join([self.title, *body, *([f"  {self.note}"] if self.note else [])]) + "\n"

    def markdown(self) -> str:
        """Return it as a section of a page."""
        lines = [list(self.header), ["---"] * len(self.header)]
        lines += [[shown(cell) for cell in row] for row in self.rows]
        body = ["| " + " | ".join(line) + " |" for line in lines]
        return "\n".join([f"### {self.title}", "", *body, *(["", self.note] if self.note else [])]) + "\n"


def shown(cell: Cell) -> str:
    """Return a figure with about three digits that count."""
    if isinstance(cell, str):
        return cell
    if abs(cell) >= 100 or float(cell).is_integer():
        return f"{cell:,.0f}"
    return f"{cell:.1f}" if abs(cell) >= 10 else f"{cell:.2f}"
