"""The pages of a PDF as pictures, in a new PDF that holds these and nothing else."""

from collections.abc import Iterable

import pypdfium2 as pdfium  # type: ignore[import-untyped]  # ships no types
from pypdfium2 import raw

from bedside.record.attachments.limits import LONGEST_PAGE, MOST_PAGES
from bedside.record.attachments.sandbox.answer import Copy, Declined, Why
from bedside.record.attachments.sandbox.pictures import write_jpeg

DOTS = 150 / 72  # to each of the PDF's points, unless the page is larger than paper
QUALITY = 80
Drawn = tuple[bytes, int, int]  # a picture, its width and its height


def copy_pages(data: bytes) -> Copy:
    """Draw each page; links, programs, attachments and hidden text stay behind."""
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD:
            raise Declined(Why.LOCKED) from None
        raise
    if len(document) > MOST_PAGES:
        raise Declined(Why.PAGES)
    if not len(document):
        raise ValueError
    document.init_forms()
    drawn = [_draw(document[number]) for number in range(len(document))]
    return Copy(media="application/pdf", data=write_pages(drawn), pages=len(drawn))


def _draw(page: pdfium.PdfPage) -> Drawn:
    scale = min(DOTS, LONGEST_PAGE / max(page.get_size()))
    picture = page.render(scale=scale, rev_byteorder=True).to_pil()
    page.close()
    return write_jpeg(picture.convert("RGB"), quality=QUALITY), picture.width, picture.height


def write_pages(drawn: Iterable[Drawn]) -> bytes:
    """Write a PDF of pictures: no date, no author, no name of a program."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    kids = []
    for picture, width, height in drawn:
        first = len(objects) + 1
        kids.append(b"%d 0 R" % first)
        objects += _write_page(picture, width, height, first=first)
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
    return _join(objects)


def _write_page(picture: bytes, width: int, height: int, *, first: int) -> list[bytes]:
    wide, high = width * 72 // 150, height * 72 // 150
    paint = b"q %d 0 0 %d 0 0 cm /P Do Q" % (wide, high)
    return [
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Contents %d 0 R"
        b" /Resources << /XObject << /P %d 0 R >> >> >>" % (wide, high, first + 1, first + 2),
        _stream(b"", paint),
        _stream(
            b"/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceRGB"
            b" /BitsPerComponent 8 /Filter /DCTDecode " % (width, height),
            picture,
        ),
    ]


def _stream(about: bytes, content: bytes) -> bytes:
    return b"<< %s/Length %d >>\nstream\n%s\nendstream" % (about, len(content), content)


def _join(objects: list[bytes]) -> bytes:
    written, places = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"), []
    for number, content in enumerate(objects, 1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    many, start = len(objects) + 1, len(written)
    written += b"xref\n0 %d\n0000000000 65535 f \n%s" % (many, table)
    written += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (many, start)
    return bytes(written)
