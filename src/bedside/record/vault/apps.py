"""The room's entry in Django's register."""

from django.apps import AppConfig


class VaultConfig(AppConfig):
    """The vault."""

    name = "bedside.record.vault"
    label = "vault"
