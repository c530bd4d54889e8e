"""Global sensitivity: which of the things nobody knows decide what a programme does, or which of two does better."""

from experiments.sensitivity.study import Design, Question, Study

__all__ = ["Design", "Question", "Study"]
