"""Everything that a device needs to decide alone: one day's tables, and what weighing reads.

`decide.js` reads this. Which norms speak is asked of the tables that the rules export; what a
word breaks, what is advised and whom to call is weighed from the rows beside them. The same texts
give the same bytes, so a device can tell by a digest whether its copy still is the newest.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from bedside.doors.web.claims import HEARD, build_claim
from bedside.doors.web.site import Site
from bedside.rules.condition.nodes import Among, Compare, Condition, Operator, find_facts
from bedside.rules.condition.parse import parse_condition
from bedside.rules.decide.claims import CLAIMANTS
from bedside.rules.decide.depends import PRESENT
from bedside.rules.decide.frame import ACTIVITY
from bedside.rules.decide.known import WANTS_PRIVATE
from bedside.rules.decide.play import CARE, NOT_HERE, Entry, Play, find_play
from bedside.rules.decide.sentences import NOBODY_FITS
from bedside.rules.rulebook.norm import LAW, Reading
from bedside.rules.rulebook.sentences import Fit
from bedside.rules.tables.compiled import Compiled
from bedside.rules.tables.export import Data, Sheet, export_tables
from bedside.rules.vocabulary.catalogue import Dimension, Value, Vocabulary
from bedside.rules.vocabulary.known import WISH

FORM = 1  # raised whenever an older script would misread the rows
LONGEST = date.max


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """Where a device decides, and from which day on."""

    compiled: Compiled
    site: Site
    today: date


@dataclass(slots=True)
class _Trees:
    """Conditions that are no norm's own: each stands once, behind those of the norms."""

    first: int
    found: dict[Condition, int] = field(default_factory=dict)

    def add(self, tree: Condition) -> int:
        """Give the number of a condition."""
        return self.found.setdefault(tree, self.first + len(self.found))


def export_decisions(asker: Asker) -> dict[str, Data]:
    """Turn the rulebook of one place and day into what a device decides with."""
    site, compiled = asker.site, asker.compiled
    play = find_play(compiled, asker.today, site.jurisdiction, site.overlays)
    vocabulary = compiled.vocabulary
    trees = _Trees(len(play.entries))
    rows = _Rows(play, trees, vocabulary)
    frames: list[Data] = [_export_frame(d, trees) for d in vocabulary.dimensions.values()]
    wish = trees.add(Compare(fact=WISH, operator=Operator.EQUAL, value=WANTS_PRIVATE))
    sayings: list[Data] = [_export_fit(one.fit, trees) for one in compiled.rulebook.sentences]
    ladders: list[Data] = [
        [*_export_fit(one.fit, trees), list(one.call)] for one in compiled.rulebook.ladders
    ]
    cannot: list[Data] = [trees.add(parse_condition(one.when)) for one in vocabulary.impossible]
    entries = rows.export()
    sheet = Sheet(
        names=[str(entry.number) for entry in play.entries],
        holds=play.table.holds,
        fails=play.table.fails,
        trees={number: tree for tree, number in trees.found.items()},
        vocabulary=vocabulary,
    )
    return {
        "form": FORM,
        "about": _export_about(asker, play),
        "tables": export_tables(sheet),
        "norms": list(rows.norms),
        "sources": len(rows.sources),
        "parties": list(rows.parties),
        "care": rows.mask(CARE),
        "entries": entries,
        "beaten": {str(number): list(by) for number, by in play.beaten_by.items()},
        "dimensions": frames,
        "presets": [[one.id, dict(one.words)] for one in vocabulary.presets.values()],
        "say": sayings,
        "call": ladders,
        "nobody": list(NOBODY_FITS),
        "cannot": cannot,
        "wish": wish,
        "claims": _export_claims(vocabulary, rows),
        "who": _export_askable(vocabulary),
        "places": {id_: _count_answers(id_, vocabulary) for id_ in _find_asked(vocabulary)},
        "site": {id_: _spell(value) for id_, value in site.facts.items()},
    }


def _export_about(asker: Asker, play: Play) -> Data:
    rulebook, site = asker.compiled.rulebook, asker.site
    since, until = find_span(asker)
    return {
        "edition": rulebook.edition,
        "digest": rulebook.digest.removeprefix("sha256:")[:12],
        "in_force": play.in_force,
        "jurisdiction": site.jurisdiction,
        "timezone": str(site.timezone),
        "from": since.isoformat(),
        "until": until.isoformat() if until < LONGEST else "",
    }


def find_span(asker: Asker) -> tuple[date, date]:
    """Find from which day, and up to which, nothing begins and nothing ends for these norms."""
    days: set[date] = set()
    for norm in asker.compiled.rulebook.norms.values():
        days |= {norm.in_force_from, norm.in_force_to or LONGEST}
        days |= {day for one in norm.standing for day in (one.start, one.end) if day}
    since = max((day for day in days if day <= asker.today), default=asker.today)
    return since, min((day for day in days if day > asker.today), default=LONGEST)


class _Rows:
    """The norms in play as rows of numbers; what is named often is listed once."""

    def __init__(self, play: Play, trees: _Trees, vocabulary: Vocabulary) -> None:
        self.play, self.trees = play, trees
        parties = {party for entry in play.entries for party in entry.binds}
        self.parties = tuple(sorted(parties | frozenset().union(*CLAIMANTS.values())))
        self.norms = tuple(dict.fromkeys(entry.norm.id for entry in play.entries))
        self.sources = tuple(dict.fromkeys(entry.norm.source.title for entry in play.entries))
        self.dimensions = tuple(vocabulary.dimensions)

    def mask(self, parties: frozenset[str]) -> int:
        """Give a set of parties as bits."""
        return sum(1 << self.parties.index(party) for party in parties if party in self.parties)

    def export(self) -> list[Data]:
        """List the norms in play, the heaviest first."""
        norms = {id_: number for number, id_ in enumerate(self.norms)}
        sources = {title: number for number, title in enumerate(self.sources)}
        return [
            [
                norms[entry.norm.id],
                self.mask(entry.binds),
                "ABCD".index(entry.rank.value),
                _flag(entry),
                sources[entry.norm.source.title],
                [[self.dimensions.index(ask.dimension), ask.keeps] for ask in entry.asks],
                list(self._export_ways(entry)),
            ]
            for entry in self.play.entries
        ]

    def _export_ways(self, entry: Entry) -> Iterator[Data]:
        """List the exceptions of the officer's own rule that somebody could open."""
        for number, unless in enumerate(entry.norm.unless if entry.is_own else ()):
            tree = parse_condition(unless.when)
            if find_facts(tree):
                yield [self.trees.add(tree), unless.opened_by, number if unless.say else -1]


def _flag(entry: Entry) -> int:
    """Put what is yes or no of a norm into one number."""
    is_reported = entry.norm.reading is not Reading.READ
    charges = not entry.is_may and entry.binds != NOT_HERE
    return sum(
        1 << place
        for place, holds in enumerate(
            (entry.is_own, entry.is_may, entry.norm.kind in LAW, is_reported, charges)
        )
        if holds
    )


def _export_frame(dimension: Dimension, trees: _Trees) -> Data:
    needs = {word: parse_condition(text) for word, text in dimension.needs.items()}
    facts = sorted({fact for tree in needs.values() for fact in find_facts(tree)})
    usual = _find_usual(dimension)
    return {
        "id": dimension.id,
        "words": [word.id for word in dimension.words],
        "order": "all" if dimension.order == "none" else "near",
        "fromEnd": dimension.order in {"patient", "none"} or dimension.id == "disclosure",
        "many": dimension.many,
        "advisable": dimension.every & ~dimension.mask(dimension.never_advised),
        "needs": [[dimension.places[word], trees.add(tree)] for word, tree in needs.items()],
        "needed": list(facts),
        "touched": trees.add(parse_condition(dimension.touched_by)),
        "usual": [[trees.add(tree), place] for tree, place in usual],
        "stands": dimension.stands_by or "",
        "private": [
            dimension.mask(dimension.properties[one].no)
            for one in ("sees", "hears")
            if one in dimension.properties
        ],
    }


def _find_usual(dimension: Dimension) -> Iterator[tuple[Condition, int]]:
    """Say of which activities a word is the usual one, as conditions that a device can ask."""
    by_word: dict[str, list[str]] = {}
    for activity, word in dimension.usual.items():
        by_word.setdefault(word, []).append(activity)
    for word, activities in by_word.items():
        yield Among(fact=ACTIVITY, values=tuple(activities)), dimension.places[word]


def _export_fit(fit: Fit, trees: _Trees) -> list[Data]:
    return [trees.add(fit.when), fit.outcome or "", fit.preset or "", dict(fit.advised)]


def _export_claims(vocabulary: Vocabulary, rows: _Rows) -> dict[str, Data]:
    """List what officers and managers are heard to claim, and what it would have."""
    found: dict[str, Data] = {}
    for id_, heard in HEARD.items():
        claim = build_claim(id_, "none", vocabulary)
        ((dimension, keeps),) = claim.arrangement.items()
        found[id_] = [heard.by, rows.mask(CLAIMANTS[heard.by]), dimension, keeps]
    return found


def _export_askable(vocabulary: Vocabulary) -> dict[str, Data]:
    """List the facts that somebody at the bedside may be asked, and who answers them."""
    return {
        fact.id: PRESENT.index(fact.who)
        for fact in vocabulary.facts.values()
        if fact.who in PRESENT and not fact.sealed
    }


def _find_asked(vocabulary: Vocabulary) -> list[str]:
    """Find the facts whose every answer is tried: the wish, the activity, what a word needs."""
    needed = {
        fact
        for dimension in vocabulary.dimensions.values()
        for text in dimension.needs.values()
        for fact in find_facts(parse_condition(text))
    }
    return sorted(needed | {WISH, ACTIVITY})


def _count_answers(id_: str, vocabulary: Vocabulary) -> Data:
    return [_spell(value) for value in vocabulary.facts[id_].domain]


def _spell(value: Value) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
