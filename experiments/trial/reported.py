"""What was reported of the real trial, beside what the model says; and whether the fit has used it already."""

from typing import NamedTuple

NOT_FITTED = (
    "No. The calibration used the reviewed 12-month totals of six of the 15 intervention teams, chosen for their "
    "variation; this statement is about all 25 teams. So it is no independent check of the level of the gains."
)


class Reported(NamedTuple):
    """A statement about the real trial: what it says, its source (a key of ``docs/references.bib``), use in the fit."""

    key: str
    statement: str
    source: str
    used: str = NOT_FITTED


REPORTED = (
    Reported("rose", "Fidelity rose in most intervention teams.", "lloydevans2020"),
    Reported(
        "higher",
        "Fidelity was significantly higher in intervention than in control teams at follow-up.",
        "lloydevans2020",
    ),
    Reported("not_all", "Some intervention teams did not rise.", "paper"),
)
