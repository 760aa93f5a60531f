"""The room's entry in Django's register."""

from django.apps import AppConfig


class PresenceConfig(AppConfig):
    """The room."""

    name = "bedside.record.presence"
    label = "presence"
