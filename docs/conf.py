"""How the documents become a site; ``make docs`` builds it, and it opens from disk without the internet."""

import re
from importlib import metadata
from pathlib import Path
from typing import Any

DOCS = Path(__file__).resolve().parent
project = "crtsip"
author = "The crtsip developers"
release = metadata.version("crtsip")

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "sphinx_click"]
myst_heading_anchors = 4
smartquotes = False  # quotations are set as their sources have them

autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_default_options = {"members": True, "show-inheritance": False}
python_use_unqualified_type_names = True
napoleon_google_docstring = False

html_theme = "furo"
html_title = f"crtsip {release}"
html_copy_source = False
html_show_sphinx = False
html_last_updated_fmt = None


def linked_as_files(_: Any, name: str, source: list[str]) -> None:
    """Turn links to Markdown outside the documents into links to a copy: it is no page of the site."""
    folder = (DOCS / name).parent

    def link(match: re.Match[str]) -> str:
        inside = (folder / match[1]).resolve().is_relative_to(DOCS)
        return match[0] if inside else f"](path:{match[1]})"

    source[0] = re.sub(r"\]\(([^)#:]+\.md)(?:#[^)]*)?\)", link, source[0])


def setup(app: Any) -> None:
    """Tell Sphinx."""
    app.connect("source-read", linked_as_files)
