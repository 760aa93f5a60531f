"""Find out who asks, once a request, and only if their browser says that somebody is signed in."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from bedside.doors.web import clock
from bedside.doors.web.addresses import is_of_nobody
from bedside.doors.web.problems import find_language
from bedside.doors.web.site import read_site
from bedside.doors.web.staff import session, sign_in_events
from bedside.doors.web.staff.kept_forms import lead_to
from bedside.doors.web.staff.signed_in import Staff, find_master
from bedside.record.accounts.access import find_standing
from bedside.record.accounts.models import Person, Site
from bedside.record.accounts.queries import find_sites

Answerer = Callable[[HttpRequest], HttpResponse]
sign_in_events.listen()


class WhoAsks:
    """Put `staff` on the request: nobody, or who asks and what they are here, this moment."""

    def __init__(self, answer: Answerer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, knowing who asks; while a session is locked, nothing about its person opens."""
        if is_of_nobody(request.path_info):
            request.staff = None  # type: ignore[attr-defined]  # Django's request is open
            return self.answer(request)
        remember_device(request)
        staff = find_staff(request)
        request.staff = staff  # type: ignore[attr-defined]  # Django's request is open
        if staff and staff.is_locked and is_about_accounts(request.path_info):
            return HttpResponseRedirect(lead_to("lock", find_language(request), "home"))
        return self.answer(request)


def is_about_accounts(path: str) -> bool:
    """Tell whether an address is one of how somebody signs in, but not the one that signs out."""
    plain = path.removeprefix("/es")
    return plain.startswith("/accounts/") and not plain.startswith("/accounts/logout/")


def remember_device(request: HttpRequest) -> None:
    """Remember what somebody said of the device while they sign in, whichever way they do."""
    if request.method == "POST" and is_about_accounts(request.path_info):
        said = request.POST.get("device", "")
        if said in session.LOCK_AFTER:
            request.session[session.DEVICE] = said


def find_staff(request: HttpRequest) -> Staff | None:
    """Find who is signed in; a person who is nobody here any more is signed out at once."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES or not request.user.is_authenticated:
        return None
    person, at = request.user, clock.tell_time()
    if not isinstance(person, Person):
        return None
    sites = {site.slug: site for site in find_sites(person, at=at)}
    site = _choose_site(request, sites)
    standing = find_standing(person, site.slug, at=at) if site else None
    if site is None or standing is None or session.is_over(request.session, at):
        sign_in_events.say_why(request, "over" if standing else "nobody-here")
        logout(request)
        return None
    locked = session.is_locked(request.session, at)
    if not locked:
        session.note_use(request, at)
    return Staff(
        person=person,
        standing=standing,
        site=read_site(site.plain),
        is_locked=locked,
        must_choose=len(sites) > 1 and request.session.get(session.SITE) not in sites,
        lock_after=session.find_limit(request.session),
        master=find_master(),
    )


def _choose_site(request: HttpRequest, sites: dict[str, Site]) -> Site | None:
    """Choose the hospital that the person said, else the first at which they have a role."""
    wanted = request.session.get(session.SITE, "")
    return sites.get(wanted) or next(iter(sites.values()), None)
