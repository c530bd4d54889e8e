"""All patterns the model is asked about, and what of them is not tested here."""

import hashlib
from collections.abc import Iterable
from functools import cache

from experiments.errors import InputError, did_you_mean
from experiments.validation import of_people, of_programme, of_teams, of_workforce
from experiments.validation.declarations import NotTested, Pattern, text_of

NOT_TESTED: tuple[NotTested, ...] = (
    NotTested(
        8,
        "Selection of team 3 for its large change, as a rival explanation",
        "The model holds no trial from which teams are chosen; a bound is shown (one of 15 such teams).",
    ),
    NotTested(
        10,
        "Online resources alone, for staff who use them without a plan",
        "In the model they add to planned work; staff who read them on their own are not represented.",
    ),
    NotTested(
        12,
        "Strictly equal hours",
        "Staff answer to progress with more or fewer hours; the difference in hours is shown beside the gain.",
    ),
    NotTested(
        14,
        "The size of the trial's effect on staff's psychological health",
        "It was measured on other scales, and only its direction is known here.",
    ),
    NotTested(
        16,
        "The same hours given to manager, facilitator and groups",
        "Whose hours they are decides how many there are; shares within each one's own time are changed.",
    ),
)


@cache
def patterns() -> tuple[Pattern, ...]:
    """Return the declared patterns, by number."""
    made = (
        of_workforce.PRESSURE,
        of_workforce.TURNOVER,
        of_programme.SCOPING,
        of_people.MANAGER,
        of_people.PRESENCE,
        of_people.DOING,
        of_teams.SPILL_OVER,
        of_teams.CIRCUMSTANCES,
        of_programme.ONLINE,
        of_programme.IMPOSED,
        of_programme.ACTIONS,
        of_programme.LEADERS,
        of_workforce.STRAIN,
        of_teams.NO_PROGRAMME,
        of_people.WORKERS,
        of_workforce.FLEXIBILITY,
    )
    return tuple(pattern for group in made for pattern in group)


def chosen(ids: Iterable[str]) -> tuple[Pattern, ...]:
    """Return the patterns named; all where none is named.

    Raises
    ------
    InputError
        If there is no such pattern.
    """
    wanted = list(ids)
    known = {pattern.id: pattern for pattern in patterns()}
    for name in wanted:
        if name not in known:
            hint = did_you_mean(name, known) or f" There are {', '.join(known)}."
            raise InputError(f"--pattern {name}: there is no such pattern.{hint}")
    return tuple(pattern for pattern in patterns() if not wanted or pattern.id in wanted)


def declarations_hash() -> str:
    """Return a hash of all that is declared, so that a page can be known to be stale."""
    lines = [text_of(pattern) for pattern in patterns()] + [repr(entry) for entry in NOT_TESTED]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]
