"""The addresses of these pages; each is served in both languages."""

from bedside.doors.web.page import Page
from bedside.doors.web.questions import instructions, views
from bedside.doors.web.screening.screened import look_through

QUESTION = "questions/<uuid:question_id>"
VIEWS: tuple[Page, ...] = (
    ("questions", views.show_questions, "questions"),
    ("questions/new", views.ask_question, "question_new"),
    (QUESTION, views.show_question, "question"),
    (f"{QUESTION}/situation", views.give_situation, "question_situation"),
    ("instructions", instructions.show_instructions, "instructions"),
    ("instructions/new", instructions.note_instruction, "instruction_new"),
    ("instructions/<uuid:instruction_id>", instructions.show_instruction, "instruction"),
)
PAGES = tuple((route, look_through(view), name) for route, view, name in VIEWS)
