"""A coverage-guided fuzzer of everything that reads what people write.

Run it as a program: `python tests/fuzz/fuzz_readers.py condition -runs=100000 CORPUS`. Whatever
comes in, a reader returns a value or raises `Problems` that can be said; anything else is a find.
"""

import sys
from datetime import date

import atheris

with atheris.instrument_imports(include=["bedside"]):
    from bedside.rules.condition.check import check_condition
    from bedside.rules.condition.parse import parse_condition
    from bedside.rules.decide.advise import advise
    from bedside.rules.decide.read_situation import read_situation
    from bedside.rules.decide.render import render_advice
    from bedside.rules.rulebook.book import Rulebook
    from bedside.rules.rulebook.cases import check_cases
    from bedside.rules.rulebook.form import Form
    from bedside.rules.rulebook.read_norm import read_norm
    from bedside.rules.tables.compiled import compile_rulebook
    from bedside.rules.vocabulary.document import parse_document
    from bedside.rules.vocabulary.load import load_vocabulary
    from bedside.rules.vocabulary.problem import LANGUAGES, Problems

TODAY = date(2026, 11, 23)
VOCABULARY = load_vocabulary()
BOOK = compile_rulebook(
    Rulebook(norms={}, vocabulary=VOCABULARY, sentences=(), ladders=(), edition="", digest="")
)


def say(found: Problems) -> None:
    """Say every problem in every language, as a door would."""
    for problem in found.problems:
        for language in LANGUAGES:
            if not problem.say(language).isprintable():
                raise AssertionError(problem)


def read_condition(raw: bytes) -> None:
    """Read a condition, and hold it against the vocabulary."""
    try:
        tree = parse_condition(raw.decode("utf-8", "replace"))
    except Problems as found:
        say(found)
    else:
        say(Problems(check_condition(tree, VOCABULARY)))


def read_document(raw: bytes) -> None:
    """Read a file of any kind."""
    try:
        parse_document(raw, name="x")
    except Problems as found:
        say(found)


def read_norm_file(raw: bytes) -> None:
    """Read a norm file."""
    try:
        form = Form(parse_document(raw, name="x"), VOCABULARY)
        norm = read_norm(form, id_="us/x", overlay=None)
        if not form.problems:
            check_cases(form, norm)
        say(Problems(form.problems))
    except Problems as found:
        say(found)


def read_situation_file(raw: bytes) -> None:
    """Read a situation file, and answer it."""
    try:
        situation = read_situation(parse_document(raw, name="x"), BOOK, today=TODAY)
    except Problems as found:
        say(found)
    else:
        render_advice(advise(BOOK, situation))


TARGETS = {
    "condition": read_condition,
    "document": read_document,
    "norm": read_norm_file,
    "situation": read_situation_file,
}

if __name__ == "__main__":
    atheris.Setup([sys.argv[0], *sys.argv[2:]], TARGETS[sys.argv[1]])
    atheris.Fuzz()
