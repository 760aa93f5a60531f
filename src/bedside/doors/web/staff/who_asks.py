"""Find out who asks, once a request, and only if their browser says that somebody is signed in."""

from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse

from bedside.doors.web import clock
from bedside.doors.web.site import read_site
from bedside.doors.web.staff.signed_in import Staff, find_master
from bedside.record.accounts.access import find_standing
from bedside.record.accounts.models import Person, Site
from bedside.record.accounts.queries import find_sites

Answerer = Callable[[HttpRequest], HttpResponse]


class WhoAsks:
    """Put `staff` on the request: nobody, or who asks and what they are here, this moment."""

    def __init__(self, answer: Answerer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, knowing who asks."""
        request.staff = find_staff(request)  # type: ignore[attr-defined]  # Django's request is open
        return self.answer(request)


def find_staff(request: HttpRequest) -> Staff | None:
    """Find who is signed in; a person who is nobody here any more is signed out at once."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES or not request.user.is_authenticated:
        return None
    person, at = request.user, clock.tell_time()
    if not isinstance(person, Person):
        return None
    site = _choose_site(request, person, at)
    standing = find_standing(person, site.slug, at=at) if site else None
    if site is None or standing is None:
        logout(request)
        return None
    return Staff(
        person=person,
        standing=standing,
        site=read_site(site.plain),
        master=find_master(),
    )


def _choose_site(request: HttpRequest, person: Person, at: datetime) -> Site | None:
    """Choose the hospital that the person said, else the first at which they have a role."""
    sites = {site.slug: site for site in find_sites(person, at=at)}
    wanted = request.session.get("site", "")
    return sites.get(wanted) or next(iter(sites.values()), None)
