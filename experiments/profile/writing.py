"""From answers to a profile: TOML that says of each value what it means and what it may be."""

import json
import textwrap
from collections.abc import Mapping

from experiments.profile.questions import QUESTIONS, Answer

HEAD = """\
# A team's profile. Run it with
#   crtsip compare core-12 core-24 --team {file}
# A value is a number; a range [low, high], within which each draw takes a value of its own; or "unknown", the range of
# ordinary teams. A line that is taken out stands for the typical team, exactly.
"""


def profile_text(answers: Mapping[str, Answer], file: str = "team.toml") -> str:
    """Return a profile of the answers; the default stands where there is none."""
    parts = [HEAD.format(file=file)]
    for question in QUESTIONS:
        about = [
            ("Unit", question.unit),
            ("Allowed", question.allowed),
            ("Default", question.usual),
            ("Why", question.why),
        ]
        lines = [question.asks, *(line for head, text in about for line in _indented(f"{head}: {text}"))]
        value = _toml(answers.get(question.name, question.default))
        parts.append("\n".join([*(f"# {line}" for line in lines), f"{question.name} = {value}"]) + "\n")
    return "\n".join(parts)


def _indented(text: str) -> list[str]:
    return textwrap.wrap(text, 112, initial_indent="  ", subsequent_indent="    ")


def _toml(value: Answer) -> str:
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
