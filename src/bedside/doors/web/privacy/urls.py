"""The addresses of these pages; each is served in both languages."""

from bedside.doors.web.page import Page
from bedside.doors.web.privacy import (
    accounting_views,
    assess_views,
    reference_views,
    telling_views,
    views,
)
from bedside.doors.web.screening.screened import look_through

EXPOSURE = "exposures/<uuid:exposure_id>"
ACCOUNTING = "stays/<uuid:stay_id>/accounting"
VIEWS: tuple[Page, ...] = (
    ("privacy", views.show_queue, "privacy"),
    ("privacy/clocks", reference_views.show_clocks, "privacy_clocks"),
    ("privacy/reports/<uuid:report_id>", views.show_report, "privacy_report"),
    ("exposures/new", views.open_exposure, "exposure_new"),
    (EXPOSURE, views.show_exposure, "exposure"),
    (f"{EXPOSURE}/assessments", assess_views.assess, "exposure_assessments"),
    (f"{EXPOSURE}/delays", telling_views.put_off, "exposure_delays"),
    (f"{EXPOSURE}/filings", telling_views.file_notice, "exposure_filings"),
    (f"{EXPOSURE}/letters/<slug:to>", telling_views.write_letter, "exposure_letter"),
    (ACCOUNTING, accounting_views.show_accounting, "accounting"),
    (f"{ACCOUNTING}/copy", accounting_views.show_copy, "accounting_copy"),
    (f"{ACCOUNTING}/table", accounting_views.give_table, "accounting_table"),
    (f"{ACCOUNTING}/disclosures", accounting_views.note_disclosure, "accounting_disclosures"),
    (f"{ACCOUNTING}/lines/<uuid:disclosure_id>", accounting_views.hold_back, "accounting_line"),
)
PAGES = tuple((route, look_through(view), name) for route, view, name in VIEWS)
