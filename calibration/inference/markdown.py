"""Tables and figures of the validation page, in Markdown."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any


def table(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """Return a table in Markdown."""
    lines = ["| " + " | ".join(header) + " |", "|" + "---|" * len(header)]
    return "\n".join([*lines, *("| " + " | ".join(map(str, row)) + " |" for row in rows)])


def with_minus(text: str) -> str:
    """Return text in which every number below 0 has a minus in place of a hyphen."""
    return re.sub(r"(?<![\w`/-])-(?=\.?\d)", "−", text)


def signed(value: float) -> str:
    """Return points with their sign, to a tenth."""
    return f"{value:+.1f}"


def told(answer: Mapping[str, Any]) -> str:
    """Return a mean with its Monte Carlo error, its 95% interval and the chances of a sign."""
    low, high = answer["interval"]
    return (
        f"{signed(answer['mean'])} ± {answer['error']:.2f} ({signed(low)} to {signed(high)}); "
        f"P(>0) {answer['p_positive']:.2f} ± {answer['p_error']:.2f}, P(>3) {answer['p_over_3']:.2f}"
    )


def picture(name: str, label: str) -> str:
    """Return a line that shows one of the page's pictures."""
    return f"![{label}](pictures/calibration-{name}.svg)"
