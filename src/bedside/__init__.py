"""Bedside: what the rules let each party do, when a patient is in custody and in care at once."""

__version__ = "0.1.0"
