"""Tables and figures of the validation page, in Markdown."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any


def table(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """Return a table in Markdown."""
    lines = ["| " + " | ".join(header) + " |", "|" + "---|" * len(header)]
    return "\n".join([*lines, *("| " + " | ".join(map(str, row)) + " |" for row in rows)])


def signed(value: float) -> str:
    """Return points with their sign, to a tenth."""
    return f"{value:+.1f}".replace("-", "−")


def told(answer: Mapping[str, Any]) -> str:
    """Return a mean, its 95% interval and the chances of a sign."""
    low, high = answer["interval"]
    return (
        f"{signed(answer['mean'])} ({signed(low)} to {signed(high)}); "
        f"P(>0) {answer['p_positive']:.2f}, P(>3) {answer['p_over_3']:.2f}"
    )


def picture(name: str, label: str) -> str:
    """Return a line that shows one of the page's pictures."""
    return f"![{label}](pictures/calibration-{name}.svg)"
