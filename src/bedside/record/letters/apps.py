"""The room's entry in Django's register."""

from django.apps import AppConfig


class LettersConfig(AppConfig):
    """The room."""

    name = "bedside.record.letters"
    label = "letters"
