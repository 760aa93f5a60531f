"""The addresses of these pages; each is served in both languages."""

from bedside.doors.web.page import Page

PAGES: tuple[Page, ...] = ()
