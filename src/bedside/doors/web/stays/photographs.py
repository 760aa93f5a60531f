"""A photographed paper: taken only if it is a picture, decoded within bounds, kept as it came."""

import warnings
from io import BytesIO
from typing import TYPE_CHECKING

from PIL import Image as Picture

from bedside.doors.web.forms import NOWHERE
from bedside.record.encounters.paper_operations import Image
from bedside.rules.vocabulary.problem import ProblemKind, Problems, Text

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

MIB = 1024 * 1024
MOST_BYTES, MOST_PIXELS = 5 * MIB, 40_000_000  # a phone takes 12 to 24 million
KINDS = {"JPEG": "jpeg", "MPO": "jpeg", "PNG": "png"}  # MPO: a JPEG with a second one behind it

TOO_LARGE = ProblemKind(
    code="papers.too-large",
    what=Text(en="the picture is larger than {most} MB", es="la foto pesa más de {most} MB"),
    help=Text(
        en="take it with less detail, or go on without",
        es="tómela con menos detalle, o siga sin ella",
    ),
)
NO_PICTURE = ProblemKind(
    code="papers.no-picture",
    what=Text(
        en="this file is no JPEG or PNG picture", es="este archivo no es una foto JPEG ni PNG"
    ),
    help=Text(
        en="photograph the paper once more, or go on without a picture",
        es="fotografíe otra vez el documento, o siga sin foto",
    ),
)


def read_photograph(file: "UploadedFile[bytes]") -> Image:
    """Read a photograph, or raise `Problems`; the bytes are kept as they came."""
    if (file.size or 0) > MOST_BYTES:
        raise Problems([TOO_LARGE.at(NOWHERE, most=MOST_BYTES // MIB)])
    data = file.read(MOST_BYTES + 1)
    kind = _decode(data)
    if kind is None:
        raise Problems([NO_PICTURE.at(NOWHERE)])
    return Image(kind=kind, data=data)


def _decode(data: bytes) -> str | None:
    """Decode the whole picture, to know that it is one; nothing if it is none, or a bomb."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", Picture.DecompressionBombWarning)
        try:
            with Picture.open(BytesIO(data), formats=("JPEG", "PNG")) as picture:
                if picture.width * picture.height > MOST_PIXELS:
                    return None
                picture.load()
                return KINDS.get(picture.format or "")
        except (
            OSError,
            ValueError,
            SyntaxError,
            Picture.DecompressionBombError,
            Picture.DecompressionBombWarning,
        ):
            return None
