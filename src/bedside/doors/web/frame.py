"""What stands around every page: the words, the language, the bar, who is signed in."""

from typing import Any

from django.http import HttpRequest

from bedside.doors.web.addresses import find_addresses, find_other, find_twin
from bedside.doors.web.problems import find_language
from bedside.doors.web.shelf import find_shelf
from bedside.doors.web.words import SAID


def fill_frame(request: HttpRequest) -> dict[str, Any]:
    """Fill in what every template may use; a page's own values win."""
    language = find_language(request)
    shelf = find_shelf()
    staff = getattr(request, "staff", None)
    site = staff.site if staff else shelf.site
    return {
        "say": SAID[language],
        "lang": language,
        "other": find_other(language),
        "to": find_addresses(language),
        "other_address": find_twin(request.path_info),
        "site": site,
        "site_name": site.name.say(language),
        "staff": staff,
        "edition": shelf.compiled.rulebook.edition,
        "digest": shelf.compiled.rulebook.digest.removeprefix("sha256:")[:12],
    }
