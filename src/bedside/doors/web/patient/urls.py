"""The addresses of these pages; each is served in both languages."""

from bedside.doors.web.page import Page
from bedside.doors.web.patient import asked_views, copy_views, views
from bedside.doors.web.screening.screened import look_through

STAY = "stays/<uuid:stay_id>"
VIEWS: tuple[Page, ...] = (
    ("rights", views.show_rights, "rights"),
    ("rights/<slug:card>", views.show_rights, "rights_card"),
    (f"{STAY}/patient", views.show_patient, "stay_patient"),
    (f"{STAY}/rights", views.keep_rights, "stay_rights"),
    (f"{STAY}/cards", views.show_card, "patient_card"),
    (f"{STAY}/replies", views.keep_reply, "patient_replies"),
    (f"{STAY}/thanks", views.show_thanks, "patient_thanks"),
    (f"{STAY}/patient/questions/<slug:question>", views.show_question, "patient_question"),
    (f"{STAY}/languages", views.choose_language, "stay_languages"),
    (
        f"{STAY}/interpreters/<uuid:interpreter_id>",
        views.move_interpreter,
        "stay_interpreter",
    ),
    (f"{STAY}/officer-questions", asked_views.show_officer_questions, "officer_questions"),
    (
        f"{STAY}/officer-questions/<uuid:asked_id>",
        asked_views.show_officer_question,
        "officer_question",
    ),
    (f"{STAY}/copies", copy_views.show_copies, "stay_copies"),
    (f"{STAY}/copies/<uuid:copy_id>", copy_views.show_copy, "stay_copy"),
)
PAGES = tuple((route, look_through(view), name) for route, view, name in VIEWS)
