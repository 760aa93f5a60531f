"""The bedside nurse with a browser, signed in once a shape for a whole module."""

import pytest
from playwright.sync_api import Browser
from staff_cast import SHAPE_NAMES, SIZED, sign_in
from walk_cast import Walk

from bedside.record.accounts.roles import Role

# What would be spoken is noted as well, for nobody listens at a test.
OBSERVED = (
    "window.said = []; speechSynthesis.speak = one => window.said.push([one.lang, one.text]);"
)


@pytest.fixture(scope="module", params=SIZED, ids=SHAPE_NAMES)
def walk(request: pytest.FixtureRequest, address: str, chromium: Browser) -> Walk:
    """Sign the nurse in, once a shape."""
    size, language = request.param
    page = sign_in(chromium, address, Role.BEDSIDE_NURSE, size=size, language=language)
    page.context.add_init_script(OBSERVED)  # what would be spoken is noted, not heard
    return Walk(chromium=chromium, address=address, size=size, language=language, page=page)
