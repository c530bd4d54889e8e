"""Teams of the trial's kind: eligible ones of the population, of which nothing else is known.

The baseline as reviewed and the number of posts are drawn as the national surveys have them. A circumstance that the
coding key codes takes the range of teams of which the text says nothing (its code *unknown*); the rest is as with the
six teams, or left to the parameters. Who shares a trust shares its leaders' support, who shares a facilitator its
placement.
"""

from functools import cache
from typing import Any

import numpy as np

from calibration.records import UNKNOWN, coding_key
from calibration.sites import PLACEMENT_CODES
from model.fidelity import HIGH_FROM
from model.parameters import Parameters
from model.rules.facilitation import drawn_placement
from model.sites import MOST_POSTS, Network, Site

LEAST_BASELINE, MOST_BASELINE = 73, HIGH_FROM  #: the least of 75 teams (lamb2020); above was not eligible
LEAST_POSTS, MEDIAN_POSTS = 3, 21  #: of a team, in the national survey
POSTS_LOG_SD = 0.5  #: assumed: a third of teams lie outside 13 to 35 posts
LEFT_OPEN = ("visit_interval", "facilitator_doing", "manager_doing")  #: told by records, or set by parameters
FIRST_NUMBER = 10_000  #: of teams and networks drawn; the six real ones and users' own have others


@cache
def population_ranges() -> dict[str, tuple[float, float]]:
    """Return the range of each circumstance of a team of which nothing is said, by field of a site."""
    found: dict[str, tuple[float, float]] = {}
    for field in coding_key().field.values():
        found |= field.code[UNKNOWN].intervals
    return {name: found[name] for name in found if name not in LEFT_OPEN}


def population_team(number: int, address: tuple[int, ...]) -> Site:
    """Draw a team; equal addresses give equal teams."""
    luck = np.random.default_rng([*address, number])
    ranges = population_ranges()
    drawn: dict[str, Any] = {name: low + luck.random() * (high - low) for name, (low, high) in ranges.items()}
    return Site(
        name=f"trial team {number + 1}",
        number=FIRST_NUMBER + number,
        baseline_total=_baseline(luck.random()),
        posts=_posts(luck.random()),
        **drawn,
    )


def population_network(number: int, members: tuple[int, ...], address: tuple[int, ...]) -> Network:
    """Draw a network: teams of one trust that one facilitator serves."""
    first, *others = (population_team(member, address) for member in members)
    placement = _placement(np.random.default_rng([*address, FIRST_NUMBER, number]).random())
    shared = {"trust_support": first.trust_support, "facilitator_placement": placement}
    sites = tuple(site.model_copy(update=shared) for site in (first, *others))
    return Network(sites=sites, number=FIRST_NUMBER + number)


def _baseline(chance: float) -> int:
    mean, sd = Parameters().population_mean, Parameters().population_sd
    return round(mean + sd * _normal(chance, (LEAST_BASELINE - mean) / sd, (MOST_BASELINE - mean) / sd))


def _posts(chance: float) -> int:
    low, high = (float(np.log(posts / MEDIAN_POSTS)) / POSTS_LOG_SD for posts in (LEAST_POSTS, MOST_POSTS))
    return round(MEDIAN_POSTS * float(np.exp(POSTS_LOG_SD * _normal(chance, low, high))))


def _normal(chance: float, low: float, high: float) -> float:
    """Return the quantile of a standard normal between two ends."""
    from scipy.special import ndtr, ndtri

    return float(ndtri(ndtr(low) + chance * (ndtr(high) - ndtr(low))))


def _placement(chance: float) -> str:
    code = drawn_placement(Parameters(), chance)
    return next(name for name, number in PLACEMENT_CODES.items() if number == code)
