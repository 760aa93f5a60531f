"""What a message without content leads to: who is needed, since when, and the way to what for."""

from pathlib import Path
from typing import Final
from uuid import UUID, uuid5

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from bedside.doors.web.staff.signed_in import Staff, find_page_about, for_staff
from bedside.doors.web.stays.stay_page import Teller
from bedside.doors.web.words import SAID
from bedside.record.accounts.roles import NAMES, May
from bedside.record.journal.operations import DoneBefore
from bedside.record.paging.models import Delivery, Page
from bedside.record.paging.operations import record_page_answered, record_page_seen
from bedside.record.paging.queries import access_page, find_deliveries
from bedside.record.paging.words import FAILURES, WAYS, Failure, Way
from bedside.rules.vocabulary.problem import Language

WORKER: Final = Path(__file__).parents[1] / "static" / "bedside" / "push.js"


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff(May.ADVISE)
def show_notice(
    request: HttpRequest, staff: Staff, language: Language, page_id: UUID
) -> HttpResponse:
    """Show a page to one of those whom it is for, and take their answer."""
    page = access_page(staff.standing, page_id)
    about = find_page_about(request, page.about)
    if request.method == "POST":
        record_page_answered(staff.act(request), staff.standing, page.pk)
        return HttpResponseRedirect(about)
    if page.seen_at is None:
        page = _note_seen(staff, page)
    said, teller = SAID[language], Teller(staff=staff, language=language)
    names = {role.value: name for role, name in NAMES.items()}
    context = {
        "page": page,
        "to_role": names[page.to_role].say(language) if page.to_role in names else "",
        "title": said.get(f"paged_{page.reason.replace('-', '_')}", said["paged"]),
        "about": about,
        "ways": [_tell(one, language) for one in find_deliveries(page)],
        "times": _tell_times(page, teller),
    }
    return render(request, "bedside/paging/notice.html", context)


@require_safe
def give_worker(request: HttpRequest, language: Language) -> HttpResponse:
    """Give the script that shows a notice; it stands here so that it rules these pages alone."""
    del request, language
    answer = HttpResponse(WORKER.read_bytes(), content_type="text/javascript; charset=utf-8")
    answer.headers["Cache-Control"] = "no-cache"
    return answer


def _note_seen(staff: Staff, page: Page) -> Page:
    try:
        key = uuid5(page.pk, f"seen {staff.person.pk}")
        return record_page_seen(staff.act_under(key), staff.standing, page)
    except DoneBefore:
        return Page.objects.get(pk=page.pk)


def _tell(delivery: Delivery, language: Language) -> tuple[str, str]:
    """Say which way a page took and how that went, never to whose address."""
    way = WAYS[Way(delivery.channel.kind)].say(language)
    if delivery.delivered_at:
        return way, SAID[language]["paging_arrived"]
    if not delivery.tries:
        return way, SAID[language]["paging_on_its_way"]
    why = FAILURES[Failure(delivery.why)].say(language)
    tail = SAID[language]["paging_tried_again" if delivery.next_at else "paging_given_up"]
    return way, f"{why}. {tail}"


def _tell_times(page: Page, teller: Teller) -> list[tuple[str, object, str]]:
    """Say when it was sent, seen and answered, and by which role."""
    said = SAID[teller.language]
    roles = teller.roles([page.seen_by_id, page.answered_by_id])
    return [
        (said["paging_sent"], page.sent_at, ""),
        (said["paging_seen"], page.seen_at, roles[page.seen_by_id] if page.seen_at else ""),
        (
            said["paging_answered"],
            page.answered_at,
            roles[page.answered_by_id] if page.answered_at else "",
        ),
    ]
