"""The house supervisor's board: who needs somebody now, whose clock runs, who is as agreed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from bedside.doors.web.drawings import draw_rail
from bedside.doors.web.shelf import find_shelf
from bedside.doors.web.staff.signed_in import Staff, for_staff
from bedside.doors.web.stays.stay_page import Teller
from bedside.doors.web.words import say
from bedside.record.accounts.models import Site
from bedside.record.accounts.roles import NAMES, May
from bedside.record.journal.queries import find_newest
from bedside.record.paging.models import Page
from bedside.record.paging.queries import find_undelivered
from bedside.record.presence.board_models import BoardHandOver
from bedside.record.presence.board_queries import Row, find_board, find_taken, find_waiting_board
from bedside.record.presence.house_rooms import (
    AT_WINDOW,
    HouseRoom,
    find_free,
    find_room,
    read_rooms,
)
from bedside.rules.vocabulary.problem import Language

NOTHING_NEW = 204
SEEN = "X-Bedside-Seen"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One stay of the board in one language."""

    row: Row
    title: str
    detail: str
    clock: str
    rail: SafeString
    paged: str  # whom, and when it was sent, seen and answered
    rooms: int | None  # how many rooms would permit sight, if this one does not


@dataclass(frozen=True, slots=True, kw_only=True)
class Lost:
    """A page that reached nobody, about something that is no stay on this board."""

    role: str
    sent_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """The three bands of the board."""

    hot: tuple[Line, ...]
    late: tuple[Line, ...]
    calm: tuple[Line, ...]
    lost: tuple[Lost, ...]
    waiting: BoardHandOver | None
    seen: str

    @property
    def is_loud(self) -> bool:
        """Tell whether a refusal has waited for five minutes without an answer."""
        return any(line.row.is_unanswered_long for line in self.hot)


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """The rooms of the hospital, and in which patients in custody lie."""

    rooms: tuple[HouseRoom, ...] = ()
    taken: frozenset[tuple[str, str]] = field(default_factory=frozenset)

    def count_better(self, row: Row, wanted: str | None) -> int | None:
        """Count the rooms that permit what is wanted; nothing if this one does, or nobody said."""
        here = find_room(self.rooms, row.stay.unit, row.stay.room)
        if wanted != AT_WINDOW or here is None or here.permits_sight:
            return None
        return len(find_free(self.rooms, self.taken, unit=row.stay.unit))


@require_safe
@for_staff(May.READ_CARE)
def show_board(request: HttpRequest, staff: Staff, language: Language) -> HttpResponse:
    """Show the board."""
    context = {
        "board": build_board(staff, language),
        "may_keep": staff.standing.may(May.KEEP_BOARD),
    }
    return render(request, "bedside/presence/board.html", context)


@require_safe
@for_staff(May.READ_CARE)
def show_board_rows(request: HttpRequest, staff: Staff, language: Language) -> HttpResponse:
    """Answer a poll: nothing, if nothing happened since; else the rows as they are now."""
    if request.headers.get(SEEN) == find_seen(staff):
        return HttpResponse(status=NOTHING_NEW)
    context = {"board": build_board(staff, language)}
    return render(request, "bedside/presence/_board.html", context)


def find_seen(staff: Staff) -> str:
    """Name the state of the board: the newest event of the house, and the minute for the clocks."""
    return f"{find_newest(staff.standing.site)}-{int(staff.at.timestamp()) // 60}"


def build_board(staff: Staff, language: Language) -> Board:
    """Build the bands of the board."""
    teller = Teller(staff=staff, language=language)
    seen, house, wanted = find_seen(staff), find_house(staff), find_places()
    rows = find_board(staff.standing)
    lines = [_tell(row, teller, house, wanted) for row in rows]
    return Board(
        hot=tuple(line for line in lines if line.row.is_hot),
        late=tuple(line for line in lines if line.row.is_late and not line.row.is_hot),
        calm=tuple(line for line in lines if not line.row.is_late and not line.row.is_hot),
        lost=_find_lost(staff, rows, language),
        waiting=find_waiting_board(staff.standing),
        seen=seen,
    )


def find_house(staff: Staff) -> House:
    """Find the rooms of this hospital, and which are taken."""
    plain = Site.objects.get(pk=staff.standing.site).plain
    return House(rooms=read_rooms(plain), taken=find_taken(staff.standing.site))


def find_places() -> Mapping[str, str | None]:
    """Find where each arrangement wants the officer."""
    presets = find_shelf().vocabulary.presets
    return {id_: preset.words.get("position") for id_, preset in presets.items()}


def _find_lost(staff: Staff, rows: tuple[Row, ...], language: Language) -> tuple[Lost, ...]:
    """Find the pages that reached nobody and stand on no row, for those who keep the board."""
    if not staff.standing.may(May.KEEP_BOARD):
        return ()
    shown, names = (
        {row.stay.about for row in rows},
        {role.value: name for role, name in NAMES.items()},
    )
    return tuple(
        Lost(
            role=names[page.to_role].say(language) if page.to_role in names else page.to_role,
            sent_at=page.sent_at,
        )
        for page in find_undelivered(staff.standing.site)
        if page.about not in shown
    )


def _tell(row: Row, teller: Teller, house: House, places: Mapping[str, str | None]) -> Line:
    language, presets = teller.language, find_shelf().vocabulary.presets
    want = places.get(row.agreed or row.advised)
    place = _name_place(row.position, language)
    parts = []
    if row.agreed in presets:
        agreed = presets[row.agreed].label.say(language)
        parts.append(say("presence_agreed_line", language, preset=agreed))
    elif row.advised in presets:
        advised = presets[row.advised].label.say(language)
        parts.append(say("board_advised_line", language, preset=advised))
    if row.seen_at is None or row.is_unseen:
        parts.append(say("board_unseen", language, age=_age(row, teller)))
    else:
        parts.append(say("board_seen", language, place=place, age=teller.age(row.seen_at)))
    if row.ask_again_at is not None:
        clock, _ = teller.until(row.ask_again_at)
        parts.append(say("patient_board_again", language, clock=clock))
    return Line(
        row=row,
        title=_say_title(row, language),
        detail=" ".join(parts),
        clock=_say_clock(row, teller),
        rail=draw_rail(row.position or None, want, place or say("presence_not_observed", language)),
        paged=_say_paged(row.page, teller) if row.is_hot and row.page else "",
        rooms=house.count_better(row, want),
    )


def _say_title(row: Row, language: Language) -> str:
    """Say what is first to be done here."""
    titles = (
        (row.refused_at is not None and row.is_answered, "board_taken"),
        (row.refused_at is not None, "board_refused"),
        (row.is_undelivered, "board_lost"),
        (row.late_steps > 0, "board_step_late"),
        (row.waiting.overdue > 0, "board_duty_late"),
        (row.is_asking_late, "patient_board_late"),
        (row.is_late, "board_check_late"),
        (row.is_handed_over, "board_handed"),
        (row.seen_at is None, "board_not_seen"),
    )
    return say(next((key for is_so, key in titles if is_so), "board_calm"), language)


def _say_paged(page: Page, teller: Teller) -> str:
    """Say whom the newest page is for, and when it was sent, seen and answered."""
    names = {role.value: name for role, name in NAMES.items()}
    role = names[page.to_role].say(teller.language) if page.to_role in names else page.to_role
    zone = teller.staff.site.timezone
    times = (
        ("paging_sent", page.sent_at),
        ("paging_seen", page.seen_at),
        ("paging_answered", page.answered_at),
    )
    said = [
        f"{say(key, teller.language).lower()} {at.astimezone(zone):%H:%M}"
        for key, at in times
        if at
    ]
    return f"{role}: {', '.join(said)}"


def _say_clock(row: Row, teller: Teller) -> str:
    if row.refused_at is not None:
        return teller.age(row.refused_at)
    return teller.until(row.check_due_at)[0] if row.check_due_at else ""


def _name_place(position: str, language: Language) -> str:
    dimension = find_shelf().vocabulary.dimensions["position"]
    if position not in dimension.places:
        return ""
    return dimension.words[dimension.places[position]].label.say(language)


def _age(row: Row, teller: Teller) -> str:
    return teller.age(row.seen_at or row.stay.opened_at)
