"""The room's entry in Django's register."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """The room."""

    name = "bedside.record.reports"
    label = "reports"
