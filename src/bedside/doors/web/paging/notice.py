"""What a page says outside this house: that somebody is needed, and nothing of what for."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

SUBJECT: Final = "Bedside: please look / por favor mire"


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One message without content; the link opens only for those whom the page is for."""

    link: str

    @property
    def text(self) -> str:
        """Say it in both languages."""
        return f"{SUBJECT}\n{self.link}"


def write_notice(address: str, page_id: UUID) -> Notice:
    """Write the message of a page."""
    return Notice(link=f"{address}/notices/{page_id}")
