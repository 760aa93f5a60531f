"""A record's key, closed for one holder: the form in which it is stored."""

import re
from dataclasses import dataclass, field
from typing import ClassVar, Protocol

from bedside.trust.sealing.binding import Record, pack
from bedside.trust.sealing.data_key import DataKey
from bedside.trust.sealing.refusal import Refusal
from bedside.trust.sealing.secret import Random, Secret

HOLDER = re.compile(r"[a-z0-9][a-z0-9/_.-]{0,63}")
MOST_WRAPPED_BYTES = 4096


class BadHolder(Refusal):
    """A name that no key can have."""

    code: ClassVar[str] = "sealing.bad-holder"
    en: ClassVar[str] = "`{name}` cannot name a key's holder; write it like `role/privacy-officer`"
    es: ClassVar[str] = "`{name}` no puede nombrar una clave; escríbalo como `role/privacy-officer`"


class KeyDoesNotFit(Refusal):
    """A wrapped key that the holder's key does not open."""

    code: ClassVar[str] = "sealing.key-does-not-fit"
    en: ClassVar[str] = (
        "the key of record {record} does not open with `{key}`: it was changed, or `{key}` is "
        "not the key it was closed with; look for the right key before you restore anything"
    )
    es: ClassVar[str] = (
        "la clave del registro {record} no se abre con `{key}`: fue cambiada, o `{key}` no es "
        "la clave con que se cerró; busque la clave correcta antes de restaurar nada"
    )


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class KeyName:
    """Who holds a key (a role, a person, a receipt), and which of their keys it is."""

    holder: str
    version: int = 1

    def __post_init__(self) -> None:
        if not HOLDER.fullmatch(self.holder) or self.version < 1:
            raise BadHolder(name=self)

    def __str__(self) -> str:  # type: ignore[explicit-override] # not in 3.11
        return f"{self.holder}:{self.version}"


class Lock(Protocol):
    """What closes a key for a holder; it need not be able to open it again."""

    @property
    def name(self) -> KeyName:
        """Whose it is."""

    def wrap(self, secret: bytes, context: bytes, *, random: Random) -> bytes:
        """Close a secret so that it opens only with the same context."""


class Key(Lock, Protocol):
    """What closes and opens."""

    def unwrap(self, wrapped: bytes, context: bytes) -> bytes | None:
        """Open a secret; nothing if it does not open."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrap:
    """One generation of a record's key, closed for one holder."""

    record: Record
    generation: int
    fingerprint: bytes
    key: KeyName
    wrapped: bytes = field(repr=False)

    def context(self) -> bytes:
        """Write what a wrap is bound to, so that none can stand in for another."""
        return _context(self.record, self.generation, self.fingerprint, self.key)


def wrap_key(data_key: DataKey, record: Record, lock: Lock, *, random: Random) -> Wrap:
    """Close a record's key for a holder."""
    context = _context(record, data_key.generation, data_key.fingerprint, lock.name)
    return Wrap(
        record=record,
        generation=data_key.generation,
        fingerprint=data_key.fingerprint,
        key=lock.name,
        wrapped=lock.wrap(data_key.secret.reveal(), context, random=random),
    )


def unwrap_key(wrap: Wrap, key: Key) -> DataKey:
    """Open a record's key."""
    opened = None
    if len(wrap.wrapped) <= MOST_WRAPPED_BYTES and wrap.key == key.name:
        opened = key.unwrap(wrap.wrapped, wrap.context())
    if opened is None:
        raise KeyDoesNotFit(record=wrap.record, key=key.name)
    data_key = DataKey(Secret(opened, what="data key"), generation=wrap.generation)
    if data_key.fingerprint != wrap.fingerprint:
        raise KeyDoesNotFit(record=wrap.record, key=key.name)
    return data_key


def _context(record: Record, generation: int, fingerprint: bytes, key: KeyName) -> bytes:
    return pack(
        "bedside wrap 1",
        record.site,
        record.name,
        str(generation),
        fingerprint.hex(),
        key.holder,
        str(key.version),
    )
