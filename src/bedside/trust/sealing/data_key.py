"""A record's own key, and the sealed form of a field.

A sealed field is one byte for the algorithm, two for the key's generation, a nonce, and what
AES-256-GCM makes of the padded text. The seal covers the first three bytes and the place, so a
field that was changed, cut, moved or relabelled does not open.
"""

import hmac
from typing import ClassVar, Final, final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bedside.trust.sealing.binding import Binding
from bedside.trust.sealing.refusal import Refusal
from bedside.trust.sealing.secret import KEY_BYTES, Hidden, Random, Secret, draw

AES_256_GCM: Final = 0x01
HEADER_BYTES: Final = 3
NONCE_BYTES: Final = 12
TAG_BYTES: Final = 16
# The length of a sealed field shows. Without padding it would tell `ice` from `county_sheriff`.
BLOCK: Final = 32
MOST_BYTES: Final = 1 << 24
MOST_GENERATIONS: Final = (1 << 16) - 1
FINGERPRINT_BYTES: Final = 16


class DoesNotOpen(Refusal):
    """A sealed field that this key does not open in this place."""

    code: ClassVar[str] = "sealing.does-not-open"
    en: ClassVar[str] = (
        "the field at {place} does not open: it was changed, moved here, or sealed under another "
        "key; restore it from a backup and tell the privacy officer"
    )
    es: ClassVar[str] = (
        "el campo en {place} no se abre: fue cambiado, movido aquí o sellado con otra clave; "
        "recupérelo de una copia y avise a la persona encargada de la privacidad"
    )


class FieldCut(Refusal):
    """Too few bytes to be a sealed field."""

    code: ClassVar[str] = "sealing.field-cut"
    en: ClassVar[str] = "the field at {place} has {count} bytes, a sealed one has at least {least}"
    es: ClassVar[str] = "el campo en {place} tiene {count} bytes; sellado tiene al menos {least}"


class UnknownAlgorithm(Refusal):
    """A field or a wrapped key of a form that this edition does not know."""

    code: ClassVar[str] = "sealing.unknown-algorithm"
    en: ClassVar[str] = "{place} is sealed with algorithm {number}, unknown here; update Bedside"
    es: ClassVar[str] = (
        "{place} está sellado con el algoritmo {number}, que aquí no se conoce; actualice Bedside"
    )


class FieldTooLarge(Refusal):
    """More bytes than one field may have."""

    code: ClassVar[str] = "sealing.field-too-large"
    en: ClassVar[str] = "the field at {place} has {count} bytes; at most {most} fit, so divide it"
    es: ClassVar[str] = "el campo en {place} tiene {count} bytes; caben {most}, divídalo"


class OtherGeneration(Refusal):
    """A field sealed under an older or newer key of its record."""

    code: ClassVar[str] = "sealing.other-generation"
    en: ClassVar[str] = "the field at {place} needs key {wanted} of its record, not key {given}"
    es: ClassVar[str] = (
        "el campo en {place} requiere la clave {wanted} de su registro, no la {given}"
    )


class TooManyGenerations(Refusal):
    """A record that was re-keyed more often than a header can count."""

    code: ClassVar[str] = "sealing.too-many-generations"
    en: ClassVar[str] = "a record has keys 1 to {most}, not {given}; copy it into a new record"
    es: ClassVar[str] = "un registro tiene claves de 1 a {most}, no {given}; cópielo en uno nuevo"


@final
class DataKey(Hidden):
    """One generation of a record's key."""

    __slots__ = ("_cipher", "_header", "_secret", "fingerprint", "generation")

    def __init__(self, secret: Secret, *, generation: int) -> None:
        if not 1 <= generation <= MOST_GENERATIONS:
            raise TooManyGenerations(most=MOST_GENERATIONS, given=generation)
        self._secret, self.generation = secret, generation
        self._cipher = AESGCM(secret.reveal())
        self._header = bytes([AES_256_GCM]) + generation.to_bytes(2)
        self.fingerprint = fingerprint(secret)

    @property
    def secret(self) -> Secret:
        """What is wrapped for those who may open the record."""
        return self._secret

    def seal(self, plain: bytes, binding: Binding, *, random: Random) -> bytes:
        """Seal a field for one place."""
        if len(plain) > MOST_BYTES:
            raise FieldTooLarge(place=binding, count=len(plain), most=MOST_BYTES)
        header, nonce = self._header, draw(random, NONCE_BYTES)
        padded = plain + b"\x80" + bytes(-(len(plain) + 1) % BLOCK)
        return header + nonce + self._cipher.encrypt(nonce, padded, header + binding.write())

    def open(self, sealed: bytes, binding: Binding) -> bytes:
        """Open a field in its place; anything else is refused."""
        generation = read_generation(sealed, binding)
        if generation != self.generation:
            raise OtherGeneration(place=binding, wanted=generation, given=self.generation)
        header, nonce = sealed[:HEADER_BYTES], sealed[HEADER_BYTES : HEADER_BYTES + NONCE_BYTES]
        try:
            padded = self._cipher.decrypt(
                nonce, sealed[HEADER_BYTES + NONCE_BYTES :], header + binding.write()
            )
        except InvalidTag:
            raise DoesNotOpen(place=binding) from None
        return padded[: padded.rindex(b"\x80")]


def make_data_key(random: Random, *, generation: int = 1) -> DataKey:
    """Make a new key for a record."""
    return DataKey(Secret(draw(random, KEY_BYTES), what="data key"), generation=generation)


def read_generation(sealed: bytes, binding: Binding) -> int:
    """Read which key of its record a field was sealed under; its seal is not checked yet."""
    least = HEADER_BYTES + NONCE_BYTES + BLOCK + TAG_BYTES
    if sealed and sealed[0] != AES_256_GCM:
        raise UnknownAlgorithm(place=binding, number=f"0x{sealed[0]:02x}")
    if len(sealed) < least:
        raise FieldCut(place=binding, count=len(sealed), least=least)
    if len(sealed) > MOST_BYTES + least:
        raise FieldTooLarge(place=binding, count=len(sealed), most=MOST_BYTES)
    return int.from_bytes(sealed[1:HEADER_BYTES])


def fingerprint(secret: Secret) -> bytes:
    """Name a key without telling it: same key, same name."""
    named = hmac.digest(secret.reveal(), b"bedside key fingerprint 1", "sha256")
    return named[:FINGERPRINT_BYTES]
