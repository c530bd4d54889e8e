"""How components, parameters and outputs stand to frameworks of implementation science, from one file."""

import tomllib
from collections import Counter
from collections.abc import Mapping
from functools import cache
from typing import Any

from experiments.tables import DOCS, code, component_types, table
from model.mechanisms import MECHANISMS
from model.parameters import declared

FILE = DOCS / "data" / "frameworks.toml"


@cache
def mapping() -> Mapping[str, Any]:
    """Return the file as it stands: ``framework``, ``component``, ``mechanism`` and ``outcome`` by name."""
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def page() -> str:
    """Return the whole of ``docs/frameworks.md``."""
    return PAGE.format(
        frameworks=_frameworks(),
        components=_components(),
        mechanisms=_mechanisms(),
        elsewhere=_elsewhere(),
        outcomes=_outcomes(),
        untouched=_untouched(),
    )


def _frameworks() -> str:
    rows = ((f["title"], f["about"], code(f["source"])) for f in mapping()["framework"].values())
    return table(("framework", "what of it is used", "source"), rows)


def _places(entry: Mapping[str, Any]) -> tuple[str, ...]:
    return "; ".join(entry["cfir"]), entry["iparihs"], ", ".join(entry["epis"])


def _components() -> str:
    header = ("component", "actor", "dose", "ERIC", "CFIR 2.0", "i-PARIHS", "EPIS")
    rows = []
    for name, kind in component_types().items():
        entry = mapping()["component"][name]
        told = (kind.strategy.actor, kind.strategy.dose, "; ".join(entry["eric"]))
        rows.append((code(name), *told, *_places(entry)))
    return table(header, rows)


def _mechanisms() -> str:
    header = ("mechanism", "domain of the paper", "CFIR 2.0", "i-PARIHS", "EPIS", "parameters")
    rows = []
    for mechanism in MECHANISMS:
        held = ", ".join(code(name) for name, entry in declared().items() if entry.mechanism == mechanism.key)
        places = _places(mapping()["mechanism"][mechanism.key])
        rows.append(
            (f"{mechanism.key} {mechanism.title}", mechanism.domain, *places, held or "none of its own")
        )
    return table(header, rows)


def _elsewhere() -> str:
    """Return the parameters that belong to no mechanism."""
    return ", ".join(code(name) for name, entry in declared().items() if not entry.mechanism)


def _outcomes() -> str:
    rows = (
        (name, ", ".join(code(outcome) for outcome in entry["names"]) or "none", entry["note"])
        for name, entry in mapping()["outcome"].items()
    )
    return table(("Proctor", "outputs", "note"), rows)


def _untouched() -> str:
    """Return how often each domain of CFIR is touched by components and mechanisms."""
    entries = [*mapping()["component"].values(), *mapping()["mechanism"].values()]
    counts = Counter(place.split(": ")[0] for entry in entries for place in entry["cfir"])
    return table(
        ("domain of CFIR 2.0", "places in the model"), ((name, str(n)) for name, n in counts.most_common())
    )


PAGE = """\
<!-- Written by `python -m experiments.documents` from `docs/data/frameworks.toml`; do not edit. -->
# Frameworks of implementation science

Where the model's parts stand in five frameworks and in the five domains of the paper. The tables come from
[one file](data/frameworks.toml), which other programs can read. The coding is ours, by the published definitions;
nobody else has checked it.

{frameworks}

## Components of a programme

With the keys of a strategy's specification; the rest of them stand in [the ODD description](odd.md).

{components}

## Mechanisms and their parameters

A parameter has the places of its mechanism.

{mechanisms}

Parameters of no mechanism (measurement and money): {elsewhere}.

## Outputs

{outcomes}

## What is hardly there

{untouched}

The outer setting enters through commissioning, other services and the network of teams alone. Policies, critical
incidents and pressure from outside are shocks to leaders' support without a name. What service users experience is not
simulated, and of Proctor's outcomes *appropriateness* has no counterpart.
"""
