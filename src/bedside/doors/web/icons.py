"""The icons, read once from their committed file; a page carries only those that it shows."""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from bedside.doors.web.words import say
from bedside.rules.vocabulary.problem import Language

FILE = Path(__file__).with_name("icons.svg")
SYMBOL = re.compile(r'<symbol id="i-([a-z0-9-]+)".*?</symbol>')
SYMBOLS = {found[1]: found[0] for found in SYMBOL.finditer(FILE.read_text(encoding="utf-8"))}


@cache
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


@cache
def draw_senses(sees: bool, hears: bool, language: Language) -> SafeString:  # noqa: FBT001 - two plain facts about a place
    """Draw what an officer perceives from a place: an eye and an ear, struck out or not."""
    return format_html(
        '<span class="senses">{}{}<span class="hidden">{}, {}</span></span>',
        draw_icon("eye" if sees else "eye-off", 20),
        draw_icon("ear" if hears else "ear-off", 20),
        say("sees" if sees else "sees_not", language),
        say("hears" if hears else "hears_not", language),
    )


def draw_sprite(names: Iterable[str]) -> SafeString:
    """Draw the hidden sheet that holds each icon of the page once."""
    symbols = "".join(SYMBOLS[name] for name in sorted(set(names)))
    sheet = f'<svg class="sprite" aria-hidden="true" width="0" height="0">{symbols}</svg>'
    return mark_safe(sheet)  # noqa: S308 - only our own committed drawings
