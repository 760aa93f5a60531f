"""What the bedside pages of a stay read and build: taps filled in, a note advised on."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID, uuid5

from django.http import QueryDict

from bedside.doors.web.claims import DOCUMENTS, HEARD, build_claim
from bedside.doors.web.forms import OURS, Tapped, read_taps
from bedside.doors.web.shelf import find_shelf
from bedside.doors.web.staff.signed_in import Staff
from bedside.doors.web.stays.case import Case, open_case
from bedside.record.accounts.access import NotThere
from bedside.record.accounts.models import Site
from bedside.record.encounters.models import Encounter
from bedside.record.paging.queries import find_pages_about
from bedside.record.presence.ladder import Ladder, read_ladder
from bedside.record.presence.models import Asked, Mark
from bedside.record.presence.operations import Noted
from bedside.record.presence.queries import Moment, find_moments, find_restraints, read_heard
from bedside.rules.decide.advise import advise
from bedside.rules.decide.situation import Claim
from bedside.rules.vocabulary.catalogue import Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Tap:
    """What somebody tapped about a stay, and what of it is news."""

    noted: Noted
    limbs: tuple[str, ...]
    conflict: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSent:
    """A page that went out, as the bedside sees it."""

    role: str
    sent_at: datetime
    answered_at: datetime | None


def read_tap(sent: QueryDict, staff: Staff) -> Tap:
    """Read the taps of a stay, or raise `Problems` with everything that is not understood."""
    tapped = _read(sent, staff)
    facts, site = tapped.situation.facts, staff.site.facts
    stands = tapped.situation.arrangement
    conflict = facts.get("restraint_clinical_conflict", "")
    advice = advise(find_shelf().compiled, tapped.situation)
    return Tap(
        noted=Noted(
            preset=advice.preset or "",
            position=stands.get("position", ""),
            device=stands.get("device", ""),
            facts={name: value for name, value in facts.items() if site.get(name) != value},
            claims=tuple(id_ for id_ in dict.fromkeys(sent.getlist("claim")) if id_),
            paper=sent.get("claim_document", ""),
        ),
        limbs=tuple(limb for limb in tapped.find_all("limb") if limb),
        conflict="" if conflict in {"", "none"} else str(conflict),
    )


def fill_taps(sent: QueryDict, staff: Staff, stay: Encounter) -> Tapped:
    """Fill the six taps: with what was just tapped, else with what still counts of the stay."""
    return _read(sent or _write(open_case(staff, stay).fresh), staff)


def find_named_mark(stay: Encounter, named: str) -> Mark:
    """Find the note that a form names, or refuse."""
    try:
        return find_mark(stay, UUID(named))
    except ValueError:
        raise NotThere from None


def find_mark(stay: Encounter, mark_id: UUID) -> Mark:
    """Find a note of this stay, or refuse."""
    mark = Mark.objects.filter(pk=mark_id, encounter=stay).first()
    if mark is None:
        raise NotThere
    return mark


def find_asked(stay: Encounter, asked_id: UUID) -> Asked:
    """Find a request of this stay, or refuse."""
    asked = Asked.objects.filter(pk=asked_id, encounter=stay).first()
    if asked is None:
        raise NotThere
    return asked


def find_ladder(staff: Staff) -> Ladder:
    """Find whom a refusal reaches at this hospital."""
    return read_ladder(Site.objects.get(pk=staff.standing.site).plain)


def advise_at(staff: Staff, stay: Encounter, mark: Mark | None) -> Case:
    """Ask the rules about a stay with the officer where the note says."""
    case = open_case(staff, stay)
    if mark is None:
        return case
    stands = {"position": mark.position, "device": mark.device}
    situation = replace(
        case.situation,
        arrangement={name: word for name, word in stands.items() if word},
        asserted=_find_asserted(staff, stay, mark),
    )
    advice = advise(find_shelf().compiled, situation)
    return replace(case, situation=situation, advice=advice)


def _find_asserted(staff: Staff, stay: Encounter, mark: Mark) -> tuple[Claim, ...]:
    room = staff.reader().open(stay.about)
    if room is None:
        return ()
    heard, vocabulary = read_heard(room, mark), find_shelf().vocabulary
    return tuple(
        build_claim(id_, heard.paper or DOCUMENTS[0], vocabulary)
        for id_ in heard.claims
        if id_ in HEARD
    )


def find_last(staff: Staff, stay: Encounter) -> Moment | None:
    """Find the newest note that stands."""
    moments = find_moments(staff.reader(), stay)
    return moments[-1] if moments else None


def find_new_limbs(stay: Encounter, limbs: tuple[str, ...]) -> tuple[str, ...]:
    """Find the limbs that were tapped and have no restraint on file."""
    held = {one.limb for one in find_restraints(stay)}
    return tuple(limb for limb in limbs if limb not in held)


def find_sent(staff: Staff, stay: Encounter, *, since: datetime) -> tuple[PageSent, ...]:
    """Find the pages that went out about a stay since a moment."""
    return tuple(
        PageSent(role=page.to_role, sent_at=page.sent_at, answered_at=page.answered_at)
        for page in find_pages_about(staff.standing, stay.about)
        if page.sent_at >= since
    )


def derive_key(key: UUID, what: str) -> UUID:
    """Derive the key of an act that goes with another, so that both are safe to send twice."""
    return uuid5(key, what)


def _read(sent: QueryDict, staff: Staff) -> Tapped:
    today = staff.at.astimezone(staff.site.timezone).date()
    return read_taps(sent, vocabulary=find_shelf().vocabulary, site=staff.site, today=today)


def _write(facts: dict[str, Value]) -> QueryDict:
    known = find_shelf().vocabulary.facts
    fields = QueryDict(mutable=True)
    for name, value in facts.items():
        if name in known and known[name].derived is None and name not in OURS:
            fields[name] = str(value).lower() if isinstance(value, bool) else str(value)
    return fields
