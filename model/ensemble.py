"""Run many networks, in either engine: the same numbers, to the last bit.

``ensemble`` answers in labels: an ``xarray.Dataset`` over scenarios, draws, replicates and teams. ``lived`` is what it
and the experiments are built on: runs of one network under one programme, as arrays.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import numpy as np

from model.crisis_teams import CrisisTeams
from model.fidelity import ITEMS
from model.noise import PhiloxTape
from model.outcomes import OUTCOMES, Run, reduce
from model.parameters import Parameters
from model.programme.plan import NOT_YET, Kind, weeks_of
from model.programme.programme import Programme
from model.record import HOURS, NAMES, WEEKLY
from model.sites import Network, Site

if TYPE_CHECKING:
    import xarray as xr

    from model.arrays import Inputs

Engine = Literal["compiled", "mesa"]
Kept = Literal["weeks", "items", "events"]


class Lived(NamedTuple):
    """What is left of some runs of one network.

    ``outcomes[run, team, outcome]``; ``hours[run, team, kind]``; ``series[run, team, week, series]``;
    ``levels[run, team, week, item]`` (no weeks unless asked for); ``totals[run, team, week]`` reviewed where measured;
    ``planned[run, team, event, (kind, week, fixed)]`` and ``held[run, team, event]`` (programme week, -1 lost, -2 not
    yet); ``states[run, team]`` at the end (``model.engine.layout.STATE``), from the compiled engine alone.
    """

    outcomes: np.ndarray
    hours: np.ndarray
    series: np.ndarray
    levels: np.ndarray
    totals: np.ndarray
    planned: np.ndarray
    held: np.ndarray
    states: np.ndarray | None


def measured_weeks(measured_months: Iterable[float], weeks: int) -> np.ndarray:
    """Return whether each week from 0 on ends with a measurement, ``[week]``."""
    measured = np.zeros(weeks + 1, np.bool_)
    measured[[week for week in map(weeks_of, measured_months) if week <= weeks]] = True
    return measured


def lived(
    networks: Sequence[Network],
    programme: Programme,
    draws: Sequence[Parameters],
    tapes: Sequence[PhiloxTape],
    which: Sequence[int],
    *,
    months: float,
    measured_months: Iterable[float],
    engine: Engine = "compiled",
    kept_weeks: Sequence[int] | None = None,
    items: bool = False,
) -> Lived:
    """Run a network many times: run k with luck ``tapes[k]`` and draw ``which[k]``.

    Parameters
    ----------
    networks, draws
        The network and the parameters as each draw has them; networks of equal number and size.
    kept_weeks
        Weeks of which the series are kept; all where not given.
    items
        Whether the items' weekly levels are kept.

    Raises
    ------
    ValueError
        If the programme cannot be resolved for a site.
    """
    weeks = weeks_of(months)
    measured = measured_weeks(measured_months, weeks)
    if engine == "mesa":
        runs = [
            _in_mesa(networks[d], programme, draws[d], tape, months, measured_months)
            for d, tape in zip(which, tapes, strict=True)
        ]
        return _stacked(runs, range(weeks + 1) if kept_weeks is None else kept_weeks, items)
    from model.arrays import inputs_of

    luck = [tape.luck for tape in tapes]
    return live_compiled(
        inputs_of(networks, programme, draws),
        luck,
        which,
        weeks,
        measured,
        kept_weeks=kept_weeks,
        items=items,
    )


def live_compiled(
    inputs: "Inputs",
    luck: Sequence[int],
    which: Sequence[int],
    weeks: int,
    measured: np.ndarray,
    *,
    kept_weeks: Sequence[int] | None = None,
    items: bool = False,
    end_states: bool = False,
) -> Lived:
    """Run a network many times in the compiled engine; see ``lived``.

    Memory grows with what is kept: the weeks' series are reduced run by run.
    """
    from model.engine import begin_week, live_all
    from model.engine.layout import STATE

    runs, count = len(luck), inputs.teams.shape[1]
    chosen = np.asarray(which, np.int64)
    kept = np.arange(weeks + 1) if kept_weeks is None else np.asarray(kept_weeks, np.int64)
    states = np.zeros((runs if end_states else 1, count), STATE)
    held = np.full((runs, *inputs.planned.shape[1:3]), NOT_YET, np.int64)
    series = np.zeros((runs, count, len(kept), len(NAMES)))
    levels = np.zeros((runs, count, weeks + 1 if items else 0, ITEMS))
    hours = np.zeros((runs, count, len(HOURS)))
    totals = np.zeros((runs, count, weeks + 1), np.int64)
    outcomes = np.zeros((runs, count, len(OUTCOMES)))
    begin_week.compile_elsewhere()
    live_all(
        begin_week,
        inputs.parameters,
        np.asarray(luck, np.uint64),
        chosen,
        inputs.network,
        measured,
        inputs.teams,
        inputs.rows,
        inputs.planned,
        np.zeros(1, STATE),
        states,
        np.zeros((count, weeks + 1, len(NAMES))),
        kept,
        held,
        series,
        levels,
        hours,
        totals,
        outcomes,
    )
    planned = inputs.planned[chosen]
    return Lived(outcomes, hours, series, levels, totals, planned, held, states if end_states else None)


def _in_mesa(
    network: Network,
    programme: Programme,
    p: Parameters,
    tape: PhiloxTape,
    months: float,
    measured_months: Iterable[float],
) -> CrisisTeams:
    return CrisisTeams(
        network,
        programme,
        p,
        months=months,
        tape=tape,
        measured_months=measured_months,
        collect="nothing",
    ).run()


def _stacked(models: Sequence[CrisisTeams], kept_weeks: Sequence[int], items: bool) -> Lived:
    """Stack the runs of Mesa models as the compiled engine leaves them."""
    runs = [runs_of(model) for model in models]
    outcomes = np.zeros((len(runs), len(runs[0]), len(OUTCOMES)))
    for k, model in enumerate(models):
        for t, run in enumerate(runs[k]):
            reduce(model.p, run, outcomes[k, t])
    each = [run for found in runs for run in found]
    most = max(1, *(len(run.held) for run in each))
    shape = outcomes.shape[:2]
    levels = [
        [record.levels if items else np.zeros((0, ITEMS)) for record in m.records.values()] for m in models
    ]
    return Lived(
        outcomes,
        np.array([[run.hours for run in found] for found in runs]),
        np.array([[run.series[list(kept_weeks)] for run in found] for found in runs]),
        np.array(levels),
        np.array([[run.totals for run in found] for found in runs]),
        np.array([_padded(run.planned, most, -1) for run in each]).reshape(*shape, most, 3),
        np.array([_padded(run.held, most, NOT_YET) for run in each]).reshape(*shape, most),
        None,
    )


def _padded(events: np.ndarray, most: int, empty: int) -> np.ndarray:
    padding = np.full((most - len(events), *events.shape[1:]), empty, np.int64)
    return np.concatenate([events, padding])


def simulate(
    network: Network,
    programme: Programme,
    parameters: Parameters,
    *,
    seed: int,
    replicate: int,
    months: float,
    measured_months: Iterable[float],
    fresh_luck: int | None = None,
    engine: Engine = "compiled",
) -> list[Run]:
    """Run one network once and return each team's run.

    Replicate r has the luck (``seed``, r), common to all programmes and draws; ``fresh_luck``, a draw's number, gives
    each draw luck of its own (for banks of simulations).
    """
    tape = PhiloxTape(seed, replicate, fresh_luck)
    if engine == "mesa":
        return runs_of(_in_mesa(network, programme, parameters, tape, months, measured_months))
    from model.arrays import inputs_of

    weeks = weeks_of(months)
    measured = measured_weeks(measured_months, weeks)
    inputs = inputs_of([network], programme, [parameters])
    return compiled_runs(
        inputs, live_compiled(inputs, [tape.luck], [0], weeks, measured, end_states=True), measured
    )


def compiled_runs(inputs: "Inputs", found: Lived, measured: np.ndarray, run: int = 0) -> list[Run]:
    """Return each team's run of one run of the compiled engine."""
    assert found.states is not None
    runs = []
    for t, now in enumerate(found.states[run]):
        team = inputs.teams[0, t]
        events = int(team["events"])
        marks = ("start_week", "end_week", "first_finished", "visits", "visits_lost")
        runs.append(
            Run(
                int(team["posts"]),
                int(team["baseline"]),
                **{mark: int(now[mark]) for mark in marks},
                stable_error=float(now["stable_error"]),
                events=events,
                series=found.series[run, t],
                totals=found.totals[run, t],
                measured=measured,
                planned=found.planned[run, t, :events],
                held=found.held[run, t, :events],
                hours=found.hours[run, t],
            )
        )
    return runs


def runs_of(model: CrisisTeams) -> list[Run]:
    """Return each team's run from a model that has come to its end."""
    measured = np.zeros(model.weeks + 1, np.bool_)
    measured[[week for week in model.measured_weeks if week <= model.weeks]] = True
    runs = []
    for team in model.teams:
        record, delivery = model.records[team.name], team.delivery
        totals = np.zeros(model.weeks + 1, np.int64)
        for week, scores in record.scores.items():
            totals[week] = sum(scores)
        runs.append(
            Run(
                team.site.posts,
                team.site.baseline_total,
                delivery.start_week,
                delivery.end_week,
                team.first_finished_week,
                team.visits,
                team.visits_lost,
                team.service.stable_error,
                len(delivery.held),
                np.array(record.weeks),
                totals,
                measured,
                np.array(team.plan.events, np.int64).reshape(-1, 3),
                np.array(delivery.held, np.int64),
                np.array(record.hours),
            )
        )
    return runs


def ensemble(
    programmes: Mapping[str, Programme],
    networks: Network | Site | Sequence[Network],
    draws: Sequence[Parameters],
    *,
    replicates: int = 1,
    seed: int = 0,
    months: float = 12.0,
    measured_months: Iterable[float] = (6, 12, 18, 24, 36),
    keep: Iterable[Kept] = (),
    engine: Engine = "compiled",
) -> "xr.Dataset":
    """Run programmes on a network over draws and replicates, paired by luck.

    Parameters
    ----------
    programmes
        By the name they have in the result.
    networks
        One for all draws, or one for each, of equal number and size.
    keep
        *weeks*: the weekly series; *items*: the items' weekly levels; *events*: planned and held dates. Without, only
        outcomes and hours are kept, so that memory stays bounded.

    Returns
    -------
    xarray.Dataset
        Each outcome over scenario, draw, replicate, team; ``hours`` by kind; what ``keep`` asks for.

    Raises
    ------
    ValueError
        If a programme cannot be resolved for a site, or there are not as many networks as draws.
    """
    kept = set(keep)
    each = _one_a_draw(networks, len(draws))
    tapes = [PhiloxTape(seed, replicate) for replicate in range(replicates)]
    which = [d for d in range(len(draws)) for _ in tapes]
    found = [
        lived(
            each,
            programme,
            draws,
            tapes * len(draws),
            which,
            months=months,
            measured_months=measured_months,
            engine=engine,
            kept_weeks=None if "weeks" in kept else (),
            items="items" in kept,
        )
        for programme in programmes.values()
    ]
    shape = (len(draws), replicates, len(each[0].sites))
    return _dataset(list(programmes), [site.name for site in each[0].sites], found, shape, kept)


def _one_a_draw(networks: Network | Site | Sequence[Network], draws: int) -> list[Network]:
    if isinstance(networks, Site):
        networks = Network.of_one(networks)
    each = [networks] * draws if isinstance(networks, Network) else list(networks)
    if len(each) != draws:
        raise ValueError(f"{len(each)} networks for {draws} draws: give one network, or one for each draw.")
    return each


def _dataset(
    names: list[str], teams: list[str], found: list[Lived], shape: tuple[int, int, int], kept: set[Kept]
) -> "xr.Dataset":
    import xarray as xr

    places = ("scenario", "draw", "replicate", "team")

    def stacked(field: str) -> np.ndarray:
        arrays = [getattr(lived, field) for lived in found]
        return np.array([array.reshape(*shape, *array.shape[2:]) for array in arrays])

    outcomes = stacked("outcomes")
    data: dict[str, Any] = {
        outcome.name: (places, outcomes[..., k], {"units": outcome.unit, "long_name": outcome.meaning})
        for k, outcome in enumerate(OUTCOMES)
    }
    data["hours"] = ((*places, "kind"), stacked("hours"), {"units": "hours", "long_name": "hours booked"})
    if "weeks" in kept:
        series = stacked("series")
        for k, entry in enumerate(WEEKLY):
            label = {"units": entry.unit, "long_name": entry.meaning}
            data[f"{entry.name}_by_week"] = ((*places, "week"), series[..., k], label)
    if "items" in kept:
        label = {"units": "points", "long_name": "latent level, 1 to 5"}
        data["level_by_week"] = ((*places, "week", "item"), stacked("levels"), label)
    dataset = xr.Dataset(data, {"scenario": names, "team": teams, "kind": [f"{a}, {k}" for a, k in HOURS]})
    if "items" in kept:
        dataset = dataset.assign_coords(item=range(1, ITEMS + 1))
    if "events" in kept:
        dataset = dataset.merge(_events(names, found, shape))
    return dataset


def _events(names: list[str], found: list[Lived], shape: tuple[int, int, int]) -> "xr.Dataset":
    """Return planned and held dates, padded to the most events; kind -1 where a place is empty."""
    import xarray as xr

    most = max(lived.held.shape[-1] for lived in found)
    places = ("scenario", "draw", "replicate", "team", "event")
    kind = np.full((len(names), *shape, most), -1)
    planned, held = np.full_like(kind, NOT_YET), np.full_like(kind, NOT_YET)
    for k, lived in enumerate(found):
        count = lived.held.shape[-1]
        kind[k, ..., :count] = lived.planned[..., 0].reshape(*shape, count)
        planned[k, ..., :count] = lived.planned[..., 1].reshape(*shape, count)
        held[k, ..., :count] = lived.held.reshape(*shape, count)
    meaning = ", ".join(f"{int(kind)} {kind.name.lower()}" for kind in Kind)
    return xr.Dataset(
        {
            "event_kind": (places, kind, {"long_name": f"kind of event: {meaning}"}),
            "event_planned": (places, planned, {"units": "programme week", "long_name": "week planned for"}),
            "event_held": (
                places,
                held,
                {"units": "programme week", "long_name": "week held; -1 lost, -2 not yet"},
            ),
        }
    )
