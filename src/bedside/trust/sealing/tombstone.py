"""What remains of a deleted record: that it was, when its keys went, and why. No content."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import ClassVar

from bedside.trust.sealing.binding import Record
from bedside.trust.sealing.refusal import Refusal


class ClockWithoutZone(Refusal):
    """A time that does not say where on Earth it is meant."""

    code: ClassVar[str] = "sealing.clock-without-zone"
    en: ClassVar[str] = "the time {at} names no time zone; give it in UTC"
    es: ClassVar[str] = "la hora {at} no indica zona horaria; indíquela en UTC"


class RecordDestroyed(Refusal):
    """A record whose keys are gone for good."""

    code: ClassVar[str] = "sealing.record-destroyed"
    en: ClassVar[str] = (
        "the record {record} was deleted on {day} ({reason}); it cannot be opened or added to"
    )
    es: ClassVar[str] = (
        "el registro {record} fue eliminado el {day} ({reason}); no se abre ni se amplía"
    )


class Reason(StrEnum):
    """Why a record was deleted; names are added here, never renamed."""

    COURT_ORDER = "court-order"
    ENTERED_IN_ERROR = "entered-in-error"
    REQUESTED = "requested"
    RETENTION = "retention"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tombstone:
    """That a record's keys were destroyed; the fingerprints name them without telling them."""

    record: Record
    destroyed_at: datetime
    reason: Reason
    fingerprints: tuple[bytes, ...] = ()

    def __post_init__(self) -> None:
        if self.destroyed_at.tzinfo is None:
            raise ClockWithoutZone(at=self.destroyed_at)

    def write(self) -> bytes:
        """Write the tombstone as RFC 8785 JSON, for the ledger to commit to."""
        said = {
            "destroyed_at": self.destroyed_at.astimezone(UTC).isoformat(timespec="seconds"),
            "fingerprints": sorted(one.hex() for one in self.fingerprints),
            "reason": self.reason.value,
            "record": self.record.name,
            "site": self.record.site,
            "v": 1,
        }
        # The names are ASCII, the only number is small: sorted and tight is what RFC 8785 asks.
        return json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()

    def refusal(self) -> RecordDestroyed:
        """Make the answer to whoever asks for the record."""
        day = self.destroyed_at.astimezone(UTC).date()
        return RecordDestroyed(record=self.record, day=day, reason=self.reason.value)


def read_tombstone(text: bytes) -> Tombstone:
    """Read a tombstone that `write` wrote."""
    said = json.loads(text)
    return Tombstone(
        record=Record(site=said["site"], name=said["record"]),
        destroyed_at=datetime.fromisoformat(said["destroyed_at"]),
        reason=Reason(said["reason"]),
        fingerprints=tuple(bytes.fromhex(one) for one in said["fingerprints"]),
    )
