"""The room's entry in Django's register."""

from django.apps import AppConfig


class LegalConfig(AppConfig):
    """The room."""

    name = "bedside.record.legal"
    label = "legal"
