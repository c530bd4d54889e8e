"""What all tests share: where their helpers are, and how hypothesis draws."""

import sys
from pathlib import Path

import hypothesis
import pytest

sys.path.insert(0, str(Path(__file__).parent / "support"))

hypothesis.settings.register_profile("house", deadline=None, derandomize=True, max_examples=50)
hypothesis.settings.load_profile("house")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Count the lessons, which nbmake runs from top to bottom, among the slow tests."""
    for item in items:
        if item.path.suffix == ".ipynb":
            item.add_marker("slow")
