"""Whether each change between two versions has a clinical reason that can carry it."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from bedside.rules.attestation.claim import Claim
from bedside.rules.attestation.clause import Library
from bedside.rules.attestation.compare import Change, Effect, compare_claims
from bedside.rules.attestation.events import Reason, ReasonCode
from bedside.rules.vocabulary.problem import Place, Problem, ProblemKind, Text

SAME_MEANING = frozenset({Effect.REWORD, Effect.FORMAT})

NO_REASON = ProblemKind(
    code="attestation.no-clinical-reason",
    what=Text(
        en="claim `{claim}` changes ({effect}) without a clinical reason",
        es="la afirmación `{claim}` cambia ({effect}) sin motivo clínico",
    ),
    help=Text(
        en="give a new finding, a correction or a clearer wording with its evidence, or leave it",
        es="indique un hallazgo nuevo, una corrección o más claridad con su prueba, o déjela igual",
    ),
)
NOT_CLEARER = ProblemKind(
    code="attestation.more-than-wording",
    what=Text(
        en="claim `{claim}` changes what the letter says ({effect}), not only its wording",
        es="la afirmación `{claim}` cambia lo que dice la carta ({effect}), no solo la redacción",
    ),
    help=Text(
        en="give the new finding or the correction that it rests on",
        es="indique el hallazgo nuevo o la corrección en que se apoya",
    ),
)
NOT_NEW = ProblemKind(
    code="attestation.not-a-new-finding",
    what=Text(
        en="the finding for claim `{claim}` is not later than what the letter already rests on",
        es="el hallazgo de la afirmación `{claim}` no es posterior a lo que ya dice la carta",
    ),
    help=Text(
        en="give the time of the new finding, or call it a correction",
        es="indique la hora del hallazgo nuevo, o llámelo corrección",
    ),
)
NOTHING_CHANGED = ProblemKind(
    code="attestation.nothing-changed",
    what=Text(
        en="no claim differs from the signed version",
        es="ninguna afirmación difiere de la versión firmada",
    ),
    help=Text(en="the signed version stands", es="la versión firmada sigue en pie"),
)


def check_reasons(
    before: Iterable[Claim],
    after: Iterable[Claim],
    reasons: Iterable[Reason],
    *,
    library: Library,
    at: datetime,
) -> tuple[Problem, ...]:
    """Find every change that no clinical reason carries."""
    changes = compare_claims(before, after, library)
    if not changes:
        return (NOTHING_CHANGED.at(Place(file="")),)
    given = {reason.claim: reason for reason in reasons}
    return tuple(p for one in changes for p in _check(one, given.get(one.claim), at))


def _check(change: Change, reason: Reason | None, at: datetime) -> Iterator[Problem]:
    place = Place(file="")
    if reason is None or not (reason.evidence.strip() and reason.found_by.strip()):
        yield NO_REASON.at(place, claim=change.claim, effect=change.effect)
    elif reason.code is ReasonCode.CLEARER_WORDING and change.effect not in SAME_MEANING:
        yield NOT_CLEARER.at(place, claim=change.claim, effect=change.effect)
    elif reason.code is ReasonCode.NEW_FINDING and not _is_new(change, reason, at):
        yield NOT_NEW.at(place, claim=change.claim)


def _is_new(change: Change, reason: Reason, at: datetime) -> bool:
    earlier = change.before.assessment.at if change.before else None
    return reason.found_at <= at and (earlier is None or reason.found_at > earlier)
