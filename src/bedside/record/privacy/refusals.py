"""Why something of the privacy officer's is not saved, and what to do instead."""

from typing import ClassVar

from bedside.record.refusal import Refused

BAD = 400


class NoReason(Refused):
    """A low probability without a reason for each of the four factors."""

    code: ClassVar[str] = "privacy.no-reason"
    status: ClassVar[int] = BAD
    en: ClassVar[str] = (
        "A low probability needs an answer and a reason for each of the four factors."
        " Missing: {missing}."
    )
    es: ClassVar[str] = (
        "Una baja probabilidad necesita respuesta y razón en cada uno de los cuatro factores."
        " Falta: {missing}."
    )


class NoLimb(Refused):
    """A disclosure said to be permitted, without the paragraph or what has to be on file for it."""

    code: ClassVar[str] = "privacy.no-limb"
    status: ClassVar[int] = BAD
    en: ClassVar[str] = (
        "Choose the paragraph that permits it, and write what has to be on file for that paragraph."
    )
    es: ClassVar[str] = "Elija el párrafo que la permite y escriba lo que ese párrafo pide."


class Contradiction(Refused):
    """A result that does not fit the paragraph that was chosen."""

    code: ClassVar[str] = "privacy.contradiction"
    status: ClassVar[int] = BAD
    en: ClassVar[str] = (
        "The result does not fit the first question: what is permitted under a paragraph is no"
        " breach, and what is not permitted cannot end as permitted. Change one of the two."
    )
    es: ClassVar[str] = (
        "El resultado no concuerda con la primera pregunta: lo que un párrafo permite no es una"
        " vulneración, y lo no permitido no puede terminar como permitido. Cambie una de las dos."
    )


class NoSafeguards(Refused):
    """Something called incidental although no note shows a safeguard."""

    code: ClassVar[str] = "privacy.no-safeguards"
    status: ClassVar[int] = BAD
    en: ClassVar[str] = (
        "Incidental is only what happened with reasonable safeguards in place, and no note of this"
        " stay shows one around that time. Weigh the four factors instead."
    )
    es: ClassVar[str] = (
        "De paso es solo lo que ocurrió con medidas razonables, y ninguna nota de esta estancia"
        " muestra una a esa hora. Pondere los cuatro factores."
    )


class NotSigned(Refused):
    """An assessment without the tick that signs it."""

    code: ClassVar[str] = "privacy.not-signed"
    status: ClassVar[int] = BAD
    en: ClassVar[str] = "Tick that you sign it. What you typed is still here."
    es: ClassVar[str] = "Marque que lo firma. Lo que escribió sigue aquí."


class AssessedAgain(Refused):
    """An assessment on top of one that the page had not shown."""

    code: ClassVar[str] = "privacy.assessed-again"
    en: ClassVar[str] = (
        "Somebody signed an assessment since you opened this page. It is shown below; look again"
        " and sign once more if yours still holds. What you typed is still here."
    )
    es: ClassVar[str] = (
        "Alguien firmó una evaluación desde que abrió esta página. Está abajo; mírela y firme otra"
        " vez si la suya sigue en pie. Lo que escribió sigue aquí."
    )


class NotAChoice(Refused):
    """A word of none of the closed lists, or a text that is too long."""

    code: ClassVar[str] = "privacy.not-a-choice"
    status: ClassVar[int] = BAD
    en: ClassVar[str] = "Choose from the lists, and keep each text under {most} characters."
    es: ClassVar[str] = "Elija de las listas, y cada texto con menos de {most} caracteres."


class NoMoment(Refused):
    """A day or time that is missing, cannot be read, or lies ahead."""

    code: ClassVar[str] = "privacy.no-moment"
    status: ClassVar[int] = BAD
    en: ClassVar[str] = "Give a day and time that is not ahead of now, as 2026-11-24 03:05."
    es: ClassVar[str] = "Dé un día y hora que no estén por venir, como 2026-11-24 03:05."


class NoGround(Refused):
    """A delay for something that is no ground for one."""

    code: ClassVar[str] = "privacy.no-ground"
    status: ClassVar[int] = BAD
    en: ClassVar[str] = (
        "Telling waits only if an official states that it would impede a criminal investigation or"
        " damage national security (45 CFR 164.412). A civil arrest or removal is neither. The"
        " clocks run on."
    )
    es: ClassVar[str] = (
        "El aviso espera solo si un oficial declara que impediría una investigación penal o dañaría"
        " la seguridad nacional (45 CFR 164.412). Un arresto o traslado civil no es lo uno ni lo"
        " otro. Los plazos siguen."
    )


class NoBasis(Refused):
    """A delay without its basis: a statement in writing with its time, or a dated oral one."""

    code: ClassVar[str] = "privacy.no-basis"
    status: ClassVar[int] = BAD
    en: ClassVar[str] = (
        "A clock pauses only on a written statement that says until when, or on an oral one that is"
        " dated and says who made it: thirty days at most (45 CFR 164.412). Missing: {missing_en}."
        " The clocks run on."
    )
    es: ClassVar[str] = (
        "Un plazo se detiene solo con una declaración escrita que diga hasta cuándo, o con una oral"
        " fechada que diga quién la hizo: treinta días como máximo (45 CFR 164.412). Falta:"
        " {missing_es}. Los plazos siguen."
    )


class NothingSaid(Refused):
    """A notice or a disclosure that lacks what it has to say."""

    code: ClassVar[str] = "privacy.nothing-said"
    status: ClassVar[int] = BAD
    en: ClassVar[str] = "Missing: {missing_en}. Write it, at most {most} characters each."
    es: ClassVar[str] = "Falta: {missing_es}. Escríbalo, {most} caracteres como máximo cada uno."


class NotToBeSuspended(Refused):
    """A line of an accounting that no agency can have held back."""

    code: ClassVar[str] = "privacy.not-to-be-suspended"
    status: ClassVar[int] = BAD
    en: ClassVar[str] = (
        "Only a disclosure to a health oversight agency or to law enforcement under 45 CFR"
        " 164.512(d) or (f) can be held back (164.528(a)(2)). This one is told."
    )
    es: ClassVar[str] = (
        "Solo puede suspenderse lo divulgado a una agencia sanitaria de supervisión o policial,"
        " según 45 CFR 164.512(d) o (f) (164.528(a)(2)). Esto se informa."
    )


class TakenUp(Refused):
    """A report that somebody took up a moment ago."""

    code: ClassVar[str] = "privacy.taken-up"
    en: ClassVar[str] = "This report was taken up already. Open it from the list."
    es: ClassVar[str] = "Este informe ya está en examen. Ábralo desde la lista."
