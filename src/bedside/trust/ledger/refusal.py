"""How the ledger says no: a stable code, and one sentence in each language."""

from dataclasses import dataclass
from typing import ClassVar

SHOWN = 80  # characters of somebody else's text that a sentence repeats


@dataclass(frozen=True, slots=True)
class Said:
    """A reason of ours, in both languages."""

    en: str
    es: str


class Refusal(Exception):  # noqa: N818 - a refusal is an answer for people, not a slip of ours
    """Base of everything that the ledger, a witness or a bundle declines to do or to believe."""

    code: ClassVar[str] = "ledger.refused"
    en: ClassVar[str] = "the ledger declined"
    es: ClassVar[str] = "el libro se negó"

    def __init__(self, **values: object) -> None:
        self.values = values
        super().__init__(self.say("en"))

    def say(self, language: str) -> str:
        """Say in `en` or `es` what is wrong and what to do next."""
        said = {name: _choose(value, language) for name, value in self.values.items()}
        return (self.es if language == "es" else self.en).format(**said)


def shorten(value: object) -> str:
    """Repeat somebody's text safely: printable, one line, not too long."""
    text = "".join(c if c.isprintable() else "�" for c in str(value))
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"


def _choose(value: object, language: str) -> str:
    if isinstance(value, Said):
        return value.es if language == "es" else value.en
    return shorten(value)
