"""Count arithmetic as it is executed: modules are rewritten while they are imported, so that each operation tells.

``a * b`` becomes a call that multiplies and counts, ``x += y`` likewise, and so do ``math.exp``, ``math.log``,
``math.sqrt`` and our own ``exponential``. Only what gives a floating-point number counts. The numbers stay what they
are.
"""

import ast
import copy
import math
import operator
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from types import CodeType, ModuleType
from typing import Any

from model.exponential import exponential

OPERATIONS = {ast.Mult: "mul", ast.Add: "add", ast.Sub: "sub", ast.Div: "truediv"}
FUNCTIONS: dict[str, Callable[..., float]] = {
    "exp": math.exp,
    "log": math.log,
    "sqrt": math.sqrt,
    "exponential": exponential,
}
TALLY: Counter[str] = Counter()


def counted(name: str, *values: Any) -> Any:
    """Do an operation of ``operator`` or ``math`` by name, and count it if it gives a floating-point number."""
    done = FUNCTIONS[name] if name in FUNCTIONS else getattr(operator, name)
    result = done(*values)
    if isinstance(result, float):
        TALLY[name] += 1
    return result


class Rewriter(ast.NodeTransformer):
    """Put a call of ``counted`` in the place of each operation."""

    def visit_BinOp(self, node: ast.BinOp) -> ast.expr:
        """Rewrite ``a * b`` and the like."""
        self.generic_visit(node)
        return self._call(type(node.op), node, node.left, node.right)

    def visit_AugAssign(self, node: ast.AugAssign) -> ast.stmt:
        """Rewrite ``x += y`` and the like."""
        self.generic_visit(node)
        before = copy.deepcopy(node.target)
        before.ctx = ast.Load()
        value = self._call(type(node.op), ast.BinOp(before, node.op, node.value), before, node.value)
        return ast.Assign([node.target], value)

    def visit_Call(self, node: ast.Call) -> ast.expr:
        """Rewrite ``math.exp(x)`` and the like."""
        self.generic_visit(node)
        name = ast.unparse(node.func).removeprefix("math.")
        return self._counted(name, node.args) if name in FUNCTIONS else node

    def _call(self, kind: type[ast.operator], node: ast.expr, *values: ast.expr) -> ast.expr:
        return self._counted(OPERATIONS[kind], values) if kind in OPERATIONS else node

    def _counted(self, name: str, values: Sequence[ast.expr]) -> ast.expr:
        return ast.Call(ast.Name("counted", ast.Load()), [ast.Constant(name), *values], [])


def rewritten(source: str | bytes, path: str = "<counted>") -> CodeType:
    """Compile a source so that it counts; it finds ``counted`` among its globals."""
    tree = ast.fix_missing_locations(Rewriter().visit(ast.parse(source, path)))
    return compile(tree, path, "exec")


class Loader(SourceFileLoader):
    """Load a module so that it counts."""

    def get_code(self, fullname: str) -> CodeType:
        """Return the rewritten code, never that of the bytecode cache."""
        return rewritten(self.get_data(self.path), self.path)

    def exec_module(self, module: ModuleType) -> None:
        """Run the module with ``counted`` among its globals."""
        vars(module)["counted"] = counted
        super().exec_module(module)


class Finder(MetaPathFinder):
    """Find the modules that shall count."""

    def __init__(self, names: Sequence[str]) -> None:
        self.names = names

    def find_spec(self, fullname: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        """Return the usual spec with a loader that rewrites."""
        if not any(fullname == name or fullname.startswith(f"{name}.") for name in self.names):
            return None
        spec = PathFinder.find_spec(fullname, path, target)
        if spec is not None and isinstance(spec.loader, SourceFileLoader):
            spec.loader = Loader(fullname, spec.loader.path)
        return spec


@contextmanager
def counting(*names: str) -> Iterator[None]:
    """Let modules of these names, and those within them, count when they are imported; none may be there yet."""
    there = [name for name in names if name in sys.modules]
    assert not there, f"{there} are imported already"
    finder = Finder(names)
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)
