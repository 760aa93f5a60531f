"""Why a limit or a contact is not saved, and what to do instead."""

from typing import ClassVar

from bedside.record.refusal import Refused


class NoOwner(Refused):
    """A limit that nobody answers for."""

    code: ClassVar[str] = "directory.no-owner"
    status: ClassVar[int] = 400
    en: ClassVar[str] = "Say which role owns this and answers for it."
    es: ClassVar[str] = "Diga qué función es dueña de esto y responde por ello."


class NoAuthority(Refused):
    """A limit by nobody's authority."""

    code: ClassVar[str] = "directory.no-authority"
    status: ClassVar[int] = 400
    en: ClassVar[str] = (
        "Say by which authority, and which one: the norm, the order, the rule or the request."
    )
    es: ClassVar[str] = (
        "Diga con qué autoridad, y cuál es: la norma, la orden, la regla o la solicitud."
    )


class NoReason(Refused):
    """A limit without a reason."""

    code: ClassVar[str] = "directory.no-reason"
    status: ClassVar[int] = 400
    en: ClassVar[str] = "Write the reason in a few words, at most {most} characters."
    es: ClassVar[str] = "Escriba la razón en pocas palabras, {most} caracteres como máximo."


class NoEnd(Refused):
    """A limit that would never end, or not soon enough to be looked at again."""

    code: ClassVar[str] = "directory.no-end"
    status: ClassVar[int] = 400
    en: ClassVar[str] = "Say until when: a day and time from now, at most {days} days ahead."
    es: ClassVar[str] = "Diga hasta cuándo: día y hora a partir de ahora, {days} días como máximo."


class NotListed(Refused):
    """A word of none of the closed lists."""

    code: ClassVar[str] = "directory.not-listed"
    status: ClassVar[int] = 400
    en: ClassVar[str] = "Choose whom and what it is about from the lists."
    es: ClassVar[str] = "Elija de las listas a quién y qué se refiere."


class CounselOnly(Refused):
    """Staff who would keep a lawyer or a consulate from a patient."""

    code: ClassVar[str] = "directory.counsel-only"
    status: ClassVar[int] = 403
    en: ClassVar[str] = (
        "Only counsel may limit a lawyer or a consulate. Nothing was saved: contact goes on."
        " Call counsel."
    )
    es: ClassVar[str] = (
        "Solo la asesoría jurídica puede limitar a un abogado o a un consulado. No se guardó nada:"
        " el contacto sigue. Llame a la asesoría."
    )


class NameMissing(Refused):
    """A name or a number that is not there, or too long."""

    code: ClassVar[str] = "directory.name-missing"
    status: ClassVar[int] = 400
    en: ClassVar[str] = "Write a name, and for a contact a phone number; {most} characters fit."
    es: ClassVar[str] = (
        "Escriba un nombre y, para un contacto, un teléfono; caben {most} caracteres."
    )


class OverAlready(Refused):
    """A limit that somebody ended, or changed, since the page was opened."""

    code: ClassVar[str] = "directory.over-already"
    en: ClassVar[str] = "Somebody ended or changed this since you opened the page. Look again."
    es: ClassVar[str] = "Alguien terminó o cambió esto desde que abrió la página. Mire otra vez."
