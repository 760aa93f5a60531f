"""Why something handed in is not taken, and what to do instead."""

from typing import ClassVar

from bedside.record.attachments.limits import (
    MIB,
    MOST_BYTES,
    MOST_FILES,
    MOST_LETTERS,
    MOST_PAGES,
    MOST_PIXELS,
    MOST_TOTAL,
)
from bedside.record.refusal import Refused

BAD, GONE, TOO_LARGE = 400, 404, 413


class NotAttached(Refused):
    """There is no such file with this report, or not for this site."""

    code: ClassVar[str] = "attachments.not-there"
    status: ClassVar[int] = GONE
    en: ClassVar[str] = "There is no such file here. Go back to the report and choose it again."
    es: ClassVar[str] = "Ese archivo no está aquí. Vuelva al informe y elíjalo de nuevo."


class Empty(Refused):
    """Nothing is in the file."""

    code: ClassVar[str] = "attachments.empty"
    status: ClassVar[int] = BAD
    en: ClassVar[str] = "This file is empty. Choose it again, or go on without it."
    es: ClassVar[str] = "Este archivo está vacío. Elíjalo de nuevo o siga sin él."


class TooLarge(Refused):
    """One file is larger than is taken."""

    code: ClassVar[str] = "attachments.too-large"
    status: ClassVar[int] = TOO_LARGE
    en: ClassVar[str] = (
        f"This file has more than {MOST_BYTES // MIB} MB. Send a smaller picture or fewer pages, "
        "or keep it and write where it is."
    )
    es: ClassVar[str] = (
        f"Este archivo pasa de {MOST_BYTES // MIB} MB. Envíe una foto más chica o menos páginas, "
        "o guárdelo y escriba dónde está."
    )


class TooManyFiles(Refused):
    """More files than one report takes."""

    code: ClassVar[str] = "attachments.too-many"
    status: ClassVar[int] = BAD
    en: ClassVar[str] = (
        f"A report takes {MOST_FILES} files, {MOST_TOTAL // MIB} MB together. "
        "Keep the others and write where they are."
    )
    es: ClassVar[str] = (
        f"Un informe lleva {MOST_FILES} archivos, {MOST_TOTAL // MIB} MB en total. "
        "Guarde los demás y escriba dónde están."
    )


class NotTaken(Refused):
    """A kind of file that is not taken."""

    code: ClassVar[str] = "attachments.not-taken"
    status: ClassVar[int] = BAD
    en: ClassVar[str] = (
        "Taken are pictures (JPEG, PNG, WebP), PDF pages and plain text. "
        "Save this as a PDF, photograph it, or go on without it."
    )
    es: ClassVar[str] = (
        "Se aceptan fotos (JPEG, PNG, WebP), páginas PDF y texto simple. "
        "Guárdelo como PDF, tómele una foto o siga sin él."
    )


class WrongPicture(Refused):
    """A picture of a kind that cannot be opened safely here."""

    code: ClassVar[str] = "attachments.wrong-picture"
    status: ClassVar[int] = BAD
    en: ClassVar[str] = (
        "This kind of picture (HEIC, AVIF) cannot be opened here. "
        "Send a screenshot of it, or set the camera to “Most compatible” (JPEG)."
    )
    es: ClassVar[str] = (
        "Este tipo de foto (HEIC, AVIF) no se puede abrir aquí. "
        "Envíe una captura de pantalla, o ponga la cámara en «Más compatible» (JPEG)."
    )


class IsSound(Refused):
    """Sound or video: not kept here, and where to keep it."""

    code: ClassVar[str] = "attachments.sound"
    status: ClassVar[int] = BAD
    en: ClassVar[str] = (
        "Sound and video are not kept here. Leave the recording where it is and unchanged, "
        "write in the report that it exists, who has it and where, "
        "and ask the privacy officer before anybody copies it."
    )
    es: ClassVar[str] = (
        "Aquí no se guardan audio ni video. Deje la grabación donde está y sin cambios, "
        "escriba en el informe que existe, quién la tiene y dónde, "
        "y pregunte a privacidad antes de que alguien la copie."
    )


class IsMarkup(Refused):
    """A page of the web or a drawing that can hold a program."""

    code: ClassVar[str] = "attachments.markup"
    status: ClassVar[int] = BAD
    en: ClassVar[str] = (
        "Web pages and SVG drawings can carry programs and are not taken. "
        "Print it to a PDF or send a screenshot."
    )
    es: ClassVar[str] = (
        "Las páginas web y los dibujos SVG pueden llevar programas y no se aceptan. "
        "Imprímalo en un PDF o envíe una captura de pantalla."
    )


class TwoInOne(Refused):
    """A file that is two things at once."""

    code: ClassVar[str] = "attachments.two-in-one"
    status: ClassVar[int] = BAD
    en: ClassVar[str] = (
        "A second file is hidden in this one, so it is not taken. "
        "Send a screenshot or a new photograph of it."
    )
    es: ClassVar[str] = (
        "Este archivo esconde otro, así que no se acepta. "
        "Envíe una captura de pantalla o una foto nueva."
    )


class CannotOpen(Refused):
    """Damaged, cut short, or too costly to open."""

    code: ClassVar[str] = "attachments.cannot-open"
    status: ClassVar[int] = BAD
    en: ClassVar[str] = (
        "This file is damaged, cut short or too complicated to open safely. "
        "Send a screenshot or a new photograph of it."
    )
    es: ClassVar[str] = (
        "Este archivo está dañado, cortado o es demasiado complicado para abrirlo sin riesgo. "
        "Envíe una captura de pantalla o una foto nueva."
    )


class TooManyPixels(Refused):
    """A picture with more points than are opened."""

    code: ClassVar[str] = "attachments.too-many-pixels"
    status: ClassVar[int] = BAD
    en: ClassVar[str] = (
        f"This picture has more than {MOST_PIXELS // 1_000_000} million points. "
        "Take it with less detail, or send a screenshot."
    )
    es: ClassVar[str] = (
        f"Esta foto tiene más de {MOST_PIXELS // 1_000_000} millones de puntos. "
        "Tómela con menos detalle o envíe una captura de pantalla."
    )


class TooManyPages(Refused):
    """A document with more pages than are opened."""

    code: ClassVar[str] = "attachments.too-many-pages"
    status: ClassVar[int] = BAD
    en: ClassVar[str] = (
        f"This document has more than {MOST_PAGES} pages. Send the pages that matter."
    )
    es: ClassVar[str] = (
        f"Este documento tiene más de {MOST_PAGES} páginas. Envíe las páginas que importan."
    )


class IsLocked(Refused):
    """A document with a password."""

    code: ClassVar[str] = "attachments.locked"
    status: ClassVar[int] = BAD
    en: ClassVar[str] = "This document has a password. Save a copy without one and send that."
    es: ClassVar[str] = "Este documento tiene contraseña. Guarde una copia sin ella y envíela."


class TooLong(Refused):
    """A text longer than is taken."""

    code: ClassVar[str] = "attachments.too-long"
    status: ClassVar[int] = BAD
    en: ClassVar[str] = (
        f"This text has more than {MOST_LETTERS // 1000} thousand letters. "
        "Send the part that matters."
    )
    es: ClassVar[str] = (
        f"Este texto tiene más de {MOST_LETTERS // 1000} mil letras. Envíe la parte que importa."
    )
