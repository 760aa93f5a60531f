"""The letters of these tests: one night, one patient, claims as a physician would make them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

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
from bedside.rules.attestation.compose import Addressee, Page
from bedside.rules.attestation.readers import NO_RULING, Basis, Disclosure
from bedside.rules.attestation.scope import current_scope

ZONE = ZoneInfo("America/Phoenix")
SEEN = datetime(2026, 11, 23, 8, 50, tzinfo=UTC)  # 01:50 in Phoenix
NIGHT = SEEN + timedelta(minutes=20)
ENDS = NIGHT + timedelta(days=1)
LIBRARY = load_library()
PHYSICIAN = "staff/physician"
NURSE = "staff/nurse"
OFFICER = "officer/1"
SUPPORT = Assessment(ground=Ground.OBSERVED, by=PHYSICIAN, at=SEEN, evidence="note/7")


def claim(id_: str, clause: str, **filled: Filling) -> Claim:
    """Make a claim of the night."""
    return Claim(
        id=ClaimId(id_),
        clause=ClauseId(clause),
        clause_version=1,
        filled=tuple(Filled(slot=slot, value=value) for slot, value in filled.items()),
        assessment=SUPPORT,
        as_of=NIGHT,
        expires_at=ENDS,
    )


def refill(one: Claim, **filled: Filling) -> Claim:
    """Put other things into a claim's slots."""
    slots = {old.slot: old.value for old in one.filled} | filled
    return replace(one, filled=tuple(Filled(slot=s, value=v) for s, v in slots.items()))


STATUS = claim("status", "status/no-emergency-found")
ANTIBIOTIC = claim(
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
)
PUMP = claim("pump", "care/lactation", every=3)
VISIT = claim("visit", "follow/visit", service="wound_care", within=3)
BOOKED = claim(
    "booked",
    "follow/booked",
    service="wound_care",
    place="Wound clinic, room 4",
    when=NIGHT + timedelta(days=3),
)
FEVER = claim("fever", "warning/sign", sign="fever")
ANKLE = claim("ankle", "restraint/not-on-limb", limb="left_ankle", reason="infected_wound")
NO_AIR = claim("air", "unknown/not-examined", unseen="air_travel")
CAR = claim("car", "travel/by-means", means="car", hours=4, stops=2)
TB = claim("tb", "contagion/no-sign", illness="tuberculosis")
UNDERSTOOD = claim("plan", "capacity/plan-understood", interpreter="qualified")
LETTER = (STATUS, ANTIBIOTIC, PUMP, VISIT, BOOKED, FEVER, ANKLE, TB, UNDERSTOOD, NO_AIR)

PAGE = Page(at=NIGHT, expires_at=ENDS, zone=ZONE, scope_version=current_scope(), ruling=NO_RULING)
STATED = Disclosure(
    basis=Basis.CUSTODY_PERMISSION,
    reference="request/3: safety in transport",
    opened_by=("us/federal/hhs/hipaa/164-512-k-5-i-custody-representation",),
)
CUSTODY = Addressee(reader=Reader.CUSTODY, disclosure=STATED)
CLINICIAN = Addressee(
    reader=Reader.CLINICIAN,
    disclosure=Disclosure(basis=Basis.TREATMENT, reference="receiver/2"),
)
PATIENT = Addressee(
    reader=Reader.PATIENT, disclosure=Disclosure(basis=Basis.TREATMENT, reference="patient/1")
)
