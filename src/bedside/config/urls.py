"""Which door answers which address."""

from django.urls import include, path

urlpatterns = [path("", include("bedside.doors.web.urls"))]
handler400 = "bedside.doors.web.problems.show_not_understood"
handler404 = "bedside.doors.web.problems.show_not_found"
handler500 = "bedside.doors.web.problems.show_our_fault"
