"""Add the tables of the ledger, as its SQLite and PostgreSQL stores make them."""

from typing import ClassVar

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

SQLITE_KEEPS = "BEGIN SELECT RAISE(ABORT, 'the ledger keeps what it has'); END"
SQLITE = (
    (
        "CREATE TABLE ledger_log (log INTEGER PRIMARY KEY,"
        " origin TEXT NOT NULL UNIQUE, follows INTEGER UNIQUE REFERENCES ledger_log) STRICT"
    ),
    (
        "CREATE TABLE ledger_entry (log INTEGER NOT NULL REFERENCES ledger_log,"
        " idx INTEGER NOT NULL, event BLOB NOT NULL, leaf BLOB NOT NULL,"
        " PRIMARY KEY (log, idx)) STRICT, WITHOUT ROWID"
    ),
    "CREATE UNIQUE INDEX ledger_event ON ledger_entry (event, log)",
    (
        "CREATE TABLE ledger_tile (log INTEGER NOT NULL REFERENCES ledger_log,"
        " level INTEGER NOT NULL, idx INTEGER NOT NULL, hashes BLOB NOT NULL,"
        " PRIMARY KEY (log, level, idx)) STRICT"
    ),
    (
        "CREATE TABLE ledger_checkpoint (log INTEGER NOT NULL REFERENCES ledger_log,"
        " number INTEGER NOT NULL, size INTEGER NOT NULL, note TEXT NOT NULL,"
        " PRIMARY KEY (log, number)) STRICT"
    ),
    *(
        f"CREATE TRIGGER ledger_{table}_no_{verb} BEFORE {verb} ON ledger_{table} {SQLITE_KEEPS}"
        for table, verb in (
            ("log", "UPDATE"),
            ("log", "DELETE"),
            ("entry", "UPDATE"),
            ("entry", "DELETE"),
            ("checkpoint", "UPDATE"),
            ("checkpoint", "DELETE"),
            ("tile", "DELETE"),
        )
    ),
    (
        "CREATE TRIGGER ledger_tile_only_grows BEFORE UPDATE ON ledger_tile"
        " WHEN substr(NEW.hashes, 1, length(OLD.hashes)) IS NOT OLD.hashes"
        f" OR NEW.log <> OLD.log OR NEW.level <> OLD.level OR NEW.idx <> OLD.idx {SQLITE_KEEPS}"
    ),
    f"CREATE TRIGGER journal_event_no_UPDATE BEFORE UPDATE ON journal_event {SQLITE_KEEPS}",
    f"CREATE TRIGGER journal_event_no_DELETE BEFORE DELETE ON journal_event {SQLITE_KEEPS}",
)
POSTGRES = (
    (
        "CREATE TABLE ledger_log (log integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,"
        " origin text NOT NULL UNIQUE, follows integer UNIQUE REFERENCES ledger_log)"
    ),
    (
        "CREATE TABLE ledger_entry (log integer NOT NULL REFERENCES ledger_log,"
        " idx bigint NOT NULL, event bytea NOT NULL, leaf bytea NOT NULL,"
        " PRIMARY KEY (log, idx), UNIQUE (event, log))"
    ),
    (
        "CREATE TABLE ledger_tile (log integer NOT NULL REFERENCES ledger_log,"
        " level integer NOT NULL, idx bigint NOT NULL, hashes bytea NOT NULL,"
        " PRIMARY KEY (log, level, idx))"
    ),
    (
        "CREATE TABLE ledger_checkpoint (log integer NOT NULL REFERENCES ledger_log,"
        " number bigint NOT NULL, size bigint NOT NULL, note text NOT NULL,"
        " PRIMARY KEY (log, number))"
    ),
    (
        "CREATE FUNCTION ledger_keeps() RETURNS trigger LANGUAGE plpgsql AS $$"
        " BEGIN RAISE EXCEPTION 'the ledger keeps what it has'; END $$"
    ),
    (
        "CREATE FUNCTION ledger_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        " IF substring(NEW.hashes FOR length(OLD.hashes)) IS DISTINCT FROM OLD.hashes"
        " OR (NEW.log, NEW.level, NEW.idx) <> (OLD.log, OLD.level, OLD.idx)"
        " THEN RAISE EXCEPTION 'the ledger keeps what it has'; END IF; RETURN NEW; END $$"
    ),
    *(
        f"CREATE TRIGGER {table}_keeps BEFORE UPDATE OR DELETE ON {table}"
        " FOR EACH STATEMENT EXECUTE FUNCTION ledger_keeps()"
        for table in ("ledger_log", "ledger_entry", "ledger_checkpoint", "journal_event")
    ),
    (
        "CREATE TRIGGER ledger_tile_keeps BEFORE DELETE ON ledger_tile"
        " FOR EACH STATEMENT EXECUTE FUNCTION ledger_keeps()"
    ),
    (
        "CREATE TRIGGER ledger_tile_only_grows BEFORE UPDATE ON ledger_tile"
        " FOR EACH ROW EXECUTE FUNCTION ledger_only_grows()"
    ),
)


def add_ledger(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Make the tables, and what keeps their rows from being changed."""
    for statement in POSTGRES if editor.connection.vendor == "postgresql" else SQLITE:
        editor.execute(statement, params=None)


class Migration(migrations.Migration):
    """Forward only: a ledger is never taken down."""

    dependencies: ClassVar = [("journal", "0001_add_tables")]
    operations: ClassVar = [migrations.RunPython(add_ledger)]
