"""What the lessons in ``notebooks/`` import: a lesson tells and shows, and defines nothing.

``python -m experiments.lessons`` runs the lessons and writes the notebooks and the generated parts of the
teaching pages.
"""

from experiments.lessons.pictures import lines, monthly, scatter
from experiments.lessons.telling import answer, claim, passage, show, with_interval

__all__ = ["answer", "claim", "lines", "monthly", "passage", "scatter", "show", "with_interval"]
