"""A sample hospital with forty patients in custody, that may send pages to receivers nearby."""

import os
from pathlib import Path

NEXT = "next-supervisor"  # whoever takes the board over


def serve(port: int, site: str, *, is_full: bool) -> None:
    """Prepare the record, put the stays in if the board is full, and serve as `make run` does."""
    os.environ |= {"BEDSIDE_SAMPLE": "yes", "BEDSIDE_SITE": site}
    from bedside.config.prepare import prepare
    from bedside.doors.cli.serve import serve_command

    prepare()
    if is_full:
        add_board()
    serve_command(port=port, sample=True)


def write_site(folder: Path, paging: str) -> Path:
    """Write the site file of the sample hospital with where its pages may go."""
    from bedside.doors.web.site import SAMPLE

    file = folder / "site.yaml"
    file.write_text(f"{SAMPLE.read_text('utf-8')}\n{paging}", encoding="utf-8")
    return file


def add_board() -> None:
    """Add stays until there are forty; one refusal waits six minutes, one page reached nobody."""
    from board_stays import add_stays  # rows can be spoken of only once Django is set up

    add_stays()
