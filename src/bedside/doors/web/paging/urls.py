"""The addresses of these pages; each is served in both languages."""

from bedside.doors.web.page import Page
from bedside.doors.web.paging import channels, notices
from bedside.doors.web.screening.screened import look_through

VIEWS: tuple[Page, ...] = (
    ("settings/channels", channels.show_channels, "channels"),
    ("settings/channels/<uuid:channel_id>/ends", channels.end_channel, "channel_ends"),
    ("notices/<uuid:page_id>", notices.show_notice, "notice"),
)
PAGES = (
    *((route, look_through(view), name) for route, view, name in VIEWS),
    ("notices/worker.js", notices.give_worker, "notice_worker"),
)
