"""What is handed in and given out again: read within bounds, never shown by the browser."""

from typing import TYPE_CHECKING

from django.http import HttpResponse

from bedside.record.attachments.limits import MOST_BYTES
from bedside.record.attachments.queries import Download
from bedside.record.attachments.refusals import TooLarge

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile


def read_upload(file: "UploadedFile[bytes]") -> bytes:
    """Read a file that was sent, or refuse it before it is read."""
    if (file.size or 0) > MOST_BYTES:
        raise TooLarge
    data: bytes = file.read(MOST_BYTES + 1)
    return data


def give_download(download: Download) -> HttpResponse:
    """Give a file to be kept, whatever a browser would rather do with it."""
    response = HttpResponse(download.data, content_type=download.media)
    response.headers["Content-Disposition"] = f'attachment; filename="{download.name}"'
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "no-store"
    return response
