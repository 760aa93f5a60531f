"""The addresses of these pages; each is served in both languages."""

from bedside.doors.web.page import Page
from bedside.doors.web.staff import views

PAGES: tuple[Page, ...] = (("home", views.show_home, "home"),)
