"""What every answer carries, and how large a request may be."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from bedside.doors.web.problems import show_too_large

Answerer = Callable[[HttpRequest], HttpResponse]
NOTHING_OF_THE_DEVICE = "camera=(), microphone=(), geolocation=(), usb=(), payment=()"


class AnswerHeaders:
    """No page is kept by a browser or a proxy, and none may use the device's senses."""

    def __init__(self, answer: Answerer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with the headers."""
        response = self.answer(request)
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers["Permissions-Policy"] = NOTHING_OF_THE_DEVICE
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        return response


class BodyLimit:
    """Refuse a body over the limit before it is read."""

    def __init__(self, answer: Answerer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, unless too much was sent."""
        length = request.META.get("CONTENT_LENGTH") or "0"
        limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        if not length.isdigit() or int(length) > limit:
            return show_too_large(request, limit)
        return self.answer(request)
