"""The answer at the door: one sentence, one thing to do, one person; and the duties as clocks."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bedside.doors.web.norm_lines import NormLine, build_line
from bedside.doors.web.shelf import Shelf
from bedside.doors.web.site import Site
from bedside.doors.web.spans import say_span
from bedside.doors.web.words import say
from bedside.record.accounts.roles import Role
from bedside.record.visits.situation import situation_at_door
from bedside.record.visits.tables import (
    Script,
    find_paper_row,
    load_asks,
    load_moments,
    load_scripts,
)
from bedside.record.visits.wanted import (
    Filled,
    VisitRecord,
    Want,
    fill,
    load_acts,
    load_fields,
    load_ours,
    load_wants,
)
from bedside.rules.decide.advice import Advice, DutyDue, Judgement, Outcome
from bedside.rules.decide.advise import advise
from bedside.rules.rulebook.norm import Rank
from bedside.rules.vocabulary.catalogue import Word
from bedside.rules.vocabulary.problem import Language

OURS = ("hospital", "clinician")  # whose duties are shown; an officer's are not ours to keep
LAWFUL = (Rank.LAW, Rank.OWN_RULES)
REFUSED_ENTRY = ("declined", "would_not_wait", "entered")
PAGED = frozenset(role.value for role in Role)
FIRST = "administrator_on_duty"
WAIT = "wait_for_counsel"
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Somebody to call, and the number."""

    role: str
    label: str
    phone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldLine:
    """One field of the record, and whether it is there."""

    label: str
    filled: str
    filled_word: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WantLine:
    """What one norm, or our own rule, wants of the record."""

    line: NormLine | None
    is_asked: bool  # whether the norm surely speaks here
    fields: tuple[FieldLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyClock:
    """A duty, when it began to run, and when it was done."""

    act: str
    to: str
    due: str
    state: str  # done, open or waits; or untold, where nothing here keeps it
    told: str
    line: NormLine


@dataclass(frozen=True, slots=True, kw_only=True)
class DoorAnswer:
    """Everything that the page of a visit says, in one language."""

    say: str
    do: str
    is_unreviewed: bool
    standing: str
    standing_word: str
    advised: str  # what the rules advise, in the rulebook's own word
    because: tuple[NormLine, ...]
    paper: str
    paper_do: str
    contact: Contact
    others: tuple[Contact, ...]
    question: str
    duties: tuple[DutyClock, ...]
    wants: tuple[WantLine, ...]
    missing: tuple[str, ...]


class Door:
    """One visit held against the rulebook, told in one language."""

    def __init__(
        self, shelf: Shelf, site: Site, record: VisitRecord, *, at: datetime, language: Language
    ) -> None:
        self.shelf, self.site, self.record = shelf, site, record
        self.at, self.language = at, language
        self.asked = load_asks().get(record.known.asks) or load_asks()["other"]
        situation = situation_at_door(
            record.known,
            record.outcome,
            today=at.astimezone(site.timezone).date(),
            house=site.facts,
            place=(site.jurisdiction, site.overlays),
        )
        self.advice: Advice = advise(shelf.compiled, situation)

    def find_contact(self) -> str:
        """Find whom to call first: whom the law or our own rules name, else the door's ladder."""
        duties = [duty for duty in self._find_duties() if duty.act.startswith("notify_")]
        named = [duty.to for duty in duties if self._is_heavy(duty) and duty.to in PAGED]
        return next((role for role in named if role), self.asked.call[0])

    def answer(self) -> DoorAnswer:
        """Answer."""
        lead = self._find_lead()
        script = self._find_script()
        row = find_paper_row(self.record.known)
        first = self.find_contact()
        rest = [role for role in (*self.asked.call, FIRST, "counsel") if role != first]
        question = next(iter((*self.advice.ask, *(lead.depends_on if lead else ()))), "")
        wants = tuple(self._build_wants())
        return DoorAnswer(
            say=self._find_say(script),
            do=self._find_do(lead, script),
            is_unreviewed=script.reviewer is None,
            standing=lead.standing if lead else Outcome.SILENT.value,
            standing_word=self._name("outcomes", lead.standing if lead else Outcome.SILENT.value),
            advised=self._name_advised(lead),
            because=tuple(self._line(id_) for id_ in (lead.because if lead else ())),
            paper=row.line.say(self.language) if row else "",
            paper_do=row.do.say(self.language) if row else "",
            contact=self._build_contact(first),
            others=tuple(self._build_contact(role) for role in dict.fromkeys(rest)),
            question=self.shelf.vocabulary.facts[question].question.say(self.language)
            if question
            else "",
            duties=tuple(self._build_duties()),
            wants=wants,
            missing=self._find_missing(wants),
        )

    def _find_lead(self) -> Judgement | None:
        """Find what the answer leads with: the first of what was asked about that is spoken of."""
        about = [self.advice.dimensions.get(id_) for id_ in self.asked.about]
        spoken = [j for j in about if j is not None and j.outcome is not Outcome.SILENT]
        settled = [j for j in spoken if j.advised is not None]
        return next(iter(settled or spoken), None)

    def _find_script(self) -> Script:
        """Find the script: of the last thing that happened, else of what they ask for."""
        happened = [load_moments()[one.what] for one in self.record.happened[-1:]]
        return (happened or [load_scripts()[self.asked.script]])[0]

    def _find_say(self, script: Script) -> str:
        is_rules = self.asked.says == "rules" and not self.record.happened
        return (self.advice.say if is_rules else script.say).say(self.language)

    def _find_do(self, lead: Judgement | None, script: Script) -> str:
        if self.record.happened or lead is None or lead.advised in (None, WAIT):
            return script.do.say(self.language)  # to wait and call, and it names one person only
        ask = self._find_word(lead).ask.say(self.language)
        return f"{ask[:1].upper()}{ask[1:]}."

    def _name_advised(self, lead: Judgement | None) -> str:
        if lead is None or lead.advised is None:
            return ""
        return self._find_word(lead).label.say(self.language)

    def _find_word(self, lead: Judgement) -> Word:
        dimension = self.shelf.vocabulary.dimensions[lead.dimension]
        return dimension.words[dimension.places[lead.advised or ""]]

    def _find_duties(self) -> Iterable[DutyDue]:
        """Find the duties of the house for now, each norm once, the shortest clock first."""
        due = [duty for duty in self.advice.duties if duty.now and duty.party in OURS]
        once = {duty.norm: duty for duty in due}
        return sorted(once.values(), key=lambda d: (not self._is_heavy(d), d.within is None))

    def _is_heavy(self, duty: DutyDue) -> bool:
        return self.advice.norms[duty.norm].rank in LAWFUL

    def _build_duties(self) -> Iterable[DutyClock]:
        for duty in self._find_duties():
            state, told = self._tell_clock(duty)
            event = self._name("events", duty.after).lower() if duty.after else ""
            span = say_span(duty.within, duty.counted, self.language)
            after = say("after_event", self.language, event=event) if event else ""
            yield DutyClock(
                act=self._name("acts", duty.act),
                to=self._build_contact(duty.to).label if duty.to else "",
                due=" ".join(part for part in (span, after) if part),
                state=state,
                told=told,
                line=self._line(duty.norm),
            )

    def _tell_clock(self, duty: DutyDue) -> tuple[str, str]:
        """Tell whether the duty is done, and how long after it began to run."""
        began = self._find_began(duty)
        if began is None:
            return "waits", say("visits_clock_waits", self.language)
        want = self._find_wants().get(duty.norm) or load_acts().get(duty.act)
        if want is None:
            return "untold", say("visits_clock_untold", self.language)
        if Filled.MISSING in fill(want, self.record).values():
            return "open", say(
                "visits_clock_open", self.language, span=say_since(self.at - began, self.language)
            )
        done_at = self._find_done(want)
        if done_at is None:
            return "done", say("visits_clock_done", self.language)
        since = say_since(done_at - began, self.language)
        return "done", say("visits_clock_done_after", self.language, span=since)

    def _find_began(self, duty: DutyDue) -> datetime | None:
        if duty.after != "entry_refused":
            return self.record.came_at
        refused = self.record.find_moment(REFUSED_ENTRY)
        return refused.at if refused else None

    def _find_done(self, want: Want) -> datetime | None:
        call = self.record.find_call(want.to) if "called" in want.fields else None
        if call:
            return call.at
        seen = [one for one in self.record.happened if one.witness]
        return seen[0].at if "witness" in want.fields and seen else None

    def _find_wants(self) -> Mapping[str, Want]:
        wants = load_wants(self.site.jurisdiction, frozenset(self.shelf.norms))
        return {want.norm: want for want in wants}

    def _build_wants(self) -> Iterable[WantLine]:
        asked = {duty.norm for duty in self.advice.duties}
        for want in (*self._find_wants().values(), load_ours()):
            filled = fill(want, self.record)
            yield WantLine(
                line=self._line(want.norm) if want.norm else None,
                is_asked=not want.norm or want.norm in asked,
                fields=tuple(self._build_field(field, one) for field, one in filled.items()),
            )

    def _build_field(self, field: str, filled: Filled) -> FieldLine:
        return FieldLine(
            label=load_fields()[field].say(self.language),
            filled=filled.value,
            filled_word=say(f"visits_field_{filled.value}", self.language),
        )

    def _find_missing(self, wants: Iterable[WantLine]) -> tuple[str, ...]:
        asked = [field for want in wants if want.is_asked for field in want.fields]
        missing = [field.label for field in asked if field.filled == Filled.MISSING]
        return tuple(dict.fromkeys(missing))

    def _build_contact(self, role: str) -> Contact:
        found = self.shelf.vocabulary.roles.get(role)
        said = found.label.say(self.language) if found else self._name("parties", role)
        return Contact(role=role, label=said, phone=self.site.phones.get(role, ""))

    def _line(self, norm: str) -> NormLine:
        return build_line(self.shelf.norms[norm], self.shelf.vocabulary, self.language)

    def _name(self, of: str, id_: str) -> str:
        return self.shelf.vocabulary.label(of, id_).say(self.language)


def say_since(span: timedelta, language: Language) -> str:
    """Say how long something took or has been waiting, as roughly as a person would."""
    seconds = max(0, int(span.total_seconds()))
    if span < 2 * MINUTE:
        return _say_number("second", seconds, language)
    if span < 2 * HOUR:
        return _say_number("minute", seconds // 60, language)
    return _say_number("hour", seconds // 3600, language)


def _say_number(unit: str, number: int, language: Language) -> str:
    many = "one" if number == 1 else "many"
    return say(f"span_{unit}_{many}", language, n=number)
