"""Shapes take turns: an ordinary run walks every journey once, half of them on a phone in Spanish.

A soak walks each in all its shapes.
"""

import os
import re
from pathlib import Path

import pytest

IS_SOAK = os.environ.get("BEDSIDE_SOAK") == "1"
HERE = Path(__file__).parent / "journeys"
SHAPE = re.compile(r"-?(phone-es|desk-en)(?=\])")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out, in an ordinary run, the shape whose turn it is not."""
    if IS_SOAK:
        return
    shapes: dict[str, list[pytest.Item]] = {}
    for item in items:
        if HERE in item.path.parents and SHAPE.search(item.nodeid):
            shapes.setdefault(SHAPE.sub("", item.nodeid), []).append(item)
    journeys = [one for one in shapes.values() if len(one) > 1]
    left_out = [item for turn, one in enumerate(journeys) for item in one if one[turn % 2] != item]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in left_out]
