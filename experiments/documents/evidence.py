"""The evidence register: what each rule rests on, how strong that is, and which tests hold it."""

import ast
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from pathlib import Path
from typing import NamedTuple

from experiments.rule_texts import RULE_FILES, rules
from experiments.tables import code, mechanisms_of, quoted, table
from experiments.validation.patterns import patterns
from model.mechanisms import MECHANISMS
from model.parameters import declared

TESTS = Path(__file__).resolve().parents[2] / "tests"
MATHEMATICS = "arithmetic"  #: helpers of arithmetic need no evidence
MEASURED = ("measured", "literature")
QUOTED = re.compile(r'"([^"]+)"(?: \(([^)]*)\))?')
STRENGTHS: Mapping[str, str] = {
    "passage": "a passage stands beside the rule itself: somebody in the six teams, or the paper's authors, said so",
    "source": "a publication beside the two texts is named by the rule, or a number in it was measured or published",
    "mechanism": "the mechanism it serves has a passage: that there is such an effect, not that it has this form",
    "none": "nothing: the rule is there because a model needs one, and its form is ours",
}


class Support(NamedTuple):
    """What a rule rests on; ``numbers`` counts the parameters it reads by status, ``tests`` names what holds it."""

    rule: str
    strength: str
    words: tuple[str, ...]
    sources: tuple[str, ...]
    mechanisms: tuple[str, ...]
    numbers: Mapping[str, int]
    tests: tuple[str, ...]


@cache
def register() -> tuple[Support, ...]:
    """Return what each rule rests on, in the order of the rule book."""
    files = [file for file in RULE_FILES if file != MATHEMATICS]
    return tuple(_support(node) for file in files for node in _nodes(file) if node.name in rules())


def _nodes(file: str) -> Iterator[ast.FunctionDef]:
    text = resources.files("model").joinpath(f"rules/{file}.py").read_text(encoding="utf-8")
    return (node for node in ast.parse(text).body if isinstance(node, ast.FunctionDef))


def _support(node: ast.FunctionDef) -> Support:
    docstring = " ".join((ast.get_docstring(node) or "").split())
    read = [declared()[name] for name in _parameters(node)]
    named = [key for key in re.findall(r"M\d+", docstring) if key in _passages()]
    keys = tuple(dict.fromkeys([*filter(None, mechanisms_of(node.name).split(", ")), *named]))
    published = re.findall(r"\w[\w ]*? et al \d{4}", docstring)
    from_numbers = [entry.source for entry in read if entry.status in MEASURED and entry.source]
    sources = tuple(dict.fromkeys([*published, *from_numbers]))
    words = tuple(
        f"{quoted(said)}{f' ({who})' if who else ''}"
        for said, who in QUOTED.findall(docstring)
        if not (who and who in published)
    )
    numbers = Counter[str](entry.status for entry in read)
    return Support(
        node.name, _strength(words, sources, keys), words, sources, keys, numbers, _tests(node.name, keys)
    )


def _strength(words: tuple[str, ...], sources: tuple[str, ...], keys: tuple[str, ...]) -> str:
    if words:
        return "passage"
    if sources:
        return "source"
    return "mechanism" if keys else "none"


def _parameters(node: ast.FunctionDef) -> list[str]:
    """Return the parameters a rule reads itself, each once."""
    read = [
        part.attr
        for part in ast.walk(node)
        if isinstance(part, ast.Attribute) and isinstance(part.value, ast.Name) and part.value.id == "p"
    ]
    return [name for name in dict.fromkeys(read) if name in declared()]


def _passages() -> Mapping[str, str]:
    return {mechanism.key: mechanism.passage for mechanism in MECHANISMS}


def _tests(rule: str, keys: tuple[str, ...]) -> tuple[str, ...]:
    asked = [pattern.id for pattern in patterns() if set(pattern.mechanisms) & set(keys)]
    return (
        "range and signs",
        *([f"{_limits()[rule]} of limits"] if _limits()[rule] else []),
        *([f"switch {', '.join(keys)}"] if keys else []),
        *([f"{len(asked)} patterns" if len(asked) > 1 else "1 pattern"] if asked else []),
    )


@cache
def _limits() -> Counter[str]:
    """Return how many tests of known special cases call each rule."""
    found: Counter[str] = Counter()
    for file in ("rules/test_limits.py", "mechanisms/test_neutral_forms.py"):
        for node in ast.parse((TESTS / file).read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                names = [
                    n.attr if isinstance(n, ast.Attribute) else getattr(n, "id", "") for n in ast.walk(node)
                ]
                found.update(set(names) & set(rules()))
    return found


# -- the page ------------------------------------------------------------------------------------------------


def page() -> str:
    """Return the whole of ``docs/evidence.md``."""
    found = register()
    counts = Counter(entry.strength for entry in found)
    meaning = table(
        ("support", "rules", "what it means"),
        ((name, str(counts[name]), what) for name, what in STRENGTHS.items()),
    )
    bare = ", ".join(code(entry.rule) for entry in found if entry.strength == "none")
    sections = "\n\n".join(
        f"## `model/rules/{file}.py`\n\n{_rows(file)}" for file in RULE_FILES if file != MATHEMATICS
    )
    return PAGE.format(
        count=len(found),
        none=counts["none"],
        meaning=meaning,
        bare=bare,
        numbers=_numbers(),
        sections=sections,
    )


def _rows(file: str) -> str:
    header = (
        "rule",
        "what it does",
        "support",
        "passage or source",
        "numbers it reads",
        "mechanisms",
        "tests",
    )
    here = [entry for entry in register() if rules()[entry.rule].file == file]
    return table(header, (_row(entry) for entry in here))


def _row(entry: Support) -> tuple[str, ...]:
    numbers = ", ".join(f"{count} {status}" for status, count in sorted(entry.numbers.items()))
    rests_on = "; ".join([*entry.words, *(code(source) for source in entry.sources)])
    return (
        code(entry.rule),
        rules()[entry.rule].what,
        entry.strength,
        rests_on,
        numbers or "none",
        ", ".join(entry.mechanisms),
        "; ".join(entry.tests),
    )


def _numbers() -> str:
    """Return the table of numbers by domain and status."""
    statuses = list(dict.fromkeys(entry.status for entry in declared().values()))
    domains = list(dict.fromkeys(entry.domain for entry in declared().values()))
    counts = Counter((entry.domain, entry.status) for entry in declared().values())
    rows = [[domain, *(str(counts[domain, status]) for status in statuses)] for domain in domains]
    total = ["**all**", *(str(sum(counts[domain, status] for domain in domains)) for status in statuses)]
    return table(["domain", *statuses], [*rows, total])


PAGE = """\
<!-- Written by `python -m experiments.documents`; do not edit. -->
# Evidence register

What each of the {count} rules rests on, read from the rules' own docstrings, from the parameters they read and from
the mechanisms they serve. Helpers of arithmetic are left out. **{none} rules rest on nothing**; they are listed below.

{meaning}

The strongest support is named; it is support for there being such an effect. No source fixes the form of an equation,
and a passage is one person's word about one team. How large an effect is depends on the numbers:

{numbers}

*Assumed* numbers have priors with reasons ([parameters](parameters.md), [decisions](decisions.md)); six totals move few
of them ([what they taught](validation.md)). Words in quotation marks are from the paper or the abstract; keys are those
of [references.bib](references.bib).

Rules that rest on nothing: {bare}.

*Tests*: *range and signs*, each rule is tried over the whole support of the priors (`tests/rules/test_promises.py`);
*limits*, known special cases (`tests/rules/test_limits.py`, `tests/mechanisms/test_neutral_forms.py`); *switch*, its
mechanism changes a run where it should and only there (`tests/mechanisms/test_switches.py`); *patterns* ask the whole
model about the mechanism ([patterns](patterns.md)). The first three test the program, not the world.

{sections}
"""
