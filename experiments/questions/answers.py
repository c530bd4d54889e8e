"""What the ready questions share: how an answer is made up, and how it is told in JSON and on a page."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from experiments import wording
from experiments.comparison import ENOUGH_DRAWS, OPEN, Comparison
from experiments.errors import InputError
from experiments.experiment import NO_SIP
from experiments.page import DIFFERENCE_HEADS, DIGITS, Picture, cells, made_of, provenance, rendered
from experiments.plots.differences import horizons
from experiments.result import Result
from experiments.scenario import Scenario, resolved_name
from experiments.specification import specification
from experiments.summary import undecided
from experiments.table import Table


class Line(NamedTuple):
    """A difference with its name in words."""

    label: str
    comparison: Comparison


class Group(NamedTuple):
    """Differences that belong together; ``detail`` ones are told in JSON and on the page alone."""

    caption: str
    lines: Sequence[Line]
    unit: str = "points"
    detail: bool = False


class Answer(NamedTuple):
    """The answer to a ready question; ``figures`` are further numbers for JSON."""

    question: str
    sentences: Sequence[str]
    groups: Sequence[Group]
    assumptions: Sequence[str]
    tables: Sequence[Table] = ()
    figures: Mapping[str, Any] = {}

    @property
    def lines(self) -> Iterator[Line]:
        """Yield all differences."""
        return (line for group in self.groups for line in group.lines)


def lines(*found: tuple[str, Comparison | None]) -> list[Line]:
    """Return the differences that the run is long enough for."""
    return [Line(label, comparison) for label, comparison in found if comparison is not None]


def laid(scenarios: Sequence[Scenario], settings: Mapping[str, str], varied: Sequence[str]) -> list[Scenario]:
    """Lay a user's settings over a question's scenarios; those without a programme take the ones of the world.

    Raises
    ------
    InputError
        If the question itself varies what is set.
    """
    paths = {name: ".".join(resolved_name(name)) for name in settings}
    for name, path in paths.items():
        if path in varied:
            raise InputError(
                f"--set {name}: this question varies it itself. Use 'crtsip compare' to hold it."
            )
    world = {name: value for name, value in settings.items() if not paths[name].startswith("programme.")}
    of = [settings if scenario.programme.months > 0.0 else world for scenario in scenarios]
    return [s.with_set(values) if values else s for s, values in zip(scenarios, of, strict=True)]


def made(base: Scenario, name: str, title: str, **levers: object) -> Scenario:
    """Return a scenario with some levers set (``a__b`` for ``a.b``), under a name and a title of its own."""
    values = {lever.replace("__", "."): str(value) for lever, value in levers.items()}
    return base.with_set(values).model_copy(update={"name": name, "title": title})


def at_end(result: Result, kind: str = "latent_gain") -> str:
    """Return the gain at the end of the longest programme, or at the end of the run: in true practice, or reviewed.

    Reviewed totals are whole points, so that small differences are often none at all; true practice has no such ties.
    """
    return horizons(result)[0].replace("gain", kind)


def table_of(group: Group) -> Table:
    """Return a group as a table."""
    rows = []
    for line in group.lines:
        row = cells(line.comparison.to_dict(), 1.0, DIGITS[group.unit])
        if group.unit != "points":
            row[4] = ""
        rows.append([line.label, *row, wording.verdict(line.comparison)])
    return Table(group.caption, ["Difference", *DIFFERENCE_HEADS, "Above 0, in words"], rows)


def left_open(answer: Answer) -> list[str]:
    """Return which differences have no decided sign."""
    found = []
    for group in answer.groups:
        for line in group.lines:
            if not line.comparison.decided:
                found.append(f"{group.caption}: {line.label} ({_how_open(line.comparison)})")
    return found


def _how_open(comparison: Comparison) -> str:
    words = wording.verdict(comparison)
    if not comparison.told_apart:
        return words
    few = len(comparison.estimate.by_draw) < ENOUGH_DRAWS and not OPEN[0] < comparison.p_positive < OPEN[1]
    return f"above 0 {words}, probability {comparison.p_positive:.2f}" + (", few draws" if few else "")


def to_dict(result: Result, answer: Answer) -> dict[str, Any]:
    """Return the whole answer for JSON."""
    return {
        "question": answer.question,
        "answer": list(answer.sentences),
        "differences": [
            {"group": group.caption, "label": line.label, "unit": group.unit, **line.comparison.to_dict()}
            for group in answer.groups
            for line in group.lines
        ],
        "undecided": [*undecided(result, []), *left_open(answer)],
        "teams": result.teams,
        "replicates": result.replicates,
        "draws": len(result.experiment.draws),
        "provenance": result.provenance(),
        **answer.figures,
    }


def write_page(
    result: Result, answer: Answer, pictures: Sequence[Picture], path: Path, *, command: str
) -> Path:
    """Write an answer as one self-contained HTML page; equal results give equal bytes."""
    found = to_dict(result, answer)
    every = [[line["label"], *cells(line, 1.0, DIGITS[line["unit"]])] for line in found["differences"]]
    told = {
        "question": answer.question,
        "command": command,
        "banners": wording.banners(result),
        "in_short": " ".join(answer.sentences[:2]),
        "answer": " ".join(answer.sentences),
        "scale": wording.SCALE,
        "expected": [],
        "compared": specification(result),
        "pictures": pictures,
        "tables": [*(table_of(group) for group in answer.groups if not group.detail), *answer.tables],
        "every_difference": Table("All differences of the summary", ["Difference", *DIFFERENCE_HEADS], every),
        "left_open": left_open(answer),
        "unobserved": wording.unobserved(result),
        "undecided": undecided(result, []),
        "not_for": wording.NOT_FOR,
        "assumptions": [*answer.assumptions, *wording.assumptions(result)],
        "made_of": made_of(result),
        "provenance": provenance(result, found),
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(rendered("page.html.j2", told) + "\n", encoding="utf-8", newline="\n")
    return path


def span(found: Sequence[Comparison]) -> str:
    """Return the smallest and largest mean of some differences in points, and of the chances that they are positive."""
    means = sorted(c.estimate.mean for c in found)
    chances = sorted(c.p_positive for c in found)
    low, high = wording.signed(means[0]), wording.signed(means[-1])
    points = f"{low} points" if low == high else f"{low} to {high} points"
    return f"{points} ({wording.probabilities(chances)} that it is above zero)"


def counted(found: Sequence[Comparison]) -> str:
    """Say how many of some differences have a decided sign, and which."""
    none = sum(c.equal for c in found)
    up = sum(c.decided and c.p_positive > 0.5 for c in found)
    down = sum(c.decided and not c.equal and c.p_positive < 0.5 for c in found)
    return (
        f"{up} of {len(found)} are decided for the better, {down} for the worse"
        + (f", {none} are no difference at all" if none else "")
        + f"; {len(found) - up - down - none} are undecided"
    )


def open_groups(answer: Answer) -> list[str]:
    """Return for each group how many of its differences have no decided sign."""
    found = []
    for group in answer.groups:
        count = sum(not line.comparison.decided for line in group.lines)
        if count:
            found.append(f"{group.caption}: {count} of {len(group.lines)} have no decided sign.")
    return found


def how_sure(result: Result) -> str:
    """Say what intervals and probabilities mean, and whose teams these are."""
    about = "Figures are means over teams; intervals are 95% intervals from uncertain parameters."
    return f"{about} {wording.how_sure(result)}"


def none_with(name: str, title: str, **context: object) -> Scenario:
    """Return an arm without a programme in other circumstances."""
    return made(Scenario(NO_SIP), name, title, **context)
