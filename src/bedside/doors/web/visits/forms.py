"""What is tapped and typed about a visit, read by hand: bounded, every problem said at once."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bedside.doors.web.forms import NOWHERE
from bedside.doors.web.words import WORDS
from bedside.record.visits.known import MOST, MOST_OFFICERS, Known
from bedside.record.visits.models import Visit
from bedside.record.visits.operations import Happens
from bedside.record.visits.tables import (
    DECLINED,
    DOORS,
    OUTCOMES,
    PAPER_FIELDS,
    PHONED,
    REFUSALS,
    load_asks,
    load_paper_kinds,
    load_paper_questions,
)
from bedside.rules.rulebook.facts import WRONG_VALUE
from bedside.rules.vocabulary.catalogue import Vocabulary
from bedside.rules.vocabulary.problem import (
    Language,
    Problem,
    ProblemKind,
    Problems,
    Text,
    find_near,
)

Sent = Mapping[str, str]
NEW_FOR = timedelta(minutes=10)  # a form that lay open longer says nothing of when they came
AGO = (0, 2, 5, 15, 30, 60)  # minutes
ONE_DAY = timedelta(days=1)
HOUR = re.compile("([01][0-9]|2[0-3]):([0-5][0-9])")
WHATS = (*REFUSALS, DECLINED, *OUTCOMES, *PHONED)
WORDS_OF = {"words": 2000, "witness": 200, "text": 2000}
CONTACTS = (
    "administrator_on_duty",
    "counsel",
    "privacy_officer",
    "house_supervisor",
    "hospital_security",
)

TOO_LONG = ProblemKind(
    code="visits.too-long",
    what=Text(
        en="{label}: {length} characters stand there", es="{label}: tiene {length} caracteres"
    ),
    help=Text(en="at most {most} fit; shorten it", es="caben {most} como máximo; acórtelo"),
)
NO_NUMBER = ProblemKind(
    code="visits.no-number",
    what=Text(en="`{value}` is no number of officers", es="`{value}` no es un número de agentes"),
    help=Text(en="write a number from 0 to {most}", es="escriba un número de 0 a {most}"),
)
NO_HOUR = ProblemKind(
    code="visits.no-hour",
    what=Text(en="`{value}` is no time of day", es="`{value}` no es una hora"),
    help=Text(en="write hour and minute, such as 02:50", es="escriba hora y minuto, como 02:50"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """A form about what is known, as it was sent."""

    known: Known
    came_at: datetime
    version: int

    def says_more_than(self, earlier: Known, visit: Visit) -> bool:
        """Tell whether anything in it is new."""
        return (self.known, self.came_at) != (earlier, visit.came_at)


def find_choices(vocabulary: Vocabulary, language: Language) -> dict[str, dict[str, str]]:
    """Find the answers of every closed question of the form, by field, in the language."""
    facts = {field: field for field in ("agency", "purpose", "area")}
    facts["identity"] = "officer_identity"
    choices = {
        field: {word.id: word.label.say(language) for word in vocabulary.facts[fact].words}
        for field, fact in facts.items()
    }
    choices["agency"].pop("none")
    choices["asks"] = {one.id: one.label.say(language) for one in load_asks().values()}
    choices["paper"] = {one.id: one.label.say(language) for one in load_paper_kinds().values()}
    for question in load_paper_questions().values():
        answers = {id_: label.say(language) for id_, label in question.answers.items()}
        choices[PAPER_FIELDS[question.id]] = answers
    choices["door"] = {door: WORDS[f"visits_door_{door}"].say(language) for door in DOORS}
    for field in ("paper_copied", "emergency"):
        choices[field] = {word: WORDS[word].say(language) for word in ("yes", "no")}
    return choices


class Reader:
    """One form, read field by field; problems are gathered, not thrown."""

    def __init__(self, sent: Sent, choices: Mapping[str, Mapping[str, str]]) -> None:
        self.sent, self.choices = sent, choices
        self.problems: list[Problem] = []

    def read_known(self, earlier: Known) -> Known:
        """Read what is known; a field that was not sent stays as it was."""
        answers: dict[str, str | int | None] = {}
        answers |= {name: self._read_word(name) for name in self.choices if name in self.sent}
        for name, most in MOST.items():
            if name in self.sent:
                answers[name] = self.read_text(name, most)
        if "count" in self.sent:
            answers["count"] = self._read_count()
        return earlier.answered(answers)

    def read_text(self, name: str, most: int) -> str:
        """Read a text, or say that it is too long; what was typed stays on the page."""
        text = self.sent.get(name, "").strip().replace("\r\n", "\n")
        if len(text) > most:
            label = WORDS[f"visits_{name}"].en
            self.problems.append(TOO_LONG.at(NOWHERE, label=label, length=len(text), most=most))
        return text

    def read_choice(self, name: str, known: tuple[str, ...]) -> str:
        """Read a word of a closed list."""
        word = self.sent.get(name, "").strip()
        if word not in known:
            self._refuse(name, word, known)
        return word

    def read_came(self, came_at: datetime, zone: ZoneInfo, *, at: datetime) -> datetime:
        """Read at what hour they came: the last time that the clock showed it."""
        value = self.sent.get("came", "").strip()
        local = came_at.astimezone(zone)
        if not value or value == f"{local:%H:%M}":
            return came_at
        found = HOUR.fullmatch(value)
        if found is None:
            self.problems.append(NO_HOUR.at(NOWHERE, value=value))
            return came_at
        hour = at.astimezone(zone).replace(
            hour=int(found[1]), minute=int(found[2]), second=0, microsecond=0
        )
        hour = hour if hour <= at else hour - ONE_DAY
        return hour.astimezone(at.tzinfo)

    def finish(self) -> None:
        """Say everything that is not understood."""
        if self.problems:
            raise Problems(self.problems)

    def _read_word(self, name: str) -> str:
        word = self.sent.get(name, "").strip()
        if word and word not in self.choices[name]:
            self._refuse(name, word, tuple(self.choices[name]))
        return word

    def _read_count(self) -> int | None:
        value = self.sent.get("count", "").strip()
        if not value:
            return None
        if value.isascii() and value.isdigit() and len(value) < 3 and int(value) <= MOST_OFFICERS:  # noqa: PLR2004 - no longer digits than the limit has
            return int(value)
        self.problems.append(NO_NUMBER.at(NOWHERE, value=value, most=MOST_OFFICERS))
        return None

    def _refuse(self, name: str, word: str, known: tuple[str, ...]) -> None:
        near, listed = find_near(word, known), ", ".join(known)
        self.problems.append(WRONG_VALUE.at(NOWHERE, fact=name, word=word, known=listed, near=near))


def read_opening(sent: Sent, choices: Mapping[str, Mapping[str, str]]) -> Known:
    """Read the first taps; whatever nobody tapped is not known."""
    reader = Reader(sent, choices)
    known = reader.read_known(Known())
    reader.finish()
    return known


def read_began(sent: Sent, *, at: datetime) -> datetime:
    """Read when the page was opened: that is when they came, unless it lay open for long."""
    try:
        began = datetime.fromisoformat(sent.get("began", ""))
    except ValueError:
        return at
    if began.tzinfo is None or not timedelta(0) <= at - began <= NEW_FOR:
        return at
    return began.astimezone(at.tzinfo)


def read_moment(sent: Sent, *, at: datetime) -> Happens:
    """Read one thing that happened, with words and a witness if there are any."""
    reader = Reader(sent, {})
    what = reader.read_choice("what", WHATS)
    ago = reader.read_choice("ago", tuple(map(str, AGO))) if "ago" in sent else "0"
    role = reader.read_choice("role", ("", *CONTACTS)) if "role" in sent else ""
    texts = {name: reader.read_text(name, WORDS_OF[name]) for name in ("words", "witness")}
    reader.finish()
    return Happens(what=what, role=role, happened_at=at - timedelta(minutes=int(ago)), **texts)


def read_contact(sent: Sent) -> str:
    """Read whom to page."""
    reader = Reader(sent, {})
    role = reader.read_choice("role", CONTACTS)
    reader.finish()
    return role


def read_correction(sent: Sent) -> str:
    """Read a correction."""
    reader = Reader(sent, {})
    text = reader.read_text("text", WORDS_OF["text"])
    reader.finish()
    return text
