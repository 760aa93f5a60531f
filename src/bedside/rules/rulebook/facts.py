"""Take the facts of a situation out of a document, in a file's or a case's `given`."""

from bedside.rules.condition.holds import holds
from bedside.rules.condition.parse import parse_condition
from bedside.rules.rulebook.form import Form
from bedside.rules.vocabulary.answer import Answer
from bedside.rules.vocabulary.catalogue import Fact, FactType, Value, Vocabulary
from bedside.rules.vocabulary.document import Plain
from bedside.rules.vocabulary.known import settle
from bedside.rules.vocabulary.problem import Place, Problem, ProblemKind, Text, find_near

UNKNOWN = "unknown"

UNKNOWN_FACT = ProblemKind(
    code="situation.unknown-fact",
    what=Text(en="nobody is ever asked `{fact}`", es="a nadie se le pregunta nunca `{fact}`"),
    help=Text(en="`bedside facts` lists them all", es="`bedside facts` los enumera todos"),
)
WRONG_VALUE = ProblemKind(
    code="situation.unknown-word",
    what=Text(en="`{fact}` is never `{word}`", es="`{fact}` nunca es `{word}`"),
    help=Text(en="it is one of: {known}", es="es una de: {known}"),
)
CONTRADICTS = ProblemKind(
    code="situation.contradicts",
    what=Text(
        en="`{fact}` does not go with `{base}` as given", es="`{fact}` no concuerda con `{base}`"
    ),
    help=Text(en="leave `{fact}` out: it follows", es="omita `{fact}`: se deduce"),
)
IMPOSSIBLE = ProblemKind(
    code="situation.impossible",
    what=Text(en="nobody can be in this situation: {why_en}", es="nadie puede estar así: {why_es}"),
    help=Text(en="check these facts: {facts}", es="revise estos datos: {facts}"),
)


def read_facts(form: Form, *path: str | int) -> dict[str, Value]:
    """Take a table of facts, with every problem in it; `unknown` and null are left out."""
    given = form.find(*path)
    if given is None:
        return {}
    if not isinstance(given, dict):
        form.table(*path, keys=())
        return {}
    facts: dict[str, Value] = {}
    for id_, value in given.items():
        fact = form.vocabulary.facts.get(id_)
        if form.is_full:
            break
        if fact is None:
            near = find_near(id_, form.vocabulary.facts)
            form.report(UNKNOWN_FACT, *path, id_, fact=id_, near=near)
        elif value is not None and value != UNKNOWN:
            taken = _take(form, fact, value, *path)
            if taken is not None:
                facts[id_] = taken
    place = form.document.place_of(*path)
    form.problems.extend(find_contradictions(facts, form.vocabulary, place=place))
    return facts


def find_contradictions(
    facts: dict[str, Value], vocabulary: Vocabulary, *, place: Place
) -> tuple[Problem, ...]:
    """Find what cannot be true together in these facts; presumed facts never contradict."""
    possible = settle(facts, vocabulary).possible
    for id_ in facts:
        derived = vocabulary.facts[id_].derived
        if derived and not possible[derived.fact]:
            return (CONTRADICTS.at(place, fact=id_, base=derived.fact),)
    found = []
    for impossible in vocabulary.impossible:
        tree = parse_condition(impossible.when)
        if holds(tree, possible, vocabulary) is Answer.YES:
            why, named = impossible.why, impossible.when
            found.append(IMPOSSIBLE.at(place, why_en=why.en, why_es=why.es, facts=named))
    return tuple(found)


def _take(form: Form, fact: Fact, value: Plain, *path: str | int) -> Value | None:
    words = {"yes": True, "no": False}
    if fact.type is FactType.FLAG and isinstance(value, str):
        value = words.get(value, value)
    fits = isinstance(value, bool) is (fact.type is FactType.FLAG)
    if fits and isinstance(value, str | int) and value in fact.places:
        return value
    if fact.type is FactType.WORD:
        known, near = (
            ", ".join(str(v) for v in fact.domain),
            find_near(value, map(str, fact.domain)),
        )
    elif fact.type is FactType.FLAG:
        known, near = "true, false, unknown", ""
    else:
        known, near = f"{fact.low} … {fact.high}", ""
    form.report(WRONG_VALUE, *path, fact.id, fact=fact.id, word=value, near=near, known=known)
    return None
