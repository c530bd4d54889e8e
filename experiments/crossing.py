"""Crossing into a band of the fidelity scale: from a baseline below its least total to a review in it at the end."""

from typing import NamedTuple

from model.fidelity import HIGH_FROM, MODERATE_FROM
from model.outcomes import Outcome


class Crossing(NamedTuple):
    """A threshold of the scale: its least total, and the outcome that says whether a run ends in its band."""

    threshold: int
    band: str

    @property
    def outcome(self) -> Outcome:
        """Return the outcome as those of a run are told."""
        meaning = (
            f"a team that began below {self.threshold} is reviewed at {self.threshold} or more at the end"
        )
        return Outcome(f"p_crossing_{self.threshold}", "share", meaning)


CROSSINGS = {
    crossing.outcome.name: crossing
    for crossing in (Crossing(MODERATE_FROM, "moderate_end"), Crossing(HIGH_FROM, "high_end"))
}
