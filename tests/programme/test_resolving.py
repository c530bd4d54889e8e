"""Teams resolved together have the plans they would have alone, whatever lays on their tables."""

import numpy as np
import pytest

from calibration import prior
from model import Programme, Site, presets
from model.programme.components import Component
from model.programme.plan import Column, resolve, resolve_all

SITES = [site for draw in range(3) for site in prior(3).sites(draw)[:3]]
INCLINATIONS = np.linspace(0.1, 0.9, len(SITES)).tolist()
CORE = dict(presets.programme("core-12"))


class Halving(Component):
    """Halves what facilitators do of the work themselves, in the first half of the programme."""

    def lay(self, rows: np.ndarray) -> None:
        rows[: len(rows) // 2, Column.DOING] *= 0.5


class WithHalving(Programme):
    halving: Halving | None = None


@pytest.mark.parametrize("name", presets.names())
def test_teams_resolved_together_are_as_each_alone(name: str) -> None:
    programme = presets.programme(name)
    for plan, site, inclination in zip(
        resolve_all(programme, SITES, INCLINATIONS, 2), SITES, INCLINATIONS, strict=True
    ):
        alone = resolve(programme, site, inclination, 2)
        assert np.array_equal(plan.rows, alone.rows)
        assert plan[1:] == alone[1:]


def test_each_team_keeps_what_is_its_own() -> None:
    programme = presets.programme("internal-12")
    assert programme.facilitation is not None and programme.involvement is None
    for plan, site, inclination in zip(
        resolve_all(programme, SITES, INCLINATIONS, 2), SITES, INCLINATIONS, strict=True
    ):
        doing = inclination if site.facilitator_doing is None else site.facilitator_doing
        assert (plan.rows[:, Column.DOING] == doing).all()
        assert (plan.rows[:, Column.INVOLVEMENT] == site.service_user_involvement).all()


def test_a_component_of_ones_own_finds_what_stands_in_each_teams_table() -> None:
    sites = [Site(facilitator_doing=share) for share in (0.2, 0.6, 1.0)]
    plans = resolve_all(WithHalving(**CORE, halving=Halving()), sites, [0.0] * 3, 2)
    for plan, share in zip(plans, (0.2, 0.6, 1.0), strict=True):
        assert (plan.rows[:26, Column.DOING] == 0.5 * share).all()
        assert (plan.rows[26:, Column.DOING] == share).all()


def test_a_site_without_a_record_is_named() -> None:
    with pytest.raises(ValueError, match="no record of what was delivered at 'elsewhere'"):
        resolve_all(presets.programme("core-12-recorded"), [SITES[0], Site(name="elsewhere")], [0.5] * 2, 2)
