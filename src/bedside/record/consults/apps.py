"""The room's entry in Django's register."""

from django.apps import AppConfig


class ConsultsConfig(AppConfig):
    """The room."""

    name = "bedside.record.consults"
    label = "consults"
