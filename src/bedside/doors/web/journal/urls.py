"""The addresses of these pages; each is served in both languages."""

from bedside.doors.web.journal import views
from bedside.doors.web.page import Page
from bedside.doors.web.screening.screened import look_through

VIEWS: tuple[Page, ...] = (
    ("journal", views.show_day, "journal"),
    ("journal/people", views.show_people, "journal_people"),
    ("journal/people/<uuid:person_id>", views.show_person, "journal_person"),
    ("journal/policies", views.give_policy, "journal_policy"),
    ("stays/<uuid:stay_id>/journal", views.show_stay, "stay_journal"),
    ("stays/<uuid:stay_id>/journal/exports", views.export_stay, "journal_exports"),
)
PAGES = tuple((route, look_through(view), name) for route, view, name in VIEWS)
