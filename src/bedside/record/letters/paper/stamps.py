"""A time stamp of RFC 3161, from the server that a house has set."""

from asyncio import to_thread
from typing import ClassVar
from urllib.error import URLError
from urllib.request import Request, urlopen

from asn1crypto import tsp  # type: ignore[import-untyped]  # it ships no types
from pyhanko.sign.timestamps import TimeStamper, TimestampRequestError
from typing_extensions import override

from bedside.record.refusal import Refused

ASKED = "application/timestamp-query"
ANSWERED = "application/timestamp-reply"
MOST_BYTES = 100_000


class StampUnavailable(Refused):
    """A stamp server that does not answer, or answers nonsense."""

    code: ClassVar[str] = "letters.stamp-unavailable"
    status: ClassVar[int] = 503
    en: ClassVar[str] = (
        "The time stamp server did not answer as it should ({why}). "
        "Sign again, or sign without the stamp; the letter itself is kept."
    )
    es: ClassVar[str] = (
        "El servidor de sellos de tiempo no respondió bien ({why}). "
        "Firme de nuevo, o firme sin el sello; la carta está guardada."
    )


class StampServer(TimeStamper):
    """The house's stamp server; only a digest is ever sent to it."""

    def __init__(self, address: str, *, seconds: float = 5) -> None:
        if not address.startswith(("https://", "http://")):
            raise StampUnavailable(why="its address begins with neither https nor http")
        self.address, self.seconds = address, seconds
        super().__init__()  # type: ignore[no-untyped-call]  # pyHanko's

    @override
    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        """Ask for a stamp over a digest."""
        return await to_thread(self._ask, req.dump())

    def _ask(self, question: bytes) -> tsp.TimeStampResp:
        asked = Request(self.address, question, {"Content-Type": ASKED})  # noqa: S310 - checked above
        try:
            with urlopen(asked, timeout=self.seconds) as answer:  # noqa: S310 - checked above
                if answer.headers.get_content_type() != ANSWERED:
                    raise TimestampRequestError("not a stamp")
                return tsp.TimeStampResp.load(answer.read(MOST_BYTES))
        except (URLError, OSError, ValueError) as error:
            raise TimestampRequestError(type(error).__name__) from error
