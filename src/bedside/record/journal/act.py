"""Who does something, where, when, under which rulebook: what every operation is told first."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from bedside.record.vault.master import Master
from bedside.trust.ledger.leaf import Edition, Lane
from bedside.trust.sealing.secret import Random

VERSION, VARIANT = 0x40, 0x80


class ActOfNobody(Exception):  # noqa: N818 - a slip of ours, never seen by people
    """An act that somebody must do, begun by Bedside itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One act of one person; the same key is the same act, however often it is sent."""

    key: UUID  # made by whoever asks, before asking
    site: str
    by: UUID | None  # nobody for what Bedside does by itself
    at: datetime  # the server's clock
    device_at: datetime | None = None  # the clock of the device, if the act waited there
    edition: Edition
    master: Master = field(repr=False)
    random: Random = field(repr=False)
    lane: Lane = Lane.OPERATIONAL  # of the three records that never mix, which one this joins

    @property
    def person(self) -> UUID:
        """Who acts, where it has to be somebody."""
        if self.by is None:
            raise ActOfNobody
        return self.by

    def draw_id(self) -> UUID:
        """Draw an id for a new row."""
        drawn = bytearray(self.random(16))
        drawn[6] = drawn[6] & 0x0F | VERSION
        drawn[8] = drawn[8] & 0x3F | VARIANT
        return UUID(bytes=bytes(drawn))
