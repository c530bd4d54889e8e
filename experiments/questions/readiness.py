"""Should a programme start at once, when the team is ready, or after support that makes it ready?"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from experiments import wording
from experiments.comparison import Comparison, compare, judged
from experiments.experiment import NO_SIP, Experiment
from experiments.plots.differences import when
from experiments.questions.answers import Answer, Group, counted, how_sure, laid, lines
from experiments.result import Result
from experiments.scenario import Scenario, resolved_name
from experiments.table import Table
from model.programme.programme import Programme
from model.record import NAMES
from model.rules import attitudes, workforce

QUESTION = "Should a programme start at once, when the team is ready, or after support that makes it ready?"
AT_ONCE = "at-once"
PRESET = "readiness-first"
ARMS = {
    "assess": "Assess, start when ready",
    "support": "Assess, support until ready",
    "support-perfect": "Assess without error, support until ready",
    "support-poor": "Assess with twice the largest error, support until ready",
    "support-all": "Support everybody for the longest wait",
}
LEVERS = {"assess": {"readiness.support": "0.0"}, "support-all": {"readiness.threshold": "1.0"}}
#: Errors of an assessment, in shares; where not named each draw has its own, from 0.05 to 0.2.
ERRORS = {"support-perfect": 0.0, "support-poor": 0.4, "support-all": 0.0}
OUTCOMES = ("latent_gain_12m", "latent_gain_24m", "latent_gain_end")
#: Bounds of true readiness that tell teams far from ready, near to it, and well beyond it from each other.
BANDS = {"under 0.5": (0.0, 0.5), "0.5 to 0.6": (0.5, 0.6), "0.6 or more": (0.6, 1.01)}
ASSUMPTIONS = (
    "Readiness is the mean of commitment (staff's buy-in, leaders' support) and efficacy (free time against the "
    "usual, calm), assessed monthly with an error that has a prior. After the longest wait it starts anyway.",
    "The first assessment comes before the first week and sees the team's usual load and empty posts then: a team may "
    "be found ready that is not so in month 1, by which teams are told apart here.",
    "Support before the start works on leaders' support and the manager's stance; how well it works has a wide prior. "
    "Its hours are not booked.",
    "All arms are compared at the same months of the calendar: who starts later has had less of the programme by then.",
)


def experiment(settings: Mapping[str, str] | None = None, **options: Any) -> Experiment:
    """Return the experiment: at once, when ready, after support; the assessment as drawn, perfect, poor, none.

    ``settings`` are laid over all scenarios, as ``--set`` does, but those of ``readiness`` over the arms that have it;
    ``options`` are those of ``Experiment``. Where ``months`` are not given, every arm has had a year after its end.
    """
    chosen = settings or {}
    own = {k: v for k, v in chosen.items() if resolved_name(k)[:2] == ["programme", "readiness"]}
    others = {k: v for k, v in chosen.items() if k not in own}
    first = Scenario("core-12").model_copy(update={"name": AT_ONCE, "title": "Start at once"})
    arms = laid([first, *(scenario(arm, own) for arm in ARMS), Scenario(NO_SIP)], others, ())
    if options.get("months") is None:
        options["months"] = max(map(_last_end, (arm.programme for arm in arms))) + options.get(
            "follow_up", 12.0
        )
    return Experiment(arms, **options)


def scenario(arm: str, settings: Mapping[str, str]) -> Scenario:
    """Return an arm with a readiness assessment."""
    made = Scenario(PRESET).with_set({**settings, **LEVERS.get(arm, {})})
    error = {"readiness_error": ERRORS[arm]} if arm in ERRORS else {}
    return made.model_copy(update={"name": arm, "title": ARMS[arm], "parameters": error})


def _last_end(programme: Programme) -> float:
    """Return the month in which a programme ends at the latest."""
    return programme.months + (programme.readiness.longest_wait_months if programme.readiness else 0.0)


def true_readiness(result: Result) -> np.ndarray:
    """Return readiness without error at the end of month 1 had there been no programme, ``[draw, replicate, team]``.

    From the model's own rules on means of the team; whoever assesses sees the like with an error.
    """
    weeks = result.series[result.scenarios.index(NO_SIP)][..., 1, :].astype(float)
    buy_in, support, pressure, strain = (
        weeks[..., NAMES.index(name)] for name in ("buy_in", "leaders_support", "pressure", "strain")
    )
    found = np.full(buy_in.shape, np.nan)
    for draw in result.experiment.draws:
        p = result.experiment.draws.parameters(draw)._replace(readiness_error=0.0)
        for place in np.argwhere(np.isfinite(buy_in[draw])):
            at = (draw, *place)
            committed = attitudes.commitment(buy_in[at], support[at])
            able = attitudes.efficacy(p, workforce.free_hours(p, pressure[at], 0.0), strain[at])
            found[at] = attitudes.readiness(p, committed, able, 0.5)
    return found


def answer(result: Result) -> Answer:
    """Read the answer from a result of this experiment."""
    ready = true_readiness(result)
    groups = [
        *(_against_at_once(result, outcome) for outcome in OUTCOMES),
        _assessment(result),
        _by_readiness(result, ready),
        _by_team(result),
    ]
    figures = {"true_readiness": {"mean": round(float(np.nanmean(ready)), 6), "bands": _shares(ready)}}
    return Answer(
        QUESTION, _sentences(result, groups, ready), groups, ASSUMPTIONS, [_delays(result)], figures
    )


def _against_at_once(result: Result, outcome: str) -> Group:
    found = [(title, compare(result, outcome, arm, against=AT_ONCE)) for arm, title in ARMS.items()]
    return Group(f"Less starting at once, {when(result, outcome)}, points of true practice", lines(*found))


def _assessment(result: Result) -> Group:
    """Return what the assessment's error changes, and what assessing is worth beside supporting everybody."""
    pairs = (
        ("error as drawn less no error", "support", "support-perfect"),
        ("twice the largest error less no error", "support-poor", "support-perfect"),
        ("assessing and supporting less assessing alone", "support", "assess"),
        ("assessing less supporting everybody", "support", "support-all"),
    )
    found = [(label, compare(result, "latent_gain_end", one, against=two)) for label, one, two in pairs]
    return Group(
        f"What the assessment is worth, {when(result, 'latent_gain_end')}, points of true practice",
        lines(*found),
    )


def _by_readiness(result: Result, ready: np.ndarray) -> Group:
    """Return support first less at once among runs by how ready the team truly is in the first month."""
    found = []
    for label, (low, high) in BANDS.items():
        for outcome in OUTCOMES:
            difference = result.outcome(outcome, "support") - result.outcome(outcome, AT_ONCE)
            within = np.where((ready >= low) & (ready < high), difference, np.nan)
            found.append(
                (
                    f"readiness {label}, {when(result, outcome)}",
                    judged(within, outcome, "support", AT_ONCE),
                )
            )
    return Group(
        "Support first less at once by true readiness in month 1, points of true practice", lines(*found)
    )


def _by_team(result: Result) -> Group:
    outcome = "latent_gain_end"
    found = [(team, compare(result, outcome, "support", against=AT_ONCE, team=team)) for team in result.teams]
    return Group(
        f"Support first less at once by team, {when(result, outcome)}, points of true practice",
        lines(*found),
    )


def _shares(ready: np.ndarray) -> dict[str, float]:
    """Return the share of runs in each band of true readiness."""
    known = ready[np.isfinite(ready)]
    return {label: round(float(np.mean((known >= a) & (known < b))), 6) for label, (a, b) in BANDS.items()}


def _delays(result: Result) -> Table:
    """Return by how much each arm's scoping day comes later than at once."""
    first = result.outcome("scoping_month", AT_ONCE)
    with np.errstate(invalid="ignore"):
        later = {arm: result.outcome("scoping_month", arm) - first for arm in ARMS}
    rows = [
        [ARMS[arm], _mean(found), f"{100.0 * float(np.mean(found[np.isfinite(found)] > 0.0)):.0f}"]
        for arm, found in later.items()
        if np.isfinite(found).any()
    ]
    heads = ["Arm", "Later by, months", "Runs in which it is later, %"]
    return Table("The scoping day against that when starting at once", heads, rows)


def _mean(values: np.ndarray) -> str:
    return wording.signed(float(np.nanmean(values)))


def _sentences(result: Result, groups: Sequence[Group], ready: np.ndarray) -> list[str]:
    under = _shares(ready)["under 0.5"]
    said = [
        f"{100.0 * under:.0f}% of these teams' runs begin with a true readiness under 0.5; their mean is "
        f"{float(np.nanmean(ready)):.2f}."
    ]
    for arm in ("assess", "support", "support-all"):
        found = [line for group in groups[:3] for line in group.lines if line.comparison.scenario == arm]
        said.append(
            f"“{ARMS[arm]}” in place of starting at once changes true practice by "
            f"{wording.listed([_told(result, line.comparison) for line in found])}."
        )
    worth, by_readiness = groups[3], groups[4]
    said.append(f"What the assessment's error changes, and what assessing adds: {_counted(worth)}.")
    said.append(f"By true readiness: {_counted(by_readiness)}.")
    return [*said, how_sure(result)]


def _told(result: Result, comparison: Comparison) -> str:
    effect = f"{wording.effect(result, comparison)} at {when(result, comparison.outcome)}"
    return f"{effect} (for the better: {wording.verdict(comparison)})"


def _counted(group: Group) -> str:
    return counted([line.comparison for line in group.lines])
