"""The code with which somebody comes back: what is kept of it, and how it is known again.

One form gives one report and one code, however often it is sent: both follow from the key of the
form under a secret of the installation, so that an answer lost on its way can be asked for again.
The key of a form is kept nowhere.
"""

import hmac
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from bedside.record.journal.act import VARIANT, VERSION
from bedside.record.reports import models
from bedside.record.vault.master import Master
from bedside.trust.sealing.receipt import Receipt, make_receipt
from bedside.trust.sealing.receipt_card import Card, Cost, Pepper, redeem, stretch
from bedside.trust.sealing.secret import Secret

# One cost for all, so that a code that opens nothing takes as long as one that opens a report.
COST: Final = Cost(memory_kib=32 * 1024, passes=2, lanes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Where codes are given out and taken back: one hospital, with its secret."""

    site: str
    master: Master

    @property
    def pepper(self) -> Pepper:
        """The secret without which a stolen card says nothing."""
        return Pepper(Secret(self.derive("pepper", b"")), name="reports")

    def derive(self, purpose: str, said: bytes) -> bytes:
        """Derive 32 bytes for a purpose."""
        named = f"bedside reports {purpose} 1\n".encode() + said
        return hmac.digest(self.master.lookup_key(self.site), named, "sha256")

    def derive_id(self, purpose: str, said: bytes) -> UUID:
        """Derive the id of a row, which tells nothing of what it was derived from."""
        drawn = bytearray(self.derive(purpose, said)[:16])
        drawn[6] = drawn[6] & 0x0F | VERSION
        drawn[8] = drawn[8] & 0x3F | VARIANT
        return UUID(bytes=bytes(drawn))

    def derive_receipt(self, key: UUID) -> Receipt:
        """Derive the code of a form."""
        return make_receipt(self._draw_for(key))

    def _draw_for(self, key: UUID) -> Callable[[int], bytes]:
        drawn = 0

        def draw(count: int) -> bytes:
            nonlocal drawn
            drawn += 1
            return self.derive("receipt", key.bytes + drawn.to_bytes(4, "big"))[:count]

        return draw


class StoredCards:
    """The cards of one hospital, as `redeem` asks for them; remembers the row that it found."""

    def __init__(self, site: str) -> None:
        self.site = site
        self.found: models.Card | None = None

    def find_card(self, lookup: bytes) -> Card | None:
        """Find a card."""
        self.found = models.Card.objects.filter(site_id=self.site, lookup=lookup).first()
        row = self.found
        if row is None:
            return None
        return Card(
            lookup=bytes(row.lookup),
            salt=bytes(row.salt),
            proof=bytes(row.proof),
            cost=Cost(memory_kib=row.memory_kib, passes=row.passes, lanes=row.lanes),
        )


def redeem_receipt(desk: Desk, receipt: Receipt) -> models.Card:
    """Find the card of a code, or raise `ReceiptUnknown` after the same work."""
    cards = StoredCards(desk.site)
    redeem(receipt, cards, [desk.pepper], by=lambda mixed, salt, _: stretch(mixed, salt, COST))
    assert cards.found is not None  # noqa: S101 - a code without a card was refused above
    return cards.found


def is_known(desk: Desk, receipt: Receipt) -> bool:
    """Tell at little cost whether a code is one of ours; only to let its holder pass a limit."""
    return StoredCards(desk.site).find_card(desk.pepper.mix(b"lookup", receipt)) is not None
