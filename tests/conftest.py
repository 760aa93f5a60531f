"""What every test may ask for: pytest looks here, the parts stand in modules of their own."""

from databases import cast, django_db_modify_db_settings, open_record
from fault_report import pytest_terminal_summary
from shapes import pytest_collection_modifyitems

__all__ = [
    "cast",
    "django_db_modify_db_settings",
    "open_record",
    "pytest_collection_modifyitems",
    "pytest_terminal_summary",
]
