"""No key material in representations, log lines, refusals, copies or pickles."""

import copy
import logging
import pickle
from base64 import b64encode
from dataclasses import asdict, dataclass

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from sealing_cast import DRAW, HERE, RECORD, name, says_why, site_key

from bedside.trust.sealing.data_key import DataKey
from bedside.trust.sealing.opening import Keyring, Opened
from bedside.trust.sealing.receipt import make_receipt
from bedside.trust.sealing.receipt_card import Pepper
from bedside.trust.sealing.recipient import RecipientKey
from bedside.trust.sealing.refusal import Refusal
from bedside.trust.sealing.secret import Secret, SecretStays, SecretTooShort
from bedside.trust.sealing.site_key import SiteKey, read_site_key
from bedside.trust.sealing.wrap import wrap_key

RAW = DRAW(32)
SECRET = Secret(RAW)
TRACES = (RAW, RAW.hex().encode(), b64encode(RAW), repr(RAW).encode()[2:-1], RAW[:8])
RECEIPT = make_receipt(DRAW)
HOLDERS: tuple[object, ...] = (
    SECRET,
    DataKey(SECRET, generation=1),
    SiteKey(SECRET, name=name("role/nurse")),
    Pepper(SECRET, name="2026"),
    RecipientKey(X25519PrivateKey.from_private_bytes(RAW), name=name("person/counsel")),
    Keyring([SiteKey(SECRET, name=name("role/nurse"))]),
    Opened(RECORD, [DataKey(SECRET, generation=1)]),
)


@dataclass(frozen=True)
class Carrier:
    """Something that carries a secret about."""

    carried: object


@pytest.mark.parametrize("holder", HOLDERS, ids=lambda holder: type(holder).__name__)
def test_a_holder_of_a_secret_never_shows_it(
    holder: object, caplog: pytest.LogCaptureFixture
) -> None:
    logging.getLogger("bedside").warning("%s %r %s", holder, holder, Carrier(holder))

    shown = f"{holder} {holder!r} {Carrier(holder)} {caplog.text}".encode(errors="replace")

    assert not any(trace in shown for trace in TRACES)


@pytest.mark.parametrize("holder", [*HOLDERS, RECEIPT], ids=lambda holder: type(holder).__name__)
@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_a_holder_of_a_secret_is_never_saved(holder: object, protocol: int) -> None:
    with pytest.raises(SecretStays) as refused:
        pickle.dumps(Carrier(holder), protocol=protocol)

    assert says_why(refused.value)


@pytest.mark.parametrize("holder", [*HOLDERS, RECEIPT], ids=lambda holder: type(holder).__name__)
def test_a_holder_of_a_secret_is_never_copied(holder: object) -> None:
    for attempt in (copy.copy, copy.deepcopy):
        with pytest.raises(SecretStays):
            attempt(holder)
    with pytest.raises(SecretStays):
        asdict(Carrier(holder))


def test_a_holder_of_a_secret_has_no_dictionary_to_dump() -> None:
    assert not any(hasattr(holder, "__dict__") for holder in (*HOLDERS, RECEIPT))


def test_a_receipt_shows_only_when_asked() -> None:
    assert RECEIPT.show() not in f"{RECEIPT} {RECEIPT!r}"
    assert RECEIPT.show().replace("-", "") not in f"{RECEIPT} {RECEIPT!r}"


def test_a_wrap_shows_none_of_what_it_wraps() -> None:
    wrap = wrap_key(DataKey(SECRET, generation=1), RECORD, site_key(), random=DRAW)

    assert not any(trace in repr(wrap).encode() for trace in TRACES)
    assert RAW not in wrap.wrapped


def test_a_refusal_never_repeats_a_key_text() -> None:
    text = SiteKey(SECRET, name=name("role/nurse")).write()

    for broken in (text[:-1], text[1:], text.replace("+", "-"), text + "A"):
        with pytest.raises(Refusal) as refused:
            read_site_key(broken, where="the secret store")
        said = (str(refused.value) + refused.value.say("es") + repr(refused.value)).encode()
        assert not any(trace in said for trace in TRACES)
        assert refused.value.__context__ is None or refused.value.__suppress_context__


def test_a_sealed_field_holds_neither_key_nor_text() -> None:
    sealed = DataKey(SECRET, generation=1).seal(b"badge 4471", HERE, random=DRAW)

    assert b"4471" not in sealed
    assert RAW not in sealed


def test_secrets_compare_without_being_shown_and_are_never_hashed() -> None:
    assert Secret(RAW) == SECRET
    assert Secret(DRAW(32)) != SECRET
    with pytest.raises(SecretStays):
        hash(SECRET)


def test_a_short_secret_is_none() -> None:
    with pytest.raises(SecretTooShort) as refused:
        Secret(bytes(31))

    assert says_why(refused.value)
