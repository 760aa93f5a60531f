"""Ed25519 keys of logs and witnesses, in the one-line texts of C2SP signed-note."""

import base64
import binascii
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import IntEnum
from hashlib import sha256
from typing import ClassVar

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from bedside.trust.ledger.refusal import Refusal

ID_BYTES = 4
ED25519_BYTES = 32
PRIVATE = "PRIVATE+KEY+"


class KeyUnreadable(Refusal):
    """A key text that is cut, changed, or not a key."""

    code: ClassVar[str] = "ledger.key-unreadable"
    en: ClassVar[str] = "`{text}` is not a whole key; copy its line again, from name to end"
    es: ClassVar[str] = "`{text}` no es una clave entera; copie de nuevo la línea completa"


class UnknownAlgorithm(Refusal):
    """A key of a kind that this edition cannot check."""

    code: ClassVar[str] = "ledger.unknown-algorithm"
    en: ClassVar[str] = "the key `{name}` uses algorithm {number}; this edition knows only Ed25519"
    es: ClassVar[str] = "la clave `{name}` usa el algoritmo {number}; esta edición solo usa Ed25519"


class BadKeyName(Refusal):
    """A key name that signed notes cannot carry."""

    code: ClassVar[str] = "ledger.bad-key-name"
    en: ClassVar[str] = "`{name}` cannot name a key; use a name without spaces and plus signs"
    es: ClassVar[str] = "`{name}` no puede nombrar una clave; use un nombre sin espacios ni `+`"


class Algorithm(IntEnum):
    """The signature types of C2SP that we use; the byte leaves room for others."""

    ED25519 = 0x01
    COSIGNATURE = 0x04  # Ed25519 over a checkpoint and a time


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifierKey:
    """What one needs to check signatures: name, algorithm, public key."""

    name: str
    algorithm: Algorithm
    public: bytes

    def __post_init__(self) -> None:
        if not is_key_name(self.name):
            raise BadKeyName(name=self.name)

    @property
    def key_id(self) -> bytes:
        """The four bytes that a signature names its key by."""
        named = self.name.encode() + b"\n" + bytes([self.algorithm]) + self.public
        return sha256(named).digest()[:ID_BYTES]

    def write(self) -> str:
        """Write the key as a C2SP vkey."""
        return f"{self.name}+{self.key_id.hex()}+{_encode(self.algorithm, self.public)}"

    def is_signature(self, signature: bytes, message: bytes) -> bool:
        """Tell whether this key made the signature over exactly this message."""
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, message)
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True, slots=True, kw_only=True)
class SigningKey:
    """A key that can sign; its text is a secret and never shows in logs."""

    name: str
    algorithm: Algorithm
    seed: bytes = field(repr=False)

    @property
    def verifier(self) -> VerifierKey:
        """The public half."""
        public = Ed25519PrivateKey.from_private_bytes(self.seed).public_key().public_bytes_raw()
        return VerifierKey(name=self.name, algorithm=self.algorithm, public=public)

    def sign(self, message: bytes) -> bytes:
        """Sign a message."""
        return Ed25519PrivateKey.from_private_bytes(self.seed).sign(message)

    def write(self) -> str:
        """Write the secret as the one-line text that Go's note package also reads."""
        public = self.verifier
        return f"{PRIVATE}{self.name}+{public.key_id.hex()}+{_encode(self.algorithm, self.seed)}"


def make_key(name: str, algorithm: Algorithm, random: Callable[[int], bytes]) -> SigningKey:
    """Make a new key from a source of random bytes, such as `secrets.token_bytes`."""
    key = SigningKey(name=name, algorithm=algorithm, seed=random(ED25519_BYTES))
    key.verifier.write()
    return key


def read_verifier_key(text: str) -> VerifierKey:
    """Read a C2SP vkey."""
    name, stated_id, algorithm, public = _split(text)
    key = VerifierKey(name=name, algorithm=algorithm, public=public)
    if key.key_id != stated_id:
        raise KeyUnreadable(text=text)
    return key


def read_signing_key(text: str) -> SigningKey:
    """Read the secret text of a key; a refusal never repeats it."""
    if not text.startswith(PRIVATE):
        raise KeyUnreadable(text="the private key")
    try:
        name, stated_id, algorithm, seed = _split(text.removeprefix(PRIVATE).strip())
        key = SigningKey(name=name, algorithm=algorithm, seed=seed)
        whole = key.verifier.key_id == stated_id
    except KeyUnreadable:
        whole = False
    if not whole:
        raise KeyUnreadable(text="the private key") from None
    return key


def is_key_name(name: str) -> bool:
    """Tell whether a signed note can carry this name."""
    return bool(name) and "+" not in name and name.isprintable() and not any(map(str.isspace, name))


def _encode(algorithm: Algorithm, key: bytes) -> str:
    return base64.b64encode(bytes([algorithm]) + key).decode()


def _split(text: str) -> tuple[str, bytes, Algorithm, bytes]:
    try:
        name, key_id, encoded = text.split("+", 2)
        stated, key = bytes.fromhex(key_id), base64.b64decode(encoded, validate=True)
        number = key[0]
    except (ValueError, binascii.Error, IndexError) as error:
        raise KeyUnreadable(text=text) from error
    if number not in set(Algorithm):
        raise UnknownAlgorithm(name=name, number=f"0x{number:02x}")
    if len(stated) != ID_BYTES or len(key) != 1 + ED25519_BYTES:
        raise KeyUnreadable(text=text)
    return name, stated, Algorithm(number), key[1:]
