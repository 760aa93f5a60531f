"""How this room says no."""

from typing import ClassVar

from bedside.record.refusal import Refused

BAD = 400


class NothingAsked(Refused):
    """A question, a view or advice without words, or with too many."""

    code: ClassVar[str] = "consults.nothing-asked"
    status: ClassVar[int] = BAD
    en: ClassVar[str] = "Write it in your own words, at most {most} characters."
    es: ClassVar[str] = "Escríbalo con sus palabras, {most} caracteres como máximo."


class NoSuchAnswer(Refused):
    """Something chosen that no list offers."""

    code: ClassVar[str] = "consults.no-such-answer"
    status: ClassVar[int] = BAD
    en: ClassVar[str] = "Choose one of the answers that are shown."
    es: ClassVar[str] = "Elija una de las respuestas que se muestran."


class MinorUnsaid(Refused):
    """A question about a minor that leaves out what the minor says, or where the guardian is."""

    code: ClassVar[str] = "consults.minor-unsaid"
    status: ClassVar[int] = BAD
    en: ClassVar[str] = (
        "The patient is under 18: say what the patient says to it, and where the parent or guardian"
        " is. “Not asked yet” and “not reached yet” are answers."
    )
    es: ClassVar[str] = (
        "El paciente es menor de 18: diga qué dice el paciente y dónde está la madre, el padre o"
        " tutor. «Aún no se le pregunta» y «aún no se le encuentra» son respuestas."
    )


class NotByAPerson(Refused):
    """A translation that no interpreter answers for."""

    code: ClassVar[str] = "consults.not-by-a-person"
    status: ClassVar[int] = BAD
    en: ClassVar[str] = (
        "Name the interpreter: a number or the service. Words are translated by a person here,"
        " never by a machine."
    )
    es: ClassVar[str] = (
        "Nombre al intérprete: un número o el servicio. Aquí traduce una persona, nunca una"
        " máquina."
    )


class AnsweredBefore(Refused):
    """A gap that somebody answered since the page was opened."""

    code: ClassVar[str] = "consults.answered-before"
    en: ClassVar[str] = "Somebody answered this since you opened the page. Look again."
    es: ClassVar[str] = "Alguien contestó esto desde que abrió la página. Mire otra vez."
