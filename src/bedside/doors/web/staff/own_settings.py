"""A person's own settings: ways of signing in, the PIN, and the sessions that are open."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from bedside.doors.web.addresses import find_address
from bedside.doors.web.staff import session
from bedside.doors.web.staff.signed_in import Staff, for_staff
from bedside.record.accounts.access import NotThere
from bedside.record.accounts.models import Person
from bedside.record.accounts.roles import May
from bedside.record.accounts.sign_in_operations import (
    NotAPin,
    record_pin_set,
    record_session_ended,
)
from bedside.record.refusal import Refused
from bedside.rules.vocabulary.problem import Language

BAD_REQUEST = 400


class PinsDiffer(Refused):
    """Two PINs that should have been one."""

    status: ClassVar[int] = BAD_REQUEST
    code: ClassVar[str] = "accounts.pins-differ"
    en: ClassVar[str] = "The two PINs are not the same; type the same one twice."
    es: ClassVar[str] = "Los dos PIN no son iguales; escriba el mismo dos veces."


class WrongPassword(Refused):
    """A password that is not this person's."""

    status: ClassVar[int] = BAD_REQUEST
    code: ClassVar[str] = "accounts.wrong-password"
    en: ClassVar[str] = "That is not your password; the PIN was not changed."
    es: ClassVar[str] = "Esa no es su contraseña; el PIN no cambió."


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenSession:
    """A session of the person: since when, on whose device, and whether it is this one."""

    id: int
    since: datetime
    is_own_device: bool
    is_this: bool


@for_staff(May.ADVISE)
@require_safe
def show_settings(request: HttpRequest, staff: Staff, language: Language) -> HttpResponse:
    """Show how this person signs in, and the sessions that are open."""
    del language
    return _render(request, staff)


@for_staff(May.ADVISE)
@require_POST
def set_pin(request: HttpRequest, staff: Staff, language: Language) -> HttpResponse:
    """Set the PIN; whoever finds an open session does not know the password."""
    try:
        record_pin_set(staff.act(request), staff.person, pin=_read_pin(request, staff.person))
    except (NotAPin, PinsDiffer, WrongPassword) as refused:
        return _render(request, staff, wrong=refused.say(language))
    return HttpResponseRedirect(find_address("settings", language))


@for_staff(May.ADVISE)
@require_POST
def end_session(
    request: HttpRequest, staff: Staff, language: Language, session_id: int
) -> HttpResponse:
    """End one of the person's own sessions."""
    found = UserSession.objects.filter(pk=session_id, user=staff.person).first()
    if found is None:
        raise NotThere
    record_session_ended(staff.act(request), staff.person.pk, why="ended-from-list")
    found.end()
    return HttpResponseRedirect(find_address("settings", language))


def end_all_sessions(person: Person) -> int:
    """End every session of a person at once, and count them."""
    found = list(UserSession.objects.filter(user=person))
    for one in found:
        one.end()
    return len(found)


def _read_pin(request: HttpRequest, person: Person) -> str:
    pin = request.POST.get("pin", "")
    if pin != request.POST.get("again", ""):
        raise PinsDiffer
    if person.has_usable_password() and not person.check_password(request.POST.get("password", "")):
        raise WrongPassword
    return pin


def _render(request: HttpRequest, staff: Staff, *, wrong: str = "") -> HttpResponse:
    kinds = list(Authenticator.objects.filter(user=staff.person).values_list("type", flat=True))
    context = {
        "wrong": wrong,
        "passkeys": kinds.count(Authenticator.Type.WEBAUTHN),
        "has_code": Authenticator.Type.TOTP in kinds,
        "has_recovery": Authenticator.Type.RECOVERY_CODES in kinds,
        "has_password": staff.person.has_usable_password(),
        "sessions": _find_sessions(request, staff.person),
        "minutes": int(staff.lock_after.total_seconds()) // 60,
    }
    status = BAD_REQUEST if wrong else 200
    return render(request, "bedside/staff/settings.html", context, status=status)


def _find_sessions(request: HttpRequest, person: Person) -> list[OpenSession]:
    found = []
    for one in UserSession.objects.purge_and_list(person):
        kept = request.session.__class__(one.session_key)
        is_own = session.find_device(kept) == session.OWN
        is_this = one.session_key == request.session.session_key
        found.append(
            OpenSession(id=one.pk, since=one.created_at, is_own_device=is_own, is_this=is_this)
        )
    return sorted(found, key=lambda one: (not one.is_this, one.since))
