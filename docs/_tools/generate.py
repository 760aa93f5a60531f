"""Make every page that is made: `python -m docs._tools.generate`, or by the build of the docs."""

from pathlib import Path

from docs._tools.accounting_page import write_accounting
from docs._tools.clocks_page import write_clocks
from docs._tools.codes_page import write_error_codes
from docs._tools.help_page import write_commands
from docs._tools.incidents_page import write_incidents
from docs._tools.norm_pages import write_norm_pages
from docs._tools.rules import ROOT, load_everything
from docs._tools.vocabulary_page import write_vocabulary

MADE = ROOT / "docs" / "reference" / "made"


def make_pages() -> dict[str, str]:
    """Make the text of every page, by its path below `docs/reference/made`."""
    rulebook = load_everything()
    norms, vocabulary = rulebook.norms, rulebook.vocabulary
    pages = {f"norms/{n}.md": t for n, t in write_norm_pages(norms, vocabulary).items()}
    pages["vocabulary.md"] = write_vocabulary(vocabulary)
    pages["clocks.md"] = write_clocks()
    pages["error-codes.md"] = write_error_codes()
    pages["incidents.md"] = write_incidents(vocabulary)
    pages["accounting.md"] = write_accounting(norms)
    pages["commands.md"] = write_commands()
    return pages


def write_pages(to: Path = MADE) -> None:
    """Write the pages that changed, and remove those that are no longer made."""
    pages = make_pages()
    for old in [file for file in to.rglob("*") if file.is_file()]:
        if old.relative_to(to).as_posix() not in pages:
            old.unlink()
    for name, text in pages.items():
        file = to / name
        if not file.is_file() or file.read_text("utf-8") != text:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, "utf-8")


if __name__ == "__main__":
    write_pages()
