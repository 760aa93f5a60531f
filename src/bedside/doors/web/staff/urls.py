"""The addresses of these pages; each is served in both languages."""

from bedside.doors.web.page import Page
from bedside.doors.web.screening.screened import look_through
from bedside.doors.web.staff import glass, own_settings, pause, people, views

VIEWS: tuple[Page, ...] = (
    ("home", views.show_home, "home"),
    ("pages/<uuid:page_id>", views.answer_page, "page"),
    ("still-here", views.show_still_here, "still_here"),
    ("kept/<uuid:kept_id>", views.show_kept, "kept"),
    ("lock", pause.show_lock, "lock"),
    ("lock/now", pause.lock_now, "lock_now"),
    ("sites", pause.show_sites, "sites"),
    ("people", people.show_people, "people"),
    ("people/<uuid:person_id>", people.show_person, "person"),
    ("people/<uuid:person_id>/roles", people.give_role, "person_roles"),
    ("people/<uuid:person_id>/departures", people.let_leave, "person_departures"),
    ("people/<uuid:person_id>/links", people.make_link, "person_links"),
    ("roles/<uuid:post_id>/ends", people.end_role, "role_ends"),
    ("glass/<slug:room>/<uuid:thing_id>", glass.show_glass, "glass"),
    ("openings", glass.show_openings, "openings"),
    ("openings/<uuid:glass_id>", glass.see_opening, "opening"),
    ("settings", own_settings.show_settings, "settings"),
    ("settings/pin", own_settings.set_pin, "settings_pin"),
    ("settings/sessions/<int:session_id>", own_settings.end_session, "settings_session"),
)
PAGES = tuple((route, look_through(view), name) for route, view, name in VIEWS)
