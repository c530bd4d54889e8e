"""A result in plain words: the answer, how sure it is, what stays open, and what the words mean."""

from collections.abc import Sequence

from experiments.comparison import ENOUGH_DRAWS, Comparison, compare
from experiments.experiment import NO_SIP
from experiments.plots.differences import horizons, lengths, when
from experiments.plots.style import labels
from experiments.profile import UncertainSite
from experiments.profile.questions import called
from experiments.result import Result
from experiments.summary import pairs

Pair = tuple[str, str]

SCALE = (
    ("very unlikely", "0.05 or less"),
    ("unlikely", "above 0.05, under 0.33"),
    ("about as likely as not", "0.33 to 0.67"),
    ("likely", "above 0.67, under 0.95"),
    ("very likely", "0.95 or more"),
)


def in_words(probability: float) -> str:
    """Return a probability in the words of ``SCALE``; a sign is called decided at both ends of it only."""
    if probability <= 0.05:
        return "very unlikely"
    if probability >= 0.95:
        return "very likely"
    if probability < 0.33:
        return "unlikely"
    return "likely" if probability > 0.67 else "about as likely as not"


def rated(probability: float, draws: int) -> str:
    """Return a share of draws in words; few draws do not reach the ends of the scale."""
    if draws >= ENOUGH_DRAWS or 0.05 < probability < 0.95:
        return in_words(probability)
    return "likely" if probability > 0.5 else "unlikely"


def verdict(comparison: Comparison) -> str:
    """Return in words how sure it is that a difference is positive."""
    if comparison.equal:
        return "no difference"
    if not comparison.told_apart:
        return "too few runs to say"
    return rated(comparison.p_positive, len(comparison.estimate.by_draw))


def over_3(comparison: Comparison) -> str:
    """Return in words how sure it is that a difference is more than three points."""
    return rated(comparison.p_over_3, len(comparison.estimate.by_draw))


def signed(value: float, digits: int = 1) -> str:
    """Return a number with its sign, and no sign where it rounds to nothing."""
    rounded = round(value, digits)
    return f"{rounded:+.{digits}f}".replace("-", "−") if rounded else f"{0.0:.{digits}f}"


def plain(value: float, digits: int = 1) -> str:
    """Return a number with a minus sign where it is negative."""
    return f"{round(value, digits) + 0.0:,.{digits}f}".replace("-", "−")


def placement_pairs(result: Result) -> list[Pair]:
    """Return external against internal, for each length."""
    return [(f"external-{n}", f"internal-{n}") for n in lengths(result)]


def length_pairs(result: Result) -> list[Pair]:
    """Return each longer programme against the shortest, for each placement."""
    found = lengths(result)
    return [(f"{kind}-{n}", f"{kind}-{found[0]}") for kind in ("internal", "external") for n in found[1:]]


def key_pairs(result: Result, against: str | None = None) -> list[Pair]:
    """Return the comparisons a reader looks for first: placement, length, then each against no programme."""
    if not lengths(result) or against is not None:
        every = pairs(result, against)
        return sorted(every, key=lambda pair: pair[1] == NO_SIP)
    with_none = [(name, NO_SIP) for name in result.scenarios if name != NO_SIP]
    return placement_pairs(result) + length_pairs(result) + with_none


def compared(result: Result, outcome: str, chosen: Sequence[Pair]) -> list[Comparison]:
    """Return the comparisons of some pairs that the run is long enough for."""
    found = [compare(result, outcome, a, against=b) for a, b in chosen]
    return [comparison for comparison in found if comparison is not None]


def unit(result: Result) -> tuple[str, float]:
    """Return the unit in which a result's main outcome is told, and the factor to it."""
    fidelity = result.experiment.outcome == "fidelity"
    return ("points", 1.0) if fidelity else ("percentage points", 100.0)


def effect(result: Result, comparison: Comparison) -> str:
    """Return a difference with its 95% interval in brackets."""
    name, factor = unit(result)
    low, high = (signed(factor * end) for end in comparison.estimate.interval_parameters)
    return f"{signed(factor * comparison.estimate.mean)} {name} ({low} to {high})"


def answer(result: Result, against: str | None = None) -> str:
    """Answer in one paragraph, at the first common horizon, with the uncertainty and what it leaves undecided."""
    outcome = horizons(result)[0]
    if lengths(result) and against is None:
        said = _placements(result, outcome) + _longer(result, outcome)
    else:
        said = _others(result, outcome, against)
    said += _over_none(result, outcome)
    if not said:
        return "Only no programme was run: there is nothing to compare."
    about = (
        f"All of this is at {when(result, outcome)}, as a mean over teams, with 95% intervals from uncertain "
        "parameters in brackets."
    )
    return " ".join([*said, about, how_sure(result)])


def _placements(result: Result, outcome: str) -> list[str]:
    """Say what an external facilitator changes, by length, and whether the sign is decided."""
    found = list(zip(lengths(result), compared(result, outcome, placement_pairs(result)), strict=True))
    each = [f"{effect(result, c)} with {n} months" for n, c in found]
    return [
        f"{_which_is_better([c for _, c in found])} An external facilitator in place of an internal one changes the "
        f"reviewed gain by {listed(each)} of programme; that this is for the better is "
        f"{_shared([verdict(c) for _, c in found])} ({probabilities([c.p_positive for _, c in found])})."
    ]


def _which_is_better(found: Sequence[Comparison]) -> str:
    open_signs = sum(not c.decided for c in found)
    if open_signs == len(found):
        return "Whether an internal or an external facilitator does better is undecided."
    if open_signs:
        return "Whether an internal or an external facilitator does better is undecided at some lengths."
    means = [c.estimate.mean for c in found]
    if min(means) > 0.0 or max(means) < 0.0:
        better = "external" if min(means) > 0.0 else "internal"
        return f"In this model and these draws the {better} facilitator does better."
    return "Which facilitator does better depends on the length."


def _longer(result: Result, outcome: str) -> list[str]:
    """Say what the longest programme changes against the shortest."""
    first, longest = lengths(result)[0], lengths(result)[-1]
    if first == longest:
        return []
    kinds = ("internal", "external")
    found = compared(result, outcome, [(f"{kind}-{longest}", f"{kind}-{first}") for kind in kinds])
    each = [f"{effect(result, c)} with an {kind} facilitator" for kind, c in zip(kinds, found, strict=True)]
    return [
        f"A programme of {longest} months in place of {first} changes it by {listed(each)}; that this is for the "
        f"better is {_shared([verdict(c) for c in found])} ({probabilities([c.p_positive for c in found])}), that it "
        f"is more than 3 points {_shared([over_3(c) for c in found])} ({probabilities([c.p_over_3 for c in found])})."
    ]


def _shared(words: Sequence[str]) -> str:
    """Return the one word for all, or each in turn."""
    return words[0] if len(set(words)) == 1 else f"{listed(words)} in turn"


def probabilities(chances: Sequence[float]) -> str:
    """Return ``probability 0.25 to 0.26``, or one figure where there is one; nothing for nothing."""
    if not chances:
        return ""
    low, high = f"{min(chances):.2f}", f"{max(chances):.2f}"
    return f"probability {low}" if low == high else f"probability {low} to {high}"


def _others(result: Result, outcome: str, against: str | None) -> list[str]:
    """Say how the scenarios differ from the one they are compared with."""
    titles = labels(result)
    found = compared(result, outcome, [pair for pair in key_pairs(result, against) if pair[1] != NO_SIP])
    return [
        f"“{titles[c.scenario]}” differs from “{titles[c.against]}” by {effect(result, c)}; {chances(result, c)}."
        for c in found
    ]


def chances(result: Result, comparison: Comparison) -> str:
    """Say how sure it is that a difference is above nothing, and above three points."""
    if comparison.equal:
        return "no difference in any run"
    if not comparison.told_apart:
        return "too few runs to tell its sign"
    above = f"that this is for the better is {verdict(comparison)} (probability {comparison.p_positive:.2f})"
    if result.experiment.outcome != "fidelity":
        return above
    return f"{above}, that it is more than 3 points {over_3(comparison)} ({comparison.p_over_3:.2f})"


def _over_none(result: Result, outcome: str) -> list[str]:
    """Say what the programmes bring over no programme."""
    found = compared(result, outcome, [(name, NO_SIP) for name in result.scenarios if name != NO_SIP])
    if not found:
        return []
    name, factor = unit(result)
    means = [factor * c.estimate.mean for c in found]
    low, high = signed(min(means)), signed(max(means))
    span = f"{low} {name}" if low == high else f"{low} to {high} {name}"
    words = {verdict(c) for c in found}
    sure = (
        f"that it is for the better is {words.pop()}"
        if len(words) == 1
        else "how sure that is differs by scenario"
    )
    return [f"Against no programme the difference is {span}; {sure}."]


def how_sure(result: Result) -> str:
    """Say what the probabilities are shares of."""
    draws = len(result.experiment.draws)
    few = (
        f" With fewer than {ENOUGH_DRAWS} draws no sign is called decided, and no word goes beyond likely or unlikely."
        if draws < ENOUGH_DRAWS
        else ""
    )
    return (
        f"The probabilities are shares of {draws} draws of what is not known about the world: they tell what this "
        f"model makes of it, and a single team's luck can outweigh the smaller of these differences.{few}"
    )


def listed(parts: Sequence[str]) -> str:
    """Return ``a, b and c``."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def left_open(result: Result, against: str | None = None) -> list[str]:
    """Return in plain words which differences have no decided sign."""
    titles, found = labels(result), []
    for outcome in horizons(result):
        for c in compared(result, outcome, key_pairs(result, against)):
            if not c.decided:
                chance = f"{verdict(c)}, probability {c.p_positive:.2f}" if c.told_apart else verdict(c)
                found.append(
                    f"Whether “{titles[c.scenario]}” does better than “{titles[c.against]}” "
                    f"at {when(result, outcome)} ({chance})."
                )
    return found


def unobserved(result: Result) -> list[str]:
    """Say of which months and of what about a team described by its user nothing was observed."""
    fitted = result.experiment.outcome == "fidelity"
    later = [BEYOND] if fitted and result.experiment.months > LAST_REVIEW else []
    teams = [
        f"Of {team.name}: {listed([_uncapped(called(name)) for name, _ in team.ranges])}. Each draw has its own."
        for team in result.experiment.teams
        if isinstance(team, UncertainSite)
    ]
    return later + teams


def _uncapped(text: str) -> str:
    return text[:1].lower() + text[1:]


LAST_REVIEW = 12.0  #: the month of the six teams' last review
NOT_FOR = (
    "predicting the score of one team: the spread between single runs is wide;",
    "judging teams, managers, facilitators or other people: the circumstances are coded from short descriptions;",
    "showing that one placement or one length of programme is better: this is a model, not a trial;",
    "weighing costs against health: no patient, admission or outcome of care is in it;",
    "deciding on a single figure without its interval and without what is listed as not decided.",
)
BEYOND = (
    "What became of the six teams after month 12: nobody has reviewed them. What is said of later months, and with it "
    "much of what speaks for a longer programme, rests on assumptions alone."
)
ASSUMPTIONS = (
    "Steps are weeks. Staff, managers, facilitators and trust leaders are simulated as persons whose time, buy-in and "
    "losses decide what gets done.",
    "All scenarios run with the same teams, the same draws and the same luck, so that a difference is the scenario's.",
    "No answer is built in: placement acts only through trust, local knowledge, travel, outside credibility and "
    "presence, and length only through what is done in the time.",
    "Many parameters have not been measured by anybody; their priors and the reasons for them are in the "
    "documentation of parameters.",
)
FIDELITY_ASSUMPTIONS = (
    "The score is the sum of 39 items from 1 to 5, thus 39 to 195 points; from 117 on it is called moderate, from 156 "
    "on high. A reviewed total has error; curves by month show the total that a review without error would give.",
    "The six teams were chosen for how differently they changed, and two that struggled declined to take part: what "
    "is fitted to them may overstate a programme's effect.",
)
IMPLEMENTATION_ASSUMPTIONS = (
    "The innovation is illustrative and not calibrated to data; its outcome is the part of its plan that is finished "
    "and practised.",
)


def assumptions(result: Result) -> tuple[str, ...]:
    """Return the assumptions a reader should know, in short."""
    fidelity = result.experiment.outcome == "fidelity"
    return ASSUMPTIONS + (FIDELITY_ASSUMPTIONS if fidelity else IMPLEMENTATION_ASSUMPTIONS)


def banners(result: Result) -> list[str]:
    """Return the warnings that stand above everything else."""
    kind, found = result.experiment.draws.kind, []
    if kind != "posterior":
        origin = "draws from the prior" if kind == "prior" else f"a {kind} of draws"
        found.append(
            f"Provisional: these figures rest on {origin}, not on a calibrated posterior. Read them as a "
            "demonstration; they do not yet tell what the data of six teams can and cannot say."
        )
    if result.experiment.outcome != "fidelity":
        found.append("Illustrative and uncalibrated: no data stand behind the size of these figures.")
    if result.failed:
        found.append(
            f"{len(result.failed)} cells of this experiment failed and are left out, with their pairs."
        )
    if result.interrupted:
        found.append(
            f"Interrupted: the run was stopped; only {result.replicates} complete replicates are counted here."
        )
    return found
