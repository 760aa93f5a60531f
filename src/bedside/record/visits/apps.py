"""The room's entry in Django's register."""

from django.apps import AppConfig


class VisitsConfig(AppConfig):
    """The room."""

    name = "bedside.record.visits"
    label = "visits"
