"""The brief: a result on two printed pages, as tagged PDF for readers with and without a screen reader."""

import base64
import hashlib
from collections.abc import Mapping
from html import unescape
from io import BytesIO
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import matplotlib as mpl
from matplotlib.figure import Figure

from experiments.errors import InputError
from experiments.page import contents, difference_figure, rendered
from experiments.plots.style import STYLE
from experiments.plots.trajectory import trajectory
from experiments.prediction import Prediction
from experiments.result import Result

if TYPE_CHECKING:
    from weasyprint import Document

PAGES = 2
SIZES = (9.5, 9.0, 8.5, 8.0, 7.5)  #: of type, in points
HEIGHTS = ((118, 98), (104, 86), (92, 74), (80, 64))  #: of the two pictures at most, in millimetres
#: How many rows of the table and entries of what is open are shown where there are more; the page has the rest.
CUTS = ({"rows": 10, "entries": 5}, {"rows": 7, "entries": 4}, {"rows": 5, "entries": 3})
TAGGED = {"pdf_variant": "pdf/ua-1"}
MISSING = "A PDF brief needs {what}. {remedy} The page (--out) does without."


class Drawn(NamedTuple):
    """A figure of the brief: title, address of its image, and what it shows in words."""

    title: str
    source: str
    alternative: str
    caption: str


def write_brief(
    result: Result,
    path: Path,
    *,
    question: str = "",
    command: str = "",
    against: str | None = None,
    prediction: Prediction | None = None,
) -> Path:
    """Write a result as a tagged PDF (PDF/UA-1) of two pages; equal results give equal bytes on one machine.

    Arguments are those of the page. Fonts are the machine's own, so that another machine may set type otherwise.

    Raises
    ------
    InputError
        If weasyprint, or the Pango library it rests on, is not there.
    """
    _needs_weasyprint()
    told = contents(result, question=question, command=command, against=against, prediction=prediction)
    told |= {"figures": _figures(result, against, told), **CUTS[0]}
    identifier = hashlib.sha256(
        rendered("brief.html.j2", told | {"size": SIZES[0], "heights": HEIGHTS[0]}).encode()
    ).digest()[:16]
    path.parent.mkdir(parents=True, exist_ok=True)
    _fitted(told).write_pdf(path, pdf_identifier=identifier, **TAGGED)
    return path


def _fitted(told: Mapping[str, Any]) -> "Document":
    """Return the brief on two pages: as whole as fits, in the largest type, and then with the largest pictures."""
    for cut, size in product(CUTS, SIZES):
        document = _document({**told, **cut}, size, HEIGHTS[-1])
        if len(document.pages) <= PAGES:
            break
    larger = (_document({**told, **cut}, size, heights) for heights in HEIGHTS[:-1])
    return next((each for each in larger if len(each.pages) <= PAGES), document)


def _document(told: Mapping[str, Any], size: float, heights: tuple[int, int]) -> "Document":
    from weasyprint import HTML
    from weasyprint.urls import URLFetcher

    text = rendered("brief.html.j2", {**told, "size": size, "heights": heights})
    return HTML(string=text, url_fetcher=URLFetcher(allowed_protocols=("data",))).render(**TAGGED)


def _figures(result: Result, against: str | None, told: Mapping[str, Any]) -> list[Drawn]:
    by_month, differences, _ = told["pictures"]
    found = (
        (by_month, trajectory(result)),
        (differences, difference_figure(result, against, CUTS[0]["rows"])[1]),
    )
    return [Drawn(p.title, _address(figure), _alternative(p.image), p.caption) for p, figure in found]


def _alternative(image: str) -> str:
    """Return what a picture of the page says of itself in words."""
    return unescape(image.split('aria-label="', 1)[1].split('"', 1)[0])


def _address(figure: Figure) -> str:
    """Return a figure as a data address; letters are outlines, so that it looks the same whatever fonts there are."""
    drawn = BytesIO()
    with mpl.rc_context({**STYLE, "svg.hashsalt": "brief", "svg.fonttype": "path"}):
        figure.savefig(drawn, format="svg", metadata={"Date": None})
    return "data:image/svg+xml;base64," + base64.b64encode(drawn.getvalue()).decode()


def _needs_weasyprint() -> None:
    try:
        import weasyprint  # noqa: F401
    except ImportError:
        remedy = "Install it with pip install 'crtsip[report]'."
        raise InputError(MISSING.format(what="weasyprint", remedy=remedy)) from None
    except OSError:
        remedy = (
            "On Debian and Ubuntu: apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0; on a Mac: "
            "brew install pango."
        )
        raise InputError(MISSING.format(what="the library Pango", remedy=remedy)) from None
