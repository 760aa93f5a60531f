"""Nobody at the door is told to block, hide, mislead or physically stop anyone: every sentence."""

import re
import unicodedata
from collections.abc import Iterator
from itertools import product
from zoneinfo import ZoneInfo

import pytest

from bedside.doors.web.shelf import Shelf
from bedside.doors.web.site import Site
from bedside.doors.web.visits.door import Door, DoorAnswer
from bedside.doors.web.words import WORDS
from bedside.record.accounts.roles import Role
from bedside.record.visits.known import Known
from bedside.record.visits.tables import (
    load_asks,
    load_moments,
    load_paper_kinds,
    load_paper_questions,
    load_paper_rows,
    load_scripts,
)
from bedside.record.visits.wanted import VisitRecord
from bedside.rules.tables.compiled import load_compiled
from bedside.rules.vocabulary.problem import LANGUAGES, Language, Text
from record_cast import NIGHT

COMPILED = load_compiled()

# What would stand in somebody's way, keep somebody out of sight, deceive, warn off or delay; read
# without accents.
STAND_IN_THE_WAY = (
    r"block\w*|bar the|lock\w*|shut (the|them)|close the (door|way|gate)|hold the door",
    r"hold (them|him|her)|keep (them|him|her) (out|from)|stop (them|him|her|the officer|any|some)",
    r"prevent\w*|restrain\w*|grab\w*|push\w*|touch\w*|tackle\w*|physically",
    r"stand(ing|s)? in (the|your|their|his|her) way|in the way",
    r"bloque\w*|cierr\w*|cerr\w*|encierr\w*|impid\w*|impedi\w*|deten(ga|er)\w*|sujet\w*",
    r"empuj\w*|toquen? a|tocar a|estorb\w*|no (los|lo|la|las) deje (pasar|entrar)",
)
HIDE = (
    r"hid(e|es|ing|den)|conceal\w*|sneak\w*|smuggl\w*|back (door|exit|way)|move the patient",
    r"get (them|him|her) out|escond\w*|ocult\w*|saque (a|al)|por atras|puerta trasera",
)
DECEIVE = (
    r"lie|lies|lying|mislead\w*|deceiv\w*|pretend\w*|make up|false\w*|deny that",
    r"say (that )?(he|she|they|nobody|no one) (is|are) (not|here|gone)|stall\w*|delay\w*|buy time",
    r"slow (them|him|her)|warn\w*|alert the patient|tell the patient to (go|leave|run)",
    r"mient(?!ras)\w*|mentir\w*|engan\w*|finj\w*|falso\w*|diga que (no esta|no hay)",
    r"demor\w*|retras\w*|gan(e|ar) tiempo|advert\w*",
)
FORBIDDEN = re.compile(
    rf"\b({'|'.join((*STAND_IN_THE_WAY, *HIDE, *DECEIVE))})(?!\w)", re.IGNORECASE
)
# The same words where the sentence says, in the same clause, that this is not done.
DENIED = re.compile(
    r"\b(not|never|nobody|no one|won't|don't|no|nunca|nadie|ni)\b[^.,;:!?]*$", re.IGNORECASE
)
# Things that happen to staff or to a record, told and not advised.
TOLD = {
    "visits_is_closed", "visits_close", "visits_closed_ones", "visits_known",
}  # fmt: skip


def find_advice(sentence: str) -> list[str]:
    """Find what in a sentence advises to stand in the way, hide, deceive or delay."""
    plain = _fold(sentence)
    found = FORBIDDEN.finditer(plain)
    return [one[0] for one in found if not DENIED.search(plain[: one.start()])]


def _fold(sentence: str) -> str:
    """Write a sentence without accents and with straight apostrophes."""
    parts = unicodedata.normalize("NFKD", sentence)
    return "".join(c for c in parts if not unicodedata.combining(c)).replace("\u2019", "'")


def find_sentences() -> Iterator[tuple[str, Text]]:
    """Find every sentence that is said to or by staff at the door."""
    for script in (*load_scripts().values(), *load_moments().values()):
        yield from ((script.id, text) for text in (script.say, script.do, script.label))
    for row in load_paper_rows():
        yield from ((row.id, text) for text in (row.line, row.do))
    for ask in load_asks().values():
        yield ask.id, ask.label
    for kind in load_paper_kinds().values():
        yield kind.id, kind.label
    for question in load_paper_questions().values():
        yield from ((question.id, text) for text in (question.question, *question.answers.values()))
    for key, text in WORDS.items():
        if key.startswith("visits_") and key not in TOLD:
            yield key, text


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_tells_anybody_to_block_hide_mislead_or_stop(language: str) -> None:
    found = {
        id_: advice
        for id_, text in find_sentences()
        if (advice := find_advice(text.en if language == "en" else text.es))
    }

    assert found == {}


@pytest.mark.parametrize("state", ["us/ca", "us/il", "us/co", "us/tx"])
def test_no_answer_at_the_door_does_either_whatever_is_asked_with_whatever_paper(
    state: str,
) -> None:
    found = []
    for asks, paper, language in product(load_asks(), load_paper_kinds(), LANGUAGES):
        known = Known(asks=asks, paper=paper, agency="ice", purpose="immigration_enforcement")
        answer = answer_at(state, known, language)
        found += [(asks, paper, say) for say in (answer.say, answer.do) if find_advice(say)]
        assert answer.contact.role in set(Role)
        assert answer.say
        assert answer.do

    assert found == []


def answer_at(state: str, known: Known, language: Language) -> DoorAnswer:
    """Answer at the door of a hospital in a state."""
    site = Site(
        name=Text(en="x", es="x"),
        jurisdiction=state,
        timezone=ZoneInfo("UTC"),
        facts={"facility_kind": "hospital", "facility_state_funded": True},
    )
    shelf = Shelf(compiled=COMPILED, site=site, roots=())
    record = VisitRecord(known=known, outcome="", came_at=NIGHT, happened=(), calls=())
    return Door(shelf, site, record, at=NIGHT, language=language).answer()


@pytest.mark.parametrize(
    "sentence",
    [
        "Stand in the doorway and block the way.",
        "Take the patient out by the back door.",
        "Lock the ward until they leave.",
        "Say that nobody is here.",
        "Tell them you are not sure, and stall.",
        "Hold them at the desk until counsel comes.",
        "Warn the family first.",
        "Ciérreles el paso.",
        "Cierre la puerta y no abra.",
        "Esconda a la persona en otra unidad.",
        "Diga que no está aquí.",
        "Gane tiempo con preguntas.",
        "Deténgalos hasta que llegue alguien.",
    ],
)
def test_a_sentence_that_did_would_be_found(sentence: str) -> None:
    assert find_advice(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "I won't stand in your way.",
        "Step aside and do not touch anyone.",
        "Nobody stands in the way.",
        "No le voy a cerrar el paso.",
        "Hágase a un lado y no toque a nadie.",
        "Do not block anyone.",
    ],
)
def test_saying_that_it_is_not_done_is_allowed(sentence: str) -> None:
    assert not find_advice(sentence)


def test_a_denial_in_one_clause_does_not_cover_the_next() -> None:
    assert find_advice("Do not argue; block the way.") == ["block"]
    assert find_advice("No discuta. Cierre la puerta.") == ["Cierre"]


def test_every_script_says_one_thing_and_asks_for_one_in_both_languages() -> None:
    scripts = (*load_scripts().values(), *load_moments().values())

    assert [s.id for s in scripts if not (s.say.en and s.say.es and s.do.en and s.do.es)] == []
    assert [s.id for s in scripts if s.say.en == s.say.es or s.do.en == s.do.es] == []


def test_no_spanish_of_ours_is_called_reviewed_before_somebody_reviewed_it() -> None:
    reviewers = [script.reviewer for script in load_scripts().values()]
    reviewers += [moment.reviewer for moment in load_moments().values()]
    reviewers += [row.reviewer for row in load_paper_rows()]

    assert set(reviewers) == {None}
