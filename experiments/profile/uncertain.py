"""A team of which some circumstances are known as a range alone: each draw takes values of its own."""

import zlib
from collections.abc import Mapping
from typing import Annotated, Any

import numpy as np
from pydantic import Field

from model.noise import block_of
from model.sites import Site

Knots = Annotated[tuple[float, ...], Field(strict=False)]
#: The key of the tape that tells a draw's values of what is unknown; the model itself has no stream 0.
LUCK, STREAM = 0, 0


class UncertainSite(Site):
    """A site with ranges: ``(field, knots)``, where knots are quantiles at equal steps from 0 to 1.

    Between two knots all values are equally likely, so two knots are a uniform range. A draw's values depend on its
    number and the team's alone: they are the same in every scenario and replicate, and in a longer sample.
    """

    ranges: Annotated[tuple[Annotated[tuple[str, Knots], Field(strict=False)], ...], Field(strict=False)]

    def drawn(self, draw: int) -> Site:
        """Return the site as the draw of that number has it."""
        known = {name: getattr(self, name) for name in Site.model_fields}
        return Site(**{**known, **{name: self._value(name, knots, draw) for name, knots in self.ranges}})

    def _value(self, name: str, knots: tuple[float, ...], draw: int) -> float | int:
        point = block_of(LUCK, STREAM, 0, self.number, zlib.crc32(name.encode()), draw)[0]
        value = float(np.interp(point, np.linspace(0.0, 1.0, len(knots)), knots))
        return int(value + 0.5) if Site.model_fields[name].annotation is int else value


def restored(table: Mapping[str, Any]) -> Site:
    """Return the site that a manifest holds, with its ranges if it has any."""
    return (UncertainSite if "ranges" in table else Site).model_validate(table)
