"""Other words are asked for: kept first, then answered by a clinician, then perhaps drafted."""

from dataclasses import dataclass
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bedside.doors.web.addresses import find_address
from bedside.doors.web.letters.house import ask_rules
from bedside.doors.web.letters.letter_page import find_shown
from bedside.doors.web.letters.pattern_lines import build_patterns
from bedside.doors.web.letters.views import FORMS, UNPROCESSABLE, lead_to_letter, read_seen
from bedside.doors.web.letters.wanted_lines import build_effects, read_effects
from bedside.doors.web.screening.screened import screens
from bedside.doors.web.shelf import find_shelf
from bedside.doors.web.staff.signed_in import Staff, for_staff
from bedside.doors.web.words import say
from bedside.record.accounts.access import NotThere
from bedside.record.accounts.roles import NAMES, May, Role
from bedside.record.letters.access import access_letter
from bedside.record.letters.models import Letter
from bedside.record.letters.operations import record_letter_viewed
from bedside.record.letters.queries import find_grounds, find_history
from bedside.record.letters.request_operations import (
    MOST_WORDS,
    Answered,
    Asked,
    record_statement,
    record_wording_decided,
    record_wording_requested,
)
from bedside.record.refusal import Refused
from bedside.rules.attestation.clause import Reader, load_library
from bedside.rules.attestation.compare import Effect
from bedside.rules.attestation.events import AgencyLevel, Channel, Decision, RequestId
from bedside.rules.attestation.history import Request
from bedside.rules.attestation.readers import load_readers
from bedside.rules.attestation.wanted import read_wanted
from bedside.rules.vocabulary.problem import Language, Problems

ESCALATED_TO = (
    Role.HOUSE_SUPERVISOR,
    Role.ADMINISTRATOR_ON_DUTY,
    Role.PRIVACY_OFFICER,
    Role.ETHICS,
)
MOST_SHORT, MOST_NORMS = 200, 20


@dataclass(frozen=True, slots=True, kw_only=True)
class NormChoice:
    """One norm on which an answer can rest."""

    id: str
    cite: str


@require_http_methods(FORMS)
@for_staff(May.WRITE_CARE)
@screens(words="letter_words", asked_by="letter_asked_by")
def request_wording(
    request: HttpRequest, staff: Staff, language: Language, letter_id: UUID
) -> HttpResponse:
    """Take who asked for other words, and how; what the words would do is proposed, then kept."""
    letter = access_letter(staff.standing, letter_id, to=May.WRITE_CARE)
    version = find_shown(find_history(staff.reader(), letter))
    sent, library = request.POST, load_library()
    words = sent.get("words", "").replace("\x00", "").strip()[:MOST_WORDS]
    wanted = read_wanted(words, version.claims, library) if words else ()
    context = {
        "letter": letter,
        "sent": sent,
        "agencies": [(one.value, say(f"letter_agency_{one}", language)) for one in AgencyLevel],
        "channels": [(one.value, say(f"letter_channel_{one}", language)) for one in Channel],
        "effects": build_effects(wanted, language),
        "verbs": [(one.value, say(f"letter_effect_{one}", language)) for one in Effect],
        "is_read": bool(words),
    }
    if request.method != "POST" or sent.get("do") != "record":
        return render(request, "bedside/letters/request.html", context)
    try:
        asked = Asked(
            number=version.number,
            asked_by=sent.get("asked_by", "").strip()[:MOST_SHORT],
            agency=AgencyLevel(sent.get("agency", AgencyLevel.OTHER)),
            channel=Channel(sent.get("channel", Channel.IN_PERSON)),
            words=words,
            effects=read_effects(sent, wanted),
        )
        kept = record_wording_requested(
            staff.act(request), letter, asked=asked, seen=read_seen(request)
        )
    except (Refused, ValueError) as refused:
        said = (
            refused.say(language)
            if isinstance(refused, Refused)
            else say("letter_choose", language)
        )
        context["problems"] = [said]
        return render(request, "bedside/letters/request.html", context, status=UNPROCESSABLE)
    except Problems as found:
        context["problems"] = [one.say(language) for one in found.problems]
        return render(request, "bedside/letters/request.html", context, status=UNPROCESSABLE)
    parts = {"letter_id": str(letter_id), "request_id": kept}
    return HttpResponseRedirect(find_address("letter_request", language, **parts))


@require_http_methods(FORMS)
@for_staff(May.READ_CARE)
@screens(why="letter_why")
def decide_wording(
    request: HttpRequest, staff: Staff, language: Language, letter_id: UUID, request_id: UUID
) -> HttpResponse:
    """Show what was asked and what it would do; take a clinician's answer with its norms."""
    letter = access_letter(staff.standing, letter_id, to=May.READ_CARE)
    history = find_history(staff.reader(), letter)
    asked = history.find_request(RequestId(str(request_id)))
    if asked is None:
        raise NotThere
    problems: list[str] = []
    if request.method == "POST":
        letter = access_letter(staff.standing, letter_id, to=May.DRAFT_LETTERS)
        try:
            return _answer(request, staff, language, letter, asked)
        except Problems as found:
            problems = [one.say(language) for one in found.problems]
    else:
        record_letter_viewed(staff.act_under(uuid4()), letter)
    context = {
        "letter": letter,
        "asked": asked,
        "effects": build_effects(asked.asked.effects, language),
        "agency": say(f"letter_agency_{asked.asked.agency}", language),
        "channel": say(f"letter_channel_{asked.asked.channel}", language),
        "decisions": [(one.value, say(f"letter_decision_{one}", language)) for one in Decision],
        "decision": say(f"letter_decision_{asked.answer.decision}", language)
        if asked.answer
        else "",
        "norms": find_norms(staff, letter),
        "roles": [(role.value, NAMES[role].say(language)) for role in ESCALATED_TO],
        "may_decide": staff.standing.may_in(May.DRAFT_LETTERS, letter.encounter.unit),
        "may_write": staff.standing.may_in(May.WRITE_CARE, letter.encounter.unit),
        "problems": problems,
        "sent": request.POST,
    }
    status = UNPROCESSABLE if problems else 200
    return render(request, "bedside/letters/decision.html", context, status=status)


def _answer(
    request: HttpRequest, staff: Staff, language: Language, letter: Letter, asked: Request
) -> HttpResponse:
    sent = request.POST
    known = {one.id for one in find_norms(staff, letter)}
    written = sent.get("decision", "")
    decision = Decision(written) if written in set(Decision) else Decision.DECLINE
    role = sent.get("escalated_to", "")
    answered = Answered(
        decision=decision,
        norms=tuple(one for one in sent.getlist("norms") if one in known),
        why=sent.get("why", "").strip(),
        escalated_to=role if role in {one.value for one in ESCALATED_TO} else "",
        is_counsel_told=sent.get("counsel") == "yes",
    )
    record_wording_decided(
        staff.act(request),
        letter,
        asked.asked.request,
        answered=answered,
        seen=read_seen(request),
    )
    if decision is Decision.DECLINE:
        return lead_to_letter(letter.pk, language)
    editor = find_address("letter_drafts", language, letter_id=str(letter.pk))
    return HttpResponseRedirect(f"{editor}?request={asked.asked.request}")


@require_POST
@for_staff(May.WRITE_CARE)
@screens(words="letter_statement")
def add_statement(
    request: HttpRequest, staff: Staff, language: Language, letter_id: UUID, request_id: UUID
) -> HttpResponse:
    """Keep what the requester says of it, in their words."""
    letter = access_letter(staff.standing, letter_id, to=May.WRITE_CARE)
    words = request.POST.get("words", "").strip()
    record_statement(
        staff.act(request),
        letter,
        RequestId(str(request_id)),
        words=words,
        seen=read_seen(request),
    )
    return lead_to_letter(letter_id, language)


@require_safe
@for_staff(May.READ_JOURNAL)
def show_patterns(request: HttpRequest, staff: Staff, language: Language) -> HttpResponse:
    """Show how often other words were asked for, by kind of agency and never by person."""
    patterns = build_patterns(staff, language)
    return render(request, "bedside/letters/patterns.html", {"patterns": patterns})


def find_norms(staff: Staff, letter: Letter) -> tuple[NormChoice, ...]:
    """Find the norms that speak of what was asked for; those of the notice if none does."""
    grounds = find_grounds(staff.reader(), letter)
    advice = ask_rules(staff, letter.encounter, grounds)[Reader.CUSTODY]
    judged = advice.dimensions.get("letter_claim")
    breaks = (judged.breaks if judged else None) or {}
    found = [norm for norms in breaks.values() for norm in norms]
    ids = dict.fromkeys([*found, *load_readers()[Reader.CUSTODY].cites])
    norms = find_shelf().norms
    return tuple(NormChoice(id=id_, cite=norms[id_].source.cite) for id_ in ids if id_ in norms)[
        :MOST_NORMS
    ]
