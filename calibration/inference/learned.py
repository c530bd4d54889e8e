"""What the six totals moved: each parameter and circumstance before and after, with a plain verdict."""

from typing import Any

import numpy as np

from calibration.inference.bank import Bank
from calibration.inference.weights import Weighted

#: A mean moved by so many prior standard deviations, or an sd shrunk to so much of it, counts as informed / slightly.
INFORMED = (0.5, 0.75)
SLIGHTLY = (0.2, 0.92)


def learned(bank: Bank, found: Weighted) -> list[dict[str, Any]]:
    """Return for each uncertain quantity how far its mean moved and its sd shrank, the most moved first."""
    rows = []
    for name in bank.draws.table.columns:
        values = bank.draws.table[name].to_numpy(dtype=float)
        sd = float(values.std())
        if sd == 0.0 or name.endswith(": placement"):
            continue
        moved = (float(found.mean(values)) - float(values.mean())) / sd
        kept = float(found.sd(values)) / sd
        rows.append(
            {"name": name, "moved": round(moved, 3), "kept": round(kept, 3), "verdict": _verdict(moved, kept)}
        )
    return sorted(rows, key=lambda row: -abs(row["moved"]))


def _verdict(moved: float, kept: float) -> str:
    if abs(moved) >= INFORMED[0] or kept <= INFORMED[1]:
        return "informed"
    return "slightly" if abs(moved) >= SLIGHTLY[0] or kept <= SLIGHTLY[1] else "not at all"


def correlations(bank: Bank, found: Weighted, names: list[str]) -> list[dict[str, Any]]:
    """Return the strongest correlations among some parameters after the data (before, they are independent)."""
    table = np.stack([bank.draws.table[name].to_numpy(dtype=float) for name in names], axis=1)
    centred = table - found.mean(table)
    covariance = (centred * found.weights[:, None]).T @ centred
    sd = np.sqrt(np.diag(covariance))
    matrix = covariance / np.outer(sd, sd)
    pairs = [(abs(matrix[i, j]), i, j) for i in range(len(names)) for j in range(i)]
    return [
        {"one": names[i], "other": names[j], "correlation": round(float(matrix[i, j]), 2)}
        for _, i, j in sorted(pairs, reverse=True)[:8]
    ]
