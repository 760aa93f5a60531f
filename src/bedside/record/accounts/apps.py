"""The room's entry in Django's register."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """The room."""

    name = "bedside.record.accounts"
    label = "accounts"
