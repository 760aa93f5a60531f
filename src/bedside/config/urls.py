"""Which door answers which address."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

urlpatterns = [
    # Signing in, in the language of the address; before our pages, which end under /es/ too.
    *i18n_patterns(path("accounts/", include("allauth.urls")), prefix_default_language=False),
    path("", include("bedside.doors.web.urls")),
]
handler400 = "bedside.doors.web.problems.show_not_understood"
handler404 = "bedside.doors.web.problems.show_not_found"
handler500 = "bedside.doors.web.problems.show_our_fault"
