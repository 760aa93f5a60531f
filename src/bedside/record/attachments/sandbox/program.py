"""The program: a kind as its one argument, a file on its input, an answer on its output.

Everything that it will need is loaded first; then the doors are closed; only then is the first
byte of the file read. It is started anew for every file and lives for that file alone.
"""

import json
import sys
from collections.abc import Callable

from bedside.record.attachments.limits import MOST_BYTES, MOST_COPY
from bedside.record.attachments.sandbox.answer import Copy, Declined
from bedside.record.attachments.sandbox.bounds import close_doors

CANNOT = 1


def main(kind: str) -> int:
    """Copy one file and answer: one line about the copy, then the copy."""
    copy = _load(kind)
    is_filtered = close_doors()
    data = sys.stdin.buffer.read(MOST_BYTES + 1)
    try:
        made = copy(data)
    except Declined as declined:
        return _answer({"why": declined.why})
    except Exception:  # noqa: BLE001 - whatever a hostile file does to a reader, it is not copied
        return CANNOT
    if len(made.data) > MOST_COPY:
        return CANNOT
    return _answer({"media": made.media, "pages": made.pages, "filtered": is_filtered}, made.data)


def _load(kind: str) -> Callable[[bytes], Copy]:
    """Load one reader; a picture never meets the reader of documents."""
    if kind == "pdf":
        from bedside.record.attachments.sandbox.pages import copy_pages

        return copy_pages
    if kind == "text":
        from bedside.record.attachments.sandbox.texts import copy_text

        return copy_text
    from bedside.record.attachments.sandbox.pictures import copy_picture

    return copy_picture


def _answer(about: dict[str, object], data: bytes = b"") -> int:
    sys.stdout.buffer.write(json.dumps(about).encode() + b"\n" + data)
    sys.stdout.buffer.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
