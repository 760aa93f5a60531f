"""A signed letter is checked by anybody, and nothing added to it later is taken for the letter."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from paper_cast import ENDS, NIGHT, print_sheet
from paper_keys import (
    END,
    forge,
)
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import Signer, fields
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext
from pypdf import PdfReader

from bedside.record.letters.paper.sign import sign_letter
from bedside.record.letters.paper.verdict import SENTENCES, State, Verdict
from bedside.record.letters.paper.verify import MOST_BYTES, Trust, verify_letter
from bedside.rules.attestation.clause import Reader
from bedside.rules.vocabulary.problem import ENGLISH, SPANISH

LIBRARIES = ("/usr/lib/softhsm/libsofthsm2.so", "/usr/lib64/pkcs11/libsofthsm2.so")
make: Any = generic  # pyHanko leaves its objects untyped
MORNING = NIGHT + timedelta(hours=5)


def test_a_signed_letter_is_valid_and_says_which_it_is(letter: bytes, trust: Trust) -> None:
    verdict = verify_letter(letter, trust, at=MORNING)

    assert verdict.state is State.VALID
    assert verdict.is_genuine
    assert verdict.printed is not None
    assert (verdict.printed.letter, verdict.printed.version) == ("7F3K-2C", 2)
    assert verdict.printed.ends_at == ENDS
    assert verdict.signed_at == NIGHT
    assert "version 2 of letter 7F3K-2C" in verdict.sentence.en
    assert "versión 2 de la carta 7F3K-2C" in verdict.sentence.es


def test_the_printed_bytes_stand_unchanged_at_the_head_of_the_signed_ones(letter: bytes) -> None:
    assert letter.startswith(print_sheet())


def test_a_signed_letter_stays_archival_accessible_and_in_its_languages(signer: Signer) -> None:
    pdf = PdfReader(
        BytesIO(sign_letter(print_sheet(Reader.PATIENT, SPANISH, ENGLISH), signer, at=NIGHT))
    )

    root: Any = pdf.root_object
    assert root["/Lang"] == "es"
    assert root["/MarkInfo"]["/Marked"]
    assert {str(page["/Tabs"]) for page in pdf.pages} == {"/S"}
    assert pdf.xmp_metadata is not None
    assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf.xmp_metadata.stream.get_data()
    assert (
        pdf.metadata == PdfReader(BytesIO(print_sheet(Reader.PATIENT, SPANISH, ENGLISH))).metadata
    )


def test_a_signature_closes_the_letter_to_every_change(letter: bytes) -> None:
    (closing,) = PdfFileReader(BytesIO(letter)).embedded_regular_signatures

    assert closing.docmdp_level is fields.MDPPerm.NO_CHANGES
    assert closing.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"


def test_a_letter_that_was_superseded_says_by_which_version(letter: bytes, trust: Trust) -> None:
    verdict = verify_letter(letter, trust, at=MORNING, superseded_by=3)

    assert verdict.state is State.SUPERSEDED
    assert "version 3" in verdict.sentence.en
    assert "versión 3" in verdict.sentence.es
    assert verify_letter(letter, trust, at=MORNING, superseded_by=2).state is State.VALID


def test_a_letter_is_valid_until_its_end_and_expired_from_then_on(
    letter: bytes, trust: Trust
) -> None:
    just_before = ENDS - timedelta(seconds=1)

    assert verify_letter(letter, trust, at=just_before).state is State.VALID
    assert verify_letter(letter, trust, at=ENDS).state is State.EXPIRED


def test_a_letter_from_the_future_asks_to_check_the_clock(letter: bytes, trust: Trust) -> None:
    early = verify_letter(letter, trust, at=NIGHT - timedelta(hours=1))

    assert early.state is State.NOT_YET
    assert "Check the clock" in early.sentence.en


def test_a_letter_outlives_the_key_that_signed_it(letter: bytes, trust: Trust) -> None:
    later = verify_letter(letter, trust, at=END + timedelta(days=400))

    assert later.state is State.EXPIRED
    assert later.is_genuine


def add_note(writer: Any) -> None:  # noqa: ANN401 - pyHanko's, untyped
    """Put a note on the page, as a reader program does."""
    note = make.DictionaryObject(
        {
            generic.pdf_name("/Type"): generic.pdf_name("/Annot"),
            generic.pdf_name("/Subtype"): generic.pdf_name("/FreeText"),
            generic.pdf_name("/Contents"): generic.pdf_string("cleared for detention"),
            generic.pdf_name("/Rect"): make.ArrayObject(
                [make.NumberObject(n) for n in (50, 50, 300, 90)]
            ),
        }
    )
    page = writer.root["/Pages"]["/Kids"][0]
    page["/Annots"].append(writer.add_object(note))
    writer.update_container(page["/Annots"])
    writer.mark_update(page.container_ref)


def change_words(writer: Any) -> None:  # noqa: ANN401 - pyHanko's, untyped
    """Take the page's content away."""
    page = writer.root["/Pages"]["/Kids"][0]
    page["/Contents"] = writer.add_object(generic.StreamObject(stream_data=b"q Q"))
    writer.mark_update(page.container_ref)


def change_end(writer: Any) -> None:  # noqa: ANN401 - pyHanko's, untyped
    """Say in the file that it ends a year later."""
    about = writer.trailer["/Info"]
    later = str(about["/Keywords"]).replace("ends=1", "ends=2")
    about["/Keywords"] = generic.pdf_string(later)
    writer.update_container(about)


def change_title(writer: Any) -> None:  # noqa: ANN401 - pyHanko's, untyped
    """Give the file another title."""
    writer.root["/Lang"] = generic.pdf_string("fr")
    writer.update_root()


def add_nothing(writer: Any) -> None:  # noqa: ANN401 - pyHanko's, untyped
    """Append a revision with an object that nothing refers to."""
    writer.add_object(generic.pdf_string("left here"))


def add_room_for_a_signature(writer: Any) -> None:  # noqa: ANN401 - pyHanko's, untyped
    """Add an empty field in which somebody else could sign."""
    fields.append_signature_field(writer, fields.SigFieldSpec("Second"))


APPENDED = [add_room_for_a_signature, add_note, change_words, change_end, change_title, add_nothing]


def append(letter: bytes, change: Callable[[Any], None]) -> bytes:
    writer: Any = IncrementalPdfFileWriter(BytesIO(letter))
    change(writer)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize("change", APPENDED)
def test_an_appended_revision_is_refused_though_the_signature_stays_intact(
    letter: bytes, trust: Trust, change: Callable[[Any], None]
) -> None:
    appended = append(letter, change)

    assert appended.startswith(letter)
    (closing,) = PdfFileReader(BytesIO(appended)).embedded_regular_signatures
    moment = ValidationContext(trust_roots=list(trust.roots), moment=NIGHT)
    status = validate_pdf_signature(closing, moment, skip_diff=True)
    assert status.intact
    assert status.valid
    assert status.trusted
    verdict = verify_letter(appended, trust, at=MORNING)
    assert verdict.state is State.ALTERED
    assert "changed or added afterwards" in verdict.sentence.en


def test_bytes_behind_the_end_are_a_change(letter: bytes, trust: Trust) -> None:
    assert verify_letter(letter + b"\n% cleared", trust, at=MORNING).state is State.ALTERED


def test_a_letter_cut_short_is_no_letter_any_more(letter: bytes, trust: Trust) -> None:
    for length in (0, 1, 10, 1000, len(letter) // 2, len(letter) - 10):
        assert not verify_letter(letter[:length], trust, at=MORNING).is_genuine


def find_room(letter: bytes) -> tuple[int, int]:
    start = letter.rfind(b"/Contents <") + len(b"/Contents ")
    return start, letter.find(b">", start) + 1


def test_no_byte_that_is_signed_can_be_changed(letter: bytes, trust: Trust) -> None:
    start, end = find_room(letter)

    @settings(max_examples=150, deadline=None)
    @given(where=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
    def check(where: float, bit: int) -> None:
        changed = bytearray(letter)
        at = int(where * (len(changed) - (end - start)))
        changed[at if at < start else at + (end - start)] ^= 1 << bit

        assert not verify_letter(bytes(changed), trust, at=MORNING).is_genuine

    check()


def test_a_byte_of_the_signature_changes_nothing_that_is_said(letter: bytes, trust: Trust) -> None:
    # Some fields of the signature's envelope are not signed themselves, such as the list of
    # digests in use; turning one over may pass, but says nothing else.
    start, end = find_room(letter)
    whole = verify_letter(letter, trust, at=MORNING)

    @settings(max_examples=150, deadline=None)
    @given(where=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
    def check(where: float, bit: int) -> None:
        changed = bytearray(letter)
        changed[start + int(where * (end - start))] ^= 1 << bit

        verdict = verify_letter(bytes(changed), trust, at=MORNING)

        assert verdict == whole or not verdict.is_genuine

    check()


def test_nothing_hides_in_the_room_kept_for_the_signature(letter: bytes, trust: Trust) -> None:
    for sign in b"1 ":
        changed = bytearray(letter)
        changed[letter.rfind(b"00000000>")] = sign

        assert verify_letter(bytes(changed), trust, at=MORNING).state is State.ALTERED


def test_an_unsigned_letter_says_so(trust: Trust) -> None:
    verdict = verify_letter(print_sheet(), trust, at=MORNING)

    assert verdict.state is State.NOT_SIGNED
    assert verdict.printed is not None


def test_a_signature_that_leaves_the_letter_open_does_not_close_it(
    trust: Trust, signer: Signer
) -> None:
    approved = forge(print_sheet(), signer)
    loosely = forge(
        print_sheet(), signer, certify=True, docmdp_permissions=fields.MDPPerm.FILL_FORMS
    )

    assert verify_letter(approved, trust, at=MORNING).state is State.NOT_SIGNED
    assert verify_letter(loosely, trust, at=MORNING).state is State.NOT_SIGNED


@pytest.mark.parametrize(
    "content",
    [b"", b"%PDF-1.7\n%%EOF", b"hello", b"\x00" * 1000, b"%PDF-" + b"[" * 5000],
)
def test_what_is_no_letter_is_said_to_be_none(content: bytes, trust: Trust) -> None:
    assert verify_letter(content, trust, at=MORNING).state is State.NOT_A_LETTER


def test_no_file_makes_the_check_fail(letter: bytes, trust: Trust) -> None:
    @settings(max_examples=120, deadline=None)
    @given(st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=12)), max_size=6), st.booleans())
    def check(cuts: list[tuple[float, bytes]], is_whole: bool) -> None:  # noqa: FBT001 - drawn
        changed = bytearray(letter if is_whole else b"")
        for where, piece in cuts:
            at = int(where * len(changed))
            changed[at : at + len(piece)] = piece

        verdict = verify_letter(bytes(changed), trust, at=MORNING)

        assert bytes(changed) == letter or not verdict.is_genuine or _say_same(verdict, letter)

    def _say_same(verdict: Verdict, whole: bytes) -> bool:
        return verdict == verify_letter(whole, trust, at=MORNING)

    check()


def test_a_file_too_large_to_be_a_letter_is_not_opened(letter: bytes, trust: Trust) -> None:
    large = letter + b"\0" * MOST_BYTES

    assert verify_letter(large, trust, at=MORNING).state is State.NOT_A_LETTER


def test_every_state_has_a_sentence_in_both_languages() -> None:
    assert set(SENTENCES) == set(State)
    assert all(said.en != said.es for said in SENTENCES.values())
