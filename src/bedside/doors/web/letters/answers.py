"""The receiving side answers a letter, once, with the key that came with it; nobody signs in."""

import secrets
from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from bedside.doors.web import clock
from bedside.doors.web.addresses import find_address
from bedside.doors.web.moments import read_moment
from bedside.doors.web.problems import show_problems, show_refused
from bedside.doors.web.shelf import find_shelf
from bedside.doors.web.staff.signed_in import KeyMissing, find_edition, find_master
from bedside.record.journal.act import Act
from bedside.record.journal.operations import DoneBefore
from bedside.record.journal.queries import Reader as JournalReader
from bedside.record.letters.delivery_operations import (
    MOST_LISTED,
    MOST_TO,
    Answer,
    find_waiting,
    record_acknowledged,
)
from bedside.record.letters.models import Delivery
from bedside.record.letters.queries import find_history
from bedside.record.refusal import Refused
from bedside.rules.attestation.claim import ClaimClass, ClaimId
from bedside.rules.attestation.clause import Reader, load_library
from bedside.rules.attestation.phrase import phrase_claim
from bedside.rules.vocabulary.problem import Language, Problems

FORMS = ["GET", "HEAD", "POST"]
UNPROCESSABLE = 422
MOST_COUNT, MOST_LINE = 999, 160
Need = tuple[ClaimId, str, bool]  # its name, its sentence, whether it limits restraint


@require_http_methods(FORMS)
def ask_key(request: HttpRequest, language: Language) -> HttpResponse:
    """Ask for the code of the paper slip."""
    key = "".join(request.POST.get("answer_key", "").replace("-", " ").split()).upper()[:64]
    if request.method == "POST" and key.isascii() and key.isalnum():
        return HttpResponseRedirect(find_address("letter_answer", language, answer_key=key))
    return render(request, "bedside/letters/answer_key.html", {})


@require_http_methods(FORMS)
def answer_letter(request: HttpRequest, language: Language, answer_key: str) -> HttpResponse:
    """Take the one answer: what came, who takes over, which needs cannot be met."""
    site, at = find_shelf().site, clock.tell_time()
    try:
        delivery = find_waiting(find_master(), site.slug, answer_key, at=at)
        context = {"delivery": delivery, "needs": find_needs(delivery, language)}
        if request.method != "POST":
            return render(request, "bedside/letters/answer.html", context)
        record_acknowledged(_act(request, site.slug, at), delivery, answer=_read(request, delivery))
    except DoneBefore:
        pass  # sent twice at one moment: kept once
    except Refused as refused:
        if refused.status != UNPROCESSABLE:
            return show_refused(request, refused)
        context["problems"] = [refused.say(language)]
        context["sent"] = request.POST
        return render(request, "bedside/letters/answer.html", context, status=UNPROCESSABLE)
    except Problems as found:
        return show_problems(request, found.problems)
    return render(request, "bedside/letters/answered.html", {})


def find_needs(delivery: Delivery, language: Language) -> tuple[Need, ...]:
    """Find the needs of the letter in the words of whoever got it."""
    site = find_shelf().site
    reader = JournalReader(site=site.slug, master=find_master(), random=secrets.token_bytes)
    version = find_history(reader, delivery.letter).find_version(delivery.number)
    found = []
    for claim in version.claims if version else ():
        clause = load_library().find(claim.clause)
        if clause is None or clause.letter not in {
            ClaimClass.CARE_NEEDS,
            ClaimClass.RESTRAINT_LIMITS,
        }:
            continue
        text = phrase_claim(claim, clause, Reader(delivery.reader), zone=site.timezone)
        if text is not None:
            is_limit = clause.letter is ClaimClass.RESTRAINT_LIMITS
            found.append((claim.id, text.say(language), is_limit))
    return tuple(found)


def _act(request: HttpRequest, site: str, at: datetime) -> Act:
    try:
        key = UUID(request.POST.get("key", ""))
    except ValueError:
        raise KeyMissing from None
    return Act(
        key=key,
        site=site,
        by=None,
        at=at,
        edition=find_edition(),
        master=find_master(),
        random=secrets.token_bytes,
    )


def _read(request: HttpRequest, delivery: Delivery) -> Answer:
    sent = request.POST

    def text(name: str) -> str:
        return " ".join(sent.get(name, "").replace("\x00", "").split())[:MOST_LINE]

    def count(name: str) -> int:
        written = text(name)
        return min(int(written), MOST_COUNT) if written.isdecimal() and len(written) < 5 else 0  # noqa: PLR2004 - no count is longer

    who = ", ".join(part for part in (text("name"), text("role"), text("phone")) if part)
    known = {id_ for id_, _, _ in find_needs(delivery, Language("en"))}
    lines = [" ".join(line.split()) for line in sent.get("off_formulary", "").splitlines()]
    return Answer(
        accepted_by=who[:MOST_TO] if text("name") else "",
        papers=count("papers"),
        medicines=count("medicines"),
        cannot_meet=tuple(ClaimId(one) for one in sent.getlist("cannot") if one in known),
        off_formulary=tuple(line[:MOST_LINE] for line in lines if line)[:MOST_LISTED],
        is_restraint_read=sent.get("restraint") == "yes",
        next_dose_at=read_moment(text("next_dose"), find_shelf().site.timezone),
    )
