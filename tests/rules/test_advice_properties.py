"""What holds of every answer from the shipped norms, whatever is known and whatever is not."""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import combinations

import pytest
from rules_cast import VOCABULARY, shipped, times

from bedside.rules.condition.holds import compile_closure
from bedside.rules.condition.parse import parse_condition
from bedside.rules.decide.advice import Advice, Judgement
from bedside.rules.decide.advise import advise
from bedside.rules.decide.depends import PRESENT
from bedside.rules.decide.explain import explain
from bedside.rules.decide.known import Case
from bedside.rules.decide.play import find_entries
from bedside.rules.decide.render import render_advice
from bedside.rules.decide.situation import Claim, Situation
from bedside.rules.rulebook.book import condition_of, find_reach
from bedside.rules.rulebook.facts import find_contradictions
from bedside.rules.rulebook.norm import Modality, Norm, Rank, Reading, rank_of
from bedside.rules.tables.compiled import compile_rulebook
from bedside.rules.tables.cubes import Cube, find_cubes
from bedside.rules.tables.index import find_bits
from bedside.rules.vocabulary.answer import Answer
from bedside.rules.vocabulary.catalogue import Dimension, Value
from bedside.rules.vocabulary.problem import Place

PLACES = ("us/ca", "us/tx", "us/ny", "us/il", "us/wa", "us/az", "us/nm", "us/gu")
DAYS = (date(2012, 6, 1), date(2022, 3, 1), date(2026, 3, 1), date(2026, 11, 23))
BASES = [fact for fact in VOCABULARY.facts.values() if fact.derived is None]
STUCK = {"conflict", "hold"}


@cache
def draw(count: int) -> tuple[tuple[Situation, Advice], ...]:
    """Draw situations near where norms speak, much of each unknown, and answer them."""
    found = [(situation, advise(shipped(), situation)) for situation in _draw(count)]
    assert any(a.ask for _, a in found)
    assert any(j.collisions for _, a in found for j in a.dimensions.values())
    assert any(j.exceptions for _, a in found for j in a.dimensions.values())
    return tuple(found)


def _draw(count: int) -> Iterator[Situation]:
    chance = random.Random(11)  # noqa: S311 - situations to try, no secrets
    norms = list(shipped().rulebook.norms.values())
    own = [n for n in norms if n.unless and n.arrangement and n.binds <= {"officer", "agency"}]
    overlays = shipped().rulebook.overlays
    while count:
        near = [chance.choice(own), *chance.sample(norms, 3)]
        facts = draw_facts(near, chance)
        if find_contradictions(facts, VOCABULARY, place=Place(file="")):
            continue
        count -= 1
        places = [n.id.rpartition("/")[0] for n in near if n.id.startswith("us/")]
        laid = {norm.overlay for norm in near if norm.overlay}
        yield Situation(
            as_of=chance.choice(DAYS),
            jurisdiction=next((p for p in places if "federal" not in p), chance.choice(PLACES)),
            overlays=tuple(sorted(laid | set(chance.sample(overlays, chance.choice((0, 1)))))),
            facts=facts,
            arrangement={"position": "at_bedside"} if chance.random() < 0.5 else {},
        )


def draw_facts(near: list[Norm], chance: random.Random) -> dict[str, Value]:
    """Draw facts with which the first of these norms speaks, and the others perhaps."""
    known = chance.choice((0.1, 0.3, 0.6))
    facts: dict[str, Value] = {
        f.id: chance.choice(f.domain) for f in BASES if chance.random() < known
    }
    for norm in reversed(near):
        for fact, allowed in chance.choice(find_ways(norm)).items():
            answer = chance.choice(list(find_bits(allowed)))
            facts[fact] = VOCABULARY.facts[fact].domain[answer]
            if facts[fact] == VOCABULARY.facts[fact].presume:
                del facts[fact]  # mostly nobody answers what is presumed
    return facts


def find_ways(norm: Norm) -> tuple[Cube, ...]:
    return find_cubes(condition_of(norm), VOCABULARY) or ({},)


def answers() -> tuple[tuple[Situation, Advice], ...]:
    return draw(times(150))


def judgements() -> Iterator[tuple[Situation, Advice, Judgement]]:
    for situation, advice in answers():
        for judgement in advice.dimensions.values():
            yield situation, advice, judgement


def is_ruled_out(word: str, judgement: Judgement, case: Case) -> bool:
    dimension = VOCABULARY.dimensions[judgement.dimension]
    if word in dimension.never_advised:
        return True
    if word not in dimension.needs:
        return False
    needs = compile_closure(parse_condition(dimension.needs[word]), VOCABULARY)
    return needs(case.known) is Answer.NO


def find_named(judgement: Judgement) -> set[str]:
    broken = [id_ for ids in (judgement.breaks or {}).values() for id_ in ids]
    colliding = [id_ for collision in judgement.collisions for id_ in collision.norms]
    opening = [opening.norm for opening in judgement.exceptions]
    return {*judgement.because, *broken, *colliding, *opening}


def test_the_same_situation_gets_the_same_answer_from_a_rulebook_made_anew() -> None:
    anew = compile_rulebook(shipped().rulebook)

    for situation, advice in answers()[::3]:
        assert advise(anew, situation) == advice
        assert render_advice(advise(shipped(), situation)) == render_advice(advice)


def test_what_is_never_advised_or_cannot_be_had_is_not_advised() -> None:
    for situation, _, judgement in judgements():
        case = Case(compiled=shipped(), situation=situation)
        for word in (judgement.advised, judgement.if_refused, *judgement.keeps):
            assert word is None or not is_ruled_out(word, judgement, case)


def test_a_norm_that_does_not_count_is_no_reason_and_is_not_broken() -> None:
    norms = shipped().rulebook.norms
    for situation, _, judgement in judgements():
        for id_ in find_named(judgement):
            norm = norms[id_]
            assert norm.reading is not Reading.REMEMBERED
            assert norm.is_in_force(on=situation.as_of)
            assert find_reach(norm, on=situation.as_of)
            assert norm.overlay is None or norm.overlay in situation.overlays


def test_a_norm_that_is_a_reason_or_broken_speaks() -> None:
    for situation, advice, judgement in judgements():
        case = Case(compiled=shipped(), situation=situation)
        for id_ in find_named(judgement):
            closure = compile_closure(condition_of(shipped().rulebook.norms[id_]), VOCABULARY)
            assert closure(case.known) is Answer.YES
            assert advice.norms[id_].speaks is Answer.YES


def test_a_permission_never_charges() -> None:
    norms = shipped().rulebook.norms
    for _, _, judgement in judgements():
        charged = {id_ for ids in (judgement.breaks or {}).values() for id_ in ids}
        charged |= {id_ for collision in judgement.collisions for id_ in collision.norms}
        assert all(norms[id_].modality is not Modality.MAY for id_ in charged)


def test_the_outcome_says_what_the_advised_word_breaks() -> None:
    norms = shipped().rulebook.norms
    for _, _, judgement in judgements():
        broken = (judgement.breaks or {}).get(judgement.advised or "", ())
        heavy = [id_ for id_ in broken if rank_of(norms[id_]) is not Rank.GUIDANCE]
        if judgement.outcome in {"clear", "depends"} and judgement.advised is not None:
            assert heavy == []
            assert judgement.advised in judgement.keeps
        if judgement.outcome == "conflict":
            assert judgement.keeps == ()
            assert judgement.collisions
        if judgement.outcome in {"hold", "silent"}:
            assert judgement.advised is None
        assert bool(judgement.collisions) is (judgement.outcome in STUCK)


def test_every_collision_is_a_smallest_set_that_no_word_satisfies() -> None:
    for situation, advice, judgement in judgements():
        case = Case(compiled=shipped(), situation=situation)
        dimension = VOCABULARY.dimensions[judgement.dimension]
        can = [w for w in dimension.places if not is_ruled_out(w, judgement, case)]
        defeated = {aside.norm for aside in advice.set_aside}
        sets = [set(collision.norms) for collision in judgement.collisions]
        assert all(not one < other for one in sets for other in sets)
        assert len({frozenset(one) for one in sets}) == len(sets)
        for ids in (one for one in sets if not one & defeated):
            assert find_satisfying(ids, dimension, can) == []
            for few in combinations(ids, len(ids) - 1):
                assert find_satisfying(set(few), dimension, can)


def find_satisfying(ids: set[str], dimension: Dimension, can: list[str]) -> list[str]:
    """Find the words that keep all that these norms ask."""
    norms = shipped().rulebook.norms
    asks = [a for id_ in ids for a in norms[id_].arrangement if a.dimension == dimension.id]
    return [w for w in can if all(ask.keeps >> dimension.places[w] & 1 for ask in asks)]


def test_an_exception_that_is_offered_can_still_be_opened_and_then_closes_the_norm() -> None:
    norms = shipped().rulebook.norms
    for situation, _, judgement in judgements():
        for opening in judgement.exceptions:
            assert not norms[opening.norm].binds & {"hospital", "clinician"}
            assert opening.word in VOCABULARY.dimensions[judgement.dimension].places
            ways = [u for u in norms[opening.norm].unless if u.opened_by == opening.opened_by]
            assert any(is_closed_by(u.when, opening.norm, situation) for u in ways)


def is_closed_by(when: str, norm: str, situation: Situation) -> bool:
    """Tell whether some answers that open the exception silence the norm."""
    for cube in find_cubes(parse_condition(when), VOCABULARY) or ():
        opened = {
            fact: VOCABULARY.facts[fact].domain[next(find_bits(allowed))]
            for fact, allowed in cube.items()
        }
        if any(situation.facts.get(fact, value) != value for fact, value in opened.items()):
            continue  # somebody has answered otherwise
        changed = replace(situation, facts={**situation.facts, **opened})
        if explain(shipped(), changed, norm).speaks is Answer.NO:
            return True
    return False


def advised(advice: Advice) -> dict[str, str]:
    return {id_: j.advised for id_, j in advice.dimensions.items() if j.advised is not None}


def changes_something(situation: Situation, before: Advice, fact: str) -> bool:
    return any(
        advised(advise(shipped(), replace(situation, facts={**situation.facts, fact: value})))
        != advised(before)
        for value in VOCABULARY.facts[fact].domain
    )


def test_the_question_is_one_that_somebody_present_can_answer_and_that_matters() -> None:
    for situation, advice in answers():
        assert len(advice.ask) <= 1
        for fact in advice.ask:
            assert fact not in situation.facts
            assert VOCABULARY.facts[fact].who in PRESENT
            assert not VOCABULARY.facts[fact].sealed
            assert changes_something(situation, advice, fact)


def test_every_fact_that_an_answer_depends_on_would_change_it() -> None:
    seen = 0
    for situation, advice in answers()[::4]:
        for fact in {f for j in advice.dimensions.values() for f in j.depends_on}:
            seen += 1
            assert changes_something(situation, advice, fact), (fact, situation)
    assert seen > 20


def test_learning_more_never_silences_a_norm_that_spoke() -> None:
    chance = random.Random(12)  # noqa: S311 - situations to try, no secrets
    for situation, _ in answers():
        open_ = [
            f
            for f in BASES
            if f.id not in situation.facts and f.presume is None and f.id != "patient_wish"
        ]
        more = {f.id: chance.choice(f.domain) for f in chance.sample(open_, min(5, len(open_)))}
        before = Case(compiled=shipped(), situation=situation)
        after = Case(
            compiled=shipped(), situation=replace(situation, facts={**situation.facts, **more})
        )

        spoke = {e.norm.id for e in find_entries(before.play, before.speaking)}
        speak = {e.norm.id for e in find_entries(after.play, after.speaking)}

        assert spoke <= speak


def test_a_claim_without_a_document_leaves_every_outcome_as_it_was() -> None:
    position = VOCABULARY.dimensions["position"]
    stay = Claim(
        by="officer", words="I stay.", arrangement={"position": position.mask(["in_room"])}
    )
    for situation, advice in answers()[::2]:
        claimed = advise(shipped(), replace(situation, asserted=(stay,)))

        before, after = advice.dimensions.get("position"), claimed.dimensions["position"]

        if before is not None and before.outcome in STUCK:
            assert after.outcome == before.outcome
        else:
            assert after.outcome not in STUCK
        assert claimed.asserted[0].words == "I stay."


def test_everything_that_an_answer_names_is_explained_in_it() -> None:
    for _, advice, judgement in judgements():
        named = find_named(judgement) | set(advice.permissions) | set(advice.definitions)
        named |= {duty.norm for duty in advice.duties} | {one.norm for one in advice.set_aside}
        assert named <= set(advice.norms)
        assert advice.call
        assert all(role in VOCABULARY.roles for role in advice.call)


@pytest.mark.parametrize("language", ["en", "es"])
def test_there_is_always_something_to_say(language: str) -> None:
    assert all(advice.say.say(language) for _, advice in answers())  # type: ignore[arg-type]  # the two languages are plain words here


def test_a_change_that_would_make_a_norm_speak_does() -> None:
    chance = random.Random(13)  # noqa: S311 - situations to try, no secrets
    ids = sorted(shipped().rulebook.norms)
    seen = 0
    for situation, _ in answers()[::3]:
        for id_ in chance.sample(ids, 5):
            found = explain(shipped(), situation, id_)
            for change in found.changes:
                seen += 1
                facts = {**situation.facts, change.fact: change.values[0]}
                changed = explain(shipped(), replace(situation, facts=facts), id_)
                is_wish = change.fact in {"patient_wish", "wish_given_in_private"}
                assert changed.speaks is Answer.YES or is_wish
    assert seen > 20
