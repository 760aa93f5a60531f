"""A second, slow reading of how Bedside decides, for situations in which every fact is known.

Written from the published order, party by party and word by word, with none of the tables, bits
or shared code of the fast one: conditions are answered by their closures, the rest is plain sets.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from rules_cast import VOCABULARY

from bedside.rules.condition.holds import Closure, compile_closure
from bedside.rules.condition.parse import parse_condition
from bedside.rules.decide.situation import Situation
from bedside.rules.rulebook.norm import Fit, Kind, Modality, Norm, Reading, Standing
from bedside.rules.tables.compiled import Compiled
from bedside.rules.vocabulary.answer import Answer
from bedside.rules.vocabulary.catalogue import Dimension, Value, Vocabulary

CARE = {"hospital", "clinician"}
LAW = {"constitution", "statute", "regulation", "executive_order", "court_order"}
PROFESSION = {"professional_ethics", "professional_policy"}
GUIDANCE = {"model_policy", "soft_law", "practice"}
CLAIMED = {"officer": {"officer", "agency"}, "manager": {"hospital"}}


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A norm as it binds some of its parties in this situation."""

    norm: Norm
    parties: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Breach:
    """What one word breaks: whose rule, how heavy, from which source, asked as which words."""

    by: str
    rank: str
    is_care: bool
    is_law: bool
    source: str
    asked: frozenset[str]
    is_bare_claim: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a dimension comes to."""

    outcome: str
    advised: str | None
    breaks: Mapping[str, frozenset[str]]


class Referee:
    """One situation in which every fact is known, held against a rulebook."""

    def __init__(self, compiled: Compiled, situation: Situation) -> None:
        """Find what is in play."""
        self.vocabulary = compiled.vocabulary
        self.situation = situation
        self.facts = complete(situation.facts, self.vocabulary)
        facts = self.vocabulary.facts
        self.known = {id_: facts[id_].bit(value) for id_, value in self.facts.items()}
        norms = compiled.rulebook.norms.values()
        self.parts = [part for norm in norms for part in self._find_parts(norm)]

    # --- in play

    def _find_parts(self, norm: Norm) -> list[Part]:
        on = self.situation.as_of
        counts = (
            norm.reading is not Reading.REMEMBERED
            and norm.in_force_from <= on < (norm.in_force_to or date.max)
            and self._is_here(norm)
            and self._holds(norm.when)
            and not any(self._holds(unless.when) for unless in norm.unless)
        )
        bound = {p for p in norm.binds if not any(self._spares(s, p, on) for s in norm.standing)}
        return [Part(norm=norm, parties=frozenset(bound))] if counts and bound else []

    def _is_here(self, norm: Norm) -> bool:
        if norm.overlay is not None:
            return norm.overlay in self.situation.overlays
        steps, here = norm.id.split("/")[:-1], self.situation.jurisdiction.split("/")
        is_everywhere = steps[0] in {"profession", "world"} or steps[:2] == ["us", "federal"]
        return is_everywhere or here[: len(steps)] == steps

    def _spares(self, standing: Standing, party: str, on: date) -> bool:
        lasts = (standing.start or date.min) <= on < (standing.end or date.max)
        level = self.facts["agency_level"]
        at_level = not standing.agency_levels or level in standing.agency_levels
        return lasts and at_level and (not standing.as_to or party in standing.as_to)

    def _holds(self, text: str) -> bool:
        return read(text)(self.known) is Answer.YES

    # --- who silences whom

    def _find_beaters(self, part: Part) -> list[Part]:
        return [
            other
            for other in self.parts
            if part.norm.id in other.norm.defeats
            and part.parties & other.parties
            and not self._is_beaten(other)
        ]

    def _is_beaten(self, part: Part) -> bool:
        return any(part.parties <= by.parties for by in self._find_beaters(part))

    def _find_left(self, part: Part, dimension: str, word: str) -> frozenset[str]:
        """Find the parties that the norm still keeps from the word."""
        left = set(part.parties)
        for by in self._find_beaters(part):
            asks = [a for a in by.norm.arrangement if a.dimension == dimension]
            words = self._name_words(dimension, [a.keeps for a in asks])
            if not by.norm.arrangement or word in words:
                left -= by.parties
        return frozenset(left)

    def _name_words(self, dimension: str, masks: list[int]) -> set[str]:
        places = self.vocabulary.dimensions[dimension].places
        return {w for w, place in places.items() if any(mask >> place & 1 for mask in masks)}

    # --- what words break

    def find_breaches(self, dimension: Dimension, word: str) -> list[Breach]:
        """Find everything that a word breaks."""
        found = [
            Breach(
                by=part.norm.id,
                rank=rank(part.norm),
                is_care=bool(left & CARE),
                is_law=part.norm.kind.value in LAW,
                source=part.norm.source.title,
                asked=self._find_kept(part, dimension, ask.keeps),
            )
            for part in self.parts
            if part.norm.modality not in {Modality.MAY, Modality.DEFINES}
            and part.parties != {"public_body"}
            for ask in part.norm.arrangement
            if ask.dimension == dimension.id
            and not ask.keeps >> dimension.places[word] & 1
            and (left := self._find_left(part, dimension.id, word))
        ]
        return found + self._find_claims(dimension, word) + self._find_wishes(dimension, word)

    def _find_kept(self, part: Part, dimension: Dimension, keeps: int) -> frozenset[str]:
        words = self._name_words(dimension.id, [keeps])
        return frozenset(
            w for w in dimension.places if w in words or not self._find_left(part, dimension.id, w)
        )

    def _find_claims(self, dimension: Dimension, word: str) -> list[Breach]:
        return [
            Breach(
                by="",
                rank="B" if claim.document in {"seen", "copied"} else "D",
                is_care=claim.by == "manager",
                is_law=False,
                source=f"claim {claim.words}",
                asked=frozenset(self._name_words(dimension.id, [claim.arrangement[dimension.id]])),
                is_bare_claim=claim.document not in {"seen", "copied"},
            )
            for claim in self.situation.asserted
            if dimension.id in claim.arrangement
            and not claim.arrangement[dimension.id] >> dimension.places[word] & 1
        ]

    def _find_wishes(self, dimension: Dimension, word: str) -> list[Breach]:
        if dimension.id != "position" or self.facts["patient_wish"] != "wants_private":
            return []
        wish = Breach(by="", rank="D", is_care=True, is_law=False, source="", asked=frozenset())
        return [
            replace(wish, source=p, asked=dimension.properties[p].no)
            for p in ("sees", "hears")
            if word in dimension.properties[p].yes
        ]

    # --- the verdict

    def judge(self, dimension: Dimension) -> Verdict:
        """Weigh every word, and choose."""
        breaches = {word: self.find_breaches(dimension, word) for word in dimension.places}
        breaks = {
            word: frozenset(b.by for b in found if b.by)
            for word, found in breaches.items()
            if any(b.by for b in found)
        }
        counts = {word: count(found) for word, found in breaches.items()}
        can = [
            word
            for word in dimension.places
            if word not in dimension.never_advised
            and (word not in dimension.needs or self._holds(dimension.needs[word]))
        ]
        # A claim without a document is guidance that nobody gave; alone it decides nothing.
        if all(b.is_bare_claim for found in breaches.values() for b in found):
            return Verdict(outcome="silent", advised=None, breaks=breaks)
        clear = [word for word in can if not any(counts[word][:5])]
        if clear:
            best = min(clear, key=lambda w: (counts[w][5], *self._tie(dimension, w)))
            return Verdict(outcome="clear", advised=best, breaks=breaks)
        if all(any(b.is_care and b.rank == "A" for b in breaches[word]) for word in can):
            return Verdict(outcome="hold", advised=None, breaks=breaks)
        best = min(can, key=lambda w: (*counts[w], *self._tie(dimension, w)))
        return Verdict(outcome="conflict", advised=best, breaks=breaks)

    def _tie(self, dimension: Dimension, word: str) -> tuple[int, int]:
        """Nearest to how things stand or usually stand; then the word that asks least of others."""
        words = list(dimension.places)
        stands = self.situation.arrangement.get(dimension.id)
        if stands is None and dimension.id == "restraint":
            stands = str(self.situation.facts["legal_restraint"])
        start = stands or dimension.usual.get(str(self.facts["activity"]))
        far = abs(words.index(word) - words.index(start)) if start else 0
        if start and dimension.order == "none":
            far = int(word != start)
        from_end = dimension.order in {"patient", "none"} or dimension.id == "disclosure"
        return far, -words.index(word) if from_end else words.index(word)


@cache
def read(text: str) -> Closure:
    """Read a condition of the shipped vocabulary, once."""
    return compile_closure(parse_condition(text), VOCABULARY)


def complete(facts: Mapping[str, Value], vocabulary: Vocabulary) -> dict[str, Value]:
    """Add derived facts; count a wish for company as not asked unless it was said in private."""
    known = dict(facts)
    if known["patient_wish"] == "accepts_officer" and known["wish_given_in_private"] is not True:
        known["patient_wish"] = "not_asked"
    for fact in vocabulary.facts.values():
        if fact.derived is not None:
            base = known[fact.derived.fact]
            known[fact.id] = next(v for v, under in fact.derived.values.items() if base in under)
    return known


def rank(norm: Norm) -> str:
    """Tell what a norm weighs."""
    kind = norm.kind.value
    if kind in GUIDANCE or norm.modality is Modality.SHOULD or norm.fit is Fit.ANALOGY:
        return "D"
    if kind in PROFESSION or norm.fit is Fit.INFERENCE:
        return "C"
    return "A" if Kind(kind).value in LAW else "B"


def count(breaches: list[Breach]) -> tuple[int, ...]:
    """Count by weight: A, B, C of care and of law; then the officer's own B, C; then D."""
    heaviest: dict[tuple[str, frozenset[str]], int] = {}
    for breach in breaches:
        weight = 5
        if breach.rank != "D":
            weight = "ABC".index(breach.rank) + (0 if breach.is_care or breach.is_law else 2)
        key = (breach.source, breach.asked)
        heaviest[key] = min(weight, heaviest.get(key, weight))
    found = Counter(heaviest.values())
    return tuple(found[weight] for weight in range(6))
