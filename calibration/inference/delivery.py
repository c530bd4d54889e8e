"""The delivery of the programme as a factor of its own: what is held late or lost, given what Table 2 dates and ticks.

The main fit conditions on the recorded calendar, so that the likelihood factorises: totals given the calendar, and
the calendar. The parameters of the second factor are those that decide when a due event is held. The main fit uses
them only for what was ticked without a date. What bears on both (pressure, above all) is left to the main factor: the
calendar is simulated forward under its draws, and does not feed back on them.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from scipy.special import ndtr

from calibration.draws import Draws, prior
from calibration.inference.forward import Forward, run_forward
from calibration.inference.settings import Settings
from calibration.inference.weights import Weighted, weighted
from calibration.records import TeamRecord, coding_key, six_teams
from calibration.sites import delivered

OWN = ("hold_scoping", "hold_review", "hold_meeting", "hold_squeeze")  #: the factor's parameters
OF_VISITS = ("visit_lost", "visit_squeeze", "visit_trust")  #: its own too: the replay loses no recorded visit
PROGRAMME = "core-12"  #: the programme as planned, delivered by the model's rules
REPLICATES = 40  #: fewer distort the likelihood
DATED = {"scoping": "scoping_month", "review": "interim_review_month"}
MEETINGS, VISITS = "meetings_held", "visits"
READING = 0.5  #: months: standard deviation with which a printed month tells the date (assumed)
MOST = 0.5  #: share of routine meetings held beyond which they count as delivered
FITTED = ("scoping days", "interim reviews", "routine meetings")
PARTS = (*FITTED, VISITS)  #: in the order in which they are taken in
BEST = 200  #: draws at which the noise of the log-likelihood is told
ENOUGH = 100.0  #: effective draws under which the factor counts as collapsed, and is left out


class Calendar(NamedTuple):
    """What is recorded of a team's calendar: months elapsed of dated events, the meetings' tick, the visits' interval.

    ``meetings`` is None where the tick is contradicted by the text; ``interval`` is in weeks.
    """

    dates: Mapping[str, float]
    meetings: bool | None
    interval: tuple[float, float]


class Delivery(NamedTuple):
    """The factor's draws, their weights, the columns it fits, and whether it holds (else the prior stays)."""

    draws: Draws
    weights: Weighted
    columns: tuple[str, ...]
    diagnostics: dict[str, Any]

    @property
    def holds(self) -> bool:
        """Say whether the factor has not collapsed."""
        return bool(self.diagnostics["holds"])


def calendars() -> list[Calendar]:
    """Return the six calendars of Table 2, as the main fit replays them."""
    return [_calendar(record) for record in six_teams()]


def _calendar(record: TeamRecord) -> Calendar:
    circumstances = record.circumstances()
    known = dict(delivered(record, 1.0, 1.0).events)
    contradicted = any(entry.component == "routine_meetings" for entry in record.ticks.contradictions)
    return Calendar(
        {kind: known[kind] for kind in DATED if kind in known},
        None if contradicted else record.ticks.routine_meetings == "yes",
        circumstances["visit_interval"],
    )


def log_likelihood(calendar: Calendar, forward: Forward, team: int) -> dict[str, np.ndarray]:
    """Return the log-likelihood of a team's calendar by part, ``[draw]``: a mean over replicates.

    A printed month covers a month of the elapsed time, read with an error of sd ``READING``; a tick for routine
    meetings is given in proportion to the share held. Either is misread with the coding key's share, and then says
    nothing.
    Visits: whether the simulated mean interval lies in the coded one.
    """
    miss = coding_key().miscoded
    found = {part: np.zeros(forward.draws) for part in PARTS}
    for part, kind in zip(FITTED, DATED, strict=False):
        if kind in calendar.dates:
            month = forward.outcome(DATED[kind], team)
            away = calendar.dates[kind] - month
            inside = ndtr((away + 0.5) / READING) - ndtr((away - 0.5) / READING)
            found[part] = np.log((1.0 - miss) * np.nan_to_num(inside).mean(axis=1) + miss / 12.0)
    if calendar.meetings is not None:
        held = forward.outcome(MEETINGS, team).mean(axis=1)
        found[FITTED[2]] = np.log((1.0 - miss) * (held if calendar.meetings else 1.0 - held) + miss / 2.0)
    weeks, (low, high) = _weeks_between(forward, team), calendar.interval
    found[VISITS] = np.log((1.0 - miss) * ((weeks >= low) & (weeks <= high)).mean(axis=1) + miss / 13.0)
    return found


def fitted(settings: Settings, table: pd.DataFrame, *, workers: int = 1) -> Delivery:
    """Fit the delivery's parameters to the six calendars, under the main factor's draws ``table``.

    The visits are taken in last, and stay in if the factor then still holds.
    """
    own = prior(settings.delivery, settings.seed + 2).table[[*OWN, *OF_VISITS]]
    rows = table.iloc[np.arange(len(own)) % len(table)].reset_index(drop=True)
    draws = Draws(rows.assign(**{name: own[name].to_numpy() for name in (*OWN, *OF_VISITS)}), "prior")
    forward = run_forward(draws, PROGRAMME, settings.seed, replicates=REPLICATES, workers=workers)
    whole, (first, second) = _by_part(forward), (_by_part(half) for half in _halves(forward))
    steps = [_step(k + 1, whole, apart) for k, apart in enumerate(np.cumsum(first - second, axis=0))]
    count = len(PARTS) if steps[-1]["holds"] else len(FITTED)
    found, columns = _taken_in(count, whole), (*OWN, *OF_VISITS) if count == len(PARTS) else OWN
    return Delivery(draws, found, columns, _diagnostics(draws, forward, steps, count, found, columns))


def resampled(found: Delivery, table: pd.DataFrame, seed: int) -> pd.DataFrame:
    """Return the main factor's draws with the delivery's parameters drawn from its own, independently of the rest."""
    if not found.holds:
        return table
    chosen = found.draws.table.iloc[found.weights.resampled(len(table), seed)]
    return table.assign(**{name: chosen[name].to_numpy() for name in found.columns})


def _by_part(forward: Forward) -> np.ndarray:
    """Return the log-likelihood of all six calendars, ``[part, draw]``."""
    by_team = [log_likelihood(calendar, forward, team) for team, calendar in enumerate(calendars())]
    return np.array([np.sum([each[part] for each in by_team], axis=0) for part in PARTS])


def _halves(forward: Forward) -> list[Forward]:
    """Return the runs of the first and of the second half of the replicates."""
    half = REPLICATES // 2
    return [
        Forward(forward.outcomes[:, part], forward.latent[:, part])
        for part in (slice(0, half), slice(half, 2 * half))
    ]


def _taken_in(count: int, by_part: np.ndarray) -> Weighted:
    """Return the weights with the first parts taken in."""
    return weighted(by_part[:count].sum(axis=0))


def _step(count: int, by_part: np.ndarray, apart: np.ndarray) -> dict[str, Any]:
    """Return what becomes of the factor when a part is taken in after those before it.

    ``apart[draw]`` is the difference of the joint log-likelihood between halves of the replicates.
    """
    alone, together = weighted(by_part[count - 1]), _taken_in(count, by_part)
    best = np.argsort(-by_part[:count].sum(axis=0), kind="stable")[:BEST]
    return {
        "part": PARTS[count - 1],
        "alone": round(alone.effective, 1),
        "together": round(together.effective, 1),
        "k_hat": _finite(together.k_hat),
        "noise": round(float(np.var(apart[best]) / 4.0), 3),
        "holds": bool(together.effective >= ENOUGH and together.k_hat < 0.7),
    }


def _diagnostics(
    draws: Draws,
    forward: Forward,
    steps: Sequence[dict[str, Any]],
    count: int,
    found: Weighted,
    columns: Sequence[str],
) -> dict[str, Any]:
    return {
        "draws": len(draws),
        "effective": round(found.effective, 1),
        "k_hat": _finite(found.k_hat),
        "holds": steps[count - 1]["holds"],
        "parts": [step | {"in": k < count} for k, step in enumerate(steps)],
        "visits": [_visits(calendar, forward, team, found) for team, calendar in enumerate(calendars())],
        "moved": [_moved(name, draws.table[name].to_numpy(), found) for name in columns],
        "dates": [_dates(calendar, forward, team, found) for team, calendar in enumerate(calendars())],
        "ticks": [_ticks(record, forward, team, found) for team, record in enumerate(six_teams())],
    }


def _visits(calendar: Calendar, forward: Forward, team: int, found: Weighted) -> dict[str, Any]:
    """Return the weeks between a team's visits: as coded, how often that comes about before, and as predicted."""
    weeks = _weeks_between(forward, team)
    low, high = calendar.interval
    return {
        "team": team + 1,
        "recorded": [low, high],
        "chance": round(float(((weeks >= low) & (weeks <= high)).mean()), 3),
        "interval": _interval(weeks, found.weights, (0.05, 0.5, 0.95)),
    }


def _weeks_between(forward: Forward, team: int) -> np.ndarray:
    """Return the mean weeks between visits in the year, ``[draw, replicate]``."""
    return np.asarray(52.0 / np.maximum(1.0, forward.outcome(VISITS, team)))


def _moved(name: str, values: np.ndarray, found: Weighted) -> dict[str, Any]:
    sd = float(values.std())
    return {
        "name": name,
        "moved": round((float(found.mean(values)) - float(values.mean())) / sd, 3),
        "kept": round(float(found.sd(values)) / sd, 3),
    }


def _dates(calendar: Calendar, forward: Forward, team: int, found: Weighted) -> dict[str, Any]:
    """Return what is predicted of a team's calendar beside what is recorded."""
    rows: dict[str, Any] = {"team": team + 1}
    for kind, outcome in DATED.items():
        months = forward.outcome(outcome, team)
        rows[kind] = {
            "recorded": calendar.dates.get(kind),
            "interval": _interval(months, found.weights, (0.05, 0.5, 0.95)),
        }
    held = forward.outcome(MEETINGS, team)
    rows["meetings"] = {
        "recorded": calendar.meetings,
        "interval": _interval(held, found.weights, (0.05, 0.5, 0.95)),
    }
    return rows


def _ticks(record: TeamRecord, forward: Forward, team: int, found: Weighted) -> dict[str, Any]:
    """Return what is ticked of a team beside the chance that the rules deliver it within the year.

    Routine meetings count as delivered where most were held. What is not named here the rules always deliver.
    """
    contradicted = {entry.component for entry in record.ticks.contradictions}
    delivers = {
        "scoping_day": np.isfinite(forward.outcome(DATED["scoping"], team)),
        "fidelity_reviews": np.isfinite(forward.outcome(DATED["review"], team)),
        "routine_meetings": forward.outcome(MEETINGS, team) > MOST,
    }
    return {"team": team + 1} | {
        component: {
            "recorded": "contradicted" if component in contradicted else getattr(record.ticks, component),
            "chance": round(float(found.mean(delivered.mean(axis=1))), 3),
        }
        for component, delivered in delivers.items()
    }


def _interval(values: np.ndarray, weights: np.ndarray, at: Sequence[float]) -> list[float]:
    """Return quantiles of runs ``[draw, replicate]`` under weights by draw."""
    each = Weighted(np.repeat(weights / values.shape[1], values.shape[1]), float("nan"))
    return [round(float(x), 2) for x in each.quantile(np.nan_to_num(values, nan=99.0).ravel(), np.array(at))]


def _finite(value: float) -> float | None:
    return round(value, 3) if np.isfinite(value) else None
