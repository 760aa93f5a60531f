"""The ports to storage: where wrapped keys, tombstones and sealed fields lie.

Nothing is remembered between two calls. A key that was kept in memory would outlive its deletion.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import ClassVar, Protocol

from bedside.trust.sealing.binding import Binding, Record
from bedside.trust.sealing.refusal import Refusal
from bedside.trust.sealing.tombstone import Tombstone
from bedside.trust.sealing.wrap import KeyName, Wrap


class WrapExists(Refusal):
    """A second key in the place of one that is there."""

    code: ClassVar[str] = "sealing.wrap-exists"
    en: ClassVar[str] = "record {record} has key {generation} for `{key}` already; nothing changed"
    es: ClassVar[str] = "el registro {record} ya tiene la clave {generation} para `{key}`"


class StoreFailed(Refusal):
    """A database that could not do what it was asked; nothing was changed."""

    code: ClassVar[str] = "sealing.store-failed"
    en: ClassVar[str] = "the database failed ({why}); nothing was changed, try again"
    es: ClassVar[str] = "falló la base de datos ({why}); no cambió nada, intente de nuevo"


class StaleKey(Refusal):
    """A field sealed under a key that was dropped meanwhile: stored, it could never be opened."""

    code: ClassVar[str] = "sealing.stale-key"
    en: ClassVar[str] = "record {record} got a new key meanwhile; open it again, then write again"
    es: ClassVar[str] = "el registro {record} recibió otra clave; ábralo y escriba otra vez"


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A sealed field in its place."""

    binding: Binding
    record: Record
    sealed: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A field, and what it is to be sealed as if nobody wrote it in between."""

    was: Field
    sealed: bytes = field(repr=False)


class KeyStore(Protocol):
    """Where wrapped keys lie; each call is done whole or not at all."""

    def find_wraps(self, record: Record) -> tuple[Wrap, ...]:
        """Find every wrap of a record's keys."""

    def find_tombstone(self, record: Record) -> Tombstone | None:
        """Find what remains of a deleted record."""

    def add_wraps(self, wraps: Sequence[Wrap]) -> None:
        """Add wraps; refuse all if a record was deleted, or if one is there already."""

    def find_wraps_to_turn(
        self, old: KeyName, new: KeyName, *, after: Wrap | None, most: int
    ) -> tuple[Wrap, ...]:
        """Find wraps under the old key, past a wrap, that have no companion under the new one."""

    def turn_wraps(self, wraps: Sequence[Wrap]) -> None:
        """Add companions of wraps that are still there; pass over deleted records."""

    def drop_turned_wraps(self, old: KeyName, new: KeyName) -> int:
        """Drop the wraps under the old key that have a companion under the new one; count them."""

    def count_wraps(self, key: KeyName) -> int:
        """Count the wraps under a key."""

    def drop_generations(self, drops: Collection[tuple[Record, int]]) -> None:
        """Drop generations of records' keys, except those that a field still needs."""

    def destroy_keys(self, tombstone: Tombstone) -> Tombstone:
        """Drop every wrap of a record and keep its tombstone; the first tombstone stays."""


class FieldStore(Protocol):
    """Where sealed fields lie."""

    def find_field(self, binding: Binding) -> bytes | None:
        """Find what is sealed in a place."""

    def find_fields(self, record: Record) -> tuple[Field, ...]:
        """Find the sealed fields of a record."""

    def save_field(self, saved: Field) -> None:
        """Write a sealed field; refuse if its record was deleted, or its key dropped."""

    def replace_fields(self, changes: Sequence[Change]) -> int:
        """Make the changes whose field is as it was and whose key is there, in one step; count."""


class Store(KeyStore, FieldStore, Protocol):
    """Both."""
