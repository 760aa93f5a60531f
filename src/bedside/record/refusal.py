"""How the record says no: a stable code, and one sentence in each language."""

from typing import ClassVar

SHOWN = 80  # characters of somebody else's text that a sentence repeats


class Refused(Exception):  # noqa: N818 - a refusal is an answer for people, not a slip of ours
    """Base of everything that an operation or a query of the record declines to do."""

    code: ClassVar[str] = "record.refused"
    status: ClassVar[int] = 409  # what the web door answers with
    en: ClassVar[str] = "This was not done."
    es: ClassVar[str] = "No se hizo."

    def __init__(self, **values: object) -> None:
        self.values = values
        super().__init__(self.say("en"))

    def say(self, language: str) -> str:
        """Say what is wrong and what to do next."""
        said = {name: _shorten(value) for name, value in self.values.items()}
        return (self.es if language == "es" else self.en).format(**said)


def _shorten(value: object) -> str:
    text = "".join(c if c.isprintable() else "�" for c in str(value))
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"
