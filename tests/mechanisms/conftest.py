"""Parameters and a site where every mechanism has something to do."""

import pytest

from model.fidelity import items
from model.parameters import Parameters, declared
from model.sites import Site


@pytest.fixture
def lively() -> Parameters:
    """Return parameters at which no mechanism is absent, however the defaults are tuned."""
    middle = {
        name: 0.5 * (entry.prior.low + entry.prior.high)
        for name, entry in declared().items()
        if entry.prior is not None
    }
    return Parameters()._replace(**middle)


@pytest.fixture
def busy_site() -> Site:
    """Return a team in which much happens: people leave, the manager is against it, half are in groups."""
    met_with_others = [item.number for item in items() if item.interface]
    return Site(
        posts=10,
        vacancy=0.0,  # every newcomer follows somebody
        turnover=2.0,
        busyness=1.05,
        manager_stance=0.3,
        manager_engagement=0.7,
        trust_support=0.7,
        targets=(*met_with_others[:4], 12, 14, 31, 33),
    )
