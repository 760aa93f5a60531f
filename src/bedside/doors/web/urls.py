"""The addresses of the web door: the same pages under / in English and under /es/ in Spanish."""

from django.urls import URLPattern, include, path

from bedside.doors.web import views
from bedside.doors.web.consults.urls import PAGES as CONSULTS
from bedside.doors.web.directory.urls import PAGES as DIRECTORY
from bedside.doors.web.incidents.urls import PAGES as INCIDENTS
from bedside.doors.web.journal.urls import PAGES as JOURNAL
from bedside.doors.web.legal.urls import PAGES as LEGAL
from bedside.doors.web.letters.urls import PAGES as LETTERS
from bedside.doors.web.officer.urls import PAGES as OFFICER
from bedside.doors.web.offline.urls import PAGES as OFFLINE
from bedside.doors.web.offline.views import show_worker
from bedside.doors.web.paging.urls import PAGES as PAGING
from bedside.doors.web.patient.urls import PAGES as PATIENT
from bedside.doors.web.presence.urls import PAGES as PRESENCE
from bedside.doors.web.privacy.urls import PAGES as PRIVACY
from bedside.doors.web.questions.urls import PAGES as QUESTIONS
from bedside.doors.web.reports.urls import PAGES as REPORTS
from bedside.doors.web.staff.urls import PAGES as STAFF
from bedside.doors.web.stays.urls import PAGES as STAYS
from bedside.doors.web.visits.urls import PAGES as VISITS
from bedside.rules.vocabulary.problem import ENGLISH, SPANISH, Language

# The pages for people who are signed in, room by room.
ROOMS = (
    *STAFF,
    *STAYS,
    *PAGING,
    *PATIENT,
    *OFFICER,
    *PRESENCE,
    *DIRECTORY,
    *VISITS,
    *QUESTIONS,
    *JOURNAL,
    *LETTERS,
    *CONSULTS,
    *LEGAL,
    *REPORTS,
    *PRIVACY,
    *INCIDENTS,
    *OFFLINE,
)


def _find_pages(language: Language) -> list[URLPattern]:
    said = {"language": language}
    return [
        path("", views.show_taps, said, name="taps"),
        path("answer", views.show_answer, said, name="answer"),
        path("so-far", views.show_so_far, said, name="so_far"),
        path("norms", views.show_norms, said, name="norms"),
        path("norms/<path:norm_id>", views.show_norm, said, name="norm"),
        path("officer", views.show_officer, said, name="officer"),
        path("about", views.show_about, said, name="about"),
        *(path(route, view, said, name=name) for route, view, name in ROOMS),
    ]


urlpatterns = [
    path("healthz", views.show_health, name="health"),
    path("worker.js", show_worker, name="worker"),
    path("es", views.show_spanish, name="spanish"),
    path("es/", include((_find_pages(SPANISH), SPANISH))),
    path("", include((_find_pages(ENGLISH), ENGLISH))),
]
