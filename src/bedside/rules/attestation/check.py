"""Whether a claim may be signed: seen or decided, clinical, timed, whole, and bounded."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from bedside.rules.attestation.claim import Claim, Filling
from bedside.rules.attestation.clause import LONGEST_NAME, Clause, Library, Slot, SlotType
from bedside.rules.attestation.lint import lint_addition
from bedside.rules.vocabulary.problem import Place, Problem, ProblemKind, Text, find_near

LONGEST_LIFE = timedelta(days=7)  # after a week nobody's "now" is true any more

UNKNOWN_CLAUSE = ProblemKind(
    code="attestation.unknown-clause",
    what=Text(
        en="no sentence of the library is called `{clause}`",
        es="ninguna frase de la biblioteca se llama `{clause}`",
    ),
    help=Text(en="choose a sentence of the library", es="elija una frase de la biblioteca"),
)
OTHER_VERSION = ProblemKind(
    code="attestation.other-version",
    what=Text(
        en="`{clause}` is at version {now}, this claim was made with version {then}",
        es="`{clause}` está en la versión {now}; esta afirmación se hizo con la versión {then}",
    ),
    help=Text(en="choose the sentence again", es="elija la frase de nuevo"),
)
NOT_TIMED = ProblemKind(
    code="attestation.not-timed",
    what=Text(
        en="this claim gives a time without its zone",
        es="esta afirmación da una hora sin zona horaria",
    ),
    help=Text(en="give the time in UTC", es="indique la hora en UTC"),
)
NOT_YET = ProblemKind(
    code="attestation.not-yet",
    what=Text(
        en="this was seen or decided at {seen}, after the time the letter speaks of ({as_of})",
        es="esto se observó o decidió a las {seen}, después de la hora de la carta ({as_of})",
    ),
    help=Text(
        en="check the clock, or write the letter as of the later time",
        es="revise el reloj, o ponga en la carta la hora posterior",
    ),
)
NO_END = ProblemKind(
    code="attestation.no-end",
    what=Text(
        en="this claim must end after the time it speaks of, and within {days} days",
        es="esta afirmación debe terminar después de su hora, y en {days} días a lo más",
    ),
    help=Text(en="give an earlier end", es="ponga un final más cercano"),
)
NO_EVIDENCE = ProblemKind(
    code="attestation.no-evidence",
    what=Text(
        en="nothing says who saw or decided this, or where the chart shows it",
        es="no se dice quién lo observó o decidió, ni dónde está en el expediente",
    ),
    help=Text(
        en="name the note and the person, or take the claim out",
        es="indique la nota y la persona, o quite la afirmación",
    ),
)
WRONG_SLOT = ProblemKind(
    code="attestation.wrong-slot",
    what=Text(
        en="`{slot}` of `{clause}` does not take `{value}`",
        es="`{slot}` de `{clause}` no admite `{value}`",
    ),
    help=Text(en="{wanted}", es="{wanted_es}"),
)

TWICE = ProblemKind(
    code="attestation.claim-twice",
    what=Text(en="`{claim}` names two claims", es="`{claim}` nombra dos afirmaciones"),
    help=Text(en="give each claim a name of its own", es="dé a cada afirmación su propio nombre"),
)


def check_claims(claims: Iterable[Claim], library: Library) -> tuple[Problem, ...]:
    """Find everything that keeps these claims from being signed."""
    claims = tuple(claims)
    has_travel = any(claim.clause.startswith("travel/") for claim in claims)
    found = [p for one in claims for p in check_claim(one, library, has_travel=has_travel)]
    ids = [claim.id for claim in claims]
    found += [TWICE.at(Place(file=str(one)), claim=one) for one in set(ids) if ids.count(one) > 1]
    return tuple(found)


def check_claim(claim: Claim, library: Library, *, has_travel: bool) -> tuple[Problem, ...]:
    """Find everything that keeps one claim from being signed."""
    place = Place(file=str(claim.id))
    clause = library.find(claim.clause)
    if clause is None:
        near = find_near(claim.clause, library.clauses)
        return (UNKNOWN_CLAUSE.at(place, clause=claim.clause, near=near),)
    found = [*_check_support(claim, clause, place), *_check_slots(claim, clause, place)]
    for text in (claim.addition.en, claim.addition.es):
        found += [hit.as_problem(place) for hit in lint_addition(text, has_travel=has_travel)]
    return tuple(found)


def is_current(claim: Claim, at: datetime) -> bool:
    """Tell whether the claim is still true as stated at that moment; its end is outside."""
    return claim.as_of <= at < claim.expires_at


def _check_support(claim: Claim, clause: Clause, place: Place) -> Iterator[Problem]:
    support = claim.assessment
    if clause.version != claim.clause_version:
        yield OTHER_VERSION.at(
            place, clause=clause.id, now=clause.version, then=claim.clause_version
        )
    if not (support.by.strip() and support.evidence.strip()):
        yield NO_EVIDENCE.at(place)
    if any(at.tzinfo is None for at in (support.at, claim.as_of, claim.expires_at)):
        yield NOT_TIMED.at(place)
        return
    if support.at > claim.as_of:
        yield NOT_YET.at(place, seen=support.at.isoformat(), as_of=claim.as_of.isoformat())
    if not claim.as_of < claim.expires_at <= claim.as_of + LONGEST_LIFE:
        yield NO_END.at(place, days=LONGEST_LIFE.days)


def _check_slots(claim: Claim, clause: Clause, place: Place) -> Iterator[Problem]:
    given = {one.slot: one.value for one in claim.filled}
    for id_ in dict.fromkeys((*clause.slots, *given)):
        slot, value = clause.slots.get(id_), given.get(id_)
        if (
            slot is None
            or value is None
            or not _takes(slot, value)
            or len(given) != len(claim.filled)
        ):
            wanted = _say_wanted(slot)
            yield WRONG_SLOT.at(
                place,
                slot=id_,
                clause=clause.id,
                value="" if value is None else value,
                wanted=wanted.en,
                wanted_es=wanted.es,
            )


def _takes(slot: Slot, value: Filling) -> bool:
    match slot.type:
        case SlotType.COUNT:
            is_count = isinstance(value, int) and not isinstance(value, bool)
            return is_count and slot.low <= int(str(value)) <= slot.high
        case SlotType.MOMENT:
            return isinstance(value, datetime) and value.tzinfo is not None
        case SlotType.CHOICE:
            return isinstance(value, str) and value in slot.choices
        case SlotType.NAME:
            return isinstance(value, str) and _is_name(value)


def _is_name(value: str) -> bool:
    return 0 < len(value.strip()) <= LONGEST_NAME and not lint_addition(value, has_travel=False)


def _say_wanted(slot: Slot | None) -> Text:
    if slot is None:
        return Text(en="this sentence has no such gap", es="esta frase no tiene ese hueco")
    match slot.type:
        case SlotType.COUNT:
            return Text(
                en=f"give a whole number from {slot.low} to {slot.high}",
                es=f"ponga un número entero de {slot.low} a {slot.high}",
            )
        case SlotType.MOMENT:
            return Text(en="give a day and hour with its zone", es="ponga día y hora con su zona")
        case SlotType.CHOICE:
            known = ", ".join(slot.choices)
            return Text(en=f"choose one of {known}", es=f"elija entre {known}")
        case SlotType.NAME:
            return Text(
                en=f"give a plain name of at most {LONGEST_NAME} letters",
                es=f"ponga un nombre sencillo de {LONGEST_NAME} letras a lo más",
            )
