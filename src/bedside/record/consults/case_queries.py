"""Reading teaching cases, and gathering what each is held against before it goes out."""

import json
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from itertools import chain
from typing import Final

from bedside.record.accounts.access import Standing
from bedside.record.accounts.models import Post
from bedside.record.accounts.roles import NAMES, Role
from bedside.record.consults.models import Consult, Debrief, SignOff, TeachingCase
from bedside.record.consults.queries import find_voices, read_consult
from bedside.record.consults.reidentify import Around, Finding, check_case
from bedside.record.directory.models import Contact
from bedside.record.encounters.case_queries import find_calls, find_patient
from bedside.record.encounters.models import Decider, Encounter, Officer
from bedside.record.journal.queries import Reader
from bedside.record.presence.queries import find_said
from bedside.record.vault.sealed import SITE_RECORD, Strongroom
from bedside.trust.publication.coarsen import Period, coarsen_date
from bedside.trust.publication.counts import Dimension, tabulate

TABLE: Final = "consults_teachingcase"
SIGNERS: Final = (Role.ETHICS, Role.COUNSEL)
PERIODS: Final = (Period.HALF, Period.YEAR)
MOST_SHOWN: Final = 200
WITHHELD: Final = ""
LEAST_WORD: Final = 4  # letters of a name's part that is looked for by itself
# Words that stand beside names in the record and tell of nobody.
ORDINARY: Final = frozenset(
    {"agent", "badge", "deputy", "desk", "duty", "night", "number", "officer", "phone", "sergeant"}
    | {"supervisor", "unit", "watch", "agente", "guardia", "oficial", "sargento", "supervisora"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """What the hospital is called, and the agencies' names: none of them stands in a case."""

    names: Collection[str]
    zone: tzinfo


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """A case as it would go out."""

    title: str
    story: str
    lesson: str
    period: str
    setting: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadDebrief:
    """A request to talk, with its words."""

    row: Debrief
    words: str
    answer: str


def find_cases(standing: Standing) -> tuple[TeachingCase, ...]:
    """Find the teaching cases of a hospital, the newest first."""
    rows = TeachingCase.objects.filter(site_id=standing.site).select_related("consult__encounter")
    return tuple(rows.order_by("-drafted_at")[:MOST_SHOWN])


def read_case(reader: Reader, case: TeachingCase) -> Telling:
    """Open a teaching case."""
    room = reader.open(SITE_RECORD)

    def read(column: str) -> str:
        return room.open(getattr(case, column), TABLE, case.pk, column) if room else ""

    return Telling(
        title=read("title"),
        story=read("story"),
        lesson=read("lesson"),
        period=case.period,
        setting=case.setting,
    )


def find_signers(case: TeachingCase) -> frozenset[str]:
    """Find for whom the version as it stands was signed."""
    rows = SignOff.objects.filter(case=case, version=case.version)
    return frozenset(rows.values_list("role", flat=True))


def find_periods(consult: Consult, zone: tzinfo) -> tuple[str, ...]:
    """Find the periods by which a question may be dated, the finest first."""
    day = consult.referred_at.astimezone(zone).date()
    return tuple(coarsen_date(day, to=period) for period in PERIODS)


def check_telling(
    reader: Reader, consult: Consult, telling: Telling, house: House
) -> tuple[Finding, ...]:
    """Hold a case against the record, the house and the numbers; nothing found is a pass."""
    stay = consult.encounter
    room = reader.open(stay.about)
    around = Around(
        names=tuple(
            dict.fromkeys(chain(house.names, _name_house(stay), _name(reader, stay, room)))
        ),
        words=tuple(_find_words(reader, consult)),
        alike=count_alike(stay.site_id, telling, zone=house.zone),
        is_readable=room is not None,
    )
    return check_case((telling.title, telling.story, telling.lesson), around)


def count_alike(site: str, telling: Telling, *, zone: tzinfo) -> int:
    """Count the stays that the period and the setting of a case fit."""
    days = Encounter.objects.filter(site_id=site).values_list("opened_at", "unit")
    rows = [{"period": _coarsen(at, telling.period, zone), "setting": unit} for at, unit in days]
    values = {name: sorted({row[name] for row in rows}) for name in ("period", "setting")}
    dimensions = tuple(Dimension(name=n, values=tuple(v)) for n, v in values.items())
    counts = tabulate(rows, subject="stays", dimensions=dimensions)
    region = tuple(
        frozenset(values[name] if not wanted else {wanted})
        for name, wanted in (("period", telling.period), ("setting", telling.setting))
    )
    return counts.count(region)


def find_debriefs(reader: Reader, standing: Standing) -> tuple[ReadDebrief, ...]:
    """Find every request to talk for the ethics committee: unanswered ones first."""
    rows = Debrief.objects.filter(site_id=standing.site).order_by("-asked_at")[:MOST_SHOWN]
    found = [read_debrief(reader, row) for row in rows]
    return tuple(sorted(found, key=lambda one: one.row.answered_at is not None))


def find_own_debriefs(reader: Reader, standing: Standing) -> tuple[ReadDebrief, ...]:
    """Find what a person asked to talk about, the newest first."""
    rows = Debrief.objects.filter(site_id=standing.site, by=standing.person)
    return tuple(read_debrief(reader, row) for row in rows.order_by("-asked_at")[:MOST_SHOWN])


def read_debrief(reader: Reader, row: Debrief) -> ReadDebrief:
    """Open a request to talk."""
    room, table = reader.open(SITE_RECORD), "consults_debrief"
    return ReadDebrief(
        row=row,
        words=room.open(row.words, table, row.pk, "words") if room else "",
        answer=room.open(row.answer, table, row.pk, "answer") if room else "",
    )


def _coarsen(at: datetime, period: str, zone: tzinfo) -> str:
    day: date = at.astimezone(zone).date()
    return coarsen_date(day, to=Period.HALF if "H" in period else Period.YEAR)


def _name_house(stay: Encounter) -> Iterator[str]:
    """Name who works here, the units, and what the stay is called."""
    roles = {name for text in NAMES.values() for name in (text.en, text.es)}
    people = Post.objects.filter(site_id=stay.site_id).values_list("person__name", flat=True)
    for name in people.distinct():
        if name not in roles:
            yield from _split(name)
    units = Encounter.objects.filter(site_id=stay.site_id).values_list("unit", flat=True)
    yield from units.distinct()
    yield from (stay.code, stay.room)


def _name(reader: Reader, stay: Encounter, room: Strongroom | None) -> Iterator[str]:
    """Name whoever stands in the record of the stay: patient, contacts, officers, deciders."""
    if room is None:
        return
    yield from _split(find_patient(reader, stay), capitals_only=True)
    for contact in Contact.objects.filter(encounter=stay):
        yield from _split(room.open(contact.name, "directory_contact", contact.pk, "name"))
    for officer in Officer.objects.filter(encounter=stay):
        said = json.loads(room.open(officer.said, "encounters_officer", officer.pk, "said"))
        for word in (said["identity"], said["channel"]):
            yield from _split(word, capitals_only=True)
    for decider in Decider.objects.filter(encounter=stay):
        said = json.loads(room.open(decider.said, "encounters_decider", decider.pk, "said"))
        yield from _split(said["reached_by"], capitals_only=True)
    for call in find_calls(reader, stay):
        yield from _split(call.name, capitals_only=True)


def _find_words(reader: Reader, consult: Consult) -> Iterator[str]:
    """Find the record's own words: whoever holds it could know them again."""
    yield read_consult(reader, consult).question
    for one in find_voices(reader, consult):
        yield from (one.words, one.translated, one.interpreter)
    for asked in find_said(reader, consult.encounter):
        yield asked.answer


def _split(name: str, *, capitals_only: bool = False) -> Iterator[str]:
    """Split a name: the whole of it, and each part that is a name by itself."""
    if name and not capitals_only:
        yield name
    for part in re.findall(r"\w+", name):
        is_name = part[:1].isupper() or part.isdigit() or not capitals_only
        if len(part) >= LEAST_WORD and is_name and part.casefold() not in ORDINARY:
            yield part
