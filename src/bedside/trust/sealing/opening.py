"""A record made, opened, shared: who holds its keys, and what they open."""

from collections.abc import Collection, Iterable, Mapping
from typing import ClassVar, Final, final

from bedside.trust.sealing.binding import Binding, Record
from bedside.trust.sealing.data_key import (
    DataKey,
    DoesNotOpen,
    OtherGeneration,
    make_data_key,
    read_generation,
)
from bedside.trust.sealing.refusal import Refusal
from bedside.trust.sealing.secret import Hidden, Random
from bedside.trust.sealing.store import Field, KeyStore, Store
from bedside.trust.sealing.wrap import Key, KeyName, Lock, Wrap, unwrap_key, wrap_key

MOST_TRIES: Final = 8


class NobodyCouldOpen(Refusal):
    """A record that would be sealed for no one."""

    code: ClassVar[str] = "sealing.nobody-could-open"
    en: ClassVar[str] = "record {record} would be sealed for no one; name at least one holder"
    es: ClassVar[str] = "el registro {record} no se sellaría para nadie; nombre a quien lo abra"


class RecordUnknown(Refusal):
    """A record without keys and without a tombstone."""

    code: ClassVar[str] = "sealing.record-unknown"
    en: ClassVar[str] = "there are no keys of record {record}; check its name and the database"
    es: ClassVar[str] = "no hay claves del registro {record}; revise su nombre y la base de datos"


class NotForThisKeyring(Refusal):
    """A record whose keys are closed for others only."""

    code: ClassVar[str] = "sealing.not-for-this-keyring"
    en: ClassVar[str] = "record {record} opens for {holders}, not with the keys at hand; ask them"
    es: ClassVar[str] = "el registro {record} lo abre {holders}, no las claves presentes; pídaselo"


class FieldMissing(Refusal):
    """A place in which nothing is sealed."""

    code: ClassVar[str] = "sealing.field-missing"
    en: ClassVar[str] = "nothing is sealed at {place}; check the name of the field"
    es: ClassVar[str] = "no hay nada sellado en {place}; revise el nombre del campo"


@final
class Keyring(Hidden):
    """The keys that somebody has at hand: in a rotation, the old one and the new one."""

    __slots__ = ("_keys",)

    def __init__(self, keys: Iterable[Key]) -> None:
        self._keys: Mapping[KeyName, Key] = {key.name: key for key in keys}

    def find_key(self, wrap: Wrap) -> Key | None:
        """Find the key that should open a wrap."""
        return self._keys.get(wrap.key)


@final
class Opened(Hidden):
    """A record's keys while somebody works with it; drop it when the work is done."""

    __slots__ = ("_keys", "record")

    def __init__(self, record: Record, keys: Iterable[DataKey]) -> None:
        self.record = record
        self._keys = {key.generation: key for key in keys}

    @property
    def newest(self) -> DataKey:
        """The key that seals from now on."""
        return self._keys[max(self._keys)]

    def generations(self) -> Collection[DataKey]:
        """All generations at hand."""
        return self._keys.values()

    def seal(self, plain: bytes, binding: Binding, *, random: Random) -> bytes:
        """Seal a field of this record."""
        if binding.site != self.record.site:
            raise DoesNotOpen(place=binding)
        return self.newest.seal(plain, binding, random=random)

    def open(self, sealed: bytes, binding: Binding) -> bytes:
        """Open a field of this record."""
        if binding.site != self.record.site:
            raise DoesNotOpen(place=binding)
        generation = read_generation(sealed, binding)
        key = self._keys.get(generation)
        if key is None:
            raise OtherGeneration(place=binding, wanted=generation, given=self.newest.generation)
        return key.open(sealed, binding)


def make_record(
    store: KeyStore, record: Record, locks: Collection[Lock], *, random: Random
) -> Opened:
    """Give a new record its first key, closed for its holders."""
    if not locks:
        raise NobodyCouldOpen(record=record)
    data_key = make_data_key(random)
    store.add_wraps([wrap_key(data_key, record, lock, random=random) for lock in locks])
    return Opened(record, [data_key])


def open_record(store: KeyStore, record: Record, keyring: Keyring) -> Opened:
    """Open a record's keys with the keys at hand."""
    wraps = store.find_wraps(record)
    if not wraps:
        stone = store.find_tombstone(record)
        raise stone.refusal() if stone else RecordUnknown(record=record)
    keys: dict[int, DataKey] = {}
    for wrap in sorted(wraps, key=lambda one: one.key, reverse=True):
        key = None if wrap.generation in keys else keyring.find_key(wrap)
        if key is not None:
            keys[wrap.generation] = unwrap_key(wrap, key)
    if not keys:
        holders = ", ".join(sorted({f"`{wrap.key.holder}`" for wrap in wraps}))
        raise NotForThisKeyring(record=record, holders=holders)
    return Opened(record, keys.values())


def share_record(store: KeyStore, opened: Opened, lock: Lock, *, random: Random) -> None:
    """Close an opened record's keys for one more holder."""
    wraps = [wrap_key(key, opened.record, lock, random=random) for key in opened.generations()]
    store.add_wraps(wraps)


def write_field(
    store: Store, opened: Opened, binding: Binding, plain: bytes, *, random: Random
) -> None:
    """Seal a field and store it."""
    sealed = opened.seal(plain, binding, random=random)
    store.save_field(Field(binding=binding, record=opened.record, sealed=sealed))


def read_field(store: Store, record: Record, keyring: Keyring, binding: Binding) -> bytes:
    """Read a field, also while its record is re-keyed.

    The field is read before the keys. Its key may be dropped in between, but only once the field
    has been sealed anew, so reading it again finds the new one.
    """
    for _ in range(MOST_TRIES):
        sealed = store.find_field(binding)
        if sealed is None:
            raise FieldMissing(place=binding)
        try:
            return open_record(store, record, keyring).open(sealed, binding)
        except OtherGeneration as refusal:
            last = refusal
    raise last
