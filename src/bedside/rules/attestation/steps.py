"""Take an event into a letter's history, or say why it cannot have happened so."""

from collections.abc import Iterable
from dataclasses import replace
from functools import singledispatch

from bedside.rules.attestation.check import check_claims, is_current
from bedside.rules.attestation.clause import Library
from bedside.rules.attestation.events import (
    Acknowledged,
    Decision,
    Delivered,
    Drafted,
    Expired,
    LetterEvent,
    RequesterSpoke,
    RequestId,
    Signed,
    SignerRole,
    Superseded,
    WordingDecided,
    WordingRequested,
)
from bedside.rules.attestation.history import EMPTY, History, Request, Version, VersionStatus
from bedside.rules.attestation.reasons import check_reasons
from bedside.rules.attestation.refusals import (
    CLOCK_BACK,
    EXPIRED,
    NEVER_ACCEPTED,
    NO_CLAIMS,
    NO_NORMS,
    NO_ORDER,
    NO_SCOPE,
    NO_WORDS,
    NOT_DELIVERED,
    NOT_DRAFTED,
    NOT_IN_FORCE,
    NOT_NEXT,
    NOT_OVER,
    NOT_SUPERSEDED,
    OPEN_REQUEST,
    OUTLIVES,
    REQUEST_TWICE,
    UNKNOWN_CLAIM,
    UNKNOWN_REQUEST,
    WAS_DECLINED,
    refuse,
)
from bedside.rules.attestation.scope import load_scopes
from bedside.rules.vocabulary.problem import Problems


def replay(events: Iterable[LetterEvent], library: Library | None = None) -> History:
    """Rebuild a letter from its events, or raise `Problems` at the first that cannot be.

    Without a library the events are taken as they were when they happened: what was signed under
    an older library of sentences, or before the lint knew more words, stays as it was signed.
    """
    history = EMPTY
    for event in events:
        history = _take(history, event, library)
    return history


def take(history: History, event: LetterEvent, library: Library) -> History:
    """Take one event in, or raise `Problems`; nothing is changed then."""
    return _take(history, event, library)


def _take(history: History, event: LetterEvent, library: Library | None) -> History:
    if history.last_at is not None and event.at < history.last_at:
        refuse(CLOCK_BACK, at=event.at.isoformat(), before=history.last_at.isoformat())
    return replace(_step(event, history, library), last_at=event.at)


@singledispatch
def _step(event: object, history: History, library: Library | None) -> History:
    del history, library
    raise TypeError(type(event))


@_step.register
def _draft(event: Drafted, history: History, library: Library | None) -> History:
    last = history.last_signed
    if event.version != (last.number if last else 0) + 1:
        refuse(NOT_NEXT, version=event.version)
    waiting = [one for one in history.requests if one.answer is None]
    if waiting:
        refuse(OPEN_REQUEST, request=waiting[0].asked.request)
    _check_frame(event, history)
    if last is not None and library is not None:
        found = check_reasons(
            last.claims, event.claims, event.reasons, library=library, at=event.at
        )
        if found:
            raise Problems(found)
    draft = Version(number=event.version, status=VersionStatus.DRAFT, draft=event)
    return history.with_version(draft)


def _check_frame(event: Drafted, history: History) -> None:
    """Check what stands around the claims of a draft."""
    if not event.claims:
        refuse(NO_CLAIMS)
    if event.scope_version not in load_scopes():
        refuse(NO_SCOPE, version=event.scope_version)
    short = [claim for claim in event.claims if claim.expires_at < event.expires_at]
    if short:
        refuse(OUTLIVES, claim=short[0].id, at=short[0].expires_at.isoformat())
    if event.request is not None:
        answer = _find_request(history, event.request).answer
        if answer is not None and answer.decision is Decision.DECLINE:
            refuse(WAS_DECLINED, request=event.request)


@_step.register
def _sign(event: Signed, history: History, library: Library | None) -> History:
    version = history.find_version(event.version)
    if version is None or version.status is not VersionStatus.DRAFT:
        refuse(NOT_DRAFTED, version=event.version)
    if any(one.answer is None for one in history.requests):
        refuse(OPEN_REQUEST, request=history.requests[-1].asked.request)
    found = check_claims(version.claims, library) if library is not None else ()
    if found:
        raise Problems(found)
    if event.at >= version.draft.expires_at or not all(
        is_current(claim, event.at) for claim in version.claims
    ):
        refuse(EXPIRED, version=event.version)
    order = event.order
    if event.role is SignerRole.RESIDENT and not (
        order and order.by.strip() and order.by != event.by and order.read_back_at <= event.at
    ):
        refuse(NO_ORDER)
    return history.with_version(replace(version, status=VersionStatus.SIGNED, signature=event))


@_step.register
def _supersede(event: Superseded, history: History, library: Library | None) -> History:
    del library
    old, new = history.find_version(event.version), history.find_version(event.by_version)
    if (
        old is None
        or new is None
        or not (old.is_signed and new.is_signed)
        or new.number <= old.number
    ):
        refuse(NOT_SUPERSEDED, version=event.version, by_version=event.by_version)
    return history.with_version(replace(old, status=VersionStatus.SUPERSEDED))


@_step.register
def _request(event: WordingRequested, history: History, library: Library | None) -> History:
    del library
    if history.find_request(event.request) is not None:
        refuse(REQUEST_TWICE, request=event.request)
    if history.find_version(event.version) is None:
        refuse(NOT_DRAFTED, version=event.version)
    if not event.words.strip():
        refuse(NO_WORDS)
    return history.with_request(Request(asked=event))


@_step.register
def _decide(event: WordingDecided, history: History, library: Library | None) -> History:
    del library
    request = _find_request(history, event.request)
    if request.answer is not None:
        refuse(REQUEST_TWICE, request=event.request)
    if not event.norms:
        refuse(NO_NORMS)
    if event.decision is Decision.ACCEPT and any(one.is_never for one in request.asked.effects):
        refuse(NEVER_ACCEPTED, request=event.request)
    return history.with_request(replace(request, answer=event))


@_step.register
def _hear(event: RequesterSpoke, history: History, library: Library | None) -> History:
    del library
    request = _find_request(history, event.request)
    if not event.words.strip():
        refuse(NO_WORDS)
    return history.with_request(replace(request, statements=(*request.statements, event)))


@_step.register
def _deliver(event: Delivered, history: History, library: Library | None) -> History:
    del library
    version = history.in_force
    if version is None or version.number != event.version:
        refuse(NOT_IN_FORCE, version=event.version)
    if event.at >= version.draft.expires_at:
        refuse(EXPIRED, version=event.version)
    return replace(history, deliveries=(*history.deliveries, event))


@_step.register
def _acknowledge(event: Acknowledged, history: History, library: Library | None) -> History:
    del library
    if not any(one.version == event.version for one in history.deliveries):
        refuse(NOT_DELIVERED, version=event.version)
    version = history.find_version(event.version)
    known = {claim.id for claim in version.claims} if version else set()
    for claim in event.cannot_meet:
        if claim not in known:
            refuse(UNKNOWN_CLAIM, claim=claim, version=event.version)
    return replace(history, acknowledgements=(*history.acknowledgements, event))


@_step.register
def _expire(event: Expired, history: History, library: Library | None) -> History:
    del library
    version = history.find_version(event.version)
    if version is None or version.status is not VersionStatus.SIGNED:
        refuse(NOT_IN_FORCE, version=event.version)
    if event.at < version.draft.expires_at:
        refuse(NOT_OVER, version=event.version, at=version.draft.expires_at.isoformat())
    return history.with_version(replace(version, status=VersionStatus.EXPIRED))


def _find_request(history: History, id_: RequestId) -> Request:
    request = history.find_request(id_)
    if request is None:
        refuse(UNKNOWN_REQUEST, request=id_)
    return request
