"""One dimension of one world as a formula: what the decider would answer, whatever is known.

It says again, for a solver, what `decide` says for one situation: who silences whom, what each word
would break, which word is asked for. What it says is replayed, and held against the decider over
all situations of small rulebooks in the tests.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import z3

from bedside.rules.condition.nodes import Condition
from bedside.rules.condition.parse import parse_condition
from bedside.rules.decide.frame import ACTIVITY, Frame
from bedside.rules.decide.known import POSITION, WANTS_PRIVATE, Case
from bedside.rules.decide.play import GUIDANCE, Charge, Entry
from bedside.rules.prove.burdens import Burden, find_burdens, say_ways
from bedside.rules.prove.knowledge import Knowledge
from bedside.rules.prove.world import World
from bedside.rules.vocabulary.known import WISH

SILENT = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """The answer as numbers: `code` is the whole of it, `place` the advised word."""

    code: z3.BitVecRef
    place: z3.BitVecRef
    may_depend: z3.BoolRef  # it is clear, or silent and asked about
    words: tuple[z3.BitVecRef, ...] = ()  # where several stand together: each word's own answer


@dataclass(kw_only=True)
class Scale:
    """A dimension of a world, ready to be weighed for any knowledge."""

    world: World
    dimension: str
    # A sum by the numbers of what it adds, which are kept as well: the solver reuses numbers.
    sums: dict[object, tuple[object, z3.BitVecRef]] = field(default_factory=dict)

    @cached_property
    def frame(self) -> Frame:
        """What the vocabulary says of the dimension."""
        return self.world.frames[self.dimension]

    @property
    def size(self) -> int:
        """How many words there are."""
        return len(self.frame.dimension.words)

    @cached_property
    def burdens(self) -> tuple[Burden, ...]:
        """All that can be charged."""
        entries = [e for e in self.world.play.entries if self.is_charged_by(e)]
        return tuple(
            burden
            for entry in entries
            for burden in find_burdens(self.world, entry, self.dimension)
        )

    def is_charged_by(self, entry: Entry) -> bool:
        """Tell whether the norm charges something here."""
        return any(dimension == self.dimension for dimension, _ in entry.charges)

    def is_bound_by(self, entry: Entry) -> bool:
        """Tell whether the norm charges more than guidance here."""
        return any(d == self.dimension and c.weight < GUIDANCE for d, c in entry.charges)

    @cached_property
    def needs(self) -> Mapping[int, Condition]:
        """What the words need, by their places."""
        places, needs = self.frame.dimension.places, self.frame.dimension.needs
        return {places[word]: parse_condition(text) for word, text in needs.items()}

    @cached_property
    def touched(self) -> Condition:
        """When a situation is about the dimension."""
        return parse_condition(self.frame.dimension.touched_by)

    @property
    def numbers(self) -> list[int]:
        """The norms on which the answer rests."""
        return sorted({n for b in self.burdens for n in (b.entry.number, *b.beaters)})

    @property
    def trees(self) -> list[Condition]:
        """Every condition on which the answer rests."""
        own = [self.condition(number) for number in self.numbers]
        return [*own, *self.needs.values(), self.touched]

    @property
    def whole(self) -> set[str]:
        """The facts of which every answer counts by itself."""
        stands_by = self.frame.dimension.stands_by
        found = {stands_by} if stands_by else set()
        if self.frame.usual:
            found.add(ACTIVITY)
        return found | ({WISH} if self.dimension == POSITION else set())

    @cached_property
    def _conditions(self) -> dict[int, Condition]:
        return {}

    def condition(self, number: int) -> Condition:
        """Read when a norm speaks."""
        found = self._conditions.get(number)
        if found is None:
            found = self.world.condition(self.world.play.entries[number])
            self._conditions[number] = found
        return found

    # --- the formula

    def weigh(self, knowledge: Knowledge, beneath: Knowledge | None = None) -> Weighed:
        """Weigh; what is only supposed does not reach a norm whose cubes are too many to list."""
        charged = [(b.charge, self.charges(b, knowledge, beneath)) for b in self.burdens]
        charged += [(charge, knowledge.is_answered(WISH, self._private)) for charge in self.wishes]
        candidates = [self._can_be_had(place, knowledge) for place in range(self.size)]
        heavy = [self._is_broken(charged, place, GUIDANCE) for place in range(self.size)]
        is_named = z3.Or([when for _, when in charged])
        if self.frame.dimension.many:
            return self._weigh_each(is_named, candidates, heavy)
        clear = [z3.And(c, z3.Not(h)) for c, h in zip(candidates, heavy, strict=True)]
        law = [(charge, when) for charge, when in charged if charge.is_law_on_care]
        open_ = [
            z3.And(c, z3.Not(self._is_broken(law, place, GUIDANCE)))
            for place, c in enumerate(candidates)
        ]
        some, asked = z3.Or(clear), z3.Or(open_)
        eligible = [z3.If(some, c, h) for c, h in zip(clear, candidates, strict=True)]
        place = self._choose(eligible, self._find_keys(charged, knowledge, beneath))
        return self._compose(is_named, some, asked, place, knowledge)

    def _find_charged(
        self, knowledge: Knowledge, beneath: Knowledge | None
    ) -> list[tuple[Charge, z3.BoolRef]]:
        charged = [(b.charge, self.charges(b, knowledge, beneath)) for b in self.burdens]
        wished = knowledge.is_answered(WISH, self._private)
        return [*charged, *((charge, wished) for charge in self.wishes)]

    def count(self, knowledge: Knowledge) -> list[list[z3.BitVecRef]]:
        """Count what each word breaks, by weight, the heaviest first."""
        return self._count_all(self._find_charged(knowledge, None))

    def _count_all(self, charged: list[tuple[Charge, z3.BoolRef]]) -> list[list[z3.BitVecRef]]:
        active = list(_find_active(charged))
        bits = max(1, len(active).bit_length())
        return [
            [
                self._count(
                    [
                        (keeps, when)
                        for keeps, weight, when in active
                        if weight == heavy and not keeps >> place & 1
                    ],
                    bits,
                )
                for heavy in range(GUIDANCE + 1)
            ]
            for place in range(self.size)
        ]

    def speaks(
        self, number: int, knowledge: Knowledge, beneath: Knowledge | None = None
    ) -> z3.BoolRef:
        """Say that a norm speaks."""
        if beneath is not None and number in self.world.play.table.closures:
            knowledge = beneath
        return knowledge.holds(self.condition(number))

    def charges(
        self, burden: Burden, knowledge: Knowledge, beneath: Knowledge | None = None
    ) -> z3.BoolRef:
        """Say that a norm speaks and its beaters leave this charge."""
        speaks = self.speaks(burden.entry.number, knowledge, beneath)
        if not burden.beaters:
            return speaks
        said = {n: self.speaks(n, knowledge, beneath) for n in burden.beaters}
        return z3.And(speaks, say_ways(said, burden.ways))

    @cached_property
    def wishes(self) -> list[Charge]:
        """What the patient's wish for privacy charges."""
        if self.dimension != POSITION:
            return []
        case = Case(compiled=self.world.compiled, situation=self.world.place({}))
        return case.charge_wish({WISH: self._private})

    @property
    def _private(self) -> int:
        return self.world.vocabulary.facts[WISH].bit(WANTS_PRIVATE)

    def _can_be_had(self, place: int, knowledge: Knowledge) -> z3.BoolRef:
        if not self.frame.advisable >> place & 1:
            return z3.BoolVal(val=False)
        needs = self.needs.get(place)
        return (
            z3.BoolVal(val=True) if needs is None else z3.Not(knowledge.holds(needs, wanted=False))
        )

    def _is_broken(
        self, charged: list[tuple[Charge, z3.BoolRef]], place: int, below: int
    ) -> z3.BoolRef:
        return z3.Or(
            [when for one, when in charged if one.weight < below and not one.keeps >> place & 1]
        )

    def _weigh_each(
        self, is_named: z3.BoolRef, candidates: list[z3.BoolRef], heavy: list[z3.BoolRef]
    ) -> Weighed:
        words = tuple(
            z3.If(
                is_named, z3.If(z3.And(c, z3.Not(h)), _number(1, 2), _number(2, 2)), _number(0, 2)
            )
            for c, h in zip(candidates, heavy, strict=True)
        )
        none = _number(0, 1)
        return Weighed(code=none, place=none, may_depend=z3.BoolVal(val=False), words=words)

    def _find_keys(
        self,
        charged: list[tuple[Charge, z3.BoolRef]],
        knowledge: Knowledge,
        beneath: Knowledge | None,
    ) -> list[z3.BitVecRef]:
        """Find what each word weighs: its counts by weight, then nearness, then what it asks."""
        wide = max(1, self.size.bit_length())
        keys = []
        for place, counts in enumerate(self._count_all(charged)):
            near = self._find_nearness(place, wide, (knowledge, beneath or knowledge))
            keys.append(z3.Concat(*counts, near, _number(self.frame.least[place], wide)))
        return keys

    def _count(self, rows: list[tuple[int, z3.BoolRef]], bits: int) -> z3.BitVecRef:
        """Count those that hold; what is asked alike is counted once and kept."""
        alike: dict[int, list[z3.BoolRef]] = {}
        for keeps, when in rows:
            alike.setdefault(keeps, []).append(when)
        return _add([self._count_alike(whens, bits) for whens in alike.values()], bits)

    def _count_alike(self, whens: list[z3.BoolRef], bits: int) -> z3.BitVecRef:
        key = (bits, *(when.get_id() for when in whens))
        found = self.sums.get(key)
        if found is None:
            ones = [z3.If(when, _number(1, bits), _number(0, bits)) for when in whens]
            found = self.sums[key] = (whens, _add(ones, bits))
        return found[1]

    def _find_nearness(
        self, place: int, wide: int, by: tuple[Knowledge, Knowledge]
    ) -> z3.BitVecRef:
        """Say how far a word is from how things stand, or from the usual word.

        How things stand is what somebody answered: supposing it otherwise does not move them.
        """
        knowledge, answered = by
        near = _number(0, wide)
        if ACTIVITY in knowledge.cells.known:
            for bit, start in self.frame.usual.items():
                far = _number(self.frame.distances[start][place], wide)
                near = z3.If(knowledge.is_answered(ACTIVITY, bit), far, near)
        stands_by = self.frame.dimension.stands_by
        fact = self.world.vocabulary.facts[stands_by] if stands_by else None
        for word, start in self.frame.dimension.places.items() if fact else ():
            if fact is not None and word in fact.places:
                far = _number(self.frame.distances[start][place], wide)
                near = z3.If(answered.is_answered(fact.id, fact.bit(word)), far, near)
        return near

    def _choose(self, eligible: list[z3.BoolRef], keys: list[z3.BitVecRef]) -> z3.BitVecRef:
        """Choose the eligible word of least weight; its place, or the number of words if none."""
        wide = max(1, self.size.bit_length())
        best, place = keys[0], z3.If(eligible[0], _number(0, wide), _number(self.size, wide))
        is_any = eligible[0]
        for number in range(1, self.size):
            better = z3.And(eligible[number], z3.Or(z3.Not(is_any), z3.ULT(keys[number], best)))
            place = z3.If(better, _number(number, wide), place)
            best = z3.If(better, keys[number], best)
            is_any = z3.Or(is_any, eligible[number])
        return place

    def _compose(
        self,
        is_named: z3.BoolRef,
        is_clear: z3.BoolRef,
        may_be_asked: z3.BoolRef,
        place: z3.BitVecRef,
        knowledge: Knowledge,
    ) -> Weighed:
        wide = (2 * self.size + 2).bit_length()
        longer = z3.ZeroExt(wide - place.size(), place)
        code = z3.If(
            z3.Not(is_named),
            _number(SILENT, wide),
            z3.If(
                is_clear,
                longer + 1,
                z3.If(may_be_asked, longer + 1 + self.size, _number(2 * self.size + 1, wide)),
            ),
        )
        is_asked = z3.And(is_named, z3.Or(is_clear, may_be_asked))
        return Weighed(
            code=code,
            place=z3.If(is_asked, place, _number(self.size, place.size())),
            may_depend=z3.Or(
                z3.And(is_named, is_clear), z3.And(z3.Not(is_named), knowledge.holds(self.touched))
            ),
        )

    def read(self, code: int, *, depends: bool) -> str:
        """Read an answer as it is written."""
        words = self.frame.dimension.words
        outcome, place = "hold", None
        if code == SILENT:
            outcome = "silent"
        elif code <= self.size:
            outcome, place = "clear", code - 1
        elif code <= 2 * self.size:
            outcome, place = "conflict", code - 1 - self.size
        word = words[place].id if place is not None else "-"
        return f"{'depends' if depends else outcome}: {word}"


def _find_active(
    charged: list[tuple[Charge, z3.BoolRef]],
) -> Iterator[tuple[int, int, z3.BoolRef]]:
    """Count one source's same wish once, at the heaviest weight that charges it."""
    groups: dict[tuple[str, int], dict[int, list[z3.BoolRef]]] = {}
    for charge, when in charged:
        by_weight = groups.setdefault((charge.source, charge.keeps), {})
        by_weight.setdefault(charge.weight, []).append(when)
    for (_, keeps), by_weight in groups.items():
        heavier: list[z3.BoolRef] = []
        for weight in sorted(by_weight):
            own = z3.Or(by_weight[weight])
            yield keeps, weight, z3.And(own, *(z3.Not(one) for one in heavier))
            heavier.append(own)


def _number(value: int, bits: int) -> z3.BitVecRef:
    return z3.BitVecVal(value, bits)


def _add(parts: list[z3.BitVecRef], bits: int) -> z3.BitVecRef:
    """Add in a tree, so that no sum is deep."""
    if not parts:
        return _number(0, bits)
    while len(parts) > 1:
        pairs = zip(parts[::2], parts[1::2], strict=False)
        rest = parts[len(parts) & ~1 :]
        parts = [*(one + other for one, other in pairs), *rest]
    return parts[0]
