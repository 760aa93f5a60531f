"""The web door as Django knows it."""

from django.apps import AppConfig


class WebDoor(AppConfig):
    """Pages in two languages that answer and store nothing."""

    name = "bedside.doors.web"
    label = "web"
