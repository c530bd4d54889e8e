"""Patterns of single teams and of teams without a programme (8, 9, 15)."""

from typing import Any

import numpy as np

from experiments.validation.building import LATENT, REVIEWED, arm, at_least, difference, less, outcome
from experiments.validation.declarations import Contrast, Expected, Figure, Pattern, Ratio, Shape, Vanishes
from experiments.validation.of_workforce import DIRECTION

RECORDED = "core-12-recorded"
#: Points: a smaller gap could be the error of one review (``experiments.comparison.LARGE``).
BEYOND_ERROR = 3.0
#: Points a year: as declared for the model under its priors, before any run (``experiments.prior_checks.STILL``).
STILL = 4.0
LIKE_TEAMS = 15  # intervention teams of the trial
ERRORS = (3.0, 6.0, 9.0)  # points: the range of a review's error


def _of_many(chances: np.ndarray) -> np.ndarray:
    """Return the chance that at least one of the trial's teams would, were all like this one."""
    return np.asarray(1.0 - (1.0 - chances[0]) ** LIKE_TEAMS)


# -- Pattern 8: team 3's reviewed gain of 19 with and without spill-over, and its rivals.
_SPILL_OVER_TEAM = (3,)
_SPILL_OVER_WITH_ERROR = {f"error {sd:g}": {"review_error_sd": sd} for sd in ERRORS}
_SPILL_OVER_ARMS = {
    "with": arm(RECORDED, teams=_SPILL_OVER_TEAM),
    "without": arm(RECORDED, teams=_SPILL_OVER_TEAM, without=("M17",)),
    "listed work alone": arm(
        RECORDED, teams=_SPILL_OVER_TEAM, without=("M17",), parameters={"plan_focus": 1.0}
    ),
    **{
        f"with, {name}": arm(RECORDED, teams=_SPILL_OVER_TEAM, parameters=p)
        for name, p in _SPILL_OVER_WITH_ERROR.items()
    },
    **{
        f"without, {name}": arm(RECORDED, teams=_SPILL_OVER_TEAM, parameters=p, without=("M17",))
        for name, p in _SPILL_OVER_WITH_ERROR.items()
    },
}
_SPILL_OVER_REACHED = at_least("gain_12m", 19)
_SPILL_OVER_SHARED: dict[str, Any] = {
    "number": 8,
    "kind": "fitted",
    "mechanisms": ("M17",),
    "passage": "130 to 149 (+ 19)",
    "source": "Table 2, team 3, four items targeted",
}
_SPILL_OVER_OVER_ERROR = tuple(
    Figure(f"chance {name}", Contrast(_SPILL_OVER_REACHED, {name: 1.0}))
    for name in _SPILL_OVER_ARMS
    if "error" in name
)
_SPILL_OVER_RIVALS = (
    Figure("chance with spill-over", Contrast(_SPILL_OVER_REACHED, {"with": 1.0})),
    Figure("chance without", Contrast(_SPILL_OVER_REACHED, {"without": 1.0})),
    Figure(
        "rival, error: true gain of 19 or more, without",
        Contrast(at_least("latent_gain_12m", 19), {"without": 1.0}),
    ),
    Figure(
        "rival, unlisted work: lost if all programme work is planned work",
        difference(_SPILL_OVER_REACHED, "without", "listed work alone"),
    ),
    Figure(
        "rival, selection: one of 15 such teams, without",
        Shape(_SPILL_OVER_REACHED, ("without",), f"one of {LIKE_TEAMS}", "chance", _of_many),
    ),
    Figure("true gain by spill-over, points", difference(LATENT, "with", "without")),
)
SPILL_OVER: tuple[Pattern, ...] = (
    Pattern(
        id="spill-over",
        title="Spill-over makes a gain like team 3's likelier",
        statement="spill-over adds more than 0.05 to the chance of a reviewed gain of 19 or more",
        compared="team 3's recorded programme with and without M17, at each draw's own review error",
        arms=_SPILL_OVER_ARMS,
        effect=difference(_SPILL_OVER_REACHED, "with", "without"),
        expected=Expected("A smaller part in twenty would lend the mechanism no support.", above=0.05),
        figures=(*_SPILL_OVER_RIVALS, *_SPILL_OVER_OVER_ERROR),
        note="Selection is a bound, not a model of it: were the other teams of the trial like team 3, this is how "
        "often one of them would show such a gain, to be chosen for it.",
        **_SPILL_OVER_SHARED,
    ),
    Pattern(
        id="spill-over-needed",
        title="Without spill-over a gain like team 3's is rare",
        statement="without spill-over the chance of a reviewed gain of 19 or more is under 0.05",
        compared="team 3's recorded programme without M17, at each draw's own review error",
        arms={"without": _SPILL_OVER_ARMS["without"]},
        effect=Contrast(_SPILL_OVER_REACHED, {"without": 1.0}),
        expected=Expected("The usual level below which chance alone is called unlikely.", below=0.05),
        **_SPILL_OVER_SHARED,
    ),
)


# -- Pattern 9: teams 3's and 4's circumstances from the same baseline and plan, with the same luck.
# Midway between 130 and 138, and all that either of the two targeted.
_CIRCUMSTANCES_SAME = {"baseline_total": 134, "targets": (11, 12, 14, 16, 24, 30, 32, 36), "number": 3}
_CIRCUMSTANCES_ARMS = {
    f"team {team}'s": arm(RECORDED, teams=(team,), site=_CIRCUMSTANCES_SAME) for team in (3, 4)
}
_CIRCUMSTANCES_BREADTH = {name: arm(working_groups={"members": name}) for name in ("all-staff", "seniors")}
CIRCUMSTANCES: tuple[Pattern, ...] = (
    Pattern(
        id="teams-3-and-4",
        number=9,
        title="Team 3's circumstances gain more than team 4's",
        kind="fitted",
        statement="from the same baseline and plan, team 3's circumstances gain over 3 points more than team 4's",
        mechanisms=("M16", "M15"),
        passage="The team reported struggling to embed newly developed resources",
        source="Table 2, team 4 (+4) beside team 3 (+19)",
        compared="circumstances and delivery of team 3 against team 4, baseline 134, the same 8 targets and luck",
        arms=_CIRCUMSTANCES_ARMS,
        effect=difference(LATENT, "team 3's", "team 4's"),
        expected=Expected("A smaller gap could be the error of one review.", above=BEYOND_ERROR),
        figures=(
            Figure(
                "adoption of new structure",
                difference(outcome("adoption_12m", "share"), "team 3's", "team 4's"),
            ),
            Figure(
                "in reviewed points (data: 15, from other baselines)",
                difference(REVIEWED, "team 3's", "team 4's"),
            ),
        ),
    ),
    Pattern(
        id="breadth",
        number=9,
        title="Groups drawn from all staff gain more than a group of seniors",
        kind="implied",
        statement="the gain at 12 months is larger with groups of all staff than with seniors alone",
        mechanisms=("M16",),
        passage="A bi-monthly working group of senior staff was established in month 1.",
        source="Table 2, team 4",
        compared="working groups of all staff against seniors alone, core programme, all teams",
        arms=_CIRCUMSTANCES_BREADTH,
        effect=difference(LATENT, "all-staff", "seniors"),
        expected=Expected(DIRECTION, above=0.0),
        vanishes=Vanishes(
            ("M16",),
            within=1.0,
            left="Those in groups still go to the routine meetings, which tell and hearten.",
        ),
    ),
)


# -- Compare team 6 with and without its programme: what of +37 is the programme's.
_TEAM_6_ARMS = {
    "programme": arm(RECORDED, teams=(6,), months=24.0),
    "none": arm("no-sip", teams=(6,), months=24.0),
}
_TEAM_6_PART = difference(REVIEWED, "programme", "none")
_TEAM_6_MONTHS = (6, 12, 18, 24)
_TEAM_6: Pattern = Pattern(
    id="team-6",
    number=15,
    title="The programme's part in team 6's gain",
    kind="fitted",
    statement="more than 3 points of team 6's reviewed gain at 12 months are the programme's",
    mechanisms=("M4", "M10"),
    passage="Before the intervention the team was seen as failing, and a new, enthusiastic manager was appointed.",
    source="Table 2, team 6 (+37)",
    compared="team 6's recorded programme against none, with the new manager in both",
    arms=_TEAM_6_ARMS,
    effect=_TEAM_6_PART,
    expected=Expected("A smaller part could be the error of one review.", above=BEYOND_ERROR),
    figures=(
        Figure("reviewed gain with the programme (data: +37)", Contrast(REVIEWED, {"programme": 1.0})),
        Figure(
            "share of it that is the programme's",
            Ratio(_TEAM_6_PART, Contrast(REVIEWED, {"programme": 1.0}), "share"),
        ),
        *(
            Figure(f"no programme, reviewed, month {m}", Contrast(outcome(f"gain_{m}m"), {"none": 1.0}))
            for m in _TEAM_6_MONTHS
        ),
        *(
            Figure(
                f"no programme, true practice, month {m}",
                Contrast(outcome(f"latent_gain_{m}m"), {"none": 1.0}),
            )
            for m in _TEAM_6_MONTHS
        ),
    ),
)


# -- Show regression to the mean: what reviews show beyond true change, low baselines against high ones.
_REGRESSION_ARMS = {"low": arm("no-sip", teams=(1, 2, 6)), "moderate": arm("no-sip", teams=(3, 4, 5))}
_REGRESSION_BEYOND = less("gain_12m", "latent_gain_12m")
_REGRESSION: Pattern = Pattern(
    id="regression-to-the-mean",
    number=15,
    title="Regression to the mean",
    kind="implied",
    statement="without a programme, teams of low baseline seem to gain more than they do, against the others",
    mechanisms=("M11",),
    passage="starting points (teams with comparatively high and low model fidelity scores at baseline)",
    source="paper, sampling; a consequence of the error of reviews, not of a mechanism",
    compared="reviewed less true change in a year without a programme: teams 1, 2, 6 less teams 3, 4, 5",
    arms=_REGRESSION_ARMS,
    effect=difference(_REGRESSION_BEYOND, "low", "moderate"),
    expected=Expected(
        "Selection on an uncertain baseline gives the direction; the size is a result.", above=0.0
    ),
    vanishes=Vanishes(
        neutral={"review_error_sd": 0.0},
        within=1.0,
        left="Reviews round each item to whole points, which hides small changes.",
    ),
    figures=(
        Figure("teams 1, 2, 6", Contrast(_REGRESSION_BEYOND, {"low": 1.0})),
        Figure("teams 3, 4, 5", Contrast(_REGRESSION_BEYOND, {"moderate": 1.0})),
    ),
)


# -- Pattern 15: teams without a programme, team 6 among them, and regression to the mean.
_NO_PROGRAMME_NONE = {"no programme": arm("no-sip")}
_NO_PROGRAMME_SHARED: dict[str, Any] = {"number": 15, "mechanisms": ("M14", "M21"), "source": "Staff CRT 5"}
_NO_PROGRAMME_LAPSED = "the time would have lapsed and lapsed and lapsed"
NO_PROGRAMME: tuple[Pattern, ...] = (
    Pattern(
        id="no-sip-average",
        title="Without a programme the average team changes little",
        kind="emergent",
        statement=f"without a programme true practice changes by less than {STILL:g} points in a year",
        passage=_NO_PROGRAMME_LAPSED,
        compared="no programme, mean of the six teams",
        arms=_NO_PROGRAMME_NONE,
        effect=Contrast(LATENT, {"no programme": 1.0}),
        expected=Expected("Declared for the priors before any run.", above=-STILL, below=STILL),
        figures=(Figure("in reviewed points", Contrast(REVIEWED, {"no programme": 1.0})),),
        **_NO_PROGRAMME_SHARED,
    ),
    Pattern(
        id="no-sip-either-way",
        title="Without a programme single teams climb or fall",
        kind="emergent",
        statement="a team's reviewed total rises in between a tenth and nine tenths of the cases",
        passage="A lot of the changes you would have wanted to have brought about anyway",
        compared="no programme, single teams: whether the reviewed total is higher after 12 months",
        arms=_NO_PROGRAMME_NONE,
        effect=Contrast(at_least("gain_12m", 1), {"no programme": 1.0}),
        expected=Expected("Neither way is to be rarer than one in ten.", above=0.1, below=0.9),
        figures=(
            Figure("rises by 3 or more", Contrast(at_least("gain_12m", 3), {"no programme": 1.0})),
            Figure(
                "true practice rises by 1 or more",
                Contrast(at_least("latent_gain_12m", 1), {"no programme": 1.0}),
            ),
        ),
        **_NO_PROGRAMME_SHARED,
    ),
    _TEAM_6,
    _REGRESSION,
)
