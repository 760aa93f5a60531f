"""A letter is drafted, signed on paper, replaced, never edited; the ledger prints it again."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from letters_cast import (
    ANKLE,
    CLAIMS,
    FEVER,
    draft,
    place,
    print_version,
    sign,
    start,
)

from bedside.record.accounts.roles import Role
from bedside.record.journal.queries import find_events
from bedside.record.letters.documents import find_languages
from bedside.record.letters.keys import find_trust, make_pair
from bedside.record.letters.models import Copy, Letter, Step
from bedside.record.letters.operations import Signing, record_draft, record_signed
from bedside.record.letters.paper.press import open_press
from bedside.record.letters.paper.verdict import State
from bedside.record.letters.paper.verify import verify_letter
from bedside.record.letters.queries import (
    find_copies,
    find_history,
    read_pdf,
    read_sheet,
    replay_journal,
)
from bedside.record.letters.refusals import ChangedMeanwhile
from bedside.rules.attestation.events import Reason, ReasonCode, SignerRole, VerbalOrder
from bedside.rules.attestation.history import VersionStatus
from bedside.rules.vocabulary.problem import ENGLISH, Problems, Text
from record_cast import NIGHT, Cast, begin, hire, read_with

LATER = NIGHT + timedelta(minutes=30)


def find_state(letter: Letter, folder: Path, *, superseded_by: int | None = None) -> set[State]:
    """Verify every copy of a letter."""
    trust = find_trust(place(folder))
    return {
        verify_letter(
            read_pdf(read_with(), Copy.objects.get(pk=one.pk)),
            trust,
            at=LATER,
            superseded_by=superseded_by,
        ).state
        for one in find_copies(letter)
    }


def test_a_drafted_letter_is_signed_on_paper_that_verifies(cast: Cast, tmp_path: Path) -> None:
    letter = start(cast.physician)

    sign(letter, cast.physician, tmp_path)

    history = find_history(read_with(), letter)
    assert history.in_force is not None
    assert {one.reader for one in find_copies(letter)} == {"custody", "clinician", "patient"}
    assert find_state(letter, tmp_path) == {State.VALID}


def test_a_changed_byte_of_the_paper_is_found(cast: Cast, tmp_path: Path) -> None:
    letter = sign(start(cast.physician), cast.physician, tmp_path)
    pdf = bytearray(read_pdf(read_with(), Copy.objects.filter(letter=letter)[0]))
    pdf[len(pdf) // 3] ^= 1

    verdict = verify_letter(bytes(pdf), find_trust(place(tmp_path)), at=LATER)

    assert not verdict.is_genuine


def test_the_journal_alone_prints_every_version_again_byte_for_byte(
    cast: Cast, tmp_path: Path
) -> None:
    letter = sign(start(cast.physician), cast.physician, tmp_path)

    history, sheets = replay_journal(read_with(), letter)

    assert history == find_history(read_with(), letter)
    assert len(sheets) == 3
    for copy in Copy.objects.filter(letter=letter):
        sheet = next(one for one in sheets if one == read_sheet(read_with(), copy))
        assert read_pdf(read_with(), copy).startswith(open_press().print(sheet))


def test_md_03_nothing_of_a_signed_letter_changes_without_a_clinical_reason(
    cast: Cast, tmp_path: Path
) -> None:
    letter = sign(start(cast.physician), cast.physician, tmp_path)
    without = tuple(one for one in CLAIMS if one is not ANKLE)

    with pytest.raises(Problems) as refused:
        record_draft(
            begin(by=cast.physician, at=LATER), letter, draft=draft(*without), seen=letter.version
        )

    assert refused.value.problems[0].kind.code == "attestation.no-clinical-reason"
    assert Step.objects.filter(letter=letter).count() == letter.version


def test_a_new_finding_makes_a_second_version_and_the_first_steps_back(
    cast: Cast, tmp_path: Path
) -> None:
    letter = sign(start(cast.physician), cast.physician, tmp_path)
    found = Reason(
        claim=FEVER.id,
        code=ReasonCode.NEW_FINDING,
        evidence="note 8",
        found_by="person/1",
        found_at=NIGHT + timedelta(minutes=20),
    )
    kept = tuple(one for one in CLAIMS if one is not FEVER)
    record_draft(
        begin(by=cast.physician, at=LATER),
        letter,
        draft=draft(*kept, reasons=(found,)),
        seen=letter.version,
    )

    sign(letter, cast.physician, tmp_path, at=LATER)

    history = find_history(read_with(), letter)
    assert [one.status for one in history.versions] == [
        VersionStatus.SUPERSEDED,
        VersionStatus.SIGNED,
    ]
    assert State.SUPERSEDED in find_state(letter, tmp_path, superseded_by=2)
    kinds = [one.kind.name for one in find_events(read_with(), record=letter.about)]
    assert kinds[0] == "letter.superseded"


def test_md_04_a_resident_signs_only_on_an_order_that_was_read_back(
    cast: Cast, tmp_path: Path
) -> None:
    resident = hire(Role.RESIDENT)
    letter = start(resident)
    order = VerbalOrder(by=f"person/{cast.physician.pk}", read_back_at=NIGHT)
    alone = Signing(number=1, role=SignerRole.RESIDENT)

    with pytest.raises(Problems) as refused:
        sign(letter, resident, tmp_path, signing=alone)

    assert refused.value.problems[0].kind.code == "attestation.no-order"
    assert not Copy.objects.exists()
    sign(letter, resident, tmp_path, signing=replace(alone, order=order))
    assert find_state(letter, tmp_path) == {State.VALID}


def test_md_02_words_that_no_letter_says_cannot_be_signed(cast: Cast) -> None:
    for words in ("Fit for detention.", "Es apta para la detención.", "f i t for detention"):
        bad = replace(FEVER, addition=Text(en=words, es=""))
        letter = start(cast.physician, *CLAIMS[2:], bad)

        with pytest.raises(Problems) as refused:
            record_signed(
                begin(by=cast.physician, at=LATER),
                letter,
                signing=Signing(number=1, role=SignerRole.ATTENDING),
                copies=(),
                seen=letter.version,
            )

        assert refused.value.problems[0].kind.code == "attestation.blocked-words"


def test_two_signers_at_once_sign_one_letter(cast: Cast, tmp_path: Path) -> None:
    letter = start(cast.physician)
    copies = print_version(letter, tmp_path, number=1, at=NIGHT)
    signing, seen = Signing(number=1, role=SignerRole.ATTENDING), letter.version
    record_signed(begin(by=cast.physician), letter, signing=signing, copies=copies, seen=seen)

    with pytest.raises(ChangedMeanwhile):
        record_signed(
            begin(by=hire(Role.ATTENDING)), letter, signing=signing, copies=copies, seen=seen
        )

    assert Copy.objects.filter(letter=letter).count() == 3


def test_the_key_of_a_hospital_is_made_once_and_read_by_its_owner_alone(tmp_path: Path) -> None:
    own = place(tmp_path)
    make_pair(own, at=NIGHT, random=lambda n: b"\1" * n)
    first = own.certificate.read_bytes()

    make_pair(own, at=LATER, random=lambda n: b"\2" * n)

    assert own.certificate.read_bytes() == first
    assert own.key.stat().st_mode & 0o777 == 0o600
    assert own.own.stat().st_mode & 0o777 == 0o700
    assert [one.name for one in tmp_path.iterdir()] == ["letters-sample"]


def test_words_of_a_letter_lie_sealed(cast: Cast, tmp_path: Path) -> None:
    letter = sign(start(cast.physician), cast.physician, tmp_path)

    rows = [bytes(one.plain) for one in Step.objects.filter(letter=letter)]
    rows += [bytes(one.sheet) + bytes(one.pdf) for one in Copy.objects.filter(letter=letter)]
    rows.append(bytes(letter.grounds))

    assert not any(b"ankle" in row or b"Sample" in row or b"purpose" in row for row in rows)


def test_pf_07_unreviewed_spanish_is_printed_only_in_a_sample_hospital_and_is_marked(
    cast: Cast, tmp_path: Path
) -> None:
    letter = sign(start(cast.physician), cast.physician, tmp_path)
    copy = Copy.objects.get(letter=letter, reader="patient")
    sheet = read_sheet(read_with(), copy)

    real = find_languages("es", CLAIMS, 1, is_sample=False)

    assert copy.languages == "es"
    assert sheet is not None
    assert "Un traductor calificado no ha revisado la traducción." in sheet.content.decode()
    assert "Un agente puede quitarle los papeles que lleve" in sheet.content.decode()
    assert real == (ENGLISH,)
