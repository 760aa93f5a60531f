"""The addresses of these pages; each is served in both languages.

The pages that ask for no name look through what is written by themselves: the way for signed-in
people would send along who types.
"""

from bedside.doors.web.page import Page
from bedside.doors.web.reports import file_views, public_views, staff_views, talk_views
from bedside.doors.web.screening.screened import look_through

STAFF: tuple[Page, ...] = (
    ("reports", staff_views.show_reports, "reports"),
    ("reports/new", staff_views.write_report, "report_new"),
    ("reports/<uuid:report_id>", staff_views.show_own, "report_own"),
    ("reports/<uuid:report_id>/papers", file_views.show_files, "report_files"),
    (
        "reports/<uuid:report_id>/papers/<uuid:attachment_id>",
        file_views.give_file,
        "report_file",
    ),
    ("stays/<uuid:stay_id>/reports/new", staff_views.write_report_of_stay, "report_of_stay"),
    (
        "stays/<uuid:stay_id>/marks/<uuid:mark_id>/reports/new",
        staff_views.write_report_of_stay,
        "report_of_mark",
    ),
)
NOBODY: tuple[Page, ...] = (
    ("report", public_views.take_report, "report"),
    ("report/code", public_views.keep_receipt, "report_receipt"),
    ("report/answers", talk_views.talk, "report_talk"),
    ("report/about", public_views.explain, "report_about"),
)
PAGES = (*((route, look_through(view), name) for route, view, name in STAFF), *NOBODY)
