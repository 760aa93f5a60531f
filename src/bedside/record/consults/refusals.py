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


class StillTells(Refused):
    """A teaching case in which something could tell who somebody is."""

    code: ClassVar[str] = "consults.still-tells"
    en: ClassVar[str] = (
        "Not signed and not taken out: {number} things in this case could tell who somebody is."
        " Say them in other words, or leave them out."
    )
    es: ClassVar[str] = (
        "No se firmó ni se extrajo: {number} cosas de este caso podrían revelar quién es alguien."
        " Dígalas con otras palabras, o quítelas."
    )


class NotSigned(Refused):
    """A teaching case that ethics and counsel have not both signed as it stands."""

    code: ClassVar[str] = "consults.not-signed"
    en: ClassVar[str] = "Not taken out: ethics and counsel both sign this version first."
    es: ClassVar[str] = "No se extrajo: primero firman esta versión ética y asesoría jurídica."


class SignsTwice(Refused):
    """One person who would sign for both, or for neither."""

    code: ClassVar[str] = "consults.signs-twice"
    en: ClassVar[str] = "Two people sign a case: one for ethics, another as counsel."
    es: ClassVar[str] = "Un caso lo firman dos personas: una por ética, otra por asesoría."


class ChangedSince(Refused):
    """A teaching case that somebody changed since the page was opened."""

    code: ClassVar[str] = "consults.changed-since"
    en: ClassVar[str] = "Somebody changed this case since you opened the page. Read it again."
    es: ClassVar[str] = "Alguien cambió este caso desde que abrió la página. Léalo otra vez."
