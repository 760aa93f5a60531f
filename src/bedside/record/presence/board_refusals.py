"""Why the board declines, one class a situation."""

from typing import ClassVar

from bedside.record.refusal import Refused


class GivenByYou(Refused):
    """A board that somebody wants to take from themselves."""

    code: ClassVar[str] = "presence.board-given-by-you"
    en: ClassVar[str] = "You handed this board over; whoever comes after you takes it."
    es: ClassVar[str] = "Usted entregó este tablero; lo recibe quien le sigue."


class NotAllConfirmed(Refused):
    """A board taken before each open conflict was confirmed."""

    code: ClassVar[str] = "presence.board-not-confirmed"
    en: ClassVar[str] = (
        "Open conflicts that you have not confirmed: {left}. Confirm each, then take the board."
    )
    es: ClassVar[str] = (
        "Conflictos abiertos sin confirmar por usted: {left}. Confirme cada uno y después reciba"
        " el tablero."
    )


class NothingToExport(Refused):
    """A month of which every number would have to be hidden."""

    code: ClassVar[str] = "presence.nothing-to-export"
    en: ClassVar[str] = (
        "Every number of this month is so small that it could tell of somebody; nothing was"
        " exported. Choose the quarter."
    )
    es: ClassVar[str] = (
        "Todos los números de este mes son tan pequeños que podrían revelar a alguien; no se"
        " exportó nada. Elija el trimestre."
    )


class WouldTell(Refused):
    """A month that, beside what left the house before, would tell a small number."""

    code: ClassVar[str] = "presence.export-would-tell"
    en: ClassVar[str] = (
        "Beside what was exported before, these numbers would tell a small one; nothing was"
        " exported. The earlier export still holds."
    )
    es: ClassVar[str] = (
        "Junto con lo exportado antes, estos números revelarían uno pequeño; no se exportó nada. La"
        " exportación anterior sigue valiendo."
    )
