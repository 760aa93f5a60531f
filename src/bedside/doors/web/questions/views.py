"""The pages on which staff say “this is wrong”, and the rulebook's owner answers."""

from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from bedside.doors.web.addresses import find_address
from bedside.doors.web.questions.answers import build_page, find_answer
from bedside.doors.web.questions.lines import tell_dispute, tell_instruction
from bedside.doors.web.questions.situation_file import NAME, open_situation
from bedside.doors.web.screening.screened import screens
from bedside.doors.web.shelf import find_shelf
from bedside.doors.web.staff.signed_in import Staff, for_staff
from bedside.record.accounts.roles import May
from bedside.record.journal.operations import DoneBefore
from bedside.record.questions.access import access_dispute, access_dispute_to_answer
from bedside.record.questions.operations import (
    MOST_WORDS,
    NORM_CHANGED,
    record_asked_viewed,
    record_dispute,
    record_dispute_answered,
)
from bedside.record.questions.queries import (
    find_answered_disputes,
    find_disputes_to_answer,
    find_own_disputes,
    find_own_instructions,
    read_dispute,
)
from bedside.record.refusal import Refused
from bedside.rules.vocabulary.problem import Language, Problems

BOTH = ["GET", "HEAD", "POST"]


@require_safe
@for_staff(May.ADVISE)
def show_questions(request: HttpRequest, staff: Staff, language: Language) -> HttpResponse:
    """Show what one asked and noted; to the rulebook's owner, what waits for an answer."""
    reader, standing = staff.reader(), staff.standing
    is_owner = standing.may(May.OWN_RULEBOOK)
    waiting = find_disputes_to_answer(reader, standing) if is_owner else ()
    answered = find_answered_disputes(reader, standing) if is_owner else ()
    own, noted = find_own_disputes(reader, standing), find_own_instructions(reader, standing)
    context = {
        "is_owner": is_owner,
        "waiting": [tell_dispute(one, language) for one in waiting],
        "answered": [tell_dispute(one, language) for one in answered],
        "own": [tell_dispute(one, language) for one in own],
        "noted": [tell_instruction(one, language) for one in noted],
    }
    return render(request, "bedside/questions/list.html", context)


@require_http_methods(BOTH)
@for_staff(May.ADVISE)
@screens(reason="questions_reason")
def ask_question(request: HttpRequest, staff: Staff, language: Language) -> HttpResponse:
    """Ask what is wrong with an answer; then bring it to the rulebook's owner."""
    if request.method != "POST":
        return HttpResponseRedirect(find_address("questions", language))
    answered = find_answer(request, staff, language)
    context = {"answered": answered, "typed": request.POST, "most": MOST_WORDS}
    if "reason" not in request.POST:
        return render(request, "bedside/questions/ask.html", context)
    reason = request.POST["reason"].replace("\x00", "").strip()
    try:
        dispute = record_dispute(staff.act(request), seen=answered.seen, reason=reason)
    except DoneBefore:
        return HttpResponseRedirect(find_address("questions", language))
    except Refused as refused:
        context["wrongs"] = [refused.say(language)]
        return render(request, "bedside/questions/ask.html", context, status=refused.status)
    return HttpResponseRedirect(find_address("question", language, question_id=str(dispute.pk)))


@require_http_methods(BOTH)
@for_staff(May.ADVISE)
@screens(answer="questions_answer")
def show_question(
    request: HttpRequest, staff: Staff, language: Language, question_id: UUID
) -> HttpResponse:
    """Show a question with its situation; take the owner's answer."""
    wrongs: list[str] = []
    status = 200
    if request.method == "POST":
        try:
            return _take_answer(request, staff, language, question_id)
        except DoneBefore:
            return HttpResponseRedirect(request.path_info)
        except Refused as refused:
            wrongs.append(refused.say(language))
            status = refused.status
    dispute = access_dispute(staff.standing, question_id)
    if dispute.by != staff.person.pk:
        record_asked_viewed(staff.act_under(uuid4()), dispute)
    read = read_dispute(staff.reader(), dispute)
    context = {
        "line": tell_dispute(read, language),
        "now": _say_now(read.situation, staff, language),
        "is_owner": staff.standing.may(May.OWN_RULEBOOK),
        "most": MOST_WORDS,
        "typed": request.POST,
        "wrongs": wrongs,
    }
    return render(request, "bedside/questions/question.html", context, status=status)


@require_safe
@for_staff(May.ADVISE)
def give_situation(
    request: HttpRequest, staff: Staff, language: Language, question_id: UUID
) -> HttpResponse:
    """Give the situation of a question as the file that `bedside decide` reads."""
    del request, language
    dispute = access_dispute(staff.standing, question_id)
    record_asked_viewed(staff.act_under(uuid4()), dispute)
    read = read_dispute(staff.reader(), dispute)
    response = HttpResponse(read.situation, content_type="application/json")
    response.headers["Content-Disposition"] = f'attachment; filename="{NAME}"'
    return response


def _take_answer(
    request: HttpRequest, staff: Staff, language: Language, question_id: UUID
) -> HttpResponse:
    dispute = access_dispute_to_answer(staff.standing, question_id)
    version = request.POST.get("version", "")
    record_dispute_answered(
        staff.act(request),
        dispute,
        answer=request.POST.get("answer", "").replace("\x00", "").strip(),
        norm_changed=request.POST.get("state") == NORM_CHANGED,
        version=int(version) if version.isdecimal() and len(version) < 9 else 0,  # noqa: PLR2004 - an integer of the database
    )
    return HttpResponseRedirect(find_address("question", language, question_id=str(question_id)))


def _say_now(situation: str, staff: Staff, language: Language) -> str:
    """Say what the rulebook in force now answers; nothing if it no longer knows the words."""
    if not situation:
        return ""
    try:
        return build_page(
            open_situation(situation, find_shelf().compiled), staff, language
        ).headline
    except Problems:
        return ""
