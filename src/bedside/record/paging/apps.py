"""The room's entry in Django's register."""

from django.apps import AppConfig


class PagingConfig(AppConfig):
    """The room."""

    name = "bedside.record.paging"
    label = "paging"
