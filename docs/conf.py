"""How the documents become a site; ``make docs`` builds it, and it opens from disk without the internet."""

from importlib import metadata

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
