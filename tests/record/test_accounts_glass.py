"""Opening a record in an emergency: with a reason, for three hours, privacy told at once."""

from datetime import timedelta

import pytest
from django.db import connection

from bedside.record.accounts.access import NotThere, NotYours, OtherUnit, access_glass
from bedside.record.accounts.models import Glass
from bedside.record.accounts.operations import (
    ReasonTooShort,
    record_broken_glass,
    record_glass_seen,
)
from bedside.record.accounts.queries import find_openings
from bedside.record.accounts.roles import May, Role
from bedside.record.encounters.access import access_encounter
from bedside.record.encounters.models import Encounter
from bedside.record.encounters.operations import Opening, record_encounter
from bedside.record.journal.queries import find_events_about
from bedside.record.paging.models import Page
from bedside.record.paging.operations import add_page
from bedside.record.paging.queries import find_open_pages
from record_cast import NIGHT, OTHER_SITE, Cast, begin, hire, open_hospital, read_with, stand

REASON = "canary reason: bleeding, the whole team came"


def open_elsewhere(cast: Cast) -> Encounter:
    """Open a stay in a unit that is not the nurse's."""
    opening = Opening(unit="Intensive care", room="2", patient="", number="")
    return record_encounter(begin(by=cast.physician), opening=opening, facts={})


def break_glass(cast: Cast, stay: Encounter, reason: str = REASON) -> Glass:
    """Let the nurse open it."""
    return record_broken_glass(
        begin(by=cast.nurse), stand(cast.nurse), about=stay.about, reason=reason, tell=add_page
    )


def test_a_record_of_another_unit_opens_for_three_hours_and_then_no_more(cast: Cast) -> None:
    stay = open_elsewhere(cast)
    with pytest.raises(OtherUnit):
        access_encounter(stand(cast.nurse), stay.pk, to=May.READ_CARE)

    break_glass(cast, stay)

    for minutes in (0, 179):
        at = NIGHT + timedelta(minutes=minutes)
        assert access_encounter(stand(cast.nurse, at=at), stay.pk, to=May.READ_CARE) == stay
    after = stand(cast.nurse, at=NIGHT + timedelta(hours=3))
    with pytest.raises(OtherUnit):
        access_encounter(after, stay.pk, to=May.READ_CARE)


def test_the_glass_of_one_record_opens_no_other_and_for_nobody_else(cast: Cast) -> None:
    stay, other = open_elsewhere(cast), open_elsewhere(cast)
    colleague = hire(Role.BEDSIDE_NURSE, unit="Emergency")

    break_glass(cast, stay)

    with pytest.raises(OtherUnit):
        access_encounter(stand(cast.nurse), other.pk, to=May.READ_CARE)
    with pytest.raises(OtherUnit):
        access_encounter(stand(colleague), stay.pk, to=May.READ_CARE)
    with pytest.raises(NotYours):
        access_encounter(stand(cast.nurse), stay.pk, to=May.DECIDE_CARE)


def test_the_privacy_officer_is_paged_in_the_same_act_and_reads_the_reason(cast: Cast) -> None:
    glass = break_glass(cast, open_elsewhere(cast))

    (page,) = find_open_pages(stand(cast.privacy_officer))
    (opening,) = find_openings(stand(cast.privacy_officer), read_with())
    assert (page.about, page.reason) == (f"glass/{glass.pk}", "glass")
    assert (opening.reason, opening.by, opening.seen_by) == (REASON, cast.nurse.name, "")


def test_seeing_an_opening_is_written_down(cast: Cast) -> None:
    glass = break_glass(cast, open_elsewhere(cast))

    record_glass_seen(begin(by=cast.privacy_officer), glass, by=cast.privacy_officer.pk)
    record_glass_seen(begin(by=cast.physician), glass, by=cast.physician.pk)

    (opening,) = find_openings(stand(cast.privacy_officer), read_with())
    kinds = [told.kind.name for told in find_events_about(read_with(), glass.about)]
    assert opening.seen_by == cast.privacy_officer.name
    assert kinds[:3] == ["glass.seen", "glass.seen", "glass.broken"]


@pytest.mark.parametrize("reason", ["", "urgent", " " * 40, "x" * 1001])
def test_a_reason_that_says_nothing_opens_nothing(cast: Cast, reason: str) -> None:
    stay = open_elsewhere(cast)

    with pytest.raises(ReasonTooShort):
        break_glass(cast, stay, reason)

    assert not Glass.objects.exists()
    assert not Page.objects.exists()


def test_an_opening_that_cannot_tell_the_privacy_officer_opens_nothing(cast: Cast) -> None:
    stay = open_elsewhere(cast)

    with pytest.raises(OSError, match="pager"):
        record_broken_glass(
            begin(by=cast.nurse),
            stand(cast.nurse),
            about=stay.about,
            reason=REASON,
            tell=_fail,
        )

    assert not Glass.objects.exists()


def test_the_reason_lies_sealed(cast: Cast) -> None:
    break_glass(cast, open_elsewhere(cast))

    with connection.cursor() as cursor:
        cursor.execute("SELECT reason FROM accounts_glass")
        (sealed,) = cursor.fetchone()
    assert b"canary" not in bytes(sealed)


def test_another_hospitals_openings_are_not_there(cast: Cast) -> None:
    open_hospital(OTHER_SITE)
    glass = break_glass(cast, open_elsewhere(cast))
    stranger = hire(Role.PRIVACY_OFFICER, OTHER_SITE)

    with pytest.raises(NotThere):
        access_glass(stand(stranger, OTHER_SITE), glass.pk)
    assert find_openings(stand(stranger, OTHER_SITE), read_with(OTHER_SITE)) == ()


def _fail(*_: object, **__: object) -> None:
    raise OSError("pager")
