"""The addresses of these pages; each is served in both languages."""

from bedside.doors.web.legal import hold_views, views
from bedside.doors.web.page import Page
from bedside.doors.web.screening.screened import look_through

VIEWS: tuple[Page, ...] = (
    ("legal/notes", views.show_notes, "legal_notes"),
    ("legal/notes/exports", views.export_notes, "legal_exports"),
    ("legal/holds", hold_views.show_holds, "holds"),
    ("legal/holds/<uuid:hold_id>/liftings", hold_views.lift_hold, "hold_liftings"),
)
PAGES = tuple((route, look_through(view), name) for route, view, name in VIEWS)
