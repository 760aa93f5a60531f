"""The letters of these tests: a stay, what a physician would say of it, and how it is signed."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from bedside.record.accounts.models import Person
from bedside.record.encounters.models import Encounter
from bedside.record.encounters.operations import Opening, record_encounter
from bedside.record.letters.documents import Around, Frame, House, compose_three, make_sheets
from bedside.record.letters.grounds import Grounds
from bedside.record.letters.keys import KeyPlace
from bedside.record.letters.models import Letter
from bedside.record.letters.operations import Draft, Signing, record_letter, record_signed
from bedside.record.letters.paper.press import open_press
from bedside.record.letters.printing import Printed, print_and_sign
from bedside.record.letters.queries import find_grounds, find_history
from bedside.rules.attestation.claim import (
    Assessment,
    Claim,
    ClaimId,
    ClauseId,
    Filled,
    Filling,
    Ground,
)
from bedside.rules.attestation.clause import Reader
from bedside.rules.attestation.compose import Document
from bedside.rules.attestation.events import SignerRole
from bedside.rules.attestation.history import Version
from bedside.rules.decide.advice import Advice
from bedside.rules.decide.advise import advise
from bedside.rules.decide.situation import Situation
from bedside.rules.tables.compiled import SHIPPED, Compiled, load_compiled
from bedside.rules.vocabulary.problem import Text
from record_cast import NIGHT, SITE, UNIT, begin, read_with

REPOSITORY = Path(__file__).parents[2]
ENDS = NIGHT + timedelta(days=1)
GROUNDS = Grounds(
    need="care_of_patient", purpose="said so at the desk, 02:30", receiver="the clinic on call"
)
HOUSE = House(
    name="Sample hospital in Texas",
    zone=ZoneInfo("America/Chicago"),
    is_sample=True,
    check_at="https://bedside.example/letters/checks/",
)


@cache
def find_advice(reader: Reader) -> Advice:
    """Ask the shipped rulebook about a letter that an officer asks for in Texas."""
    facts = {"facility_kind": "hospital", "in_custody": True, **GROUNDS.facts_for(reader)}
    situation = Situation(as_of=date(2026, 11, 24), jurisdiction="us/tx", facts=facts)
    return advise(find_rulebook(), situation)


@cache
def find_rulebook() -> Compiled:
    """Read the shipped rulebook once."""
    return load_compiled([SHIPPED], cache=REPOSITORY / "build" / "tests" / "rulebook")


def claim(
    id_: str, clause: str, *, by: str = "person/1", at: datetime = NIGHT, **filled: Filling
) -> Claim:
    """Make a claim of the night."""
    return Claim(
        id=ClaimId(id_),
        clause=ClauseId(clause),
        clause_version=1,
        filled=tuple(Filled(slot=slot, value=value) for slot, value in filled.items()),
        assessment=Assessment(
            ground=Ground.OBSERVED, by=by, at=at - timedelta(minutes=20), evidence="note 7"
        ),
        as_of=at,
        expires_at=ENDS,
    )


STATUS = claim("status", "status/no-emergency-found")
FEVER = claim("fever", "warning/sign", sign="fever")
ANKLE = claim("ankle", "restraint/not-on-limb", limb="left_ankle", reason="infected_wound")
PUMP = claim("pump", "care/lactation", every=3)
AIR = claim("air", "unknown/not-examined", unseen="air_travel")
CLAIMS = (STATUS, FEVER, ANKLE, PUMP, AIR)


def open_stay(
    by: Person, *, number: str = "4711", language: str = "es", days: int = 0
) -> Encounter:
    """Open a stay."""
    at = NIGHT + timedelta(days=days)
    opening = Opening(
        unit=UNIT, room="412", patient="bed by the window", number=number, language=language
    )
    return record_encounter(begin(by=by, at=at), opening=opening, facts={"in_custody": True})


def draft(*claims: Claim, **changes: object) -> Draft:
    """Write a draft."""
    made = Draft(claims=claims or CLAIMS, expires_at=ENDS, grounds=GROUNDS)
    return replace(made, **changes)  # type: ignore[arg-type]  # fields of the draft


def start(by: Person, *claims: Claim) -> Letter:
    """Draft a letter about a new stay."""
    return record_letter(begin(by=by), open_stay(by), draft=draft(*claims))


def compose_version(letter: Letter, version: Version, at: datetime) -> Mapping[Reader, Document]:
    """Make the three documents of a version."""
    frame = Frame(
        at=at,
        expires_at=version.draft.expires_at,
        scope_version=version.draft.scope_version,
        grounds=find_grounds(read_with(), letter),
        advices={reader: find_advice(reader) for reader in Reader},
    )
    return compose_three(version.claims, frame, HOUSE)


def print_version(
    letter: Letter, folder: Path, *, number: int, at: datetime
) -> tuple[Printed, ...]:
    """Print and sign the documents of a draft."""
    version = find_history(read_with(), letter).find_version(number)
    assert version is not None
    around = Around(
        code=letter.code,
        number=number,
        patient="bed by the window",
        language="es",
        signer=Text(en="Attending physician", es="Médico o médica tratante"),
        scope_version=version.draft.scope_version,
    )
    sheets = make_sheets(compose_version(letter, version, at), around, HOUSE, claims=version.claims)
    return print_and_sign(sheets, open_press(), place(folder), at=at, random=lambda n: b"\1" * n)


def place(folder: Path) -> KeyPlace:
    """Say where the key of these tests lies."""
    return KeyPlace(folder=folder, site=SITE, name=HOUSE.name)


def sign(
    letter: Letter,
    by: Person,
    folder: Path,
    *,
    at: datetime = NIGHT + timedelta(minutes=1),
    signing: Signing | None = None,
) -> Letter:
    """Sign the draft of a letter as it is printed."""
    letter.refresh_from_db()
    number = letter.signed + 1
    signing = signing or Signing(number=number, role=SignerRole.ATTENDING)
    copies = print_version(letter, folder, number=number, at=at)
    record_signed(begin(by=by, at=at), letter, signing=signing, copies=copies, seen=letter.version)
    letter.refresh_from_db()
    return letter
