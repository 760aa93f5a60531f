"""Reading who is who."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from bedside.record.accounts.access import Standing
from bedside.record.accounts.models import Glass, Person, Post, Site
from bedside.record.journal.queries import Reader
from bedside.record.vault.sealed import SITE_RECORD

MOST_PEOPLE, MOST_OPENINGS = 2_000, 200
GLASS_TABLE = "accounts_glass"


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """An emergency opening as whoever reviews it reads it."""

    glass: Glass
    by: str
    reason: str
    seen_by: str


def find_sites(person: Person, *, at: datetime) -> tuple[Site, ...]:
    """Find the hospitals at which a person has a role, the longest held first."""
    open_ = find_open_posts(at=at).filter(person=person).order_by("since", "site_id")
    return tuple(dict.fromkeys(post.site for post in open_.select_related("site")))


def find_open_posts(*, at: datetime) -> QuerySet[Post]:
    """Find the roles that run at a moment."""
    return Post.objects.filter(Q(until=None) | Q(until__gt=at), since__lte=at)


def find_people(site: str, *, at: datetime) -> tuple[Person, ...]:
    """Find who works at a hospital."""
    ids = find_open_posts(at=at).filter(site_id=site).values("person_id")
    return tuple(Person.objects.filter(pk__in=ids).order_by("name")[:MOST_PEOPLE])


def find_former_people(site: str, *, at: datetime) -> tuple[Person, ...]:
    """Find who worked at a hospital and does no more."""
    here = find_open_posts(at=at).filter(site_id=site).values("person_id")
    once = Post.objects.filter(site_id=site).exclude(person_id__in=here).values("person_id")
    return tuple(Person.objects.filter(pk__in=once).order_by("name")[:MOST_PEOPLE])


def find_posts(person: Person, site: str) -> tuple[Post, ...]:
    """Find the roles that somebody has or had at a hospital, the newest first."""
    return tuple(Post.objects.filter(person=person, site_id=site).order_by("-since", "role"))


def find_openings(standing: Standing, reader: Reader) -> tuple[Opening, ...]:
    """Find the emergency openings of a hospital, unseen ones first, then the newest."""
    rows = Glass.objects.filter(site_id=standing.site).select_related("person", "seen_by")
    room = reader.open(SITE_RECORD)
    newest = sorted(rows.order_by("-broken_at")[:MOST_OPENINGS], key=lambda one: bool(one.seen_at))
    return tuple(
        Opening(
            glass=one,
            by=one.person.name,
            reason=room.open(one.reason, GLASS_TABLE, one.pk, "reason") if room else "",
            seen_by=one.seen_by.name if one.seen_by else "",
        )
        for one in newest
    )


def find_person_by_email(address: str) -> Person | None:
    """Find the one active person with an address; nobody if there are none, or several."""
    if not address:
        return None
    found = list(Person.objects.filter(email__iexact=address.strip(), is_active=True)[:2])
    return found[0] if len(found) == 1 else None


def find_names(people: set[UUID]) -> dict[UUID, str]:
    """Find the names of people, those who left too."""
    return {person.pk: person.name for person in Person.objects.filter(pk__in=people)}
