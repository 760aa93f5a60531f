"""The letter's own fonts: no other is ever used, so that every house prints the same bytes."""

from hashlib import sha256
from pathlib import Path
from typing import ClassVar

from bedside.record.refusal import Refused

FONTS = Path(__file__).with_name("fonts")
EXPECTED = {
    "atkinson-hyperlegible-next-bold.ttf": (
        "3fc31993a46fd2d9e8071b90c20ad596e132788c0dab00106b1379f7def287ea"
    ),
    "atkinson-hyperlegible-next-regular.ttf": (
        "f951b2bde772e764b355f55cc2265caecf16702ca5c6180708c77605eb7217b6"
    ),
}


class FontsMissing(Refused):
    """A font that is not there, or is another one."""

    code: ClassVar[str] = "letters.fonts-missing"
    status: ClassVar[int] = 503
    en: ClassVar[str] = (
        "The letter was not printed: its font `{font}` is missing or changed. "
        "Install Bedside again; the letter itself is kept."
    )
    es: ClassVar[str] = (
        "La carta no se imprimió: falta su tipo de letra `{font}` o no es el mismo. "
        "Instale Bedside de nuevo; la carta está guardada."
    )


def verify_fonts(folder: Path = FONTS) -> None:
    """Check that the fonts are there and are the very ones, or raise `FontsMissing`."""
    for name, digest in EXPECTED.items():
        file = folder / name
        if not file.is_file() or sha256(file.read_bytes()).hexdigest() != digest:
            raise FontsMissing(font=name)
