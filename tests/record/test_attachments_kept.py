"""What is handed in is sealed twice, committed to, and read only with what it belongs to."""

import hashlib
import secrets
from uuid import uuid4

import pytest
from attachments_cast import CANARY, TAKEN
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction

from bedside.doors.web.handed_in import give_download, read_upload
from bedside.record.attachments import limits
from bedside.record.attachments.access import access_attachment
from bedside.record.attachments.copying import HandedIn, open_handed_in
from bedside.record.attachments.kinds import Kind
from bedside.record.attachments.models import Attachment
from bedside.record.attachments.operations import add_attachment
from bedside.record.attachments.queries import (
    find_attachments,
    read_about,
    read_original,
    read_working_copy,
)
from bedside.record.attachments.refusals import NotAttached, TooLarge, TooManyFiles
from bedside.record.vault.sealed import Strongroom, make_strongroom
from bedside.trust.ledger.leaf import Lane
from bedside.trust.sealing.data_key import DoesNotOpen
from record_cast import OTHER_SITE, SITE, begin, find_master, open_hospital

OWNER = "reports/1"

pytestmark = pytest.mark.usefixtures("cast")


def _make_room(site: str = SITE, owner: str = OWNER) -> Strongroom:
    key = find_master().lane_key(site, Lane.SAFETY)
    return make_strongroom(site, owner, key=key, random=secrets.token_bytes)


def _hand_in(room: Strongroom, kind: str = "jpeg", *, size: int = 0) -> Attachment:
    handed_in = open_handed_in(f"{CANARY}.jpg", TAKEN[kind])
    if size:
        handed_in = HandedIn(name="x", kind=Kind.TEXT, pages=1, original=bytes(size), working=b"x")
    with transaction.atomic():
        return add_attachment(begin(), handed_in, owner=OWNER, room=room)


@pytest.mark.parametrize("kind", TAKEN)
def test_the_original_comes_back_byte_for_byte_and_the_copy_without_a_name(kind: str) -> None:
    room = _make_room()
    kept = access_attachment(SITE, OWNER, _hand_in(room, kind).pk)

    original, copy = read_original(room, kept), read_working_copy(room, kept)

    assert original.data == TAKEN[kind]
    assert original.media == "application/octet-stream"
    assert hashlib.sha256(original.data).hexdigest() == read_about(room, kept).original
    assert hashlib.sha256(copy.data).hexdigest() == read_about(room, kept).working
    assert CANARY not in original.name + copy.name
    assert read_about(room, kept).name == f"{CANARY}.jpg"


def test_the_table_tells_neither_name_nor_kind_nor_digest_nor_whose_nor_when() -> None:
    kept = _hand_in(_make_room(), "text")

    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM attachments_attachment")
        (row,) = cursor.fetchall()
        columns = {one[0] for one in cursor.description or ()}
    stored = b"|".join(
        bytes(c) if isinstance(c, bytes | memoryview) else str(c).encode() for c in row
    )

    assert columns == {"id", "site_id", "owner", "place", "about", "original", "working"}
    for told in (CANARY, "text", hashlib.sha256(TAKEN["text"]).hexdigest()):
        assert told.encode() not in stored
    assert kept.place == 1


def test_a_file_is_fetched_only_with_its_owner_and_its_site() -> None:
    open_hospital(OTHER_SITE)
    kept = _hand_in(_make_room())

    for site, owner, one in (
        (OTHER_SITE, OWNER, kept.pk),
        (SITE, "reports/2", kept.pk),
        (SITE, OWNER, uuid4()),
    ):
        with pytest.raises(NotAttached):
            access_attachment(site, owner, one)


def test_a_copy_moved_to_the_place_of_another_does_not_open() -> None:
    room = _make_room()
    one, other = _hand_in(room), _hand_in(room, "png")

    Attachment.objects.filter(pk=one.pk).update(working=other.working)

    with pytest.raises(DoesNotOpen):
        read_working_copy(room, access_attachment(SITE, OWNER, one.pk))


def test_a_report_takes_so_many_files_and_no_more() -> None:
    room = _make_room()
    for _ in range(limits.MOST_FILES):
        _hand_in(room, size=1)

    with pytest.raises(TooManyFiles):
        _hand_in(room, size=1)

    assert [one.place for one in find_attachments(SITE, OWNER)] == [1, 2, 3, 4, 5]


def test_a_report_takes_so_much_and_no_more() -> None:
    room = _make_room()
    for _ in range(4):
        _hand_in(room, size=limits.MOST_BYTES)

    with pytest.raises(TooManyFiles):
        _hand_in(room, size=1)


def test_what_is_given_out_is_never_shown_by_the_browser() -> None:
    room = _make_room()
    kept = _hand_in(room)

    for download in (read_original(room, kept), read_working_copy(room, kept)):
        headers = give_download(download).headers
        assert headers["Content-Disposition"].startswith("attachment;")
        assert headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Cache-Control"] == "no-store"


def test_an_upload_that_is_too_large_is_refused_before_it_is_read() -> None:
    file = SimpleUploadedFile("x.jpg", b"")
    file.size = limits.MOST_BYTES + 1

    with pytest.raises(TooLarge):
        read_upload(file)
