"""The addresses of these pages; each is served in both languages."""

from bedside.doors.web.letters import checks, views
from bedside.doors.web.page import Page

LETTER = "letters/<uuid:letter_id>"
PAGES: tuple[Page, ...] = (
    ("letters", views.show_letters, "letters"),
    ("stays/<uuid:stay_id>/letters", views.show_letters_of_stay, "stay_letters"),
    ("stays/<uuid:stay_id>/letters/drafts", views.draft_letter, "letter_new"),
    ("letters/checks", checks.check_letters, "letter_checks"),
    ("letters/checks/<slug:code>", checks.show_check, "letter_check"),
    (LETTER, views.show_letter, "letter"),
    (f"{LETTER}/drafts", views.redraft_letter, "letter_drafts"),
    (f"{LETTER}/signatures", views.sign_letter, "letter_signatures"),
    (f"{LETTER}/copies/<uuid:copy_id>", views.give_copy, "letter_copy"),
)
