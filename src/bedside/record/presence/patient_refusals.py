"""Why the acts for the patient and for the officer decline, one class a situation."""

from typing import ClassVar

from bedside.record.refusal import Refused


class WordsWritten(Refused):
    """Exact words of an officer that were written down before."""

    code: ClassVar[str] = "presence.words-written"
    en: ClassVar[str] = "The exact words are written down already; note a new request instead."
    es: ClassVar[str] = "Las palabras exactas ya están anotadas; anote un pedido nuevo."


class CopyGiven(Refused):
    """A copy that was given before."""

    code: ClassVar[str] = "presence.copy-given"
    en: ClassVar[str] = "This copy was given already; note a new request for another one."
    es: ClassVar[str] = "Esta copia ya se dio; anote un pedido nuevo para otra."


class AnsweredElsewhere(Refused):
    """A request to step out, or a danger, that has its answer already."""

    code: ClassVar[str] = "presence.answered-elsewhere"
    en: ClassVar[str] = "This has its answer already; open the page again to see it."
    es: ClassVar[str] = "Esto ya tiene respuesta; abra la página otra vez para verla."


class TooManyFromOfficers(Refused):
    """More statements or dangers than staff can have read."""

    code: ClassVar[str] = "presence.too-many-from-officers"
    status: ClassVar[int] = 429
    en: ClassVar[str] = (
        "{most} entries wait here for staff to read them; this one was not kept. Please tell the"
        " nurse, who can write it down."
    )
    es: ClassVar[str] = (
        "Aquí hay {most} entradas que esperan lectura del personal; esta no se guardó. Por favor"
        " dígalo a enfermería, que puede anotarlo."
    )
