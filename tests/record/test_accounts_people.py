"""People of the house: added, given roles, and gone the same day with their history kept."""

from datetime import timedelta

import pytest

from bedside.record.accounts.access import NotThere, access_person, access_post, find_standing
from bedside.record.accounts.models import Person, Post
from bedside.record.accounts.operations import (
    AlreadyHas,
    EmailTaken,
    NameTaken,
    NotAPerson,
    OwnRole,
    record_leaving,
    record_person,
    record_role,
    record_role_ended,
)
from bedside.record.accounts.queries import (
    find_former_people,
    find_names,
    find_people,
    find_person_by_email,
    find_sites,
)
from bedside.record.accounts.roles import Role
from bedside.record.encounters.operations import Opening, record_encounter, record_viewed
from bedside.record.journal.queries import find_events, find_events_about, find_events_by
from record_cast import (
    NIGHT,
    OTHER_SITE,
    SITE,
    UNIT,
    Cast,
    begin,
    hire,
    open_hospital,
    read_with,
    stand,
)

LATER = NIGHT + timedelta(minutes=1)


def test_a_person_comes_with_a_first_role_in_one_act(cast: Cast) -> None:
    del cast
    person = record_person(
        begin(), username=" Night.Nurse ", name="A nurse", first_role=(Role.BEDSIDE_NURSE, UNIT)
    )

    (told,) = find_events_about(read_with(), f"person/{person.pk}")
    assert person.username == "night.nurse"
    assert stand(person).posts == ((Role.BEDSIDE_NURSE, UNIT),)
    assert told.kind.name == "person.added"
    assert told.content == {"role": "bedside_nurse", "unit": UNIT, "username": "night.nurse"}
    assert not person.has_usable_password()


def test_a_name_or_an_address_is_somebodys_alone(cast: Cast) -> None:
    del cast
    record_person(begin(), username="nurse", name="A nurse", email="nurse@hospital.example")

    with pytest.raises(NameTaken):
        record_person(begin(), username="NURSE", name="Another")
    with pytest.raises(EmailTaken):
        record_person(begin(), username="other", name="Another", email="Nurse@Hospital.example")
    assert find_person_by_email("nurse@hospital.EXAMPLE") == Person.objects.get(username="nurse")


@pytest.mark.parametrize(
    ("username", "name", "email"),
    [
        ("", "A nurse", ""),
        ("a", "A nurse", ""),
        ("a nurse", "A nurse", ""),
        ("n" * 65, "A nurse", ""),
        ("nurse", "", ""),
        ("nurse", "n" * 121, ""),
        ("nurse", "A nurse", "nowhere"),
        ("nurse", "A nurse", "n" * 250 + "@hospital.example"),
    ],
)
def test_what_cannot_be_a_persons_is_refused(
    cast: Cast, username: str, name: str, email: str
) -> None:
    del cast
    with pytest.raises(NotAPerson):
        record_person(begin(), username=username, name=name, email=email)


def test_nobody_gives_themselves_a_role(cast: Cast) -> None:
    keeper = hire(Role.STAFF_KEEPER)

    with pytest.raises(OwnRole):
        record_role(begin(by=keeper), keeper, role=Role.COUNSEL)

    record_role(begin(by=keeper), cast.nurse, role=Role.COUNSEL)
    assert [post.role for post in Post.objects.filter(person=keeper)] == [Role.STAFF_KEEPER]


def test_a_role_is_given_once_and_ends_at_once(cast: Cast) -> None:
    with pytest.raises(AlreadyHas):
        record_role(begin(), cast.nurse, role=Role.BEDSIDE_NURSE, unit=UNIT)

    record_role_ended(begin(at=LATER), Post.objects.get(person=cast.nurse))

    assert find_standing(cast.nurse, SITE, at=LATER) is None
    assert find_standing(cast.nurse, SITE, at=NIGHT) is not None


def test_po_09_whoever_leaves_loses_access_the_same_moment_and_keeps_their_history(
    cast: Cast,
) -> None:
    stay = record_encounter(
        begin(by=cast.nurse), opening=Opening(unit=UNIT, room="4", patient="", number=""), facts={}
    )
    record_viewed(begin(by=cast.nurse), stay)

    record_leaving(begin(at=LATER, by=cast.privacy_officer), cast.nurse)

    cast.nurse.refresh_from_db()
    assert find_standing(cast.nurse, SITE, at=LATER) is None
    assert (cast.nurse.is_active, cast.nurse.left_at) == (False, LATER)
    views = [e for e in find_events(read_with(), record=stay.about) if e.by == cast.nurse.pk]
    assert [view.kind.name for view in views] == ["encounter.viewed", "encounter.opened"]
    assert find_names({cast.nurse.pk}) == {cast.nurse.pk: cast.nurse.name}
    assert len(find_events_by(read_with(), cast.nurse.pk)) == 2
    assert cast.nurse not in find_people(SITE, at=LATER)
    assert find_former_people(SITE, at=LATER) == (cast.nurse,)


def test_whoever_leaves_one_hospital_stays_at_the_other(cast: Cast) -> None:
    open_hospital(OTHER_SITE)
    record_role(begin(OTHER_SITE), cast.nurse, role=Role.RESIDENT)

    record_leaving(begin(at=LATER), cast.nurse)

    cast.nurse.refresh_from_db()
    assert cast.nurse.is_active
    assert [site.slug for site in find_sites(cast.nurse, at=LATER)] == [OTHER_SITE]


def test_two_hospitals_never_see_each_others_people(cast: Cast) -> None:
    open_hospital(OTHER_SITE)
    keeper, stranger = hire(Role.STAFF_KEEPER), hire(Role.RESIDENT, OTHER_SITE)

    with pytest.raises(NotThere):
        access_person(stand(keeper), stranger.pk)
    with pytest.raises(NotThere):
        access_post(stand(keeper), stranger.posts.get().pk)
    assert access_person(stand(keeper), cast.nurse.pk) == cast.nurse
    assert stranger not in find_people(SITE, at=NIGHT)
