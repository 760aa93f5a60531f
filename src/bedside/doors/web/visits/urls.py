"""The addresses of these pages; each is served in both languages."""

from bedside.doors.web.page import Page
from bedside.doors.web.screening.screened import look_through
from bedside.doors.web.visits import acts, views

ONE = "visits/<uuid:visit_id>"
VIEWS: tuple[Page, ...] = (
    ("visits", views.show_visits, "visits"),
    ("visits/new", views.show_new_visit, "visit_new"),
    (ONE, views.show_visit, "visit"),
    (f"{ONE}/details", views.show_details, "visit_details"),
    (f"{ONE}/packet", views.show_packet, "visit_packet"),
    (f"{ONE}/moments", acts.note_moment, "visit_moments"),
    (f"{ONE}/calls", acts.call_again, "visit_calls"),
    (f"{ONE}/calls/<uuid:page_id>", acts.answer_page, "visit_answer"),
    (f"{ONE}/corrections", acts.correct, "visit_corrections"),
    (f"{ONE}/closings", acts.close, "visit_closings"),
)
PAGES = tuple((route, look_through(view), name) for route, view, name in VIEWS)
