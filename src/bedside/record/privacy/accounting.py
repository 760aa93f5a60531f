"""The accounting of disclosures of one patient, as 45 CFR 164.528 asks for it.

It gathers what was noted as disclosed, letters that were handed over, and exposures that were
assessed. The paragraph of each line decides whether the accounting tells it. What officers asked
for and were granted stands beside it: it is no disclosure, and it is the patient's to read.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from bedside.record.encounters.models import Encounter
from bedside.record.journal.queries import Reader
from bedside.record.letters.models import Letter
from bedside.record.letters.queries import find_deliveries, find_grounds, find_history, find_letters
from bedside.record.presence.queries import find_said
from bedside.record.presence.words import OUTCOMES, Outcome
from bedside.record.privacy.assessing import NOT_PERMITTED, Weighed
from bedside.record.privacy.models import Asking, Disclosure, Exposure, Suspension
from bedside.record.privacy.queries import find_assessments
from bedside.record.privacy.tables import Limb, load_factors, load_limbs
from bedside.rules.attestation.clause import Reader as LetterReader
from bedside.rules.attestation.events import Decision
from bedside.rules.attestation.readers import Basis
from bedside.rules.calendars.delays import ORAL_MOST, Form
from bedside.rules.vocabulary.problem import Text

YEARS: Final = 6
MOST: Final = 500
GRANTED: Final = frozenset({Outcome.DONE, Outcome.PARTLY})
INSIDE: Final = frozenset({"good_faith", "inside"})  # exclusions in which nothing left the house
BASES: Final = {
    Basis.CONSENT: "authorization",
    Basis.CUSTODY_PERMISSION: "custody",
    Basis.REQUIRED_BY_LAW: "required_by_law",
    Basis.TREATMENT: "treatment",
}
NO_PURPOSE: Final = Text(
    en="None was stated; it was not permitted.", es="No se declaró; no estaba permitida."
)
DOCUMENTS: Final = {
    LetterReader.CUSTODY: Text(en="Care-needs notice", es="Aviso de necesidades de atención"),
    LetterReader.CLINICIAN: Text(en="Clinical transfer summary", es="Resumen clínico de traslado"),
    LetterReader.PATIENT: Text(en="Patient's copy", es="Copia del paciente"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One disclosure: when, to whom, what, for what, and by which paragraph."""

    row: str  # room/id
    at: datetime
    to: Text
    address: str
    what: Text
    purpose: Text
    limb: Limb
    held_until: date | None = None

    @property
    def is_told(self) -> bool:
        """Tell whether an accounting has to tell it now."""
        return not self.limb.left_out_by and self.held_until is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Granted:
    """Something that was asked at the bedside or of a letter, and granted."""

    at: datetime
    by_officer: bool
    words: str
    answer: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Accounting:
    """All of it, the newest first: what is told, what a paragraph leaves out, what waits."""

    since: date
    lines: tuple[Line, ...]
    granted: tuple[Granted, ...]

    @property
    def told(self) -> tuple[Line, ...]:
        """What the accounting tells."""
        return tuple(line for line in self.lines if line.is_told)

    @property
    def left_out(self) -> tuple[Line, ...]:
        """What a paragraph leaves out."""
        return tuple(line for line in self.lines if line.limb.left_out_by)

    @property
    def held(self) -> tuple[Line, ...]:
        """What an agency had held back for a time."""
        return tuple(line for line in self.lines if line.held_until is not None)


def find_accounting(reader: Reader, stay: Encounter, *, today: date) -> Accounting:
    """Find what happened in all stays of a patient here, in the six years before today."""
    since = _go_back(today)
    lines: list[Line] = []
    granted: list[Granted] = []
    for one in find_stays_of(stay):
        held = {row.row: find_held_until(row) for row in Suspension.objects.filter(encounter=one)}
        found = [
            *_read_noted(reader, one),
            *_read_letters(reader, one),
            *_read_exposures(reader, one),
        ]
        lines += [_hold(line, held.get(line.row), today) for line in found]
        granted += _read_granted(reader, one)
    return Accounting(
        since=since,
        lines=tuple(
            sorted((x for x in lines if x.at.date() >= since), key=lambda x: x.at, reverse=True)
        )[:MOST],
        granted=tuple(
            sorted((x for x in granted if x.at.date() >= since), key=lambda x: x.at, reverse=True)
        )[:MOST],
    )


def find_stays_of(stay: Encounter) -> tuple[Encounter, ...]:
    """Find the stays of the same patient at the same hospital, this one among them."""
    if not stay.lookup:
        return (stay,)
    rows = Encounter.objects.filter(site_id=stay.site_id, lookup=bytes(stay.lookup))
    return tuple(rows.order_by("opened_at")[:MOST])


def find_held_until(row: Suspension) -> date:
    """Find the last day on which a line is held back: an oral statement holds for 30 days."""
    longest = row.stated_on + timedelta(days=ORAL_MOST)
    return min(row.until, longest) if row.form == Form.ORAL else row.until


def find_askings(stay: Encounter) -> tuple[Asking, ...]:
    """Find the requests for an accounting, the latest first."""
    return tuple(Asking.objects.filter(encounter=stay).order_by("-asked_on")[:MOST])


def find_open_askings(site: str) -> tuple[Asking, ...]:
    """Find the requests of a hospital that nobody has met yet, the oldest first."""
    rows = Asking.objects.filter(encounter__site_id=site, given_on=None)
    return tuple(rows.select_related("encounter").order_by("asked_on")[:MOST])


def _hold(line: Line, until: date | None, today: date) -> Line:
    if until is None or until < today or not line.limb.may_be_suspended:
        return line
    return replace(line, held_until=until)


def _read_noted(reader: Reader, stay: Encounter) -> Iterator[Line]:
    room = reader.open(stay.about)
    if room is None:
        return
    for row in Disclosure.objects.filter(encounter=stay)[:MOST]:
        said = json.loads(room.open(row.said, "privacy_disclosure", row.pk, "said"))
        yield Line(
            row=f"disclosure/{row.pk}",
            at=row.disclosed_at,
            to=_both(said["to"]),
            address=said["address"],
            what=_both(said["what"]),
            purpose=_both(said["purpose"]),
            limb=load_limbs()[row.limb],
        )


def _read_letters(reader: Reader, stay: Encounter) -> Iterator[Line]:
    for letter in find_letters(stay):
        grounds = find_grounds(reader, letter)
        names = _find_receivers(reader, letter)
        for delivery in find_deliveries(letter):
            who = LetterReader(delivery.reader)
            limb = "to_patient" if who is LetterReader.PATIENT else BASES[grounds.basis_for(who)]
            document = DOCUMENTS[who]
            yield Line(
                row=f"delivery/{delivery.pk}",
                at=delivery.delivered_at,
                to=_both(names.get((who, delivery.number), "")),
                address="",
                what=Text(
                    en=f"{document.en}, letter {letter.code}, version {delivery.number}",
                    es=f"{document.es}, carta {letter.code}, versión {delivery.number}",
                ),
                purpose=_both(grounds.reference_for(who)),
                limb=load_limbs()[limb],
            )


def _find_receivers(reader: Reader, letter: Letter) -> dict[tuple[LetterReader, int], str]:
    history = find_history(reader, letter)
    return {(one.reader, one.version): one.to for one in history.deliveries}


def _read_exposures(reader: Reader, stay: Encounter) -> Iterator[Line]:
    for exposure in Exposure.objects.filter(encounter=stay).exclude(result="")[:MOST]:
        latest = next(iter(find_assessments(reader, exposure)), None)
        if latest is None or latest.weighed is None or latest.weighed.exclusion in INSIDE:
            continue
        yield _build_exposed(exposure, latest.weighed)


def _build_exposed(exposure: Exposure, weighed: Weighed) -> Line:
    is_permitted = weighed.limb != NOT_PERMITTED
    factors = load_factors()
    return Line(
        row=exposure.about,
        at=exposure.happened_at or exposure.known_at,
        to=_name(weighed, "who") or factors["who"].choices["unknown"],
        address="",
        what=_name(weighed, "nature") or factors["nature"].choices["spoken"],
        purpose=_both(weighed.limb_says) if is_permitted else NO_PURPOSE,
        limb=load_limbs()[weighed.limb],
    )


def _name(weighed: Weighed, factor: str) -> Text | None:
    answer, choices = weighed.factors.get(factor), load_factors()[factor].choices
    chosen = [choices[one] for one in answer.chosen] if answer else []
    if not chosen:
        return None
    return Text(en=", ".join(x.en for x in chosen), es=", ".join(x.es for x in chosen))


def _read_granted(reader: Reader, stay: Encounter) -> Iterator[Granted]:
    for said in find_said(reader, stay):
        if said.outcome in GRANTED:
            answer = _both(said.answer) if said.answer else OUTCOMES[said.outcome]
            yield Granted(at=said.asked_at, by_officer=False, words=said.words, answer=answer)
    for letter in find_letters(stay):
        for request in find_history(reader, letter).requests:
            if request.answer and request.answer.decision is not Decision.DECLINE:
                yield Granted(
                    at=request.asked.at,
                    by_officer=True,
                    words=request.asked.words,
                    answer=_both(request.answer.why),
                )


def _both(said: str) -> Text:
    return Text(en=said, es=said)


def _go_back(today: date) -> date:
    """Go back six years; from a February 29 to the 28th."""
    try:
        return today.replace(year=today.year - YEARS)
    except ValueError:
        return today.replace(year=today.year - YEARS, day=28)
