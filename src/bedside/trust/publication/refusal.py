"""How publication says no: a stable code, and one sentence in each language."""

from typing import ClassVar

SHOWN = 200  # characters of somebody else's text that a sentence repeats


class Refusal(Exception):  # noqa: N818 - a refusal is an answer for people, not a slip of ours
    """Base of everything that is not published, and why."""

    code: ClassVar[str] = "publication.refused"
    en: ClassVar[str] = "this is not published"
    es: ClassVar[str] = "esto no se publica"

    def __init__(self, **values: object) -> None:
        self.values = values
        super().__init__(self.say("en"))

    def say(self, language: str) -> str:
        """Say in `en` or `es` what is wrong and what to do next."""
        said = {name: shorten(value) for name, value in self.values.items()}
        return (self.es if language == "es" else self.en).format(**said)


def shorten(value: object) -> str:
    """Repeat somebody's text safely: printable, one line, not too long."""
    text = "".join(c if c.isprintable() else "�" for c in str(value))
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"
