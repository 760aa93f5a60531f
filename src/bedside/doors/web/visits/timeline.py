"""What happened in a visit, as the journal tells it, in the reader's words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from bedside.doors.web.words import say
from bedside.record.journal.queries import Told
from bedside.record.visits.tables import load_moments
from bedside.rules.vocabulary.catalogue import Vocabulary
from bedside.rules.vocabulary.problem import Language

ICONS = {
    "visit.opened": "log-in",
    "visit.changed": "pen-line",
    "visit.refused": "hand",
    "visit.entered": "footprints",
    "visit.closed": "check",
    "visit.exported": "files",
    "visit.viewed": "eye",
    "page.sent": "bell",
    "page.acknowledged": "check",
    "call.made": "phone",
    "call.answered": "phone-call",
}
TEXTS = ("words", "witness", "correction")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the timeline."""

    at: datetime
    icon: str
    title: str
    by: str
    lines: tuple[tuple[str, str], ...]  # what, and the answer
    leaf: int


class Teller:
    """Tells events and answers in one language."""

    def __init__(
        self,
        choices: Mapping[str, Mapping[str, str]],
        vocabulary: Vocabulary,
        language: Language,
    ) -> None:
        self.choices, self.vocabulary, self.language = choices, vocabulary, language

    def tell(self, told: Told, names: Mapping[UUID, str]) -> Entry:
        """Tell one event."""
        content = told.content or {}
        return Entry(
            at=told.at,
            icon=ICONS[told.kind.name],
            title=told.kind.told.say(self.language),
            by=names.get(told.by, "") if told.by else "",
            lines=tuple(self._tell_content(content)) if told.content is not None else self._gone(),
            leaf=told.leaf,
        )

    def tell_known(self, known: Mapping[str, object]) -> Iterable[tuple[str, str]]:
        """Tell answers: what was asked, and the answer; an answer taken back is told as such."""
        for field, value in known.items():
            answer = self.choices.get(field, {}).get(str(value), str(value))
            blank = value in ("", None)
            yield self._word(field), self._word("taken_back") if blank else answer

    def name_role(self, role: str) -> str:
        """Name somebody of the house."""
        found = self.vocabulary.roles.get(role)
        return found.label.say(self.language) if found else role

    def _tell_content(self, content: Mapping[str, object]) -> Iterable[tuple[str, str]]:
        what = load_moments().get(str(content.get("what", "")))
        if what:
            yield self._word("what"), what.label.say(self.language)
        known = content.get("known")
        if isinstance(known, Mapping):
            yield from self.tell_known(known)
        for role in (content.get("role"), content.get("to")):
            if role:
                yield self._word("role"), self.name_role(str(role))
        paged = content.get("paged")
        if isinstance(paged, list) and paged:
            yield self._word("paged"), ", ".join(self.name_role(str(role)) for role in paged)
        for field in TEXTS:
            if content.get(field):
                yield self._word(field), str(content[field])

    def _word(self, field: str) -> str:
        return say(f"visits_{field}", self.language)

    def _gone(self) -> tuple[tuple[str, str], ...]:
        return ((self._word("gone"), ""),)
