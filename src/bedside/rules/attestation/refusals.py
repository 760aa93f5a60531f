"""Why an event cannot have happened to a letter so, in sentences for people."""

from typing import NoReturn

from bedside.rules.vocabulary.problem import Place, ProblemKind, Problems, Text

CLOCK_BACK = ProblemKind(
    code="attestation.clock-back",
    what=Text(
        en="the clock went back: this is noted at {at}, the entry before it at {before}",
        es="el reloj retrocedió: esto se anota a las {at}, lo anterior a las {before}",
    ),
    help=Text(en="check the clock, then note it again", es="revise el reloj y anótelo de nuevo"),
)
NOT_NEXT = ProblemKind(
    code="attestation.not-the-next-version",
    what=Text(
        en="version {version} does not follow the last signed one",
        es="la versión {version} no sigue a la última firmada",
    ),
    help=Text(
        en="open the letter again; somebody may have signed meanwhile",
        es="abra la carta de nuevo; quizá alguien firmó mientras tanto",
    ),
)
OPEN_REQUEST = ProblemKind(
    code="attestation.request-open",
    what=Text(
        en="request `{request}` for other words has no answer yet",
        es="el pedido `{request}` de otras palabras aún no tiene respuesta",
    ),
    help=Text(
        en="answer it before a new version is written or signed",
        es="contéstelo antes de escribir o firmar una versión nueva",
    ),
)
NO_CLAIMS = ProblemKind(
    code="attestation.no-claims",
    what=Text(en="the letter says nothing yet", es="la carta todavía no dice nada"),
    help=Text(en="choose at least one claim", es="elija al menos una afirmación"),
)
NO_SCOPE = ProblemKind(
    code="attestation.no-scope",
    what=Text(
        en="no scope box has version {version}", es="ningún recuadro de alcance es el {version}"
    ),
    help=Text(en="take the current one", es="use el vigente"),
)
OUTLIVES = ProblemKind(
    code="attestation.outlives-its-claims",
    what=Text(
        en="the letter would hold longer than its claim `{claim}`, which ends at {at}",
        es="la carta duraría más que su afirmación `{claim}`, que termina a las {at}",
    ),
    help=Text(en="let the letter end no later", es="que la carta no termine después"),
)
WAS_DECLINED = ProblemKind(
    code="attestation.request-declined",
    what=Text(
        en="request `{request}` was declined; no version can rest on it",
        es="al pedido `{request}` se contestó que no; ninguna versión puede apoyarse en él",
    ),
    help=Text(
        en="write the version for its clinical reasons alone",
        es="escriba la versión solo por sus motivos clínicos",
    ),
)
UNKNOWN_CLAIM = ProblemKind(
    code="attestation.unknown-claim",
    what=Text(
        en="version {version} has no claim `{claim}`",
        es="la versión {version} no tiene la afirmación `{claim}`",
    ),
    help=Text(en="answer the needs of the letter", es="conteste las necesidades de la carta"),
)
NOT_DRAFTED = ProblemKind(
    code="attestation.not-a-draft",
    what=Text(
        en="version {version} is not a draft that waits for a signature",
        es="la versión {version} no es un borrador que espere firma",
    ),
    help=Text(
        en="open the letter again; somebody may have signed meanwhile",
        es="abra la carta de nuevo; quizá alguien firmó mientras tanto",
    ),
)
NO_ORDER = ProblemKind(
    code="attestation.no-order",
    what=Text(
        en="a resident signs only on an attending's order that was read back",
        es="quien hace residencia firma solo con la orden de su médico tratante, leída de vuelta",
    ),
    help=Text(
        en="call the attending, read the letter back, and note who and when",
        es="llame al médico tratante, léale la carta y anote quién y cuándo",
    ),
)
EXPIRED = ProblemKind(
    code="attestation.expired",
    what=Text(
        en="version {version} speaks of a time that is over",
        es="la versión {version} habla de una hora que ya pasó",
    ),
    help=Text(
        en="assess again and write a new version", es="evalúe de nuevo y escriba otra versión"
    ),
)
NOT_SUPERSEDED = ProblemKind(
    code="attestation.not-superseded",
    what=Text(
        en="version {version} cannot step back behind version {by_version}",
        es="la versión {version} no puede ceder su lugar a la versión {by_version}",
    ),
    help=Text(en="sign the later version first", es="firme primero la versión posterior"),
)
REQUEST_TWICE = ProblemKind(
    code="attestation.request-twice",
    what=Text(
        en="request `{request}` is noted or answered already",
        es="el pedido `{request}` ya está anotado o contestado",
    ),
    help=Text(en="note a new request", es="anote un pedido nuevo"),
)
UNKNOWN_REQUEST = ProblemKind(
    code="attestation.unknown-request",
    what=Text(
        en="no request for other words is called `{request}`",
        es="ningún pedido de otras palabras se llama `{request}`",
    ),
    help=Text(en="note the request first", es="anote primero el pedido"),
)
NO_WORDS = ProblemKind(
    code="attestation.no-words",
    what=Text(en="the exact words are missing", es="faltan las palabras exactas"),
    help=Text(en="write what was said, as it was said", es="escriba lo que se dijo, tal cual"),
)
NO_NORMS = ProblemKind(
    code="attestation.no-norms",
    what=Text(en="the answer names no norm", es="la respuesta no nombra ninguna norma"),
    help=Text(
        en="name at least one norm that it rests on", es="nombre al menos una norma que la apoye"
    ),
)
NEVER_ACCEPTED = ProblemKind(
    code="attestation.never-accepted",
    what=Text(
        en="request `{request}` asks for words that no letter says; it cannot be accepted whole",
        es="el pedido `{request}` pide palabras que ninguna carta dice; no se acepta entero",
    ),
    help=Text(en="accept it in part, or decline it", es="acéptelo en parte, o conteste que no"),
)
NOT_IN_FORCE = ProblemKind(
    code="attestation.not-in-force",
    what=Text(
        en="version {version} is not the signed version in force",
        es="la versión {version} no es la versión firmada vigente",
    ),
    help=Text(en="open the letter again", es="abra la carta de nuevo"),
)
NOT_DELIVERED = ProblemKind(
    code="attestation.not-delivered",
    what=Text(
        en="version {version} was not handed over yet",
        es="la versión {version} todavía no se ha entregado",
    ),
    help=Text(en="note the delivery first", es="anote primero la entrega"),
)
NOT_OVER = ProblemKind(
    code="attestation.not-over",
    what=Text(en="version {version} ends at {at}", es="la versión {version} termina a las {at}"),
    help=Text(en="wait until then, or supersede it", es="espere hasta entonces, o reemplácela"),
)


def refuse(kind: ProblemKind, **values: object) -> NoReturn:
    """Decline an event."""
    raise Problems([kind.at(Place(file=""), **values)])
