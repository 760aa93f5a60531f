"""A disagreement becomes a question with an owner; what a manager said is kept as it was said."""

import pytest
from django.db import connection

from bedside.record.accounts.access import NotThere, NotYours
from bedside.record.accounts.roles import Role
from bedside.record.encounters.operations import Opening, record_encounter
from bedside.record.journal.queries import find_events, find_events_about
from bedside.record.paging.models import Page
from bedside.record.questions.access import (
    access_dispute,
    access_dispute_to_answer,
    access_instruction,
)
from bedside.record.questions.models import Dispute, Instruction
from bedside.record.questions.operations import (
    AnsweredAlready,
    NotAChoice,
    NothingSaid,
    Seen,
    Told,
    record_dispute,
    record_dispute_answered,
    record_instruction,
)
from bedside.record.questions.queries import (
    find_disputes_to_answer,
    find_instructions,
    find_own_disputes,
    read_dispute,
)
from record_cast import UNIT, Cast, begin, hire, open_hospital, read_with, stand

SEEN = Seen(
    situation='{"jurisdiction": "us/tx", "canary": 1}',
    edition="2026.12",
    digest="sha256:00",
    advised="canary-private",
)
TOLD = Told(
    role="house_supervisor",
    words="canary: let them stay",
    asks="position:in_room",
    document="none",
    found="no_source_on_file",
)


def test_ec_12_a_disagreement_becomes_a_question_that_waits_for_the_owner(cast: Cast) -> None:
    owner = hire(Role.RULEBOOK_OWNER)

    dispute = record_dispute(begin(by=cast.nurse), seen=SEEN, reason="our policy says outside")

    (waiting,) = find_disputes_to_answer(read_with(), stand(owner))
    assert (waiting.reason, waiting.situation) == ("our policy says outside", SEEN.situation)
    page = Page.objects.get()
    assert (page.to_role, page.about) == ("rulebook_owner", dispute.about)


@pytest.mark.parametrize("state", ["answered", "norm_changed"])
def test_ec_12_the_answer_reaches_who_raised_it(cast: Cast, state: str) -> None:
    norm_changed = state == "norm_changed"
    dispute = record_dispute(begin(by=cast.nurse), seen=SEEN, reason="our policy says outside")
    owner = hire(Role.RULEBOOK_OWNER)

    record_dispute_answered(
        begin(by=owner), dispute, answer="You are right.", norm_changed=norm_changed, version=1
    )

    (own,) = find_own_disputes(read_with(), stand(cast.nurse))
    assert (own.answer, own.row.state, own.row.answered_by) == ("You are right.", state, owner.pk)
    assert find_disputes_to_answer(read_with(), stand(owner)) == ()


def test_two_owners_do_not_answer_the_same_question(cast: Cast) -> None:
    dispute = record_dispute(begin(by=cast.nurse), seen=SEEN, reason="why")
    first, second = hire(Role.RULEBOOK_OWNER), hire(Role.RULEBOOK_OWNER)
    answer = {"answer": "Because.", "norm_changed": False, "version": 1}
    record_dispute_answered(begin(by=first), dispute, **answer)  # type: ignore[arg-type]  # three kinds in one table

    with pytest.raises(AnsweredAlready):
        record_dispute_answered(begin(by=second), dispute, **answer)  # type: ignore[arg-type]  # as above


@pytest.mark.parametrize("reason", ["", "x" * 1001])
def test_a_disagreement_without_a_reason_is_not_kept(cast: Cast, reason: str) -> None:
    with pytest.raises(NothingSaid):
        record_dispute(begin(by=cast.nurse), seen=SEEN, reason=reason)
    assert not Dispute.objects.exists()


def test_a_question_about_a_stay_lies_under_the_keys_of_the_stay(cast: Cast) -> None:
    opening = Opening(unit=UNIT, room="4", patient="P")
    stay = record_encounter(begin(by=cast.nurse), opening=opening, facts={})
    seen = Seen(situation="{}", edition="2026.12", digest="sha256:00", stay=stay.about)

    dispute = record_dispute(begin(by=cast.nurse), seen=seen, reason="wrong room")

    assert dispute.record == stay.about
    assert find_events(read_with(), record=stay.about)[0].kind.name == "dispute.raised"
    assert read_dispute(read_with(), dispute).reason == "wrong room"


def test_nobody_reads_the_question_of_another_but_the_owner(cast: Cast) -> None:
    dispute = record_dispute(begin(by=cast.nurse), seen=SEEN, reason="why")
    open_hospital("elsewhere")

    assert access_dispute(stand(cast.nurse), dispute.pk) == dispute
    assert access_dispute(stand(hire(Role.RULEBOOK_OWNER)), dispute.pk) == dispute
    with pytest.raises(NotYours):
        access_dispute(stand(cast.physician), dispute.pk)
    with pytest.raises(NotYours):
        access_dispute_to_answer(stand(cast.nurse), dispute.pk)
    elsewhere = stand(hire(Role.RULEBOOK_OWNER, "elsewhere"), "elsewhere")
    with pytest.raises(NotThere):
        access_dispute(elsewhere, dispute.pk)


def test_what_a_manager_told_staff_is_kept_in_the_exact_words_by_role(cast: Cast) -> None:
    instruction = record_instruction(begin(by=cast.nurse), seen=SEEN, told=TOLD)

    counsel = hire(Role.COUNSEL)
    (read,) = find_instructions(read_with(), stand(counsel))
    assert (read.words, read.row.role, read.row.found) == (TOLD.words, TOLD.role, TOLD.found)
    told = find_events_about(read_with(), instruction.about)[0]
    assert told.kind.name == "instruction.logged"
    assert told.content is not None
    assert told.content["words"] == TOLD.words


def test_an_instruction_is_read_by_who_noted_it_and_by_counsel_alone(cast: Cast) -> None:
    instruction = record_instruction(begin(by=cast.nurse), seen=SEEN, told=TOLD)

    access_instruction(stand(cast.nurse), instruction.pk)
    access_instruction(stand(hire(Role.COUNSEL)), instruction.pk)
    for role in (Role.HOUSE_SUPERVISOR, Role.RULEBOOK_OWNER, Role.STAFF_KEEPER):
        with pytest.raises(NotYours):
            access_instruction(stand(hire(role)), instruction.pk)


@pytest.mark.parametrize("change", [{"role": "king"}, {"document": "dreamt"}])
def test_an_instruction_by_no_role_or_with_no_known_paper_is_not_kept(
    cast: Cast, change: dict[str, str]
) -> None:
    fields = {"role": "counsel", "words": "w", "asks": "", "document": "none", "found": ""}

    with pytest.raises(NotAChoice):
        record_instruction(begin(by=cast.nurse), seen=SEEN, told=Told(**(fields | change)))
    assert not Instruction.objects.exists()


def test_no_sealed_word_of_a_question_lies_open_in_a_row(cast: Cast) -> None:
    dispute = record_dispute(begin(by=cast.nurse), seen=SEEN, reason="canary-reason")
    record_dispute_answered(
        begin(by=cast.nurse), dispute, answer="canary-answer", norm_changed=False, version=1
    )
    record_instruction(begin(by=cast.nurse), seen=SEEN, told=TOLD)

    lying = []
    for table in connection.introspection.table_names():
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - names of our own tables
            rows = cursor.fetchall()
        lying += [table for row in rows for value in row if b"canary" in _plain(value)]
    assert lying == []


def _plain(value: object) -> bytes:
    return bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
