"""What changed because of reports, for everybody who works here; and what one's role is to do."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from bedside.doors.web.addresses import find_address
from bedside.doors.web.incidents.published import Table, build_plain, find_house
from bedside.doors.web.incidents.review_page import tell_action
from bedside.doors.web.staff.signed_in import Staff, for_staff
from bedside.doors.web.words import say
from bedside.record.accounts.access import access
from bedside.record.accounts.roles import May
from bedside.record.incidents.access import access_action
from bedside.record.incidents.publishing import (
    CHANGED,
    REVIEWED,
    count_changed,
    count_reviewed,
    find_months,
    find_published,
    plan,
)
from bedside.record.incidents.publishing_operations import (
    NotPublished,
    Wanted,
    record_published,
)
from bedside.record.incidents.queries import find_actions_of
from bedside.record.incidents.rating_operations import record_action_done
from bedside.record.incidents.refusals import ChoiceMissing
from bedside.record.incidents.sentences import find_lines
from bedside.record.incidents.words import CHANGES
from bedside.rules.incidents.taxonomy import load_families
from bedside.rules.vocabulary.problem import Language
from bedside.trust.ledger.leaf import Lane

UNPROCESSABLE = 422


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff(May.REPORT)
def show_changes(request: HttpRequest, staff: Staff, language: Language) -> HttpResponse:
    """Show what changed, quarter by quarter; a reviewer publishes the last whole one."""
    today = staff.at.astimezone(staff.site.timezone).date()
    period, months = find_months(today, quarter=True)
    house, reader = find_house(staff), staff.reader(Lane.SAFETY)
    may_publish = staff.standing.may(May.REVIEW_REPORTS)
    lines = find_lines(reader, house, months=months) if may_publish else ()
    problem = ""
    if request.method == "POST":
        access(staff.standing, May.REVIEW_REPORTS)
        try:
            _publish(request, staff, period, months)
        except (NotPublished, ChoiceMissing) as refused:
            problem = refused.say(language)
        else:
            return HttpResponseRedirect(find_address("changes", language))
    published = _find_periods(staff)
    context = {
        "mine": [
            tell_action(one, staff, language) for one in find_actions_of(reader, staff.standing)
        ],
        "quarters": [(one, *_build(staff, one, language)) for one in published],
        "may_publish": may_publish and period not in published,
        "period": period,
        "lines": lines,
        "problem": problem,
    }
    status = UNPROCESSABLE if problem else 200
    return render(request, "bedside/incidents/changes.html", context, status=status)


@require_POST
@for_staff(May.REPORT)
def finish_action(
    request: HttpRequest, staff: Staff, language: Language, action_id: UUID
) -> HttpResponse:
    """Say that something which one's role is to do is done."""
    action = access_action(staff.standing, action_id)
    record_action_done(staff.act(request, Lane.SAFETY), action)
    return HttpResponseRedirect(find_address("changes", language))


def _publish(request: HttpRequest, staff: Staff, period: str, months: tuple[str, ...]) -> None:
    """Publish the quarter with the sentences that the reviewer has read and found safe."""
    house, site = find_house(staff), staff.standing.site
    offered = find_lines(staff.reader(Lane.SAFETY), house, months=months)
    chosen = request.POST.getlist("line")
    if not set(chosen) <= set(offered):
        raise ChoiceMissing
    reviewed = count_reviewed(site, house, months=months)
    changed = count_changed(site, house, months=months)
    wanted = [
        Wanted(counts=reviewed, plan=plan(period, reviewed, months=months, by=("family",))),
        Wanted(counts=changed, plan=plan(period, changed, months=months, by=("change",))),
    ]
    act = staff.act(request, Lane.SAFETY)
    record_published(act, kind="changes.published", period=period, wanted=wanted, lines=chosen)


def _build(staff: Staff, period: str, language: Language) -> tuple[tuple[Table, ...], list[str]]:
    site, tables, lines = staff.standing.site, [], []
    families = {code: one.title.say(language) for code, one in load_families().items()}
    changes = {one.value: text.say(language) for one, text in CHANGES.items()}
    for subject, words in ((REVIEWED, families), (CHANGED, changes)):
        for row in find_published(site, subject, period):
            title = say(f"inc_{subject}", language)
            tables.append(build_plain(row, title, words, language=language))
            lines += row.lines
    return tuple(tables), sorted(set(lines))


def _find_periods(staff: Staff) -> list[str]:
    site = staff.standing.site
    rows = (*find_published(site, REVIEWED), *find_published(site, CHANGED))
    return sorted({row.period for row in rows}, reverse=True)
