"""A signing key that stays in a hardware token (PKCS#11)."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from bedside.record.letters.paper.certificate import Certificate
from bedside.record.refusal import Refused

if TYPE_CHECKING:
    from pyhanko.sign import Signer


class SigningTokenUnavailable(Refused):
    """A token, or a key in it, that does not answer."""

    code: ClassVar[str] = "letters.token-unavailable"
    status: ClassVar[int] = 503
    en: ClassVar[str] = (
        "The letter was not signed: the key `{key}` in token `{token}` does not answer ({why}). "
        "Check the device; the letter itself is kept."
    )
    es: ClassVar[str] = (
        "La carta no se firmó: la clave `{key}` del dispositivo `{token}` no responde ({why}). "
        "Revise el dispositivo; la carta está guardada."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenPlace:
    """Where a signing key lies: the maker's library, the token's label, the key's label."""

    library: Path
    token: str
    key: str


@contextmanager
def open_token_signer(
    place: TokenPlace, *, pin: str, certificate: Certificate
) -> Iterator["Signer"]:
    """Log in to a token and sign with a key that never leaves it."""
    try:
        import pkcs11
        from pyhanko.sign.pkcs11 import PKCS11Signer
    except ImportError:
        raise _unavailable(place, "the package python-pkcs11 is not installed") from None
    try:
        token = pkcs11.lib(str(place.library)).get_token(token_label=place.token)
        with token.open(user_pin=pin) as session:
            session.get_key(object_class=pkcs11.ObjectClass.PRIVATE_KEY, label=place.key)
            # Many tokens sign a digest on a curve, but do not make the digest themselves.
            is_curve = certificate.public_key.algorithm == "ec"
            yield PKCS11Signer(
                session,
                signing_cert=certificate,
                key_label=place.key,
                use_raw_mechanism=is_curve,
            )
    except pkcs11.PKCS11Error as error:
        raise _unavailable(place, type(error).__name__) from None


def _unavailable(place: TokenPlace, why: str) -> SigningTokenUnavailable:
    return SigningTokenUnavailable(key=place.key, token=place.token, why=why)
