"""A site's key inside a hardware token (PKCS#11): the token wraps and unwraps, the key stays in.

The `pkcs11` library is loaded here and nowhere else, when a token is opened: a hospital without
tokens does not need it.
"""

from dataclasses import dataclass
from pathlib import Path
from threading import Lock as Turn
from typing import TYPE_CHECKING, ClassVar, Final, Protocol, cast, final

from bedside.trust.sealing.data_key import NONCE_BYTES, TAG_BYTES
from bedside.trust.sealing.refusal import Refusal
from bedside.trust.sealing.secret import Hidden, Random, draw
from bedside.trust.sealing.wrap import KeyName

if TYPE_CHECKING:
    from pkcs11 import PKCS11Error, Session

WRAP: Final = b"\x12"  # AES-256-GCM in the token
KEY_BITS: Final = 256


class TokenUnavailable(Refusal):
    """A token, or a key in it, that does not answer."""

    code: ClassVar[str] = "sealing.token-unavailable"
    en: ClassVar[str] = (
        "the key `{key}` in token `{token}` is not to be had ({why}); nothing opens without it"
    )
    es: ClassVar[str] = (
        "la clave `{key}` del dispositivo `{token}` no está disponible ({why}); "
        "sin ella nada se abre"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a key lies: the maker's library, the token's label, the key's label."""

    library: Path
    token: str
    key: str


class AesKey(Protocol):
    """What we ask of a key in a token; the library finds out at run time what each can do."""

    def encrypt(self, data: bytes, *, mechanism: object, mechanism_param: object) -> bytes:
        """Encrypt in the token."""

    def decrypt(self, data: bytes, *, mechanism: object, mechanism_param: object) -> bytes:
        """Decrypt in the token."""


@final
class TokenKey(Hidden):
    """A key that wraps inside its token; threads take turns, as a session serves one at a time."""

    __slots__ = ("_key", "_place", "_session", "_turn", "name")

    def __init__(self, key: AesKey, session: "Session", *, place: Place, name: KeyName) -> None:
        self._key, self._session, self._place = key, session, place
        self._turn, self.name = Turn(), name

    def wrap(self, secret: bytes, context: bytes, *, random: Random) -> bytes:
        """Close a secret in the token so that it opens only with the same context."""
        from pkcs11 import GCMParams, Mechanism, PKCS11Error

        nonce = draw(random, NONCE_BYTES)
        parameters = GCMParams(nonce, WRAP + context, TAG_BYTES * 8)
        try:
            with self._turn:
                closed = self._key.encrypt(
                    secret, mechanism=Mechanism.AES_GCM, mechanism_param=parameters
                )
        except PKCS11Error as error:
            raise _unavailable(self._place, error) from None
        return WRAP + nonce + bytes(closed)

    def unwrap(self, wrapped: bytes, context: bytes) -> bytes | None:
        """Open a secret in the token; nothing if it does not open."""
        from pkcs11 import GCMParams, Mechanism, PKCS11Error

        nonce, closed = wrapped[1 : 1 + NONCE_BYTES], wrapped[1 + NONCE_BYTES :]
        if wrapped[:1] != WRAP or len(closed) < TAG_BYTES:
            return None
        parameters = GCMParams(nonce, WRAP + context, TAG_BYTES * 8)
        try:
            with self._turn:
                opened = self._key.decrypt(
                    closed, mechanism=Mechanism.AES_GCM, mechanism_param=parameters
                )
        except PKCS11Error as error:
            _refuse_if_gone(self._place, error)
            return None
        return bytes(opened)

    def close(self) -> None:
        """Leave the token."""
        self._session.close()


def open_token_key(place: Place, *, pin: str, name: KeyName) -> TokenKey:
    """Log in to a token and find the key that lies there."""
    from pkcs11 import KeyType, ObjectClass, PKCS11Error

    session = _log_in(place, pin=pin)
    try:
        key = session.get_key(
            object_class=ObjectClass.SECRET_KEY, key_type=KeyType.AES, label=place.key
        )
    except PKCS11Error as error:
        session.close()
        raise _unavailable(place, error) from None
    return TokenKey(cast("AesKey", key), session, place=place, name=name)


def make_token_key(place: Place, *, pin: str, name: KeyName) -> TokenKey:
    """Have a token make a key that it never gives away."""
    from pkcs11 import Attribute, KeyType, PKCS11Error

    session = _log_in(place, pin=pin)
    try:
        key = session.generate_key(
            KeyType.AES,
            KEY_BITS,
            label=place.key,
            store=True,
            template={Attribute.EXTRACTABLE: False, Attribute.SENSITIVE: True},
        )
    except PKCS11Error as error:
        session.close()
        raise _unavailable(place, error) from None
    return TokenKey(cast("AesKey", key), session, place=place, name=name)


def _log_in(place: Place, *, pin: str) -> "Session":
    try:
        import pkcs11
    except ImportError:
        raise _unavailable(place, "the package python-pkcs11 is not installed") from None
    try:
        token = pkcs11.lib(str(place.library)).get_token(token_label=place.token)
        try:
            return token.open(user_pin=pin, rw=True)
        except pkcs11.UserAlreadyLoggedIn:  # a process logs in once, whatever keys it opens
            return token.open(rw=True)
    except pkcs11.PKCS11Error as error:
        raise _unavailable(place, error) from None


def _refuse_if_gone(place: Place, error: "PKCS11Error") -> None:
    """Tell a token that does not answer from a secret that does not open."""
    import pkcs11

    gone = (pkcs11.DeviceRemoved, pkcs11.SessionHandleInvalid, pkcs11.TokenNotPresent)
    if isinstance(error, (*gone, pkcs11.UserNotLoggedIn, pkcs11.KeyHandleInvalid)):
        raise _unavailable(place, error)
    # Makers differ in the word for a bad tag, SoftHSM says GeneralError: none of them opened it.


def _unavailable(place: Place, why: object) -> TokenUnavailable:
    said = type(why).__name__ if isinstance(why, Exception) else why
    return TokenUnavailable(key=place.key, token=place.token, why=said)
