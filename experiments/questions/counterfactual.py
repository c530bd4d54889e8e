"""What if one of the six teams had had something else, all else as it was?"""

import json
import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

import numpy as np

from calibration import six_teams
from experiments import wording
from experiments.comparison import Comparison, judged
from experiments.errors import InputError, did_you_mean
from experiments.experiment import NO_SIP, Experiment
from experiments.plots.differences import when
from experiments.questions.answers import Answer, Group, Line, laid, lines
from experiments.result import Result
from experiments.scenario import Scenario
from experiments.table import Table
from model.programme.plan import resolve
from model.sites import Site

QUESTION = "What if the team had had something else, all else as it was?"
RECORDED = "core-12-recorded"
OUTCOMES = ("latent_gain_12m", "gain_12m", "latent_gain_end")
ASSUMPTIONS = (
    "The programme runs as recorded: dates, visits, what was held and what was not, and each team's circumstances as "
    "the draws infer them from its record and its total. One thing is changed; all else is left as it was.",
    "The luck is not that of the real year, which nobody can know, but the same luck with the change and without it.",
    "A change that a team had already in some draws (its facilitator's placement is mostly unknown) is judged over the "
    "other draws alone.",
    "What would have followed outside the team (a visit more here that another team went without) is not in it.",
)


class Change(NamedTuple):
    """What is changed: a name, a title, and settings as for ``--set``."""

    name: str
    title: str
    settings: Mapping[str, str]


@cache
def named() -> dict[str, Change]:
    """Return the ready counterfactuals by name."""
    text = files("experiments.questions").joinpath("counterfactuals.toml").read_text(encoding="utf-8")
    return {name: _change(name, entry) for name, entry in tomllib.loads(text).items()}


def _change(name: str, entry: Mapping[str, Any]) -> Change:
    values = {k: v if isinstance(v, str) else json.dumps(v) for k, v in entry["set"].items()}
    return Change(name, entry["title"], values)


def change(text: str) -> Change:
    """Return the ready counterfactual of a name, or that of ``NAME=VALUE``.

    Raises
    ------
    InputError
        If there is none of that name.
    """
    lever, sign, value = (part.strip() for part in text.partition("="))
    if sign and lever and value:
        return Change(
            re.sub(r"[^\w.-]+", "-", f"{lever}-{value}").strip("-"), f"{lever} = {value}", {lever: value}
        )
    name = re.sub(r"[\s_]+", "-", text.strip().lower())
    if name not in named():
        raise InputError(
            f"--change {text}: there is no counterfactual of that name.{did_you_mean(name, named())} "
            "'--list' shows them; a change of your own is written NAME=VALUE, as in facilitation.hours_per_week=7.5."
        )
    return named()[name]


def experiment(
    changes: Sequence[str] = (), settings: Mapping[str, str] | None = None, **options: Any
) -> Experiment:
    """Return the experiment: as recorded, with each change, and without a programme.

    ``changes`` are names of ready counterfactuals or ``NAME=VALUE``; all ready ones that change anything where none is
    given. ``settings`` are laid over all scenarios, as ``--set`` does; ``options`` are those of ``Experiment``.

    Raises
    ------
    InputError
        If a change alters nothing: a lever that the record overrides, or what the teams had anyway.
    """
    asked = [change(text) for text in changes] or list(named().values())
    first = Scenario(RECORDED)
    arms = [first.with_set(c.settings).model_copy(update={"name": c.name, "title": c.title}) for c in asked]
    every = Experiment(laid([first, *arms, Scenario(NO_SIP)], settings or {}, ()), **options)
    idle = {arm.name for arm in every.scenarios[1:-1] if not alters(every, arm)}
    if idle and changes:
        raise InputError(
            f"--change {', '.join(sorted(idle))}: this alters nothing at {wording.listed(_teams(every))}. They had it, "
            "or their record overrides it: visits, dates, meetings, learning events, training and research support "
            "are replayed, and altered by recorded.weeks_between_visits, recorded.scoping_month, "
            "recorded.review_month, recorded.research_support and recorded.also."
        )
    kept = [scenario for scenario in every.scenarios if scenario.name not in idle]
    return Experiment(kept, **options) if idle else every


def _teams(experiment: Experiment) -> list[str]:
    return [team.name if isinstance(team, Site) else f"team {team}" for team in experiment.teams]


def alters(experiment: Experiment, arm: Scenario) -> bool:
    """Say whether an arm is another run than the first at any team in any draw."""
    return any(any(altered(experiment, arm, draw)) for draw in experiment.draws)


def altered(experiment: Experiment, arm: Scenario, draw: int) -> list[bool]:
    """Say for each team whether an arm's plan, site or parameters differ from the first's in a draw."""
    first = experiment.scenarios[0]
    world = arm.parameters != first.parameters or arm.without_mechanisms != first.without_mechanisms
    pairs = zip(_sites(experiment, first, draw), _sites(experiment, arm, draw), strict=True)
    return [world or _resolved(first, was) != _resolved(arm, now) for was, now in pairs]


def _sites(experiment: Experiment, scenario: Scenario, draw: int) -> list[Site]:
    return [site for network in experiment.networks(scenario, draw) for site in network.sites]


def _resolved(scenario: Scenario, site: Site) -> tuple[Any, ...]:
    """Return what a run reads of a programme at a site, in a form that can be compared; no draw is a placement's."""
    plan = resolve(scenario.programme, site, inclination=-1.0, drawn_placement=-1)
    return plan.rows.tobytes(), plan.events, plan.terms, site.model_copy(update={"delivered": None})


def answer(result: Result) -> Answer:
    """Read the answer from a result of this experiment."""
    groups = [
        Group(
            f"With the change less as recorded, {when(result, outcome)}, points of "
            + ("true practice" if outcome.startswith("latent") else "the reviewed total"),
            _lines(result, outcome),
            detail=outcome != OUTCOMES[0],
        )
        for outcome in OUTCOMES
    ]
    return Answer(QUESTION, _sentences(result, groups[0].lines), groups, ASSUMPTIONS, [_as_recorded(result)])


def _arms(result: Result) -> list[Scenario]:
    """Return the arms with a change."""
    return [s for s in result.experiment.scenarios if s.name not in (RECORDED, NO_SIP)]


def _lines(result: Result, outcome: str) -> list[Line]:
    found = [_line(result, outcome, team, arm) for team in result.teams for arm in _arms(result)]
    return lines(*found)


def _line(result: Result, outcome: str, team: str, arm: Scenario) -> tuple[str, Comparison | None]:
    """Judge a change at a team over the draws in which it alters anything: in the others the team had it already."""
    place = result.teams.index(team)
    difference = (result.outcome(outcome, arm.name) - result.outcome(outcome, RECORDED))[..., [place]]
    idle = ~np.nan_to_num(difference).any(axis=(1, 2))
    for draw in np.flatnonzero(idle):
        idle[draw] = not altered(result.experiment, arm, int(draw))[place]
    label = f"{team}: {arm.title}"
    if idle.any() and not idle.all():
        difference[idle] = np.nan
        label += f" (it was otherwise in {100.0 * np.mean(~idle):.0f}% of draws, which alone count)"
    return label, judged(difference, outcome, arm.name, RECORDED)


def _as_recorded(result: Result) -> Table:
    """Return what the model makes of the programme as it was, beside what was recorded."""
    totals = {f"team {record.number}": record for record in six_teams()}
    gains, rows = result.outcome("gain_12m", RECORDED), []
    for k, team in enumerate(result.teams):
        low, mean, high = (
            totals[team].baseline_total + value
            for value in (
                *_ends(gains[..., k])[:1],
                float(np.nanmean(gains[..., k])),
                *_ends(gains[..., k])[1:],
            )
        )
        rows.append([team, str(totals[team].total_12m), f"{mean:.0f}", f"{low:.0f} to {high:.0f}"])
    heads = ["Team", "Recorded total", "Model, mean", "90% of runs"]
    return Table(
        "As it was: reviewed total at month 12 (in-sample: the draws were fitted to it)", heads, rows
    )


def _ends(values: np.ndarray) -> tuple[float, float]:
    low, high = np.nanquantile(values, [0.05, 0.95])
    return float(low), float(high)


def _sentences(result: Result, found: Sequence[Line]) -> list[str]:
    few = len(found) <= 6
    told = [_told(result, line) for line in (found if few else _largest(found))]
    intro = [] if few else [f"Of {len(found)} changes at {len(result.teams)} teams these move most:"]
    note = (
        "The first probability is over what is not known of the world, with luck averaged out; the second is that of "
        "one year as it might have been, luck included."
    )
    return [*intro, *told, note, wording.how_sure(result)]


def _largest(found: Sequence[Line]) -> list[Line]:
    """Return the three lines that help most and the three that help least."""
    ordered = sorted(found, key=lambda line: line.comparison.estimate.mean)
    return [*reversed(ordered[-3:]), *reversed(ordered[:3])]


def _told(result: Result, line: Line) -> str:
    c = line.comparison
    if c.equal:
        return f"{line.label}: no difference, it was so."
    return (
        f"{line.label}: {wording.effect(result, c)} at {when(result, c.outcome)}; that it would have done better is "
        f"{wording.verdict(c)} ({c.p_positive:.2f}), in a single year {c.p_run_positive:.2f}."
    )
