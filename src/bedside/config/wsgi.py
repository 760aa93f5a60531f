"""The program that a web server runs; it has read the rulebook before the first request."""

import os
import sys

from django.core.wsgi import get_wsgi_application

from bedside.rules.vocabulary.problem import Problems

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bedside.config.settings")
application = get_wsgi_application()


def _load_rulebook() -> None:
    """Fill the shelf, or stop with everything that is wrong with rulebook and site."""
    from bedside.doors.web.shelf import find_shelf

    try:
        find_shelf()
    except Problems as found:
        sys.exit(str(found))


_load_rulebook()
