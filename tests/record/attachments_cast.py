"""Small real files of every kind that is taken, and of those that are not."""

import zipfile
import zlib
from io import BytesIO

from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.actions import JavaScript

CANARY = "kanarienvogel"
PLACE = {1: "N", 2: (30.0, 16.0, 12.0), 3: "W", 4: (97.0, 44.0, 3.0)}  # where a phone says it was
GPS, MAKER, TURNED = 0x8825, 0x010F, 0x0112


def draw(form: str, size: tuple[int, int] = (120, 80), **options: object) -> bytes:
    """Draw a picture with a dark corner, as a phone would save it: with what it knows."""
    picture = Image.effect_noise(size, 40).convert("RGB")
    picture.paste("black", (0, 0, size[0] // 4, size[1] // 4))
    exif = Image.Exif()
    exif[MAKER], exif[TURNED] = CANARY, 6
    exif[GPS] = PLACE
    written = BytesIO()
    picture.save(written, form, exif=exif, **options)
    return written.getvalue()


def write_pdf(pages: int = 1, *, password: str = "") -> bytes:
    """Write a document with a title, an author, a program and a hidden attachment."""
    scan = BytesIO()
    Image.effect_noise((200, 260), 40).convert("RGB").save(scan, "PDF")
    writer = PdfWriter()
    page = PdfReader(BytesIO(scan.getvalue())).pages[0]
    for _ in range(pages):
        writer.add_page(page)
    writer.add_metadata({"/Author": CANARY, "/Title": CANARY})
    writer.add_open_action(JavaScript(f"app.alert('{CANARY}')"))
    writer.add_attachment("more.txt", CANARY.encode())
    if password:
        writer.encrypt(password)
    written = BytesIO()
    writer.write(written)
    return written.getvalue()


def write_zip() -> bytes:
    """Write an archive."""
    written = BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("a.txt", "a")
    return written.getvalue()


def inflate_picture(side: int) -> bytes:
    """Write a small file that says it is a huge picture, and is."""
    written = BytesIO()
    Image.new("1", (side, side)).save(written, "PNG")
    return written.getvalue()


def inflate_pdf(megabytes: int = 900) -> bytes:
    """Write a small document whose one page unfolds into very much."""
    press, block = zlib.compressobj(9), b"0 0 m 9 9 l S " * 75_000
    first, again = (press.compress(block) + press.flush(zlib.Z_FULL_FLUSH) for _ in range(2))
    content = first + again * (megabytes - 1) + press.flush()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] /Contents 4 0 R >>",
        b"<< /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
    ]
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % (n, one) for n, one in enumerate(objects, 1))
    return b"%PDF-1.4\n" + body + b"trailer\n<< /Size 5 /Root 1 0 R >>\n%%EOF\n"


TEXT = f"{CANARY} wrote: «el agente salió»\r\nat 02:10\ufeff\u202e".encode()
TAKEN = {
    "jpeg": draw("JPEG"),
    "png": draw("PNG"),
    "webp": draw("WEBP"),
    "pdf": write_pdf(),
    "text": TEXT,
}
