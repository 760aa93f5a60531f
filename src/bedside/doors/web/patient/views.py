"""The card of rights for everybody, and what is done for the patient of one stay."""

from contextlib import suppress
from enum import StrEnum
from typing import Any, TypeVar
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bedside.doors.web.addresses import find_address
from bedside.doors.web.patient.cards import build_card
from bedside.doors.web.patient.of_stay import (
    WAITING,
    build_language,
    build_question,
    build_replies,
    find_fitting_card,
    find_question,
    find_wanted,
)
from bedside.doors.web.patient.texts import load_texts, load_tongues
from bedside.doors.web.problems import show_not_found
from bedside.doors.web.shelf import find_shelf
from bedside.doors.web.staff.signed_in import Staff, for_staff
from bedside.doors.web.stays.case import find_stay, tell_viewed
from bedside.doors.web.stays.stay_page import Teller
from bedside.doors.web.words import say
from bedside.record.accounts.roles import May
from bedside.record.encounters.models import Encounter
from bedside.record.journal.operations import DoneBefore
from bedside.record.presence.patient_operations import (
    IN_PRIVATE,
    Said,
    record_interpreter_asked,
    record_interpreter_moved,
    record_reply,
    record_rights_told,
)
from bedside.record.presence.patient_queries import (
    access_interpreter,
    find_copies,
    find_rights_told,
)
from bedside.record.presence.patient_words import (
    ALONE,
    COMING,
    HEARINGS,
    WAYS,
    Alone,
    Card,
    Coming,
    Hearing,
    Way,
)
from bedside.record.presence.refusals import NoSuchChoice
from bedside.rules.vocabulary.problem import Language, Text

FORMS = ["GET", "HEAD", "POST"]
WISH = "wish"
OTHERS = ("relative", "interpreter", "baby")
Word = TypeVar("Word", bound=StrEnum)


@require_safe
def show_rights(request: HttpRequest, language: Language, card: str = Card.ADULT) -> HttpResponse:
    """Show the card of rights: to whoever holds it; nothing of anybody is in it."""
    if card not in set(Card):
        return show_not_found(request)
    shelf = find_shelf()
    built = build_card(shelf, shelf.site, card=Card(card), wanted=language, language=language)
    cards = [(one.value, say(f"patient_card_{one.value}", language)) for one in Card]
    return render(request, "bedside/patient/rights.html", {"card": built, "cards": cards})


@require_safe
@for_staff(May.READ_CARE)
def show_patient(
    request: HttpRequest, staff: Staff, language: Language, stay_id: UUID
) -> HttpResponse:
    """Show what is done for the patient of a stay, and what is to be asked again."""
    stay = find_stay(staff, stay_id)
    tell_viewed(staff, stay)
    return render(request, "bedside/patient/stay.html", _fill(staff, stay, language))


@require_POST
@for_staff(May.WRITE_CARE)
def keep_rights(
    request: HttpRequest, staff: Staff, language: Language, stay_id: UUID
) -> HttpResponse:
    """Note that the rights were told, and what became of the offer of time alone."""
    stay = find_stay(staff, stay_id, to=May.WRITE_CARE)
    alone = request.POST.get("alone", "")
    record_rights_told(
        staff.act(request),
        stay,
        card=read_word(request.POST, "card", Card),
        how=read_word(request.POST, "how", Way),
        alone=read_word(request.POST, "alone", Alone) if alone else None,
    )
    return _lead_to_hub(stay, language)


@require_safe
@for_staff(May.READ_CARE)
def show_question(
    request: HttpRequest, staff: Staff, language: Language, stay_id: UUID, question: str
) -> HttpResponse:
    """Show one question in the patient's language: to read, to be spoken, with an interpreter."""
    stay = find_stay(staff, stay_id)
    tell_viewed(staff, stay)
    context = {
        "stay": stay,
        "question": build_question(staff, stay, find_question(question), language),
        "language_line": build_language(staff, stay, Teller(staff=staff, language=language)),
        "hearings": name_words(HEARINGS, language),
        "ways": [(w.value, WAYS[w].say(language)) for w in (Way.SPOKEN, Way.INTERPRETER)],
        "may_write": staff.standing.may(May.WRITE_CARE) and stay.closed_at is None,
        "card": find_fitting_card(staff, stay).value,
    }
    return render(request, "bedside/patient/question.html", context)


@require_POST
@for_staff(May.WRITE_CARE)
def show_card(
    request: HttpRequest, staff: Staff, language: Language, stay_id: UUID
) -> HttpResponse:
    """Show the silent card: large pictures, nothing spoken, nothing of the stay."""
    stay = find_stay(staff, stay_id, to=May.WRITE_CARE)
    hearing = read_word(request.POST, "hearing", Hearing)
    question = find_question(request.POST.get("question", WISH))
    context = {
        "stay": stay,
        "question": build_question(staff, stay, question, language),
        "hearing": hearing.value,
        "others": _read_others(request.POST),
        "staff": None,  # the patient holds the device: no way into the record is on this page
    }
    return render(request, "bedside/patient/card.html", context)


@require_POST
@for_staff(May.WRITE_CARE)
def keep_reply(
    request: HttpRequest, staff: Staff, language: Language, stay_id: UUID
) -> HttpResponse:
    """Keep what the patient answered; the next page repeats nothing of it."""
    stay = find_stay(staff, stay_id, to=May.WRITE_CARE)
    said = _read_said(request.POST, stay)
    with suppress(DoneBefore):  # touched twice; the patient still holds the device
        record_reply(staff.act(request), stay, said=said)
    if said.how is not Way.CARD:
        return _lead_to_hub(stay, language)
    address = find_address("patient_thanks", language, stay_id=str(stay.pk))
    return HttpResponseRedirect(address)


@require_safe
@for_staff(May.READ_CARE)
def show_thanks(
    request: HttpRequest, staff: Staff, language: Language, stay_id: UUID
) -> HttpResponse:
    """Thank the patient; whoever looks over a shoulder learns nothing."""
    del language
    stay = find_stay(staff, stay_id)
    thanks = load_texts().words["thanks"]
    shown = build_question(staff, stay, find_question(WISH), find_wanted(stay) or Language("en"))
    context = {
        "stay": stay,
        "thanks": thanks.say(shown.spoken.language),
        "spoken": shown.spoken,
        "staff": None,
    }
    return render(request, "bedside/patient/thanks.html", context)


@require_http_methods(FORMS)
@for_staff(May.WRITE_CARE)
def choose_language(
    request: HttpRequest, staff: Staff, language: Language, stay_id: UUID
) -> HttpResponse:
    """Let the patient choose her language; that asks for an interpreter of it."""
    stay = find_stay(staff, stay_id, to=May.WRITE_CARE)
    tongues = load_tongues()
    if request.method != "POST":
        tell_viewed(staff, stay)
        context = {"stay": stay, "tongues": tongues.values()}
        return render(request, "bedside/patient/languages.html", context)
    chosen = request.POST.get("tongue", "")
    if chosen not in tongues:
        raise NoSuchChoice(choice=chosen)
    spoken = tongues[chosen].spoken or ""
    record_interpreter_asked(staff.act(request), stay, language=chosen, spoken=spoken)
    return _lead_to_hub(stay, language)


@require_POST
@for_staff(May.WRITE_CARE)
def move_interpreter(
    request: HttpRequest, staff: Staff, language: Language, stay_id: UUID, interpreter_id: UUID
) -> HttpResponse:
    """Note where the interpreter is."""
    stay = find_stay(staff, stay_id, to=May.WRITE_CARE)
    interpreter = access_interpreter(stay, interpreter_id)
    state = read_word(request.POST, "state", Coming)
    record_interpreter_moved(staff.act(request), interpreter, state=state)
    return _lead_to_hub(stay, language)


def read_word(sent: QueryDict, name: str, words: type[Word]) -> Word:
    """Read a word of a closed list, or refuse."""
    value = sent.get(name, "")
    if value not in set(words):
        raise NoSuchChoice(choice=value)
    return words(value)


def name_words(words: dict[Word, Text], language: Language) -> list[tuple[str, str]]:
    """Name the words of a closed list."""
    return [(word.value, text.say(language)) for word, text in words.items()]


def _fill(staff: Staff, stay: Encounter, language: Language) -> dict[str, Any]:
    teller, card = Teller(staff=staff, language=language), find_fitting_card(staff, stay)
    told = find_rights_told(stay)
    line = build_language(staff, stay, teller)
    built = build_card(
        find_shelf(), staff.site, card=card, wanted=find_wanted(stay), language=language
    )
    return {
        "stay": stay,
        "card": built,
        "card_name": say(f"patient_card_{card.value}", language),
        "told": [
            (one.at, WAYS[Way(one.how)].say(language), _name_alone(one.alone, language))
            for one in told
        ],
        "language_line": line,
        "states": _name_states(line.state, language) if line else [],
        "is_waiting": line is not None and line.state in WAITING,
        "replies": build_replies(staff, stay, teller),
        "questions": [(one.id, one.adult.say(language)) for one in load_texts().questions.values()],
        "hearings": name_words(HEARINGS, language),
        "others": [(one, say(f"patient_other_{one}", language)) for one in OTHERS],
        "ways": name_words(WAYS, language),
        "alone": name_words(ALONE, language),
        "is_young": card is not Card.ADULT,
        "copies": find_copies(stay),
        "may_write": staff.standing.may(May.WRITE_CARE) and stay.closed_at is None,
    }


def _name_alone(alone: str, language: Language) -> str:
    return ALONE[Alone(alone)].say(language) if alone else ""


def _name_states(now: Coming, language: Language) -> list[tuple[str, str]]:
    return [(one.value, COMING[one].say(language)) for one in Coming if one is not now]


def _read_others(sent: QueryDict) -> tuple[str, ...]:
    return tuple(one for one in OTHERS if one in sent.getlist("others"))


def _read_said(sent: QueryDict, stay: Encounter) -> Said:
    question = find_question(sent.get("question", ""))
    choice = question.find(sent.get("answer", ""))
    if choice is None:
        raise NoSuchChoice(choice=sent.get("answer", ""))
    hearing = read_word(sent, "hearing", Hearing)
    facts: dict[str, str | int] = {} if choice.value is None else {question.fact: choice.value}
    if question.id == WISH:
        facts[IN_PRIVATE] = hearing is Hearing.NO
    return Said(
        question=question.id,
        answer=choice.id,
        how=read_word(sent, "how", Way),
        hearing=hearing,
        language=stay.language,
        others=_read_others(sent),
        facts=facts,
        is_settled=choice.is_settled,
    )


def _lead_to_hub(stay: Encounter, language: Language) -> HttpResponse:
    return HttpResponseRedirect(find_address("stay_patient", language, stay_id=str(stay.pk)))
