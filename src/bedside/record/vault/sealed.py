"""A column that holds only what is sealed, and how a room seals and opens its own rows."""

from typing import Any, final
from uuid import UUID

from django.db import models

from bedside.record.vault.keys import VaultKeys
from bedside.trust.sealing.binding import Binding, Record
from bedside.trust.sealing.opening import Keyring, Opened, make_record, open_record
from bedside.trust.sealing.secret import Random
from bedside.trust.sealing.wrap import Key

SITE_RECORD = "site"  # what belongs to the house and to no stay


class SealedField(models.BinaryField):  # type: ignore[type-arg]  # the stubs want two arguments
    """Bytes that `Strongroom.seal` made; empty is nothing, never an empty text."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - Django's own
        options.setdefault("default", b"")
        options.setdefault("editable", False)
        super().__init__(**options)


@final
class Strongroom:
    """One record's keys at hand: seals and opens the fields of its rows, then is dropped."""

    __slots__ = ("_opened", "_random")

    def __init__(self, opened: Opened, random: Random) -> None:
        self._opened, self._random = opened, random

    def seal(self, text: str, table: str, row: UUID, column: str) -> bytes:
        """Seal a text for its place; nothing stays nothing."""
        if not text:
            return b""
        return self.seal_bytes(text.encode(), table, row, column)

    def open(self, sealed: bytes | memoryview, table: str, row: UUID, column: str) -> str:
        """Open a text in its place."""
        return self.open_bytes(sealed, table, row, column).decode() if sealed else ""

    def seal_bytes(self, plain: bytes, table: str, row: UUID, column: str) -> bytes:
        """Seal bytes for their place."""
        return self._opened.seal(plain, self._bind(table, row, column), random=self._random)

    def open_bytes(self, sealed: bytes | memoryview, table: str, row: UUID, column: str) -> bytes:
        """Open bytes in their place."""
        return self._opened.open(bytes(sealed), self._bind(table, row, column))

    def _bind(self, table: str, row: UUID, column: str) -> Binding:
        return Binding(site=self._opened.record.site, table=table, column=column, row=str(row))


def make_strongroom(site: str, name: str, *, key: Key, random: Random) -> Strongroom:
    """Give a new record its key."""
    record = Record(site=site, name=name)
    return Strongroom(make_record(VaultKeys(), record, [key], random=random), random)


def open_strongroom(site: str, name: str, *, key: Key, random: Random) -> Strongroom:
    """Open a record's keys with the key at hand."""
    opened = open_record(VaultKeys(), Record(site=site, name=name), Keyring([key]))
    return Strongroom(opened, random)
