"""A night's letter on paper: its claims, its three documents, and the keys it is signed with."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from bedside.record.letters.paper.press import open_press
from bedside.record.letters.paper.sheet import Heading, Sheet, make_sheet
from bedside.rules.attestation.claim import (
    Assessment,
    Claim,
    ClaimId,
    ClauseId,
    Filled,
    Filling,
    Ground,
)
from bedside.rules.attestation.clause import Reader, load_library
from bedside.rules.attestation.compose import Addressee, Document, Page, compose
from bedside.rules.attestation.readers import NO_RULING, Basis, Disclosure
from bedside.rules.vocabulary.problem import ENGLISH, NO_TEXT, SPANISH, Language, Text

ZONE = ZoneInfo("America/Phoenix")
SEEN = datetime(2026, 11, 23, 8, 50, tzinfo=UTC)
NIGHT = SEEN + timedelta(minutes=20)
ENDS = NIGHT + timedelta(days=1)
BASIS = {
    Reader.CUSTODY: Basis.CUSTODY_PERMISSION,
    Reader.CLINICIAN: Basis.TREATMENT,
    Reader.PATIENT: Basis.TREATMENT,
}
ASKED = Text(
    en="23 November 2026, 02:37: somebody of a federal agency asked in person for other words "
    "(take out the limit: Restraint and transport limits). Answered: declined; the letter stands "
    "as signed.",
    es="23 de noviembre de 2026, 02:37: alguien de un organismo federal pidió en persona otras "
    "palabras (quitar el límite: Límites de sujeción y traslado). Se contestó: que no; la carta "
    "queda como se firmó.",
)


def claim(id_: str, clause: str, *, addition: Text = NO_TEXT, **filled: Filling) -> Claim:
    """Make a claim of the night."""
    return Claim(
        id=ClaimId(id_),
        clause=ClauseId(clause),
        clause_version=1,
        filled=tuple(Filled(slot=slot, value=value) for slot, value in filled.items()),
        assessment=Assessment(
            ground=Ground.OBSERVED, by="staff/physician", at=SEEN, evidence="note/7"
        ),
        as_of=NIGHT,
        expires_at=ENDS,
        addition=addition,
    )


@cache
def night_claims() -> tuple[Claim, ...]:
    """The claims of the night."""
    return (
        claim("status", "status/no-emergency-found"),
        claim(
            "antibiotic",
            "care/medicine",
            kind="antibiotic",
            medicine="Cephalexin",
            dose="500 mg",
            route="by_mouth",
            every=8,
            days=7,
            next=NIGHT + timedelta(hours=4),
            storage="room",
        ),
        claim("pump", "care/lactation", every=3),
        claim("visit", "follow/visit", service="wound_care", within=3),
        claim("fever", "warning/sign", sign="fever"),
        claim("redness", "warning/sign", sign="spreading_redness"),
        claim("bleeding", "warning/sign", sign="heavy_bleeding"),
        claim(
            "ankle",
            "restraint/not-on-limb",
            addition=Text(en="Keep the dressing dry.", es="Mantener seca la curación."),
            limb="left_ankle",
            reason="infected_wound",
        ),
        claim("hands", "restraint/hands-in-front"),
        claim("chain", "restraint/no-waist-or-leg-chain", reason="postpartum"),
        claim("culture", "unknown/result-pending", test="Wound culture"),
        claim("air", "unknown/not-examined", unseen="air_travel"),
    )


def make_document(reader: Reader, claims: Iterable[Claim] | None = None) -> Document:
    """Make one of the three documents."""
    disclosure = Disclosure(basis=BASIS[reader], reference="file/3", opened_by=())
    page = Page(at=NIGHT, expires_at=ENDS, zone=ZONE, scope_version=1, ruling=NO_RULING)
    return compose(
        night_claims() if claims is None else claims,
        load_library(),
        addressee=Addressee(reader=reader, disclosure=disclosure),
        page=page,
    )


def lay_out(
    reader: Reader = Reader.CUSTODY,
    *languages: Language,
    claims: Iterable[Claim] | None = None,
    patient: str = "Bed 2, number 4417",
    number: str = "7F3K-2C",
) -> Sheet:
    """Lay a document of the night out on a sheet."""
    heading = Heading(
        letter=number,
        version=2,
        patient=patient,
        hospital="Sample hospital",
        signer=Text(en="A physician, attending", es="Personal médico tratante"),
        languages=languages or (ENGLISH,),
        zone=ZONE,
        check_at=f"https://bedside.example/letters/{number}",
        requests=(ASKED,) if reader is Reader.CUSTODY else (),
    )
    return make_sheet(make_document(reader, claims), heading)


def print_sheet(reader: Reader = Reader.CUSTODY, *languages: Language) -> bytes:
    """Print one of the three documents."""
    return open_press().print(lay_out(reader, *languages))


BOTH = (ENGLISH, SPANISH)
