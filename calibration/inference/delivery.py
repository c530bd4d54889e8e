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
PROGRAMME = "core-12"  #: the programme as planned, delivered by the model's rules
REPLICATES = 40  #: fewer distort the likelihood
DATED = {"scoping": "scoping_month", "review": "interim_review_month"}
MEETINGS, VISITS = "meetings_held", "visits"
READING = 0.5  #: months: standard deviation with which a printed month tells the date (assumed)
FITTED = ("scoping days", "interim reviews", "routine meetings")
ENOUGH = 100.0  #: effective draws under which the factor counts as collapsed, and is left out


class Calendar(NamedTuple):
    """What is recorded of a team's calendar: months elapsed of dated events, the meetings' tick, the visits' interval.

    ``meetings`` is None where the tick is contradicted by the text; ``interval`` is in weeks.
    """

    dates: Mapping[str, float]
    meetings: bool | None
    interval: tuple[float, float]


class Delivery(NamedTuple):
    """The factor's draws, their weights, and whether it holds (else the prior stays)."""

    draws: Draws
    weights: Weighted
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
    found = {part: np.zeros(forward.draws) for part in (*FITTED, VISITS)}
    for part, kind in zip(FITTED, DATED, strict=False):
        if kind in calendar.dates:
            month = forward.outcome(DATED[kind], team)
            away = calendar.dates[kind] - month
            inside = ndtr((away + 0.5) / READING) - ndtr((away - 0.5) / READING)
            found[part] = np.log((1.0 - miss) * np.nan_to_num(inside).mean(axis=1) + miss / 12.0)
    if calendar.meetings is not None:
        held = forward.outcome(MEETINGS, team).mean(axis=1)
        found[FITTED[2]] = np.log((1.0 - miss) * (held if calendar.meetings else 1.0 - held) + miss / 2.0)
    interval = 52.0 / np.maximum(1.0, forward.outcome(VISITS, team))
    low, high = calendar.interval
    found[VISITS] = np.log((1.0 - miss) * ((interval >= low) & (interval <= high)).mean(axis=1) + miss / 13.0)
    return found


def fitted(settings: Settings, table: pd.DataFrame, *, workers: int = 1) -> Delivery:
    """Fit the delivery's parameters to the six calendars, under the main factor's draws ``table``."""
    own = prior(settings.delivery, settings.seed + 2).table[list(OWN)]
    rows = table.iloc[np.arange(len(own)) % len(table)].reset_index(drop=True)
    draws = Draws(rows.assign(**{name: own[name].to_numpy() for name in OWN}), "prior")
    forward = run_forward(draws, PROGRAMME, settings.seed, replicates=REPLICATES, workers=workers)
    by_team = [log_likelihood(calendar, forward, team) for team, calendar in enumerate(calendars())]
    parts = {part: np.sum([each[part] for each in by_team], axis=0) for part in (*FITTED, VISITS)}
    found = weighted(np.sum([parts[part] for part in FITTED], axis=0))
    return Delivery(draws, found, _diagnostics(draws, forward, parts, found))


def resampled(found: Delivery, table: pd.DataFrame, seed: int) -> pd.DataFrame:
    """Return the main factor's draws with the delivery's parameters drawn from its own, independently of the rest."""
    if not found.holds:
        return table
    chosen = found.draws.table.iloc[found.weights.resampled(len(table), seed)]
    return table.assign(**{name: chosen[name].to_numpy() for name in OWN})


def _diagnostics(
    draws: Draws, forward: Forward, parts: Mapping[str, np.ndarray], found: Weighted
) -> dict[str, Any]:
    alone = {part: weighted(logs) for part, logs in parts.items()}
    return {
        "draws": len(draws),
        "effective": round(found.effective, 1),
        "k_hat": _finite(found.k_hat),
        "holds": bool(found.effective >= ENOUGH and found.k_hat < 0.7),
        "parts": [
            {
                "part": part,
                "in": part in FITTED,
                "effective": round(each.effective, 1),
                "chance": _chance(part, forward),
            }
            for part, each in alone.items()
        ],
        "moved": [_moved(name, draws.table[name].to_numpy(), found) for name in OWN],
        "dates": [_dates(calendar, forward, team, found) for team, calendar in enumerate(calendars())],
    }


def _chance(part: str, forward: Forward) -> float | None:
    """Return, for visits, the share of prior runs in which the recorded interval comes about, mean of teams."""
    if part != VISITS:
        return None
    shares = []
    for team, calendar in enumerate(calendars()):
        interval = 52.0 / np.maximum(1.0, forward.outcome(VISITS, team))
        low, high = calendar.interval
        shares.append(float(((interval >= low) & (interval <= high)).mean()))
    return round(float(np.mean(shares)), 3)


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


def _interval(values: np.ndarray, weights: np.ndarray, at: Sequence[float]) -> list[float]:
    """Return quantiles of runs ``[draw, replicate]`` under weights by draw."""
    each = Weighted(np.repeat(weights / values.shape[1], values.shape[1]), float("nan"))
    return [round(float(x), 2) for x in each.quantile(np.nan_to_num(values, nan=99.0).ravel(), np.array(at))]


def _finite(value: float) -> float | None:
    return round(value, 3) if np.isfinite(value) else None
