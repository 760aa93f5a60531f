"""Every quotation in a norm stands word for word in the text that we hold."""

import re

from docs._tools.law_texts import NAMED, find_section, flatten, load_texts
from docs._tools.rules import load_everything

NORMS = load_everything().norms.values()


def test_every_quoted_source_is_one_whose_text_we_hold() -> None:
    unheld = [n.id for n in NORMS if n.source.quote and find_section(n.source.title) is None]

    assert unheld == []


def test_every_quotation_stands_word_for_word_in_its_section() -> None:
    astray = [
        norm.id
        for norm in NORMS
        if norm.source.quote is not None
        and (section := find_section(norm.source.title)) is not None
        and flatten(norm.source.quote) not in flatten(load_texts()[section])
    ]

    assert astray == []


def test_a_quoted_norm_says_the_day_of_the_text() -> None:
    undated = [n.id for n in NORMS if n.source.quote and n.source.text_as_of is None]

    assert undated == []


def test_a_cited_section_is_the_one_of_its_title() -> None:
    other = [
        norm.id
        for norm in NORMS
        if (found := NAMED.match(norm.source.title)) and found[2] not in norm.source.cite
    ]

    assert other == []


def test_every_section_we_hold_has_a_name_and_a_text() -> None:
    assert all(re.match(r"\d+ CFR ", name) and text for name, text in load_texts().items())
