"""What every page needs and nothing changes: the rulebook and the site, loaded once a process."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path

from django.conf import settings

from bedside.doors.web.site import SAMPLE, UNNAMED, Site, load_site
from bedside.rules.rulebook.norm import Norm
from bedside.rules.tables.compiled import SHIPPED, Compiled, load_compiled
from bedside.rules.vocabulary.catalogue import Vocabulary
from bedside.rules.vocabulary.document import load_document


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """The rulebook, the words it is written in, and the hospital that uses it."""

    compiled: Compiled
    site: Site
    roots: tuple[Path, ...]

    @property
    def vocabulary(self) -> Vocabulary:
        """The words for facts, dimensions and people."""
        return self.compiled.vocabulary

    @property
    def norms(self) -> Mapping[str, Norm]:
        """Every norm by id."""
        return self.compiled.rulebook.norms

    def find_today(self) -> date:
        """Tell the day at the hospital."""
        return datetime.now(self.site.timezone).date()

    def has_state(self, jurisdiction: str) -> bool:
        """Tell whether any norm of the state is on file."""
        return any(id_.startswith(f"{jurisdiction}/") for id_ in self.norms)


@cache
def find_shelf() -> Shelf:
    """Find the shelf; the first call of a process fills it."""
    roots = (SHIPPED, *settings.BEDSIDE_OVERLAY_FOLDERS)
    compiled = load_compiled(roots, cache=settings.BEDSIDE_CACHE_FOLDER)
    file = _find_site_file()
    site = load_site(file, compiled.vocabulary) if file else UNNAMED
    return Shelf(compiled=compiled, site=site, roots=roots)


def find_plain_site() -> dict[str, object]:
    """Find what the checked file of the site says, as plain data; nothing if there is no file."""
    file = _find_site_file()
    find_shelf()
    plain = load_document(file).value if file else {}
    return json.loads(json.dumps(plain)) if isinstance(plain, dict) else {}


def _find_site_file() -> Path | None:
    return settings.BEDSIDE_SITE_FILE or (SAMPLE if settings.BEDSIDE_IS_SAMPLE else None)
