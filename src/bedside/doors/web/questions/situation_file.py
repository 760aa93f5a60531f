"""A situation as the file that `bedside decide` reads, and back."""

import json
from datetime import date

from bedside.rules.decide.read_situation import read_situation
from bedside.rules.decide.situation import Claim, Situation
from bedside.rules.tables.compiled import Compiled
from bedside.rules.vocabulary.catalogue import Vocabulary
from bedside.rules.vocabulary.document import parse_document

NAME = "situation.json"
DAY = date(2000, 1, 1)  # never used: a situation of ours always says its day


def write_situation(situation: Situation, vocabulary: Vocabulary) -> str:
    """Write a situation as a file."""
    plain = {
        "as_of": situation.as_of.isoformat(),
        "jurisdiction": situation.jurisdiction,
        "overlays": list(situation.overlays),
        "facts": dict(situation.facts),
        "arrangement": dict(situation.arrangement),
        "asserted": [_write_claim(claim, vocabulary) for claim in situation.asserted],
    }
    return json.dumps({key: value for key, value in plain.items() if value}, indent=2)


def open_situation(file: str, compiled: Compiled) -> Situation:
    """Read a file that we wrote, in the words in force now, or raise `Problems`."""
    return read_situation(parse_document(file.encode(), name=NAME), compiled, today=DAY)


def _write_claim(claim: Claim, vocabulary: Vocabulary) -> dict[str, object]:
    asked = {
        id_: [
            word.id
            for word in vocabulary.dimensions[id_].words
            if mask >> vocabulary.dimensions[id_].places[word.id] & 1
        ]
        for id_, mask in claim.arrangement.items()
    }
    plain = {
        "by": claim.by,
        "words": claim.words,
        "document": claim.document,
        "cite": claim.cite,
        "arrangement": asked,
    }
    return {key: value for key, value in plain.items() if value}
