"""How a profile is read, field by field."""

import tomllib
from pathlib import Path
from typing import Any

from experiments.profile.population import population
from experiments.profile.questions import QUESTIONS
from experiments.profile.uncertain import UncertainSite
from model.sites import Site

KNOWN = "known"
RANGE = "a range: drawn within it"
OPEN = "not known: drawn as among ordinary teams"
TYPICAL = "not given: the typical team's"
AS_TYPICAL = "the typical team's: given so, or not given"
ASKED = [question.name for question in QUESTIONS]
#: What places a team among others and says nothing of it.
PLACE = ("number", "trust", "facilitator", "delivered", "ranges")


def told(site: Site, file: Path) -> list[dict[str, Any]]:
    """Return for each field that a profile asks for or gives its value and what kind of value it is."""
    given = tomllib.loads(file.read_text(encoding="utf-8"))
    found = [_row(site, name) for name in dict.fromkeys([*ASKED, *given])]
    for row in found:
        if "drawn" not in row["kind"]:
            row["kind"] = KNOWN if row["field"] in given else TYPICAL
    return found


def of_site(site: Site) -> list[dict[str, Any]]:
    """Return the same without the file: a value that is the typical team's may have been given or not."""
    said = [name for name in Site.model_fields if name not in PLACE and getattr(site, name) != _typical(name)]
    return [_row(site, name) for name in dict.fromkeys([*ASKED, *said])]


def _typical(name: str) -> Any:
    return Site.model_fields[name].default


def _row(site: Site, name: str) -> dict[str, Any]:
    knots = dict(site.ranges).get(name) if isinstance(site, UncertainSite) else None
    if knots is not None:
        kind = OPEN if knots == population()[name][0] else RANGE
        return {"field": name, "value": [knots[0], knots[-1]], "kind": kind}
    kind = AS_TYPICAL if getattr(site, name) == _typical(name) else KNOWN
    return {"field": name, "value": site.model_dump(mode="json")[name], "kind": kind}
