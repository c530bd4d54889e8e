"""The bank: the six teams simulated under the prior, as recorded and under the programmes that are compared.

It is made in chunks of draws, each a file, so that it goes on after a kill; numbers depend on the settings alone.
"""

import hashlib
import json
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from tqdm import tqdm

from calibration.draws import Draws, prior
from calibration.fingerprint import fingerprint
from calibration.inference.settings import Settings
from model import presets
from model.arrays import inputs_of
from model.ensemble import Lived, live_compiled, measured_weeks
from model.noise import PhiloxTape
from model.outcomes import OUTCOME_PLACES
from model.programme.plan import weeks_of
from model.sites import Network

MADE = 2  #: raised when what is simulated of a draw changes, so that a bank made otherwise is refused
CHUNK = 32  #: draws in a file
TEAMS = 6
YEAR = weeks_of(12)
RECORDED = "core-12-recorded"
NO_SIP = "no-sip"
ARMS = ("internal-12", "external-12", "internal-24", "external-24", NO_SIP)
ARM_MONTHS = (12, 24)
CONTRAST_OUTCOMES = tuple(f"{kind}_{month}m" for kind in ("gain", "latent_gain") for month in ARM_MONTHS)


class Bank(NamedTuple):
    """Simulations under the prior.

    ``latent[draw, team, replicate]`` true practice at month 12, ``stable`` the error that stays with the team,
    ``reviewed`` the total a review then gave, all under the programme as recorded, with luck of each run's own;
    ``contrasts[draw, arm, team, outcome]`` means over replicates under the compared programmes (``ARMS``,
    ``CONTRAST_OUTCOMES``), with luck common to all arms and each draw's own, so that it averages out over draws.
    """

    draws: Draws
    latent: np.ndarray
    stable: np.ndarray
    reviewed: np.ndarray
    contrasts: np.ndarray

    @property
    def size(self) -> int:
        """Return the number of draws."""
        return len(self.latent)

    def level(self, arm: str, outcome: str) -> np.ndarray:
        """Return an arm's outcome by draw, averaged over the teams."""
        found = self.contrasts[:, ARMS.index(arm), :, CONTRAST_OUTCOMES.index(outcome)]
        return np.asarray(found.mean(axis=1))

    def contrast(self, arm: str, against: str, outcome: str) -> np.ndarray:
        """Return a difference of two arms by draw, averaged over the teams."""
        return np.asarray(self.level(arm, outcome) - self.level(against, outcome))


FIELDS = ("latent", "stable", "reviewed", "contrasts")


def make_bank(
    settings: Settings,
    folder: Path,
    *,
    draws: Draws | None = None,
    programme: str = RECORDED,
    teams: Sequence[int] = range(TEAMS),
    workers: int = 1,
    progress: bool = False,
) -> Bank:
    """Make a bank, or what is missing of it in a folder.

    ``draws`` are those of the prior where not given; ``programme`` the preset under which the six teams are run, or
    some ``teams`` of them (places from 0). Under ``no-sip`` all arms of the contrasts are that one.

    Raises
    ------
    ValueError
        If the folder holds a bank of other settings or of another model.
    """
    own: dict[str, Any] = {} if draws is None else {"draws": _hash(draws), "programme": programme}
    if len(teams) < TEAMS:
        own["teams"] = list(teams)
    draws = prior(settings.draws, settings.seed) if draws is None else draws
    _claim(folder, settings, own)
    chunks = list(range(0, len(draws), CHUNK))
    missing = [first for first in chunks if not _path(folder, first).exists()]
    bar = tqdm(
        total=len(chunks),
        initial=len(chunks) - len(missing),
        unit="chunk",
        disable=None if progress else True,
    )
    with bar, ThreadPoolExecutor(workers) as pool:
        jobs = [
            pool.submit(_make_chunk, draws, settings, folder, first, programme, teams) for first in missing
        ]
        try:
            for job in as_completed(jobs):
                job.result()
                bar.update()
        except BaseException:
            pool.shutdown(wait=True, cancel_futures=True)
            raise
    parts = [np.load(_path(folder, first)) for first in chunks]
    return Bank(draws, *(np.concatenate([part[name] for part in parts]) for name in FIELDS))


def _hash(draws: Draws) -> str:
    """Return a short hash of draws: what they are and how they are numbered."""
    text = json.dumps([list(draws.table.columns), draws.numbers]).encode()
    return hashlib.sha256(text + draws.table.to_numpy(dtype=float).tobytes()).hexdigest()[:16]


def _claim(folder: Path, settings: Settings, own: dict[str, Any]) -> None:
    """Note in the folder which bank it holds, or refuse one that holds another."""
    named = {"made": MADE, "settings": settings.simulated(), **_rests_on(), **own}
    path = folder / "bank.json"
    folder.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        path.write_text(json.dumps(named, indent=1, sort_keys=True) + "\n", encoding="utf-8")
        return
    found = json.loads(path.read_text(encoding="utf-8"))
    differs = [key for key in sorted({*named, *found}) if found.get(key) != named.get(key)]
    if differs:
        raise ValueError(
            f"{folder} holds a bank made otherwise ({', '.join(differs)}): remove it, or give another directory."
        )


def _rests_on() -> dict[str, str]:
    """Return what the simulations rest on: the model's behaviour, its parameters, the teams' records."""
    hashes = fingerprint().hashes()
    return {part: hashes[part] for part in ("behaviour", "parameters", "teams")}


def _path(folder: Path, first: int) -> Path:
    return folder / f"chunk-{first:06d}.npz"


def _make_chunk(
    draws: Draws, settings: Settings, folder: Path, first: int, programme: str, teams: Sequence[int]
) -> None:
    """Simulate a chunk and write it: beside, then in place, so that no file is ever half there."""
    chosen = range(first, min(first + CHUNK, len(draws)))
    latent, stable, reviewed = _as_recorded(draws, settings, chosen, programme, teams)
    contrasts = _compared(draws, settings, chosen, (NO_SIP,) if programme == NO_SIP else ARMS, teams)
    beside = folder / f"{_path(folder, first).name}.{os.getpid()}.writing"
    with beside.open("wb") as file:
        np.savez(file, latent=latent, stable=stable, reviewed=reviewed, contrasts=contrasts)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(_path(folder, first))


def _as_recorded(
    draws: Draws, settings: Settings, chosen: Sequence[int], programme: str, teams: Sequence[int]
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Run the six teams as recorded; luck of each draw's and replicate's own."""
    count = settings.replicates
    luck, which = _luck(draws, settings.seed, chosen, count)
    found = list(_by_team(draws, programme, chosen, luck, which, teams, months=12))
    shape = (len(chosen), count)
    sites = draws.sites(chosen[0])
    baselines = [sites[team].baseline_total for team in teams]

    def stacked(values: list[np.ndarray]) -> np.ndarray:
        return np.stack([each.reshape(shape) for each in values], axis=1)

    latent = stacked([each.series[:, 0, 0, 0] for each in found])
    stable = stacked([each.outcomes[:, 0, OUTCOME_PLACES["stable_error"]] for each in found])
    gains = stacked([each.outcomes[:, 0, OUTCOME_PLACES["gain_12m"]] for each in found])
    return latent, stable, gains + np.array(baselines)[:, None]


def _compared(
    draws: Draws, settings: Settings, chosen: Sequence[int], arms: Sequence[str], teams: Sequence[int]
) -> np.ndarray:
    """Run the compared programmes over 24 months; luck each draw's own, common to arms. A single arm stands for all."""
    count = settings.contrasts
    luck, which = _luck(draws, settings.seed, chosen, count)
    places = [OUTCOME_PLACES[name] for name in CONTRAST_OUTCOMES]
    found = np.zeros((len(chosen), len(arms), len(teams), len(places)))
    for k, arm in enumerate(arms):
        for t, each in enumerate(_by_team(draws, arm, chosen, luck, which, teams, months=24)):
            runs = each.outcomes[:, 0, places].reshape(len(chosen), count, len(places))
            found[:, k, t] = runs.mean(axis=1)
    return np.broadcast_to(found, (len(chosen), len(ARMS), *found.shape[2:]))


def _luck(draws: Draws, seed: int, chosen: Sequence[int], count: int) -> tuple[list[int], list[int]]:
    """Return the luck of some runs of each chosen draw, its own by the draw's number, and the draw's place by run."""
    luck = [PhiloxTape(seed, k, int(draws.table.index[draw])).luck for draw in chosen for k in range(count)]
    return luck, [place for place in range(len(chosen)) for _ in range(count)]


def _by_team(
    draws: Draws,
    preset: str,
    chosen: Sequence[int],
    luck: list[int],
    which: list[int],
    teams: Sequence[int],
    *,
    months: int,
) -> Iterator[Lived]:
    """Run each team, alone in its network, under a preset; keep the last week's series."""
    programme = presets.programme(preset)
    parameters = [draws.parameters(draw) for draw in chosen]
    weeks = weeks_of(months)
    measured = measured_weeks(ARM_MONTHS, weeks)
    for t in teams:
        networks = [Network.of_one(draws.sites(draw)[t]) for draw in chosen]
        inputs = inputs_of(networks, programme, parameters)
        yield live_compiled(inputs, luck, which, weeks, measured, kept_weeks=[YEAR])
