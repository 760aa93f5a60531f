"""Referring a question to ethics, keeping whose words, advising, and answering a gap."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from bedside.record.accounts.models import Site
from bedside.record.accounts.roles import Role
from bedside.record.consults.alike import find_since, is_gap
from bedside.record.consults.models import Advice, Consult, Gap, Voice
from bedside.record.consults.queries import CONSULTS
from bedside.record.consults.refusals import (
    AnsweredBefore,
    MinorUnsaid,
    NoSuchAnswer,
    NotByAPerson,
    NothingAsked,
)
from bedside.record.consults.words import (
    LANGUAGES,
    Assent,
    Guardian,
    Kind,
    Minor,
    Speaker,
    Translator,
)
from bedside.record.encounters.models import Encounter
from bedside.record.encounters.operations import lock_open
from bedside.record.encounters.rooms import open_room
from bedside.record.journal.act import Act
from bedside.record.journal.operations import Content, Happening, append, operation
from bedside.record.paging.operations import add_page
from bedside.record.vault.sealed import SITE_RECORD, Strongroom, open_strongroom

MOST_WORDS: Final = 400  # so that a brief stays on one page
MOST_QUESTION: Final = 240
MOST_ADVICE: Final = 2000
MOST_SITUATION: Final = 20_000
URGENT, ORDINARY = timedelta(hours=2), timedelta(hours=24)
OWNER: Final = Role.RULEBOOK_OWNER


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """What somebody said, in their words; and if those were translated, by whom."""

    speaker: str
    words: str
    language: str
    translated: str = ""
    translator: str = Translator.NOT_NEEDED.value
    interpreter: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What the rules were asked, as things stood then."""

    situation: str  # the file that `bedside decide` reads
    noted: str  # what was known, by whom and since when, as JSON
    edition: str
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Referral:
    """A question, what it is about, and what has to be said of a minor."""

    kind: str
    question: str
    seen: Seen
    dimension: str = ""
    is_urgent: bool = False
    minor: str = Minor.NOT_KNOWN.value
    assent: str = ""
    guardian: str = ""
    spoken: tuple[Spoken, ...] = ()


@operation
def record_referral(act: Act, stay: Encounter, *, referral: Referral) -> Consult:
    """Refer a question; ethics is paged, and three alike in ninety days raise a gap."""
    _verify_referral(referral)
    Site.objects.select_for_update().get(slug=act.site)  # two at one moment are counted in turn
    lock_open(stay)
    room, id_ = open_room(act, stay), act.draw_id()
    seen = referral.seen
    consult = Consult.objects.create(
        id=id_,
        site_id=act.site,
        encounter=stay,
        kind=referral.kind,
        dimension=referral.dimension,
        is_urgent=referral.is_urgent,
        minor=referral.minor,
        assent=referral.assent,
        guardian=referral.guardian,
        question=room.seal(referral.question, CONSULTS, id_, "question"),
        situation=room.seal(seen.situation, CONSULTS, id_, "situation"),
        noted=room.seal(seen.noted, CONSULTS, id_, "noted"),
        edition=seen.edition,
        digest=seen.digest,
        by=act.person,
        referred_at=act.at,
        due_at=act.at + (URGENT if referral.is_urgent else ORDINARY),
    )
    for spoken in referral.spoken:
        _add_voice(act, consult, room, spoken)
    gap = _raise_gap(act, consult)
    reason = "ethics-urgent" if referral.is_urgent else "ethics-asked"
    add_page(act, about=consult.about, to_role=Role.ETHICS.value, reason=reason)
    content = {**_say_referral(referral), "gap": str(gap.pk) if gap else None}
    _tell(act, consult, room, "consult.referred", content)
    return consult


@operation
def record_voice(act: Act, consult: Consult, *, spoken: Spoken) -> Voice:
    """Keep what somebody says of a question, in their words."""
    _verify_spoken(spoken)
    room = open_room(act, consult.encounter)
    voice = _add_voice(act, consult, room, spoken)
    _tell(act, consult, room, "consult.heard", _say_spoken(spoken))
    return voice


@operation
def record_advice(act: Act, consult: Consult, *, text: str) -> Advice:
    """Advise; whoever cares for the patient decides, and sees the advice on the stay."""
    _verify_words(text, most=MOST_ADVICE)
    room, id_ = open_room(act, consult.encounter), act.draw_id()
    advice = Advice.objects.create(
        id=id_,
        consult=consult,
        text=room.seal(text, "consults_advice", id_, "text"),
        at=act.at,
        by=act.person,
    )
    Consult.objects.filter(pk=consult.pk, advised_at=None).update(advised_at=act.at)
    _tell(act, consult, room, "consult.advised", {"advice": text})
    return advice


@operation
def record_consult_viewed(act: Act, consult: Consult, *, is_taken: bool = False) -> None:
    """Note that somebody read the brief of a question, or took it to print."""
    kind = "consult.exported" if is_taken else "consult.viewed"
    _tell(act, consult, open_room(act, consult.encounter), kind, {})


@operation
def record_gap_answered(act: Act, gap: Gap, *, answer: str) -> None:
    """Answer a gap: what was changed in the house's rules, or why nothing was."""
    _verify_words(answer, most=MOST_ADVICE)
    key = act.master.care_key(act.site)
    room = open_strongroom(act.site, SITE_RECORD, key=key, random=act.random)
    rows = Gap.objects.filter(pk=gap.pk, answered_at=None)
    sealed = room.seal(answer, "consults_gap", gap.pk, "answer")
    if not rows.update(answer=sealed, answered_at=act.at, answered_by=act.person):
        raise AnsweredBefore
    content = {"answer": answer}
    append(act, Happening(kind="gap.answered", about=gap.about, content=content, room=room))


def _raise_gap(act: Act, consult: Consult) -> Gap | None:
    """Join the open gap of its kind, or raise one if three alike came that no gap holds yet."""
    alike = Consult.objects.filter(site_id=act.site, kind=consult.kind, dimension=consult.dimension)
    open_ = Gap.objects.filter(
        site_id=act.site, kind=consult.kind, dimension=consult.dimension, answered_at=None
    ).first()
    loose = alike.filter(gap=None, referred_at__gt=find_since(act.at))
    if open_ is None and is_gap(loose.values_list("referred_at", flat=True), at=act.at):
        open_ = _add_gap(act, consult)
    if open_ is not None:
        loose.update(gap=open_)
        consult.gap = open_
    return open_


def _add_gap(act: Act, consult: Consult) -> Gap:
    gap = Gap.objects.create(
        id=act.draw_id(),
        site_id=act.site,
        kind=consult.kind,
        dimension=consult.dimension,
        owner=OWNER.value,
        raised_at=act.at,
    )
    add_page(act, about=gap.about, to_role=OWNER.value, reason="policy-gap")
    return gap


def _add_voice(act: Act, consult: Consult, room: Strongroom, spoken: Spoken) -> Voice:
    id_, table = act.draw_id(), "consults_voice"
    return Voice.objects.create(
        id=id_,
        consult=consult,
        speaker=spoken.speaker,
        words=room.seal(spoken.words, table, id_, "words"),
        language=spoken.language,
        translated=room.seal(spoken.translated, table, id_, "translated"),
        translator=spoken.translator,
        interpreter=room.seal(spoken.interpreter, table, id_, "interpreter"),
        at=act.at,
        by=act.person,
    )


def _verify_referral(referral: Referral) -> None:
    _verify_words(referral.question, most=MOST_QUESTION)
    if referral.kind not in set(Kind) or referral.minor not in set(Minor):
        raise NoSuchAnswer
    if len(referral.seen.situation) > MOST_SITUATION:
        raise NothingAsked(most=MOST_WORDS)
    of_minor = referral.assent in set(Assent) and referral.guardian in set(Guardian)
    if referral.minor == Minor.YES and not of_minor:
        raise MinorUnsaid
    if referral.minor != Minor.YES and (referral.assent or referral.guardian):
        raise NoSuchAnswer
    for spoken in referral.spoken:
        _verify_spoken(spoken)


def _verify_spoken(spoken: Spoken) -> None:
    _verify_words(spoken.words)
    is_known = spoken.language in LANGUAGES and spoken.translator in set(Translator)
    if spoken.speaker not in set(Speaker) or not is_known:
        raise NoSuchAnswer
    is_translated = spoken.translator != Translator.NOT_NEEDED
    if is_translated or spoken.translated:
        _verify_words(spoken.translated)
    if (is_translated or spoken.translated) and not (is_translated and spoken.interpreter):
        raise NotByAPerson


def _verify_words(words: str, *, most: int = MOST_WORDS) -> None:
    if not words or len(words) > most:
        raise NothingAsked(most=most)


def _say_referral(referral: Referral) -> dict[str, object]:
    return {
        "assent": referral.assent,
        "digest": referral.seen.digest,
        "dimension": referral.dimension,
        "edition": referral.seen.edition,
        "guardian": referral.guardian,
        "kind": referral.kind,
        "minor": referral.minor,
        "question": referral.question,
        "situation": referral.seen.situation,
        "spoken": [_say_spoken(one) for one in referral.spoken],
        "urgent": referral.is_urgent,
    }


def _say_spoken(spoken: Spoken) -> dict[str, object]:
    return {
        "interpreter": spoken.interpreter,
        "language": spoken.language,
        "speaker": spoken.speaker,
        "translated": spoken.translated,
        "translator": spoken.translator,
        "words": spoken.words,
    }


def _tell(act: Act, consult: Consult, room: Strongroom, kind: str, content: Content) -> None:
    append(
        act,
        Happening(
            kind=kind,
            about=consult.about,
            record=consult.encounter.about,
            content=content,
            room=room,
        ),
    )
