"""The room's entry in Django's register."""

from django.apps import AppConfig


class JournalConfig(AppConfig):
    """The room."""

    name = "bedside.record.journal"
    label = "journal"
