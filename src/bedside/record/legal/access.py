"""Reaching notes for counsel: counsel alone; nobody else is told whether there are any."""

from bedside.record.accounts.access import Standing, access
from bedside.record.accounts.roles import May


def access_notes(standing: Standing) -> None:
    """Refuse, unless the person is counsel here; asked before anything is looked for."""
    access(standing, May.KEEP_LEGAL)
