"""The key a letter is signed with: in a file of the house, with the certificate that names it."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from bedside.record.letters.paper.certificate import Certificate
from bedside.record.refusal import Refused

if TYPE_CHECKING:
    from pyhanko.sign import Signer


class KeyUnreadable(Refused):
    """A key or certificate file that is not there, is cut, or needs another passphrase."""

    code: ClassVar[str] = "letters.key-unreadable"
    status: ClassVar[int] = 503
    en: ClassVar[str] = (
        "The letter was not signed: `{file}` cannot be read as a key or a certificate. "
        "Check the file and its passphrase; the letter itself is kept."
    )
    es: ClassVar[str] = (
        "La carta no se firmó: `{file}` no se puede leer como clave o certificado. "
        "Revise el archivo y su contraseña; la carta está guardada."
    )


class KeyDoesNotFit(Refused):
    """A key and a certificate that do not belong together."""

    code: ClassVar[str] = "letters.key-does-not-fit"
    status: ClassVar[int] = 503
    en: ClassVar[str] = (
        "The letter was not signed: the key is not the one of the certificate of `{name}`. "
        "Put the right pair in place; the letter itself is kept."
    )
    es: ClassVar[str] = (
        "La carta no se firmó: la clave no es la del certificado de `{name}`. "
        "Ponga la pareja correcta; la carta está guardada."
    )


class KeyExpired(Refused):
    """A certificate that is over, or has not begun."""

    code: ClassVar[str] = "letters.key-expired"
    status: ClassVar[int] = 503
    en: ClassVar[str] = (
        "The letter was not signed: the certificate of `{name}` is good from {start} to {end}. "
        "Check the clock, or put a new certificate in place; the letter itself is kept."
    )
    es: ClassVar[str] = (
        "La carta no se firmó: el certificado de `{name}` vale del {start} al {end}. "
        "Revise el reloj o ponga un certificado nuevo; la carta está guardada."
    )


def read_certificate(file: Path) -> Certificate:
    """Read a certificate from a PEM or DER file, or raise `KeyUnreadable`."""
    from pyhanko.keys import load_cert_from_pemder

    try:
        found: Certificate = load_cert_from_pemder(file)  # type: ignore[no-untyped-call]  # pyHanko's
    except (OSError, ValueError):
        raise KeyUnreadable(file=file.name) from None
    return found


def read_signer(
    key: Path, certificate: Path, *, chain: Sequence[Path] = (), passphrase: bytes | None = None
) -> "Signer":
    """Read a signing key with its certificate, and check that the two fit."""
    from pyhanko.keys import load_private_key_from_pemder
    from pyhanko.sign import SimpleSigner
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    own = read_certificate(certificate)
    try:
        private = load_private_key_from_pemder(key, passphrase=passphrase)
    except (OSError, ValueError, TypeError):
        raise KeyUnreadable(file=key.name) from None
    if not _is_pair(private.dump(), own.public_key.dump()):
        raise KeyDoesNotFit(name=name_of(own))
    store = SimpleCertificateStore()  # type: ignore[no-untyped-call]  # pyHanko's
    store.register_multiple([read_certificate(file) for file in chain])
    return SimpleSigner(signing_cert=own, signing_key=private, cert_registry=store)


def _is_pair(private: bytes, public: bytes) -> bool:
    from cryptography.hazmat.primitives import serialization

    half = serialization.load_der_private_key(private, password=None).public_key()
    encoded = half.public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return encoded == public


def verify_in_time(certificate: Certificate, *, at: datetime) -> None:
    """Check that a certificate is good at that moment, or raise `KeyExpired`."""
    start, end = certificate.not_valid_before, certificate.not_valid_after
    if not start <= at <= end:
        name = name_of(certificate)
        raise KeyExpired(name=name, start=start.date().isoformat(), end=end.date().isoformat())


def name_of(certificate: Certificate) -> str:
    """Give the name that a certificate is made out to."""
    return str(certificate.subject.native.get("common_name", certificate.subject.human_friendly))
