"""Naming contacts, limiting them with an owner and an end, and answering whoever calls."""

from bedside.record.accounts.access import Standing
from bedside.record.accounts.roles import Role
from bedside.record.directory.drafts import (
    MOST_NAME,
    MOST_PHONE,
    Draft,
    Naming,
    find_wrongs_of_restriction,
    find_wrongs_of_withholding,
)
from bedside.record.directory.models import (
    Callback,
    Contact,
    Limit,
    Listing,
    Restriction,
    Withholding,
)
from bedside.record.directory.names import find_name
from bedside.record.directory.queries import Heard, hear_caller
from bedside.record.directory.refusals import NameMissing, NotListed, OverAlready
from bedside.record.directory.words import OUTCOMES, RELATIONS
from bedside.record.encounters.models import Encounter
from bedside.record.encounters.operations import add_answer
from bedside.record.encounters.rooms import open_room
from bedside.record.journal.act import Act
from bedside.record.journal.operations import Content, Happening, append, operation
from bedside.record.journal.queries import Reader
from bedside.record.paging.operations import add_page
from bedside.record.vault.sealed import Strongroom

CHOICE = "directory_choice"  # the fact in which the patient's own choice stands
CHOICES = ("listed", "opted_out", "not_asked")


@operation
def record_listing(act: Act, stay: Encounter, *, name: str, choice: str) -> Listing:
    """Note under which name callers ask for a patient, and what the patient chose."""
    if not name or len(name) > MOST_NAME:
        raise NameMissing(most=MOST_NAME)
    if choice not in CHOICES:
        raise NotListed
    room = open_room(act, stay)
    listing = Listing.objects.select_for_update().filter(encounter=stay).first()
    if listing is None:
        listing = Listing(id=act.draw_id(), site_id=act.site, encounter=stay)
    listing.name = room.seal(name, "directory_listing", listing.pk, "name")
    listing.lookup = find_name(act.master, act.site, name)
    listing.is_listed = choice == "listed"
    listing.by, listing.noted_at = act.by, act.at
    listing.save()
    add_answer(act, stay, fact=CHOICE, value=choice, answered_at=act.at)
    _tell(act, stay, room, "directory.chosen", {"choice": choice, "name": name})
    return listing


@operation
def record_contact(act: Act, stay: Encounter, *, naming: Naming) -> Contact:
    """Note somebody whom the patient chose, and the number that the patient gave."""
    name, phone = naming.name, naming.phone
    if not (name and phone) or len(name) > MOST_NAME or len(phone) > MOST_PHONE:
        raise NameMissing(most=MOST_NAME)
    if naming.relation not in RELATIONS:
        raise NotListed
    id_, room = act.draw_id(), open_room(act, stay)
    contact = Contact.objects.create(
        id=id_,
        encounter=stay,
        name=room.seal(name, "directory_contact", id_, "name"),
        phone=room.seal(phone, "directory_contact", id_, "phone"),
        lookup=find_name(act.master, act.site, name),
        relation=naming.relation,
        in_private=naming.in_private,
        by=act.by,
        noted_at=act.at,
    )
    content = {"contact": str(id_), "in_private": naming.in_private, "name": name, "phone": phone}
    _tell(act, stay, room, "contact.named", {**content, "relation": naming.relation})
    return contact


@operation
def record_contact_ended(act: Act, contact: Contact) -> None:
    """Take out a contact whom the patient no longer wants."""
    contact.ended_at = act.at
    contact.save(update_fields=["ended_at"])
    stay = contact.encounter
    _tell(act, stay, open_room(act, stay), "contact.ended", {"contact": str(contact.pk)})


@operation
def record_restriction(
    act: Act, standing: Standing, stay: Encounter, *, draft: Draft
) -> Restriction:
    """Limit whom a patient sees or speaks with; never without owner, authority, reason and end."""
    for wrong in find_wrongs_of_restriction(draft, standing, at=act.at):
        raise wrong
    room = open_room(act, stay)
    restriction = Restriction(id=act.draw_id(), whom=draft.whom, what=draft.what)
    _fill(restriction, act, stay, room, draft)
    restriction.save(force_insert=True)
    _tell(act, stay, room, "restriction.set", _say(draft))
    return restriction


@operation
def record_withholding(act: Act, stay: Encounter, *, draft: Draft) -> Withholding:
    """Keep a name out of the directory; an earlier withholding ends and stays readable."""
    for wrong in find_wrongs_of_withholding(draft, at=act.at):
        raise wrong
    room = open_room(act, stay)
    earlier = Withholding.objects.select_for_update().filter(encounter=stay, ended_at=None)
    earlier.update(ended_at=act.at, ended_by=act.by)
    withholding = Withholding(id=act.draw_id())
    withholding.alias = room.seal(draft.alias, "directory_withholding", withholding.pk, "alias")
    _fill(withholding, act, stay, room, draft)
    withholding.save(force_insert=True)
    _tell(act, stay, room, "alias.set", {**_say(draft), "alias": draft.alias})
    return withholding


@operation
def record_restriction_ended(act: Act, restriction: Restriction, *, version: int) -> None:
    """End a restriction before its time."""
    _end(act, restriction, version)
    content = {"how": "ended", "restriction": str(restriction.pk)}
    stay = restriction.encounter
    _tell(act, stay, open_room(act, stay), "restriction.ended", content)


@operation
def record_withholding_ended(act: Act, withholding: Withholding, *, version: int) -> None:
    """Put a name back under the patient's own choice before the time is over."""
    _end(act, withholding, version)
    content = {"how": "ended", "withholding": str(withholding.pk)}
    stay = withholding.encounter
    _tell(act, stay, open_room(act, stay), "alias.ended", content)


@operation
def record_expired(act: Act, limit: Limit) -> None:
    """Close a limit whose time is over, and tell its owner and the privacy officer.

    It stopped counting at its end by itself; this makes sure that somebody knows.
    """
    row = type(limit).objects.select_for_update().get(pk=limit.pk)  # type: ignore[attr-defined]  # abstract above
    if row.ended_at is not None or row.until is None or row.until > act.at:
        raise OverAlready
    row.ended_at, row.version = row.until, row.version + 1
    row.save(update_fields=["ended_at", "version"])
    is_name = isinstance(row, Withholding)
    reason = "name-listed-again" if is_name else "restriction-over"
    for role in sorted({Role.PRIVACY_OFFICER.value, row.owner}):
        add_page(act, about=row.encounter.about, to_role=role, reason=reason)
    content = {"how": "expired", "until": row.until.isoformat(), "which": str(row.pk)}
    kind = "alias.ended" if is_name else "restriction.ended"
    _tell(act, row.encounter, open_room(act, row.encounter), kind, content)


@operation
def record_caller(act: Act, *, name: str, caller: str) -> Heard:
    """Find what a caller may be told; the event says as much for nobody as for a patient."""
    if not name or max(len(name), len(caller)) > MOST_NAME:
        raise NameMissing(most=MOST_NAME)
    reader = Reader(site=act.site, master=act.master, random=act.random)
    heard = hear_caller(reader, name, caller, at=act.at)
    content = {
        "asked_for": name,
        "caller": caller,
        "contacts": [str(one.contact.pk) for one in heard.contacts],
        "unit": heard.unit,
    }
    append(act, Happening(kind="caller.answered", about=f"call/{act.draw_id()}", content=content))
    return heard


@operation
def record_callback(act: Act, contact: Contact) -> Callback:
    """Ask the unit to call a contact back at the number that the patient gave."""
    callback = Callback.objects.create(
        id=act.draw_id(), contact=contact, asked_at=act.at, asked_by=act.by
    )
    stay = contact.encounter
    page = add_page(act, about=stay.about, to_role=Role.CHARGE_NURSE.value, reason="call-back")
    content = {"callback": str(callback.pk), "contact": str(contact.pk), "page": str(page.pk)}
    _tell(act, stay, open_room(act, stay), "callback.asked", content)
    return callback


@operation
def record_callback_done(act: Act, callback: Callback, *, outcome: str) -> None:
    """Note that a contact was called back, and what came of it."""
    if outcome not in OUTCOMES:
        raise NotListed
    callback.done_at, callback.done_by, callback.outcome = act.at, act.by, outcome
    callback.save(update_fields=["done_at", "done_by", "outcome"])
    stay = callback.contact.encounter
    content = {"callback": str(callback.pk), "outcome": outcome}
    _tell(act, stay, open_room(act, stay), "callback.done", content)


@operation
def record_directory_viewed(act: Act, stay: Encounter) -> None:
    """Note that somebody read whom a patient named and what is limited."""
    _tell(act, stay, open_room(act, stay), "directory.viewed", {})


def _fill(limit: Limit, act: Act, stay: Encounter, room: Strongroom, draft: Draft) -> None:
    table = limit._meta.db_table  # noqa: SLF001 - Django names its open door so
    limit.encounter = stay
    limit.owner, limit.authority, limit.norm = draft.owner, draft.authority, draft.norm
    limit.source = room.seal(draft.source, table, limit.pk, "source")
    limit.reason = room.seal(draft.reason, table, limit.pk, "reason")
    limit.since, limit.until, limit.by = act.at, draft.until, act.by


def _end(act: Act, limit: Limit, version: int) -> None:
    rows = type(limit).objects.filter(pk=limit.pk, version=version, ended_at=None)  # type: ignore[attr-defined]  # abstract above
    if not rows.update(ended_at=act.at, ended_by=act.by, version=version + 1):
        raise OverAlready


def _say(draft: Draft) -> dict[str, object]:
    return {
        "authority": draft.authority,
        "norm": draft.norm,
        "owner": draft.owner,
        "reason": draft.reason,
        "source": draft.source,
        "until": draft.until.isoformat() if draft.until else "",
        "what": draft.what,
        "whom": draft.whom,
    }


def _tell(act: Act, stay: Encounter, room: Strongroom, kind: str, content: Content) -> None:
    append(
        act, Happening(kind=kind, about=stay.about, record=stay.about, content=content, room=room)
    )
