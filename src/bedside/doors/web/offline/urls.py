"""The addresses of what a device installs and keeps; pages are served in both languages."""

from bedside.doors.web.offline import sync, views
from bedside.doors.web.page import Page

PAGES: tuple[Page, ...] = (
    ("app.webmanifest", views.show_manifest, "manifest"),
    ("offline", views.show_offline, "offline"),
    ("offline/answer", views.show_offline_answer, "offline_answer"),
    ("offline/rules.js", views.show_rules, "offline_rules"),
    ("offline/tables.json", views.show_tables, "offline_tables"),
    ("offline/texts.json", views.show_texts, "offline_texts"),
    ("sync", sync.show_sync, "sync"),
)
