"""`bedside prove --html FILE`: one page for all places and days, readable without a network."""

import base64
import json
import sys
import time
from datetime import date
from html import escape
from pathlib import Path
from string import Template

import bedside
from bedside.doors.cli.atlas_findings import Parts
from bedside.doors.cli.atlas_matrix import draw_columns, draw_legend, draw_rows
from bedside.doors.cli.atlas_turns import draw_bars, draw_turns
from bedside.doors.cli.door import ANSWERED, NEEDS_SOMEBODY, put
from bedside.doors.cli.words import word
from bedside.rules.prove.survey import Survey, find_places, survey
from bedside.rules.prove.world import World
from bedside.rules.vocabulary.problem import (
    ENGLISH,
    SPANISH,
    Language,
    Place,
    ProblemKind,
    Problems,
    Text,
)

FILES = Path(__file__).with_name("atlas_files")
FONTS = Path(bedside.__file__).parent / "doors/web/static/bedside/fonts"
FONT = "atkinson-hyperlegible-next-latin-wght-normal.woff2"
FIRST = date(2010, 1, 1)
BORDER = ("us/az", "us/ca", "us/nm", "us/tx")
PATIENCE = 2.0  # seconds before progress is shown
OFTEN, SELDOM = 0.5, 5.0  # seconds between two words of it: on a terminal, in a file

NOT_WRITTEN = ProblemKind(
    code="prove.not-written",
    what=Text(en="the page cannot be written: {why}", es="no se puede escribir la página: {why}"),
    help=Text(
        en="name a file in a folder that you may write to",
        es="indique un archivo en una carpeta donde pueda escribir",
    ),
)


class Progress:
    """How far the work is, told on standard error once it takes longer than a person expects."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self.start = self.told = time.monotonic()

    def step(self, done: int, total: int) -> None:
        """Tell it, now and then."""
        now, is_watched = time.monotonic(), sys.stderr.isatty()
        pause = OFTEN if is_watched else SELDOM
        if now - self.start > PATIENCE and (now - self.told > pause or done == total):
            self.told = now
            end = "\r" if is_watched and done < total else "\n"
            sys.stderr.write(f"{word('at_work', self.language, done=done, total=total)}{end}")
            sys.stderr.flush()


def write_atlas(file: Path, world: World, language: Language) -> int:
    """Write the atlas, and give the exit code."""
    places = find_places(world.compiled.rulebook) or (world.jurisdiction,)
    try:
        file.touch()  # better to fail before the work than after it
        found = survey(world, FIRST, places, Progress(language).step)
        file.write_text(draw_page(found, world, language), encoding="utf-8")
    except OSError as fault:
        problem = NOT_WRITTEN.at(Place(file=str(file)), why=fault.strerror)
        raise Problems([problem]) from None
    put(word("page_written", language, file=file, count=len(found.sightings)))
    return NEEDS_SOMEBODY if found.sightings or found.undecided else ANSWERED


def draw_page(found: Survey, world: World, language: Language) -> str:
    """Draw the whole page; both languages are in it, the given one is shown first."""
    parts = Parts(world=world, survey=found)
    both, words = parts.both_of, parts.words
    last = len(found.days) - 1
    shown_now = sum(1 for one in found.sightings if parts.stands(one, last))
    rulebook = world.compiled.rulebook
    laid = ", ".join(world.overlays)
    named = {key: both(key) for key in words}
    values = {
        **named,
        "lang": language,
        "title": escape(words["heading"][language]),
        "font": _draw_font(),
        "css": (FILES / "atlas.css").read_text("utf-8"),
        "js": (FILES / "atlas.js").read_text("utf-8"),
        "sprite": parts.draw_sprite(),
        "brand": parts.icon("brand", 26),
        "i_left": parts.icon("arrow-left"),
        "i_right": parts.icon("arrow-right"),
        "edition": both("edition", edition=rulebook.edition),
        "en_checked": " checked" if language == "en" else "",
        "es_checked": " checked" if language == "es" else "",
        "lede": both("lede", places=len(found.places), first=found.days[0], last=found.days[-1]),
        "legend": draw_legend(parts),
        "options": _draw_options(parts),
        "last": str(last),
        "last_day": found.days[-1].isoformat(),
        "bars": draw_bars(parts),
        "columns": draw_columns(parts),
        "rows": draw_rows(parts),
        "count": both("count").replace("{}", str(shown_now)),
        "l_everything": both("l_everything"),
        "every_en": words["count"][ENGLISH],
        "every_es": words["count"][SPANISH],
        "sections": parts.draw_sections(),
        "turns": draw_turns(parts),
        "undecided": parts.draw_undecided(),
        "made": both(
            "made",
            edition=rulebook.edition,
            digest=rulebook.digest[:19],
            day=found.days[-1],
            overlays=parts.both("laid_over", overlays=laid) if laid else "",
        ),
        "days": json.dumps([day.isoformat() for day in found.days]),
    }
    return Template((FILES / "page.html").read_text("utf-8")).substitute(values)


def _draw_font() -> str:
    """Draw the font as data; without it the page falls back to the system's own."""
    try:
        data = base64.b64encode((FONTS / FONT).read_bytes()).decode()
    except OSError:
        return ""
    source = f'url("data:font/woff2;base64,{data}") format("woff2")'
    return (
        f'@font-face {{ font-family: "Atkinson Hyperlegible Next"; src: {source};'
        " font-weight: 200 800; font-display: swap; }"
    )


def _draw_options(parts: Parts) -> str:
    places = parts.survey.places
    border = [place for place in BORDER if place in places]
    shown = [(parts.words["all_places"], " ".join(places))]
    if len(border) > 1:
        shown.append((parts.words["border"], " ".join(border)))
    shown += [(parts.name_place(place), place) for place in places]
    return "".join(
        f'<option data-places="{of}" data-en="{escape(name[ENGLISH])}"'
        f' data-es="{escape(name[SPANISH])}">{escape(name[ENGLISH])}</option>'
        for name, of in shown
    )
