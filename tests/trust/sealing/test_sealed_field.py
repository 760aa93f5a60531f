"""A sealed field opens in its own place, whole, under its own key; and in no other way."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sealing_cast import DATA_KEY, DRAW, HERE, RECORD, says_why, times

from bedside.trust.sealing.binding import BadBinding, Binding
from bedside.trust.sealing.data_key import (
    BLOCK,
    MOST_BYTES,
    DataKey,
    DoesNotOpen,
    FieldCut,
    FieldTooLarge,
    OtherGeneration,
    TooManyGenerations,
    UnknownAlgorithm,
    make_data_key,
)
from bedside.trust.sealing.opening import Opened
from bedside.trust.sealing.refusal import Refusal
from bedside.trust.sealing.secret import BadRandom

WORD = st.text(st.characters(codec="utf-8"), min_size=1, max_size=12)
PLACE = st.builds(Binding, site=WORD, table=WORD, column=WORD, row=WORD)
AGENCIES = (b"ice", b"cbp", b"usms", b"bop", b"county_sheriff", b"municipal_police", b"none")


@given(plain=st.binary(max_size=300), place=PLACE)
@settings(max_examples=times(100, soak=5000), deadline=None)
def test_a_field_opens_in_its_own_place(plain: bytes, place: Binding) -> None:
    sealed = DATA_KEY.seal(plain, place, random=DRAW)

    assert DATA_KEY.open(sealed, place) == plain


@given(here=PLACE, there=PLACE)
@settings(max_examples=times(200, soak=10_000), deadline=None)
def test_a_field_opens_in_no_other_place(here: Binding, there: Binding) -> None:
    sealed = DATA_KEY.seal(b"the officer stood outside", here, random=DRAW)

    if here != there:
        with pytest.raises(DoesNotOpen):
            DATA_KEY.open(sealed, there)


@given(part=st.sampled_from(["site", "table", "column", "row"]), other=WORD)
@settings(max_examples=times(100, soak=2000), deadline=None)
def test_changing_one_part_of_the_place_is_enough(part: str, other: str) -> None:
    sealed = DATA_KEY.seal(b"badge 4471", HERE, random=DRAW)
    there = replace(HERE, **{part: other})

    if there != HERE:
        with pytest.raises(DoesNotOpen):
            DATA_KEY.open(sealed, there)


@given(here=st.tuples(WORD, WORD, WORD, WORD), cut=st.integers(0, 48))
@settings(max_examples=times(200, soak=5000), deadline=None)
def test_two_places_never_write_alike(here: tuple[str, str, str, str], cut: int) -> None:
    joined = "".join(here)
    parts = (joined[:cut], joined[cut : cut + 1], joined[cut + 1 : cut + 2], joined[cut + 2 :])

    one = Binding(site=here[0], table=here[1], column=here[2], row=here[3])
    if all(parts) and parts != here:
        other = Binding(site=parts[0], table=parts[1], column=parts[2], row=parts[3])
        assert one.write() != other.write()


@given(plain=st.binary(max_size=80), data=st.data())
@settings(max_examples=times(200, soak=20_000), deadline=None)
def test_a_field_with_one_changed_bit_does_not_open(plain: bytes, data: st.DataObject) -> None:
    sealed = bytearray(DATA_KEY.seal(plain, HERE, random=DRAW))
    bit = data.draw(st.integers(0, len(sealed) * 8 - 1))
    sealed[bit // 8] ^= 1 << bit % 8

    with pytest.raises(Refusal) as refused:
        DATA_KEY.open(bytes(sealed), HERE)

    assert says_why(refused.value)


def test_every_byte_of_a_sealed_field_is_covered() -> None:
    sealed = DATA_KEY.seal(b"seen at 02:10", HERE, random=DRAW)

    for at in range(len(sealed)):
        changed = sealed[:at] + bytes([sealed[at] ^ 0xFF]) + sealed[at + 1 :]
        with pytest.raises(Refusal):
            DATA_KEY.open(changed, HERE)


def test_every_cut_and_every_addition_is_refused() -> None:
    sealed = DATA_KEY.seal(b"seen at 02:10", HERE, random=DRAW)

    for length in range(len(sealed)):
        with pytest.raises((FieldCut, DoesNotOpen)):
            DATA_KEY.open(sealed[:length], HERE)
    with pytest.raises(DoesNotOpen):
        DATA_KEY.open(sealed + b"\x00", HERE)


def test_another_key_does_not_open_it() -> None:
    sealed = DATA_KEY.seal(b"badge 4471", HERE, random=DRAW)

    with pytest.raises(DoesNotOpen) as refused:
        make_data_key(DRAW).open(sealed, HERE)

    assert says_why(refused.value)


def test_a_field_says_which_generation_it_needs() -> None:
    sealed = make_data_key(DRAW, generation=2).seal(b"badge 4471", HERE, random=DRAW)

    with pytest.raises(OtherGeneration) as refused:
        DATA_KEY.open(sealed, HERE)

    assert "needs key 2" in str(refused.value)


def test_a_relabelled_generation_does_not_open() -> None:
    second = DataKey(DATA_KEY.secret, generation=2)
    sealed = bytearray(DATA_KEY.seal(b"badge 4471", HERE, random=DRAW))
    sealed[2] = 2

    with pytest.raises(DoesNotOpen):
        second.open(bytes(sealed), HERE)


def test_a_record_of_another_site_neither_seals_nor_opens() -> None:
    opened, elsewhere = Opened(RECORD, [DATA_KEY]), replace(HERE, site="mercy")

    with pytest.raises(DoesNotOpen):
        opened.seal(b"badge 4471", elsewhere, random=DRAW)
    with pytest.raises(DoesNotOpen):
        opened.open(DATA_KEY.seal(b"badge 4471", elsewhere, random=DRAW), elsewhere)


def test_the_length_does_not_tell_the_agency() -> None:
    lengths = {len(DATA_KEY.seal(agency, HERE, random=DRAW)) for agency in AGENCIES}

    assert len(lengths) == 1


def test_the_length_tells_no_more_than_blocks() -> None:
    lengths = {len(DATA_KEY.seal(bytes(count), HERE, random=DRAW)) for count in range(BLOCK)}

    assert len(lengths) == 1


def test_the_same_text_is_sealed_differently_each_time() -> None:
    assert len({DATA_KEY.seal(b"ice", HERE, random=DRAW) for _ in range(100)}) == 100


@pytest.mark.parametrize("part", ["site", "table", "column", "row"])
def test_a_place_without_a_part_binds_nothing(part: str) -> None:
    with pytest.raises(BadBinding) as refused:
        DATA_KEY.seal(b"badge 4471", replace(HERE, **{part: ""}), random=DRAW)

    assert says_why(refused.value)


def test_a_place_that_nobody_could_store_binds_nothing() -> None:
    with pytest.raises(BadBinding):
        DATA_KEY.seal(b"badge 4471", replace(HERE, row="\ud800"), random=DRAW)


def test_an_unknown_algorithm_is_named() -> None:
    sealed = b"\x7f" + DATA_KEY.seal(b"badge 4471", HERE, random=DRAW)[1:]

    with pytest.raises(UnknownAlgorithm) as refused:
        DATA_KEY.open(sealed, HERE)

    assert "0x7f" in str(refused.value)
    assert says_why(refused.value)


def test_nothing_at_all_is_refused_as_cut() -> None:
    with pytest.raises(FieldCut) as refused:
        DATA_KEY.open(b"", HERE)

    assert says_why(refused.value)


def test_too_much_is_refused_before_it_is_read() -> None:
    with pytest.raises(FieldTooLarge) as refused:
        DATA_KEY.seal(bytes(MOST_BYTES + 1), HERE, random=DRAW)
    with pytest.raises(FieldTooLarge):
        DATA_KEY.open(b"\x01" + bytes(MOST_BYTES + 100), HERE)

    assert says_why(refused.value)


@pytest.mark.parametrize("count", [0, 11, 13])
def test_a_source_of_randomness_that_gives_too_little_seals_nothing(count: int) -> None:
    with pytest.raises(BadRandom) as refused:
        DATA_KEY.seal(b"badge 4471", HERE, random=lambda _: bytes(count))

    assert says_why(refused.value)


@pytest.mark.parametrize("generation", [0, -1, 1 << 16])
def test_a_generation_that_a_header_cannot_hold_is_refused(generation: int) -> None:
    with pytest.raises(TooManyGenerations) as refused:
        make_data_key(DRAW, generation=generation)

    assert says_why(refused.value)
