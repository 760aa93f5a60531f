"""One figure of the run: what was measured, what is wanted, whether it was met."""

from dataclasses import asdict, dataclass
from typing import Any

MANY, FEW = 100, 10  # from here on no decimals, below here two digits


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number with its unit and, where one is set, its bound."""

    what: str
    found: float
    unit: str = ""
    at_most: float | None = None
    at_least: float | None = None
    beside: str = ""  # what else is worth reading next to it

    @property
    def wanted(self) -> str:
        """The bound in words."""
        if self.at_most is not None:
            return f"≤ {_write(self.at_most)} {self.unit}".strip()
        return f"≥ {_write(self.at_least)} {self.unit}".strip() if self.at_least is not None else ""

    @property
    def measured(self) -> str:
        """The number with its unit."""
        return f"{_write(self.found)} {self.unit}".strip()

    @property
    def verdict(self) -> str:
        """Whether the bound was met; nothing where none is set."""
        if self.at_most is not None:
            return "met" if self.found <= self.at_most else "missed"
        if self.at_least is not None:
            return "met" if self.found >= self.at_least else "missed"
        return ""

    def as_plain(self) -> dict[str, Any]:
        """Turn it into plain values."""
        return asdict(self)


def _write(number: float) -> str:
    if number >= MANY:
        return f"{number:,.0f}"
    return f"{number:.2g}" if number < FEW else f"{number:.1f}"
