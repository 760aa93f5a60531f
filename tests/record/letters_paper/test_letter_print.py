"""A letter prints the same every time, tagged, in its languages, with its own fonts only."""

import hashlib
import json
import re
import shutil
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from typing import Any, cast

import pytest
from paper_cast import BOTH, NIGHT, claim, lay_out, night_claims, print_sheet
from pypdf import PdfReader
from pypdf.generic import DictionaryObject, IndirectObject

from bedside.record.letters.paper.fonts import EXPECTED, FONTS, FontsMissing, verify_fonts
from bedside.record.letters.paper.press import NotPrinted, Press, draw_code, open_press
from bedside.record.letters.paper.sheet import HiddenCharacter
from bedside.rules.attestation.clause import Reader
from bedside.rules.attestation.plain import read_claim, write_claim
from bedside.rules.vocabulary.problem import ENGLISH, SPANISH, Text

READERS = [(reader, languages) for reader in Reader for languages in ((ENGLISH,), (SPANISH,), BOTH)]


def open_pdf(pdf: bytes) -> PdfReader:
    return PdfReader(BytesIO(pdf))


def root_of(pdf: bytes) -> Any:  # noqa: ANN401 - a tree of any shape
    return open_pdf(pdf).root_object


def text_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text().split()) for page in open_pdf(pdf).pages)


def find_languages(pdf: bytes) -> set[str]:
    """Find the languages that the words themselves are tagged with."""
    contents = [page.get_contents() for page in open_pdf(pdf).pages]
    words = b"".join(content.get_data() for content in contents if content is not None)
    return {found.decode() for found in re.findall(rb"/Lang\(([a-z]+)\)", words)}


def find_tags(node: Any) -> list[str]:  # noqa: ANN401 - a tree of any shape
    node = node.get_object() if isinstance(node, IndirectObject) else node
    if isinstance(node, DictionaryObject):
        own = [str(node["/S"])] if "/S" in node else []
        return own + find_tags(node.get("/K", []))
    return [tag for one in node for tag in find_tags(one)] if isinstance(node, list) else []


@pytest.mark.parametrize(("reader", "languages"), READERS)
def test_every_document_says_it_is_archival_and_accessible(
    reader: Reader, languages: tuple[Any, ...]
) -> None:
    pdf = open_pdf(print_sheet(reader, *languages))

    about = pdf.xmp_metadata
    assert about is not None
    said = about.stream.get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in said
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in said
    assert "<pdfuaid:part>1</pdfuaid:part>" in said
    root: Any = pdf.root_object
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == str(languages[0])
    assert pdf.metadata is not None
    assert pdf.metadata.title


@pytest.mark.parametrize("reader", Reader)
def test_each_language_is_tagged_where_it_stands(reader: Reader) -> None:
    assert find_languages(print_sheet(reader, *BOTH)) == {"en", "es"}
    assert find_languages(print_sheet(reader, ENGLISH)) <= {"en"}


def test_a_letter_has_a_heading_its_claims_as_a_list_and_words_for_its_code() -> None:
    tags = find_tags(root_of(print_sheet())["/StructTreeRoot"])

    assert tags.count("/H1") == 1
    assert {"/H2", "/L", "/LI", "/Figure"} <= set(tags)
    assert b"https://bedside.example/letters/7F3K-2C" in lay_out().content


def test_only_the_house_fonts_are_used() -> None:
    names = {
        str(font.get_object()["/BaseFont"]).split("+")[-1]
        for page in cast("Any", open_pdf(print_sheet(Reader.PATIENT, *BOTH)).pages)
        for font in page["/Resources"]["/Font"].values()
    }

    assert names == {"AtkinsonHyperlegibleNext-Regular", "AtkinsonHyperlegibleNext-Bold"}


def test_the_same_sheet_gives_the_same_bytes_in_another_press() -> None:
    sheet = lay_out(Reader.PATIENT, *BOTH)

    assert Press().print(sheet) == open_press().print(sheet)


def test_the_same_claims_give_the_same_bytes_on_another_machine_on_another_day() -> None:
    program = (
        "import sys, hashlib; sys.path.insert(0, sys.argv[1]); from paper_cast import *;"
        "print(hashlib.sha256(print_sheet(Reader.CUSTODY, *BOTH)).hexdigest())"
    )
    command = [sys.executable, "-c", program, str(Path(__file__).parent)]
    elsewhere = {"TZ": "Asia/Tokyo", "LC_ALL": "C", "PATH": "", "PYTHONHASHSEED": "7"}

    done = subprocess.run(command, env=elsewhere, capture_output=True, text=True, check=True)  # noqa: S603 - ours

    assert done.stdout.strip() == hashlib.sha256(print_sheet(Reader.CUSTODY, *BOTH)).hexdigest()


def test_claims_read_back_from_the_record_give_the_same_bytes() -> None:
    kept = json.loads(json.dumps([write_claim(one) for one in night_claims()]))

    rebuilt = lay_out(Reader.CUSTODY, claims=[read_claim(one) for one in kept])

    assert open_press().print(rebuilt) == print_sheet()


def test_another_claim_gives_other_bytes() -> None:
    assert open_press().print(lay_out(claims=night_claims()[:-1])) != print_sheet()


def test_the_day_of_printing_is_the_day_of_the_letter() -> None:
    about = open_pdf(print_sheet()).metadata

    assert about is not None
    assert about.creation_date == NIGHT


def test_a_letter_says_in_itself_which_letter_it_is_and_when_it_ends() -> None:
    about = open_pdf(print_sheet()).metadata

    assert about is not None
    assert str(about["/Keywords"]).startswith("bedside-letter, letter=7F3K-2C, version=2")


def test_the_custodian_reads_no_diagnosis_on_paper() -> None:
    words = text_of(print_sheet(Reader.CUSTODY, *BOTH))

    assert "Left ankle: no restraint" in words
    assert "Tobillo izquierdo: sin sujeción" in words
    assert "Cephalexin" not in words
    assert "infected" not in words
    assert "not an opinion on detention" in words


def test_the_patient_is_told_first_that_the_paper_may_be_taken() -> None:
    words = text_of(print_sheet(Reader.PATIENT, SPANISH))

    assert "entregada primero a usted" in words
    assert "Un agente puede quitarle este papel" in words
    assert "no ha revisado la traducción" in words


def test_the_receiving_side_finds_a_place_to_answer_and_the_patient_is_not_asked() -> None:
    for reader in (Reader.CUSTODY, Reader.CLINICIAN):
        words = text_of(print_sheet(reader, *BOTH))
        assert "Needs that cannot be met" in words
        assert "Necesidades que no se pueden dar" in words

    assert "cannot be met" not in text_of(print_sheet(Reader.PATIENT, *BOTH))


def test_a_refused_request_stands_in_one_neutral_line_without_its_words() -> None:
    words = text_of(print_sheet())

    assert "asked in person for other words" in words
    assert "the letter stands as signed" in words
    assert "cleared" not in words


def test_the_scope_box_stands_on_every_page() -> None:
    many = [*night_claims(), *(claim(f"w{n}", "warning/sign", sign="fever") for n in range(60))]

    pages = open_pdf(open_press().print(lay_out(claims=many))).pages

    assert len(pages) > 1
    for page in pages:
        assert "not an opinion on detention" in " ".join(page.extract_text().split())


def test_the_longest_free_words_are_printed_whole() -> None:
    words = ("Keep it dry and look at it. " * 71)[:1988] + " End of it."
    long = claim("fever", "warning/sign", sign="fever", addition=Text(en=words, es=""))

    pdf = open_press().print(lay_out(Reader.CLINICIAN, claims=[long]))

    assert "End of it." in text_of(pdf)


def test_free_words_that_nobody_translated_are_printed_as_they_were_written() -> None:
    dry = claim("fever", "warning/sign", sign="fever", addition=Text(en="Keep it dry.", es=""))

    pdf = open_press().print(lay_out(Reader.PATIENT, SPANISH, claims=[dry]))

    assert "Keep it dry." in text_of(pdf)
    assert "en" in find_languages(pdf)


def test_markup_in_a_name_is_printed_as_it_was_typed() -> None:
    odd = '#panic() *x* _y_ $z$ "q" \\ <a> // #{1}'

    assert odd in text_of(open_press().print(lay_out(patient=odd)))


@pytest.mark.parametrize("letter", ["\u0416", "漢"])
def test_a_letter_that_the_fonts_do_not_have_is_refused_in_a_sentence(letter: str) -> None:
    with pytest.raises(NotPrinted) as caught:
        open_press().print(lay_out(patient=f"Bed {letter}"))

    assert "letters of English or Spanish" in caught.value.say("en")
    assert "letras del español o del inglés" in caught.value.say("es")


@pytest.mark.parametrize("hidden", ["\u202e", "\u200f", "\u200b", "\ufeff", "\x07", "\n"])
def test_a_name_with_a_character_that_cannot_be_seen_is_refused(hidden: str) -> None:
    with pytest.raises(HiddenCharacter) as caught:
        lay_out(patient=f"Bed {hidden}2")

    assert f"U+{ord(hidden):04X}" in caught.value.say("en")
    assert "no se ve" in caught.value.say("es")


@pytest.mark.parametrize("font", EXPECTED)
def test_a_missing_font_is_said_and_no_other_is_taken(tmp_path: Path, font: str) -> None:
    folder = tmp_path / "fonts"
    shutil.copytree(FONTS, folder)
    (folder / font).unlink()

    with pytest.raises(FontsMissing) as caught:
        Press(folder)

    assert font in caught.value.say("en")
    assert "Instale Bedside de nuevo" in caught.value.say("es")


@pytest.mark.parametrize("font", EXPECTED)
def test_a_changed_font_counts_as_missing(tmp_path: Path, font: str) -> None:
    folder = tmp_path / "fonts"
    shutil.copytree(FONTS, folder)
    whole = bytearray((folder / font).read_bytes())
    whole[-1] ^= 1
    (folder / font).write_bytes(whole)

    with pytest.raises(FontsMissing):
        verify_fonts(folder)


def test_the_code_is_drawn_the_same_every_time_and_differs_by_address() -> None:
    one, other = draw_code("https://bedside.example/a"), draw_code("https://bedside.example/b")

    assert one == draw_code("https://bedside.example/a")
    assert one != other
    assert re.match(r"<svg ", one)


def test_a_preview_is_a_picture_of_every_page() -> None:
    pages = open_press().picture(lay_out(Reader.CUSTODY, *BOTH))

    assert len(pages) == 2
    assert all(page.startswith(b"\x89PNG") for page in pages)
