"""Take what somebody tapped and sent, or say everything about it that is not understood."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.http import QueryDict

from bedside.doors.web.claims import DOCUMENTS, HEARD, build_claim
from bedside.doors.web.restraint import LIMBS, WAYS, find_restraint
from bedside.doors.web.site import Site
from bedside.doors.web.states import STATES
from bedside.rules.decide.situation import Claim, Situation
from bedside.rules.rulebook.facts import UNKNOWN, UNKNOWN_FACT, WRONG_VALUE, find_contradictions
from bedside.rules.rulebook.form import ISO_DAY
from bedside.rules.vocabulary.catalogue import Fact, FactType, Value, Vocabulary
from bedside.rules.vocabulary.problem import Place, Problem, ProblemKind, Problems, Text, find_near

WISH = "patient_wish"
IN_PRIVATE = "wish_given_in_private"
PRIVATE, HEARD_BY_OFFICER = ":private", ":heard"
RESTRAINT, RESTRAINT_DIMENSION = "legal_restraint", "restraint"
OURS = frozenset({"as_of", "jurisdiction", "limb", "hold", "claim", "claim_document", "emergency"})
MARKS = ("csrfmiddlewaretoken", "key")
BEFORE = ("position", "device")  # how things stood before an alarm; the plan begins anew
HOLDS = ("", "none", "done")
FLAGS = {"true": True, "yes": True, "false": False, "no": False}
NOWHERE = Place(file="")
FIRST_DAY, LAST_DAY = date(1950, 1, 1), date(2100, 1, 1)
SHOWN_WORDS = 25
COUNT = re.compile("[0-9]{1,6}")

NO_DAY = ProblemKind(
    code="taps.no-day",
    what=Text(en="`{value}` is no day", es="`{value}` no es una fecha"),
    help=Text(
        en="write year, month and day, for example 2026-11-23, between 1950 and 2100",
        es="escriba año, mes y día, por ejemplo 2026-11-23, entre 1950 y 2100",
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tapped:
    """A situation, and the fields that say it again when a page is sent once more."""

    situation: Situation
    fields: tuple[tuple[str, str], ...]

    def find_all(self, name: str) -> tuple[str, ...]:
        """Find every value sent for a field."""
        return tuple(value for field, value in self.fields if field == name)

    def find_last(self, name: str) -> str:
        """Find the last value sent for a field: an answer given later counts."""
        return next(reversed(self.find_all(name)), "")

    def has(self, name: str) -> bool:
        """Tell whether the field was sent at all."""
        return any(field == name for field, _ in self.fields)


def read_taps(sent: QueryDict, *, vocabulary: Vocabulary, site: Site, today: date) -> Tapped:
    """Read the taps, or raise `Problems` with everything that is not understood."""
    reader = _Reader(_leave_out_marks(sent), vocabulary)
    facts = reader.read_facts(site)
    arrangement = reader.read_arrangement(facts)
    situation = Situation(
        as_of=reader.read_day(today),
        jurisdiction=reader.read_state(site.jurisdiction),
        overlays=site.overlays,
        facts=facts,
        arrangement=arrangement,
        asserted=reader.read_claims(),
    )
    reader.problems += find_contradictions(facts, vocabulary, place=NOWHERE)
    if reader.problems:
        raise Problems(reader.problems)
    return Tapped(situation=situation, fields=reader.find_fields())


def _leave_out_marks(sent: QueryDict) -> QueryDict:
    """Leave out what a kept form carries beside the taps: its token, and its own key."""
    taps = sent.copy()
    for name in MARKS:
        taps.pop(name, None)
    return taps


class _Reader:
    """One request, read field by field; problems are gathered, not thrown."""

    def __init__(self, sent: QueryDict, vocabulary: Vocabulary) -> None:
        self.sent = sent
        self.vocabulary = vocabulary
        self.problems: list[Problem] = []
        known = {*vocabulary.facts, *vocabulary.dimensions, *OURS}
        for name in sent:
            if name not in known:
                near = find_near(name, known)
                self.problems.append(UNKNOWN_FACT.at(NOWHERE, fact=name, near=near))

    def find_fields(self) -> tuple[tuple[str, str], ...]:
        """Keep what was sent, to send it again: answers given later come last."""
        kept = []
        for name, values in self.sent.lists():
            several = values if name in {"limb", "claim"} else values[-1:]
            kept += [(name, value) for value in dict.fromkeys(several)]
        if self.sent.get("emergency"):
            kept = [(n, v) for n, v in kept if n not in {"emergency", "activity", *BEFORE}]
            kept.append(("activity", "code"))
        return tuple(kept)

    def read_facts(self, site: Site) -> dict[str, Value]:
        """Read the facts: what the site knows, unless somebody answered, even with *not known*."""
        facts = {id_: value for id_, value in site.facts.items() if id_ not in self.sent}
        for id_, fact in self.vocabulary.facts.items():
            sent = self._find_text(id_)
            if sent:
                self._take(fact, sent, facts)
        if self.sent.get("emergency"):
            facts["activity"] = "code"
        restraint = self._find_restraint()
        if restraint:
            facts[RESTRAINT] = restraint
        return facts

    def read_arrangement(self, facts: Mapping[str, Value]) -> dict[str, str]:
        """Read how things stand."""
        stands: dict[str, str] = {}
        passed = BEFORE if self.sent.get("emergency") else ()
        for id_, dimension in self.vocabulary.dimensions.items():
            word = self._find_text(id_) if id_ not in passed else ""
            if word in dimension.places:
                stands[id_] = word
            elif word:
                self._refuse(id_, word, tuple(dimension.places))
        restraint = facts.get(RESTRAINT)
        if isinstance(restraint, str) and RESTRAINT_DIMENSION in self.vocabulary.dimensions:
            stands.setdefault(RESTRAINT_DIMENSION, restraint)
        return stands

    def read_day(self, today: date) -> date:
        """Read the day asked about; today if none is given."""
        value = self.sent.get("as_of", "").strip()
        if not value:
            return today
        day = read_day(value)
        if day is None:
            self.problems.append(NO_DAY.at(NOWHERE, value=value))
        return day or today

    def read_state(self, usual: str) -> str:
        """Read where the hospital is."""
        value = self.sent.get("jurisdiction", "").strip() or usual
        if value != usual and value not in STATES:
            self._refuse("jurisdiction", value, tuple(STATES))
        return value

    def read_claims(self) -> tuple[Claim, ...]:
        """Read what an officer or a manager claims, by button."""
        document = self.sent.get("claim_document", "") or DOCUMENTS[0]
        if document not in DOCUMENTS:
            self._refuse("claim_document", document, DOCUMENTS)
            return ()
        claims = []
        for id_ in dict.fromkeys(self.sent.getlist("claim")):
            if id_ in HEARD:
                claims.append(build_claim(id_, document, self.vocabulary))
            elif id_:
                self._refuse("claim", id_, tuple(HEARD))
        return tuple(claims)

    def _find_text(self, name: str) -> str:
        value = self.sent.get(name, "").strip()
        return "" if value == UNKNOWN else value

    def _find_restraint(self) -> str | None:
        hold = self.sent.get("hold", "")
        if hold not in HOLDS:
            self._refuse("hold", hold, HOLDS[1:])
        limbs = [limb for limb in self.sent.getlist("limb") if limb]
        for limb in limbs:
            if limb not in LIMBS + WAYS:
                self._refuse("limb", limb, LIMBS + WAYS)
        return "none" if hold == "none" else find_restraint(limbs)

    def _take(self, fact: Fact, sent: str, facts: dict[str, Value]) -> None:
        if fact.id == WISH:
            sent, facts = self._split_wish(sent, facts)
        value = read_value(fact, sent)
        if value is None:
            self._refuse(fact.id, sent, fact.domain)
        else:
            facts[fact.id] = value

    def _split_wish(self, sent: str, facts: dict[str, Value]) -> tuple[str, dict[str, Value]]:
        for ending, in_private in ((PRIVATE, True), (HEARD_BY_OFFICER, False)):
            if sent.endswith(ending):
                facts[IN_PRIVATE] = in_private
                return sent.removesuffix(ending), facts
        return sent, facts

    def _refuse(self, name: str, word: str, known: tuple[Value, ...]) -> None:
        shown = [_write(value) for value in known]
        near = find_near(word, shown)
        listed = ", ".join(shown[:SHOWN_WORDS])
        self.problems.append(WRONG_VALUE.at(NOWHERE, fact=name, word=word, known=listed, near=near))


def read_value(fact: Fact, sent: str) -> Value | None:
    """Read one answer to a fact's question, or nothing if it is none of the fact's answers."""
    if fact.type is FactType.FLAG:
        return FLAGS.get(sent)
    if fact.type is FactType.COUNT:
        number = int(sent) if COUNT.fullmatch(sent) else -1
        return number if fact.low <= number <= fact.high else None
    return sent if sent in fact.places else None


def read_day(value: str) -> date | None:
    """Read a day written as 2026-11-23, within the days that norms may speak of."""
    if not ISO_DAY.fullmatch(value):  # no week such as 2026-W48-1
        return None
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return None
    return day if FIRST_DAY <= day < LAST_DAY else None


def _write(value: Value) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
