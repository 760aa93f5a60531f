"""The addresses of these pages; each is served in both languages."""

from bedside.doors.web.page import Page
from bedside.doors.web.screening.screened import look_through
from bedside.doors.web.stays import batch_views, case_views, paper_views, views

STAY = "stays/<uuid:stay_id>"
VIEWS: tuple[Page, ...] = (
    ("stays", views.show_stays, "stays"),
    ("stays/new", views.open_stay, "stay_new"),
    ("stays/batches", batch_views.open_batch, "stay_batch"),
    ("stays/searches", views.search_stays, "stay_searches"),
    (STAY, views.show_stay, "stay"),
    (f"{STAY}/answers", views.show_answers, "stay_answers"),
    (f"{STAY}/questions", views.show_questions, "stay_questions"),
    (f"{STAY}/situation", views.export_situation, "stay_situation"),
    (f"{STAY}/moves", case_views.move_stay, "stay_moves"),
    (f"{STAY}/closings", case_views.close_stay, "stay_closings"),
    (f"{STAY}/duties/<uuid:duty_id>", case_views.finish_duty, "stay_duty"),
    (f"{STAY}/authority", case_views.check_authority, "stay_authority"),
    (f"{STAY}/calls", case_views.show_calls, "stay_calls"),
    (f"{STAY}/deciders", case_views.show_deciders, "stay_deciders"),
    (f"{STAY}/papers", paper_views.show_papers, "stay_papers"),
    (f"{STAY}/papers/<uuid:paper_id>/image", paper_views.give_image, "stay_image"),
    ("packets", batch_views.show_packets, "packets"),
    ("packets/sheets", batch_views.show_packet_sheets, "packet_sheets"),
    ("packets/entries", batch_views.enter_packet, "packet_entries"),
)
PAGES = tuple((route, look_through(view), name) for route, view, name in VIEWS)
