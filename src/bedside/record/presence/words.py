"""The closed lists of this room, with what each word is called; added to, never renamed."""

from enum import StrEnum

from bedside.rules.vocabulary.problem import Text


class Outcome(StrEnum):
    """What came of a request."""

    OPEN = "open"
    DONE = "done"
    PARTLY = "partly"
    REFUSED = "refused"
    NOT_SAFE = "not_safe"  # nobody asked: it felt dangerous
    WITHDRAWN = "withdrawn"


class Finding(StrEnum):
    """What a look at a restrained limb found."""

    SOUND = "sound"
    SKIN = "skin"
    SWELLING = "swelling"
    NUMB = "numb"
    COLD = "cold"


class Measure(StrEnum):
    """What a hospital can give in exchange for distance or for a hand free."""

    SITTER = "sitter"
    WINDOW_ROOM = "window_room"
    SECURITY_AT_DOOR = "security_at_door"
    HOSPITAL_HOLDS_POST = "hospital_holds_post"


class Gain(StrEnum):
    """What an agency gave in exchange."""

    ARRANGEMENT = "arrangement"
    RESTRAINT_OFF = "restraint_off"
    FEWER_LIMBS = "fewer_limbs"
    DEVICE_AWAY = "device_away"
    TIME_ALONE = "time_alone"


class Ending(StrEnum):
    """How an agreement came to its end."""

    PRESSED = "pressed"
    REPLACED = "replaced"
    RAN_OUT = "ran_out"


OUTCOMES: dict[Outcome, Text] = {
    Outcome.OPEN: Text(en="Asked", es="Pedido"),
    Outcome.DONE: Text(en="I did it", es="Lo hice"),
    Outcome.PARTLY: Text(en="Partly", es="En parte"),
    Outcome.REFUSED: Text(en="They refused", es="Se negaron"),
    Outcome.NOT_SAFE: Text(en="Not safe to ask", es="No es seguro pedirlo"),
    Outcome.WITHDRAWN: Text(en="Taken back", es="Retirado"),
}
FINDINGS: dict[Finding, Text] = {
    Finding.SOUND: Text(en="Skin, pulse and feeling sound", es="Piel, pulso y sensación bien"),
    Finding.SKIN: Text(en="Skin broken or red", es="Piel lastimada o roja"),
    Finding.SWELLING: Text(en="Swollen", es="Hinchado"),
    Finding.NUMB: Text(en="Numb or tingling", es="Adormecido u hormigueo"),
    Finding.COLD: Text(en="Cold or pale", es="Frío o pálido"),
}
MEASURES: dict[Measure, Text] = {
    Measure.SITTER: Text(en="A sitter", es="Una persona acompañante"),
    Measure.WINDOW_ROOM: Text(en="A room with a window", es="Un cuarto con ventana"),
    Measure.SECURITY_AT_DOOR: Text(
        en="Hospital security at the door", es="Seguridad del hospital en la puerta"
    ),
    Measure.HOSPITAL_HOLDS_POST: Text(
        en="Hospital security holds the post", es="Seguridad del hospital ocupa el puesto"
    ),
}
GAINS: dict[Gain, Text] = {
    Gain.ARRANGEMENT: Text(en="Where the officer stands", es="El lugar del agente"),
    Gain.RESTRAINT_OFF: Text(en="A restraint taken off", es="Una sujeción retirada"),
    Gain.FEWER_LIMBS: Text(en="Fewer limbs held", es="Menos partes sujetas"),
    Gain.DEVICE_AWAY: Text(en="Phone or camera put away", es="Teléfono o cámara guardados"),
    Gain.TIME_ALONE: Text(en="Time alone for care", es="Tiempo a solas para la atención"),
}
