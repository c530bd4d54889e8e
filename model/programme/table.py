"""The plan's weekly table: a row a programme week, and the columns that components write and the week's rules read."""

from enum import IntEnum

WEEKS_A_MONTH = 52.0 / 12.0


class Column(IntEnum):
    """Columns of the weekly table."""

    FACILITATOR_HOURS = 0
    VISIT_INTERVAL = 1
    DOING = 2
    ESCALATING = 3
    INDUCTING = 4
    PROTECTED = 5  #: hours a person
    BACKFILL = 6  #: hours a post
    ONLINE = 7
    ONBOARDING = 8
    INVOLVEMENT = 9
    RESEARCH_SUPPORT = 10
    LEADERS_BOOST = 11
    AT_ONCE = 12
    FLEXIBILITY = 13


def weeks_of(months: float) -> int:
    """Return the number of whole weeks in some months (a month is 52/12 weeks)."""
    return int(months * WEEKS_A_MONTH + 0.5)
