"""What a room of pages lists: where each page stands, what answers, and its name."""

from collections.abc import Callable

from django.http import HttpResponse

Page = tuple[str, Callable[..., HttpResponse], str]  # route, view, name
