"""A checkpoint on paper: the text, a code to scan, and what a person can do with it."""

from dataclasses import dataclass
from html import escape
from io import BytesIO

from bedside.trust.ledger.checkpoint import Checkpoint, parse_checkpoint
from bedside.trust.ledger.note import parse_note

STYLE = (
    "body{font:12pt/1.4 sans-serif;max-width:18cm;margin:1cm auto}"
    "pre{font:9pt/1.4 monospace;white-space:pre-wrap;overflow-wrap:anywhere}"
    "svg{width:8cm;height:8cm}@page{size:A4;margin:1.5cm}"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What the page says in one language."""

    language: str
    title: str
    what: str
    check: str
    seen_by: str


PAGES = (
    Words(
        language="en",
        title="Checkpoint of the ledger {origin}",
        what="On the day this was printed the ledger held {size} entries. Whoever keeps this"
        " paper can show later whether any of them was changed, dropped or put in another order."
        " It says nothing about what the entries tell.",
        check="To check: scan the code and compare it with the text below. Later, ask the site for"
        " a consistency proof from this checkpoint to its newest one and run the verifier.",
        seen_by="Seen and kept by (name, date, signature):",
    ),
    Words(
        language="es",
        title="Punto de control del libro {origin}",
        what="El día en que se imprimió esto, el libro tenía {size} entradas. Quien guarde este"
        " papel podrá mostrar más tarde si alguna se cambió, se quitó o se puso en otro orden."
        " No dice nada de lo que cuentan las entradas.",
        check="Para comprobarlo: lea el código y compárelo con el texto de abajo. Más tarde, pida"
        " al sitio una prueba de consistencia desde este punto de control hasta el más nuevo y"
        " use el verificador.",
        seen_by="Visto y guardado por (nombre, fecha, firma):",
    ),
)


def print_checkpoint(note: str) -> str:
    """Write a page of HTML, in both languages, with the whole note as text and as a QR code."""
    checkpoint = parse_checkpoint(parse_note(note.encode()).body)
    sections = "".join(_write_section(words, checkpoint) for words in PAGES)
    title = escape(PAGES[0].title.format(origin=checkpoint.origin))
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f"<style>{STYLE}</style></head><body>{draw_code(note)}<pre>{escape(note)}</pre>"
        f"{sections}</body></html>\n"
    )


def _write_section(words: Words, checkpoint: Checkpoint) -> str:
    title = escape(words.title.format(origin=checkpoint.origin))
    return (
        f'<section lang="{words.language}"><h1>{title}</h1>'
        f"<p>{words.what.format(size=checkpoint.head.size)}</p><p>{words.check}</p>"
        f"<p>{words.seen_by}</p><p>________________________________________</p></section>"
    )


def draw_code(text: str) -> str:
    """Draw a QR code as SVG."""
    import segno  # only who prints needs it

    drawn = BytesIO()
    code = segno.make(text, error="m", micro=False)
    code.save(drawn, kind="svg", xmldecl=False, title="QR", omitsize=True)
    return drawn.getvalue().decode()
