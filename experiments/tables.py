"""Markdown tables made from the code: what the model documentation says of parameters, rules and states.

``python -m experiments.tables`` writes ``docs/parameters.md`` and the generated regions of ``docs/odd.md``;
``--check`` writes nothing, names what is stale and exits with 1.
"""

import argparse
import ast
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib import resources
from pathlib import Path
from typing import NamedTuple, get_args

from pydantic.fields import FieldInfo

from experiments.money.costs import PRICE_YEAR
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
RULE_FILES = ("workforce", "leadership", "facilitation", "attitudes", "work", "items", "arithmetic")
REGION = re.compile(r"<!-- generated: (?P<name>.+?) -->\n.*?<!-- end -->", re.DOTALL)
Row = Sequence[str]


class State(NamedTuple):
    """A state variable (or a week's flow) of an entity: an attribute of the class of that name."""

    entity: str
    variable: str
    unit: str
    range: str
    meaning: str


def _states(entity: str, rows: Iterable[tuple[str, str, str, str]]) -> tuple[State, ...]:
    return tuple(State(entity, *row) for row in rows)


TRUST_LEADERSHIP = _states(
    "TrustLeadership",
    (
        ("support", "share", "0 to 1", "visible support"),
        ("usual_support", "share", "0 to 1", "level to which support returns; changes with the leader"),
        ("escalation", "effective hours", "0 or more", "facilitators' hours with leaders since last week"),
        ("success", "39 points", "0 or more", "gain shown by reports since last week"),
        ("preparation", "share", "0 or more", "support since last week for teams not yet ready"),
        ("coming_support", "share", "0 to 1", "flow: visible support from next week on"),
    ),
)
FACILITATOR = _states(
    "Facilitator",
    (("teams", "teams", "1 or more", "the teams served; their number divides a shared dose"),),
)
BOND = _states(
    "Bond",
    (
        ("trust", "share", "0 to 1", "the team's trust in the facilitator"),
        ("knowledge", "share", "0 to 1", "the facilitator's local knowledge of the team"),
        ("guidance", "share", "0 to 1", "guidance the team works under"),
        ("coming", "shares", "0 to 1", "flow: trust, knowledge and guidance from next week on"),
        ("saved", "hours", "0 or more", "hours saved up for the next visit"),
        ("weeks_to_visit", "weeks", "at most the interval", "weeks until a visit is due; 0 or less is due"),
    ),
)
MANAGER = _states(
    "Manager",
    (
        ("stance", "share", "0 to 1", "attitude to the programme; 0.5 is neutral"),
        ("engagement", "share", "0 to 1", "active part in the programme; fixed for a person"),
        ("participative", "share", "0 to 1", "participative (1) to directive (0); fixed for a person"),
        ("own_work", "share", "0 to 1", "share of the hours that goes into actions; fixed for a person"),
        ("briefed", "share", "0 to 1", "what the manager knows of the programme"),
    ),
)
POST = _states(
    "Post",
    (
        ("seat", "number", "0 or more", "stable number, part of every address of luck"),
        ("senior", "yes or no", "", "whether the post is senior"),
        ("in_group", "yes or no", "", "whether its holder works in a working group"),
        ("holder", "person", "or nobody", "the member of staff in post"),
        ("last", "person", "or nobody", "the last holder who left"),
        ("hire", "number", "0 or more", "how many people have left the post"),
        ("weeks_empty", "weeks", "0 or more", "weeks until the next newcomer comes"),
    ),
)
STAFFING = _states(
    "Staffing",
    (
        ("posts", "posts", "as the site has", "all posts, seniors first"),
        ("people", "persons", "0 to posts", "those in post, by seat"),
        ("manager", "person", "or nobody", "the manager in post"),
        ("last_manager", "person", "or nobody", "the last manager who left"),
        ("manager_hire", "number", "0 or more", "how many managers have left"),
        ("weeks_without_manager", "weeks", "0 or more", "weeks until the next manager comes"),
        ("left", "persons", "0 or more", "flow: leavers this week"),
        ("replaced", "persons", "0 or more", "leavers since the start"),
    ),
)
STAFF = _states(
    "Staff",
    (
        ("disposition", "share", "lowest_drawn to highest_drawn", "trait: own openness to the programme"),
        ("influence", "weight", "above 0", "trait: weight with colleagues"),
        ("buy_in", "share", "0 to 1", "attitude to the programme; 0.5 is neutral, below is cynical"),
        ("awareness", "share", "0 to 1", "how far the person knows of the programme"),
        ("ownership", "share", "0 to 1", "how far the plan is the person's own"),
        ("strain", "share", "0 to 1", "strain of work"),
        ("skill", "share", "0 to 1", "local skill in the job"),
        ("tenure", "weeks", "0 or more", "weeks in post (999 for those there at the start)"),
        ("practice", "share by area", "0 to 1", "how far the person practises what is new, by subscale"),
        ("present", "yes or no", "", "flow: at work this week"),
        ("shift", "number", "0 or 1", "flow: shift this week"),
        ("attends", "uniform number", "0 to 1", "flow: this week's luck in being free for events"),
        ("event_hours", "hours", "0 or more", "flow: hours at events and in reviews"),
        ("hours", "hours", "0 to improvement_limit", "flow: hours for the programme's actions"),
        ("background", "hours", "0 to improvement_limit", "flow: hours for the team's own agenda"),
        ("purpose", "share", "0 to 1", "flow: awareness times buy-in at the start of the week"),
        ("told", "dose", "0 or more", "flow: what raises awareness this week"),
        ("heartened", "dose", "0 or more", "flow: what raises buy-in this week"),
        ("disheartened", "dose", "0 or more", "flow: what lowers buy-in this week"),
        ("involved", "dose", "0 or more", "flow: what raises ownership this week"),
    ),
)
TEAM = _states(
    "Team",
    (
        ("wave", "log demand", "any", "departure of demand from the team's usual"),
        ("pressure", "ratio", "0 to pressure_limit", "flow: demand against those at work; 1 is typical"),
        ("improvement_hours", "hours", "0 or more", "improvement work that counts against care"),
        ("progress", "share", "0 to 1", "sight of finished work"),
        ("collaboration", "share", "0 to 1", "working relations with other services"),
        ("usual_collaboration", "share", "0 to 1", "level to which those relations return"),
        ("planned", "yes or no by item", "", "items in the plan"),
        ("plan_made", "yes or no", "", "whether there is a plan"),
        ("plan_room", "points", "0 to 156", "room of the planned items when the plan was made"),
        ("plan_scale", "share", "smallest_plan to 1", "part of the planned actions worked on at once"),
        ("agenda", "items", "39, each once", "all items in the team's order of appeal"),
        ("known_scores", "points by item", "1 to 5", "the last reported scores"),
        ("report_due", "yes or no", "", "whether a report will be read next week"),
        ("points_finished", "points", "0 or more", "steps of structure finished since the start"),
        ("first_finished_week", "week", "-1 for none", "week of the first finished step"),
        ("visits", "visits", "0 or more", "visits held since the start"),
        ("visits_lost", "visits", "0 or more", "visits called off since the start"),
        ("priority", "share", "0 to 1", "flow: priority the manager lends the programme"),
        ("pushed", "dose", "any", "flow: the manager's push on staff; negative from a manager against it"),
        ("manager_work", "hours", "0 or more", "flow: manager's hours on actions"),
        ("manager_event_hours", "hours", "0 or more", "flow: manager's hours at events and in reviews"),
        ("staff_event_hours", "hours", "0 or more", "flow: staff's hours at events and in reviews"),
        ("facilitator_work", "hours", "0 or more", "flow: hours of actions done by the facilitator"),
        ("effective_contact", "effective hours", "0 or more", "flow: this week's visit by its worth"),
        ("coached", "effective hours", "0 or more", "flow: coaching that reaches one person"),
        ("programme_hours", "hours", "0 or more", "flow: hours of all actors on actions"),
        ("last_programme_hours", "hours", "0 or more", "the same, last week"),
        ("finished", "points", "0 or more", "flow: steps finished this week"),
        ("area_share", "share by area", "0 to 1", "flow: how planned work divides over the subscales"),
        ("agenda_area", "number", "-1 to 3", "flow: subscale of the unplanned work; -1 for none"),
        ("attended", "yes or no by item", "", "flow: items that planned work touches"),
        ("defence", "dose", "0 or more", "flow: defensiveness a report provoked"),
        ("review_held", "yes or no", "", "flow: whether a programme review is held this week"),
        ("hours", "hours by actor and kind", "0 or more", "flow: the week's hours, each booked once"),
    ),
)
DELIVERY = _states(
    "Delivery",
    (
        ("clock", "number", "0, 1, 2", "programme not started, running, ended"),
        ("programme_week", "week", "-1 or more", "week of the programme"),
        ("start_week", "week", "-1 or more", "week in which the programme started; -1 where it has not"),
        ("end_week", "week", "-1 or more", "the programme's last week; -1 where it has not ended"),
        ("held", "weeks", "0 or more", "of each planned event: programme week held, -1 lost, -2 not yet"),
        ("row", "row of the plan", "", "flow: what the programme provides this week"),
    ),
)
SERVICE = _states(
    "Service",
    (
        ("kept", "points by item", "0 to 4", "points above 1 that stood before the run, less drift"),
        ("written", "points by item", "0 to 4", "points of new structure"),
        ("lift", "points by item", "0 to 4", "points by spill-over"),
        ("progress", "hours by item", "0 or more", "effective hours done towards the next step"),
        ("adopted", "share by area", "0 to 1", "share of new structure that those in post practise"),
        ("to_be_practised", "points by area", "0 or more", "new points that count only when practised"),
        ("levels", "points by item", "1 to 5", "latent levels (true practice)"),
        ("latent_total", "points", "39 to 195", "sum of the latent levels"),
        ("start_total", "points", "39 to 195", "that sum at the start"),
        ("scores", "points by item", "1 to 5", "last reviewed scores, whole numbers"),
        ("stable_error", "points", "any", "part of the review's error that stays with the team"),
        ("structure", "share by item", "0 to 1", "part of a point that is structure"),
        ("control", "share by item", "0 to 1", "part of an item the team controls"),
        ("interface", "yes or no by item", "", "whether other services have to take part"),
    ),
)
STATES = (
    *TRUST_LEADERSHIP,
    *FACILITATOR,
    *BOND,
    *MANAGER,
    *POST,
    *STAFFING,
    *STAFF,
    *TEAM,
    *DELIVERY,
    *SERVICE,
)

#: Attributes that are no state: links between objects, names, luck read ahead, constants worked out once.
WIRING: Mapping[str, frozenset[str]] = {
    "TrustLeadership": frozenset({"number", "luck"}),
    "Facilitator": frozenset({"number"}),
    "Bond": frozenset(),
    "Manager": frozenset({"team"}),
    "Post": frozenset({"hires"}),
    "Staffing": frozenset({"team", "model", "site", "managers_luck", "weeks_luck", "luck"}),
    "Staff": frozenset({"post"}),
    "Team": frozenset(
        {"model", "site", "plan", "service", "trust", "name", "number", "bond", "delivery", "staffing"}
        | {"week", "weeks_luck", "events_luck", "luck", "tastes"}
    ),
    "Delivery": frozenset({"plan"}),
    "Service": frozenset({"areas", "loss", "loss_of_structure", "loss_of_practice"}),
}


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
