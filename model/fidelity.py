"""The fidelity scale: 39 items by number and short label, four subscales, three bands. Never its criteria."""

import tomllib
from functools import cache
from importlib import resources
from typing import Final, NamedTuple

SUBSCALES: Final = ("access", "content", "staffing", "timing")
SUBSCALE_TITLES: Final = (
    "Referrals and access",
    "Content and delivery of care",
    "Staffing and team procedures",
    "Location and timing of help",
)
DECIDED_BY: Final = ("team", "shared", "trust")
ITEMS: Final = 39
AREAS: Final = 4
LOWEST_SCORE: Final = 1.0  #: of an item
MIDDLE_SCORE: Final = 3.0
HIGHEST_SCORE: Final = 5.0
MOST_ROOM: Final = HIGHEST_SCORE - LOWEST_SCORE  #: points between an item's lowest and highest score
LOWEST_TOTAL: Final = 39
HIGHEST_TOTAL: Final = 195
MODERATE_FROM: Final = 117
HIGH_FROM: Final = 156
HOME_SUPPORT: Final = 39  #: the item on which 72 of 75 teams scored 5


class Item(NamedTuple):
    """One item: number 1-39, our label, area (subscale 0-3), who decides (0 team, 1 shared, 2 trust), interface."""

    number: int
    label: str
    area: int
    decided_by: int
    interface: bool


@cache
def items() -> tuple[Item, ...]:
    """Return the 39 items in order."""
    text = resources.files("model").joinpath("data/items.toml").read_text(encoding="utf-8")
    return tuple(
        Item(
            entry["number"],
            entry["label"],
            SUBSCALES.index(entry["subscale"]),
            DECIDED_BY.index(entry["control"]),
            entry["interface"],
        )
        for entry in tomllib.loads(text)["item"]
    )


def band(total: float) -> str:
    """Return the band of a total: low below 117, moderate below 156, high from there."""
    if total < MODERATE_FROM:
        return "low"
    return "moderate" if total < HIGH_FROM else "high"
