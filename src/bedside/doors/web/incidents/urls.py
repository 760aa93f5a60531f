"""The addresses of these pages; each is served in both languages."""

from bedside.doors.web.incidents import (
    agency_views,
    change_views,
    evaluation_views,
    export_views,
    lane_views,
    rating_views,
    views,
    working_views,
)
from bedside.doors.web.page import Page
from bedside.doors.web.screening.screened import look_through

REVIEW = "reviews/<uuid:review_id>"
EVALUATIONS = "stays/<uuid:stay_id>/evaluations"
VIEWS: tuple[Page, ...] = (
    ("reviews", views.show_queue, "reviews"),
    ("reviews/reports/<uuid:report_id>", views.take_report, "report_reviews"),
    ("reviews/raised/<uuid:raised_id>", views.take_raised, "raised_reviews"),
    ("reviews/exports", export_views.show_exports, "review_exports"),
    ("reviews/exports/files", export_views.export_reviews, "review_files"),
    (REVIEW, views.show_review, "review"),
    (f"{REVIEW}/steps", working_views.work_on_review, "review_steps"),
    (f"{REVIEW}/rating", rating_views.rate_harm, "review_rating"),
    ("ratings", rating_views.show_to_rate, "ratings"),
    ("changes", change_views.show_changes, "changes"),
    ("actions/<uuid:action_id>/done", change_views.finish_action, "action_done"),
    ("agency-reports", agency_views.show_agencies, "agency_reports"),
    ("agency-reports/<slug:period>", agency_views.give_agencies, "agency_report"),
    ("lanes", lane_views.show_lanes, "lanes"),
    ("lanes/exports", lane_views.export_operational, "lane_exports"),
    ("evaluations", evaluation_views.show_stays, "evaluation_stays"),
    (EVALUATIONS, evaluation_views.evaluate, "evaluations"),
    (f"{EVALUATIONS}/<uuid:evaluation_id>", evaluation_views.show_evaluation, "evaluation"),
    (
        f"{EVALUATIONS}/<uuid:evaluation_id>/copies",
        evaluation_views.copy_evaluation,
        "evaluation_copies",
    ),
)
PAGES = tuple((route, look_through(view), name) for route, view, name in VIEWS)
