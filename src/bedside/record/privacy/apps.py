"""The room's entry in Django's register."""

from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    """The room."""

    name = "bedside.record.privacy"
    label = "privacy"
