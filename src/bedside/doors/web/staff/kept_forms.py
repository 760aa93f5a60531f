"""Keep what somebody had typed when their session had ended, and give it back to them alone.

A form names who typed it, signed, so that it comes back to them however their session ended, and
never to whoever signs in next on the same device. A form that names nobody is not kept.
"""

import json
import secrets
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import quote
from uuid import UUID, uuid4

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.utils.http import url_has_allowed_host_and_scheme

from bedside.doors.web import clock
from bedside.doors.web.problems import find_language, show_sentence
from bedside.record.accounts.models import KeptForm
from bedside.rules.vocabulary.problem import SPANISH, Language

KEPT_FOR = timedelta(minutes=30)
MOST_KEPT = 20  # forms of one person; the oldest goes first
LONGEST_PATH = 200
NONCE = 12
FORBIDDEN = 403
TYPED_BY, KEPT = "typed_by", "kept"
OURS = ("csrfmiddlewaretoken", TYPED_BY, KEPT)
SECRET = frozenset({"password", "oldpassword", "password1", "password2", "pin", "again", "code"})
SIGNER = Signer(salt="bedside.typed-by")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ours:
    """What a form says for us and not for its page: who typed it, and from which kept form."""

    typed_by: UUID | None = None
    kept: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A form that waits for who typed it."""

    path: str
    fields: QueryDict
    had_file: bool


def sign_typist(person: UUID) -> str:
    """Write who types a form, so that nobody can say it was somebody else."""
    return SIGNER.sign(str(person))


def take_ours(request: HttpRequest) -> Ours:
    """Take out of a form what it says for us, before its page reads it."""
    if request.method != "POST" or not request.POST.keys() & {TYPED_BY, KEPT}:
        return Ours()
    sent = request.POST.copy()
    ours = Ours(typed_by=_read_typist(sent.get(TYPED_BY, "")), kept=_read_id(sent.get(KEPT, "")))
    for name in (TYPED_BY, KEPT):
        sent.pop(name, None)
    request.POST = sent  # type: ignore[assignment]  # Django's own way of leaving fields out
    return ours


def keep_form(request: HttpRequest, typed_by: UUID | None) -> str:
    """Keep a form that could not be sent, and say under which address it comes back."""
    if request.method != "POST" or not request.POST or typed_by is None:
        return request.path_info
    now = clock.tell_time()
    KeptForm.objects.filter(until__lte=now).delete()
    sent = {k: v for k, v in request.POST.lists() if k not in OURS and k not in SECRET}
    id_, nonce = uuid4(), secrets.token_bytes(NONCE)
    plain = json.dumps({"fields": sent, "had_file": bool(request.FILES)}, ensure_ascii=False)
    KeptForm.objects.create(
        id=id_,
        person_id=typed_by,
        path=request.path_info[:LONGEST_PATH],
        fields=nonce + _cipher().encrypt(nonce, plain.encode(), id_.bytes + typed_by.bytes),
        until=now + KEPT_FOR,
    )
    own = KeptForm.objects.filter(person_id=typed_by).order_by("-until")
    KeptForm.objects.filter(pk__in=[one.pk for one in own[MOST_KEPT:]]).delete()
    prefix = "/es" if find_language(request) == SPANISH else ""
    return f"{prefix}/kept/{id_}"


def open_form(id_: UUID, person: UUID) -> Kept | None:
    """Open a kept form for the person who typed it; nothing for anybody else, or later."""
    now = clock.tell_time()
    KeptForm.objects.filter(until__lte=now).delete()
    kept = KeptForm.objects.filter(pk=id_, person_id=person).first()
    if kept is None:
        return None
    sealed = bytes(kept.fields)
    try:
        plain = _cipher().decrypt(sealed[:NONCE], sealed[NONCE:], id_.bytes + person.bytes)
    except InvalidTag:
        return None
    said = json.loads(plain)
    fields = QueryDict(mutable=True)
    for name, values in said["fields"].items():
        fields.setlist(name, values)
    return Kept(path=kept.path, fields=fields, had_file=said["had_file"])


def drop_form(id_: UUID, person: UUID) -> None:
    """Drop a kept form once it was sent."""
    KeptForm.objects.filter(pk=id_, person_id=person).delete()


def show_not_from_here(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose token is stale: what was typed is kept and can be sent once more."""
    del reason
    language = find_language(request)
    if request.path_info.endswith("/accounts/login/"):  # nothing typed there is worth keeping
        back = find_safe(request, request.POST.get("next", ""), "home")
        return HttpResponseRedirect(lead_to("accounts/login/", language, back))
    staff, ours = getattr(request, "staff", None), take_ours(request)
    if staff is None or ours.typed_by != staff.person.pk:
        return show_sentence(request, FORBIDDEN, "form_too_old")
    back = keep_form(request, ours.typed_by)
    page = "lock" if staff.is_locked else ""
    return HttpResponseRedirect(lead_to(page, language, back) if page else back)


def lead_to(page: str, language: Language, back: str) -> str:
    """Write the address of a page that leads on afterwards."""
    prefix = "/es/" if language == SPANISH else "/"
    back = back if back.startswith("/") else f"{prefix}{back}"
    return f"{prefix}{page}?next={quote(back)}"


def find_safe(request: HttpRequest, wanted: str, otherwise: str) -> str:
    """Find where to lead on: to a page of ours that was asked for, or to another."""
    if wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, request.get_host()):
        return wanted
    return f"/es/{otherwise}" if find_language(request) == SPANISH else f"/{otherwise}"


def _read_typist(signed: str) -> UUID | None:
    try:
        return UUID(SIGNER.unsign(signed))
    except (BadSignature, ValueError):
        return None


def _read_id(sent: str) -> UUID | None:
    try:
        return UUID(sent)
    except ValueError:
        return None


def _cipher() -> AESGCM:
    return AESGCM(settings.BEDSIDE_MASTER.secret("kept-forms"))
