"""The six teams' data, and what is learned from them."""

from calibration.draws import Draws as Draws
from calibration.draws import designed as designed
from calibration.draws import posterior as posterior
from calibration.draws import prior as prior
from calibration.records import six_teams as six_teams

__all__ = ["Draws", "designed", "posterior", "prior", "six_teams"]
