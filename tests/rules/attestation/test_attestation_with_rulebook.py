"""The shipped rulebook decides before whom a letter may stand, and its norms are named."""

from datetime import date
from functools import cache
from pathlib import Path

from attestation_cast import LETTER, LIBRARY, PAGE

from bedside.rules.attestation.claim import NEVER, ClaimClass
from bedside.rules.attestation.clause import Reader
from bedside.rules.attestation.compose import Addressee, Document, compose
from bedside.rules.attestation.grounds import Broken, find_disclosure, find_ruling
from bedside.rules.attestation.readers import Basis, judge_class
from bedside.rules.decide.advice import Advice
from bedside.rules.decide.advise import advise
from bedside.rules.decide.situation import Situation
from bedside.rules.rulebook.norm import Rank
from bedside.rules.tables.compiled import SHIPPED, Compiled, load_compiled
from bedside.rules.vocabulary.catalogue import Value

REPOSITORY = Path(__file__).resolve().parents[3]
DAY = date(2026, 11, 23)
ASKS: dict[str, Value] = {
    "activity": "discharge",
    "in_custody": True,
    "officer_asks": "letter",
    "recipient": "officer",
    "representation_purpose": "safety_in_transport",
    "request_basis": "oral",
}
CALIFORNIA = "us/ca/civ-56-10-a-no-disclosure-without-authorization"
CUSTODY_NORM = "us/federal/hhs/hipaa/164-512-k-5-i-custody-representation"


@cache
def rulebook() -> Compiled:
    return load_compiled([SHIPPED], cache=REPOSITORY / "build" / "tests" / "rulebook")


def ask(where: str, **facts: Value) -> Advice:
    situation = Situation(jurisdiction=where, facts={**ASKS, **facts}, as_of=DAY)
    return advise(rulebook(), situation)


def broken(advice: Advice, dimension: str, *, guidance: bool = False) -> Broken:
    found = advice.dimensions[dimension].breaks or {}
    if guidance:
        return found
    return {
        word: tuple(n for n in norms if advice.norms[n].rank is not Rank.GUIDANCE)
        for word, norms in found.items()
    }


def make(advice: Advice, reader: Reader, basis: Basis) -> Document:
    disclosure = find_disclosure(
        reader,
        basis,
        reference="request/3",
        permissions=advice.permissions,
        broken=broken(advice, "disclosure"),
    )
    return compose(
        LETTER, LIBRARY, addressee=Addressee(reader=reader, disclosure=disclosure), page=PAGE
    )


def test_a_stated_purpose_opens_the_custody_permission_by_its_own_norm() -> None:
    notice = make(ask("us/az"), Reader.CUSTODY, Basis.CUSTODY_PERMISSION)

    assert notice.lines
    assert CUSTODY_NORM in notice.disclosure.opened_by
    assert all(CUSTODY_NORM in line.norms for line in notice.lines)


def test_california_gives_a_custodian_nothing_without_the_patients_permission() -> None:
    notice = make(ask("us/ca"), Reader.CUSTODY, Basis.CUSTODY_PERMISSION)

    assert notice.lines == ()
    assert all(CALIFORNIA in one.norms for one in notice.left_out)


def test_the_patients_permission_opens_the_same_notice_in_california() -> None:
    advice = ask("us/ca", written_authorization=True)

    assert make(advice, Reader.CUSTODY, Basis.CONSENT).lines


def test_the_receiving_clinician_gets_the_summary_also_in_california() -> None:
    advice = ask("us/ca", recipient="receiving_clinician")

    assert make(advice, Reader.CLINICIAN, Basis.TREATMENT).lines


def test_the_patient_is_told_whatever_a_custodian_may_know() -> None:
    assert make(ask("us/ca"), Reader.PATIENT, Basis.TREATMENT).lines


def test_no_norm_of_the_rulebook_stands_against_an_honest_class() -> None:
    advice = ask("us/az", recipient="receiving_clinician")
    ruling = find_ruling(broken(advice, "letter_claim", guidance=True))
    disclosure = make(advice, Reader.CLINICIAN, Basis.TREATMENT).disclosure

    for class_ in set(ClaimClass) - NEVER:
        assert judge_class(class_, Reader.CLINICIAN, disclosure, ruling).may


def test_a_verdict_on_custody_names_the_norms_that_stand_against_it() -> None:
    advice = ask("us/az", recipient="receiving_clinician")
    ruling = find_ruling(broken(advice, "letter_claim", guidance=True))
    disclosure = make(advice, Reader.CLINICIAN, Basis.TREATMENT).disclosure

    standing = judge_class(ClaimClass.FIT_FOR_CUSTODY, Reader.CLINICIAN, disclosure, ruling)

    assert not standing.may
    assert "world/un/37-194-4b-no-certificate-of-fitness" in standing.norms
