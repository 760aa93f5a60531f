"""LC-04: whatever norm is opened, its source, its words and how it was read are on its page."""

import pytest
from web_cast import find_sample, read, visit

from bedside.doors.web.words import say
from bedside.rules.rulebook.norm import Norm
from bedside.rules.vocabulary.problem import ENGLISH, SPANISH, Language


def _plain(text: str) -> str:
    return "".join(text.split())


def _is_told(norm: Norm, language: Language, prefix: str) -> bool:
    page = _plain(read(visit(f"{prefix}norms/{norm.id}")))
    reading = say(f"reading_{norm.reading.value}", language)
    told = (norm.source.cite, norm.source.title, norm.asks.say(language), reading)
    return all(_plain(text) in page for text in told)


@pytest.mark.parametrize(("language", "prefix"), [(ENGLISH, ""), (SPANISH, "es/")])
def test_every_norm_opens_with_its_citation_its_document_its_words_and_its_reading(
    language: Language, prefix: str
) -> None:
    norms = find_sample().norms.values()

    assert [norm.id for norm in norms if not _is_told(norm, language, prefix)] == []
