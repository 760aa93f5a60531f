"""The addresses of these pages; each is served in both languages."""

from bedside.doors.web.officer import arrivals, public, staff_views
from bedside.doors.web.page import Page
from bedside.doors.web.screening.screened import look_through

STAY = "stays/<uuid:stay_id>"
OFFICER = f"{STAY}/officers/<uuid:officer_id>"
CODE = "officer/<slug:site>/<slug:token>"
VIEWS: tuple[Page, ...] = (
    ("officer/doors", public.show_doors, "officer_doors"),
    (f"{CODE}/statements", public.keep_statement, "officer_statements"),
    (f"{CODE}/dangers", public.keep_danger, "officer_dangers"),
    (f"{CODE}/step-outs/<uuid:step_out_id>", public.keep_step_answer, "officer_step_out"),
    (CODE, arrivals.sign_in, "sign_in"),
    (f"{STAY}/officers", arrivals.show_officers, "stay_officers"),
    (f"{OFFICER}/confirmations", arrivals.confirm_officer, "stay_confirmations"),
    (f"{OFFICER}/departures", arrivals.see_officer_off, "stay_departures"),
    (f"{OFFICER}/reliefs", arrivals.relieve_officer, "stay_reliefs"),
    (f"{STAY}/sheets", arrivals.show_sheet, "stay_sheet"),
    ("units/<int:number>/sheets", arrivals.show_unit_sheet, "unit_sheet"),
    (f"{STAY}/post", staff_views.show_post, "stay_post"),
    (f"{STAY}/step-outs", staff_views.ask_to_stand, "stay_step_outs"),
    (f"{STAY}/step-outs/<uuid:step_out_id>/ends", staff_views.end_step_out, "step_out_ends"),
    (f"{STAY}/dangers-told/<uuid:danger_id>", staff_views.find_danger, "danger_told"),
)
PAGES = tuple((route, look_through(view), name) for route, view, name in VIEWS)
