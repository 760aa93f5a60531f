"""Print a sheet: the same sheet gives the same PDF/A-2a and PDF/UA-1, byte for byte."""

from collections.abc import Mapping
from functools import cache
from io import BytesIO
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, ClassVar, Final

from bedside.record.letters.paper.edition import TEMPLATE
from bedside.record.letters.paper.fonts import FONTS, verify_fonts
from bedside.record.letters.paper.sheet import Sheet
from bedside.record.refusal import Refused

if TYPE_CHECKING:
    from typst import PDFStandard

STANDARDS: "Final[list[PDFStandard]]" = ["a-2a", "ua-1"]
PICTURE_DOTS: Final = 110


class NotPrinted(Refused):
    """A sheet that the press cannot set, such as one with letters that no font of ours has."""

    code: ClassVar[str] = "letters.not-printed"
    status: ClassVar[int] = 422
    en: ClassVar[str] = (
        "The letter was not printed ({why}). Write the names in it with the letters of English or "
        "Spanish; the letter itself is kept."
    )
    es: ClassVar[str] = (
        "La carta no se imprimió ({why}). Escriba los nombres con letras del español o del inglés; "
        "la carta está guardada."
    )


class Press:
    """A template with its fonts; one sheet at a time goes through."""

    def __init__(self, fonts: Path = FONTS) -> None:
        import typst

        verify_fonts(fonts)
        own = typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(fonts)]
        )
        self._compiler = typst.Compiler(
            str(TEMPLATE), root=str(TEMPLATE.parent), font_paths=own, ignore_system_fonts=True
        )
        self._turn = Lock()

    def print(self, sheet: Sheet) -> bytes:
        """Print a sheet as PDF; nothing in it depends on the day or the machine."""
        import typst

        try:
            with self._turn:
                made = self._compiler.compile(
                    format="pdf",
                    sys_inputs=dict(_inputs(sheet)),
                    pdf_standards=STANDARDS,
                    timestamp=int(sheet.printed_at.timestamp()),
                )
        except typst.TypstError as error:
            raise NotPrinted(why=str(error.message)) from None
        return made if isinstance(made, bytes) else b""

    def picture(self, sheet: Sheet) -> tuple[bytes, ...]:
        """Draw the pages as PNG, for a preview on screen."""
        with self._turn:
            made = self._compiler.compile(
                format="png", sys_inputs=dict(_inputs(sheet)), ppi=PICTURE_DOTS
            )
        return tuple(made) if isinstance(made, list) else (made or b"",)


@cache
def open_press() -> Press:
    """Open the house's press, once for a process."""
    return Press()


def _inputs(sheet: Sheet) -> Mapping[str, str]:
    # Data goes in beside the template, never into it: no word of a letter can become markup.
    return {"sheet": sheet.content.decode(), "code": draw_code(sheet.check_at)}


def draw_code(address: str) -> str:
    """Draw the code that holds an address, as SVG."""
    import segno

    drawn = BytesIO()
    segno.make(address, error="m", micro=False).save(
        drawn, kind="svg", xmldecl=False, svgns=True, border=2
    )
    return drawn.getvalue().decode()
