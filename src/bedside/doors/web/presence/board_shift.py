"""The board passed from one supervisor to the next: what is open is confirmed line by line."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from bedside.doors.web.addresses import find_address
from bedside.doors.web.staff.signed_in import Staff, for_staff
from bedside.doors.web.stays.stay_page import Teller
from bedside.doors.web.words import say
from bedside.record.accounts.roles import May
from bedside.record.presence.board_models import BoardItem
from bedside.record.presence.board_operations import (
    record_board_handed_over,
    record_board_taken_over,
    record_item_confirmed,
)
from bedside.record.presence.board_queries import (
    Row,
    access_board_item,
    access_hand_over,
    find_board,
    find_waiting_board,
)
from bedside.rules.vocabulary.problem import Language

REFUSED, LOST, LATE = "refused", "lost", "late"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One open conflict as the next supervisor reads it."""

    item: BoardItem
    what: str
    is_read: bool  # by whoever looks; whoever gave the board sees whether anybody did


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff(May.KEEP_BOARD)
def keep_board_hand_over(request: HttpRequest, staff: Staff, language: Language) -> HttpResponse:
    """Show what is open and who has to confirm it, or hand the board over."""
    items = [(row.stay, what) for row in find_board(staff.standing) if (what := find_open(row))]
    if request.method == "POST":
        record_board_handed_over(staff.act(request), staff.standing, items=items)
        return _lead_back(language)
    waiting = find_waiting_board(staff.standing)
    rows = (
        waiting.items.select_related("encounter").order_by("encounter__unit", "encounter__room")
        if waiting
        else ()
    )
    is_own = waiting is not None and waiting.given_by == staff.person.pk
    giver = Teller(staff=staff, language=language).roles([waiting.given_by]) if waiting else {}
    context = {
        "waiting": waiting,
        "giver": giver.get(waiting.given_by, "") if waiting else "",
        "is_own": is_own,
        "items": [
            Item(
                item=one,
                what=say(f"board_open_{one.what}", language),
                is_read=one.confirmed_by == staff.person.pk or (is_own and bool(one.confirmed_at)),
            )
            for one in rows
        ],
        "left": sum(one.confirmed_by != staff.person.pk for one in rows),
        "open": [(stay, say(f"board_open_{what}", language)) for stay, what in items],
    }
    return render(request, "bedside/presence/board_hand_overs.html", context)


@require_POST
@for_staff(May.KEEP_BOARD)
def confirm_item(
    request: HttpRequest, staff: Staff, language: Language, item_id: UUID
) -> HttpResponse:
    """Confirm one open conflict."""
    record_item_confirmed(staff.act(request), access_board_item(staff.standing, item_id))
    return _lead_back(language)


@require_POST
@for_staff(May.KEEP_BOARD)
def take_board(
    request: HttpRequest, staff: Staff, language: Language, hand_over_id: UUID
) -> HttpResponse:
    """Take the board over."""
    record_board_taken_over(staff.act(request), access_hand_over(staff.standing, hand_over_id))
    return HttpResponseRedirect(find_address("board", language))


def find_open(row: Row) -> str:
    """Say what is open at a stay; nothing if nothing is."""
    if row.refused_at is not None:
        return REFUSED
    if row.is_undelivered:
        return LOST
    return LATE if row.is_late else ""


def _lead_back(language: Language) -> HttpResponse:
    return HttpResponseRedirect(find_address("board_hand_overs", language))
