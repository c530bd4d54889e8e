"""How a lesson speaks: claims that are checked as they are made, answers that stay hidden, quotations, pictures."""

from collections.abc import Iterator
from functools import cache
from html import escape
from io import BytesIO
from typing import TYPE_CHECKING

from calibration.records import sample_findings, six_teams
from experiments.errors import InputError, did_you_mean
from model.mechanisms import MECHANISMS

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from experiments.comparison import Comparison

PAPER = "doi 10.1186/s13033-024-00638-6"
CLAIM, ANSWER = "claim", "answer"  #: what an output is, in its metadata: the teacher's key is made of these
PICTURE_DPI = 110


def claim(sentence: str, holds: bool) -> None:
    """Say a sentence and check that it is true of the numbers just computed.

    Raises
    ------
    AssertionError
        If it is not: the lesson's text then needs another look.
    """
    if not holds:
        raise AssertionError(f"The lesson says, and the model no longer shows: {sentence}")
    _display({"text/markdown": f"> ✔ {sentence}", "text/plain": sentence}, CLAIM)


def answer(text: str) -> None:
    """Show a computed answer folded away, to be opened after the reader's own attempt."""
    summary = "<summary><b>Answer</b> (open it after your own attempt)</summary>"
    _display({"text/html": f"<details>{summary}<p>{escape(text)}</p></details>", "text/plain": text}, ANSWER)


def passage(key: str) -> None:
    """Quote the passage behind a mechanism (``M2``), of a team (``team 6: manager_stance``) or of the sample.

    Raises
    ------
    InputError
        If no passage has that key.
    """
    known = passages()
    if key not in known:
        raise InputError(f"There is no passage '{key}'.{did_you_mean(key, known)}")
    words, about = known[key]
    _display({"text/markdown": f"> “{words}”\n>\n> — *the paper ({PAPER}), {about}*", "text/plain": words})


def show(figure: "Figure", what: str) -> None:
    """Show a picture; ``what`` says in words what it shows, for those who cannot see it."""
    from IPython.display import Image, display
    from matplotlib import rc_context

    from experiments.plots.style import STYLE

    data = BytesIO()
    with rc_context(STYLE):
        figure.savefig(data, format="png", dpi=PICTURE_DPI, metadata={"Software": None})
    display(Image(data.getvalue(), alt=what))


def with_interval(comparison: "Comparison | None", digits: int = 1) -> str:
    """Return a paired difference as a lesson tells it: mean, and in brackets the 95% interval over draws.

    Raises
    ------
    ValueError
        If there is none: the outcome lies beyond the run.
    """
    from experiments.wording import signed

    if comparison is None:
        raise ValueError("There is nothing to tell: the outcome lies beyond the run. Run more months.")
    low, high = comparison.estimate.interval_parameters
    return f"{signed(comparison.estimate.mean, digits)} ({signed(low, digits)} to {signed(high, digits)})"


@cache
def passages() -> dict[str, tuple[str, str]]:
    """Return every passage the code rests on: its words, and what it is about, by key."""
    return dict(_passages())


def _passages() -> Iterator[tuple[str, tuple[str, str]]]:
    for mechanism in MECHANISMS:
        yield mechanism.key, (mechanism.passage, f"behind {mechanism.key}: {mechanism.title}")
    for finding in sample_findings():
        yield finding.name, (finding.phrase, "on the sample")
    for team in six_teams():
        for name, coded in team.codes().items():
            if coded.phrase is not None:
                yield f"team {team.number}: {name}", (coded.phrase, f"team {team.number} ({coded.source})")


def _display(content: dict[str, str], kind: str | None = None) -> None:
    from IPython.display import display

    display(content, raw=True, metadata={"crtsip": kind} if kind else {})
