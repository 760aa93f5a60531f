"""What is known of a situation, and everything that is worked out from it once."""

from dataclasses import dataclass
from functools import cached_property

from bedside.rules.decide.charges import Board
from bedside.rules.decide.claims import charge_claim
from bedside.rules.decide.frame import Frame, find_frames
from bedside.rules.decide.judge import Matter
from bedside.rules.decide.play import GUIDANCE, Charge, Entry, Play, find_entries, find_play
from bedside.rules.decide.situation import Situation
from bedside.rules.tables.compiled import Compiled
from bedside.rules.tables.index import find_bits
from bedside.rules.vocabulary.answer import Answer
from bedside.rules.vocabulary.catalogue import Dimension
from bedside.rules.vocabulary.known import WISH, discount_wish, settle

POSITION = "position"
WANTS_PRIVATE = "wants_private"
UNWANTED = ("sees", "hears")  # what a patient who wants privacy wants an officer not to do


@dataclass(frozen=True, kw_only=True)
class Case:
    """One situation held against one rulebook; nothing here changes after it is made."""

    compiled: Compiled
    situation: Situation

    @cached_property
    def play(self) -> Play:
        """The norms that can be in play here today."""
        situation = self.situation
        return find_play(self.compiled, situation.as_of, situation.jurisdiction, situation.overlays)

    @cached_property
    def settled(self) -> "tuple[dict[str, int], dict[str, str | int]]":
        """What is known, as bits, and what was presumed."""
        vocabulary = self.compiled.vocabulary
        found = discount_wish(settle(self.situation.facts, vocabulary), vocabulary)
        return dict(found.possible), dict(found.assumed)

    @property
    def known(self) -> dict[str, int]:
        """For each fact the answers it may have, as bits; a fact left out may have any."""
        return self.settled[0]

    @property
    def answered(self) -> dict[str, int]:
        """What is known without what was only presumed."""
        known, assumed = self.settled
        return {fact: answers for fact, answers in known.items() if fact not in assumed}

    @cached_property
    def speaking(self) -> int:
        """The norms that surely speak, as bits."""
        return self.play.table.find(self.known)

    @cached_property
    def open(self) -> int:
        """The norms that may speak and may not, as bits."""
        return self.play.table.find_open(self.known, self.speaking)

    @cached_property
    def board(self) -> Board:
        """The charges of the norms that speak."""
        return Board(self.play, self.speaking, self.entries)

    @cached_property
    def entries(self) -> list[Entry]:
        """The norms that surely speak."""
        return find_entries(self.play, self.speaking)

    @cached_property
    def frames(self) -> dict[str, Frame]:
        """The dimensions, ready to be decided."""
        return dict(find_frames(self.compiled))

    @cached_property
    def claimed(self) -> dict[str, list[Charge]]:
        """What claims charge, by dimension."""
        found: dict[str, list[Charge]] = {}
        for claim in self.situation.asserted:
            for dimension, charge in charge_claim(claim, self.compiled.vocabulary).items():
                found.setdefault(dimension, []).append(charge)
        return found

    def find_matter(self, dimension: str, board: Board, known: dict[str, int]) -> Matter:
        """Put together what is to be weighed in a dimension, for these norms and this knowledge."""
        frame = self.frames[dimension]
        charges = [*board.charges.get(dimension, ()), *self.claimed.get(dimension, ())]
        if dimension == POSITION:
            charges += self.charge_wish(known)
        stands = self.find_standing(dimension)
        return Matter(
            frame=frame,
            charges=charges,
            candidates=frame.find_candidates(known),
            start=frame.find_start(known, stands),
            stands=frame.dimension.places[stands] if stands is not None else None,
            is_named=any(map(_is_asked, charges)),
        )

    def find_standing(self, dimension: str) -> str | None:
        """Find the word for how things stand: as given, or as a fact says it."""
        given = self.situation.arrangement.get(dimension)
        fact = self.frames[dimension].dimension.stands_by
        if given is not None or fact is None:
            return given
        answer = self.situation.facts.get(fact)
        return answer if isinstance(answer, str) else None

    def charge_wish(self, known: dict[str, int]) -> list[Charge]:
        """Charge the patient's wish for privacy, as guidance."""
        wish = self.compiled.vocabulary.facts[WISH]
        if known.get(WISH) != wish.bit(WANTS_PRIVATE):
            return []
        return _charge_wish(self.frames[POSITION].dimension)

    def may_touch(self, dimension: str) -> bool:
        """Tell whether the situation may be about the dimension, for all that is known."""
        if self.is_touched(dimension):
            return True
        return self.frames[dimension].touched_by(self.known) is Answer.UNKNOWN

    def is_touched(self, dimension: str) -> bool:
        """Tell whether the activity, the request or the arrangement is about the dimension."""
        if dimension in self.situation.arrangement or dimension in self.claimed:
            return True
        return self.frames[dimension].touched_by(self.known) is Answer.YES


def _is_asked(charge: Charge) -> bool:
    """Tell whether a norm or the patient asks it: a claim without a document asks nothing alone."""
    return charge.entry is not None or charge.weight < GUIDANCE or charge.is_wish


def _charge_wish(position: Dimension) -> list[Charge]:
    wished = [(p, position.mask(position.properties[p].no)) for p in UNWANTED]
    return [
        Charge(
            keeps=keeps,
            broken=tuple(find_bits(position.every & ~keeps)),
            every=position.every,
            weight=GUIDANCE,
            source=f"wish: {property_}",
            is_wish=True,
        )
        for property_, keeps in wished
    ]
