"""Reading who is who."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from bedside.record.accounts.models import Person, Post, Site


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
    return tuple(Person.objects.filter(pk__in=ids).order_by("name"))


def find_person_by_email(address: str) -> Person | None:
    """Find the one active person with an address; nobody if there are none, or several."""
    if not address:
        return None
    found = list(Person.objects.filter(email__iexact=address, is_active=True)[:2])
    return found[0] if len(found) == 1 else None


def find_names(people: set[UUID]) -> dict[UUID, str]:
    """Find the names of people, those who left too."""
    return {person.pk: person.name for person in Person.objects.filter(pk__in=people)}
