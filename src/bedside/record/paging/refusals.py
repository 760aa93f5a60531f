"""Why this room declines, one class a situation."""

from typing import ClassVar

from bedside.record.refusal import Refused


class NotAnAddress(Refused):
    """An address, a number or a subscription to which nothing can be sent."""

    code: ClassVar[str] = "paging.not-an-address"
    status: ClassVar[int] = 400
    en: ClassVar[str] = (
        "Nothing can be sent to `{typed}`. Write an address such as name@hospital.example, or a"
        " number with its country such as +1 956 555 0142."
    )
    es: ClassVar[str] = (
        "No se puede enviar nada a `{typed}`. Escriba un correo como nombre@hospital.example, o un"
        " número con su país como +1 956 555 0142."
    )


class NotOnTheList(Refused):
    """An address outside what the hospital's data name."""

    code: ClassVar[str] = "paging.not-on-the-list"
    status: ClassVar[int] = 400
    en: ClassVar[str] = (
        "This hospital sends nothing to `{typed}`. Ask whoever runs Bedside to add it to the"
        " hospital's data, or use another way."
    )
    es: ClassVar[str] = (
        "Este hospital no envía nada a `{typed}`. Pida a quien administra Bedside que lo agregue a"
        " los datos del hospital, o use otra vía."
    )


class TooManyWays(Refused):
    """More channels than one person needs."""

    code: ClassVar[str] = "paging.too-many-ways"
    status: ClassVar[int] = 400
    en: ClassVar[str] = "You have {most} ways already; end one first."
    es: ClassVar[str] = "Ya tiene {most} vías; termine una primero."
