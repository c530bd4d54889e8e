"""What statements of the engine read and write, so that two which share nothing need not be swapped."""

import ast
from collections.abc import Iterable
from typing import NamedTuple

PURE = {"len", "range", "min", "max", "abs", "int", "float"}


class Touched(NamedTuple):
    """Names of locals, and of fields as ``.field``; ``jumps``: may leave the block."""

    reads: frozenset[str]
    writes: frozenset[str]
    jumps: bool = False

    def __or__(self, other: "Touched") -> "Touched":
        return Touched(self.reads | other.reads, self.writes | other.writes, self.jumps or other.jumps)


NOTHING = Touched(frozenset(), frozenset())


class Effects:
    """Reads the engine's modules once: which function touches which fields, through all it calls."""

    def __init__(self, trees: Iterable[ast.Module]) -> None:
        found = [node for tree in trees for node in tree.body if isinstance(node, ast.FunctionDef)]
        self.functions: dict[str, list[ast.FunctionDef]] = {}
        for function in found:
            self.functions.setdefault(function.name, []).append(function)
        self.known: dict[str, Touched] = {}

    def depend(self, one: ast.stmt, other: ast.stmt) -> bool:
        """Say whether the order of two statements may matter."""
        a, b = self._of(one), self._of(other)
        return bool(a.jumps or b.jumps or a.writes & (b.reads | b.writes) or b.writes & a.reads)

    def _of(self, node: ast.AST) -> Touched:
        touched = NOTHING
        for child in ast.walk(node):
            if isinstance(child, (ast.Return, ast.Break, ast.Continue)):
                touched |= Touched(frozenset(), frozenset(), True)
            elif isinstance(child, (ast.Name, ast.Attribute)):
                touched |= self._name(child)
            elif isinstance(child, ast.AugAssign):
                touched |= Touched(frozenset(_name_of(child.target)), frozenset())
            if isinstance(child, ast.Subscript) and isinstance(child.ctx, ast.Store):
                touched |= Touched(frozenset(), frozenset(_name_of(child)))
            if isinstance(child, ast.Call) and isinstance(child.func, ast.Name):
                touched |= self._call(child)
        return touched

    def _name(self, node: ast.Name | ast.Attribute) -> Touched:
        name = frozenset(_name_of(node))
        return Touched(name, frozenset()) if isinstance(node.ctx, ast.Load) else Touched(frozenset(), name)

    def _call(self, call: ast.Call) -> Touched:
        """Return what a call touches: the fields its function does, and any array it is given if it writes into one."""
        name = call.func.id if isinstance(call.func, ast.Name) else ""
        if name in PURE or (name not in self.functions and name != "reduce"):
            return NOTHING
        within = self._of_function(name)
        given = {argument for arg in call.args for argument in _name_of(arg)}
        fields = [frozenset(n for n in names if n.startswith(".")) for names in within[:2]]
        writes_arrays = name == "reduce" or any(not n.startswith(".") for n in within.writes)
        return Touched(fields[0], fields[1] | (frozenset(given) if writes_arrays else frozenset()))

    def _of_function(self, name: str) -> Touched:
        """Return what the functions of a name touch: fields, and arrays they were given."""
        if name in self.known:
            return self.known[name]
        self.known[name], touched = NOTHING, NOTHING
        for function in self.functions.get(name, ()):
            inside = self._of(ast.Module(function.body, []))
            parameters = {argument.arg for argument in function.args.args}
            writes = frozenset(n for n in inside.writes if n.startswith(".") or n in parameters)
            touched |= Touched(inside.reads, writes)
        self.known[name] = touched
        return touched


def _name_of(node: ast.expr) -> set[str]:
    if isinstance(node, ast.Subscript):
        return _name_of(node.value)
    if isinstance(node, ast.Attribute):
        return {"." + node.attr}
    return {node.id} if isinstance(node, ast.Name) else set()
