"""A file that is handed in is told by its content, copied without what it knows, or refused."""

import subprocess
import sys
from collections.abc import Callable
from io import BytesIO

import pypdfium2  # type: ignore[import-untyped]  # ships no types
import pytest
from attachments_cast import (
    CANARY,
    TAKEN,
    TEXT,
    inflate_pdf,
    inflate_picture,
    write_pdf,
    write_zip,
)
from PIL import Image

from bedside.record.attachments import limits, process
from bedside.record.attachments.copying import open_handed_in, tidy_name
from bedside.record.attachments.refusals import (
    CannotOpen,
    Empty,
    IsLocked,
    IsMarkup,
    IsSound,
    NotTaken,
    TooLarge,
    TooLong,
    TooManyPages,
    TooManyPixels,
    TwoInOne,
    WrongPicture,
)
from bedside.record.refusal import Refused

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
PROBE = """
import errno, os, socket, sys
from bedside.record.attachments.sandbox.bounds import close_doors
close_doors()
def tells(do):
    try:
        do()
    except (OSError, MemoryError) as error:
        return type(error).__name__
    return "done"
answers = [tells(do) for do in (
    lambda: open("/etc/hostname"), lambda: os.open("/tmp/x", os.O_CREAT | os.O_WRONLY),
    socket.socket, os.fork, lambda: os.kill(os.getppid(), 0), lambda: os.execv("/bin/sh", ["sh"]),
    lambda: bytearray(2**30), lambda: os.unlink("/tmp/x"), lambda: os.setuid(0),
)]
print(*answers)
"""


@pytest.mark.parametrize("kind", ["jpeg", "png", "webp"])
def test_a_picture_is_copied_without_where_and_with_what_it_was_taken(kind: str) -> None:
    handed_in = open_handed_in("IMG_1.HEIC", TAKEN[kind])

    with Image.open(BytesIO(handed_in.working)) as copy:
        assert (copy.format, copy.size) == ("JPEG", (80, 120))  # turned the right way up
        assert not copy.getexif()
        assert copy.convert("L").getpixel((76, 3)) < 60  # type: ignore[operator]  # one band
    assert handed_in.original == TAKEN[kind]
    assert CANARY.encode() in handed_in.original
    assert CANARY.encode() not in handed_in.working


def test_a_document_is_copied_as_pictures_of_its_pages_and_nothing_else() -> None:
    handed_in = open_handed_in("paper.pdf", write_pdf(3))
    copy = pypdfium2.PdfDocument(handed_in.working)

    assert (handed_in.pages, len(copy)) == (3, 3)
    assert copy.get_metadata_dict(skip_empty=True) == {}
    assert copy.count_attachments() == 0
    assert b"/JavaScript" in handed_in.original
    assert b"/J" not in handed_in.working.replace(b"/DCTDecode", b"")[:400]
    assert [copy[0].get_size(), copy[0].get_textpage().get_text_range()] == [(200.0, 260.0), ""]


def test_the_same_file_is_copied_alike_so_that_no_copy_tells_its_hour() -> None:
    for kind, data in TAKEN.items():
        assert open_handed_in(kind, data).working == open_handed_in(kind, data).working


def test_a_text_is_copied_without_what_does_not_show() -> None:
    said = open_handed_in("note.txt", TEXT).working.decode()

    assert said == f"{CANARY} wrote: «el agente salió»\nat 02:10"


def test_both_copies_are_committed_to_by_their_digests() -> None:
    told = open_handed_in("a.png", TAKEN["png"]).commitment

    assert set(told) == {"kind", "original", "pages", "size", "working"}
    assert told["original"] != told["working"]


REFUSED: dict[str, tuple[bytes | Callable[[], bytes], type[Refused]]] = {
    "nothing": (b" \n", Empty),
    "six megabytes": (b"\xff\xd8\xff" + bytes(6 * limits.MIB), TooLarge),
    "a drawing that can run": (SVG, IsMarkup),
    "a drawing behind a remark": (b"<!-- x -->\n" + SVG, IsMarkup),
    "a web page": (b"\xef\xbb\xbf <!DOCTYPE HTML><p>", IsMarkup),
    "a page in a text": (b"hello " * 999 + b"< script >", IsMarkup),
    "sound": (b"ID3\x04" + bytes(99), IsSound),
    "a voice message": (b"OggS" + bytes(99), IsSound),
    "a video": (b"\0\0\0\x18ftypmp42" + bytes(99), IsSound),
    "a telephone's picture": (b"\0\0\0\x18ftypheic" + bytes(99), WrongPicture),
    "an archive": (write_zip(), NotTaken),
    "a program": (b"\x7fELF" + bytes(99), NotTaken),
    "another picture": (b"GIF89a" + bytes(99), NotTaken),
    "a letter of an office program": (b"{\\rtf1 hello}", NotTaken),
    "a picture with an archive behind": (TAKEN["jpeg"] + write_zip(), TwoInOne),
    "a document with an archive behind": (TAKEN["pdf"] + write_zip(), TwoInOne),
    "a picture that is a page": (b"\xff\xd8\xff\xfe\0\x20<html><script>" + TAKEN["jpeg"], TwoInOne),
    "a picture that is a document": (TAKEN["png"][:40] + b"%PDF-1.4", TwoInOne),
    "a picture cut short": (TAKEN["jpeg"][:-700], CannotOpen),
    "a document cut short": (b"%PDF-1.7\n1 0 obj", CannotOpen),
    "a picture in name": (b"\x89PNG\r\n\x1a\n" + bytes(99), CannotOpen),
    "a picture that is far too large": (lambda: inflate_picture(15_000), TooManyPixels),
    "a picture that is a little too large": (lambda: inflate_picture(7100), TooManyPixels),
    "a document that unfolds": (inflate_pdf, CannotOpen),
    "many pages": (lambda: write_pdf(limits.MOST_PAGES + 1), TooManyPages),
    "a locked document": (write_pdf(password="x"), IsLocked),  # noqa: S106 - to be refused
    "a long text": (b"a" * (limits.MOST_LETTERS + 1), TooLong),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_not_taken_is_refused_with_what_to_do_instead(what: str) -> None:
    data, why = REFUSED[what]

    with pytest.raises(Refused) as refused:
        open_handed_in("x.jpg", data() if callable(data) else data)

    assert type(refused.value) is why
    assert refused.value.say("es") != refused.value.say("en")


def test_the_program_that_opens_a_file_can_do_nothing_else() -> None:
    done = subprocess.run(  # noqa: S603 - our own probe
        [sys.executable, "-I", "-c", PROBE], capture_output=True, text=True, check=False
    )

    answers = done.stdout.split()
    assert len(answers) == PROBE.count("lambda") + 2, done.stderr
    assert "done" not in answers


def test_the_calls_of_the_program_are_filtered_on_this_machine() -> None:
    assert b'"filtered": true' in process.run_sandbox("png", TAKEN["png"])


def test_a_file_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "WALL_SECONDS", 0.001)

    with pytest.raises(CannotOpen):
        open_handed_in("a.png", TAKEN["png"])


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("C:\\people\\photo.jpg", "photo.jpg"),
        ("../../etc/passwd", "passwd"),
        ("a\u202egpj.exe\r\n", "agpj.exe"),
        ("x" * 500, "x" * limits.MOST_NAME),
        ("", ""),
    ],
)
def test_a_name_is_kept_without_folders_and_hidden_signs(name: str, kept: str) -> None:
    assert tidy_name(name) == kept


def test_a_huge_sheet_of_paper_is_drawn_within_bounds() -> None:
    scan = BytesIO()
    Image.new("RGB", (14_000, 9000)).save(scan, "PDF", resolution=1.0)

    copy = open_handed_in("plan", scan.getvalue()).working

    assert b"/Width %d /Height 1093 " % limits.LONGEST_PAGE in copy


def test_a_large_photograph_is_copied_smaller() -> None:
    photograph = BytesIO()
    Image.new("RGB", (6000, 4000)).save(photograph, "JPEG")

    with Image.open(BytesIO(open_handed_in("x", photograph.getvalue()).working)) as copy:
        assert copy.size == (limits.LONGEST_SIDE, 2000)
