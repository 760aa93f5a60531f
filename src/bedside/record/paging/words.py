"""The closed lists of this room, with what each word is called; added to, never renamed."""

from enum import StrEnum

from bedside.rules.vocabulary.problem import Text


class Way(StrEnum):
    """How somebody can be told that they are needed."""

    MAIL = "mail"
    SMS = "sms"
    PUSH = "push"


class Failure(StrEnum):
    """Why a page did not arrive through a channel."""

    UNREACHABLE = "unreachable"  # no answer, or not in time
    REFUSED = "refused"  # the other side declined
    NOT_ALLOWED = "not_allowed"  # the hospital's data do not name this address
    GONE = "gone"  # the device ended its subscription


WAYS: dict[Way, Text] = {
    Way.MAIL: Text(en="E-mail", es="Correo electrónico"),
    Way.SMS: Text(en="Text message", es="Mensaje de texto"),
    Way.PUSH: Text(en="A notice on this device", es="Un aviso en este dispositivo"),
}
FAILURES: dict[Failure, Text] = {
    Failure.UNREACHABLE: Text(en="No answer in time", es="Sin respuesta a tiempo"),
    Failure.REFUSED: Text(en="Declined by the other side", es="El otro lado lo rechazó"),
    Failure.NOT_ALLOWED: Text(
        en="The hospital's data do not name this address",
        es="Los datos del hospital no nombran esta dirección",
    ),
    Failure.GONE: Text(en="The device ended its notices", es="El dispositivo terminó sus avisos"),
}
