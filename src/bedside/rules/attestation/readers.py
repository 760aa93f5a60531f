"""Which claims may stand before which reader, on which ground, and which norms say so."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from bedside.rules.attestation.claim import ClaimClass
from bedside.rules.attestation.classes import load_classes
from bedside.rules.attestation.clause import Reader
from bedside.rules.attestation.tables import Table, load_table, read_text
from bedside.rules.vocabulary.problem import Text

READERS = Path(__file__).with_name("readers.yaml")


class Basis(StrEnum):
    """The grounds on which a document may be given to its reader."""

    CONSENT = "consent"
    REQUIRED_BY_LAW = "required_by_law"
    CUSTODY_PERMISSION = "custody_permission"
    TREATMENT = "treatment"


@dataclass(frozen=True, slots=True, kw_only=True)
class BasisWords:
    """What a ground is called, what has to be on file for it, and where it is written."""

    label: Text
    needs: Text
    cites: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderWords:
    """What a reader's document is called, and why that reader needs each class of claim."""

    title: Text
    for_whom: Text
    bases: tuple[Basis, ...]
    cites: tuple[str, ...]
    needs: Mapping[ClaimClass, Text]
    withheld: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Disclosure:
    """The ground that one document stands on here, and what is on file for it.

    `opened_by` and `barred_by` are ids of norms: those that speak for it here, and those that
    stand against it. The rulebook finds them; nothing is given out against a norm that stands.
    """

    basis: Basis
    reference: str
    opened_by: tuple[str, ...] = ()
    barred_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """What the rulebook said here of letters: norms against a class, by its word there."""

    against: Mapping[str, tuple[str, ...]]


NO_RULING = Ruling(against={})


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Whether a class of claim may stand before a reader, why, and which norms say so."""

    may: bool
    why: Text
    norms: tuple[str, ...]


NEVER_SAID = Text(
    en="No letter says this, to any reader. Say instead: {instead}.",
    es="Ninguna carta dice esto, a ningún lector. En su lugar: {instead}.",
)
NO_GROUND = Text(
    en="{basis} is no ground for giving this document to this reader.",
    es="{basis} no es motivo para dar este documento a este lector.",
)
NOT_ON_FILE = Text(
    en="Nothing is on file for the ground; add {needs}.",
    es="Nada respalda el motivo; agregue {needs}.",
)
BARRED = Text(
    en="A rule in force here stands against giving it to this reader.",
    es="Una regla vigente aquí no permite dárselo a este lector.",
)
RULED_OUT = Text(
    en="A rule in force here stands against such a claim.",
    es="Una regla vigente aquí no permite una afirmación así.",
)


@cache
def load_readers() -> Mapping[Reader, ReaderWords]:
    """Read what each reader may read."""
    table = load_table(READERS)["readers"]
    return {Reader(reader): _read_reader(entry) for reader, entry in table.items()}


@cache
def load_bases() -> Mapping[Basis, BasisWords]:
    """Read the grounds of disclosure."""
    return {
        Basis(basis): BasisWords(
            label=read_text(entry["label"]),
            needs=read_text(entry["needs"]),
            cites=tuple(entry["cites"]),
        )
        for basis, entry in load_table(READERS)["bases"].items()
    }


def judge_class(
    class_: ClaimClass, reader: Reader, disclosure: Disclosure, ruling: Ruling = NO_RULING
) -> Standing:
    """Tell whether a class of claim may stand before a reader on that ground."""
    words = load_readers()[reader]
    if not class_.is_attested:
        return Standing(may=False, why=_never(class_), norms=_against(class_, ruling))
    barred = judge_disclosure(reader, disclosure)
    if barred is not None:
        return barred
    if _against(class_, ruling):
        return Standing(may=False, why=RULED_OUT, norms=_against(class_, ruling))
    if class_ not in words.needs:
        return Standing(may=False, why=words.withheld, norms=words.cites)
    cites = (*disclosure.opened_by, *load_bases()[disclosure.basis].cites, *words.cites)
    return Standing(may=True, why=words.needs[class_], norms=tuple(dict.fromkeys(cites)))


def judge_disclosure(reader: Reader, disclosure: Disclosure) -> Standing | None:
    """Tell what stands against giving a reader anything at all; nothing if nothing does."""
    basis = load_bases()[disclosure.basis]
    if disclosure.basis not in load_readers()[reader].bases:
        return Standing(may=False, why=_name(NO_GROUND, basis=basis.label), norms=basis.cites)
    if not disclosure.reference.strip():
        return Standing(may=False, why=_name(NOT_ON_FILE, needs=basis.needs), norms=basis.cites)
    if disclosure.barred_by:
        return Standing(may=False, why=BARRED, norms=disclosure.barred_by)
    return None


def _never(class_: ClaimClass) -> Text:
    classes = load_classes()
    instead = [classes[one].label for one in classes[class_].instead]
    named = Text(en=", ".join(t.en for t in instead), es=", ".join(t.es for t in instead))
    return _name(NEVER_SAID, instead=named)


def _against(class_: ClaimClass, ruling: Ruling) -> tuple[str, ...]:
    return ruling.against.get(load_classes()[class_].word, ())


def _name(sentence: Text, **named: Text) -> Text:
    en = sentence.en.format(**{key: text.en for key, text in named.items()})
    es = sentence.es.format(**{key: text.es for key, text in named.items()})
    return Text(en=en[:1].upper() + en[1:], es=es[:1].upper() + es[1:])


def _read_reader(entry: Table) -> ReaderWords:
    return ReaderWords(
        title=read_text(entry["title"]),
        for_whom=read_text(entry["for_whom"]),
        bases=tuple(Basis(one) for one in entry["bases"]),
        cites=tuple(entry["cites"]),
        needs={ClaimClass(letter): read_text(why) for letter, why in entry["classes"].items()},
        withheld=read_text(entry["withheld"]),
    )
