"""The addresses of these pages; each is served in both languages."""

from bedside.doors.web.consults import (
    case_views,
    danger_views,
    debrief_views,
    gap_views,
    views,
    year_views,
)
from bedside.doors.web.page import Page
from bedside.doors.web.screening.screened import look_through

CONSULT = "consults/<uuid:consult_id>"
CASE = "consults/cases/<uuid:case_id>"
VIEWS: tuple[Page, ...] = (
    ("consults", views.show_consults, "consults"),
    ("consults/gaps", gap_views.show_gaps, "gaps"),
    ("consults/gaps/<uuid:gap_id>", gap_views.show_gap, "gap"),
    ("consults/cases", case_views.show_cases, "cases"),
    ("consults/years/<int:year>", year_views.show_year, "consult_year"),
    (CASE, case_views.show_case, "case"),
    (f"{CASE}/signatures", case_views.sign_case, "case_signatures"),
    (f"{CASE}/exports", case_views.export_case, "case_exports"),
    ("debriefs", debrief_views.show_debriefs, "debriefs"),
    ("debriefs/<uuid:debrief_id>/answers", debrief_views.answer_debrief, "debrief_answers"),
    (CONSULT, views.show_consult, "consult"),
    (f"{CONSULT}/cases", case_views.write_new_case, "case_new"),
    (f"{CONSULT}/sheet", views.print_brief, "consult_sheet"),
    (f"{CONSULT}/voices", views.keep_voice, "consult_voices"),
    (f"{CONSULT}/advice", views.give_advice, "consult_advice"),
    ("stays/<uuid:stay_id>/consults", views.refer_question, "stay_consults"),
    ("stays/<uuid:stay_id>/dangers", danger_views.show_dangers, "stay_dangers"),
)
PAGES = tuple((route, look_through(view), name) for route, view, name in VIEWS)
