"""Where should the facilitator come from, how present, and with which manager?"""

from collections.abc import Mapping
from itertools import product
from typing import Any

from experiments.comparison import Comparison, compare, judged
from experiments.experiment import NO_SIP, Experiment
from experiments.page import Picture
from experiments.plots.differences import when
from experiments.questions.answers import (
    Answer,
    Group,
    at_end,
    counted,
    how_sure,
    laid,
    lines,
    made,
    none_with,
    span,
)
from experiments.result import Result
from experiments.scenario import Scenario

QUESTION = "Which placement of the facilitator, how present, with which manager?"
FIRST = "internal"  #: what the other placements are compared with: the trial's usual one
PLACEMENTS = {FIRST: "internal", "embedded": "embedded", "external": "external", "blended": "blended"}
#: Weeks between visits. In the six teams they lay between about one and more than eight.
PRESENCE = {1: "visits every week", 3: "visits every 3 weeks", 8: "visits every 8 weeks"}
#: The manager's stance at the start: 0 against, 0.5 neutral, 1 for the programme.
STANCES = {"resistant": 0.2, "neutral": 0.5, "supportive": 0.8}
VARIED = (
    "programme.facilitation.placement",
    "programme.facilitation.visit_interval",
    "context.manager_stance",
)
ASSUMPTIONS = (
    "Presence is varied by the weeks between visits at the same planned hours a week. Hours are saved up for the next "
    "visit, which lasts a day at most: rarer visits lose hours too, and that is part of their effect.",
    "The manager's stance is set at the start and moves with what happens; managers leave, and successors have a "
    "stance of their own. Engagement and all else about the teams stays as each draw has it.",
    "Placement acts only through trust, local knowledge, credibility, skill, travel and the main job's claims, whose "
    "priors overlap.",
)


def experiment(settings: Mapping[str, str] | None = None, **options: Any) -> Experiment:
    """Return the experiment: four placements by three presences by three stances, and no programme at each stance.

    ``settings`` are laid over all scenarios, as ``--set`` does; ``options`` are those of ``Experiment``.
    """
    arms = [scenario(*place) for place in product(PLACEMENTS, PRESENCE, STANCES)]
    none = [
        none_with(no_programme(stance), f"No programme, {stance} manager", manager_stance=value)
        for stance, value in STANCES.items()
    ]
    return Experiment(laid([*arms, *none, Scenario(NO_SIP)], settings or {}, VARIED), **options)


def scenario(placement: str, weeks: int, stance: str) -> Scenario:
    """Return a cell of the design."""
    return made(
        Scenario("core-12"),
        name(placement, weeks, stance),
        f"{PLACEMENTS[placement].capitalize()} facilitator, {PRESENCE[weeks]}, {stance} manager",
        facilitation__placement=placement,
        facilitation__visit_interval=float(weeks),
        manager_stance=STANCES[stance],
    )


def name(placement: str, weeks: int, stance: str) -> str:
    """Return the name of a cell's scenario."""
    return f"{placement}-{weeks}w-{stance}"


def no_programme(stance: str) -> str:
    """Return the name of the arm without a programme at a stance."""
    return f"{NO_SIP}-{stance}"


def answer(result: Result) -> Answer:
    """Read the answer from a result of this experiment."""
    groups = [*_placements(result), _presence(result), _depends(result), _gains(result), _reviewed(result)]
    return Answer(QUESTION, _sentences(result, groups), groups, ASSUMPTIONS)


def pictures(result: Result) -> list[Picture]:
    """Return the map of placement by presence, a panel for each stance."""
    from markupsafe import Markup

    from experiments.plots.placement import placement_map
    from experiments.plots.style import svg
    from experiments.questions.answers import table_of

    table = table_of(_gains(result))
    told = "; ".join(f"{row[0]}: {row[1]}" for row in table.rows)
    label = (
        f"Two rows of three maps. Gain over no programme in points by placement, presence and stance. {told}."
    )
    caption = (
        f"Gain in true practice at {when(result, at_end(result))}, by where the facilitator comes from (columns), "
        "how often visits are planned (rows) and the manager's stance (panels). Below, the difference from an internal "
        "facilitator at the same presence, with the probability that it is positive; bold where the sign is decided."
    )
    image = Markup(svg(placement_map(result), "placement", label))
    return [Picture("Placement by presence", image, caption, table)]


def cell(result: Result, placement: str, weeks: int, stance: str, against: str = "") -> Comparison | None:
    """Compare a cell of the design with another placement at the same presence and stance, or with no programme."""
    other = name(against, weeks, stance) if against else no_programme(stance)
    return compare(result, at_end(result), name(placement, weeks, stance), against=other)


def _others() -> list[str]:
    return [placement for placement in PLACEMENTS if placement != FIRST]


def _placements(result: Result) -> list[Group]:
    """Return each placement less the first, at each presence, a group for each stance."""
    return [
        Group(
            f"Placement less {FIRST}, {stance} manager, points of true practice",
            lines(
                *(
                    (f"{other}, {PRESENCE[weeks]}", cell(result, other, weeks, stance, FIRST))
                    for other, weeks in product(_others(), PRESENCE)
                )
            ),
        )
        for stance in STANCES
    ]


def _presence(result: Result) -> Group:
    """Return the most present less the least, for each placement and stance."""
    often, rarely = min(PRESENCE), max(PRESENCE)
    found = [
        (
            f"{placement}, {stance} manager",
            compare(
                result,
                at_end(result),
                name(placement, often, stance),
                against=name(placement, rarely, stance),
            ),
        )
        for placement, stance in product(PLACEMENTS, STANCES)
    ]
    return Group(
        f"{PRESENCE[often]} less {PRESENCE[rarely]}, points of true practice".capitalize(), lines(*found)
    )


def _depends(result: Result) -> Group:
    """Return how the difference of placements differs between stances, and between presences: paired run by run."""
    middle, often, rarely = sorted(PRESENCE)[1], min(PRESENCE), max(PRESENCE)
    found = []
    for other in _others():
        by_stance = [(middle, "supportive"), (middle, "resistant")]
        by_presence = [(often, "neutral"), (rarely, "neutral")]
        for label, (one, two) in (
            ("with a supportive less with a resistant manager", by_stance),
            (f"with {PRESENCE[often]} less with {PRESENCE[rarely]}", by_presence),
        ):
            found.append((f"{other} less {FIRST}, {label}", _difference_of(result, other, one, two)))
    return Group("Does the difference of placements depend on them, points of true practice", lines(*found))


def _difference_of(
    result: Result, other: str, one: tuple[int, str], two: tuple[int, str]
) -> Comparison | None:
    outcome = at_end(result)
    first, second = (
        result.outcome(outcome, name(other, *place)) - result.outcome(outcome, name(FIRST, *place))
        for place in (one, two)
    )
    names = [f"{name(other, *place)} - {name(FIRST, *place)}" for place in (one, two)]
    return judged(first - second, outcome, *names)


def _gains(result: Result) -> Group:
    """Return each cell's gain over no programme."""
    found = [
        (f"{placement}, {PRESENCE[weeks]}, {stance} manager", cell(result, placement, weeks, stance))
        for placement, weeks, stance in product(PLACEMENTS, PRESENCE, STANCES)
    ]
    return Group("Gain over no programme, points of true practice", lines(*found), detail=True)


def _reviewed(result: Result) -> Group:
    """Return each placement less the first as reviewers see it."""
    outcome = at_end(result, "gain")
    found = [
        (
            f"{other} less {FIRST}, {PRESENCE[weeks]}, {stance} manager",
            compare(result, outcome, name(other, weeks, stance), against=name(FIRST, weeks, stance)),
        )
        for other, weeks, stance in product(_others(), PRESENCE, STANCES)
    ]
    return Group("Placement less internal, points of the reviewed total", lines(*found), detail=True)


def _sentences(result: Result, groups: list[Group]) -> list[str]:
    *placements, presence, depends, gains, _ = groups
    compared = [line.comparison for group in placements for line in group.lines]
    month = when(result, at_end(result))
    said = [
        f"Whether another placement than {FIRST} does better, by presence and stance: {counted(compared)}."
    ]
    for other in _others():
        own = [c for c in compared if c.scenario.startswith(f"{other}-")]
        said.append(
            f"{'An' if other[0] in 'aeiou' else 'A'} {other} facilitator in place of an {FIRST} one changes true "
            f"practice at {month} by {span(own)}, by presence and stance."
        )
    said.append(
        f"{PRESENCE[min(PRESENCE)].capitalize()} in place of {PRESENCE[max(PRESENCE)]} change it by "
        f"{span([line.comparison for line in presence.lines])}, by placement and stance."
    )
    said.append(
        "Whether the difference of placements depends on the manager's stance or on presence: "
        f"{counted([line.comparison for line in depends.lines])}."
    )
    said.append(f"Over no programme the gain is {span([line.comparison for line in gains.lines])}.")
    return [*said, how_sure(result)]
