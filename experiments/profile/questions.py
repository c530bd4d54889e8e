"""What a manager is asked about the team: each question with its unit, its default and why it matters."""

from typing import Any, NamedTuple

from calibration.records import UNKNOWN, coding_key
from experiments.profile.population import population
from model.sites import Site

Answer = int | float | str | list[float] | list[int]


class Question(NamedTuple):
    """A question about a field of ``Site``.

    ``label`` is what the field is called where it is listed or set. ``words`` are codes of the six teams' coding key
    that a manager may answer with; each stands for a range.
    """

    name: str
    label: str
    asks: str
    unit: str
    why: str
    default: Answer = UNKNOWN
    rests_on: str = ""
    words: tuple[str, ...] = ()

    @property
    def may_be_unknown(self) -> bool:
        """Say whether ordinary teams' range is known, so that the answer may be left open or be a range."""
        return self.name in population()

    @property
    def bounds(self) -> tuple[float, float] | None:
        """Return the lowest and highest allowed value; nothing for a name or a list."""
        schema = Site.model_json_schema()["properties"][self.name]
        return (schema["minimum"], schema["maximum"]) if "minimum" in schema else None

    @property
    def allowed(self) -> str:
        """Say what may be answered."""
        if self.bounds is None:
            return self.unit
        low, high = self.bounds
        found = [f"{low:g} to {high:g}"]
        if self.may_be_unknown:
            knots, _ = population()[self.name]
            found += [f"a range (as {knots[0]:g} to {knots[-1]:g})", *self.words, "? if not known"]
        return "; ".join(found)

    @property
    def usual(self) -> str:
        """Say what the default is, and where it comes from."""
        if self.default != UNKNOWN:
            return f"{self.default} ({self.rests_on})"
        knots, source = population()[self.name]
        return f"not known: {knots[0]:g} to {knots[-1]:g} ({source})"

    def meant(self, word: str) -> list[float] | None:
        """Return the range a word of the coding key stands for."""
        found: list[Any] = [
            list(field.code[word].intervals[self.name])
            for field in coding_key().field.values()
            if word in self.words and word in field.code and self.name in field.code[word].intervals
        ]
        return found[0] if found else None


SHARE = "share from 0 to 1"
QUESTIONS = (
    Question(
        "name",
        "Name",
        "What is the team called?",
        "a name",
        "It stands in tables and pictures.",
        "our team",
        "any name",
    ),
    Question(
        "posts",
        "Posts, full-time equivalents",
        "How many full-time posts has the team, filled or not?",
        "posts",
        "More people can share the work, and there are more to win over.",
        21,
        "median of the national survey, range 3 to 69",
    ),
    Question(
        "baseline_total",
        "Fidelity total at the start",
        "What total did the last fidelity review give?",
        "points, of 39 to 195",
        "A team that starts low has more room; a review's error returns to the mean.",
    ),
    Question(
        "busyness",
        "Workload",
        "How busy is the team, against other crisis teams?",
        "multiple of typical demand (1 typical; the survey's median is 29 people for 21 staff)",
        "Time for improvement falls steeply with pressure, and visits are called off.",
        words=("very_busy",),
    ),
    Question(
        "vacancy",
        "Posts that stand empty",
        "What part of its posts is empty in the usual run of things?",
        "share of posts (0.1, 10% or 2/20)",
        "Empty posts press those who stay.",
    ),
    Question(
        "turnover",
        "Turnover",
        "How fast do staff leave, against other teams?",
        "multiple of the usual rate (1 usual, 2 twice as fast)",
        "Who leaves takes practice along; newcomers have to be won over anew.",
        words=("high", "people_leaving"),
    ),
    Question(
        "senior_share",
        "Part of the posts that is senior",
        "What part of the posts is senior?",
        "share of posts",
        "Seniors are in every working group and weigh more with colleagues.",
    ),
    Question(
        "manager_stance",
        "The manager's view of the programme",
        "What does the manager think of such a programme?",
        f"{SHARE}: against to all for it",
        "The manager's stance sets the programme's priority in the team.",
        words=("sceptical", "engaged", "enthusiastic", "very_enthusiastic"),
    ),
    Question(
        "manager_engagement",
        "The manager's drive",
        "How active a part would the manager take?",
        f"{SHARE}: none to leading it",
        "Hours of the manager move staff, and protect time.",
    ),
    Question(
        "manager_participative",
        "How far the manager decides with the team",
        "How far does the manager decide with the team?",
        f"{SHARE}: alone to always together",
        "Staff own a plan they had a say in.",
    ),
    Question(
        "manager_arrives_month",
        "Month in which the manager comes into post",
        "In which month of the programme does the manager come into post?",
        "month, 0 if there already",
        "A post that is empty, or new in it, leaves the programme without a lead.",
        0.0,
        "in post from the start",
    ),
    Question(
        "staff_buy_in",
        "Staff's openness to change",
        "How far are staff for such a programme?",
        f"{SHARE}: 0.5 is neutral",
        "Who is for it gives time, and practises what was written.",
    ),
    Question(
        "trust_support",
        "Visible support by the trust's leaders",
        "How far do the trust's leaders support it, visibly?",
        f"{SHARE}: not at all to fully",
        "Some items are theirs to decide, and backfill is theirs to grant.",
    ),
    Question(
        "group_breadth",
        "Who shares in improvement work",
        "What part of ordinary staff would be in working groups?",
        "share of ordinary staff",
        "Broad groups spread practice; narrow ones leave it with a few.",
    ),
    Question(
        "service_user_involvement",
        "Service users' and carers' part in the work",
        "How far would service users and carers take part in the work?",
        f"{SHARE}: not at all to throughout",
        "Their advice makes planned work worth more.",
    ),
    Question(
        "targets",
        "Items the team has chosen, by number",
        "Which items would the team work on, by number (3, 7, 12)?",
        "item numbers of 1 to 39, or none",
        "Without, the team of the model chooses at its scoping day.",
        [],
        "the team chooses",
    ),
)


LABELS = {question.name: question.label for question in QUESTIONS}


def called(name: str) -> str:
    """Return what a field of a site is called where it is listed; its name in words where no profile asks for it."""
    words = LABELS.get(name, name.replace("_", " "))
    return words[:1].upper() + words[1:]
