"""Pages on their way: to whom, how often, until when, and what the board hears."""

from datetime import timedelta

import pytest

from bedside.record.accounts.roles import Role
from bedside.record.journal.queries import find_events_about
from bedside.record.paging.channel_operations import MOST_WAYS, record_channel, record_channel_ended
from bedside.record.paging.delivery_operations import AGAIN, record_routed, record_tried
from bedside.record.paging.models import Channel, Delivery, Page
from bedside.record.paging.operations import record_page, record_page_answered, record_page_seen
from bedside.record.paging.outbound import Outbound, read_outbound
from bedside.record.paging.queries import (
    find_channels,
    find_due_deliveries,
    find_own_channels,
    find_undelivered,
    find_unrouted,
    read_address,
)
from bedside.record.paging.refusals import TooManyWays
from bedside.record.paging.words import Failure, Way
from record_cast import NIGHT, OTHER_SITE, SITE, UNIT, Cast, begin, hire, open_hospital, read_with
from record_cast import stand as stand_at

ABOUT = "encounter/00000000-0000-4000-8000-000000000004"
ADDRESS = "charge@hospital.example"


def open_way(site: str = SITE, *, unit: str = UNIT, way: Way = Way.MAIL) -> Channel:
    """Let a charge nurse turn on a way."""
    charge = hire(Role.CHARGE_NURSE, site, unit=unit)
    standing = stand_at(charge, site)
    return record_channel(begin(site, by=charge), standing, way=way, address=ADDRESS)


def send_page() -> Page:
    """Page the charge nurse."""
    return record_page(begin(), about=ABOUT, to_role="charge_nurse", reason="refused")


def route(page: Page, channel: Channel) -> Delivery:
    """Hand a page to a channel."""
    record_routed(begin(), page, channels=[channel])
    return Delivery.objects.get(page=page)


def test_a_page_goes_to_those_of_its_role_in_the_unit_and_to_nobody_else(cast: Cast) -> None:
    open_hospital(OTHER_SITE)
    here, whole_house = open_way(), open_way(unit="")
    open_way(unit="Emergency")
    open_way(OTHER_SITE)
    record_channel(begin(by=cast.nurse), stand_at(cast.nurse), way=Way.SMS, address="+19565550142")

    found = find_channels(send_page(), unit=UNIT, at=NIGHT)

    assert {one.pk for one in found} == {here.pk, whole_house.pk}


def test_an_address_is_sealed_and_no_event_tells_it(cast: Cast) -> None:
    del cast
    channel = open_way()

    (told,) = find_events_about(read_with(), f"person/{channel.person_id}")[:1]

    assert read_address(read_with(), channel) == ADDRESS
    assert ADDRESS.encode() not in bytes(channel.address)
    assert told.content == {"channel": str(channel.pk), "way": "mail"}


def test_a_page_is_tried_so_often_and_then_the_board_hears_of_it(cast: Cast) -> None:
    del cast
    page, at = send_page(), NIGHT
    delivery = route(page, open_way())

    for wait in (*AGAIN, None):
        assert find_undelivered(SITE) == ()
        (due,) = find_due_deliveries(SITE, at=at)
        record_tried(begin(at=at), due, failure=Failure.UNREACHABLE)
        at += wait or timedelta(days=1)

    delivery.refresh_from_db()
    assert delivery.tries == len(AGAIN) + 1
    assert find_due_deliveries(SITE, at=at) == ()
    assert [one.pk for one in find_undelivered(SITE)] == [page.pk]


def test_a_page_that_arrived_by_one_way_is_delivered(cast: Cast) -> None:
    del cast
    page = send_page()
    record_routed(begin(), page, channels=[open_way(), open_way(way=Way.SMS)])
    lost, reached = Delivery.objects.filter(page=page)

    record_tried(begin(), lost, failure=Failure.NOT_ALLOWED)
    record_tried(begin(), reached, failure=None)

    assert find_undelivered(SITE) == ()


@pytest.mark.parametrize("failure", [Failure.GONE, Failure.NOT_ALLOWED])
def test_what_cannot_succeed_is_not_tried_again(cast: Cast, failure: Failure) -> None:
    del cast
    delivery = route(send_page(), open_way(way=Way.PUSH))

    record_tried(begin(), delivery, failure=failure)

    assert find_due_deliveries(SITE, at=NIGHT + timedelta(days=1)) == ()
    is_open = Channel.objects.get().ended_at is None
    assert is_open is (failure is not Failure.GONE)


def test_an_answered_page_wakes_nobody_any_more(cast: Cast) -> None:
    del cast
    page = send_page()
    route(page, open_way())
    supervisor = hire(Role.CHARGE_NURSE)

    record_page_answered(begin(by=supervisor), stand_at(supervisor), page.pk)

    assert find_due_deliveries(SITE, at=NIGHT) == ()
    assert find_undelivered(SITE) == ()


def test_an_old_page_is_routed_to_nobody(cast: Cast) -> None:
    del cast
    page = send_page()

    assert find_unrouted(SITE, at=NIGHT + timedelta(minutes=59)) == (page,)
    assert find_unrouted(SITE, at=NIGHT + timedelta(hours=1)) == ()


def test_the_first_to_see_a_page_and_the_first_to_answer_it_are_kept(cast: Cast) -> None:
    del cast
    page, first, second = send_page(), hire(Role.CHARGE_NURSE), hire(Role.CHARGE_NURSE)
    minute = timedelta(minutes=1)

    record_page_seen(begin(by=first, at=NIGHT + minute), stand_at(first), page)
    record_page_seen(begin(by=second, at=NIGHT + 2 * minute), stand_at(second), page)
    record_page_answered(begin(by=second, at=NIGHT + 3 * minute), stand_at(second), page.pk)

    page.refresh_from_db()
    assert (page.seen_at, page.seen_by_id) == (NIGHT + minute, first.pk)
    assert (page.answered_at, page.answered_by_id) == (NIGHT + 3 * minute, second.pk)


def test_a_number_takes_the_place_of_the_one_before_and_devices_stand_side_by_side(
    cast: Cast,
) -> None:
    nurse, standing = cast.nurse, stand_at(cast.nurse)
    for number in ("+19565550142", "+19565550143"):
        record_channel(begin(by=nurse), standing, way=Way.SMS, address=number)
    for device in range(MOST_WAYS - 1):
        record_channel(begin(by=nurse), standing, way=Way.PUSH, address=f"device {device}")

    with pytest.raises(TooManyWays):
        record_channel(begin(by=nurse), standing, way=Way.PUSH, address="one more")
    own = find_own_channels(standing)
    record_channel_ended(begin(by=nurse), standing, own[0])

    assert read_address(read_with(), own[0]) == "+19565550143"
    assert len(find_own_channels(standing)) == MOST_WAYS - 1


@pytest.mark.parametrize("said", [None, [], "mail", {"mail_domains": "hospital.example"}])
def test_what_the_hospital_leaves_out_is_closed(said: object) -> None:
    assert read_outbound({"paging": said}) == Outbound()
