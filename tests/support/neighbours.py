"""Which name may be mistaken for which: fields of a record, members of an enumeration, constants, local names."""

import ast
from collections.abc import Iterator
from typing import Any

import numpy as np

from model.engine import layout
from model.parameters import Parameters
from model.programme.plan import Column, Kind

#: The record a name stands for, or the entries of a list of records.
RECORDS = {
    **dict.fromkeys(("now", "trust", "state", "states"), layout.STATE),
    **dict.fromkeys(("team", "teams"), layout.TEAM),
    "seats": layout.SEATS,
    "items": layout.SCALE,
}
MEMBERS = {
    "Column": list(Column.__members__),
    "Book": list(layout.Book.__members__),
    "Kind": list(Kind.__members__),
}
CONSTANTS = (
    ("NOT_STARTED", "RUNNING", "ENDED"),
    ("NOT_YET", "LOST"),
    ("SEAT_WEEK", "HIRE", "TEAM_WEEK", "EVENT_WEEK", "TRUST_WEEK", "MANAGER_HIRE", "ITEM", "REVIEW", "START"),
    ("AREA_OF", "DECIDED_BY", "INTERFACE"),
    ("HIGHEST_SCORE", "LOWEST_SCORE"),
    ("LOWEST_COMMON", "HIGHEST_COMMON"),
    ("AREAS", "ITEMS"),
)
#: Local names that count something; a record may stand for another of its kind; the rest are amounts.
COUNTERS = {*"kdtsie", "week", "network", "area", "server", "other", "place", "count"}
ALIKE = ({"now", "trust"},)
APART = {"_", "p", "luck", "team", "seats", "items", "state", "run"}


class Neighbours:
    """Finds what a node may be mistaken for."""

    def of(self, node: ast.expr, bound: set[str]) -> Iterator[tuple[str, ast.expr]]:
        """Yield kind and node of each name that may stand in the place of a node."""
        if isinstance(node, ast.Attribute):
            yield from self._attribute(node)
        elif isinstance(node, ast.Name):
            constants = next((group for group in CONSTANTS if node.id in group), ())
            if constants and isinstance(node.ctx, ast.Load):
                yield "replace: constant", _renamed(node, "id", constants)
            elif node.id in bound:
                alike = sorted(name for name in bound if self._are_alike(name, node.id))
                if len(alike) > 1:
                    yield "swap: names", _renamed(node, "id", alike)

    def bound(self, function: ast.FunctionDef) -> set[str]:
        """Return a function's local names but for arrays, records' lists and functions."""
        names = {argument.arg for argument in function.args.args}
        arrays = set()
        for node in ast.walk(function):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                names.add(node.id)
            if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name):
                arrays.add(node.value.id)
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "len":
                arrays.add(ast.unparse(node.args[0]))
        return names - arrays - APART

    def _are_alike(self, one: str, other: str) -> bool:
        for group in (*ALIKE, COUNTERS):
            if one in group or other in group:
                return one in group and other in group
        return True

    def _attribute(self, node: ast.Attribute) -> Iterator[tuple[str, ast.expr]]:
        base = _base(node.value)
        if base == "p":
            yield "replace: parameter", _renamed(node, "attr", Parameters._fields)
        elif base in MEMBERS:
            yield "replace: member", _renamed(node, "attr", MEMBERS[base])
        elif group := next((group for group in CONSTANTS if node.attr in group), None):
            yield "replace: constant", _renamed(node, "attr", group)
        elif base in RECORDS and node.attr in (RECORDS[base].names or ()):
            alike = _fields_alike(RECORDS[base], node.attr)
            if len(alike) > 1:
                yield "replace: field", _renamed(node, "attr", alike)


def _base(node: ast.expr) -> str:
    """Return the name of a record or of a list of records."""
    if isinstance(node, ast.Subscript):
        return _base(node.value)
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def _fields_alike(record: np.dtype, name: str) -> list[str]:
    return [other for other in record.names if record.fields[other][0] == record.fields[name][0]]


def _renamed(node: Any, field: str, alike: Any) -> Any:
    """Return a node with the next of the names that are alike."""
    names = list(alike)
    new = names[(names.index(getattr(node, field)) + 1) % len(names)]
    changed = type(node)(**dict(ast.iter_fields(node)) | {field: new})
    return ast.copy_location(changed, node)


def constants() -> dict[str, Any]:
    """Return the constants that may be mistaken for one another, by name."""
    from model import fidelity, philox
    from model.programme import plan
    from model.rules import items

    homes = (philox, layout, plan, fidelity, items)
    return {
        name: next(getattr(home, name) for home in homes if hasattr(home, name))
        for group in CONSTANTS
        for name in group
    }
