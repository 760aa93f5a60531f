"""The journal for counsel and the privacy officer; that somebody reads it is an event too."""

from contextlib import AbstractContextManager
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from bedside.doors.web.forms import read_day
from bedside.doors.web.journal.lines import tell_page
from bedside.doors.web.shelf import find_shelf
from bedside.doors.web.staff.signed_in import Staff, for_staff
from bedside.record.accounts.access import NotThere
from bedside.record.accounts.models import Person, Post
from bedside.record.accounts.roles import May
from bedside.record.encounters.access import access_encounter
from bedside.record.journal.export import Wanted, export_record, record_journal_viewed
from bedside.record.journal.pages import (
    JournalPage,
    find_day,
    find_of_person,
    find_of_record,
)
from bedside.record.journal.signing import Notary, open_notary
from bedside.rules.vocabulary.problem import Language

ONE_DAY = timedelta(days=1)
LONGEST_NUMBER = 6
MOST_PEOPLE = 500


@require_safe
@for_staff(May.READ_JOURNAL)
def show_day(request: HttpRequest, staff: Staff, language: Language) -> HttpResponse:
    """Show what happened at the house on a day, the newest first."""
    day = read_day(request.GET.get("day", "")) or _find_today(staff)
    since = datetime.combine(day, datetime.min.time(), staff.site.timezone).astimezone(UTC)
    until = datetime.combine(day + ONE_DAY, datetime.min.time(), staff.site.timezone)
    record_journal_viewed(staff.act_under(uuid4()), about=f"journal/{day.isoformat()}")
    page = find_day(
        staff.reader(), since=since, until=until.astimezone(UTC), page=_read_page(request)
    )
    context = {
        "day": day.isoformat(),
        "before": (day - ONE_DAY).isoformat(),
        "after": (day + ONE_DAY).isoformat() if day < _find_today(staff) else "",
        "query": f"day={day.isoformat()}&",
    }
    return _show(request, page, language, template="day", **context)


@require_safe
@for_staff(May.READ_JOURNAL)
def show_stay(
    request: HttpRequest, staff: Staff, language: Language, stay_id: UUID
) -> HttpResponse:
    """Show what happened in a stay."""
    stay = access_encounter(staff.standing, stay_id, to=May.READ_JOURNAL)
    record_journal_viewed(staff.act_under(uuid4()), about=stay.about, record=stay.about)
    page = find_of_record(staff.reader(), stay.about, page=_read_page(request))
    return _show(request, page, language, template="stay", stay=stay)


@require_safe
@for_staff(May.READ_JOURNAL)
def show_people(request: HttpRequest, staff: Staff, language: Language) -> HttpResponse:
    """Show everybody who works here or did, to read what each has done."""
    del language
    ids = Post.objects.filter(site_id=staff.standing.site).values("person_id")
    people = Person.objects.filter(pk__in=ids).order_by("name", "username")[:MOST_PEOPLE]
    return render(request, "bedside/journal/people.html", {"people": people})


@require_safe
@for_staff(May.READ_JOURNAL)
def show_person(
    request: HttpRequest, staff: Staff, language: Language, person_id: UUID
) -> HttpResponse:
    """Show what a person did or read here, also one who left."""
    here = Post.objects.filter(site_id=staff.standing.site, person_id=person_id)
    person = here.select_related("person").first()
    if person is None:
        raise NotThere
    only_reads = request.GET.get("only") == "read"
    record_journal_viewed(staff.act_under(uuid4()), about=f"person/{person_id}")
    page = find_of_person(
        staff.reader(), person_id, only_reads=only_reads, page=_read_page(request)
    )
    return _show(
        request,
        page,
        language,
        template="person",
        person=person.person,
        only_reads=only_reads,
        query="only=read&" if only_reads else "",
    )


@require_POST
@for_staff(May.READ_JOURNAL)
def export_stay(
    request: HttpRequest, staff: Staff, language: Language, stay_id: UUID
) -> HttpResponse:
    """Give the events of a stay as a bundle that anybody can verify offline."""
    stay = access_encounter(staff.standing, stay_id, to=May.READ_JOURNAL)
    act, digest = staff.act(request), find_shelf().compiled.rulebook.digest.encode()
    wanted = Wanted(
        record=stay.about,
        name=f"bedside-{stay.code.lower()}",
        house=staff.site.name.say(language),
        made_on=_find_today(staff),
        editions={act.edition.digest.hex(): digest},
    )
    with _open_notary(staff) as notary:
        bundle = export_record(act, staff.reader(), notary, wanted=wanted)
    response = HttpResponse(bundle, content_type="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="{wanted.name}.zip"'
    return response


@require_safe
@for_staff(May.READ_JOURNAL)
def give_policy(request: HttpRequest, staff: Staff, language: Language) -> HttpResponse:
    """Give the key that signs this hospital's log: hand it over apart from any bundle."""
    del request, language
    with _open_notary(staff) as notary:
        response = HttpResponse(notary.write_policy(), content_type="text/plain; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="policy.txt"'
    return response


def _open_notary(staff: Staff) -> AbstractContextManager[Notary]:
    return open_notary(
        staff.standing.site,
        master=staff.master,
        heads=settings.BEDSIDE_HEADS_FILE,
        now=lambda: int(staff.at.timestamp()),
    )


def _show(
    request: HttpRequest, page: JournalPage, language: Language, *, template: str, **more: object
) -> HttpResponse:
    context = {"lines": tell_page(page, language), "page": page, "query": "", **more}
    context["newer"] = page.number - 1
    context["older"] = page.number + 1 if page.number < page.last else 0
    return render(request, f"bedside/journal/{template}.html", context)


def _read_page(request: HttpRequest) -> int:
    sent = request.GET.get("page", "")
    return int(sent) if sent.isdecimal() and len(sent) <= LONGEST_NUMBER else 1


def _find_today(staff: Staff) -> date:
    return staff.at.astimezone(staff.site.timezone).date()
