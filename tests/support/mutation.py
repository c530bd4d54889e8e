"""Small faults of wiring, made from a module's syntax tree: swapped, dropped, off by one, replaced.

A mutant puts one node (or two statements that trade places) of the tree into other hands. It is named by file,
function, kind and the text of its statement before and after, so that a list of mutants outlives other edits.
"""

import ast
import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from effects import Effects
from neighbours import Neighbours


class Edit(NamedTuple):
    """A place in a tree, and what is to stand there."""

    owner: Any  #: a node, or the list of statements it stands in
    place: str | int
    new: ast.AST

    def make(self) -> "Edit":
        """Put the new node in place; return the edit that undoes it."""
        if isinstance(self.place, str):
            old = getattr(self.owner, self.place)
            setattr(self.owner, self.place, self.new)
        else:
            old = self.owner[self.place]
            self.owner[self.place] = self.new
        return Edit(self.owner, self.place, old)


class Key(NamedTuple):
    """A mutant's name; ``nth`` counts those of a function that read alike, from 1."""

    file: str
    function: str
    kind: str
    was: str
    now: str
    nth: int


class Mutant(NamedTuple):
    """A mutant: its name, the lines of the statements it touches, and how it is made."""

    key: Key
    lines: tuple[int, ...]
    edits: tuple[Edit, ...]


class Slot(NamedTuple):
    """An expression and where it stands."""

    node: ast.expr
    owner: Any
    place: str | int


def slots(owner: Any, place: str | int, node: ast.AST) -> Iterator[Slot]:
    """Yield an expression and all within it."""
    if isinstance(node, ast.expr):
        yield Slot(node, owner, place)
    for name, value in ast.iter_fields(node):
        if isinstance(value, ast.expr):
            yield from slots(node, name, value)
        elif isinstance(value, list):
            for k, entry in enumerate(value):
                if isinstance(entry, ast.expr):
                    yield from slots(value, k, entry)


def header(statement: ast.stmt) -> str:
    """Return a statement's text, of a compound one its first line."""
    return ast.unparse(statement).split("\n")[0]


def whole(statement: ast.stmt) -> str:
    """Return all of a statement's text in one line; for two whose first lines are the same."""
    return " ".join(ast.unparse(statement).split())


def blocks(statements: list[ast.stmt]) -> Iterator[list[ast.stmt]]:
    """Yield a list of statements and all lists within it."""
    yield statements
    for statement in statements:
        for name in ("body", "orelse"):
            if within := getattr(statement, name, None):
                yield from blocks(within)


def is_docstring(statement: ast.stmt) -> bool:
    """Say whether a statement is only words."""
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


class Maker:
    """Makes all mutants of one module."""

    def __init__(self, path: Path, tree: ast.Module, effects: Effects, neighbours: Neighbours) -> None:
        self.file, self.tree, self.effects, self.neighbours = path.stem, tree, effects, neighbours

    def mutants(self) -> list[Mutant]:
        """Return the mutants, in the order of the file."""
        found: list[Mutant] = []
        for node in self.tree.body:
            if isinstance(node, ast.FunctionDef):
                found += self._of_function(node)
            elif isinstance(node, ast.ClassDef):
                found += self._of_constants(node.name, node.body)
        usual = [node for node in self.tree.body if isinstance(node, ast.Assign) and self._is_constant(node)]
        return found + self._of_constants("", usual)

    def _is_constant(self, node: ast.Assign) -> bool:
        """Say whether a module's assignment is a constant the engine reads; records' fields are data, not wiring."""
        return "np.dtype" not in ast.unparse(node)

    def _of_constants(self, name: str, statements: list[ast.stmt]) -> list[Mutant]:
        return self._named(
            name,
            [
                (kind, statement, (Edit(slot.owner, slot.place, new),))
                for statement in statements
                if isinstance(statement, ast.Assign)
                for slot in slots(statement, "value", statement.value)
                for kind, new in self._other_expressions(slot.node, set())
            ],
        )

    def _of_function(self, function: ast.FunctionDef) -> list[Mutant]:
        found: list[tuple[str, ast.stmt, tuple[Edit, ...]]] = []
        bound = self.neighbours.bound(function)
        for block in blocks(function.body):
            for k, statement in enumerate(block):
                if is_docstring(statement):
                    continue
                for kind, new in _other_statements(statement):
                    found.append((kind, statement, (Edit(block, k, new),)))
                for name, value in ast.iter_fields(statement):
                    if isinstance(value, ast.expr):
                        found += self._of_expression(statement, name, value, bound)
                    elif name == "targets":
                        found += self._of_expression(value, 0, value[0], bound, statement)
                if k and not is_docstring(block[k - 1]) and self.effects.depend(block[k - 1], statement):
                    edits = (Edit(block, k - 1, statement), Edit(block, k, block[k - 1]))
                    found.append(("swap: statements", block[k - 1], edits))
        return self._named(function.name, found)

    def _of_expression(
        self, owner: Any, place: str | int, node: ast.expr, bound: set[str], statement: ast.stmt | None = None
    ) -> Iterator[tuple[str, ast.stmt, tuple[Edit, ...]]]:
        for slot in slots(owner, place, node):
            for kind, new in self._other_expressions(slot.node, bound):
                yield kind, statement or owner, (Edit(slot.owner, slot.place, new),)

    def _other_expressions(self, node: ast.expr, bound: set[str]) -> Iterator[tuple[str, ast.expr]]:
        for kind, make in EXPRESSIONS.items():
            for new in make(node):
                yield kind, new
        for kind, new in self.neighbours.of(node, bound):
            yield kind, new

    def _named(self, function: str, found: list[tuple[str, ast.stmt, tuple[Edit, ...]]]) -> list[Mutant]:
        """Give the mutants their names; leave out what reads as before."""
        named, seen = [], {}
        for kind, statement, edits in found:
            second = edits[-1].owner[edits[-1].place] if len(edits) == 2 else None
            touched = [statement] if second is None else [statement, second]
            text = header if len({header(one) for one in touched}) == len(touched) else whole
            was = "; ".join(text(one) for one in touched)
            now = _text_after(statement, edits) if second is None else f"{text(second)}; {text(statement)}"
            if now == was:
                continue
            same = (kind, was, now)
            seen[same] = seen.get(same, 0) + 1
            lines = tuple(one.lineno for one in touched)
            named.append(Mutant(Key(self.file, function, kind, was, now, seen[same]), lines, edits))
        return named


def _text_after(statement: ast.stmt, edits: tuple[Edit, ...]) -> str:
    """Return a statement's text with the one edit made."""
    (edit,) = edits
    if isinstance(edit.new, ast.stmt):
        return header(edit.new)
    back = edit.make()
    text = header(statement)
    back.make()
    return text


# -- statements ------------------------------------------------------------------------------------------------------


def _other_statements(statement: ast.stmt) -> Iterator[tuple[str, ast.stmt]]:
    yield "drop: statement", ast.copy_location(ast.Pass(), statement)
    if isinstance(statement, ast.AugAssign):
        assigned = ast.Assign([_changed(statement.target, ctx=ast.Store())], statement.value)
        yield "off by one: sum", ast.copy_location(assigned, statement)
        turned = OPPOSITE[type(statement.op)]()
        yield "off by one: sum", _changed(statement, op=turned)
    if isinstance(statement, ast.If):
        for value in (True, False):
            yield "drop: condition", _changed(statement, test=ast.Constant(value))
    if isinstance(statement, ast.While):
        yield "drop: condition", _changed(statement, test=ast.Constant(False))


# -- expressions -----------------------------------------------------------------------------------------------------

OPPOSITE: dict[type, type] = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult}
COMPARED: dict[type, tuple[type, ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
}


def _changed(node: Any, **fields: Any) -> Any:
    """Return a shallow copy of a node with other fields."""
    new = copy.copy(node)
    for name, value in fields.items():
        setattr(new, name, value)
    return new


def _traded(entries: list[ast.expr]) -> Iterator[list[ast.expr]]:
    """Yield the list with each two neighbours in each other's place."""
    for k in range(len(entries) - 1):
        if not any(isinstance(entry, ast.Starred) for entry in entries[k : k + 2]):
            yield [*entries[:k], entries[k + 1], entries[k], *entries[k + 2 :]]


def _arguments(node: ast.expr) -> Iterator[ast.expr]:
    if isinstance(node, ast.Call) and ast.unparse(node.func) not in {"min", "max"}:
        for args in _traded(node.args):
            yield _changed(node, args=args)


def _places(node: ast.expr) -> Iterator[ast.expr]:
    if isinstance(node, ast.Tuple):
        for elts in _traded(node.elts):
            yield _changed(node, elts=elts)


def _operands(node: ast.expr) -> Iterator[ast.expr]:
    if isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Sub, ast.Div, ast.FloorDiv, ast.Mod)):
        yield _changed(node, left=node.right, right=node.left)


def _operators(node: ast.expr) -> Iterator[ast.expr]:
    if isinstance(node, ast.BinOp) and type(node.op) in OPPOSITE:
        yield _changed(node, op=OPPOSITE[type(node.op)]())


def _conditions(node: ast.expr) -> Iterator[ast.expr]:
    if isinstance(node, ast.BoolOp):
        for k in range(len(node.values)):
            rest = node.values[:k] + node.values[k + 1 :]
            yield rest[0] if len(rest) == 1 else _changed(node, values=rest)
        yield _changed(node, op=ast.Or() if isinstance(node.op, ast.And) else ast.And())
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, (ast.Not, ast.USub)):
        yield node.operand
    if isinstance(node, ast.IfExp):
        yield node.body
        yield node.orelse
    if isinstance(node, ast.Call) and ast.unparse(node.func) == "chosen":  # a condition without a branch
        yield from node.args[1:]
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitAnd):
        yield from (node.left, node.right, _changed(node, op=ast.BitOr()))


def _comparisons(node: ast.expr) -> Iterator[ast.expr]:
    if isinstance(node, ast.Compare) and len(node.ops) == 1:
        for other in COMPARED[type(node.ops[0])]:
            yield _changed(node, ops=[other()])


def _numbers(node: ast.expr) -> Iterator[ast.expr]:
    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        yield _changed(node, value=node.value + 1)
        if type(node.value) is int:
            yield _changed(node, value=node.value - 1)
    if isinstance(node, ast.Constant) and type(node.value) is bool:
        yield _changed(node, value=not node.value)


def _shifted(node: ast.expr) -> Iterator[ast.expr]:
    """Yield an index or an end, one more and one less; constants are changed elsewhere."""
    if not isinstance(node, (ast.Constant, ast.UnaryOp)):
        for op in (ast.Add(), ast.Sub()):
            yield ast.copy_location(ast.BinOp(node, op, ast.Constant(1)), node)


def _ranges(node: ast.expr) -> Iterator[ast.expr]:
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "range":
        for k, end in enumerate(node.args):
            for new in _shifted(end):
                yield _changed(node, args=[*node.args[:k], new, *node.args[k + 1 :]])


def _indices(node: ast.expr) -> Iterator[ast.expr]:
    if not isinstance(node, ast.Subscript):
        return
    if isinstance(node.slice, ast.Tuple):
        for k, index in enumerate(node.slice.elts):
            for new in _shifted(index):
                elts = [*node.slice.elts[:k], new, *node.slice.elts[k + 1 :]]
                yield _changed(node, slice=_changed(node.slice, elts=elts))
    elif not isinstance(node.slice, ast.Attribute) or "Column" not in ast.unparse(node.slice):
        for new in _shifted(node.slice):
            yield _changed(node, slice=new)


EXPRESSIONS = {
    "swap: arguments": _arguments,
    "swap: places": _places,
    "swap: operands": _operands,
    "drop: condition": _conditions,
    "off by one: comparison": _comparisons,
    "off by one: number": _numbers,
    "off by one: range": _ranges,
    "off by one: index": _indices,
    "off by one: operator": _operators,
}
