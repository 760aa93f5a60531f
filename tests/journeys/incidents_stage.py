"""The sample hospital with reports to review, for journeys of reviews."""

from collections.abc import Iterator
from pathlib import Path

import page_stage
import pytest

HERE = Path(__file__).parent
START = (
    f"import sys; sys.path[:0] = [{str(HERE)!r}]; from incidents_seed import serve;"
    " serve(port={port})"
)


@pytest.fixture(scope="module")
def served() -> Iterator[None]:
    """Serve with reports; each module has its own record."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(page_stage, "START", START)
        yield
