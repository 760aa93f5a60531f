"""The addresses of these pages; each is served in both languages."""

from bedside.doors.web.directory import callers, views
from bedside.doors.web.page import Page
from bedside.doors.web.screening.screened import look_through

CONTACTS = "stays/<uuid:stay_id>/contacts"
VIEWS: tuple[Page, ...] = (
    ("callers", callers.answer_caller, "callers"),
    ("callers/callbacks", callers.ask_callback, "caller_callbacks"),
    ("directory", views.show_directory, "directory"),
    (CONTACTS, views.show_contacts, "contacts"),
    (f"{CONTACTS}/people", views.keep_contact, "contact_people"),
    (f"{CONTACTS}/people/<uuid:thing_id>", views.end_contact, "contact_person"),
    (f"{CONTACTS}/name", views.keep_listing, "contact_name"),
    (f"{CONTACTS}/restrictions", views.keep_restriction, "restrictions"),
    (f"{CONTACTS}/restrictions/<uuid:thing_id>", views.end_restriction, "restriction"),
    (f"{CONTACTS}/withholdings", views.keep_withholding, "withholdings"),
    (f"{CONTACTS}/withholdings/<uuid:thing_id>", views.end_withholding, "withholding"),
    (f"{CONTACTS}/callbacks/<uuid:thing_id>", views.finish_callback, "callback"),
)
PAGES = tuple((route, look_through(view), name) for route, view, name in VIEWS)
