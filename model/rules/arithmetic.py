"""Arithmetic that Python and the compiled engine do alike, to the last bit.

Rules use ``+ - * /`` with a literal or a value that cannot be zero, comparisons, ``min``, ``max``, ``abs``
and the functions below; only this file calls ``math``, and the exponential of our own (``model.exponential``), a call
of which Python too has compiled. ``rule`` marks a function as part of the rule book:
plain Python when Mesa calls it, compiled when the engine does.
"""

import math

from model.compiling import rule
from model.exponential import exponential

WEEKS_A_YEAR = 52.0


@rule
def clamp(value: float, low: float, high: float) -> float:
    """Keep a value within ``low`` and ``high``."""
    if value < low:
        return low
    return high if value > high else value


@rule
def ratio(part: float, whole: float) -> float:
    """Divide, and give 0 where there is nothing to divide by."""
    if whole == 0.0:
        return 0.0
    return part / whole


@rule
def growth(exponent: float) -> float:
    """Raise e to an exponent, kept within -50 and 50 so that nothing overflows."""
    return exponential(exponent)


@rule
def logistic(score: float) -> float:
    """Turn a score on the whole line into a share: ``1 / (1 + exp(-score))``."""
    return 1.0 / (1.0 + growth(-score))


@rule
def safe_log(value: float) -> float:
    """Take the natural logarithm of a value, or of 1e-300 where the value is smaller."""
    return math.log(max(value, 1e-300))


@rule
def root(value: float) -> float:
    """Take the square root of a value, or of 0 where the value is negative."""
    return math.sqrt(max(value, 0.0))


@rule
def raised(share: float, dose: float) -> float:
    """Move a share towards 1 by a dose of at least 0: ``1 - (1 - share) * exp(-dose)``."""
    # in this form a dose of 0 leaves the share as it is, to the last bit
    return share + (1.0 - share) * (1.0 - growth(-dose))


@rule
def lowered(share: float, dose: float) -> float:
    """Move a share towards 0 by a dose of at least 0: ``share * exp(-dose)``."""
    return share * growth(-dose)


@rule
def faded(share: float, fade: float) -> float:
    """Let a share fade by the part ``fade``: ``share * (1 - fade)``."""
    return share * (1.0 - fade)


@rule
def pulled(value: float, target: float, pace: float) -> float:
    """Move a value towards a target by the share ``pace`` of the distance."""
    return value + pace * (target - value)


@rule
def weekly_chance(rate_a_year: float) -> float:
    """Turn a yearly rate into the chance of the event in one week: ``1 - exp(-rate / 52)``."""
    return 1.0 - growth(-rate_a_year / WEEKS_A_YEAR)


@rule
def rounded(value: float) -> int:
    """Round to the nearest whole number, halves upwards."""
    return int(math.floor(value + 0.5))


@rule
def normal_quantile(chance: float) -> float:
    """Turn a uniform number in (0, 1) into a standard normal one (Wichura 1988, algorithm AS 241)."""
    centred = chance - 0.5
    if abs(centred) <= 0.425:
        r = 0.180625 - centred * centred
        return centred * _central_numerator(r) / _central_denominator(r)
    tail = chance if centred < 0.0 else 1.0 - chance
    r = root(-safe_log(tail))
    if r <= 5.0:
        size = _middle_numerator(r - 1.6) / _middle_denominator(r - 1.6)
    else:
        size = _far_numerator(r - 5.0) / _far_denominator(r - 5.0)
    return -size if centred < 0.0 else size


@rule
def _central_numerator(r: float) -> float:
    high = ((2.5090809287301226727e3 * r + 3.3430575583588128105e4) * r + 6.7265770927008700853e4) * r
    middle = (((high + 4.5921953931549871457e4) * r) + 1.3731693765509461125e4) * r
    return ((middle + 1.9715909503065514427e3) * r + 1.3314166789178437745e2) * r + 3.3871328727963666080


@rule
def _central_denominator(r: float) -> float:
    high = ((5.2264952788528545610e3 * r + 2.8729085735721942674e4) * r + 3.9307895800092710610e4) * r
    middle = (((high + 2.1213794301586595867e4) * r) + 5.3941960214247511077e3) * r
    return ((middle + 6.8718700749205790830e2) * r + 4.2313330701600911252e1) * r + 1.0


@rule
def _middle_numerator(r: float) -> float:
    high = ((7.74545014278341407640e-4 * r + 2.27238449892691845833e-2) * r + 2.41780725177450611770e-1) * r
    middle = (((high + 1.27045825245236838258) * r) + 3.64784832476320460504) * r
    return ((middle + 5.76949722146069140550) * r + 4.63033784615654529590) * r + 1.42343711074968357734


@rule
def _middle_denominator(r: float) -> float:
    high = ((1.05075007164441684324e-9 * r + 5.47593808499534494600e-4) * r + 1.51986665636164571966e-2) * r
    middle = (((high + 1.48103976427480074590e-1) * r) + 6.89767334985100004550e-1) * r
    return ((middle + 1.67638483018380384940) * r + 2.05319162663775882187) * r + 1.0


@rule
def _far_numerator(r: float) -> float:
    high = ((2.01033439929228813265e-7 * r + 2.71155556874348757815e-5) * r + 1.24266094738807843860e-3) * r
    middle = (((high + 2.65321895265761230930e-2) * r) + 2.96560571828504891230e-1) * r
    return ((middle + 1.78482653991729133580) * r + 5.46378491116411436990) * r + 6.65790464350110377720


@rule
def _far_denominator(r: float) -> float:
    high = ((2.04426310338993978564e-15 * r + 1.42151175831644588870e-7) * r + 1.84631831751005468180e-5) * r
    middle = (((high + 7.86869131145613259100e-4) * r) + 1.48753612908506148525e-2) * r
    return ((middle + 1.36929880922735805310e-1) * r + 5.99832206555887937690e-1) * r + 1.0
