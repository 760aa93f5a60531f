"""The room's entry in Django's register."""

from django.apps import AppConfig


class IncidentsConfig(AppConfig):
    """The room."""

    name = "bedside.record.incidents"
    label = "incidents"
