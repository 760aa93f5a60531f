"""The addresses of these pages; each is served in both languages."""

from bedside.doors.web.page import Page
from bedside.doors.web.presence import board, shift_views, views
from bedside.doors.web.screening.screened import look_through

STAY = "stays/<uuid:stay_id>"
MARK = f"{STAY}/marks/<uuid:mark_id>"
VIEWS: tuple[Page, ...] = (
    ("board", board.show_board, "board"),
    ("board/rows", board.show_board_rows, "board_rows"),
    (f"{STAY}/taps", views.show_stay_taps, "stay_taps"),
    (f"{STAY}/marks", views.keep_mark, "stay_marks"),
    (MARK, views.show_mark, "stay_mark"),
    (f"{MARK}/undone", views.undo_mark, "stay_mark_undone"),
    (f"{STAY}/requests", views.keep_request, "stay_requests"),
    (f"{STAY}/requests/<uuid:asked_id>", views.keep_outcome, "stay_request"),
    (f"{STAY}/timeline", views.show_timeline, "stay_timeline"),
    (f"{STAY}/quiet", views.show_quiet, "stay_quiet"),
    (f"{STAY}/checks", shift_views.keep_check, "stay_checks"),
    (f"{STAY}/agreements", shift_views.keep_agreement, "stay_agreements"),
    (f"{STAY}/hand-overs", shift_views.keep_hand_over, "stay_hand_overs"),
)
PAGES = tuple((route, look_through(view), name) for route, view, name in VIEWS)
