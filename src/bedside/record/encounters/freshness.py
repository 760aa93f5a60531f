"""How long an answer counts, as data: for the stay, for the room, for a shift, for one act."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path

from bedside.record.encounters.spans import read_span
from bedside.rules.vocabulary.catalogue import Vocabulary
from bedside.rules.vocabulary.document import Document, load_document
from bedside.rules.vocabulary.problem import Problem, ProblemKind, Problems, Text, find_near

FILE = Path(__file__).with_name("freshness.yaml")
ACTIVITY = "activity"

UNKNOWN_FACT = ProblemKind(
    code="freshness.unknown-fact",
    what=Text(en="nobody is ever asked `{fact}`", es="a nadie se le pregunta nunca `{fact}`"),
    help=Text(en="`bedside facts` lists them all", es="`bedside facts` los enumera todos"),
)
TWICE = ProblemKind(
    code="freshness.twice",
    what=Text(en="`{fact}` stands in two lists", es="`{fact}` está en dos listas"),
    help=Text(en="keep it in one", es="déjelo en una"),
)
MISSING = ProblemKind(
    code="freshness.missing",
    what=Text(
        en="no list says how long `{fact}` holds", es="ninguna lista dice cuánto vale `{fact}`"
    ),
    help=Text(en="add it to one of the lists", es="agréguelo a una de las listas"),
)


class Span(StrEnum):
    """For how long an answer holds."""

    STAY = "stay"
    ROOM = "room"
    SHIFT = "shift"
    ACT = "act"


@dataclass(frozen=True, slots=True, kw_only=True)
class Freshness:
    """For each fact its span, and how long the timed spans last."""

    spans: Mapping[str, Span]
    shift: timedelta
    act: timedelta

    def is_stale(
        self,
        fact: str,
        answered_at: datetime,
        *,
        at: datetime,
        moved_at: datetime | None,
        act_at: datetime | None,
    ) -> bool:
        """Tell whether an answer no longer counts; `act_at`: when the present activity was said."""
        match self.spans[fact]:
            case Span.STAY:
                return False
            case Span.ROOM:
                return moved_at is not None and answered_at < moved_at
            case Span.SHIFT:
                return at - answered_at >= self.shift
            case Span.ACT:
                is_of_another = act_at is not None and fact != ACTIVITY and answered_at < act_at
                return is_of_another or at - answered_at >= self.act


def load_freshness(file: Path, vocabulary: Vocabulary) -> Freshness:
    """Read how long facts hold, or raise `Problems` with everything that is wrong."""
    document = load_document(file)
    plain = document.value if isinstance(document.value, dict) else {}
    lists = {span: _read_list(plain.get(span.value)) for span in Span}
    problems = list(_find_problems(document, lists, vocabulary))
    if problems:
        raise Problems(problems)
    lengths = plain.get("spans")
    lengths = lengths if isinstance(lengths, dict) else {}
    return Freshness(
        spans={fact: span for span, facts in lists.items() for fact in facts},
        shift=read_span(str(lengths.get("shift", ""))) or timedelta(hours=12),
        act=read_span(str(lengths.get("act", ""))) or timedelta(hours=1),
    )


def _read_list(value: object) -> tuple[str, ...]:
    return tuple(str(fact) for fact in value) if isinstance(value, list) else ()


def _find_problems(
    document: Document, lists: Mapping[Span, tuple[str, ...]], vocabulary: Vocabulary
) -> Iterable[Problem]:
    seen: set[str] = set()
    wanted = {id_ for id_, fact in vocabulary.facts.items() if fact.derived is None}
    for span, facts in lists.items():
        for number, fact in enumerate(facts):
            place = document.place_of(span.value, number)
            if fact not in wanted:
                yield UNKNOWN_FACT.at(place, fact=fact, near=find_near(fact, wanted))
            if fact in seen:
                yield TWICE.at(place, fact=fact)
            seen.add(fact)
    yield from (MISSING.at(document.place_of(), fact=fact) for fact in sorted(wanted - seen))
