"""Keep the rows of the two other lanes from being changed, as those of the first are."""

from typing import ClassVar

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

TABLES = ("journal_safetyevent", "journal_legalevent")
SQLITE_KEEPS = "BEGIN SELECT RAISE(ABORT, 'the ledger keeps what it has'); END"


def keep_lanes(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Add what refuses a change of the rows."""
    for table in TABLES:
        if editor.connection.vendor == "postgresql":
            editor.execute(
                f"CREATE TRIGGER {table}_keeps BEFORE UPDATE OR DELETE ON {table}"
                " FOR EACH STATEMENT EXECUTE FUNCTION ledger_keeps()",
                params=None,
            )
            continue
        for verb in ("UPDATE", "DELETE"):
            name = f"{table}_no_{verb}"
            editor.execute(
                f"CREATE TRIGGER {name} BEFORE {verb} ON {table} {SQLITE_KEEPS}", params=None
            )


class Migration(migrations.Migration):
    """Forward only: a ledger is never taken down."""

    dependencies: ClassVar = [("journal", "0004_add_lanes")]
    operations: ClassVar = [migrations.RunPython(keep_lanes)]
