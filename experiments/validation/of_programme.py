"""Patterns of the programme's parts (4, 10, 11, 12, 13)."""

from typing import Any

import numpy as np

from experiments.validation.building import LATENT, REVIEWED, STAFF_HOURS, arm, difference, outcome
from experiments.validation.declarations import (
    SHARE_OF_DRAWS,
    Contrast,
    Expected,
    Figure,
    Pattern,
    Ratio,
    Shape,
    Vanishes,
)
from experiments.validation.of_workforce import DIRECTION

#: Points: a difference under this is called flat. One action's step on one of 39 items is a point; half of it is less
#: than any review could show.
FLAT = 0.5
#: Points: the usual error of a review's total hides smaller effects (``experiments.comparison.LARGE``).
SMALL = 3.0
AT_ONCE = (2, 4, 6, 11, 23)  # Table 2's counts, and two for a team that takes one or two things at a time


# -- Pattern 4: the scoping day in month 7 instead of month 1.
_SCOPING_ARMS = {"month 7": arm(scoping={"month": 7.0}), "month 1": arm()}
_SCOPING_HELD = outcome("scoping_month", "months")
SCOPING: tuple[Pattern, ...] = (
    Pattern(
        id="scoping-late",
        number=4,
        title="A scoping day in month 7 costs gain",
        kind="implied",
        statement="the gain at 12 months is smaller when the scoping day is planned for month 7, not month 1",
        mechanisms=("M10", "M14", "M9"),
        passage="this time lost within the 12-month programme reduced opportunity for progress",
        source="paper, scoping day",
        compared="scoping day planned for month 7 against month 1, core programme, all teams",
        arms=_SCOPING_ARMS,
        effect=difference(LATENT, "month 7", "month 1"),
        expected=Expected(DIRECTION, below=0.0),
        vanishes=Vanishes(
            # The day tells people of the programme (M10), makes the plan (M14), gives it owners (M9) and lets
            # service users speak (M19).
            ("M10", "M14", "M9", "M19"),
            within=0.5,
            left="The day's own hours fall in another week, and what is attended to does not drift.",
        ),
        figures=(
            Figure("month in which it was held, planned for 7", Contrast(_SCOPING_HELD, {"month 7": 1.0})),
            Figure("month in which it was held, planned for 1", Contrast(_SCOPING_HELD, {"month 1": 1.0})),
            Figure("in reviewed points", difference(REVIEWED, "month 7", "month 1")),
        ),
    ),
)


# -- Pattern 10: online resources, small mainly through low uptake.
_ONLINE_ALONE = {
    "online alone": arm("review-only", reviews=None, online_resources={}),
    "no programme": arm("no-sip"),
    "in name only": arm("review-only", reviews=None),
}
_ONLINE_PART = {
    "all use them": arm(parameters={"online_uptake": 1.0}),
    "as used": arm(),
    "without them": arm(online_resources=None),
}
_ONLINE_SHARED: dict[str, Any] = {"number": 10, "mechanisms": ("M13",), "source": "paper, online resources"}
_ONLINE_USED = "under-used, with only a few participants reporting regular use of the website"
_ONLINE_AS_USED, _ONLINE_IF_ALL = (
    difference(LATENT, name, "without them") for name in ("as used", "all use them")
)
ONLINE: tuple[Pattern, ...] = (
    Pattern(
        id="online-alone",
        title="Online resources alone do little",
        # Could fail: a programme that runs, with nobody to tell of it, may also take the manager's hours.
        kind="emergent",
        statement="online resources and nothing else change the gain by less than 3 points",
        passage=_ONLINE_USED,
        compared="a programme of online resources alone against none, all teams",
        arms=_ONLINE_ALONE,
        effect=difference(LATENT, "online alone", "no programme"),
        expected=Expected("Under 3 points a review's error hides it.", above=-SMALL, below=SMALL),
        figures=(
            Figure("of which: a programme in name only", difference(LATENT, "in name only", "no programme")),
            Figure("of which: the resources", difference(LATENT, "online alone", "in name only")),
        ),
        note="A programme in name only runs for 12 months without any component: the manager gives it hours and tells "
        "staff of it. The resources add to planned work alone, and without a plan there is little of that.",
        **_ONLINE_SHARED,
    ),
    Pattern(
        id="online-in-core",
        title="Online resources add little to the core programme",
        # Could fail: the prior lets an hour planned with them count for more than twice.
        kind="emergent",
        statement="online resources change the core programme's gain by less than 3 points",
        passage=_ONLINE_USED,
        compared="core programme with and without online resources, all teams",
        arms={name: _ONLINE_PART[name] for name in ("as used", "without them")},
        effect=_ONLINE_AS_USED,
        expected=Expected("Under 3 points a review's error hides it.", above=-SMALL, below=SMALL),
        **_ONLINE_SHARED,
    ),
    Pattern(
        id="online-uptake",
        title="Online resources are small mainly through low uptake",
        kind="implied",
        statement="were all to use them, they would add more than twice what they add as used",
        passage="very, very helpful because you could see what other people were doing",
        compared="what they add if all plan with them, less twice what they add as used",
        arms=_ONLINE_PART,
        effect=Contrast(LATENT, {"all use them": 1.0, "as used": -2.0, "without them": 1.0}),
        # Low uptake is the main reason if more is missing through it than there is.
        expected=Expected("'Mainly' is taken for more than half of what could be added.", above=0.0),
        vanishes=Vanishes(("M13",)),
        figures=(Figure("as used", _ONLINE_AS_USED), Figure("if all used them", _ONLINE_IF_ALL)),
        **_ONLINE_SHARED | {"source": "Staff CRT 4"},
    ),
)


# -- Pattern 11: the same plan, chosen or imposed.
_IMPOSED_ARMS = {"chosen": arm(), "imposed": arm(plan={"chosen_by": "imposed"})}
IMPOSED: tuple[Pattern, ...] = (
    Pattern(
        id="chosen-plan",
        number=11,
        title="A plan chosen by staff gains more than the same plan imposed",
        kind="implied",
        statement="the gain at 12 months is larger where staff chose the plan",
        mechanisms=("M9",),
        passage="a feeling that participation has been imposed from above, hindered engagement",
        source="paper, staff engagement and buy-in",
        compared="plan chosen by the team against the same targets imposed, core programme, all teams",
        arms=_IMPOSED_ARMS,
        effect=difference(LATENT, "chosen", "imposed"),
        expected=Expected(DIRECTION, above=0.0),
        vanishes=Vanishes(
            ("M9",),
            within=0.5,
            left="An imposed plan ranks items by the score alone, so that unplanned work goes to other items.",
        ),
        figures=(
            Figure(
                "ownership at 12 months",
                difference(outcome("ownership_12m", "share"), "chosen", "imposed"),
            ),
            Figure("staff hours", difference(STAFF_HOURS, "chosen", "imposed")),
            Figure("in reviewed points", difference(REVIEWED, "chosen", "imposed")),
        ),
    ),
)


def _between(means: np.ndarray) -> np.ndarray:
    """Return by how much the best of the middle beats the better end, ``[arm, draw]`` to ``[draw]``."""
    return np.asarray(means[1:-1].max(axis=0) - np.maximum(means[0], means[-1]))


def _rising(means: np.ndarray) -> np.ndarray:
    return np.asarray((means[-1] - means[0] > FLAT) & (_between(means) <= FLAT), dtype=float)


def _falling(means: np.ndarray) -> np.ndarray:
    return np.asarray((means[0] - means[-1] > FLAT) & (_between(means) <= FLAT), dtype=float)


def _best_between(means: np.ndarray) -> np.ndarray:
    return np.asarray(_between(means) > FLAT, dtype=float)


def _flat(means: np.ndarray) -> np.ndarray:
    return np.asarray(1.0 - _rising(means) - _falling(means) - _best_between(means))


# -- Pattern 12: how many actions at once. The plan is 23 items of the team's choice and is never re-sized.
_ACTIONS_PLAN = {"actions": 23, "flexibility": 0.0}
_ACTIONS_ARMS = {str(n): arm(site={"targets": ()}, plan={**_ACTIONS_PLAN, "at_once": n}) for n in AT_ONCE}
_ACTIONS_NAMES = tuple(_ACTIONS_ARMS)
_ACTIONS_FIRST = outcome("first_finished_month", "months")
_ACTIONS_SHARED: dict[str, Any] = {
    "number": 12,
    "mechanisms": ("M14",),
    "passage": "we were introducing a lot all at once I guess",
    "source": "Facilitator CRT 3; Table 2's counts",
    "compared": "2, 4, 6, 11 or 23 actions at once of the same plan of 23 items, all teams",
    "arms": _ACTIONS_ARMS,
}
_ACTIONS_COUNTS = "Table 2: 23 items: +22; 11: +37; 6: +18, +13 and +4; 4: +19."
_ACTIONS_BY_COUNT = tuple(
    Figure(f"gain with {n} at once", Contrast(LATENT, {n: 1.0})) for n in _ACTIONS_NAMES
)
_ACTIONS_SHAPES = (
    ("rising", _rising),
    ("falling", _falling),
    ("best in between", _best_between),
    ("flat", _flat),
)
ACTIONS: tuple[Pattern, ...] = (
    Pattern(
        id="actions-gain",
        title="Many actions at once against few",
        kind="emergent",
        statement="23 actions at once gain more than 4",
        effect=difference(LATENT, "23", "4"),
        figures=(
            *_ACTIONS_BY_COUNT,
            Figure("staff hours, 23 less 4", difference(STAFF_HOURS, "23", "4")),
            *(
                Figure(
                    f"chance of the shape: {name}",
                    Shape(LATENT, _ACTIONS_NAMES, f"{name} by {FLAT:g}", SHARE_OF_DRAWS, of),
                )
                for name, of in _ACTIONS_SHAPES
            ),
        ),
        note=_ACTIONS_COUNTS,
        **_ACTIONS_SHARED,
    ),
    Pattern(
        id="actions-between",
        title="Best in between",
        kind="emergent",
        statement="the best of 4, 6 and 11 actions at once gains more than the better of 2 and 23",
        effect=Shape(LATENT, _ACTIONS_NAMES, "best between less better end", "points", _between),
        note="A best of three is flattered by noise; no noise is taken out of this one. " + _ACTIONS_COUNTS,
        **_ACTIONS_SHARED,
    ),
    Pattern(
        id="actions-first",
        title="Many actions at once, a later first result",
        kind="implied",
        statement="the first step is finished later with 23 actions at once than with 4",
        effect=difference(_ACTIONS_FIRST, "23", "4"),
        # Hours are shared equally among simultaneous actions.
        expected=Expected(DIRECTION, above=0.0),
        vanishes=Vanishes(
            ("M14",), within=0.5, left="Practice and drift still go by what is called attended to."
        ),
        figures=tuple(
            Figure(f"month with {n} at once", Contrast(_ACTIONS_FIRST, {n: 1.0})) for n in _ACTIONS_NAMES
        ),
        **_ACTIONS_SHARED,
    ),
)


# -- Pattern 13: support from leaders, split into hours and motivation.
_LEADERS_BOOST = {"boost": 0.3}
_LEADERS_ARMS = {
    "supported": arm(leadership_support=_LEADERS_BOOST),
    "as they are": arm(),
    "supported, no hours granted": arm(
        leadership_support=_LEADERS_BOOST, parameters={"backfill_granted": 0.0}
    ),
    "as they are, no hours granted": arm(parameters={"backfill_granted": 0.0}),
}
_LEADERS_WHOLE = difference(LATENT, "supported", "as they are")
_LEADERS_HEART = difference(LATENT, "supported, no hours granted", "as they are, no hours granted")
_LEADERS_HOURS = Contrast(
    LATENT, {**_LEADERS_WHOLE.weights, **{name: -weight for name, weight in _LEADERS_HEART.weights.items()}}
)
_LEADERS_SPLIT = Contrast(LATENT, {name: 2.0 * w for name, w in _LEADERS_HEART.weights.items()} | {
    name: -w for name, w in _LEADERS_WHOLE.weights.items()
})  # fmt: skip
_LEADERS_SHARED: dict[str, Any] = {
    "number": 13,
    "mechanisms": ("M5",),
    "passage": "Motivation was higher in teams who felt supported by their Trust.",
    "source": "paper, culture of support from the top",
    "arms": _LEADERS_ARMS,
}
LEADERS: tuple[Pattern, ...] = (
    Pattern(
        id="leaders-gain",
        title="Support from the trust's leaders adds gain",
        kind="implied",
        statement="the gain at 12 months is larger with visible support agreed beforehand",
        compared="visible support higher by 0.3 against as it is, core programme, all teams",
        effect=_LEADERS_WHOLE,
        expected=Expected(DIRECTION, above=0.0),
        vanishes=Vanishes(("M5",)),
        figures=(
            Figure("by motivation", _LEADERS_HEART),
            Figure("by hours granted", _LEADERS_HOURS),
            Figure("share by motivation", Ratio(_LEADERS_HEART, _LEADERS_WHOLE, "share")),
            Figure("in reviewed points", difference(REVIEWED, "supported", "as they are")),
        ),
        **_LEADERS_SHARED,
    ),
    Pattern(
        id="leaders-split",
        title="Leaders act by motivation more than by hours",
        kind="emergent",
        statement="of what leaders' support adds, more comes by motivation than by hours granted",
        compared="the part without backfill, less the rest",
        effect=_LEADERS_SPLIT,
        **_LEADERS_SHARED,
    ),
)
