"""A result in two sentences, each with its uncertainty, and the question it answers where nobody has put one."""

from collections.abc import Sequence

from experiments import wording
from experiments.comparison import Comparison
from experiments.experiment import NO_SIP
from experiments.plots.differences import horizons, lengths, when
from experiments.plots.style import labels
from experiments.result import Result

NAMED = 4  #: programmes a question names; of more it tells how many


def question(result: Result, against: str | None = None) -> str:
    """Return the question a result answers."""
    found = lengths(result) if against is None else []
    if found:
        how_long = ", and how long the programme lasts" if len(found) > 1 else ""
        return f"Does it matter whether the facilitator is internal or external{how_long}?"
    programmes = [f"“{title}”" for name, title in labels(result).items() if name != NO_SIP]
    if len(programmes) < 2:
        changed = f"does {programmes[0]} change, against" if programmes else "happens with"
        return f"What {changed} no programme?"
    if len(programmes) > NAMED:
        return f"How do {len(programmes)} programmes compare?"
    return f"How do {wording.listed(programmes)} compare?"


def in_short(result: Result, against: str | None = None) -> str:
    """Answer in two sentences, at the first common horizon: how programmes differ, and what they bring over none."""
    outcome = horizons(result)[0]
    programmes = [name for name in result.scenarios if name != NO_SIP]
    over_none = wording.compared(result, outcome, [(name, NO_SIP) for name in programmes])
    if not over_none:
        return "Only no programme was run: there is nothing to compare."
    if lengths(result) and against is None:
        first = _placement_and_length(result, outcome)
    else:
        pairs = [pair for pair in wording.key_pairs(result, against) if pair[1] != NO_SIP]
        first = _highest(result, wording.compared(result, outcome, pairs) or over_none)
    second = (
        f"Against no programme the difference is {_told(result, over_none)}."
        if len(programmes) > 1
        else f"In a single team's run it is above nothing with probability {over_none[0].p_run_positive:.2f}."
    )
    return f"At {when(result, outcome)}, {first}. {second}"


def _placement_and_length(result: Result, outcome: str) -> str:
    placed = wording.compared(result, outcome, wording.placement_pairs(result))
    first, longest = lengths(result)[0], lengths(result)[-1]
    known = "decided" if all(c.decided for c in placed) else "undecided"
    said = (
        f"whether an external facilitator does better than an internal one is {known}: the gain differs by "
        f"{_told(result, placed)}"
    )
    if first == longest:
        return said
    pairs = [(f"{kind}-{longest}", f"{kind}-{first}") for kind in ("internal", "external")]
    longer = _told(result, wording.compared(result, outcome, pairs))
    return f"{said}; {longest} months of programme in place of {first} change the gain by {longer}"


def _highest(result: Result, found: Sequence[Comparison]) -> str:
    """Tell of the scenario that stands highest against the one that all are compared with."""
    best, titles = max(found, key=lambda c: c.estimate.mean), labels(result)
    against = f"“{titles[best.against]}”" if best.against != NO_SIP else "no programme"
    if len(found) == 1:
        return f"“{titles[best.scenario]}” differs from {against} by {_told(result, found)}"
    return (
        f"“{titles[best.scenario]}” stands highest of the {len(found)} compared with {against}, at "
        f"{_told(result, [best])}"
    )


def _told(result: Result, found: Sequence[Comparison]) -> str:
    """Return the mean of a difference, or the span of several, with intervals and how sure the sign is."""
    name, factor = wording.unit(result)
    means = [factor * c.estimate.mean for c in found]
    low = factor * min(c.estimate.interval_parameters[0] for c in found)
    high = factor * max(c.estimate.interval_parameters[1] for c in found)
    span = " to ".join(dict.fromkeys(wording.signed(end) for end in (min(means), max(means))))
    reach = "95% interval" if len(found) == 1 else "95% intervals within"
    words = list(dict.fromkeys(wording.verdict(c) for c in found))
    sure = " or ".join(words) if len(words) < 3 else "not alike for all"
    chances = wording.probabilities([c.p_positive for c in found if c.told_apart])
    return (
        f"{span} {name} ({reach} {wording.signed(low)} to {wording.signed(high)}; that this is for the better: {sure}"
        f"{chances and ', '}{chances})"
    )
