"""The addresses of these pages; each is served in both languages."""

from bedside.doors.web.page import Page
from bedside.doors.web.presence import (
    board,
    board_calls,
    board_shift,
    hard_views,
    month,
    shift_views,
    views,
)
from bedside.doors.web.screening.screened import look_through

STAY = "stays/<uuid:stay_id>"
MARK = f"{STAY}/marks/<uuid:mark_id>"
VIEWS: tuple[Page, ...] = (
    ("board", board.show_board, "board"),
    ("board/rows", board.show_board_rows, "board_rows"),
    ("board/hand-overs", board_shift.keep_board_hand_over, "board_hand_overs"),
    ("board/hand-overs/<uuid:hand_over_id>/takers", board_shift.take_board, "board_taken"),
    ("board/items/<uuid:item_id>", board_shift.confirm_item, "board_item"),
    ("board/months", month.export_month, "board_months"),
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
    (f"{STAY}/agency-calls", board_calls.show_agency_call, "stay_agency_call"),
    (f"{STAY}/rooms", board_calls.show_rooms, "stay_rooms"),
    (f"{STAY}/hard-cases", hard_views.show_hard_cases, "stay_hard_cases"),
    (f"{STAY}/hard-cases/<int:number>", hard_views.keep_hard_case, "stay_hard_case"),
    (f"{STAY}/hard-steps/<uuid:step_id>", hard_views.finish_hard_step, "stay_hard_step"),
    (f"{STAY}/hand-overs", shift_views.keep_hand_over, "stay_hand_overs"),
)
PAGES = tuple((route, look_through(view), name) for route, view, name in VIEWS)
