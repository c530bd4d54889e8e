"""When is which better: the experiment over worlds, and the answer with rules and regret."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from experiments.comparison import compare
from experiments.discovery.regret import Regret, regrets
from experiments.discovery.rules import LEAST, Found, Quality, Rule, discover, needs_scikit_learn
from experiments.discovery.worlds import features, meaning, worlds
from experiments.errors import InputError
from experiments.experiment import Experiment
from experiments.questions.answers import Answer, Group, at_end, lines
from experiments.result import Result
from experiments.scenario import Scenario
from experiments.table import Table
from model.parameters import uncertain

ASSUMPTIONS = (
    "The circumstances of the real teams are drawn over the whole of their scales, independently of each other and of "
    "the parameters: a share of worlds is not a probability of anything.",
    "A rule is learnt from half of the draws and tested on the rest. Which rules are found depends on which "
    "draws those are; a rule that is not found is not thereby excluded.",
    "A world's difference is a mean over few replicates: luck blurs the target, and no rule need reach a density of 1.",
)


def experiment(scenarios: Sequence[Scenario], **options: Any) -> Experiment:
    """Return an experiment over worlds; ``options`` are those of ``Experiment``.

    Raises
    ------
    InputError
        If scikit-learn is missing.
    """
    needs_scikit_learn()
    plain = Experiment(scenarios, **options)
    return Experiment(scenarios, **{**options, "draws": worlds(plain.draws, plain.teams, plain.seed)})


def answer(
    result: Result,
    scenario: str,
    against: str,
    *,
    outcome: str | None = None,
    more_than: float = 0.0,
    depth: int = 3,
    among: Sequence[str] = (),
) -> Answer:
    """Read from a result where ``scenario`` does better than ``against`` by more than so much, and what each risks.

    ``outcome`` is the gain in true practice at the end of the longest programme where not given; regret is taken
    ``among`` the scenarios named, or these two.

    Raises
    ------
    InputError
        If the outcome lies beyond the run.
    """
    chosen = outcome or at_end(result)
    compared = compare(result, chosen, scenario, against=against)
    if compared is None:
        raise InputError(
            f"--outcome {chosen}: it lies beyond the run of {result.experiment.months:g} months."
        )
    found = rules_for(result, chosen, scenario, against, more_than, depth)
    lost = regrets(result, chosen, list(among) or [scenario, against])
    question = f"Where does {scenario} do better than {against}" + (
        f" by more than {more_than:g}?" if more_than else "?"
    )
    return Answer(
        question,
        _sentences(result, found, lost, scenario, against),
        [Group(f"Over all worlds, {chosen}", lines((f"{scenario} less {against}", compared)))],
        ASSUMPTIONS,
        [_rules_table(found), *_meanings(found), _regret_table(lost, chosen)],
        {"outcome": chosen, "more_than": more_than, **_found(found), "regret": [r._asdict() for r in lost]},
    )


def _found(found: Found) -> dict[str, Any]:
    return {
        "rules": [_rule(rule) for rule in found.rules],
        "share_of_worlds": {"learnt": found.share_learnt, "held_out": found.share_held_out},
        "auc_held_out": found.auc,
    }


def rules_for(
    result: Result, outcome: str, scenario: str, against: str, more_than: float, depth: int
) -> Found:
    """Return the rules for where one scenario beats another by more than so much, over draws and teams."""
    difference = (result.outcome(outcome, scenario) - result.outcome(outcome, against)).mean(axis=1)
    whole = np.isfinite(difference).ravel()
    draws = np.repeat(_distinct(result), difference.shape[1])[whole]
    return discover(features(result)[whole], difference.ravel()[whole] > more_than, draws, depth)


def _distinct(result: Result) -> np.ndarray:
    """Return for each draw the number of its parameters: a posterior may hold some more than once."""
    table = result.experiment.draws.table
    return np.asarray(table.groupby(list(uncertain()), sort=False).ngroup())


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "rule": str(rule),
        "conditions": [
            {"feature": c.feature, "above": _known(c.above), "up_to": _known(c.up_to)}
            for c in rule.conditions
        ],
        "learnt": _figures(rule.learnt),
        "held_out": _figures(rule.held_out),
    }


def _figures(quality: Quality) -> dict[str, Any]:
    pairs = quality._asdict()
    return {k: [_known(e) for e in v] if isinstance(v, tuple) else _known(v) for k, v in pairs.items()}


def _known(value: float) -> float | None:
    return round(value, 6) if np.isfinite(value) else None


def _rules_table(found: Found) -> Table:
    rows = [
        [
            str(rule),
            f"{rule.held_out.mass:.2f}",
            f"{rule.learnt.density:.2f}",
            _interval(rule.held_out.density, rule.held_out.density_ci95),
            f"{rule.learnt.coverage:.2f}",
            _interval(rule.held_out.coverage, rule.held_out.coverage_ci95),
        ]
        for rule in found.rules
    ]
    heads = ["Where", "Worlds", "Density learnt", "Density held out", "Coverage learnt", "Coverage held out"]
    return Table("Rules, by density; held out with 95% bootstrap intervals over draws", heads, rows)


def _interval(value: float, ends: tuple[float, float]) -> str:
    return f"{value:.2f} ({ends[0]:.2f} to {ends[1]:.2f})" if np.isfinite(value) else "none there"


def _meanings(found: Found) -> list[Table]:
    names = dict.fromkeys(c.feature for rule in found.rules for c in rule.conditions)
    rows = [[name, *meaning(name)] for name in names]
    return [Table("What the rules speak of", ["Name", "Unit", "Meaning"], rows)] if rows else []


def _regret_table(lost: Sequence[Regret], outcome: str) -> Table:
    rows = [[r.scenario, f"{r.mean:.1f}", f"{r.p95:.1f}", f"{r.largest:.1f}", f"{r.best:.2f}"] for r in lost]
    heads = ["Programme", "Mean regret", "95% of draws below", "Largest", "Share of draws in which best"]
    return Table(f"Regret over draws, {outcome}: what the best would have reached, less this", heads, rows)


def _sentences(
    result: Result, found: Found, lost: Sequence[Regret], scenario: str, against: str
) -> list[str]:
    count = len(result.experiment.draws) * len(result.teams)
    share = 0.5 * (found.share_learnt + found.share_held_out)
    least = min(lost, key=lambda regret: regret.mean)
    return [
        f"In {share:.2f} of {count:,} worlds {scenario} does better than {against}.",
        _rules_told(found),
        f"Least regret has {least.scenario}: {least.mean:.1f} points on average, {least.largest:.1f} at most; it is "
        f"best in {least.best:.2f} of draws. What luck the replicates ({result.replicates}) leave makes regrets "
        "a little large.",
    ]


def _rules_told(found: Found) -> str:
    if not found.rules:
        return (
            f"No rules were looked for: that takes {LEAST} draws in which it does better and as many in which it does "
            "not, in the half that is learnt from. Give more --draws."
        )
    holding = found.holding()
    if not holding:
        return (
            "No rule was found that holds where it was not learnt: by context and parameters these draws do not tell "
            "where it does better."
        )
    told = [
        f"{rule} (there in {_interval(rule.held_out.density, rule.held_out.density_ci95)} of held-out worlds, which "
        f"are {rule.held_out.coverage:.2f} of those in which it does)"
        for rule in holding
    ]
    skill = (
        f" Over all rules the held-out AUC is {found.auc:.2f}; 0.5 is a guess."
        if found.auc is not None
        else ""
    )
    return f"It does so more often than elsewhere where {'; or where '.join(told)}.{skill}"
