"""What we keep of a receipt: enough to know it again, and to open one record with it.

A card is found by an HMAC of the code under a pepper that is not in the database, and then proved
by Argon2id. Against somebody with database *and* pepper the HMAC is quick to try, so what protects
the code then is its length alone: 2^84 tries.
"""

import hmac
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import ClassVar, Final, Protocol, TypeAlias, final

from argon2.low_level import Type, hash_secret_raw

from bedside.trust.sealing.receipt import Receipt
from bedside.trust.sealing.refusal import Refusal
from bedside.trust.sealing.secret import KEY_BYTES, Hidden, Random, Secret, draw
from bedside.trust.sealing.site_key import SiteKey
from bedside.trust.sealing.wrap import KeyName

SALT_BYTES: Final = 16
RECEIPT: Final = KeyName(holder="receipt")
LEAST_MEMORY_KIB: Final = 19 * 1024
LEAST_PASSES: Final = 2

Stretch: TypeAlias = Callable[[bytes, bytes, "Cost"], bytes]


class ReceiptUnknown(Refusal):
    """A code that opens nothing; whether it ever did is not said."""

    code: ClassVar[str] = "sealing.receipt-unknown"
    en: ClassVar[str] = "this code opens no report; compare it with your card, group by group"
    es: ClassVar[str] = "este código no abre ningún reporte; compárelo con su tarjeta"


class CostTooLow(Refusal):
    """A setting of Argon2id under which codes would be cheap to try."""

    code: ClassVar[str] = "sealing.cost-too-low"
    en: ClassVar[str] = (
        "Argon2id needs at least {memory} KiB and {passes} passes; raise the setting"
    )
    es: ClassVar[str] = "Argon2id necesita al menos {memory} KiB y {passes} pasadas; suba el ajuste"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """How hard one try is made; kept with the card, so that it can be raised later."""

    memory_kib: int = 64 * 1024
    passes: int = 3
    lanes: int = 4

    def __post_init__(self) -> None:
        if self.memory_kib < LEAST_MEMORY_KIB or self.passes < LEAST_PASSES or self.lanes < 1:
            raise CostTooLow(memory=LEAST_MEMORY_KIB, passes=LEAST_PASSES)


@final
class Pepper(Hidden):
    """A secret outside the database, without which a stolen card says nothing."""

    __slots__ = ("_secret", "name")

    def __init__(self, secret: Secret, *, name: str) -> None:
        self._secret, self.name = secret, name

    def mix(self, purpose: bytes, receipt: Receipt) -> bytes:
        """Mix a code for one purpose."""
        return hmac.digest(self._secret.reveal(), purpose + b":" + receipt.reveal(), "sha256")


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What is stored: nothing in it, without pepper and code, can be told from random bytes."""

    lookup: bytes
    salt: bytes = field(repr=False)
    proof: bytes = field(repr=False)
    cost: Cost


class Cards(Protocol):
    """Where cards lie."""

    def find_card(self, lookup: bytes) -> Card | None:
        """Find a card."""


def stretch(mixed: bytes, salt: bytes, cost: Cost) -> bytes:
    """Stretch a mixed code with Argon2id into a proof and a key."""
    return hash_secret_raw(
        secret=mixed,
        salt=salt,
        time_cost=cost.passes,
        memory_cost=cost.memory_kib,
        parallelism=cost.lanes,
        hash_len=2 * KEY_BYTES,
        type=Type.ID,
    )


def make_card(
    receipt: Receipt, pepper: Pepper, *, cost: Cost, random: Random
) -> tuple[Card, SiteKey]:
    """Make the card of a new receipt, and the key that the receipt stands for."""
    salt = draw(random, SALT_BYTES)
    proof, key = _split(stretch(pepper.mix(b"stretch", receipt), salt, cost))
    lookup = pepper.mix(b"lookup", receipt)
    return Card(lookup=lookup, salt=salt, proof=proof, cost=cost), key


def redeem(
    receipt: Receipt, cards: Cards, peppers: Sequence[Pepper], *, by: Stretch = stretch
) -> SiteKey:
    """Give the key that a receipt stands for; known and unknown codes take the same work.

    Peppers are tried newest first, so that a pepper can be replaced while old cards live.
    """
    found = [(cards.find_card(pepper.mix(b"lookup", receipt)), pepper) for pepper in peppers]
    card, pepper = next((one for one in found if one[0]), (None, peppers[0]))
    card = card or Card(lookup=b"", salt=bytes(SALT_BYTES), proof=b"", cost=Cost())
    proof, key = _split(by(pepper.mix(b"stretch", receipt), card.salt, card.cost))
    if not hmac.compare_digest(proof, card.proof):
        raise ReceiptUnknown
    return key


def _split(stretched: bytes) -> tuple[bytes, SiteKey]:
    proof, key = stretched[:KEY_BYTES], stretched[KEY_BYTES:]
    return sha256(proof).digest(), SiteKey(Secret(key), name=RECEIPT)
