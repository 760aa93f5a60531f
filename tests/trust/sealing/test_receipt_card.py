"""A stored card says nothing without pepper and code, and opens one record with both."""

from dataclasses import dataclass, field, replace

import pytest
from sealing_cast import DRAW, HERE, RECORD, says_why, site_key

from bedside.trust.sealing.memory_store import MemoryStore
from bedside.trust.sealing.opening import Keyring, make_record, open_record
from bedside.trust.sealing.receipt import make_receipt, read_receipt
from bedside.trust.sealing.receipt_card import (
    Card,
    Cost,
    CostTooLow,
    Pepper,
    ReceiptUnknown,
    make_card,
    redeem,
    stretch,
)
from bedside.trust.sealing.secret import Secret, SecretTooShort

CHEAP = Cost(memory_kib=19 * 1024, passes=2, lanes=1)
PEPPER = Pepper(Secret(DRAW(32)), name="2026")
RECEIPT = make_receipt(DRAW)
CARD, KEY = make_card(RECEIPT, PEPPER, cost=CHEAP, random=DRAW)


@dataclass
class Cards:
    """Cards in a dictionary, which counts how often it is asked."""

    kept: dict[bytes, Card] = field(default_factory=lambda: {CARD.lookup: CARD})
    asked: int = 0

    def find_card(self, lookup: bytes) -> Card | None:
        self.asked += 1
        return self.kept.get(lookup)


def test_a_receipt_opens_its_record_and_its_holder_reads_the_answer() -> None:
    store, officer = MemoryStore(), site_key("role/privacy-officer")
    opened = make_record(store, RECORD, [officer, KEY], random=DRAW)
    sealed = opened.seal(b"we asked the sheriff", HERE, random=DRAW)

    key = redeem(read_receipt(RECEIPT.show()), Cards(), [PEPPER])

    assert open_record(store, RECORD, Keyring([key])).open(sealed, HERE) == b"we asked the sheriff"


def test_an_unknown_receipt_opens_nothing() -> None:
    with pytest.raises(ReceiptUnknown) as refused:
        redeem(make_receipt(DRAW), Cards(), [PEPPER])

    assert says_why(refused.value)


def test_known_and_unknown_receipts_take_the_same_work() -> None:
    work: dict[str, list[tuple[int, int]]] = {"known": [], "unknown": []}
    cards = {"known": Cards({CARD.lookup: replace(CARD, cost=Cost())}), "unknown": Cards({})}

    for kind, kept in cards.items():

        def counted(mixed: bytes, salt: bytes, cost: Cost, kind: str = kind) -> bytes:
            work[kind].append((len(mixed) + len(salt), cost.memory_kib * cost.passes))
            return bytes(64)

        with pytest.raises(ReceiptUnknown):
            redeem(RECEIPT, kept, [PEPPER, PEPPER], by=counted)

    assert work["known"] == work["unknown"]
    assert len(work["known"]) == 1
    assert cards["known"].asked == cards["unknown"].asked == 2


def test_a_card_that_was_changed_opens_nothing() -> None:
    for changed in (
        replace(CARD, salt=DRAW(16)),
        replace(CARD, proof=DRAW(32)),
        replace(CARD, proof=b""),
        replace(CARD, cost=replace(CHEAP, passes=3)),
    ):
        with pytest.raises(ReceiptUnknown):
            redeem(RECEIPT, Cards({CARD.lookup: changed}), [PEPPER])


def test_without_the_pepper_a_card_is_not_even_found() -> None:
    cards = Cards()

    with pytest.raises(ReceiptUnknown):
        redeem(RECEIPT, cards, [Pepper(Secret(DRAW(32)), name="2027")])


def test_an_old_pepper_serves_until_its_cards_are_gone() -> None:
    newer = Pepper(Secret(DRAW(32)), name="2027")

    key = redeem(RECEIPT, Cards(), [newer, PEPPER])

    wrapped = KEY.wrap(bytes(32), b"context", random=DRAW)
    assert key.unwrap(wrapped, b"context") == bytes(32)


def test_a_card_holds_neither_code_nor_key() -> None:
    kept = CARD.lookup + CARD.salt + CARD.proof

    assert RECEIPT.reveal() not in kept
    assert CARD.proof.hex() not in repr(CARD)
    assert stretch(PEPPER.mix(b"stretch", RECEIPT), CARD.salt, CARD.cost)[:32] not in kept


def test_two_cards_of_one_code_are_unlike_but_for_the_lookup() -> None:
    other, _ = make_card(RECEIPT, PEPPER, cost=CHEAP, random=DRAW)

    assert other.lookup == CARD.lookup
    assert other.salt != CARD.salt
    assert other.proof != CARD.proof


@pytest.mark.parametrize("low", [{"memory_kib": 1024}, {"passes": 1}, {"lanes": 0}])
def test_a_cheap_setting_is_refused(low: dict[str, int]) -> None:
    with pytest.raises(CostTooLow) as refused:
        Cost(**low)

    assert says_why(refused.value)


def test_the_usual_setting_is_64_mebibytes_three_times() -> None:
    assert (Cost().memory_kib, Cost().passes) == (65_536, 3)


def test_a_short_pepper_is_none() -> None:
    with pytest.raises(SecretTooShort):
        Pepper(Secret(b"salt and pepper", what="pepper"), name="2026")
