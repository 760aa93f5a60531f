"""The icons, read once from their committed file; a page carries only those that it shows."""

import re
from collections.abc import Iterable
from pathlib import Path

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

FILE = Path(__file__).with_name("icons.svg")
SYMBOL = re.compile(r'<symbol id="i-([a-z0-9-]+)".*?</symbol>')
SYMBOLS = {found[1]: found[0] for found in SYMBOL.finditer(FILE.read_text(encoding="utf-8"))}


def draw_icon(name: str, size: int = 24) -> SafeString:
    """Draw an icon beside a word; a reader of the screen hears the word alone."""
    if name not in SYMBOLS:
        raise KeyError(name)
    return format_html(
        '<svg class="icon" width="{0}" height="{0}" viewBox="0 0 24 24" aria-hidden="true"'
        ' focusable="false"><use href="#i-{1}"/></svg>',
        size,
        name,
    )


def draw_sprite(names: Iterable[str]) -> SafeString:
    """Draw the hidden sheet that holds each icon of the page once."""
    symbols = "".join(SYMBOLS[name] for name in sorted(set(names)))
    sheet = f'<svg class="sprite" aria-hidden="true" width="0" height="0">{symbols}</svg>'
    return mark_safe(sheet)  # noqa: S308 - only our own committed drawings
