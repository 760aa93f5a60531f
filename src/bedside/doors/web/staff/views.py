"""One function a page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from bedside.doors.web.staff.signed_in import Staff, for_staff
from bedside.record.accounts.roles import May
from bedside.rules.vocabulary.problem import Language


@for_staff(May.ADVISE)
def show_home(request: HttpRequest, staff: Staff, language: Language) -> HttpResponse:
    """Show where one starts after signing in."""
    del staff, language
    return render(request, "bedside/staff/home.html")
