"""Markdown tables made from the code: what the model documentation says of parameters, rules and states.

``python -m experiments.tables`` writes ``docs/parameters.md`` and the generated regions of ``docs/odd.md``;
``--check`` writes nothing, names what is stale and exits with 1.
"""

import argparse
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib import resources
from pathlib import Path
from typing import get_args

from pydantic.fields import FieldInfo

from experiments.money.costs import PRICE_YEAR
from experiments.rule_texts import RULE_FILES, Rule, rules
from experiments.states import STATES
from model import presets
from model.declarations import (
    LEADERSHIP,
    MEASUREMENT,
    MONEY,
    PRIORITISATION,
    REINFORCEMENT,
    WORKFLOW,
    WORKFORCE,
    Status,
)
from model.mechanisms import MECHANISMS, Mechanism
from model.noise import Stream
from model.outcomes import OUTCOMES
from model.parameters import Parameters, declared
from model.programme.components import Component
from model.programme.programme import Programme
from model.record import WEEKLY
from model.schedule import WEEK
from model.sites import Site

DOCS = Path(__file__).resolve().parent.parent / "docs"
DOMAINS = (WORKFORCE, LEADERSHIP, REINFORCEMENT, PRIORITISATION, WORKFLOW, MEASUREMENT, MONEY)
REGION = re.compile(r"<!-- generated: (?P<name>.+?) -->\n.*?<!-- end -->", re.DOTALL)
Row = Sequence[str]


# -- Markdown ------------------------------------------------------------------------------------------------


def table(header: Row, rows: Iterable[Row]) -> str:
    """Return a Markdown table."""
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(f"| {' | '.join(_cell(text) for text in line)} |" for line in lines)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def code(text: str) -> str:
    """Return text set as code, or nothing for nothing."""
    return f"`{text}`" if text else ""


def quoted(text: str) -> str:
    """Return a passage in quotation marks."""
    return f"“{text}”"


# -- parameters ----------------------------------------------------------------------------------------------


def value_of(name: str) -> str:
    """Return a parameter's default as text."""
    return f"{Parameters._field_defaults[name]:g}"


def prior_of(name: str) -> str:
    """Return a parameter's prior as text, ``fixed`` where there is none."""
    prior = declared()[name].prior
    return "fixed" if prior is None else str(prior)


def parameters_of(domain: str) -> str:
    """Return the table of a domain's parameters."""
    header = ("name", "value", "unit", "prior", "meaning", "domain", "mechanism", "source", "status")
    return table(header, (_parameter(name) for name, entry in declared().items() if entry.domain == domain))


def _parameter(name: str) -> Row:
    entry = declared()[name]
    about = (entry.meaning, entry.domain, entry.mechanism, entry.source, entry.status)
    return (code(name), value_of(name), entry.unit, prior_of(name), *about)


def parameters_page() -> str:
    """Return the whole of ``docs/parameters.md``."""
    counts = Counter(entry.status for entry in declared().values())
    number = ", ".join(f"{counts[status]} {status}" for status in get_args(Status) if counts[status])
    sections = "\n\n".join(
        f"## {domain}\n\n{NOTES.get(domain, '')}{parameters_of(domain)}" for domain in DOMAINS
    )
    return PARAMETERS_PAGE.format(count=len(declared()), number=number, sections=sections)


NOTES = {MONEY: f"In {PRICE_YEAR} prices; what is assumed is assumed in the same.\n\n"}
PARAMETERS_PAGE = """\
<!-- Written by `python -m experiments.tables`; do not edit. -->
# Parameters

All {count} parameters, from `model/parameters.py`: {number}. The rules are in
[the ODD description](odd.md), the sources in [references.bib](references.bib).

A *dose* moves a share `s` towards 1 by `1 - (1 - s) * exp(-dose)`, or towards 0 by `s * exp(-dose)`.
*Log odds* are weights within a logistic function. A prior `uniform(a, b)` or `loguniform(a, b)` lies
between `a` and `b`; `fixed` means that the parameter has none and is not varied.

Status: *measured* and *literature* have the source named; *assumed*, nobody measured it (a source then names
the passage that suggested it); *convention*, a bound or unit of the model; *switch*, 1 or, to switch the
mechanism off, 0; *calibrated*, moved by the six teams' data.

{sections}
"""


# -- rules ---------------------------------------------------------------------------------------------------


def mechanisms_of(rule: str) -> str:
    """Return the keys of the mechanisms that name a rule."""
    return ", ".join(mechanism.key for mechanism in MECHANISMS if rule in mechanism.rules)


def equations() -> str:
    """Return the table of all rules by subject."""
    header = ("rule", "what it does", "equation", "mechanism")
    parts = []
    for file in RULE_FILES:
        rows = [
            (code(rule.name), rule.what, code(rule.equation), mechanisms_of(rule.name))
            for rule in rules().values()
            if rule.file == file
        ]
        parts.append(f"**`model/rules/{file}.py`**\n\n{table(header, rows)}")
    return "\n\n".join(parts)


# -- mechanisms ----------------------------------------------------------------------------------------------


def mechanisms() -> str:
    """Return the table of mechanisms."""
    header = ("key", "title", "domain", "passage", "rules", "neutral form")
    return table(header, (_mechanism(mechanism) for mechanism in MECHANISMS))


def _mechanism(mechanism: Mechanism) -> Row:
    names = ", ".join(code(rule) for rule in mechanism.rules)
    return (
        mechanism.key,
        mechanism.title,
        mechanism.domain,
        quoted(mechanism.passage),
        names,
        neutral_of(mechanism),
    )


def neutral_of(mechanism: Mechanism) -> str:
    """Return the values that switch a mechanism off."""
    return ", ".join(f"`{name} = {value:g}`" for name, value in mechanism.neutral.items())


def submodel(mechanism: Mechanism) -> str:
    """Return what the code says of one mechanism: passage, rules with equations, parameters, neutral form."""
    lines = [f"*{mechanism.domain}.* {quoted(mechanism.passage)}", ""]
    for name in mechanism.rules:
        lines += [f"- {_rule_line(name, rules().get(name))}"]
    held = [name for name, entry in declared().items() if entry.mechanism == mechanism.key]
    values = ", ".join(f"`{name}` {value_of(name)} [{prior_of(name)}]" for name in held)
    lines += ["", f"Parameters: {values or 'none of its own'}."]
    return "\n".join([*lines, "", f"Neutral form: {neutral_of(mechanism)}."])


def _rule_line(name: str, rule: Rule | None) -> str:
    """Return a rule's line, or say that a name is a parameter used as it stands."""
    if rule is None:
        return f"`{name}`: {declared()[name].meaning}."
    equation = f" `{rule.equation}`" if rule.equation else ""
    return f"`{name}`: {rule.what}{equation}"


# -- states, week, programme, site, records ------------------------------------------------------------------


def states() -> str:
    """Return the tables of state variables, one for each entity."""
    parts = []
    for entity in dict.fromkeys(state.entity for state in STATES):
        rows = [(code(s.variable), s.unit, s.range, s.meaning) for s in STATES if s.entity == entity]
        parts.append(f"**{entity}**\n\n{table(('variable', 'unit', 'range', 'meaning'), rows)}")
    return "\n\n".join(parts)


def week() -> str:
    """Return the table of the week's phases."""
    rows = (
        (str(k), code(phase.name), phase.what, ", ".join(code(name) for name in phase.writes))
        for k, phase in enumerate(WEEK, start=1)
    )
    return table(("", "phase", "what happens", "may change"), rows)


def component_types() -> Mapping[str, type[Component]]:
    """Return the programme's component classes by field name."""
    found = {}
    for name, field in Programme.model_fields.items():
        for kind in get_args(field.annotation):
            if isinstance(kind, type) and issubclass(kind, Component):
                found[name] = kind
    return found


def components() -> str:
    """Return the table of programme components in the terms of a strategy specification."""
    header = ("component", "actor", "action", "target", "timing", "dose", "justification", "ERIC", "settings")
    rows = []
    for name, kind in component_types().items():
        settings = ", ".join(_setting(field, about) for field, about in kind.model_fields.items())
        rows.append((code(name), *kind.strategy, settings))
    return table(header, rows)


def _setting(name: str, field: FieldInfo) -> str:
    return f"`{name} = {_default(field)}`"


def _default(field: FieldInfo) -> str:
    value = field.default
    if value is None:
        return "unset"
    return f"{value:g}" if isinstance(value, float) else str(value)


def site() -> str:
    """Return the table of a site's fields: the context of a programme."""
    rows = ((code(name), _default(field), _range(field)) for name, field in Site.model_fields.items())
    return table(("field", "default", "allowed"), rows)


def _range(field: FieldInfo) -> str:
    """Return what a field may hold: bounds, words, or nothing where its type says it all."""
    kinds = [field.annotation, *get_args(field.annotation)]
    marks = [*field.metadata, *(mark for kind in kinds for mark in getattr(kind, "__metadata__", ()))]
    marks = [inner for mark in marks for inner in getattr(mark, "metadata", [mark])]
    bounds = [f"{sign} {getattr(mark, key):g}" for mark in marks for key, sign in SIGNS if hasattr(mark, key)]
    words = [word for kind in kinds for word in get_args(kind) if isinstance(word, str)]
    return ", ".join(bounds or words)


SIGNS = (("ge", "at least"), ("gt", "above"), ("le", "at most"), ("lt", "below"))


def weekly() -> str:
    """Return the table of weekly series."""
    return table(("series", "unit", "meaning"), ((code(s.name), s.unit, s.meaning) for s in WEEKLY))


def outcomes() -> str:
    """Return the table of a run's outcomes."""
    return table(("outcome", "unit", "meaning"), ((code(o.name), o.unit, o.meaning) for o in OUTCOMES))


def streams() -> str:
    """Return the table of the streams of chance, with what each is for."""
    text = resources.files("model").joinpath("noise.py").read_text(encoding="utf-8")
    remarks = dict(re.findall(r"^    ([A-Z_]+) = \d+ +#: (.+)$", text, re.MULTILINE))
    rows = ((str(int(s)), code(s.name.lower()), remarks.get(s.name, "")) for s in Stream)
    return table(("number", "stream", "the four numbers at an address"), rows)


def preset_list() -> str:
    """Return the table of presets."""
    rows = []
    for name in presets.names():
        content = presets.table(name)
        rows.append((code(name), str(content.get("title", "")), str(content.get("about", ""))))
    return table(("preset", "title", "about"), rows)


def pattern_list() -> str:
    """Return the table of what the model is asked about."""
    from experiments.validation.patterns import patterns

    header = ("", "pattern", "statement", "kind", "expected")
    rows = (
        (str(p.number), code(p.id), p.statement, p.kind, str(p.expected) if p.expected else "no sign")
        for p in patterns()
    )
    return table(header, rows)


REGIONS: Mapping[str, Callable[[], str]] = {
    "patterns": pattern_list,
    "states": states,
    "site": site,
    "week": week,
    "streams": streams,
    "components": components,
    "presets": preset_list,
    "weekly series": weekly,
    "outcomes": outcomes,
    "mechanisms": mechanisms,
    "equations": equations,
}


def region(name: str) -> str:
    """Return the text of a generated region.

    Raises
    ------
    ValueError
        If there is no such region.
    """
    for mechanism in MECHANISMS:
        if name == mechanism.key:
            return submodel(mechanism)
    if name not in REGIONS:
        raise ValueError(f"There is no generated region '{name}': use {', '.join(REGIONS)} or M1 to M24.")
    return REGIONS[name]()


def filled(text: str) -> str:
    """Return a page with its generated regions made anew."""
    return REGION.sub(lambda m: f"<!-- generated: {m['name']} -->\n{region(m['name'])}\n<!-- end -->", text)


def stale_regions(text: str) -> list[str]:
    """Return the names of a page's generated regions that no longer say what the code says."""
    return [m["name"] for m in REGION.finditer(text) if m.group(0) != filled(m.group(0))]


def stale(docs: Path | None = None) -> list[str]:
    """Return what is stale in a folder of documents: a file, or a file and region."""
    docs = docs or DOCS
    page, odd = docs / "parameters.md", docs / "odd.md"
    found = []
    if not page.is_file() or page.read_text(encoding="utf-8") != parameters_page():
        found.append("docs/parameters.md")
    return found + [f"docs/odd.md, {name}" for name in stale_regions(odd.read_text(encoding="utf-8"))]


def write(docs: Path | None = None) -> None:
    """Write the parameters' page and the generated regions of the ODD description."""
    docs = docs or DOCS
    odd = docs / "odd.md"
    text = filled(odd.read_text(encoding="utf-8"))
    odd.write_text(text, encoding="utf-8")
    (docs / "parameters.md").write_text(parameters_page(), encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the documents, or check them."""
    parser = argparse.ArgumentParser(prog="python -m experiments.tables", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if something is stale")
    options = parser.parse_args(arguments)
    if not (DOCS / "odd.md").is_file():
        print(f"{DOCS / 'odd.md'} is not there: run this in a copy of the source tree.", file=sys.stderr)
        return 2
    if not options.check:
        write()
        return 0
    found = stale()
    for name in found:
        print(f"{name} is stale: run python -m experiments.tables", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
