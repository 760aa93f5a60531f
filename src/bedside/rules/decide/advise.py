"""From a situation to one honest answer."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import chain

from bedside.rules.decide.advice import Advice, DutyDue, Edition, Judgement, Named
from bedside.rules.decide.aside import find_aside
from bedside.rules.decide.claims import answer_claim
from bedside.rules.decide.depends import find_question, find_turns
from bedside.rules.decide.dimension import judge
from bedside.rules.decide.judge import weigh
from bedside.rules.decide.known import POSITION, Case
from bedside.rules.decide.play import Entry, find_entries
from bedside.rules.decide.sentences import Moment, find_call, find_say
from bedside.rules.decide.situation import Situation
from bedside.rules.rulebook.norm import Rank, rank_of
from bedside.rules.tables.compiled import Compiled
from bedside.rules.tables.index import find_bits
from bedside.rules.vocabulary.answer import Answer


def advise(compiled: Compiled, situation: Situation) -> Advice:
    """Advise on one situation; the same rulebook and situation always give the same answer."""
    case = Case(compiled=compiled, situation=situation)
    matters = {d: case.find_matter(d, case.board, case.known) for d in _find_dimensions(case)}
    weighed = {d: weigh(matter) for d, matter in matters.items()}
    turns = find_turns(case, weighed)
    for turn in turns:
        if turn.dimension not in matters and case.is_touched(turn.dimension):
            matter = case.find_matter(turn.dimension, case.board, case.known)
            matters[turn.dimension], weighed[turn.dimension] = matter, weigh(matter)
    judged: dict[str, Judgement] = {}
    for dimension in compiled.vocabulary.dimensions:
        if dimension in matters:
            of_it = [t for t in turns if t.dimension == dimension]
            judged[dimension] = judge(case, matters[dimension], weighed[dimension], of_it)
    question = find_question(case, turns)
    return _compose(case, judged, (question,) if question else ())


def _find_dimensions(case: Case) -> list[str]:
    """Find the dimensions of which something in play speaks, or that the situation names."""
    spoken = {*case.board.charges, *case.claimed, *case.situation.arrangement}
    if case.charge_wish(case.known):
        spoken.add(POSITION)
    return [d for d in case.compiled.vocabulary.dimensions if d in spoken]


def _compose(case: Case, judged: Mapping[str, Judgement], ask: tuple[str, ...]) -> Advice:
    situation, rulebook = case.situation, case.compiled.rulebook
    speaking = case.entries
    preset, differs = _find_preset(case, judged)
    moment = Moment(known=case.known, preset=preset, dimensions=judged)
    claims = tuple(
        answer_claim(claim, case.play, rulebook, case.speaking | case.open)
        for claim in situation.asserted
    )
    aside = find_aside(case)
    permissions = tuple(e.norm.id for e in speaking if _is_permission(e, case))
    definitions = tuple(
        e.norm.id for e in speaking if e.norm.defines is not None and case.board.find_left(e)
    )
    duties = tuple(_find_duties(case))
    lists = (permissions, definitions, *(claim.on_file for claim in claims))
    more = ((duty.norm for duty in duties), (one.norm for one in aside))
    mentioned = _find_mentioned(judged.values(), chain(*lists, *more))
    return Advice(
        as_of=situation.as_of,
        jurisdiction=situation.jurisdiction,
        edition=Edition(id=rulebook.edition, digest=rulebook.digest, in_force=case.play.in_force),
        preset=preset,
        differs=differs,
        assumed=case.settled[1],
        dimensions=judged,
        duties=duties,
        permissions=permissions,
        definitions=definitions,
        asserted=claims,
        call=find_call(case.compiled, moment),
        say=find_say(case.compiled, moment),
        ask=ask,
        set_aside=aside,
        norms=_name(case, mentioned),
    )


def _find_mentioned(judged: Iterable[Judgement], more: Iterable[str]) -> list[str]:
    """Find every norm that the answer names, each once."""
    found: list[str] = []
    for judgement in judged:
        found += chain(judgement.because, *(judgement.breaks or {}).values())
        found += (opening.norm for opening in judgement.exceptions)
        found += chain(*(collision.norms for collision in judgement.collisions))
    return list(dict.fromkeys([*found, *more]))


def _name(case: Case, ids: Iterable[str]) -> dict[str, Named]:
    """Name each norm that the answer mentions, with whether it speaks."""
    speaking = {entry.norm.id: entry.named for entry in case.entries}
    norms = case.compiled.rulebook.norms
    silent: set[str] = set()
    named: dict[str, Named] = {}
    for id_ in ids:
        found = speaking.get(id_)
        if found is None:
            found = Named(norm=norms[id_], rank=rank_of(norms[id_]), speaks=Answer.NO)
            silent.add(id_)
        named[id_] = found
    if silent and case.open:
        for entry in find_entries(case.play, case.open):
            if entry.norm.id in silent:
                named[entry.norm.id] = replace(entry.named, speaks=Answer.UNKNOWN)
    return named


def _find_preset(case: Case, judged: Mapping[str, Judgement]) -> tuple[str | None, dict[str, str]]:
    """Find the preset of the advised position that differs in fewest other words."""
    advised = {id_: j.advised for id_, j in judged.items() if j.advised is not None}
    if POSITION not in advised:
        return None, {}
    best: tuple[str, dict[str, str]] | None = None
    for preset in case.compiled.vocabulary.presets.values():
        if preset.words.get(POSITION) != advised[POSITION]:
            continue
        differs = {d: advised[d] for d, w in preset.words.items() if advised.get(d, w) != w}
        if best is None or len(differs) < len(best[1]):
            best = preset.id, differs
    return best or (None, {})


def _find_duties(case: Case) -> Iterable[DutyDue]:
    """Find what is to be done, without the parties that a defeater has let off."""
    for entry in case.entries:
        if entry.duties:
            left = case.board.find_left(entry)
            yield from (duty for duty in entry.duties if duty.party in left)


def _is_permission(entry: Entry, case: Case) -> bool:
    """Tell whether a *may* shows: not if silenced, or if all it permits breaks law on its party."""
    if not entry.is_may or not case.board.find_left(entry):
        return False
    return all(_is_lawful(entry, ask.dimension, ask.keeps, case) for ask in entry.asks)


def _is_lawful(entry: Entry, dimension: str, permitted: int, case: Case) -> bool:
    """Tell whether no law forbids a party all that the norm permits it in the dimension."""
    for charge in case.board.charges.get(dimension, ()):
        law = charge.entry
        if law is None or law.rank is not Rank.LAW or charge.keeps & permitted:
            continue
        left = (case.board.find_left(law, dimension, place) for place in find_bits(permitted))
        if all(parties & entry.binds for parties in left):
            return False
    return True
