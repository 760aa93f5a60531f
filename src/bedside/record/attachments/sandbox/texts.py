"""A plain text without what does not show: no marks of order, no hidden characters."""

import unicodedata

from bedside.record.attachments.limits import MOST_LETTERS
from bedside.record.attachments.sandbox.answer import Copy, Declined, Why

HIDDEN = frozenset({"Cc", "Cf", "Co", "Cn", "Cs"})  # a hidden character can turn a sentence round


def copy_text(data: bytes) -> Copy:
    """Write the text anew, with line ends of one kind."""
    text = data.decode().removeprefix("\ufeff")
    if len(text) > MOST_LETTERS:
        raise Declined(Why.LONG)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n")
    kept = (c for c in lines if c in "\n\t" or unicodedata.category(c) not in HIDDEN)
    return Copy(media="text/plain", data="".join(kept).encode(), pages=1)
