"""What the rule book says of itself: each rule's first line and equation, read from its source."""

import ast
import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from typing import NamedTuple

RULE_FILES = ("workforce", "leadership", "facilitation", "attitudes", "work", "items", "arithmetic")


class Rule(NamedTuple):
    """A rule as its file tells it: name, file, what it does (first line of the docstring), equation."""

    name: str
    file: str
    what: str
    equation: str


@cache
def rules() -> Mapping[str, Rule]:
    """Return the public rules by name, in the order of files and lines."""
    return {rule.name: rule for file in RULE_FILES for rule in _rules_in(file)}


def _rules_in(file: str) -> Iterator[Rule]:
    text = resources.files("model").joinpath(f"rules/{file}.py").read_text(encoding="utf-8")
    for node in ast.parse(text).body:
        if isinstance(node, ast.FunctionDef) and _is_public_rule(node):
            yield _rule(file, node)


def _is_public_rule(node: ast.FunctionDef) -> bool:
    marks = [mark.id for mark in node.decorator_list if isinstance(mark, ast.Name)]
    return "rule" in marks and not node.name.startswith("_")


def _rule(file: str, node: ast.FunctionDef) -> Rule:
    text = ast.get_docstring(node) or ""
    first = " ".join(text.split("\n\n")[0].split())
    return Rule(node.name, file, _without_equation(first), _equation(text) or _body(node))


#: An equation in a docstring follows a colon or begins a paragraph; other marked words are names.
EQUATION = re.compile(r"(?:: |^)``([^`]+)``", re.MULTILINE)


def _equation(docstring: str) -> str:
    found = [" ".join(part.split()) for part in EQUATION.findall(docstring)]
    return next((part for part in found if re.search(r"[*+/(]| - ", part)), "")


def _without_equation(line: str) -> str:
    return re.sub(r": ``[^`]+``", "", line).replace("``", "`")


def _body(node: ast.FunctionDef) -> str:
    """Return what a rule computes, for a rule whose docstring holds no equation."""
    rest = node.body[1:] if ast.get_docstring(node) else node.body
    if len(rest) > 3 or any(isinstance(line, ast.If) for line in rest[:-1]):
        return ""
    return "; ".join(_plain(ast.unparse(line)) for line in rest)


def _plain(line: str) -> str:
    return " ".join(line.removeprefix("return ").split())
