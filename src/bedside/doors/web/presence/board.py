"""The house supervisor's board: who needs somebody now, whose clock runs, who is as agreed."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from bedside.doors.web.drawings import draw_rail
from bedside.doors.web.shelf import find_shelf
from bedside.doors.web.staff.signed_in import Staff, for_staff
from bedside.doors.web.stays.stay_page import Teller
from bedside.doors.web.words import say
from bedside.record.accounts.roles import May
from bedside.record.journal.queries import find_newest
from bedside.record.presence.board_queries import Row, find_board
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """The three bands of the board."""

    hot: tuple[Line, ...]
    late: tuple[Line, ...]
    calm: tuple[Line, ...]
    seen: str


@require_safe
@for_staff(May.READ_CARE)
def show_board(request: HttpRequest, staff: Staff, language: Language) -> HttpResponse:
    """Show the board."""
    context = {"board": build_board(staff, language)}
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
    seen = find_seen(staff)
    lines = [_tell(row, teller) for row in find_board(staff.standing)]
    return Board(
        hot=tuple(line for line in lines if line.row.is_hot),
        late=tuple(line for line in lines if line.row.is_late and not line.row.is_hot),
        calm=tuple(line for line in lines if not line.row.is_late and not line.row.is_hot),
        seen=seen,
    )


def _tell(row: Row, teller: Teller) -> Line:
    language = teller.language
    presets = find_shelf().vocabulary.presets
    wanted = row.agreed or row.advised
    want = presets[wanted].words.get("position") if wanted in presets else None
    place = _name_place(row.position, language)
    parts = []
    if row.agreed in presets:
        agreed = presets[row.agreed].label.say(language)
        parts.append(say("presence_agreed_line", language, preset=agreed))
    if row.seen_at is None or row.is_unseen:
        parts.append(say("board_unseen", language, age=_age(row, teller)))
    else:
        parts.append(say("board_seen", language, place=place, age=teller.age(row.seen_at)))
    return Line(
        row=row,
        title=_say_title(row, language),
        detail=" ".join(parts),
        clock=_say_clock(row, teller),
        rail=draw_rail(row.position or None, want, place or say("presence_not_observed", language)),
    )


def _say_title(row: Row, language: Language) -> str:
    if row.is_hot:
        return say("board_taken" if row.is_answered else "board_refused", language)
    if row.waiting.overdue:
        return say("board_duty_late", language)
    if row.is_late:
        return say("board_check_late", language)
    if row.is_handed_over:
        return say("board_handed", language)
    return say("board_not_seen" if row.seen_at is None else "board_calm", language)


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
