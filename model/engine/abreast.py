"""Several abreast: how the engine's loops over people are written so that the processor does several at a time.

A loop that changes people has no branch: it goes over all posts, and ``chosen`` keeps what stood where nobody is meant.
It goes on to full eights (``abreast``); the places beyond the posts stand empty. Each such loop changes one property.
Sums stand in loops of their own, one after the other, as their order is part of the result.
"""

from model.compiling import rule
from model.engine.layout import ABREAST


@rule
def chosen(condition, one, other):
    """Return one of two values, without a branch."""
    return one if condition else other


@rule
def abreast(count):
    """Return a number of places, rounded up to full eights."""
    return (count + ABREAST - 1) // ABREAST * ABREAST


@rule
def on_duty(seats, s):
    """Say whether somebody holds a post and is at work this week, without a branch."""
    return seats.in_post[s] & seats.present[s]
