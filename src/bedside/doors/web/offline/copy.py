"""The copy of the rules that a device keeps: what is in it, and the name that changes with it."""

import gzip
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders

from bedside.doors.web.addresses import find_address
from bedside.doors.web.offline.tables import Asker, export_decisions
from bedside.doors.web.offline.texts import export_texts
from bedside.doors.web.shelf import find_shelf
from bedside.rules.tables.export import SCRIPT
from bedside.rules.vocabulary.problem import LANGUAGES, Language

TEMPLATES = Path(__file__).parents[1] / "templates" / "bedside"
STATIC = (
    "bedside/bedside.css",
    "bedside/icon.svg",
    "bedside/icons/icon-192.png",
    "bedside/fonts/atkinson-hyperlegible-next-latin-wght-normal.woff2",
    "django_htmx/htmx-2.min.js",
    "bedside/taps.js",
    "bedside/offline.js",
    "bedside/offline_store.js",
    "bedside/offline_queue.js",
    "bedside/offline_page.js",
)
# What only a page that the device shows by itself loads, in this order.
DECIDING = (
    "bedside/decide.js",
    "bedside/decide_advice.js",
    "bedside/offline_draw.js",
    "bedside/offline_answer.js",
    "bedside/offline_start.js",
)
KEEPING = ("bedside/offline_store.js", "bedside/offline_queue.js")
PAGES = ("taps", "offline_answer", "offline")


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """One day's copy."""

    version: str
    about: Mapping[str, Any]  # what the tables say of themselves, as they travel
    tables: bytes
    texts: Mapping[Language, bytes]


def find_copy() -> Copy:
    """Find the copy of today; made once a day and process."""
    return _make(find_shelf().find_today())


def find_files(language: Language | None = None) -> list[str]:
    """List every address that a device fetches for its copy, pages first."""
    languages = (language,) if language else LANGUAGES
    pages = [find_address(page, one) for one in languages for page in PAGES]
    texts = [find_address("offline_texts", one) for one in languages]
    shared = [find_address(one, LANGUAGES[0]) for one in ("offline_tables", "offline_rules")]
    return [*pages, *texts, *shared, *map(find_static, (*STATIC, *DECIDING))]


def find_deciding() -> list[str]:
    """List the scripts of a page that the device shows by itself, in order."""
    rules = find_address("offline_rules", LANGUAGES[0])
    return [rules, *map(find_static, (*KEEPING, *DECIDING))]


def find_static(name: str) -> str:
    """Find the address of a file of ours."""
    return f"{settings.STATIC_URL}{name}"


def read_static(name: str) -> str:
    """Read a script of ours."""
    found = finders.find(name)
    return Path(str(found)).read_text("utf-8")


@lru_cache(maxsize=16)
def pack(raw: bytes) -> bytes:
    """Make it small; the same bytes for the same bytes."""
    return gzip.compress(raw, 9, mtime=0)


@lru_cache(maxsize=2)
def _make(today: date) -> Copy:
    shelf = find_shelf()
    asker = Asker(compiled=shelf.compiled, site=shelf.site, today=today)
    decisions = export_decisions(asker)
    norms = [str(id_) for id_ in decisions["norms"]] if isinstance(decisions["norms"], list) else []
    tables = write(decisions)
    texts = {one: write(export_texts(shelf, norms, one)) for one in LANGUAGES}
    about = decisions["about"]
    return Copy(
        version=_name(tables, *texts.values()),
        about=about if isinstance(about, dict) else {},
        tables=tables,
        texts=texts,
    )


def _name(*parts: bytes) -> str:
    """Name the copy by everything that is in it: rules, words, scripts, styles and pages."""
    seen = hashlib.sha256(settings.STATIC_URL.encode() + SCRIPT.read_bytes())
    for part in parts:
        seen.update(part)
    for file in sorted(TEMPLATES.rglob("*.html")):
        seen.update(file.read_bytes())
    for file in sorted(TEMPLATES.parents[1].rglob("words.toml")):
        seen.update(file.read_bytes())
    return seen.hexdigest()[:16]


def write(data: object) -> bytes:
    """Write plain data as JSON, the same bytes for the same data."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
