"""Say a claim to one reader, in both languages."""

from datetime import datetime, tzinfo

from bedside.rules.attestation.claim import Claim, Filling
from bedside.rules.attestation.clause import Clause, Reader, SlotType
from bedside.rules.attestation.moment import say_moment
from bedside.rules.vocabulary.problem import LANGUAGES, Language, Text


def phrase_claim(claim: Claim, clause: Clause, reader: Reader, *, zone: tzinfo) -> Text | None:
    """Say a sound claim to a reader; nothing where the clause has no words for that reader."""
    say = clause.say.get(reader)
    if say is None:
        return None
    moments = {
        "as_of": say_moment(claim.as_of, zone),
        "assessed_at": say_moment(claim.assessment.at, zone),
    }
    words = {one.slot: _say_filling(one.value, clause, one.slot, zone) for one in claim.filled}
    en, es = (_fill(say.say(one), moments | words, one) for one in LANGUAGES)
    return Text(en=_start(en), es=_start(es))


def _fill(sentence: str, words: dict[str, Text], language: Language) -> str:
    return sentence.format(**{slot: said.say(language) for slot, said in words.items()})


def _say_filling(value: Filling, clause: Clause, slot: str, zone: tzinfo) -> Text:
    if isinstance(value, datetime):
        return say_moment(value, zone)
    if clause.slots[slot].type is SlotType.CHOICE:
        return clause.slots[slot].choices[str(value)]
    return Text(en=str(value), es=str(value))


def _start(sentence: str) -> str:
    """Begin with a capital letter, also where a slot comes first; names keep their own."""
    return sentence[:1].upper() + sentence[1:]
