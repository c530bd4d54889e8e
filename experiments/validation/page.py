"""The page of the patterns, in Markdown: a table, then each pattern with its passage, effect and figures."""

from collections.abc import Iterator

from experiments.comparison import ENOUGH_DRAWS, Estimate
from experiments.validation.declarations import SHARE_OF_DRAWS, Effect, Figure, is_difference, unit_of
from experiments.validation.judging import Finding
from experiments.validation.patterns import NOT_TESTED, declarations_hash
from experiments.validation.validation import Judged, Validation

COMMAND = "python -m experiments.validation"
HEAD = """Each pattern was declared with its threshold, and the reason for it, before it was run. Runs are paired: the
same draws, people and luck in all arms. *Effect* is the mean over draws with the 95% interval over draws, replicate
noise removed; *P* is the share of draws in which the effect lies where it was expected, with its standard error.
A statement *held* with P of 0.95 or more, *not held* with 0.05 or less, and is otherwise undecided."""
KINDS = """*Fitted*: the data are in the fit, so this is in-sample. *Implied*: a rule fixes the sign; it is a check of
wiring, and must vanish without its mechanism. *Emergent*: it could fail. Only emergent patterns of which something was
expected count as validation. Gains are in true practice unless it says reviewed."""


def page(validation: Validation) -> str:
    """Return the whole page."""
    parts = [_head(validation), _summary(validation), _table(validation)]
    numbers = sorted({each.pattern.number for each in validation.judged})
    parts += [_section(number, validation) for number in numbers]
    parts.append(_not_tested(numbers))
    return "\n\n".join(parts) + "\n"


def _head(validation: Validation) -> str:
    draws = validation.draws
    warning = (
        ""
        if draws.kind == "posterior"
        else f" A {draws.kind} is no posterior: take the verdicts for a trial."
    )
    laid = ", ".join(f"{name} = {value:g}" for name, value in validation.plan.values.items())
    warning += f" Laid over all draws: {laid}." if laid else ""
    few = "" if len(draws) >= ENOUGH_DRAWS else f" Fewer than {ENOUGH_DRAWS} draws: all is undecided."
    return (
        f"# Patterns\n\n<!-- declarations: {declarations_hash()} -->\n\n"
        f"Shipped draws: {len(draws)}, of kind **{draws.kind}**; beside them as many of the prior. "
        f"{validation.plan.replicates} replicates of six teams (more where fewer teams are run), seed "
        f"{validation.plan.seed}.{warning}{few} Written by `{COMMAND}`.\n\n{HEAD}\n\n{KINDS}"
    )


def _summary(validation: Validation) -> str:
    counted = [each for each in validation.judged if each.pattern.counts_as_validation]
    lines = [_counts("Count as validation", counted)]
    implied = [each for each in validation.judged if each.pattern.kind == "implied"]
    fitted = [each for each in validation.judged if each.pattern.kind == "fitted"]
    lines += [
        _counts("Implied, checks of wiring", implied),
        _counts("Fitted, in-sample", [each for each in fitted if each.pattern.expected is not None]),
    ]
    failed = [each for each in validation.judged if each.verdict == "not held" and each.pattern.expected]
    named = ", ".join(f"`{each.pattern.id}`" for each in failed) or "none"
    return "\n".join([*lines, f"- Expected and not held: {named}."])


def _counts(title: str, found: list[Judged]) -> str:
    each = ", ".join(
        f"{sum(entry.verdict == verdict for entry in found)} {verdict}"
        for verdict in ("held", "not held", "undecided")
    )
    return f"- {title}: {each}."


def _table(validation: Validation) -> str:
    head = (
        "| | pattern | kind | expected | effect | P | prior P | verdict |\n|---|---|---|---|---|---|---|---|"
    )
    rows = [_row(each) for each in validation.judged]
    return "\n".join([head, *rows])


def _row(each: Judged) -> str:
    pattern, after = each.pattern, each.after
    verdict = f"**{each.word}**" if each.word == "not held" else each.word
    expected = str(pattern.expected) if pattern.expected is not None else "no sign"
    cells = (
        str(pattern.number),
        f"`{pattern.id}`: {pattern.title}",
        pattern.kind,
        expected,
        f"{shown(after.estimate, pattern.effect)} {unit_of(pattern.effect)}",
        chance(after),
        chance(each.before),
        verdict,
    )
    return "| " + " | ".join(cells) + " |"


def chance(finding: Finding) -> str:
    """Return a probability with its standard error."""
    return f"{finding.probability:.2f} ± {finding.probability_se:.2f}"


def shown(estimate: Estimate | None, effect: Effect) -> str:
    """Return a mean with its 95% interval over draws, with a sign if it is a difference; a share of draws alone."""
    if estimate is None:
        return "none"
    low, high = estimate.interval_parameters
    size = max(abs(low), abs(high))
    digits = 3 if size < 0.1 else 2 if size < 10.0 else 1 if size < 100.0 else 0
    if unit_of(effect) == SHARE_OF_DRAWS:
        return f"{estimate.mean:.3f}"
    sign = "+" if is_difference(effect) else ""
    return f"{estimate.mean:{sign}.{digits}f} ({low:{sign}.{digits}f} to {high:{sign}.{digits}f})"


def _section(number: int, validation: Validation) -> str:
    found = [each for each in validation.judged if each.pattern.number == number]
    return "\n\n".join([f"## Pattern {number}", *("\n".join(_lines(each)) for each in found)])


def _lines(each: Judged) -> Iterator[str]:
    pattern, unit = each.pattern, unit_of(each.pattern.effect)
    yield f"### {pattern.title}\n"
    yield f"> {pattern.passage}\n>\n> {pattern.source}\n"
    yield f"*{pattern.kind.capitalize()}*, {', '.join(pattern.mechanisms)}. Statement: {pattern.statement}."
    yield f"Compared: {pattern.compared}."
    expected = pattern.expected
    if expected is not None:
        yield f"Expected: {expected} {unit}. {expected.reason}"
    else:
        yield "No sign was expected; reported, and never counted as validation."
    after, before = (shown(found.estimate, pattern.effect) for found in (each.after, each.before))
    yield (
        f"\n**{each.word.capitalize()}** ({each.found}). Shipped draws {after} {unit}, P = {chance(each.after)}; "
        f"prior {before}, P = {chance(each.before)}."
    )
    if each.left is not None:
        yield _left(each)
    if pattern.note:
        yield pattern.note
    if pattern.figures:
        yield "\n| beside it | unit | shipped draws | prior |\n|---|---|---|---|"
        yield from (_figure(figure, each) for figure in pattern.figures)


def _left(each: Judged) -> str:
    assert each.left is not None
    declared = each.left.declared
    off = " and ".join(
        [*declared.mechanisms, *(f"{name} = {value:g}" for name, value in declared.neutral.items())]
    )
    most = f"{each.left.mean:+.3f} in the mean, at most {each.left.most:.3f} in a draw"
    if declared.within == 0.0:
        return f"Without {off} nothing may be left; left: {most}."
    return f"Without {off} up to {declared.within:g} may be left. {declared.left} Left: {most}."


def _figure(figure: Figure, each: Judged) -> str:
    found = (each.after.figures[figure.label], each.before.figures[figure.label])
    after, before = (shown(estimate, figure.effect) for estimate in found)
    return f"| {figure.label} | {unit_of(figure.effect)} | {after} | {before} |"


def _not_tested(numbers: list[int]) -> str:
    entries = [entry for entry in NOT_TESTED if entry.number in numbers]
    if not entries:
        return "## Not tested\n\nNothing else was asked of these patterns."
    rows = [f"- Pattern {entry.number}: {entry.what}. {entry.why}" for entry in entries]
    return "\n".join(["## Not tested\n", *rows])
