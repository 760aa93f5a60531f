"""Leaves: canonical, of digests only, and never made of anything but digests."""

import dataclasses
import json
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ledger_cast import NIGHT, PSEUDONYMS, make_leaf, salt_of

from bedside.trust.ledger.canonical import NotCanonical, write_canonical
from bedside.trust.ledger.leaf import (
    EVENT_AT,
    ClockWithoutZone,
    Commitment,
    Edition,
    Hour,
    Leaf,
    NotALeaf,
    Pseudonym,
    Role,
    Salt,
    SecretTooShort,
    Who,
    read_leaf,
)

WORDS = "Maria Lopez, badge 4711, MRN 00012345"
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


def test_canonical_json_is_that_of_the_example_in_rfc_8785() -> None:
    rfc_order = ["\r", "1", "\x80", "\xf6", "\u20ac", "\U0001f600", "\ufb33"]
    names = sorted(rfc_order)

    written = write_canonical(dict.fromkeys(names, '€$\x0f\nA\'B"\\\\"/'))

    assert list(json.loads(written)) == rfc_order
    assert b'"\xe2\x82\xac$\\u000f\\nA\'B\\"\\\\\\\\\\"/"' in written


@given(values)
def test_canonical_json_can_be_read_back_and_is_written_the_same_again(value: object) -> None:
    written = write_canonical(value)

    assert json.loads(written) == value
    assert write_canonical(json.loads(written)) == written


@pytest.mark.parametrize("value", [1.5, 2**53, b"bytes", {1: 2}, "\ud800", {"a": object()}])
def test_what_has_no_canonical_form_is_refused_in_a_sentence(value: object) -> None:
    with pytest.raises(NotCanonical, match="write it as text"):
        write_canonical(value)


def test_a_value_nested_without_end_is_refused() -> None:
    value: list[Any] = []
    value.append(value)

    with pytest.raises(NotCanonical, match="nested so deep"):
        write_canonical(value)


def test_a_leaf_is_written_as_canonical_json_and_can_be_read_back() -> None:
    leaf = make_leaf(1)

    stored = read_leaf(leaf.write())

    assert write_canonical(json.loads(leaf.write())) == leaf.write()
    assert stored.kind is leaf.kind
    assert stored.started_at() <= NIGHT
    assert stored.commits_to(b'{"note":1}', salt_of(1))
    assert not stored.commits_to(b'{"note":2}', salt_of(1))
    assert not stored.commits_to(b'{"note":1}', salt_of(2))
    assert stored.event == leaf.who.event.digest.hex() == leaf.write()[EVENT_AT].decode()


def test_no_words_given_to_a_leaf_can_be_found_in_it() -> None:
    def name(role: Role) -> Pseudonym:
        return Pseudonym(key=PSEUDONYMS, role=role, reference=WORDS)

    who = Who(
        actor=name(Role.ACTOR),
        event=name(Role.EVENT),
        object=name(Role.OBJECT),
        site=name(Role.SITE),
    )
    commitment = Commitment(salt=salt_of(1), content=WORDS.encode())
    leaf = dataclasses.replace(make_leaf(1), who=who, commitment=commitment)

    written = leaf.write()

    for word in WORDS.replace(",", "").split():
        assert word.encode() not in written
        assert word.encode().hex().encode() not in written
    assert repr(WORDS)[1:-1] not in repr(leaf)


def test_no_field_of_a_leaf_is_text_or_bytes_that_a_caller_may_choose() -> None:
    parts = (Leaf, Who, Commitment, Pseudonym, Edition, Hour)

    chosen = [
        f"{part.__name__}.{one.name}"
        for part in parts
        for one in dataclasses.fields(part)
        if one.init and one.type in {str, bytes, "str", "bytes"}
    ]

    assert chosen == []
    with pytest.raises(TypeError, match="digest"):
        Commitment(digest=WORDS)  # type: ignore[call-arg] # the type forbids it; so does Python


def test_one_reference_in_two_roles_gives_two_pseudonyms() -> None:
    names = {
        Pseudonym(key=PSEUDONYMS, role=role, reference="the same person").digest for role in Role
    }

    assert len(names) == len(Role)


def test_salts_and_keys_that_could_be_guessed_are_refused() -> None:
    with pytest.raises(SecretTooShort, match="this has 4"):
        Salt(secret=b"salt")
    with pytest.raises(SecretTooShort, match="this has 0"):
        Pseudonym(key=b"", role=Role.ACTOR, reference="x")


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ClockWithoutZone, match="give it in UTC"):
        Hour(at=datetime(2026, 3, 1))  # noqa: DTZ001 - the missing zone is what is tested


@given(st.binary(max_size=400))
def test_reading_anything_else_as_a_leaf_is_refused(data: bytes) -> None:
    with pytest.raises(NotALeaf, match="not a leaf"):
        read_leaf(data)


@given(st.integers(0), st.binary(min_size=1, max_size=1))
def test_a_leaf_with_another_byte_in_it_is_another_leaf_or_none(at: int, byte: bytes) -> None:
    leaf = make_leaf(1).write()
    at %= len(leaf)
    changed = leaf[:at] + byte + leaf[at + 1 :]

    try:
        stored = read_leaf(changed)
    except NotALeaf:
        return

    assert (stored == read_leaf(leaf)) == (changed == leaf)
