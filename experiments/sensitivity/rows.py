"""A factor's row in print and JSON, whatever the method, and what it can be told from."""

from typing import Any

from experiments.sensitivity import morris, ranks, sobol
from experiments.sensitivity.factors import told


def rounded(row: Any) -> dict[str, Any]:
    """Return a row for JSON."""
    return {name: round(v, 6) if isinstance(v, float) else v for name, v in row._asdict().items()}


HEADERS = {
    "morris": ["factor", "effect", "95%", "mu*", "mu", "sigma", "unit"],
    "sobol": ["factor", "first", "95%", "total", "95%", "unit"],
    "ranks": ["factor", "share", "95%", "beyond chance", "direction", "unit"],
}


def printed(row: Any) -> list[str]:
    """Return a row as it is printed, under ``HEADERS``."""
    if isinstance(row, morris.Screened):
        figures = [f"{row.effect:.2f}", _ends(row.low, row.high)]
        figures += [f"{value:.2f}" for value in (row.mu_star, row.mu, row.sigma)]
    elif isinstance(row, sobol.Shares):
        figures = [f"{row.first:.3f}", _ends(row.first_low, row.first_high)]
        figures += [f"{row.total:.3f}", _ends(row.total_low, row.total_high)]
    else:
        figures = [f"{row.share:.3f}", _ends(row.low, row.high), "yes" if row.beyond_chance else "no"]
        figures.append(f"{row.direction:+.2f}")
    return [row.factor, *figures, told(row.factor)[0]]


def _ends(low: float, high: float) -> str:
    return f"{low:.2f} to {high:.2f}"


def told_apart(row: Any) -> bool:
    """Say whether a factor's row is told from that of a factor that does nothing."""
    if isinstance(row, ranks.Told):
        return row.beyond_chance
    return bool((row.low if isinstance(row, morris.Screened) else row.total_low) > 0.0)


def overlap(first: Any, second: Any) -> bool:
    """Say whether the interval of a smaller factor reaches into that of a larger one."""
    ends = ("total_low", "total_high") if isinstance(first, sobol.Shares) else ("low", "high")
    return bool(getattr(second, ends[1]) > getattr(first, ends[0]))
