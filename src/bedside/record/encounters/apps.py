"""The room's entry in Django's register."""

from django.apps import AppConfig


class EncountersConfig(AppConfig):
    """The room."""

    name = "bedside.record.encounters"
    label = "encounters"
