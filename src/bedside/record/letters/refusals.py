"""What this room declines to do, and what to do next."""

from typing import ClassVar

from bedside.record.refusal import Refused

GONE, NOT_FOUND, UNPROCESSABLE = 410, 404, 422


class ChangedMeanwhile(Refused):
    """A letter to which something happened after the page was opened."""

    code: ClassVar[str] = "letters.changed-meanwhile"
    en: ClassVar[str] = (
        "Somebody else did something to letter {letter} after you opened the page. Look at it"
        " again, and send yours if it still holds."
    )
    es: ClassVar[str] = (
        "Otra persona hizo algo con la carta {letter} después de que usted abrió la página."
        " Mírela de nuevo y envíe lo suyo si sigue valiendo."
    )


class NothingSaid(Refused):
    """Words, a name or a choice that is missing."""

    code: ClassVar[str] = "letters.nothing-said"
    status: ClassVar[int] = UNPROCESSABLE
    en: ClassVar[str] = "Nothing was kept: say {what_en}, in at most {most} letters."
    es: ClassVar[str] = "No se guardó nada: diga {what_es}, en {most} letras a lo más."


class NoSuchAnswerKey(Refused):
    """A key for answering that was never made; nobody is told more."""

    code: ClassVar[str] = "letters.no-such-key"
    status: ClassVar[int] = NOT_FOUND
    en: ClassVar[str] = (
        "No letter waits for an answer under this code. Check it against the paper, or call the"
        " hospital. Nothing was recorded."
    )
    es: ClassVar[str] = (
        "Ninguna carta espera respuesta con este código. Compárelo con el papel o llame al"
        " hospital. No se registró nada."
    )


class AnsweredBefore(Refused):
    """A key for answering that was used."""

    code: ClassVar[str] = "letters.answered-before"
    status: ClassVar[int] = GONE
    en: ClassVar[str] = (
        "This letter was answered already; the first answer stands. Call the hospital if"
        " something has changed."
    )
    es: ClassVar[str] = (
        "Esta carta ya se contestó; vale la primera respuesta. Llame al hospital si algo cambió."
    )


class AnswerTooLate(Refused):
    """A key for answering whose time is over."""

    code: ClassVar[str] = "letters.answer-too-late"
    status: ClassVar[int] = GONE
    en: ClassVar[str] = "The time to answer here is over. Call the hospital; nothing was recorded."
    es: ClassVar[str] = (
        "El plazo para contestar aquí terminó. Llame al hospital; no se registró nada."
    )


class NotTheSamePatient(Refused):
    """A return that cannot be linked: another patient, an earlier stay, or too late."""

    code: ClassVar[str] = "letters.not-a-return"
    status: ClassVar[int] = UNPROCESSABLE
    en: ClassVar[str] = (
        "This stay was not linked: it did not begin within {days} days after the letter was given,"
        " or it is another patient's."
    )
    es: ClassVar[str] = (
        "Esta estancia no se enlazó: no empezó dentro de {days} días después de dar la carta, o es"
        " de otro paciente."
    )


class NotPaused(Refused):
    """A pause that is over."""

    code: ClassVar[str] = "letters.not-paused"
    en: ClassVar[str] = "Nothing waits here any more; somebody settled it."
    es: ClassVar[str] = "Aquí ya no espera nada; alguien lo resolvió."
