"""The closed lists about what patients and officers are asked and told; never renamed."""

from enum import StrEnum

from bedside.rules.vocabulary.problem import Text


class Card(StrEnum):
    """For whom a card of rights is written."""

    ADULT = "adult"
    YOUNG = "young"
    YOUNG_PARENT = "young_parent"


class Way(StrEnum):
    """How something was told or asked."""

    CARD = "card"  # shown, nothing said
    SPOKEN = "spoken"
    READ_ALOUD = "read_aloud"  # by the device
    INTERPRETER = "interpreter"
    PAPER = "paper"


class Hearing(StrEnum):
    """Whether the officer could hear what the patient answered."""

    NO = "no"
    YES = "yes"
    UNKNOWN = "unknown"


class Alone(StrEnum):
    """What became of the offer to talk alone."""

    TAKEN = "taken"
    LATER = "later"
    DECLINED = "declined"


class Coming(StrEnum):
    """What became of a request for an interpreter."""

    ASKED = "asked"
    COMING = "coming"
    REMOTE = "remote"
    HERE = "here"
    NOT_FOUND = "not_found"
    ENDED = "ended"


class StepAnswer(StrEnum):
    """What an officer answered to a request to stand elsewhere."""

    STEPPED_OUT = "stepped_out"
    ASKS_SUPERVISOR = "supervisor"


class Watcher(StrEnum):
    """Who watches a way out."""

    OFFICER = "officer"
    STAFF = "staff"
    SECURITY = "security"
    LOCKED = "locked"
    NONE_THERE = "none"


WAYS: dict[Way, Text] = {
    Way.CARD: Text(en="Card shown", es="Se mostró la tarjeta"),
    Way.SPOKEN: Text(en="Said by staff", es="Lo dijo el personal"),
    Way.READ_ALOUD: Text(en="Read aloud by the device", es="Lo leyó el aparato"),
    Way.INTERPRETER: Text(en="Through an interpreter", es="Con intérprete"),
    Way.PAPER: Text(en="On paper", es="En papel"),
}
HEARINGS: dict[Hearing, Text] = {
    Hearing.NO: Text(en="The officer could not hear", es="El agente no podía oír"),
    Hearing.YES: Text(en="The officer could hear", es="El agente podía oír"),
    Hearing.UNKNOWN: Text(en="Not sure if he could hear", es="No es seguro si podía oír"),
}
ALONE: dict[Alone, Text] = {
    Alone.TAKEN: Text(en="Talked alone", es="Hablamos a solas"),
    Alone.LATER: Text(en="Later", es="Más tarde"),
    Alone.DECLINED: Text(en="Did not want it", es="No quiso"),
}
COMING: dict[Coming, Text] = {
    Coming.ASKED: Text(en="Asked for", es="Pedido"),
    Coming.COMING: Text(en="On the way", es="En camino"),
    Coming.REMOTE: Text(en="By phone or video now", es="Por teléfono o video ahora"),
    Coming.HERE: Text(en="Here", es="Está aquí"),
    Coming.NOT_FOUND: Text(en="None found yet", es="Aún no se encuentra"),
    Coming.ENDED: Text(en="No longer needed", es="Ya no hace falta"),
}
STEP_ANSWERS: dict[StepAnswer, Text] = {
    StepAnswer.STEPPED_OUT: Text(en="I am standing there now", es="Ya estoy ahí"),
    StepAnswer.ASKS_SUPERVISOR: Text(
        en="I must ask my supervisor", es="Debo preguntar a mi supervisor"
    ),
}
WATCHERS: dict[Watcher, Text] = {
    Watcher.OFFICER: Text(en="you", es="usted"),
    Watcher.STAFF: Text(en="staff inside", es="el personal, adentro"),
    Watcher.SECURITY: Text(en="hospital security", es="seguridad del hospital"),
    Watcher.LOCKED: Text(en="locked", es="con llave"),
    Watcher.NONE_THERE: Text(en="there is none", es="no hay"),
}
WATCHERS_TOLD: dict[Watcher, Text] = WATCHERS | {
    Watcher.OFFICER: Text(en="the officer", es="el agente")
}  # as others are told of him
EXITS: dict[str, Text] = {
    "door": Text(en="Door", es="Puerta"),
    "window": Text(en="Window", es="Ventana"),
    "bathroom": Text(en="Bathroom", es="Baño"),
}
