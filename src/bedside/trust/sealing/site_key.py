"""A key-encryption key whose bytes are at hand: from a file, a secret store, a receipt."""

import base64
import binascii
import hmac
from typing import ClassVar, Final, final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from bedside.trust.sealing.binding import pack
from bedside.trust.sealing.data_key import NONCE_BYTES, fingerprint
from bedside.trust.sealing.refusal import Refusal
from bedside.trust.sealing.secret import KEY_BYTES, Hidden, Random, Secret, draw
from bedside.trust.sealing.wrap import KeyName

MARK: Final = "bedside-key"
MOST_CHARACTERS: Final = 512
CHECK_BYTES: Final = 4
WRAP: Final = b"\x11"  # AES-256-GCM, twelve bytes of nonce


class KeyTextUnreadable(Refusal):
    """The text of a key that is cut, changed, or none; it is never repeated."""

    code: ClassVar[str] = "sealing.key-text-unreadable"
    en: ClassVar[str] = "the key given as {where} is not whole; copy its line again, start to end"
    es: ClassVar[str] = "la clave dada como {where} no está entera; copie de nuevo toda su línea"


@final
class SiteKey(Hidden):
    """A 256-bit key that wraps the keys of records for one holder."""

    __slots__ = ("_cipher", "_secret", "name")

    def __init__(self, secret: Secret, *, name: KeyName) -> None:
        self._secret, self.name = secret, name
        self._cipher = AESGCM(secret.reveal())

    def wrap(self, secret: bytes, context: bytes, *, random: Random) -> bytes:
        """Close a secret so that it opens only with the same context."""
        nonce = draw(random, NONCE_BYTES)
        return WRAP + nonce + self._cipher.encrypt(nonce, secret, WRAP + context)

    def unwrap(self, wrapped: bytes, context: bytes) -> bytes | None:
        """Open a secret; nothing if it does not open."""
        nonce, closed = wrapped[1 : 1 + NONCE_BYTES], wrapped[1 + NONCE_BYTES :]
        if wrapped[:1] != WRAP or len(nonce) != NONCE_BYTES:
            return None
        try:
            return self._cipher.decrypt(nonce, closed, WRAP + context)
        except InvalidTag:
            return None

    def derive(self, name: KeyName, *, site: str) -> "SiteKey":
        """Derive the key of a role at a site, so that one secret serves many roles."""
        info = pack("bedside role key 1", site, name.holder, str(name.version))
        derived = HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=info)
        return SiteKey(Secret(derived.derive(self._secret.reveal())), name=name)

    def write(self) -> str:
        """Write the key as one line of text; whoever has the line has the key."""
        encoded = base64.b64encode(self._secret.reveal()).decode()
        name = self.name
        return f"{MARK}+{name.holder}+{name.version}+{_check(self._secret, name)}+{encoded}"


def make_site_key(name: KeyName, *, random: Random) -> SiteKey:
    """Make a new key for a holder."""
    return SiteKey(Secret(draw(random, KEY_BYTES)), name=name)


def read_site_key(text: str, *, where: str) -> SiteKey:
    """Read a key's text; `where` names its source in a refusal, which never repeats the text."""
    parts = text.strip().split("+", 4) if len(text) <= MOST_CHARACTERS else []
    try:
        mark, holder, version, check, encoded = parts
        name = KeyName(holder=holder, version=int(version))
        secret = Secret(base64.b64decode(encoded, validate=True))
    except (ValueError, binascii.Error, Refusal):
        raise KeyTextUnreadable(where=where) from None
    whole = hmac.compare_digest(check.encode(), _check(secret, name).encode())
    if mark != MARK or not whole or len(secret.reveal()) != KEY_BYTES:
        raise KeyTextUnreadable(where=where)
    return SiteKey(secret, name=name)


def _check(secret: Secret, name: KeyName) -> str:
    stated = hmac.digest(fingerprint(secret), pack(name.holder, str(name.version)), "sha256")
    return stated[:CHECK_BYTES].hex()
