"""A photographed paper: taken only if it is a picture, opened apart, kept as it came."""

from typing import TYPE_CHECKING

from bedside.doors.web.forms import NOWHERE
from bedside.record.attachments import limits
from bedside.record.attachments.copying import open_handed_in
from bedside.record.attachments.kinds import Kind
from bedside.record.encounters.paper_operations import Image
from bedside.record.refusal import Refused
from bedside.rules.vocabulary.problem import ProblemKind, Problems, Text

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

MOST_BYTES = limits.MOST_BYTES
KINDS = frozenset({Kind.JPEG, Kind.PNG})

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
        raise Problems([TOO_LARGE.at(NOWHERE, most=MOST_BYTES // limits.MIB)])
    data = file.read(MOST_BYTES + 1)
    kind = _recognise(data)
    if kind is None or kind not in KINDS:
        raise Problems([NO_PICTURE.at(NOWHERE)])
    return Image(kind=kind.value, data=data)


def _recognise(data: bytes) -> Kind | None:
    """Tell what a file is by opening all of it; nothing if it cannot be opened safely."""
    try:
        return open_handed_in("", data).kind
    except Refused:
        return None
