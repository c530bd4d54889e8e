"""Between what values ordinary teams lie, for what a user does not know of the team at hand."""

from functools import cache

from calibration.population import population_ranges

Knots = tuple[float, ...]
#: Quantiles at equal steps from 0 to 1.
SURVEY: dict[str, tuple[Knots, str]] = {
    "baseline_total": (
        (73.0, 111.0, 122.0, 132.0, 151.0),
        "75 teams before any programme: range 73 to 151, quartiles 111, 122 and 132 (Lamb et al 2020)",
    ),
    "vacancy": ((0.081, 0.257), "mental-health nursing posts, by region: 8.1% to 25.7%, a secondary report"),
}
ASSUMED: dict[str, tuple[Knots, str]] = {
    "senior_share": ((0.15, 0.45), "assumed"),
    "manager_participative": ((0.0, 1.0), "the whole scale"),
}


@cache
def population() -> dict[str, tuple[Knots, str]]:
    """Return for each field that may be unknown its quantiles among ordinary teams, and where they come from.

    Circumstances that the six teams have too get the interval which their coding key gives an unknown: what is not
    known of the user's team is as wide as what is not known of them.
    """
    found = {
        name: (interval, "as for the six teams where the paper is silent: assumed")
        for name, interval in population_ranges().items()
        if interval[0] < interval[1]
    }
    return {**SURVEY, **ASSUMED, **found}
