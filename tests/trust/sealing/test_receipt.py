"""A receipt is long enough, and one slip of the pen is found before anything is looked up."""

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sealing_cast import DRAW, says_why, times

from bedside.trust.sealing.receipt import (
    CHECK,
    COUNT,
    SYMBOLS,
    NoRandomness,
    Receipt,
    ReceiptMistyped,
    make_receipt,
    read_receipt,
)
from bedside.trust.sealing.secret import BadRandom


def receipts() -> st.SearchStrategy[Receipt]:
    def build(number: int) -> Receipt | None:
        if number % CHECK >= len(SYMBOLS):
            return None
        drawn = (number << 3).to_bytes(11)
        return make_receipt(lambda _: drawn)

    numbers = st.integers(0, (1 << 85) - 1)
    return numbers.map(build).filter(lambda one: one is not None).map(lambda one: one or RECEIPT)


RECEIPT = make_receipt(DRAW)


@given(receipt=receipts())
@settings(max_examples=times(100, soak=5000), deadline=None)
def test_a_receipt_is_read_as_it_was_shown(receipt: Receipt) -> None:
    assert read_receipt(receipt.show()) == receipt


@given(receipt=receipts(), at=st.integers(0, COUNT), other=st.sampled_from(SYMBOLS))
@settings(max_examples=times(300, soak=50_000), deadline=None)
def test_every_single_wrong_symbol_is_found(receipt: Receipt, at: int, other: str) -> None:
    shown = receipt.show().replace("-", "")
    typed = shown[:at] + other + shown[at + 1 :]

    if typed != shown:
        with pytest.raises(ReceiptMistyped):
            read_receipt(typed)


@given(receipt=receipts(), at=st.integers(0, COUNT - 1))
@settings(max_examples=times(300, soak=50_000), deadline=None)
def test_every_swap_of_neighbours_is_found(receipt: Receipt, at: int) -> None:
    shown = receipt.show().replace("-", "")
    typed = shown[:at] + shown[at + 1] + shown[at] + shown[at + 2 :]

    if typed != shown:
        with pytest.raises(ReceiptMistyped):
            read_receipt(typed)


def test_every_slip_of_one_receipt_is_found() -> None:
    shown = RECEIPT.show().replace("-", "")
    slips = {shown[:i] + s + shown[i + 1 :] for i in range(18) for s in SYMBOLS}
    slips |= {shown[:i] + shown[i + 1] + shown[i] + shown[i + 2 :] for i in range(17)}
    slips |= {shown[:i] + shown[i + 1 :] for i in range(18)}

    for slip in slips - {shown}:
        with pytest.raises(ReceiptMistyped):
            read_receipt(slip)


def test_a_receipt_carries_more_than_eighty_bits() -> None:
    kept = sum(rest < len(SYMBOLS) for rest in range(CHECK))  # of 37 remainders, evenly spread

    codes = (1 << 85) * kept // CHECK

    assert codes > 1 << 84
    assert codes / 2 * 0.1 / (3600 * 24 * 365) > 1e16  # years, at a tenth of a second a try


def test_receipts_use_every_symbol_in_every_place() -> None:
    shown = [make_receipt(DRAW).show().replace("-", "") for _ in range(2000)]

    assert all(len({one[at] for one in shown}) == 32 for at in range(COUNT + 1))
    assert len(set(shown)) == 2000


def test_a_receipt_is_read_as_people_type() -> None:
    shown = RECEIPT.show()
    typed = shown.lower().replace("0", "o").replace("1", "l").replace("-", " – ")  # noqa: RUF001 - typed so

    assert read_receipt(typed) == RECEIPT
    assert [len(group) for group in shown.split("-")] == [6, 6, 6]


@pytest.mark.parametrize(
    "typed",
    ["", "-", "U" * 18, "*" * 18, "A" * 100_000, "AAAAAA-AAAAAA-AAAAA*", "ÁAAAAA-AAAAAA-AAAAAA"],
)
def test_what_is_no_receipt_is_refused_and_not_repeated(typed: str) -> None:
    with pytest.raises(ReceiptMistyped) as refused:
        read_receipt(typed)

    assert says_why(refused.value)
    assert not typed or typed not in str(refused.value)


@given(st.text(max_size=80))
@settings(max_examples=times(200, soak=20_000), deadline=None)
def test_any_text_is_read_or_refused(typed: str) -> None:
    with suppress(ReceiptMistyped):
        assert read_receipt(read_receipt(typed).show()) == read_receipt(typed)


def test_a_stuck_source_of_randomness_gives_out_no_code() -> None:
    stuck = (36 << 3).to_bytes(11)  # its check symbol would be `U`

    with pytest.raises(NoRandomness) as refused:
        make_receipt(lambda _: stuck)
    with pytest.raises(BadRandom):
        make_receipt(lambda _: b"")

    assert says_why(refused.value)
