"""The closed lists of this room, with what each word is called; added to, never renamed."""

from enum import StrEnum

from bedside.rules.vocabulary.problem import Text


class Status(StrEnum):
    """How far a review has got."""

    NEW = "new"
    IN_REVIEW = "in_review"
    WAITING = "waiting"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class Factor(StrEnum):
    """What contributed; a review may have several."""

    POLICY_UNCLEAR = "policy_unclear"
    ROOM_LAYOUT = "room_layout"
    STAFFING = "staffing"
    LANGUAGE = "language"
    SHIFT_CHANGE = "shift_change"
    AGENCY_RULE = "agency_rule"
    TRAINING = "training"


class Concern(StrEnum):
    """Whose conduct a review is about; whoever that is gets heard before it closes."""

    OFFICER = "officer"
    STAFF = "staff"
    BOTH = "both"
    NOBODY = "nobody"


class Heard(StrEnum):
    """What came of asking somebody for their side."""

    ASKED = "asked"
    HEARD = "heard"
    DECLINED = "declined"
    NOT_REACHABLE = "not_reachable"


class Change(StrEnum):
    """What sort of thing a corrective action changes."""

    POLICY = "policy"
    TRAINING = "training"
    ROOM = "room"
    STAFFING = "staffing"
    LANGUAGE = "language"
    AGENCY = "agency"
    FORM = "form"


STATUSES: dict[Status, Text] = {
    Status.NEW: Text(en="New", es="Nuevo"),
    Status.IN_REVIEW: Text(en="In review", es="En revisión"),
    Status.WAITING: Text(en="Waiting for somebody", es="En espera de alguien"),
    Status.CLOSED: Text(en="Closed", es="Cerrado"),
    Status.WITHDRAWN: Text(en="Withdrawn", es="Retirado"),
}
FACTORS: dict[Factor, Text] = {
    Factor.POLICY_UNCLEAR: Text(en="Policy unclear", es="Política poco clara"),
    Factor.ROOM_LAYOUT: Text(en="Layout of the room", es="Disposición del cuarto"),
    Factor.STAFFING: Text(en="Staffing", es="Dotación de personal"),
    Factor.LANGUAGE: Text(en="Language", es="Idioma"),
    Factor.SHIFT_CHANGE: Text(en="Change of shift", es="Cambio de turno"),
    Factor.AGENCY_RULE: Text(en="Rule of the agency", es="Regla de la agencia"),
    Factor.TRAINING: Text(en="Training", es="Capacitación"),
}
CONCERNS: dict[Concern, Text] = {
    Concern.OFFICER: Text(en="An officer", es="Un agente"),
    Concern.STAFF: Text(en="Somebody on the staff", es="Alguien del personal"),
    Concern.BOTH: Text(en="An officer and staff", es="Un agente y personal"),
    Concern.NOBODY: Text(en="Nobody's conduct", es="La conducta de nadie"),
}
HEARINGS: dict[Heard, Text] = {
    Heard.ASKED: Text(en="Asked for their side", es="Se pidió su versión"),
    Heard.HEARD: Text(en="Heard", es="Se escuchó"),
    Heard.DECLINED: Text(en="Declined", es="No quiso"),
    Heard.NOT_REACHABLE: Text(en="Not reachable", es="No se pudo localizar"),
}
CHANGES: dict[Change, Text] = {
    Change.POLICY: Text(en="Policy", es="Política"),
    Change.TRAINING: Text(en="Training", es="Capacitación"),
    Change.ROOM: Text(en="Room or equipment", es="Cuarto o equipo"),
    Change.STAFFING: Text(en="Staffing", es="Dotación de personal"),
    Change.LANGUAGE: Text(en="Language help", es="Ayuda de idioma"),
    Change.AGENCY: Text(en="Agreement with an agency", es="Acuerdo con una agencia"),
    Change.FORM: Text(en="A form or a page", es="Un formulario o una página"),
}
