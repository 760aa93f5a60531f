"""The room's entry in Django's register."""

from django.apps import AppConfig


class AttachmentsConfig(AppConfig):
    """The room."""

    name = "bedside.record.attachments"
    label = "attachments"
