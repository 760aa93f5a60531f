"""What every answer carries."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

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
