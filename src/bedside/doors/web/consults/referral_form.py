"""What staff type when they refer a question, read by hand; nothing typed is lost."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bedside.doors.web.directory.forms import list_options
from bedside.doors.web.questions.situation_file import write_situation
from bedside.doors.web.shelf import find_shelf
from bedside.doors.web.staff.signed_in import Staff
from bedside.doors.web.stays.case import Case, open_case
from bedside.record.consults.operations import MOST_WORDS, Referral, Seen, Spoken
from bedside.record.consults.words import (
    ASSENTS,
    GUARDIANS,
    KINDS,
    LANGUAGES,
    MINORS,
    SPEAKERS,
    TRANSLATORS,
    Kind,
    Minor,
    Speaker,
    Translator,
)
from bedside.record.encounters.models import Encounter
from bedside.rules.decide.advice import Outcome
from bedside.rules.vocabulary.problem import Language, Text

UNSETTLED = (Outcome.CONFLICT, Outcome.HOLD)
MOST_REFERENCE = 80
AGE = "patient_age_band"
# Which part of the arrangement a sort of question is about, where nobody names one.
USUAL: Mapping[str, str] = {
    Kind.PRIVACY: "position",
    Kind.RESTRAINT: "restraint",
    Kind.CONTACT: "family_contact",
    Kind.DISCHARGE: "departure",
    Kind.LETTER: "letter_claim",
}
OTHERS = {
    str(one): text
    for one, text in SPEAKERS.items()
    if one not in {Speaker.PATIENT, Speaker.OFFICER}
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """The lists of the form, with what was chosen before."""

    kinds: tuple[Any, ...]
    dimensions: tuple[Any, ...]
    minors: tuple[Any, ...]
    assents: tuple[Any, ...]
    guardians: tuple[Any, ...]
    languages: tuple[Any, ...]
    officer_languages: tuple[Any, ...]
    translators: tuple[Any, ...]
    speakers: tuple[Any, ...]
    is_minor_known: bool


def build_choices(
    staff: Staff, stay: Encounter, sent: Mapping[str, str], language: Language
) -> Choices:
    """Build the lists: first what is most in conflict at this stay."""
    case = open_case(staff, stay)
    minor = find_minor(case)
    spoken = sent.get("patient_language") or stay.language or "es"

    def options(known: Mapping[Any, Text], name: str, first: str = "") -> tuple[Any, ...]:
        return list_options(known, sent.get(name, first), language)

    return Choices(
        kinds=options(KINDS, "kind"),
        dimensions=options(find_aspects(), "dimension", find_clash(case)),
        minors=options(MINORS, "minor", minor),
        assents=options(ASSENTS, "assent"),
        guardians=options(GUARDIANS, "guardian"),
        languages=list_options(LANGUAGES, spoken, language),
        officer_languages=options(LANGUAGES, "officer_language", "en"),
        translators=options(TRANSLATORS, "patient_translator"),
        speakers=options(OTHERS, "other_speaker"),
        is_minor_known=bool(minor),
    )


def find_minor(case: Case) -> str:
    """Find whether the patient is a minor, if somebody noted it."""
    return {"minor": Minor.YES.value, "adult": Minor.NO.value}.get(str(case.fresh.get(AGE)), "")


def find_aspects() -> Mapping[str, Text]:
    """Find the aspects of the rulebook that a question can be about."""
    return {id_: one.label for id_, one in find_shelf().vocabulary.dimensions.items()}


def find_clash(case: Case) -> str:
    """Find the aspect in which norms contradict each other here, if there is one."""
    judged = case.advice.dimensions.values()
    clashing = [one.dimension for one in judged if one.touched and one.outcome in UNSETTLED]
    return clashing[0] if clashing else ""


def read_referral(
    staff: Staff, stay: Encounter, sent: Mapping[str, str], language: Language
) -> Referral:
    """Read the form; the operation says what is missing."""
    case, kind = open_case(staff, stay), _read(sent, "kind")
    dimension = _read(sent, "dimension") or USUAL.get(kind, "")
    minor = find_minor(case) or _read(sent, "minor")
    is_minor = minor == Minor.YES
    return Referral(
        kind=kind,
        question=_read(sent, "question"),
        seen=_see(case),
        dimension=dimension if dimension in find_aspects() else "",
        is_urgent=sent.get("urgent") == "yes",
        minor=minor,
        assent=_read(sent, "assent") if is_minor else "",
        guardian=_read(sent, "guardian") if is_minor else "",
        spoken=tuple(one for one in _read_all(sent, language) if one.words),
    )


def read_spoken(sent: Mapping[str, str], language: Language) -> Spoken:
    """Read one person's words from the form on the page of a question."""
    return Spoken(
        speaker=_read(sent, "speaker"),
        words=_read(sent, "words"),
        language=_read(sent, "spoken_language") or language,
        translated=_read(sent, "translated"),
        translator=_read(sent, "translator") or Translator.NOT_NEEDED.value,
        interpreter=_read(sent, "interpreter")[:MOST_REFERENCE],
    )


def _read_all(sent: Mapping[str, str], language: Language) -> tuple[Spoken, ...]:
    return (
        Spoken(
            speaker=Speaker.PATIENT.value,
            words=_read(sent, "patient_words"),
            language=_read(sent, "patient_language") or language,
            translated=_read(sent, "patient_translated"),
            translator=_read(sent, "patient_translator") or Translator.NOT_NEEDED.value,
            interpreter=_read(sent, "patient_interpreter")[:MOST_REFERENCE],
        ),
        Spoken(
            speaker=Speaker.OFFICER.value,
            words=_read(sent, "officer_words"),
            language=_read(sent, "officer_language") or language,
        ),
        Spoken(
            speaker=_read(sent, "other_speaker") or Speaker.OTHER.value,
            words=_read(sent, "other_words"),
            language=language,
        ),
    )


def _see(case: Case) -> Seen:
    """Keep how things stand now: what the rules are asked, and who noted each fact."""
    compiled = find_shelf().compiled
    noted = [
        {
            "at": one.answered_at.isoformat(),
            "by": str(one.by) if one.by else None,
            "fact": one.fact,
            "value": one.value,
        }
        for one in case.known
    ]
    return Seen(
        situation=write_situation(case.situation, compiled.vocabulary),
        noted=json.dumps(noted),
        edition=compiled.rulebook.edition,
        digest=compiled.rulebook.digest,
    )


def _read(sent: Mapping[str, str], name: str) -> str:
    return sent.get(name, "").replace("\x00", "").strip()[: MOST_WORDS + 1]
