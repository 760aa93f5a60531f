"""The addresses of these pages; each is served in both languages."""

from bedside.doors.web.letters import (
    answers,
    checks,
    delivery_views,
    request_views,
    taking_out,
    views,
)
from bedside.doors.web.page import Page
from bedside.doors.web.screening.screened import look_through

LETTER = "letters/<uuid:letter_id>"
STAY = "stays/<uuid:stay_id>/letters"
# Nobody signs in here: a check keeps nothing, and an answer holds its key.
OPEN: tuple[Page, ...] = (
    ("letters/checks", checks.check_letters, "letter_checks"),
    ("letters/checks/<slug:code>", checks.show_check, "letter_check"),
    ("letters/answers", answers.ask_key, "letter_answers"),
    ("letters/answers/<slug:answer_key>", answers.answer_letter, "letter_answer"),
)
OURS: tuple[Page, ...] = (
    ("letters", views.show_letters, "letters"),
    ("letters/patterns", request_views.show_patterns, "letter_patterns"),
    (STAY, views.show_letters_of_stay, "stay_letters"),
    (f"{STAY}/drafts", views.draft_letter, "letter_new"),
    (f"{STAY}/<uuid:letter_id>/returns", delivery_views.link_return, "letter_returns"),
    (LETTER, views.show_letter, "letter"),
    (f"{LETTER}/drafts", views.redraft_letter, "letter_drafts"),
    (f"{LETTER}/signatures", views.sign_letter, "letter_signatures"),
    (f"{LETTER}/copies/<uuid:copy_id>", views.give_copy, "letter_copy"),
    (f"{LETTER}/requests", request_views.request_wording, "letter_requests"),
    (f"{LETTER}/requests/<uuid:request_id>", request_views.decide_wording, "letter_request"),
    (
        f"{LETTER}/requests/<uuid:request_id>/statements",
        request_views.add_statement,
        "letter_statements",
    ),
    (f"{LETTER}/deliveries", delivery_views.hand_over, "letter_deliveries"),
    (f"{LETTER}/pauses/<uuid:pause_id>", delivery_views.end_pause, "letter_pause"),
    (f"{LETTER}/removals", delivery_views.refuse_certificate, "letter_removals"),
    (f"{LETTER}/bundles", taking_out.export_history, "letter_bundles"),
    (f"{LETTER}/fhir", taking_out.give_fhir, "letter_fhir"),
    (f"{LETTER}/rows", taking_out.show_rows, "letter_rows"),
)
PAGES: tuple[Page, ...] = (
    *OPEN,
    *((route, look_through(view), name) for route, view, name in OURS),
)
