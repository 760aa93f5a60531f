"""Keep what somebody had typed when their session had ended, and give it back to them alone."""

import json
import secrets
from datetime import timedelta
from uuid import UUID, uuid4

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict

from bedside.doors.web import clock
from bedside.doors.web.problems import show_sentence
from bedside.record.accounts.models import KeptForm, Person

KEPT_FOR = timedelta(minutes=30)
NONCE = 12
FORBIDDEN = 403
NOT_KEPT = ("csrfmiddlewaretoken", "password", "pin")


def keep_form(request: HttpRequest, person: Person | None) -> str:
    """Keep a form that could not be sent, and say under which address it comes back."""
    if request.method != "POST" or not request.POST:
        return request.path_info
    sent = {k: v for k, v in request.POST.lists() if k not in NOT_KEPT}
    id_, nonce = uuid4(), secrets.token_bytes(NONCE)
    plain = json.dumps(sent, ensure_ascii=False).encode()
    KeptForm.objects.create(
        id=id_,
        person=person,
        path=request.path_info[:200],
        fields=nonce + _cipher().encrypt(nonce, plain, id_.bytes),
        until=clock.tell_time() + KEPT_FOR,
    )
    prefix = "/es" if request.path_info.startswith("/es/") else ""
    return f"{prefix}/kept/{id_}"


def open_form(id_: UUID, person: Person) -> tuple[str, QueryDict] | None:
    """Open a kept form for the person who typed it; nothing for anybody else, or later."""
    kept = KeptForm.objects.filter(pk=id_, until__gt=clock.tell_time()).first()
    if kept is None or kept.person_id not in (None, person.pk):
        return None
    sealed = bytes(kept.fields)
    try:
        plain = _cipher().decrypt(sealed[:NONCE], sealed[NONCE:], id_.bytes)
    except InvalidTag:
        return None
    fields = QueryDict(mutable=True)
    for name, values in json.loads(plain).items():
        fields.setlist(name, values)
    return kept.path, fields


def show_not_from_here(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose token is stale: what was typed is kept and can be sent once more."""
    del reason
    person = request.user if isinstance(request.user, Person) else None
    if person is None:
        return show_sentence(request, FORBIDDEN, "not_understood")
    return HttpResponseRedirect(keep_form(request, person))


def _cipher() -> AESGCM:
    return AESGCM(settings.BEDSIDE_MASTER.secret("kept-forms"))
