"""The program that a web server runs; it has read the rulebook before the first request."""

import os
import sys

from django.core.wsgi import get_wsgi_application

from bedside.config.env import KEY_FILE, read_environment
from bedside.rules.vocabulary.problem import Problems

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bedside.config.settings")
application = get_wsgi_application()


def _refuse_without_key() -> None:
    """Stop where no key is kept: what is sealed under one of this process is lost with it."""
    environment = read_environment(os.environ)
    if not environment.key and not (environment.data / KEY_FILE).exists():
        sys.exit(
            "There is no key of the record yet; start with `bedside serve`, or set BEDSIDE_KEY."
        )


def _load_rulebook() -> None:
    """Fill the shelf, or stop with everything that is wrong with rulebook and site."""
    from bedside.doors.web.shelf import find_shelf

    try:
        find_shelf()
    except Problems as found:
        sys.exit(str(found))


def _load_pages() -> None:
    """Import every page and fill what all share: measured, the first visitor waited seconds."""
    from django.template.loader import get_template
    from django.urls import get_resolver

    from bedside.doors.web.offline.copy import find_copy

    find_copy()
    for name in ("taps", "answer", "offline/answer", "offline/page"):
        get_template(f"bedside/{name}.html")
    assert get_resolver().url_patterns  # noqa: S101 - asking for them is what imports them


_refuse_without_key()
_load_rulebook()
_load_pages()
