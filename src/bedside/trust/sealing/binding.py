"""Where a sealed field belongs, as bytes that its seal covers."""

from dataclasses import dataclass
from typing import ClassVar

from bedside.trust.sealing.refusal import Refusal


class BadBinding(Refusal):
    """A place that cannot be bound: a part is empty, or no text that can be written."""

    code: ClassVar[str] = "sealing.bad-binding"
    en: ClassVar[str] = "a field is bound to site, table, column and row; `{place}` lacks one"
    es: ClassVar[str] = "un campo lleva sitio, tabla, columna y fila; a `{place}` le falta algo"


@dataclass(frozen=True, slots=True, kw_only=True)
class Binding:
    """The one place in which a sealed field may be opened."""

    site: str
    table: str
    column: str
    row: str

    def write(self) -> bytes:
        """Write the place; two places never give the same bytes."""
        parts = (self.site, self.table, self.column, self.row)
        if not all(parts):
            raise BadBinding(place=self)
        return pack(*parts)

    def __str__(self) -> str:  # type: ignore[explicit-override] # not in 3.11
        return f"{self.site}/{self.table}.{self.column}/{self.row}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What has data keys of its own and is deleted as a whole: an encounter, a report, a letter."""

    site: str
    name: str

    def __post_init__(self) -> None:
        if not self.site or not self.name:
            raise BadBinding(place=self)

    def __str__(self) -> str:  # type: ignore[explicit-override] # not in 3.11
        return f"{self.site}/{self.name}"


def pack(*parts: str) -> bytes:
    """Join texts so that no other parts give the same bytes: each is preceded by its length."""
    try:
        return "".join([f"{len(part)}:{part}" for part in parts]).encode()
    except UnicodeEncodeError as error:  # a lone surrogate: no text that anybody could store
        raise BadBinding(place="/".join(parts)) from error
