"""Adaptive rounds for a bank of which few draws fit: more draws, from where those that fit best lie.

A round's proposal is fitted to tempered weights: the likelihood to a power so small that enough draws count. The draws
of all rounds are weighted together, each by the prior's density against that of the mixture they all come from (the
balance heuristic; Veach and Guibas 1995, Cornuet et al 2012), so that no round is thrown away.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.special import logsumexp

from calibration.draws import Draws
from calibration.inference.bank import FIELDS, Bank
from calibration.inference.proposal import Proposal, fitted
from calibration.inference.weights import Weighted, plain

ROUNDS = 2
FEW = 0.05  #: share of the first bank's draws: with fewer effective ones a round is made (102 of 2,048)
FITTED = 12  #: columns at most: those whose means the tempered weights move most surely
SURELY = 3.0  #: standard errors by which they are to move a column's mean, else it is not fitted


class Round(NamedTuple):
    """Draws of one proposal (none: the prior): their uniform numbers ``[draw, column]`` and their bank."""

    proposal: Proposal | None
    points: np.ndarray
    bank: Bank


class Pooled(NamedTuple):
    """A bank of all rounds' draws, and what their log-weights gain for not being from the prior: ``[draw]``."""

    bank: Bank
    offset: np.ndarray
    rounds: int


def pooled(
    points: np.ndarray,
    bank: Bank,
    make: Callable[[int, np.ndarray], Bank],
    log_likelihood: Callable[[Bank], np.ndarray],
    seed: int,
) -> Pooled:
    """Add rounds to a bank, made at ``points`` of the prior, until enough draws are effective or ``ROUNDS`` are made.

    ``make(number, points)`` makes the bank of a round, numbered from 1; ``log_likelihood(bank)`` is by draw.
    """
    rounds, found = [Round(None, points, bank)], Pooled(bank, np.zeros(bank.size), 0)
    enough = FEW * bank.size
    while found.rounds < ROUNDS:
        logs = log_likelihood(found.bank)
        if plain(logs + found.offset).effective >= enough:
            break
        proposal = _proposed(_points(rounds), tempered(logs, found.offset, enough))
        if proposal is None:
            break
        fresh = proposal.drawn(len(rounds) * bank.size // 2, seed + len(rounds))
        rounds.append(Round(proposal, fresh, make(len(rounds), fresh)))
        found = Pooled(_together(rounds), against_mixture(rounds), len(rounds) - 1)
    return found


def tempered(logs: np.ndarray, offset: np.ndarray, enough: float) -> Weighted:
    """Return weights by the likelihood to the largest power, in hundredths, at which enough draws are effective."""
    found = (plain(power * logs + offset) for power in np.linspace(1.0, 0.0, 101))
    return next((each for each in found if each.effective >= enough), plain(offset))


def against_mixture(rounds: Sequence[Round]) -> np.ndarray:
    """Return the log of the prior's density over that of the rounds' mixture at all their draws."""
    points, counts = _points(rounds), np.array([len(each.points) for each in rounds])
    densities = [
        np.zeros(len(points)) if each.proposal is None else each.proposal.log_density(points)
        for each in rounds
    ]
    return np.asarray(-logsumexp(densities, axis=0, b=(counts / counts.sum())[:, None]))


def _proposed(points: np.ndarray, found: Weighted) -> Proposal | None:
    """Return a proposal in the columns that the weights surely move; None if there is no such column."""
    errors = np.array([abs(found.mean(u) - 0.5) / found.error(u) for u in points.T])
    most = np.argsort(-errors, kind="stable")[:FITTED]
    columns = [int(column) for column in most if errors[column] > SURELY]
    return fitted(points, columns, found) if columns else None


def _points(rounds: Sequence[Round]) -> np.ndarray:
    return np.concatenate([each.points for each in rounds])


def _together(rounds: Sequence[Round]) -> Bank:
    banks = [each.bank for each in rounds]
    draws = Draws(pd.concat([bank.draws.table for bank in banks]), "prior")
    return Bank(draws, *(np.concatenate([getattr(bank, name) for bank in banks]) for name in FIELDS))
