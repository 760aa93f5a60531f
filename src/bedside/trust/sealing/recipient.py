"""Named people who hold a key pair: whoever knows the public half can close a key for them.

X25519 closes as RFC 9180 does in substance: a key of the moment, HKDF over the shared secret and
both public keys, AES-256-GCM. RSA (smart cards of hospitals and agencies) closes with OAEP.
"""

from typing import ClassVar, Final, final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa, x25519
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from bedside.trust.sealing.data_key import NONCE_BYTES
from bedside.trust.sealing.refusal import Refusal
from bedside.trust.sealing.secret import KEY_BYTES, Hidden, Random, draw
from bedside.trust.sealing.wrap import KeyName

X25519_BYTES: Final = 32
LEAST_RSA_BITS: Final = 2048
MOST_RSA_BITS: Final = 8192
MOST_PEM_BYTES: Final = 16_384
X25519: Final = b"\x21"
RSA_OAEP: Final = b"\x22"


class RecipientKeyUnreadable(Refusal):
    """A recipient's key that is cut, changed, locked, too weak, or of a kind that we do not use."""

    code: ClassVar[str] = "sealing.recipient-key-unreadable"
    en: ClassVar[str] = (
        "the key of `{name}` cannot be used; ask for an X25519 key, or RSA of 2048 bits or more, "
        "as PEM"
    )
    es: ClassVar[str] = (
        "la clave de `{name}` no sirve; pida una clave X25519, o RSA de 2048 bits o más, en PEM"
    )


class Recipient:
    """The public half of somebody's key: it closes for them, and opens nothing."""

    __slots__ = ("_public", "name")

    def __init__(self, public: x25519.X25519PublicKey | rsa.RSAPublicKey, *, name: KeyName) -> None:
        self._public, self.name = public, name

    def wrap(self, secret: bytes, context: bytes, *, random: Random) -> bytes:
        """Close a secret so that only this person opens it, with the same context."""
        if isinstance(self._public, rsa.RSAPublicKey):
            return RSA_OAEP + self._public.encrypt(secret, _oaep(context))
        moment = x25519.X25519PrivateKey.from_private_bytes(draw(random, X25519_BYTES))
        sent, theirs = moment.public_key().public_bytes_raw(), self._public.public_bytes_raw()
        cipher = _cipher(moment.exchange(self._public), sent, theirs)
        # The key is used once, so a fixed nonce never meets the same key again.
        return X25519 + sent + cipher.encrypt(bytes(NONCE_BYTES), secret, X25519 + context)

    def __repr__(self) -> str:  # type: ignore[explicit-override] # not in 3.11
        return f"Recipient(name={str(self.name)!r})"


@final
class RecipientKey(Hidden):
    """The private half: in the recipient's hands, never in a hospital's database."""

    __slots__ = ("_private", "name")

    def __init__(
        self, private: x25519.X25519PrivateKey | rsa.RSAPrivateKey, *, name: KeyName
    ) -> None:
        self._private, self.name = private, name

    @property
    def recipient(self) -> Recipient:
        """The public half."""
        return Recipient(self._private.public_key(), name=self.name)

    def wrap(self, secret: bytes, context: bytes, *, random: Random) -> bytes:
        """Close a secret for oneself."""
        return self.recipient.wrap(secret, context, random=random)

    def unwrap(self, wrapped: bytes, context: bytes) -> bytes | None:
        """Open a secret; nothing if it does not open."""
        try:
            if isinstance(self._private, rsa.RSAPrivateKey):
                return self._unwrap_rsa(self._private, wrapped, context)
            return self._unwrap_x25519(self._private, wrapped, context)
        except (ValueError, InvalidTag):  # a bad point, a bad padding, a bad tag: all the same
            return None

    @staticmethod
    def _unwrap_rsa(private: rsa.RSAPrivateKey, wrapped: bytes, context: bytes) -> bytes | None:
        return private.decrypt(wrapped[1:], _oaep(context)) if wrapped[:1] == RSA_OAEP else None

    @staticmethod
    def _unwrap_x25519(
        private: x25519.X25519PrivateKey, wrapped: bytes, context: bytes
    ) -> bytes | None:
        if wrapped[:1] != X25519:
            return None
        sent, closed = wrapped[1 : 1 + X25519_BYTES], wrapped[1 + X25519_BYTES :]
        shared = private.exchange(x25519.X25519PublicKey.from_public_bytes(sent))
        cipher = _cipher(shared, sent, private.public_key().public_bytes_raw())
        return cipher.decrypt(bytes(NONCE_BYTES), closed, X25519 + context)


def read_recipient(pem: bytes, *, name: KeyName) -> Recipient:
    """Read a public key from PEM."""
    public = None
    if len(pem) <= MOST_PEM_BYTES:
        try:
            public = serialization.load_pem_public_key(pem)
        except (ValueError, TypeError):
            raise RecipientKeyUnreadable(name=name) from None
    if isinstance(public, x25519.X25519PublicKey):
        return Recipient(public, name=name)
    if isinstance(public, rsa.RSAPublicKey) and _is_fit(public.key_size):
        return Recipient(public, name=name)
    raise RecipientKeyUnreadable(name=name)


def read_recipient_key(pem: bytes, *, name: KeyName, password: bytes | None) -> RecipientKey:
    """Read a private key from PEM; the password is the recipient's own."""
    private = None
    if len(pem) <= MOST_PEM_BYTES:
        try:
            private = serialization.load_pem_private_key(pem, password)
        except (ValueError, TypeError):
            raise RecipientKeyUnreadable(name=name) from None
    if isinstance(private, x25519.X25519PrivateKey):
        return RecipientKey(private, name=name)
    if isinstance(private, rsa.RSAPrivateKey) and _is_fit(private.key_size):
        return RecipientKey(private, name=name)
    raise RecipientKeyUnreadable(name=name)


def _is_fit(bits: int) -> bool:
    return LEAST_RSA_BITS <= bits <= MOST_RSA_BITS


def _cipher(shared: bytes, sent: bytes, theirs: bytes) -> AESGCM:
    info = b"bedside recipient 1" + sent + theirs
    return AESGCM(HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=info).derive(shared))


def _oaep(context: bytes) -> padding.OAEP:
    return padding.OAEP(mgf=padding.MGF1(SHA256()), algorithm=SHA256(), label=context)
