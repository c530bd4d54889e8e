"""Patterns of time, turnover and strain (2, 3, 14, 17)."""

from typing import Any

from experiments.validation.building import (
    AWARENESS,
    LATENT,
    REVIEWED,
    STAFF_HOURS,
    arm,
    at_month,
    difference,
    interaction,
    outcome,
)
from experiments.validation.declarations import Contrast, Expected, Figure, Pattern, Ratio, Vanishes

#: The span from a typical team to the top of what was coded as very busy is about a fifth.
BUSIER = {"times": {"busyness": 1.2}}
CALMER = {"times": {"busyness": 0.85}}
DIRECTION = "The passage names a direction and no size, so any effect in that direction counts."


# -- Pattern 2: pressure takes hours, and so gain.
_PRESSURE_ARMS = {"busier": arm(context=BUSIER), "as they are": arm()}
_PRESSURE_SHARED: dict[str, Any] = {
    "number": 2,
    "mechanisms": ("M1",),
    "passage": "A lack of time to engage with the CORE SIP was the most frequently cited process barrier",
    "source": "paper, on all teams",
    "compared": "demand a fifth higher against as it is, core programme, all teams",
    "arms": _PRESSURE_ARMS,
    # Demand acts through pressure alone: on time (M1) and on strain, and so on willingness (M20).
    "vanishes": Vanishes(("M1", "M20")),
}
PRESSURE: tuple[Pattern, ...] = (
    Pattern(
        id="pressure-hours",
        title="More pressure, fewer staff hours for the programme",
        kind="implied",
        statement="staff put fewer hours in when demand is a fifth higher",
        effect=difference(STAFF_HOURS, "busier", "as they are"),
        expected=Expected(DIRECTION, below=0.0),
        figures=(
            Figure("staff hours as they are", Contrast(STAFF_HOURS, {"as they are": 1.0})),
            Figure(
                "pressure at month 12",
                difference(at_month("pressure", 12, "ratio"), "busier", "as they are"),
            ),
        ),
        **_PRESSURE_SHARED,
    ),
    Pattern(
        id="pressure-gain",
        title="More pressure, smaller gain",
        kind="implied",
        statement="the gain at 12 months is smaller when demand is a fifth higher",
        effect=difference(LATENT, "busier", "as they are"),
        expected=Expected(DIRECTION, below=0.0),
        figures=(Figure("in reviewed points", difference(REVIEWED, "busier", "as they are")),),
        **_PRESSURE_SHARED,
    ),
)


# -- Pattern 3: replacement of staff, awareness, gain, and induction.
_TURNOVER_TWICE, _TURNOVER_INDUCTED = {"times": {"turnover": 2.0}}, {"share": 1.0}
_TURNOVER_HIGH, _TURNOVER_USUAL = "twice the turnover", "as they are"
_TURNOVER_ARMS = {_TURNOVER_HIGH: arm(context=_TURNOVER_TWICE), _TURNOVER_USUAL: arm()}
_TURNOVER_WITH_INDUCTION = {
    "twice the turnover, inducted": arm(context=_TURNOVER_TWICE, onboarding=_TURNOVER_INDUCTED),
    "as they are, inducted": arm(onboarding=_TURNOVER_INDUCTED),
}
_TURNOVER_REPLACED = outcome("staff_replaced_12m", "share")
_TURNOVER_SAVED = (
    ("twice the turnover, inducted", "as they are, inducted"),
    (_TURNOVER_HIGH, _TURNOVER_USUAL),
)
_TURNOVER_SHARED: dict[str, Any] = {
    "number": 3,
    "mechanisms": ("M3",),
    "source": "paper, staff engagement; Staff CRT 2",
}
_TURNOVER_GONE = "a high rate of staff turnover making it difficult for SIP knowledge to be maintained"
TURNOVER: tuple[Pattern, ...] = (
    Pattern(
        id="turnover-awareness",
        title="More replacement of staff, less awareness",
        kind="implied",
        statement="staff's awareness at 12 months is lower with twice the turnover",
        passage=_TURNOVER_GONE,
        compared="twice the leaving rate (managers too) against as it is, core programme, all teams",
        arms=_TURNOVER_ARMS,
        effect=difference(AWARENESS, _TURNOVER_HIGH, _TURNOVER_USUAL),
        expected=Expected(DIRECTION, below=0.0),
        vanishes=Vanishes(
            # Managers leave with the staff: their hours spread awareness.
            ("M3", "M4"),
            within=0.02,
            left="Posts still stand empty for some weeks, which bears on pressure, attendance and talk.",
        ),
        figures=(
            Figure(
                "share of staff replaced", difference(_TURNOVER_REPLACED, _TURNOVER_HIGH, _TURNOVER_USUAL)
            ),
            Figure(
                "slope: awareness by share replaced",
                Ratio(
                    difference(AWARENESS, _TURNOVER_HIGH, _TURNOVER_USUAL),
                    difference(_TURNOVER_REPLACED, _TURNOVER_HIGH, _TURNOVER_USUAL),
                    "share per share",
                ),
            ),
        ),
        **_TURNOVER_SHARED,
    ),
    Pattern(
        id="turnover-gain",
        title="More replacement of staff, smaller gain",
        # Could fail: newcomers of middling openness also take the place of cynics, and sceptical managers leave.
        kind="emergent",
        statement="the gain at 12 months is smaller with twice the turnover",
        passage="and thus actions were not taken",
        compared="twice the leaving rate (managers too) against as it is, core programme, all teams",
        arms=_TURNOVER_ARMS,
        effect=difference(LATENT, _TURNOVER_HIGH, _TURNOVER_USUAL),
        expected=Expected(DIRECTION, below=0.0),
        figures=(
            Figure("in reviewed points", difference(REVIEWED, _TURNOVER_HIGH, _TURNOVER_USUAL)),
            Figure(
                "slope: points by share replaced",
                Ratio(
                    difference(LATENT, _TURNOVER_HIGH, _TURNOVER_USUAL),
                    difference(_TURNOVER_REPLACED, _TURNOVER_HIGH, _TURNOVER_USUAL),
                    "points per share",
                ),
            ),
        ),
        **_TURNOVER_SHARED,
    ),
    Pattern(
        id="turnover-induction",
        title="Induction of newcomers softens the loss of gain",
        # Could fail: induction helps teams of usual turnover too, and awareness need not become gain.
        kind="emergent",
        statement="twice the turnover costs less gain where newcomers are inducted",
        passage="newer staff were unaware of the SIP as they had not been employed when training",
        compared="the loss by twice the turnover with induction of all newcomers, less that without",
        arms=_TURNOVER_ARMS | _TURNOVER_WITH_INDUCTION,
        effect=interaction(LATENT, *_TURNOVER_SAVED),
        expected=Expected(DIRECTION, above=0.0),
        figures=(
            Figure("the same for awareness", interaction(AWARENESS, *_TURNOVER_SAVED)),
            Figure(
                "slope of awareness with induction",
                Ratio(
                    difference(AWARENESS, *_TURNOVER_SAVED[0]),
                    difference(_TURNOVER_REPLACED, *_TURNOVER_SAVED[0]),
                    "share per share",
                ),
            ),
        ),
        **_TURNOVER_SHARED,
    ),
)


# -- Pattern 14: strain with and without the programme.
_STRAIN_ARMS = {"with the SIP": arm(), "without": arm("no-sip")}
_STRAIN_BY_MONTH = tuple(
    Figure(f"month {month}", difference(at_month("strain", month, "share"), "with the SIP", "without"))
    for month in (1, 3, 6, 9, 12)
)
STRAIN: tuple[Pattern, ...] = (
    Pattern(
        id="strain",
        number=14,
        title="Less strain with the programme at 12 months",
        # Could fail: improvement work strains and takes time from care; purpose and progress relieve.
        kind="emergent",
        statement="staff's strain at month 12 is lower with the programme than without",
        mechanisms=("M20", "M2"),
        passage="better staff psychological health",
        source="paper, discussion, on the trial's result",
        compared="core programme against none, all teams",
        arms=_STRAIN_ARMS,
        effect=difference(outcome("strain_12m", "share"), "with the SIP", "without"),
        expected=Expected("Of the trial only the direction is known.", below=0.0),
        figures=_STRAIN_BY_MONTH,
        note="The trial measured psychological health with instruments of its own; strain is not on their scale.",
    ),
)


# -- Pattern 17: flexible against rigid programmes in busy and in calm teams.
_FLEXIBILITY_FLEXIBLE, _FLEXIBILITY_RIGID = {"flexibility": 1.0}, {"flexibility": 0.0}
_FLEXIBILITY_ARMS = {
    "flexible, busy": arm(context=BUSIER, plan=_FLEXIBILITY_FLEXIBLE),
    "rigid, busy": arm(context=BUSIER, plan=_FLEXIBILITY_RIGID),
    "flexible, calm": arm(context=CALMER, plan=_FLEXIBILITY_FLEXIBLE),
    "rigid, calm": arm(context=CALMER, plan=_FLEXIBILITY_RIGID),
}
_FLEXIBILITY_BUSY, _FLEXIBILITY_CALM = ("flexible, busy", "rigid, busy"), ("flexible, calm", "rigid, calm")
_FLEXIBILITY_SHARED: dict[str, Any] = {
    "number": 17,
    # Could fail: re-planning costs hours, and dates that stand are kept.
    "kind": "emergent",
    "mechanisms": ("M24", "M1"),
    "passage": "Flexibility (from all stakeholders) was key to enable service improvement actions to be manageable",
    "source": "paper, abstract: in 'time- and resource-poor teams'",
}
FLEXIBILITY: tuple[Pattern, ...] = (
    Pattern(
        id="flexible-busy",
        title="Flexibility helps busy teams",
        statement="busy teams gain more in a wholly flexible programme than in a rigid one",
        compared="flexibility 1 against 0 with demand a fifth higher, all teams",
        arms={name: _FLEXIBILITY_ARMS[name] for name in _FLEXIBILITY_BUSY},
        effect=difference(LATENT, *_FLEXIBILITY_BUSY),
        expected=Expected(DIRECTION, above=0.0),
        figures=(Figure("in reviewed points", difference(REVIEWED, *_FLEXIBILITY_BUSY)),),
        **_FLEXIBILITY_SHARED,
    ),
    Pattern(
        id="flexible-busy-calm",
        title="Flexibility helps busy teams more than calm ones",
        statement="flexibility adds more in busy teams than in calm ones",
        compared="flexibility 1 against 0 at demand x 1.2, less the same at demand x 0.85, all teams",
        arms=_FLEXIBILITY_ARMS,
        effect=interaction(LATENT, _FLEXIBILITY_BUSY, _FLEXIBILITY_CALM),
        expected=Expected(DIRECTION, above=0.0),
        figures=(Figure("flexible less rigid in calm teams", difference(LATENT, *_FLEXIBILITY_CALM)),),
        **_FLEXIBILITY_SHARED,
    ),
)
