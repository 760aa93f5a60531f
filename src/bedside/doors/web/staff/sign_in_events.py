"""What allauth and Django tell about signing in becomes events of the journal."""

import logging
import secrets
from collections.abc import Callable
from uuid import uuid4

from allauth.account import signals as account
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa import signals as mfa
from allauth.usersessions.models import UserSession
from django.contrib.auth import logout
from django.contrib.auth.signals import user_logged_out
from django.db.models.signals import pre_save
from django.http import HttpRequest

from bedside.doors.web import clock
from bedside.doors.web.problems import show_sentence
from bedside.doors.web.staff import session
from bedside.doors.web.staff.signed_in import find_edition, find_master
from bedside.record.accounts.models import Person, Post
from bedside.record.accounts.queries import find_sites
from bedside.record.accounts.sign_in_operations import (
    record_secret_changed,
    record_session_ended,
    record_signed_in,
)
from bedside.record.journal.act import Act
from bedside.trust.ledger.refusal import Refusal as LedgerRefusal
from bedside.trust.sealing.refusal import Refusal as SealingRefusal

NO_ADDRESS = "::"  # the table wants an address of the device; none is kept
UNAVAILABLE = 503
LOG = logging.getLogger("bedside.sign-in")
METHODS = "account_authentication_methods"  # where allauth keeps by which way somebody came


def listen() -> None:
    """Listen to everything that is told about signing in."""
    account.user_logged_in.connect(_note_signed_in, dispatch_uid="bedside")
    user_logged_out.connect(_note_signed_out, dispatch_uid="bedside")
    pre_save.connect(_forget_device, sender=UserSession, dispatch_uid="bedside")
    for signal, what in (
        (account.password_changed, "password-changed"),
        (account.password_set, "password-set"),
        (account.password_reset, "password-set"),
        (mfa.authenticator_added, "added"),
        (mfa.authenticator_removed, "removed"),
        (mfa.authenticator_reset, "renewed"),
    ):
        signal.connect(_note_secret(what), weak=False, dispatch_uid=f"bedside {what}")


def begin_act(person: Person, *, by: Person | None, site: str = "") -> Act | None:
    """Begin an act about a person at their hospital; none if they are nobody anywhere."""
    at = clock.tell_time()
    sites = [one.slug for one in find_sites(person, at=at)]
    last = Post.objects.filter(person=person).order_by("-since").values_list("site_id", flat=True)
    chosen = site if site in sites else next(iter(sites), last.first())
    if chosen is None:
        return None
    return Act(
        key=uuid4(),
        site=chosen,
        by=by.pk if by else None,
        at=at,
        edition=find_edition(),
        master=find_master(),
        random=secrets.token_bytes,
    )


def say_why(request: HttpRequest, why: str) -> None:
    """Say why a session is about to end, for the event that tells of it."""
    request.ended_why = why  # type: ignore[attr-defined]  # Django's request is open


def _note_signed_in(request: HttpRequest, user: Person, **_: object) -> None:
    session.begin(request.session, clock.tell_time())
    act = begin_act(user, by=user, site=request.session.get(session.SITE, ""))
    if act is None:
        return
    ways = [str(one.get("type") or one.get("method")) for one in request.session.get(METHODS, [])]
    device = session.find_device(request.session)
    try:
        record_signed_in(act, user.pk, how="+".join(ways)[:80], device=device)
    except (LedgerRefusal, SealingRefusal):
        LOG.exception("a sign-in could not be recorded")
        logout(request)
        said = show_sentence(request, UNAVAILABLE, "sign_in_unrecorded")
        raise ImmediateHttpResponse(said) from None


def _note_signed_out(request: HttpRequest, user: Person | None, **_: object) -> None:
    if not isinstance(user, Person):
        return
    why = getattr(request, "ended_why", "signed-out")
    act = begin_act(user, by=user, site=request.session.get(session.SITE, ""))
    if act is None:
        return
    try:
        record_session_ended(act, user.pk, why=why)
    except (LedgerRefusal, SealingRefusal):  # whoever wants to go is let go
        LOG.exception("the end of a session could not be recorded")


def _note_secret(what: str) -> Callable[..., None]:
    def note(request: HttpRequest, user: Person, **told: object) -> None:
        authenticator = told.get("authenticator")
        kind = getattr(authenticator, "type", "")
        act = begin_act(user, by=user, site=request.session.get(session.SITE, ""))
        if act is not None:
            named = f"{kind}-{what}" if kind else what
            record_secret_changed(act, user.pk, what=named)

    return note


def _forget_device(instance: UserSession, **_: object) -> None:
    """Keep neither the address nor the make of a device: a list of sessions needs neither."""
    instance.ip, instance.user_agent = NO_ADDRESS, ""
