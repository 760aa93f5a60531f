"""Why the answer is what it is: what each choice breaks, duties, claims, what was set aside."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.safestring import SafeString

from bedside.doors.web.claims import NOT_IN_FEDERAL_TEXT, Heard, find_heard
from bedside.doors.web.drawings import PLACES, draw_counts_on_rail
from bedside.doors.web.icons import draw_senses
from bedside.doors.web.norm_lines import NormLine, build_line, draw_counts
from bedside.doors.web.spans import say_span
from bedside.doors.web.words import say
from bedside.rules.decide.advice import (
    Advice,
    ClaimAnswer,
    ClaimAnswered,
    Collision,
    Judgement,
    Outcome,
)
from bedside.rules.rulebook.norm import Rank
from bedside.rules.vocabulary.catalogue import Dimension, Value, Vocabulary
from bedside.rules.vocabulary.problem import Language

RANKS = tuple(Rank)
SENSES = ("sees", "hears")
POSITION, IN_ROOM = "position", "in_room"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One word of a dimension, and what it would break."""

    word: str
    label: str
    remark: str
    is_advised: bool
    senses: SafeString
    total: int
    counts: SafeString
    broken: tuple[NormLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """A smallest set of norms that no choice keeps together, and whom to call."""

    lines: tuple[NormLine, ...]
    parties: str
    call: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnException:
    """An exception in the officer's own rule, and the words that open it."""

    line: NormLine
    opened_by: str
    say: str
    word: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One dimension of the arrangement, with its reasons."""

    id: str
    label: str
    standing: str
    standing_word: str
    advised: str
    stands: str
    because: tuple[NormLine, ...]
    choices: tuple[Choice, ...]
    rail: SafeString | None
    has_senses: bool
    clashes: tuple[Clash, ...]
    exceptions: tuple[OwnException, ...]
    depends_on: str
    if_only_read: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyLine:
    """Something to be done, by whom, by when."""

    act: str
    party: str
    to: str
    clock: str
    line: NormLine


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimLine:
    """What somebody said and what is on file about it."""

    by: str
    words: str
    answer: str
    more: str
    on_file: tuple[NormLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AsideLine:
    """A norm that does not count here, and why."""

    line: NormLine
    why: str
    by: str


class Reasons:
    """The reasons of one answer in one language."""

    def __init__(
        self, advice: Advice, vocabulary: Vocabulary, language: Language, agency: Value | None
    ) -> None:
        self.advice = advice
        self.vocabulary = vocabulary
        self.language = language
        self.agency = agency
        self._lines: dict[str, NormLine] = {}

    def find_line(self, id_: str) -> NormLine:
        """Find the line of a norm that the answer names; built once."""
        if id_ not in self._lines:
            norm = self.advice.norms[id_].norm
            self._lines[id_] = build_line(norm, self.vocabulary, self.language)
        return self._lines[id_]

    def find_lines(self, ids: Iterable[str]) -> tuple[NormLine, ...]:
        """Find lines, the heaviest first."""
        return tuple(sorted((self.find_line(i) for i in ids), key=lambda line: line.rank))

    def name(self, of: str, id_: str) -> str:
        """Name an id of one of the vocabulary's closed lists."""
        return self.vocabulary.label(of, id_).say(self.language)

    def name_word(self, dimension: str, word: str | None) -> str:
        """Name a word of a dimension; nothing for no word."""
        if word is None:
            return ""
        of = self.vocabulary.dimensions[dimension]
        return of.words[of.places[word]].label.say(self.language)

    def name_role(self, role: str) -> str:
        """Name somebody who may be called."""
        return self.vocabulary.roles[role].label.say(self.language)

    def build_part(self, judgement: Judgement) -> Part:
        """Build one dimension's reasons."""
        dimension = self.vocabulary.dimensions[judgement.dimension]
        only_read = judgement.without_reported
        differs = only_read != judgement.advised and judgement.outcome is not Outcome.SILENT
        nothing = say("nothing_advised", self.language)
        return Part(
            id=judgement.dimension,
            label=dimension.label.say(self.language),
            standing=judgement.standing,
            standing_word=self.name("outcomes", judgement.standing),
            advised=self.name_word(dimension.id, judgement.advised),
            stands=self.name_word(dimension.id, judgement.stands),
            because=self.find_lines(judgement.because),
            choices=tuple(self._build_choices(judgement, dimension)),
            rail=self._draw_rail(judgement),
            has_senses=all(sense in dimension.properties for sense in SENSES),
            clashes=tuple(self._build_clash(one) for one in judgement.collisions),
            exceptions=tuple(
                OwnException(
                    line=self.find_line(one.norm),
                    opened_by=say(f"opened_by_{one.opened_by}", self.language),
                    say=one.say.say(self.language) if one.say else "",
                    word=self.name_word(dimension.id, one.word),
                )
                for one in judgement.exceptions
            ),
            depends_on=", ".join(
                self.vocabulary.facts[f].label.say(self.language) for f in judgement.depends_on
            ),
            if_only_read=(self.name_word(dimension.id, only_read) or nothing) if differs else "",
        )

    def build_duties(self) -> tuple[DutyLine, ...]:
        """Build the duties, those with the shortest clock first."""
        duties = []
        for due in sorted(self.advice.duties, key=lambda d: (d.within is None, d.act)):
            span = say_span(due.within, due.counted, self.language)
            after = self.name("events", due.after).lower() if due.after else ""
            said_after = say("after_event", self.language, event=after) if after else ""
            duties.append(
                DutyLine(
                    act=self.name("acts", due.act),
                    party=self.name("parties", due.party),
                    to=self._name_anybody(due.to) if due.to else "",
                    clock=" ".join(part for part in (span, said_after) if part),
                    line=self.find_line(due.norm),
                )
            )
        return tuple(duties)

    def build_claims(self) -> tuple[ClaimLine, ...]:
        """Build what was claimed, and what is on file."""
        return tuple(self._build_claim(claim) for claim in self.advice.asserted)

    def build_asides(self) -> tuple[AsideLine, ...]:
        """Build what was set aside."""
        return tuple(
            AsideLine(
                line=self.find_line(one.norm),
                why=self.name("ui", one.why) if one.why != "remembered" else self._remembered,
                by=self.find_line(one.by).cite if one.by and one.by in self.advice.norms else "",
            )
            for one in self.advice.set_aside
        )

    @property
    def _remembered(self) -> str:
        return say("reading_remembered", self.language)

    def _build_claim(self, claim: ClaimAnswered) -> ClaimLine:
        heard = find_heard(claim.words)
        return ClaimLine(
            by=say(f"claim_by_{claim.by}", self.language),
            words=heard.words.say(self.language) if heard else claim.words,
            answer=self.name("ui", claim.answer.value),
            more=self._find_federal(claim, heard),
            on_file=self.find_lines(claim.on_file),
        )

    def _find_federal(self, claim: ClaimAnswered, heard: Heard | None) -> str:
        """Find what to add where somebody claims that an officer has to be inside the room."""
        is_inside = heard is not None and heard.property == IN_ROOM
        is_theirs = self.agency is None or self.agency in NOT_IN_FEDERAL_TEXT
        if not (is_inside and is_theirs) or claim.answer is ClaimAnswer.SAYS_SO:
            return ""
        return say("no_text_in_room", self.language)

    def _build_choices(self, judgement: Judgement, dimension: Dimension) -> Iterable[Choice]:
        breaks = judgement.breaks or {}
        for word in dimension.words:
            broken = breaks.get(word.id, ())
            remark = ""
            if word.id == judgement.advised:
                remark = self.name("ui", "advised")
            elif word.id in dimension.never_advised:
                remark = self.name("ui", "never_advised")
            elif word.id == judgement.stands:
                remark = say("as_now", self.language)
            named = [self.advice.norms[id_] for id_ in broken if id_ in self.advice.norms]
            yield Choice(
                word=word.id,
                label=word.label.say(self.language),
                remark=remark,
                is_advised=word.id == judgement.advised,
                senses=self._draw_senses(dimension, word.id),
                total=len(named),
                counts=draw_counts(named, self.vocabulary, self.language),
                broken=self.find_lines(one.norm.id for one in named),
            )

    def _draw_rail(self, judgement: Judgement) -> SafeString | None:
        if judgement.dimension != POSITION:
            return None
        breaks = judgement.breaks or {}
        counts = {place: len(breaks.get(place, ())) for place in PLACES}
        label = say("rail_of_counts", self.language)
        return draw_counts_on_rail(counts, judgement.advised, label)

    def _draw_senses(self, dimension: Dimension, word: str) -> SafeString:
        sees, hears = (dimension.properties.get(sense) for sense in SENSES)
        if sees is None or hears is None:
            return SafeString("")
        return draw_senses(word in sees.yes, word in hears.yes, self.language)

    def _build_clash(self, collision: Collision) -> Clash:
        return Clash(
            lines=self.find_lines(i for i in collision.norms if i in self.advice.norms),
            parties=", ".join(self.name("parties", p).lower() for p in collision.parties),
            call=", ".join(self.name_role(role) for role in collision.call),
        )

    def _name_anybody(self, id_: str) -> str:
        if id_ in self.vocabulary.roles:
            return self.name_role(id_)
        return self.name("parties", id_)
