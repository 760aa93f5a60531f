"""Writing a letter, seeing it before its three readers, signing it, and taking its copies out."""

from collections.abc import Callable
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bedside.doors.web.addresses import find_address
from bedside.doors.web.letters.editing import Desk, begin_form, read_and_do, show_editor
from bedside.doors.web.letters.house import compose_version, find_house, print_version
from bedside.doors.web.letters.letter_page import (
    build_changes,
    build_lines,
    build_requests,
    find_shown,
    say_state,
)
from bedside.doors.web.letters.listing import build_deliveries, build_stays, find_attendings
from bedside.doors.web.letters.signing import read_signing
from bedside.doors.web.screening.screened import screens
from bedside.doors.web.staff.signed_in import Staff, for_staff
from bedside.doors.web.stays.case import find_stay
from bedside.record.accounts.roles import May
from bedside.record.journal.operations import DoneBefore
from bedside.record.letters.access import access_copy, access_letter
from bedside.record.letters.models import Letter
from bedside.record.letters.operations import (
    Draft,
    record_draft,
    record_letter,
    record_letter_exported,
    record_letter_viewed,
    record_signed,
)
from bedside.record.letters.queries import (
    find_copies,
    find_deliveries,
    find_earlier_letters,
    find_history,
    find_letters,
    find_pauses,
    read_pdf,
)
from bedside.rules.vocabulary.problem import Language, Problems

FORMS = ["GET", "HEAD", "POST"]
UNPROCESSABLE = 422


@require_safe
@for_staff(May.READ_CARE)
def show_letters(request: HttpRequest, staff: Staff, language: Language) -> HttpResponse:
    """Show the open stays with their letters."""
    context = {"stays": build_stays(staff, language), "may_draft": _may_draft(staff)}
    return render(request, "bedside/letters/list.html", context)


@require_safe
@for_staff(May.READ_CARE)
def show_letters_of_stay(
    request: HttpRequest, staff: Staff, language: Language, stay_id: UUID
) -> HttpResponse:
    """Show the letters about a stay, and those of earlier stays of the same patient."""
    del language
    stay = find_stay(staff, stay_id)
    letters = find_letters(stay)
    for letter in letters:
        record_letter_viewed(staff.act_under(uuid4()), letter)
    context = {
        "stay": stay,
        "letters": letters,
        "earlier": find_earlier_letters(stay),
        "pauses": find_pauses(stay),
        "may_draft": _may_draft(staff),
        "may_write": staff.standing.may_in(May.WRITE_CARE, stay.unit),
    }
    return render(request, "bedside/letters/stay.html", context)


@require_http_methods(FORMS)
@for_staff(May.DRAFT_LETTERS)
@screens(evidence="letter_evidence", purpose="letter_purpose", receiver="letter_receiver")
def draft_letter(
    request: HttpRequest, staff: Staff, language: Language, stay_id: UUID
) -> HttpResponse:
    """Begin a letter with what the stay tells, and keep its first draft."""
    stay = find_stay(staff, stay_id, to=May.DRAFT_LETTERS)
    desk = Desk(request=request, staff=staff, language=language, stay=stay)
    if request.method != "POST":
        return show_editor(desk, begin_form(desk))
    return _edit(desk, lambda draft: record_letter(staff.act(request), stay, draft=draft))


@require_http_methods(FORMS)
@for_staff(May.DRAFT_LETTERS)
@screens(evidence="letter_evidence", purpose="letter_purpose", receiver="letter_receiver")
def redraft_letter(
    request: HttpRequest, staff: Staff, language: Language, letter_id: UUID
) -> HttpResponse:
    """Change a draft, or draft the version that follows a signed one."""
    letter = access_letter(staff.standing, letter_id, to=May.DRAFT_LETTERS)
    stay = letter.encounter
    desk = Desk(request=request, staff=staff, language=language, stay=stay, letter=letter)
    if request.method != "POST":
        return show_editor(desk, begin_form(desk, find_history(staff.reader(), letter)))
    seen = read_seen(request)
    return _edit(desk, lambda draft: _redraft(desk, letter, draft, seen))


def _redraft(desk: Desk, letter: Letter, draft: Draft, seen: int) -> Letter:
    record_draft(desk.staff.act(desk.request), letter, draft=draft, seen=seen)
    return letter


def _edit(desk: Desk, keep: Callable[[Draft], Letter]) -> HttpResponse:
    """Do what the pressed button says: add a sentence, replace words, or keep the draft."""
    letter = desk.letter
    before = find_history(desk.staff.reader(), letter).last_signed if letter else None
    form, draft = read_and_do(desk, before)
    if draft is None:
        return show_editor(desk, form, status=200 if form.is_sound else UNPROCESSABLE)
    try:
        kept = keep(draft)
    except DoneBefore as done:
        return lead_to_letter(UUID(done.about.partition("/")[2]), desk.language)
    except Problems as found:
        said = [one.say(desk.language) for one in found.problems]
        return show_editor(desk, form, problems=said, status=UNPROCESSABLE)
    return lead_to_letter(kept.pk, desk.language)


@require_safe
@for_staff(May.READ_CARE)
def show_letter(
    request: HttpRequest, staff: Staff, language: Language, letter_id: UUID
) -> HttpResponse:
    """Show a letter before its three readers side by side, and what may be done with it."""
    letter = access_letter(staff.standing, letter_id, to=May.READ_CARE)
    record_letter_viewed(staff.act_under(uuid4()), letter)
    return show_letter_page(request, staff, language, letter=letter)


def show_letter_page(
    request: HttpRequest,
    staff: Staff,
    language: Language,
    *,
    letter: Letter,
    problems: list[str] | None = None,
) -> HttpResponse:
    """Show the page of a letter that was reached, with what went wrong on it."""
    history = find_history(staff.reader(), letter)
    version = find_shown(history)
    documents = compose_version(staff, letter, version, find_house(request, staff))
    unit = letter.encounter.unit
    context = {
        "letter": letter,
        "stay": letter.encounter,
        "version": version,
        "documents": [documents[reader] for reader in documents],
        "scope": next(iter(documents.values())).scope.say(language),
        "lines": build_lines(version, documents, language),
        "changes": build_changes(history, language),
        "requests": build_requests(history, staff, language),
        "state": say_state(letter, version, language, at=staff.at),
        "copies": find_copies(letter),
        "deliveries": build_deliveries(find_deliveries(letter), history, staff, language),
        "pauses": find_pauses(letter.encounter),
        "may_sign": staff.standing.may_in(May.DRAFT_LETTERS, unit),
        "is_attending": staff.standing.may_in(May.DECIDE_CARE, unit),
        "attendings": find_attendings(staff),
        "may_write": staff.standing.may_in(May.WRITE_CARE, unit),
        "may_export": staff.standing.may(May.READ_JOURNAL),
        "problems": problems or [],
        "order": request.POST,
    }
    status = UNPROCESSABLE if problems else 200
    return render(request, "bedside/letters/letter.html", context, status=status)


@require_POST
@for_staff(May.DRAFT_LETTERS)
def sign_letter(
    request: HttpRequest, staff: Staff, language: Language, letter_id: UUID
) -> HttpResponse:
    """Sign a draft: it is printed, sealed with the hospital's key, and kept."""
    letter = access_letter(staff.standing, letter_id, to=May.DRAFT_LETTERS)
    history, seen = find_history(staff.reader(), letter), read_seen(request)
    try:
        signing = read_signing(request.POST, staff, number=letter.signed + 1)
        copies = print_version(request, staff, letter, history, signing)
        record_signed(staff.act(request), letter, signing=signing, copies=copies, seen=seen)
    except DoneBefore:
        pass  # sent twice: it was signed once
    except Problems as found:
        letter.refresh_from_db()
        said = [one.say(language) for one in found.problems]
        return show_letter_page(request, staff, language, letter=letter, problems=said)
    return lead_to_letter(letter_id, language)


@require_safe
@for_staff(May.READ_CARE)
def give_copy(
    request: HttpRequest, staff: Staff, language: Language, letter_id: UUID, copy_id: UUID
) -> HttpResponse:
    """Give one printed copy as the file that was signed; that somebody took it is an event."""
    del request, language
    letter = access_letter(staff.standing, letter_id, to=May.READ_CARE)
    copy = access_copy(letter, copy_id)
    record_letter_exported(
        staff.act_under(uuid4()), letter, what=f"copy {copy.number} {copy.reader}"
    )
    response = HttpResponse(read_pdf(staff.reader(), copy), content_type="application/pdf")
    name = f"letter-{letter.code}-{copy.number}-{copy.reader}.pdf"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def lead_to_letter(letter_id: UUID, language: Language) -> HttpResponse:
    """Lead to the page of a letter."""
    return HttpResponseRedirect(find_address("letter", language, letter_id=str(letter_id)))


def read_seen(request: HttpRequest) -> int:
    """Read how far the letter had come when the page was opened."""
    sent = request.POST.get("seen", "")
    return int(sent) if sent.isdecimal() and len(sent) < 9 else -1  # noqa: PLR2004 - an integer of the database


def _may_draft(staff: Staff) -> bool:
    return staff.standing.may(May.DRAFT_LETTERS)
