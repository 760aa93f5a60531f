"""What is never stored has no name here, and no sentence calls anybody fit for detention."""

import ast
import re
from collections.abc import Iterator

from shipped import VOCABULARY, find_shipped, find_texts

from bedside.rules.rulebook.norm import Modality
from bedside.rules.rulebook.read_norm import KEYS, SOURCE_KEYS
from bedside.rules.rulebook.sentences import load_sentences

# Names of immigration status, nationality or place of birth, or of what stands for them.
NEVER_STORED = re.compile(
    r"nationalit|citizen|birth_?place|place_of_birth|born_in|country_of|immigration_status"
    r"|(^|_)(alien|visa|passport|undocumented|undoc|illegal|legal_status|race|ethnicity)(_|$)"
    r"|nacionalidad|ciudadan|lugar_de_nacimiento|estatus_migratorio",
    re.IGNORECASE,
)
FIT_FOR_DETENTION = re.compile(
    r"\bfit (to be|for) (detention|detained|custody|jail|confine|transfer|treatment)"
    r"|\bfitness for (detention|custody|confinement)"
    r"|\bapt[oa]s? para (la |un |una |su )?(detenci|custodia|c[áa]rcel|trato|traslado)",
    re.IGNORECASE,
)
DETAINEE = re.compile(r"\bdetainees?\b", re.IGNORECASE)


def _ids() -> Iterator[str]:
    for fact in VOCABULARY.facts.values():
        yield fact.id
        yield from (word.id for word in fact.words)
    for dimension in VOCABULARY.dimensions.values():
        yield dimension.id
        yield from dimension.properties
        yield from (word.id for word in dimension.words)
    yield from (*VOCABULARY.presets, *VOCABULARY.roles, *KEYS, *SOURCE_KEYS)
    for names in VOCABULARY.labels.values():
        yield from names


def _names_in(code: str) -> Iterator[str]:
    """Find every name that code gives to something, and every short text that could be a key."""
    tree = ast.parse(code)
    refused = {id(inner) for node in ast.walk(tree) if _refuses(node) for inner in ast.walk(node)}
    for node in ast.walk(tree):
        if id(node) in refused:
            continue
        match node:
            case ast.Name(id=name) | ast.arg(arg=name) | ast.Attribute(attr=name):
                yield name
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                yield name
            case ast.keyword(arg=str(name)):
                yield name
            case ast.Constant(value=str(name)) if name.isidentifier():
                yield name


def _refuses(node: ast.AST) -> bool:
    """Tell whether this is the list of what is never taken in, which has to name it."""
    match node:
        case (
            ast.AnnAssign(target=ast.Name(id="NEVER")) | ast.Assign(targets=[ast.Name(id="NEVER")])
        ):
            return True
    return False


def test_no_fact_word_act_event_or_key_names_what_is_never_stored() -> None:
    assert [name for name in _ids() if NEVER_STORED.search(name)] == []


def test_no_name_in_the_code_names_what_is_never_stored() -> None:
    found = [
        f"{file}: {name}"
        for file, code in find_texts(".py", under="src/")
        for name in _names_in(code)
        if NEVER_STORED.search(name)
    ]

    assert found == []


def test_a_field_for_a_nationality_would_be_found() -> None:
    code = "class Patient:\n    nationality: str\n"

    assert [name for name in _names_in(code) if NEVER_STORED.search(name)] == ["nationality"]


def test_no_sentence_that_staff_say_calls_somebody_fit_for_detention() -> None:
    said = [
        sentence.fit.id
        for sentence in load_sentences(VOCABULARY)
        if FIT_FOR_DETENTION.search(sentence.say.en) or FIT_FOR_DETENTION.search(sentence.say.es)
    ]

    assert said == []


def test_no_exception_is_opened_by_calling_somebody_fit_for_detention() -> None:
    said = [
        row.norm.id
        for row in find_shipped()
        for unless in row.norm.unless
        if unless.say is not None
        and (FIT_FOR_DETENTION.search(unless.say.en) or FIT_FOR_DETENTION.search(unless.say.es))
    ]

    assert said == []


def test_a_norm_speaks_of_fitness_for_detention_only_to_forbid_saying_so() -> None:
    asking = [
        row.norm.id
        for row in find_shipped()
        if row.norm.modality is not Modality.MUST_NOT
        and (
            FIT_FOR_DETENTION.search(row.norm.asks.en) or FIT_FOR_DETENTION.search(row.norm.asks.es)
        )
    ]

    assert asking == []


def test_a_letter_is_never_advised_to_say_fit_for_detention() -> None:
    never = {
        f"{dimension.id}.{word.id}"
        for dimension in VOCABULARY.dimensions.values()
        for word in dimension.words
        if "fit_for" in word.id and word.id not in dimension.never_advised
    }

    assert never == set()


def test_a_person_is_called_a_patient_in_every_sentence_of_ours() -> None:
    texts = [(row.norm.id, row.norm.asks.en) for row in find_shipped()]
    texts += [(s.fit.id, s.say.en) for s in load_sentences(VOCABULARY)]
    texts += [(fact.id, fact.question.en) for fact in VOCABULARY.facts.values()]

    assert [id_ for id_, text in texts if DETAINEE.search(text)] == []
