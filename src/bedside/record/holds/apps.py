"""The room's entry in Django's register."""

from django.apps import AppConfig


class HoldsConfig(AppConfig):
    """The room."""

    name = "bedside.record.holds"
    label = "holds"
