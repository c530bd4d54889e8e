"""How a profile is read, field by field."""

import tomllib
from pathlib import Path
from typing import Any

from calibration.records import UNKNOWN
from experiments.profile.questions import QUESTIONS
from experiments.profile.uncertain import UncertainSite
from model.sites import Site


def told(site: Site, file: Path) -> list[dict[str, Any]]:
    """Return for each field that a profile asks for or gives its value and what kind of value it is."""
    given = tomllib.loads(file.read_text(encoding="utf-8"))
    ranges = dict(site.ranges) if isinstance(site, UncertainSite) else {}
    asked = [question.name for question in QUESTIONS]
    return [_row(site, name, given, ranges) for name in dict.fromkeys([*asked, *given])]


def _row(
    site: Site, name: str, given: dict[str, Any], ranges: dict[str, tuple[float, ...]]
) -> dict[str, Any]:
    if name in ranges:
        knots = ranges[name]
        kind = (
            "not known: drawn as among ordinary teams"
            if given[name] == UNKNOWN
            else "a range: drawn within it"
        )
        return {"field": name, "value": [knots[0], knots[-1]], "kind": kind}
    value = site.model_dump(mode="json")[name]
    return {
        "field": name,
        "value": value,
        "kind": "known" if name in given else "not given: the typical team's",
    }
