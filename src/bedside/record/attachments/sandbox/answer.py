"""What the program answers: a copy, or one word for why there is none."""

from dataclasses import dataclass
from enum import StrEnum


class Why(StrEnum):
    """Why a file was not copied, where there is more to say than that it cannot be opened."""

    PIXELS = "pixels"
    PAGES = "pages"
    LOCKED = "locked"
    LONG = "long"


class Declined(Exception):  # noqa: N818 - an answer, not a slip
    """A file that is not copied, and why."""

    def __init__(self, why: Why) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A working copy."""

    media: str
    data: bytes
    pages: int
