"""From what is seen on a paper to its kind: a decision table, as data, read and checked once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from bedside.rules.vocabulary.catalogue import Value, Vocabulary
from bedside.rules.vocabulary.document import Document, load_document
from bedside.rules.vocabulary.problem import Place, Problem, ProblemKind, Problems, Text, find_near

FILE = Path(__file__).with_name("papers.yaml")

UNKNOWN = ProblemKind(
    code="papers.unknown",
    what=Text(en="nothing here is called `{word}`", es="aquí nada se llama `{word}`"),
    help=Text(en="correct the word", es="corrija la palabra"),
)
NO_LAST = ProblemKind(
    code="papers.no-last",
    what=Text(en="a paper may fit no row", es="un documento puede no caber en ninguna fila"),
    help=Text(en="end the list with a row without `when`", es="termine con una fila sin `when`"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperQuestion:
    """One question about a paper, where to look, and its answers."""

    id: str
    ask: Text
    where: Text
    answers: Mapping[str, Text]


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperKind:
    """One kind of paper: which answers make it, what to say, what follows for the stay."""

    id: str
    label: Text
    say: Text
    when: Mapping[str, frozenset[str]] = field(default_factory=dict)
    facts: Mapping[str, Value] = field(default_factory=dict)

    def fits(self, answers: Mapping[str, str]) -> bool:
        """Tell whether every answer that the row asks for was given."""
        return all(answers.get(question) in wanted for question, wanted in self.when.items())


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperTable:
    """The questions in their order, and the kinds in theirs."""

    questions: tuple[PaperQuestion, ...]
    kinds: tuple[PaperKind, ...]

    def find_next(self, answers: Mapping[str, str]) -> PaperQuestion | None:
        """Find the first question without an answer."""
        return next((q for q in self.questions if answers.get(q.id) not in q.answers), None)

    def classify(self, answers: Mapping[str, str]) -> PaperKind:
        """Find the kind: the first row that fits."""
        return next(kind for kind in self.kinds if kind.fits(answers))

    def find_kind(self, id_: str) -> PaperKind:
        """Find a kind by its id."""
        return next((kind for kind in self.kinds if kind.id == id_), self.kinds[-1])


def load_papers(file: Path, vocabulary: Vocabulary) -> PaperTable:
    """Read the table, or raise `Problems` with everything that is wrong with it."""
    document = load_document(file)
    plain: Any = document.value
    questions = tuple(_read_question(id_, one) for id_, one in plain["questions"].items())
    kinds = tuple(_read_kind(one) for one in plain["kinds"])
    table = PaperTable(questions=questions, kinds=kinds)
    problems = _find_problems(document, table, vocabulary)
    if problems:
        raise Problems(problems)
    return table


@cache
def load_surrogates() -> tuple[Mapping[str, Text], Mapping[str, Any]]:
    """Read who may be named to decide, and the states whose order was read."""
    plain: Any = load_document(FILE.with_name("surrogates.yaml")).value
    return {id_: _text(one) for id_, one in plain["who"].items()}, plain["states"]


def _read_question(id_: str, one: Mapping[str, Any]) -> PaperQuestion:
    return PaperQuestion(
        id=id_,
        ask=_text(one["ask"]),
        where=_text(one["where"]),
        answers={answer: _text(said) for answer, said in one["answers"].items()},
    )


def _read_kind(one: Mapping[str, Any]) -> PaperKind:
    return PaperKind(
        id=one["id"],
        label=_text(one["label"]),
        say=_text(one["say"]),
        when={question: frozenset(wanted) for question, wanted in one["when"].items()},
        facts=one.get("facts", {}),
    )


def _find_problems(document: Document, table: PaperTable, vocabulary: Vocabulary) -> list[Problem]:
    answers = {question.id: frozenset(question.answers) for question in table.questions}
    problems = []
    for number, kind in enumerate(table.kinds):
        place = document.place_of("kinds", number)
        for question, wanted in kind.when.items():
            known = answers.get(question)
            strange = (wanted - known) if known is not None else {question}
            problems += [_name(place, word, known or answers) for word in sorted(strange)]
        for fact, value in kind.facts.items():
            domain = vocabulary.facts[fact].places if fact in vocabulary.facts else {}
            if value not in domain:
                problems.append(_name(place, f"{fact}: {value}", map(str, domain)))
    if table.kinds[-1].when:
        problems.append(NO_LAST.at(document.place_of("kinds")))
    return problems


def _name(place: Place, word: str, known: Any) -> Problem:  # noqa: ANN401 - any list of words
    return UNKNOWN.at(place, word=word, near=find_near(word, known))


def _text(one: Mapping[str, str]) -> Text:
    return Text(en=one["en"], es=one["es"])
