"""The record keeps its own promises: who writes, who tells the journal, how tables come to be."""

import ast
import inspect
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command

from bedside.trust.ledger import postgres, sqlite

ROOT = Path(__file__).parents[2]
RECORD = ROOT / "src" / "bedside" / "record"
ROOMS = sorted(file.parent.name for file in RECORD.glob("*/models.py"))
WRITES = re.compile(
    r"\.(save|create|bulk_create|bulk_update|update_or_create|get_or_create|delete)\("
    r"|\.objects(\.[a-z_]+\([^()]*\))*\.update\("
)
# The vault lies below the journal; the sample hospital sets its one password.
MAY_WRITE = {"vault/keys.py", "accounts/sample.py"}
OUR_IMPORTS = {"bedside.record.vault.sealed"}  # field classes
MADE_UP = re.compile(r"\d{4}_(auto|alter|remove)_\w*\d{8}|\d{4}_auto")


def find_sources() -> Iterator[tuple[str, str]]:
    """Find every source of the record but migrations."""
    for file in sorted(RECORD.rglob("*.py")):
        if "migrations" not in file.parts:
            yield file.relative_to(RECORD).as_posix(), file.read_text()


def test_only_operations_write_rows() -> None:
    elsewhere = [
        f"{name}: {found[0]}"
        for name, text in find_sources()
        if not name.endswith("operations.py") and "/operations/" not in name
        if name not in MAY_WRITE and not name.startswith("letters/paper/")
        for found in WRITES.finditer(text)
    ]

    assert elsewhere == []


def find_operations() -> Iterator[tuple[str, object]]:
    """Find every public function that records something."""
    for room in ROOMS:
        for file in sorted((RECORD / room).glob("*operations*.py")):
            module = import_module(f"bedside.record.{room}.{file.stem}")
            for name, value in inspect.getmembers(module, inspect.isfunction):
                if name.startswith("record_") and value.__module__ == module.__name__:
                    yield f"{room}.{name}", value


def test_everything_that_is_called_record_is_an_operation() -> None:
    bare = [name for name, value in find_operations() if not hasattr(value, "is_operation")]

    assert bare == []


def test_every_operation_is_told_first_who_acts() -> None:
    wrong = [
        name
        for name, value in find_operations()
        if next(iter(inspect.signature(value).parameters)) != "act"  # type: ignore[arg-type]  # a function
    ]

    assert wrong == []


def test_pages_write_nothing_by_themselves() -> None:
    web = ROOT / "src" / "bedside" / "doors" / "web"
    rows = re.compile(r"\.objects(\.[a-z_]+\([^()]*\))*\.(create|update|bulk_create|delete)\(")
    writing = [
        f"{file.relative_to(web)}: {found[0]}"
        for file in sorted(web.rglob("*.py"))
        for found in rows.finditer(file.read_text())
        if file.name != "kept_forms.py"  # a form on its way back to who typed it, no case record
    ]

    assert writing == []


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_migrations_are_named_for_what_they_do_and_import_nothing_of_ours_but_fields() -> None:
    wrong = []
    for file in sorted(RECORD.glob("*/migrations/0*.py")):
        modules = [
            node.names[0].name if isinstance(node, ast.Import) else node.module or ""
            for node in ast.walk(ast.parse(file.read_text()))
            if isinstance(node, ast.Import | ast.ImportFrom)
        ]
        ours = {name for name in modules if name.startswith("bedside")} - OUR_IMPORTS
        if ours or MADE_UP.match(file.stem):
            wrong.append((file.name, ours))

    assert wrong == []


def test_the_ledger_of_the_record_has_the_tables_that_the_ledgers_own_stores_make() -> None:
    migration = import_module("bedside.record.journal.migrations.0002_add_ledger")
    made = [_even_out(statement) for statement in (*migration.SQLITE, *migration.POSTGRES)]
    wanted = [_even_out(one) for one in (*sqlite.SCHEMA, *postgres.SCHEMA.split(";\n"))]

    missing = [one for one in wanted if "create table" in one and one not in made]

    assert missing == []
    assert len([one for one in wanted if "create table" in one]) == 8


def _even_out(statement: str) -> str:
    """Write a statement so that only its meaning counts: no case, no spaces, no *if not exists*."""
    said = re.sub(r"\s+", " ", statement.strip().lower().removesuffix(";"))
    return said.replace(" if not exists", "").replace("( ", "(").replace(" )", ")")


def test_nothing_can_hold_what_is_never_stored() -> None:
    never = re.compile(
        r"immigra|nationalit|citizen|visa|alien|birth_?place|place_of_birth|legal_status"
    )
    holding = [
        f"{model.__name__}.{field.name}"
        for model in apps.get_models()
        if model.__module__.startswith("bedside")
        for field in model._meta.get_fields()  # noqa: SLF001 - Django names its open door so
        if never.search(field.name)
    ]

    assert holding == []
