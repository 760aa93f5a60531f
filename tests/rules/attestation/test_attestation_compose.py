"""One set of claims becomes three documents; nothing stands in one without a reason."""

from dataclasses import replace
from datetime import timedelta

import pytest
from attestation_cast import (
    ANKLE,
    ANTIBIOTIC,
    BOOKED,
    CAR,
    CLINICIAN,
    CUSTODY,
    ENDS,
    LETTER,
    LIBRARY,
    NIGHT,
    PAGE,
    PATIENT,
    PHYSICIAN,
    SEEN,
    STATED,
    STATUS,
    SUPPORT,
    TB,
    claim,
    refill,
)

from bedside.rules.attestation.check import LONGEST_LIFE, check_claims
from bedside.rules.attestation.claim import Claim, ClaimClass, ClaimId, ClauseId
from bedside.rules.attestation.clause import Reader
from bedside.rules.attestation.compose import Addressee, Document, compose
from bedside.rules.attestation.readers import Basis, Disclosure, Ruling, judge_class
from bedside.rules.vocabulary.problem import NO_TEXT, Text

ALL = (CUSTODY, CLINICIAN, PATIENT)


def make(*claims: Claim, addressee: Addressee = CUSTODY) -> Document:
    return compose(claims, LIBRARY, addressee=addressee, page=PAGE)


def said(document: Document) -> dict[str, str]:
    return {line.claim: line.text.en for line in document.lines}


def codes(*claims: Claim) -> list[str]:
    return [problem.kind.code for problem in check_claims(claims, LIBRARY)]


def test_the_custodian_reads_needs_without_a_diagnosis_or_the_name_of_a_medicine() -> None:
    notice = make(*LETTER)

    assert said(notice)["ankle"] == "Left ankle: no restraint, and nothing may press on it."
    assert said(notice)["antibiotic"] == (
        "Antibiotic by mouth every 8 h, next dose 23 November 2026, 06:10. "
        "Keep it at room temperature."
    )
    whole = " ".join(said(notice).values())
    assert "Cephalexin" not in whole
    assert "infected" not in whole
    assert "tuberculosis" not in whole.lower()


def test_the_clinician_reads_everything_and_the_patient_reads_plain_words() -> None:
    summary, copy = make(*LETTER, addressee=CLINICIAN), make(*LETTER, addressee=PATIENT)

    assert summary.left_out == ()
    assert said(summary)["ankle"] == "Left ankle: no restraint (infected wound)."
    assert said(copy)["pump"] == "Ask for a pump or your baby every 3 hours."


def test_dates_and_places_reach_the_clinician_only() -> None:
    assert "booked" in said(make(BOOKED, addressee=CLINICIAN))
    for addressee in (CUSTODY, PATIENT):
        (left,) = make(BOOKED, addressee=addressee).left_out
        assert left.letter is ClaimClass.FOLLOW_UP
        assert left.why.en
        assert left.why.es


@pytest.mark.parametrize("addressee", ALL, ids=lambda one: one.reader)
def test_every_line_says_why_its_reader_needs_it_and_by_which_norm(addressee: Addressee) -> None:
    document = make(*LETTER, addressee=addressee)

    assert document.lines
    for line in document.lines:
        assert line.needed.en
        assert line.needed.es
        assert line.norms
        assert (line.assessed_by, line.assessed_at) == (PHYSICIAN, SEEN)


@pytest.mark.parametrize("addressee", ALL, ids=lambda one: one.reader)
def test_every_claim_stands_in_a_document_or_is_named_as_left_out(addressee: Addressee) -> None:
    document = make(*LETTER, CAR, addressee=addressee)

    stands = [line.claim for line in document.lines]
    left = [one.claim for one in document.left_out]
    assert sorted(stands + left) == sorted(claim.id for claim in (*LETTER, CAR))


@pytest.mark.parametrize("addressee", ALL, ids=lambda one: one.reader)
def test_the_scope_box_stands_on_every_document(addressee: Addressee) -> None:
    assert "not an opinion on detention" in make(STATUS, addressee=addressee).scope.en


def test_a_letter_for_a_patient_who_stays_says_so_in_its_box() -> None:
    document = make(claim("status", "status/stay-goes-on"), ANKLE)

    assert "The hospital stay has not ended" in document.scope.en
    assert said(document)["status"].startswith("The hospital stay has not ended.")


def test_lines_stand_in_the_order_of_their_classes() -> None:
    letters = [line.letter for line in make(*reversed(LETTER), addressee=CLINICIAN).lines]

    assert letters == sorted(letters)


@pytest.mark.parametrize("class_", [c for c in ClaimClass if not c.is_attested])
@pytest.mark.parametrize("addressee", ALL, ids=lambda one: one.reader)
def test_what_is_never_attested_stands_before_no_reader_on_any_ground(
    class_: ClaimClass, addressee: Addressee
) -> None:
    for basis in Basis:
        disclosure = Disclosure(basis=basis, reference="file/1", opened_by=("some/norm",))
        standing = judge_class(class_, addressee.reader, disclosure)
        assert not standing.may
        assert "Say instead" in standing.why.en
        assert "En su lugar" in standing.why.es


def test_treatment_is_no_ground_for_telling_a_custodian() -> None:
    wrong = Addressee(reader=Reader.CUSTODY, disclosure=CLINICIAN.disclosure)

    document = make(*LETTER, addressee=wrong)

    assert document.lines == ()
    assert "no ground" in document.left_out[0].why.en


def test_a_ground_with_nothing_on_file_gives_nothing_out() -> None:
    bare = Addressee(reader=Reader.CUSTODY, disclosure=replace(STATED, reference=" "))

    document = make(*LETTER, addressee=bare)

    assert document.lines == ()
    assert "the purpose that the custodian stated" in document.left_out[0].why.en
    assert "el fin que declaró quien custodia" in document.left_out[0].why.es


def test_a_norm_that_stands_against_disclosure_is_named_and_nothing_is_given() -> None:
    against = "us/ca/civ-56-10-a-no-disclosure-without-authorization"
    barred = Addressee(reader=Reader.CUSTODY, disclosure=replace(STATED, barred_by=(against,)))

    document = make(*LETTER, addressee=barred)

    assert document.lines == ()
    assert {one.norms for one in document.left_out} == {(against,)}


def test_a_norm_against_one_class_leaves_that_class_out() -> None:
    page = replace(PAGE, ruling=Ruling(against={"contagion": ("some/norm",)}))

    document = compose((TB, ANKLE), LIBRARY, addressee=CUSTODY, page=page)

    assert list(said(document)) == ["ankle"]
    assert document.left_out[0].norms == ("some/norm",)


def test_a_claim_that_is_over_is_left_out_and_says_so() -> None:
    old = replace(STATUS, as_of=NIGHT - timedelta(days=1), expires_at=NIGHT)
    old = replace(old, assessment=replace(SUPPORT, at=NIGHT - timedelta(days=2)))

    (left,) = make(old).left_out

    assert "assess again" in left.why.en


def test_free_words_reach_those_who_treat_and_never_the_custodian() -> None:
    words = Text(en="Keep it dry.", es="Mantener seco.")
    ankle = replace(ANKLE, addition=words)

    assert make(ankle).lines[0].addition == NO_TEXT
    assert make(ankle, addressee=CLINICIAN).lines[0].addition == words


def test_a_claim_with_blocked_words_stands_nowhere_and_offers_honest_ones() -> None:
    ankle = replace(ANKLE, addition=Text(en="Otherwise f1t.", es=""))

    for addressee in ALL:
        (left,) = make(ankle, addressee=addressee).left_out
        assert "as of a stated time" in left.why.en
    assert codes(ankle) == ["attestation.blocked-words"]


def test_blocked_words_cannot_hide_in_the_name_of_a_medicine() -> None:
    assert codes(refill(ANTIBIOTIC, medicine="cleared for jail")) == ["attestation.wrong-slot"]


@pytest.mark.parametrize(
    ("broken", "code"),
    [
        (replace(ANKLE, clause=ClauseId("restraint/none")), "attestation.unknown-clause"),
        (replace(ANKLE, clause_version=2), "attestation.other-version"),
        (replace(ANKLE, assessment=replace(SUPPORT, by=" ")), "attestation.no-evidence"),
        (replace(ANKLE, assessment=replace(SUPPORT, evidence="")), "attestation.no-evidence"),
        (replace(ANKLE, as_of=NIGHT.replace(tzinfo=None)), "attestation.not-timed"),
        (replace(ANKLE, as_of=SEEN - timedelta(minutes=1)), "attestation.not-yet"),
        (replace(ANKLE, expires_at=NIGHT), "attestation.no-end"),
        (
            replace(ANKLE, expires_at=NIGHT + LONGEST_LIFE + timedelta(seconds=1)),
            "attestation.no-end",
        ),
        (refill(ANKLE, limb="tail"), "attestation.wrong-slot"),
        (refill(ANTIBIOTIC, every=0), "attestation.wrong-slot"),
        (refill(ANTIBIOTIC, every=True), "attestation.wrong-slot"),
        (refill(ANTIBIOTIC, next=NIGHT.replace(tzinfo=None)), "attestation.wrong-slot"),
        (refill(ANTIBIOTIC, medicine="x" * 81), "attestation.wrong-slot"),
        (refill(ANKLE, colour="blue"), "attestation.wrong-slot"),
        (replace(ANKLE, filled=ANKLE.filled[:1]), "attestation.wrong-slot"),
        (replace(ANKLE, filled=(*ANKLE.filled, ANKLE.filled[0])), "attestation.wrong-slot"),
    ],
)
def test_a_claim_that_is_not_whole_says_what_is_missing(broken: Claim, code: str) -> None:
    problems = check_claims((broken,), LIBRARY)

    assert {problem.kind.code for problem in problems} == {code}
    assert make(broken).lines == ()


def test_two_claims_with_one_name_are_refused() -> None:
    other = replace(STATUS, id=ClaimId("ankle"))

    assert codes(ANKLE, other) == ["attestation.claim-twice"]


def test_a_claim_ends_no_later_than_a_week_after_it_speaks() -> None:
    assert codes(replace(ANKLE, expires_at=NIGHT + LONGEST_LIFE)) == []
    assert codes(replace(ANKLE, expires_at=ENDS)) == []
