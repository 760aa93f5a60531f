"""The room's entry in Django's register."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """The room."""

    name = "bedside.record.directory"
    label = "directory"
