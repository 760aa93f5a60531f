"""A record's key opens for its holder, for the record it was made for; for nobody else."""

from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from sealing_cast import DATA_KEY, DRAW, HERE, RECORD, name, says_why, site_key, times

from bedside.trust.sealing.binding import Record
from bedside.trust.sealing.data_key import make_data_key
from bedside.trust.sealing.memory_store import MemoryStore
from bedside.trust.sealing.opening import (
    Keyring,
    NobodyCouldOpen,
    NotForThisKeyring,
    RecordUnknown,
    make_record,
    open_record,
    share_record,
)
from bedside.trust.sealing.recipient import (
    RecipientKey,
    RecipientKeyUnreadable,
    read_recipient,
    read_recipient_key,
)
from bedside.trust.sealing.site_key import KeyTextUnreadable, SiteKey, read_site_key
from bedside.trust.sealing.wrap import BadHolder, Key, KeyDoesNotFit, KeyName, unwrap_key, wrap_key

PERSON = name("person/counsel")
RSA = rsa.generate_private_key(public_exponent=65537, key_size=2048)
WEAK_RSA = rsa.generate_private_key(public_exponent=65537, key_size=1024)  # noqa: S505 - to be refused
X25519 = X25519PrivateKey.from_private_bytes(DRAW(32))
HOLDERS: tuple[Key, ...] = (
    site_key(),
    RecipientKey(X25519, name=PERSON),
    RecipientKey(RSA, name=PERSON),
)
EACH = pytest.mark.parametrize("key", HOLDERS, ids=["site", "x25519", "rsa"])


def private_pem(private: X25519PrivateKey | rsa.RSAPrivateKey, password: bytes | None) -> bytes:
    locked = BestAvailableEncryption(password) if password else NoEncryption()
    return private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, locked)


def public_pem(private: X25519PrivateKey | rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) -> bytes:
    return private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


@EACH
def test_a_wrapped_key_opens_for_its_holder(key: Key) -> None:
    wrap = wrap_key(DATA_KEY, RECORD, key, random=DRAW)

    opened = unwrap_key(wrap, key)

    sealed = DATA_KEY.seal(b"badge 4471", HERE, random=DRAW)
    assert opened.open(sealed, HERE) == b"badge 4471"


@EACH
def test_a_wrapped_key_stands_in_for_no_other(key: Key) -> None:
    wrap = wrap_key(DATA_KEY, RECORD, key, random=DRAW)
    others = (
        replace(wrap, record=Record(site=RECORD.site, name="encounter-18")),
        replace(wrap, record=Record(site="mercy", name=RECORD.name)),
        replace(wrap, generation=2),
        replace(wrap, fingerprint=make_data_key(DRAW).fingerprint),
        replace(wrap, key=name("role/other")),
        replace(wrap, wrapped=wrap.wrapped[:-1]),
        replace(wrap, wrapped=b""),
        replace(wrap, wrapped=b"\x7f" + wrap.wrapped[1:]),
        replace(wrap, wrapped=wrap.wrapped + bytes(5000)),
    )

    for other in others:
        with pytest.raises(KeyDoesNotFit) as refused:
            unwrap_key(other, key)
        assert says_why(refused.value)


@given(data=st.data(), which=st.sampled_from(HOLDERS))
@settings(max_examples=times(100, soak=5000), deadline=None)
def test_a_wrapped_key_with_one_changed_bit_opens_nothing(data: st.DataObject, which: Key) -> None:
    wrap = wrap_key(DATA_KEY, RECORD, which, random=DRAW)
    bit = data.draw(st.integers(0, len(wrap.wrapped) * 8 - 1))
    changed = bytearray(wrap.wrapped)
    changed[bit // 8] ^= 1 << bit % 8

    # X25519 ignores the top bit of a point, so that bit is covered by the key derivation alone.
    with pytest.raises(KeyDoesNotFit):
        unwrap_key(replace(wrap, wrapped=bytes(changed)), which)


def test_a_point_of_small_order_opens_nothing() -> None:
    key = HOLDERS[1]
    wrap = wrap_key(DATA_KEY, RECORD, key, random=DRAW)
    zero = wrap.wrapped[:1] + bytes(32) + wrap.wrapped[33:]

    with pytest.raises(KeyDoesNotFit):
        unwrap_key(replace(wrap, wrapped=zero), key)


def test_another_key_of_the_same_name_opens_nothing() -> None:
    wrap = wrap_key(DATA_KEY, RECORD, site_key(), random=DRAW)

    with pytest.raises(KeyDoesNotFit):
        unwrap_key(wrap, site_key())


def test_roles_of_one_root_have_unlike_keys() -> None:
    root = site_key("root")
    nurse, counsel = name("role/nurse"), name("role/counsel")
    wrap = wrap_key(DATA_KEY, RECORD, root.derive(nurse, site="st-mary"), random=DRAW)

    assert unwrap_key(wrap, root.derive(nurse, site="st-mary")).generation == 1
    with pytest.raises(KeyDoesNotFit):
        unwrap_key(wrap, root.derive(nurse, site="mercy"))
    with pytest.raises(KeyDoesNotFit):
        unwrap_key(wrap, root.derive(counsel, site="st-mary"))
    with pytest.raises(KeyDoesNotFit):
        unwrap_key(replace(wrap, key=counsel), root.derive(counsel, site="st-mary"))


def test_a_record_opens_for_each_of_its_holders_and_for_no_stranger() -> None:
    store, nurse = MemoryStore(), site_key("role/nurse")
    counsel = RecipientKey(X25519, name=PERSON)
    make_record(store, RECORD, [nurse, counsel.recipient], random=DRAW)

    by_nurse = open_record(store, RECORD, Keyring([nurse]))
    by_counsel = open_record(store, RECORD, Keyring([counsel]))

    sealed = by_nurse.seal(b"badge 4471", HERE, random=DRAW)
    assert by_counsel.open(sealed, HERE) == b"badge 4471"
    with pytest.raises(NotForThisKeyring) as refused:
        open_record(store, RECORD, Keyring([site_key("role/visitor")]))
    assert "`person/counsel`, `role/nurse`" in str(refused.value)
    assert says_why(refused.value)


def test_a_record_can_be_shared_later() -> None:
    store, nurse, later = MemoryStore(), site_key("role/nurse"), site_key("role/privacy-officer")
    opened = make_record(store, RECORD, [nurse], random=DRAW)
    sealed = opened.seal(b"badge 4471", HERE, random=DRAW)

    share_record(store, opened, later, random=DRAW)

    assert open_record(store, RECORD, Keyring([later])).open(sealed, HERE) == b"badge 4471"


def test_a_record_for_nobody_is_not_made() -> None:
    with pytest.raises(NobodyCouldOpen) as refused:
        make_record(MemoryStore(), RECORD, [], random=DRAW)

    assert says_why(refused.value)


def test_a_record_that_never_was_is_unknown() -> None:
    with pytest.raises(RecordUnknown) as refused:
        open_record(MemoryStore(), RECORD, Keyring([]))

    assert says_why(refused.value)


@pytest.mark.parametrize("private", [X25519, RSA], ids=["x25519", "rsa"])
def test_recipients_bring_their_keys_as_pem(private: X25519PrivateKey | rsa.RSAPrivateKey) -> None:
    recipient = read_recipient(public_pem(private), name=PERSON)
    key = read_recipient_key(
        private_pem(private, b"opensesame"), name=PERSON, password=b"opensesame"
    )

    wrap = wrap_key(DATA_KEY, RECORD, recipient, random=DRAW)

    assert unwrap_key(wrap, key).fingerprint == DATA_KEY.fingerprint


@pytest.mark.parametrize(
    "pem",
    [
        b"",
        b"not a key",
        bytes(20_000),
        public_pem(RSA)[:-40],
        public_pem(WEAK_RSA),
        public_pem(ec.generate_private_key(ec.SECP256R1())),
    ],
    ids=["nothing", "words", "oversized", "cut", "weak", "another-kind"],
)
def test_a_recipient_key_of_no_use_is_refused(pem: bytes) -> None:
    with pytest.raises(RecipientKeyUnreadable) as refused:
        read_recipient(pem, name=PERSON)

    assert says_why(refused.value)


@pytest.mark.parametrize(
    "pem",
    [b"", bytes(20_000), private_pem(WEAK_RSA, None), private_pem(RSA, b"another")],
    ids=["nothing", "oversized", "weak", "wrong-password"],
)
def test_a_private_key_of_no_use_is_refused(pem: bytes) -> None:
    with pytest.raises(RecipientKeyUnreadable):
        read_recipient_key(pem, name=PERSON, password=b"opensesame")


def test_a_site_key_survives_being_written_down() -> None:
    key = site_key("role/nurse", 3)
    wrap = wrap_key(DATA_KEY, RECORD, key, random=DRAW)

    again = read_site_key(f"  {key.write()}\n", where="the secret store")

    assert again.name == KeyName(holder="role/nurse", version=3)
    assert unwrap_key(wrap, again).fingerprint == DATA_KEY.fingerprint


@given(at=st.integers(0, 90), other=st.characters(codec="ascii"))
@settings(max_examples=times(200, soak=5000), deadline=None)
def test_a_key_text_with_one_changed_character_is_refused(at: int, other: str) -> None:
    text = SITE_KEY.write()
    changed = text[: at % len(text)] + other + text[at % len(text) + 1 :]

    if changed != text:
        with pytest.raises(KeyTextUnreadable) as refused:
            read_site_key(changed, where="the secret store")
        assert says_why(refused.value)


@pytest.mark.parametrize("text", ["", "+", "bedside-key++++", "x" * 10_000, "bedside-key+a+1+0+"])
def test_a_text_that_is_no_key_is_refused(text: str) -> None:
    with pytest.raises(KeyTextUnreadable):
        read_site_key(text, where="the secret store")


@pytest.mark.parametrize("holder", ["", "Role", "a b", "a+b", "a" * 65, "a\n"])
def test_a_holder_has_a_plain_name(holder: str) -> None:
    with pytest.raises(BadHolder) as refused:
        KeyName(holder=holder)

    assert says_why(refused.value)


SITE_KEY: SiteKey = site_key("role/nurse", 2)
