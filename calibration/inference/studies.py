"""What stands beside the main fit: rivals, a second sampler, other readings, new teams, the six month by month."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from calibration.draws import prior
from calibration.inference.bank import Bank
from calibration.inference.new_team import predicted
from calibration.inference.predictive import by_team
from calibration.inference.readings import run_again
from calibration.inference.second import compared
from calibration.inference.sensitivity import sensitivity
from calibration.inference.settings import Settings
from calibration.inference.structures import STRUCTURES, bank_of, stood
from calibration.inference.weights import FEW, Weighted


def studied(
    settings: Settings,
    folder: Path,
    bank: Bank,
    found: Weighted,
    table: pd.DataFrame,
    moved: Sequence[str],
    *,
    workers: int = 1,
    progress: bool = False,
    say: Callable[[str], None] = lambda _: None,
) -> dict[str, Any]:
    """Return all of it by name. Banks of their own lie within ``folder``; the rest is run again each time."""
    say("the six month by month, and new teams")
    months = by_team(table, settings.seed, workers=workers)
    new = predicted(table, prior(len(table), settings.seed), settings.seed, workers=workers)
    say("a second sampler on the same likelihood")
    second = compared(settings, folder / "second", bank, found, moved, workers=workers, progress=progress)
    structures = stood(settings, folder / "structures", workers=workers, progress=progress, say=say)
    moves = sensitivity(bank, found)
    badly = [row["name"] for row in moves["recoded"] if row["effective"] < FEW] + moves.pop("not_recoded")
    full = bank_of(STRUCTURES[0], settings, folder / "structures")
    again = run_again(settings, folder / "readings", full, badly, workers=workers, progress=progress, say=say)
    weighted = [row for row in moves["recoded"] if row["name"] not in badly]
    return {
        "by_team": months,
        "new_team": new,
        "second": second,
        "structures": structures,
        "sensitivity": moves | {"recoded": weighted, "run_again": again},
    }
