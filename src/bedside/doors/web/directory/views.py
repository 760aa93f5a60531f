"""The pages on which staff keep whom a patient named, and what is limited until when."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bedside.doors.web.addresses import find_address
from bedside.doors.web.directory.forms import (
    find_lists,
    read_draft,
    read_naming,
    read_version,
)
from bedside.doors.web.directory.pages import build_stay
from bedside.doors.web.screening.screened import screens
from bedside.doors.web.staff.signed_in import Staff, for_staff
from bedside.doors.web.words import say
from bedside.record.accounts.roles import May
from bedside.record.directory.access import (
    access_callback,
    access_contact,
    access_restriction,
    access_withholding,
)
from bedside.record.directory.drafts import (
    MOST_DAYS,
    find_wrongs_of_restriction,
    find_wrongs_of_withholding,
)
from bedside.record.directory.expiry import end_what_is_over
from bedside.record.directory.operations import (
    CHOICES,
    record_callback_done,
    record_contact,
    record_contact_ended,
    record_directory_viewed,
    record_listing,
    record_restriction,
    record_restriction_ended,
    record_withholding,
    record_withholding_ended,
)
from bedside.record.directory.queries import find_stays_with_limits
from bedside.record.encounters.access import access_encounter
from bedside.record.encounters.models import Encounter
from bedside.record.journal.operations import DoneBefore
from bedside.record.refusal import Refused
from bedside.rules.vocabulary.problem import Language

BOTH = ["GET", "HEAD", "POST"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A form about a stay: its page, and what saves it."""

    page: str
    find_wrongs: Callable[[], tuple[Refused, ...]]
    save: Callable[[], object]


@require_safe
@for_staff(May.KEEP_DIRECTORY)
def show_directory(request: HttpRequest, staff: Staff, language: Language) -> HttpResponse:
    """Show every limit that runs or ran, stay by stay; what is over is closed and told."""
    _end_what_is_over(staff)
    stays = [build_stay(staff, stay, language) for stay in find_stays_with_limits(staff.standing)]
    for page in stays:
        record_directory_viewed(staff.act_under(uuid4()), page.stay)
    return render(request, "bedside/directory/list.html", {"stays": stays})


@require_safe
@for_staff(May.KEEP_DIRECTORY)
def show_contacts(
    request: HttpRequest, staff: Staff, language: Language, stay_id: UUID
) -> HttpResponse:
    """Show whom a patient named and what is limited."""
    stay = access_encounter(staff.standing, stay_id, to=May.KEEP_DIRECTORY)
    _end_what_is_over(staff)
    record_directory_viewed(staff.act_under(uuid4()), stay)
    page = build_stay(staff, stay, language)
    return render(request, "bedside/directory/stay.html", {"page": page, "stay": stay})


@require_http_methods(BOTH)
@for_staff(May.KEEP_DIRECTORY)
def keep_listing(
    request: HttpRequest, staff: Staff, language: Language, stay_id: UUID
) -> HttpResponse:
    """Take the name under which callers ask, and the patient's choice."""
    stay = access_encounter(staff.standing, stay_id, to=May.KEEP_DIRECTORY)
    sent = request.POST
    form = Form(
        page="listing",
        find_wrongs=tuple,
        save=lambda: record_listing(
            staff.act(request),
            stay,
            name=sent.get("patient_name", "").strip(),
            choice=sent.get("choice", ""),
        ),
    )
    return _handle(request, staff, language, stay=stay, form=form)


@require_http_methods(BOTH)
@for_staff(May.KEEP_DIRECTORY)
def keep_contact(
    request: HttpRequest, staff: Staff, language: Language, stay_id: UUID
) -> HttpResponse:
    """Take a contact whom the patient chose."""
    stay = access_encounter(staff.standing, stay_id, to=May.KEEP_DIRECTORY)
    form = Form(
        page="contact",
        find_wrongs=tuple,
        save=lambda: record_contact(staff.act(request), stay, naming=read_naming(request.POST)),
    )
    return _handle(request, staff, language, stay=stay, form=form)


@require_http_methods(BOTH)
@for_staff(May.KEEP_DIRECTORY)
@screens(source="directory_source", reason="directory_reason")
def keep_restriction(
    request: HttpRequest, staff: Staff, language: Language, stay_id: UUID
) -> HttpResponse:
    """Take a restriction; without owner, authority, reason and end it is not saved."""
    stay = access_encounter(staff.standing, stay_id, to=May.KEEP_DIRECTORY)
    draft = read_draft(request.POST, staff)
    form = Form(
        page="restriction",
        find_wrongs=lambda: find_wrongs_of_restriction(draft, staff.standing, at=staff.at),
        save=lambda: record_restriction(staff.act(request), staff.standing, stay, draft=draft),
    )
    return _handle(request, staff, language, stay=stay, form=form)


@require_http_methods(BOTH)
@for_staff(May.KEEP_DIRECTORY)
@screens(source="directory_source", reason="directory_reason")
def keep_withholding(
    request: HttpRequest, staff: Staff, language: Language, stay_id: UUID
) -> HttpResponse:
    """Take a name out of the directory, with an owner, a reason and an end."""
    stay = access_encounter(staff.standing, stay_id, to=May.KEEP_DIRECTORY)
    draft = read_draft(request.POST, staff)
    form = Form(
        page="withholding",
        find_wrongs=lambda: find_wrongs_of_withholding(draft, at=staff.at),
        save=lambda: record_withholding(staff.act(request), stay, draft=draft),
    )
    return _handle(request, staff, language, stay=stay, form=form)


@require_POST
@for_staff(May.KEEP_DIRECTORY)
def end_restriction(
    request: HttpRequest, staff: Staff, language: Language, stay_id: UUID, thing_id: UUID
) -> HttpResponse:
    """End a restriction before its time."""
    stay = access_encounter(staff.standing, stay_id, to=May.KEEP_DIRECTORY)
    found, version = access_restriction(stay, thing_id), read_version(request.POST)
    return _save(
        language,
        stay,
        lambda: record_restriction_ended(staff.act(request), found, version=version),
    )


@require_POST
@for_staff(May.KEEP_DIRECTORY)
def end_withholding(
    request: HttpRequest, staff: Staff, language: Language, stay_id: UUID, thing_id: UUID
) -> HttpResponse:
    """Put a name back under the patient's choice before the time is over."""
    stay = access_encounter(staff.standing, stay_id, to=May.KEEP_DIRECTORY)
    found, version = access_withholding(stay, thing_id), read_version(request.POST)
    return _save(
        language,
        stay,
        lambda: record_withholding_ended(staff.act(request), found, version=version),
    )


@require_POST
@for_staff(May.KEEP_DIRECTORY)
def end_contact(
    request: HttpRequest, staff: Staff, language: Language, stay_id: UUID, thing_id: UUID
) -> HttpResponse:
    """Take out a contact whom the patient no longer wants."""
    stay = access_encounter(staff.standing, stay_id, to=May.KEEP_DIRECTORY)
    contact = access_contact(stay, thing_id)
    return _save(language, stay, lambda: record_contact_ended(staff.act(request), contact))


@require_POST
@for_staff(May.KEEP_DIRECTORY)
def finish_callback(
    request: HttpRequest, staff: Staff, language: Language, stay_id: UUID, thing_id: UUID
) -> HttpResponse:
    """Note what came of calling a contact back."""
    stay = access_encounter(staff.standing, stay_id, to=May.KEEP_DIRECTORY)
    callback, outcome = access_callback(stay, thing_id), request.POST.get("outcome", "")
    return _save(
        language,
        stay,
        lambda: record_callback_done(staff.act(request), callback, outcome=outcome),
    )


def _handle(
    request: HttpRequest, staff: Staff, language: Language, *, stay: Encounter, form: Form
) -> HttpResponse:
    """Show a form, or save it and lead on; what cannot be saved stands there again, with why."""
    wrongs: tuple[Refused, ...] = ()
    if request.method == "POST":
        wrongs = form.find_wrongs()
        try:
            if not wrongs:
                return _save(language, stay, form.save)
        except Refused as refused:
            wrongs = (refused,)
    context = {
        **find_lists(request.POST, language),
        "stay": stay,
        "typed": request.POST,
        "wrongs": list(dict.fromkeys(wrong.say(language) for wrong in wrongs)),
        "choices": [(one, say(f"directory_choice_{one}", language)) for one in CHOICES],
        "until_label": say("directory_until", language, days=MOST_DAYS),
        "now": staff.at.astimezone(staff.site.timezone).strftime("%Y-%m-%dT%H:%M"),
    }
    status = wrongs[0].status if wrongs else 200
    return render(request, f"bedside/directory/{form.page}.html", context, status=status)


def _save(language: Language, stay: Encounter, save: Callable[[], object]) -> HttpResponse:
    with suppress(DoneBefore):
        save()
    return HttpResponseRedirect(find_address("contacts", language, stay_id=str(stay.pk)))


def _end_what_is_over(staff: Staff) -> None:
    """Close what is over, as nobody: it was time that ended it, not who happens to look."""
    end_what_is_over(lambda: replace(staff.act_under(uuid4()), by=None))
