"""Readings of the narrative that weighting the bank anew reaches badly or not at all: the team concerned is run again.

The runs are those of the full model's bank among the rival structures, the same points and luck, so that shifts are
paired; the other five teams are taken from it as they are.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from calibration.draws import Coded, Draws, prior, uniform_points
from calibration.inference.bank import FIELDS, Bank, make_bank
from calibration.inference.headline import contrasts, log_weights
from calibration.inference.sensitivity import Neighbour, neighbours, shift
from calibration.inference.settings import Settings
from calibration.inference.weights import Weighted, weighted
from calibration.records import coding_key


def run_again(
    settings: Settings,
    folder: Path,
    full: Bank,
    names: Sequence[str],
    *,
    workers: int = 1,
    progress: bool = False,
    say: Callable[[str], None] = lambda _: None,
) -> list[dict[str, Any]]:
    """Return how the readings of some names move each answer; ``full`` is the bank as the phrases are read.

    Their banks lie within ``folder``.
    """
    sized, before, found = settings.of_structures(), weighted(log_weights(full, settings.selection)), []
    for each in neighbours():
        if each.name in names:
            say(f"another reading: {each.name}")
            draws, team = reread(prior(sized.draws, sized.seed), sized, each), each.record.number - 1
            one = make_bank(
                sized, folder / _slug(each), draws=draws, teams=[team], workers=workers, progress=progress
            )
            found.append(_moved(each, full, before, with_team(full, one, team), settings))
    return found


def reread(draws: Draws, settings: Settings, each: Neighbour) -> Draws:
    """Return draws of the prior with a team's phrase coded otherwise, from the same uniform numbers."""
    points, columns = uniform_points(settings.draws, settings.seed), list(draws.table.columns)
    table = draws.table.copy()
    for name, (low, high) in coding_key().field[each.field].code[each.code].intervals.items():
        column, scale = f"team {each.record.number}: {name}", coding_key().scale[name]
        coded = Coded(low, high, scale.low, scale.high)
        table[column] = coded(points[:, columns.index(column)])
    return Draws(table, draws.kind)


def with_team(bank: Bank, one: Bank, team: int) -> Bank:
    """Return a bank with one of its teams taken from a bank of that team alone."""
    changed = {name: getattr(bank, name).copy() for name in FIELDS}
    for name, values in changed.items():
        axis = 2 if name == "contrasts" else 1
        np.moveaxis(values, axis, 0)[team] = np.moveaxis(getattr(one, name), axis, 0)[0]
    return bank._replace(**changed)


def _moved(each: Neighbour, full: Bank, before: Weighted, again: Bank, settings: Settings) -> dict[str, Any]:
    after, news = weighted(log_weights(again, settings.selection)), contrasts(again)
    answers = {name: shift(olds, before, news[name], after) for name, olds in contrasts(full).items()}
    return {
        "name": each.name,
        "effective": round(after.effective, 1),
        "answers": answers,
        "surely": round(max(answer["surely"] for answer in answers.values()), 3),
    }


def _slug(each: Neighbour) -> str:
    return f"team-{each.record.number}-{each.field}-{each.code}"
