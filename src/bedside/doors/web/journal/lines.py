"""Events as the journal's pages tell them, in one language."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from bedside.doors.web.words import say
from bedside.record.accounts.queries import find_names
from bedside.record.journal.pages import JournalPage, Line
from bedside.rules.vocabulary.problem import Language

SHOWN = 200  # characters of one value
SPLIT = "/"


@dataclass(frozen=True, slots=True, kw_only=True)
class EventLine:
    """One event as a sentence, and all that it says."""

    line: Line
    told: str
    who: str
    fit: str
    says: tuple[tuple[str, str], ...]
    stay: str  # the id of the stay that it is about, if it is about one


def tell_page(page: JournalPage, language: Language) -> tuple[EventLine, ...]:
    """Tell the events of a page."""
    names = find_names({line.by for line in page.lines if line.by})
    return tuple(_tell(line, names, language) for line in page.lines)


def _tell(line: Line, names: Mapping[UUID, str], language: Language) -> EventLine:
    room, _, id_ = line.record.partition(SPLIT)
    unnamed = say("journal_somebody" if line.by else "journal_bedside", language)
    return EventLine(
        line=line,
        told=line.kind.told.say(language),
        who=names.get(line.by, unnamed) if line.by else unnamed,
        fit=say(f"journal_{line.fit}", language),
        says=tuple((name, _say(value)) for name, value in sorted(line.content.items())),
        stay=id_ if room == "encounter" else "",
    )


def _say(value: Any) -> str:  # noqa: ANN401 - what an event says is any plain value
    if isinstance(value, dict):
        said = ", ".join(f"{name}: {_say(inner)}" for name, inner in sorted(value.items()))
    elif isinstance(value, list):
        said = ", ".join(map(_say, value))
    else:
        said = str(value)
    return said if len(said) <= SHOWN else said[: SHOWN - 1] + "…"
