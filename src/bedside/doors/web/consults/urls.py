"""The addresses of these pages; each is served in both languages."""

from bedside.doors.web.consults import danger_views, gap_views, views
from bedside.doors.web.page import Page
from bedside.doors.web.screening.screened import look_through

CONSULT = "consults/<uuid:consult_id>"
VIEWS: tuple[Page, ...] = (
    ("consults", views.show_consults, "consults"),
    ("consults/gaps", gap_views.show_gaps, "gaps"),
    ("consults/gaps/<uuid:gap_id>", gap_views.show_gap, "gap"),
    (CONSULT, views.show_consult, "consult"),
    (f"{CONSULT}/sheet", views.print_brief, "consult_sheet"),
    (f"{CONSULT}/voices", views.keep_voice, "consult_voices"),
    (f"{CONSULT}/advice", views.give_advice, "consult_advice"),
    ("stays/<uuid:stay_id>/consults", views.refer_question, "stay_consults"),
    ("stays/<uuid:stay_id>/dangers", danger_views.show_dangers, "stay_dangers"),
)
PAGES = tuple((route, look_through(view), name) for route, view, name in VIEWS)
