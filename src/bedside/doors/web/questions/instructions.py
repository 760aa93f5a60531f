"""The pages on which staff note what somebody in charge told them, and see what is on file."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from bedside.doors.web.addresses import find_address
from bedside.doors.web.claims import HEARD
from bedside.doors.web.questions.answers import Answered, build_page, claim_that, find_answer
from bedside.doors.web.questions.lines import tell_instruction
from bedside.doors.web.questions.situation_file import open_situation, write_situation
from bedside.doors.web.screening.screened import screens
from bedside.doors.web.shelf import find_shelf
from bedside.doors.web.staff.signed_in import Staff, for_staff
from bedside.doors.web.words import say
from bedside.record.accounts.roles import NAMES, May, Role
from bedside.record.journal.operations import DoneBefore
from bedside.record.questions.access import access_instruction
from bedside.record.questions.operations import (
    DOCUMENTS,
    MOST_WORDS,
    Seen,
    Told,
    record_asked_viewed,
    record_instruction,
)
from bedside.record.questions.queries import find_instructions, read_instruction
from bedside.record.refusal import Refused
from bedside.rules.decide.advise import advise
from bedside.rules.vocabulary.problem import Language, Problems

BOTH = ["GET", "HEAD", "POST"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Choices of what an instruction asks for, under one heading."""

    label: str
    options: tuple[tuple[str, str], ...]


@require_http_methods(BOTH)
@for_staff(May.ADVISE)
@screens(words="instructions_words")
def note_instruction(request: HttpRequest, staff: Staff, language: Language) -> HttpResponse:
    """Ask what was said and by whom; keep it as a claim is kept."""
    if request.method != "POST":
        return HttpResponseRedirect(find_address("questions", language))
    answered = find_answer(request, staff, language)
    context = {
        "answered": answered,
        "typed": request.POST,
        "most": MOST_WORDS,
        "roles": [(role.value, NAMES[role].say(language)) for role in Role],
        "documents": [(one, say(f"instructions_document_{one}", language)) for one in DOCUMENTS],
        "groups": tuple(_find_groups(language)),
    }
    if "words" not in request.POST:
        return render(request, "bedside/questions/instruct.html", context)
    try:
        seen, told = _read(request, answered)
        noted = record_instruction(staff.act(request), seen=seen, told=told)
    except DoneBefore:
        return HttpResponseRedirect(find_address("questions", language))
    except Refused as refused:
        context["wrongs"] = [refused.say(language)]
        return render(request, "bedside/questions/instruct.html", context, status=refused.status)
    here = find_address("instruction", language, instruction_id=str(noted.pk))
    return HttpResponseRedirect(here)


@require_safe
@for_staff(May.ADVISE)
def show_instruction(
    request: HttpRequest, staff: Staff, language: Language, instruction_id: UUID
) -> HttpResponse:
    """Show what was said, and what is on file about it."""
    row = access_instruction(staff.standing, instruction_id)
    if row.by != staff.person.pk:
        record_asked_viewed(staff.act_under(uuid4()), row)
    read = read_instruction(staff.reader(), row)
    try:
        situation = open_situation(read.situation, find_shelf().compiled)
        claims = build_page(situation, staff, language).claims
    except Problems:  # the rulebook in force no longer knows its words, or its stay was deleted
        claims = ()
    context = {"line": tell_instruction(read, language), "claims": claims}
    return render(request, "bedside/questions/instruction.html", context)


@require_safe
@for_staff(May.READ_JOURNAL)
def show_instructions(request: HttpRequest, staff: Staff, language: Language) -> HttpResponse:
    """Show counsel and the privacy officer what staff noted, the newest first."""
    found = find_instructions(staff.reader(), staff.standing)
    for one in found:
        record_asked_viewed(staff.act_under(uuid4()), one.row)
    lines = [tell_instruction(one, language) for one in found]
    return render(request, "bedside/questions/instructions.html", {"lines": lines})


def _read(request: HttpRequest, answered: Answered) -> tuple[Seen, Told]:
    """Read what was said, and ask the rules about it as about any claim."""
    sent, compiled = request.POST, find_shelf().compiled
    words = sent["words"].replace("\x00", "").strip()
    asks, document = sent.get("asks", "")[:80], sent.get("document", "")
    situation = claim_that(
        answered.situation,
        words=words,
        asks=asks,
        document=document if document in DOCUMENTS else "none",
    )
    (claim,) = advise(compiled, situation).asserted
    seen = Seen(
        situation=write_situation(situation, compiled.vocabulary),
        edition=compiled.rulebook.edition,
        digest=compiled.rulebook.digest,
        stay=answered.stay,
    )
    told = Told(
        role=sent.get("role", ""),
        words=words,
        asks=asks,
        document=document,
        found=claim.answer.value,
    )
    return seen, told


def _find_groups(language: Language) -> Iterator[Group]:
    """Find what an instruction may ask for: what is often said, then every word of every aspect."""
    often = tuple((id_, heard.words.say(language)) for id_, heard in HEARD.items())
    yield Group(label=say("instructions_often", language), options=often)
    for dimension in find_shelf().vocabulary.dimensions.values():
        options = tuple(
            (f"{dimension.id}:{word.id}", word.label.say(language)) for word in dimension.words
        )
        yield Group(label=dimension.label.say(language), options=options)
