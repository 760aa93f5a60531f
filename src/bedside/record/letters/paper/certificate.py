"""What we ask of a certificate; the library that reads it ships no types."""

from datetime import datetime
from typing import Any, Protocol


class Certificate(Protocol):
    """A certificate as `asn1crypto` reads it."""

    subject: Any
    public_key: Any

    @property
    def not_valid_before(self) -> datetime:
        """The first moment of its term."""

    @property
    def not_valid_after(self) -> datetime:
        """The last moment of its term."""
