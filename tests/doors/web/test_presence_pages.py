"""The bedside pages of a stay: taps are kept, a refusal pages, undo and hand-over work."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client
from stays_web_cast import look
from web_cast import NURSING, enter, find_sample, read

from bedside.doors.web.claims import HEARD
from bedside.record.accounts.roles import Role
from bedside.record.encounters.models import Encounter
from bedside.record.encounters.operations import Opening, record_encounter
from bedside.record.paging.models import Page
from bedside.record.presence.models import Asked, HandOver, Mark, Restraint, Terms
from record_cast import NIGHT, UNIT, Cast, begin, hire

TAPS = {name: value for name, value in NURSING.items() if name != "as_of"}


@pytest.fixture
def stay(cast: Cast) -> Encounter:
    """Open a stay in the nurse's unit."""
    find_sample()
    return record_encounter(
        begin(by=cast.nurse), opening=Opening(unit=UNIT, room="412"), facts={"agency": "ice"}
    )


@pytest.fixture
def nurse(cast: Cast) -> Client:
    """Sign the nurse in."""
    return enter(cast.nurse)


def send(nurse: Client, stay: Encounter, page: str, **fields: object) -> HttpResponse:
    """Send a form of a stay and follow where it leads."""
    sent = {"key": str(uuid4()), **fields}
    response = nurse.post(f"/stays/{stay.pk}/{page}", sent, follow=True)
    assert isinstance(response, HttpResponse)
    return response


@pytest.mark.parametrize("prefix", ["/", "/es/"])
def test_the_six_taps_of_a_stay_know_what_still_counts(
    nurse: Client, stay: Encounter, prefix: str
) -> None:
    response = nurse.get(f"{prefix}stays/{stay.pk}/taps")

    page = response.content.decode()
    assert response.status_code == 200
    assert f'action="{prefix}stays/{stay.pk}/marks"' in page
    assert '<option value="ice" selected>' in page


def test_taps_are_kept_and_answered(nurse: Client, stay: Encounter) -> None:
    response = send(nurse, stay, "marks", **TAPS, limb=["right_wrist"])

    mark = Mark.objects.get(encounter=stay)
    assert (mark.position, mark.device) == ("at_bedside", "in_use")
    assert Restraint.objects.get(encounter=stay).limb == "right_wrist"
    assert "They refused" in read(response)
    assert b"feeding" not in bytes(mark.facts)


def test_what_an_officer_claimed_is_kept_answered_and_on_the_line_of_time(
    nurse: Client, stay: Encounter
) -> None:
    claimed = {"claim": ["must_be_in_room"], "claim_document": "described"}

    response = send(nurse, stay, "marks", **TAPS, **claimed)

    words = HEARD["must_be_in_room"].words.en
    mark = Mark.objects.get(encounter=stay)
    assert words in read(response)
    assert words in read(look(nurse, f"/stays/{stay.pk}/timeline"))
    assert b"must_be_in_room" not in bytes(mark.heard)
    wrong = send(nurse, stay, "marks", **TAPS, claim=["may_shoot"])
    assert wrong.status_code == 400
    assert Mark.objects.count() == 1


def test_a_note_becomes_a_report_in_one_tap(nurse: Client, stay: Encounter) -> None:
    send(nurse, stay, "marks", **TAPS)
    mark = Mark.objects.get(encounter=stay)
    address = f"/stays/{stay.pk}/marks/{mark.pk}/reports/new"

    assert f'href="{address}"' in look(nurse, f"/stays/{stay.pk}/timeline").content.decode()
    assert look(nurse, address).status_code == 200


def test_rn_04_a_refusal_pages_and_the_page_says_whom_and_what_comes_next(
    nurse: Client, stay: Encounter
) -> None:
    send(nurse, stay, "marks", **TAPS)
    mark = Mark.objects.get(encounter=stay)

    response = send(
        nurse, stay, "requests", mark=str(mark.pk), outcome="refused", answer="I can't decide that."
    )

    text = read(response)
    assert Page.objects.get().to_role == "charge_nurse"
    assert "Charge nurse" in text
    assert "paged, no answer yet" in text
    assert "I can't decide that." in read(nurse_timeline(nurse, stay))


def test_rn_05_not_safe_to_ask_shows_an_ordinary_chart(nurse: Client, stay: Encounter) -> None:
    send(nurse, stay, "marks", **TAPS)
    mark = Mark.objects.get(encounter=stay)

    response = send(nurse, stay, "requests", mark=str(mark.pk), outcome="not_safe")

    text = read(response).lower()
    assert "temperature" in text
    assert not any(word in text for word in ("officer", "paged", "refused", "safe to ask"))
    assert {page.reason for page in Page.objects.all()} == {"quiet"}


def test_rn_10_one_tap_on_the_emergency_shows_the_plan(nurse: Client, stay: Encounter) -> None:
    response = send(nurse, stay, "marks", emergency="yes")

    assert "Emergency bay" in read(response)


def test_rn_12_undo_brings_the_taps_back(nurse: Client, stay: Encounter) -> None:
    send(nurse, stay, "marks", **TAPS)
    mark = Mark.objects.get(encounter=stay)

    response = send(nurse, stay, f"marks/{mark.pk}/undone")

    assert response.status_code == 200
    assert Mark.objects.filter(encounter=stay, is_withdrawn=True).count() == 1


def test_the_same_tap_sent_twice_is_kept_once(nurse: Client, stay: Encounter) -> None:
    key = str(uuid4())

    for _ in range(2):
        send(nurse, stay, "marks", **TAPS, key=key)

    assert Mark.objects.filter(encounter=stay).count() == 1


def test_what_came_of_it_can_be_noted_later(nurse: Client, stay: Encounter) -> None:
    send(nurse, stay, "marks", **TAPS)
    mark = Mark.objects.get(encounter=stay)
    send(nurse, stay, "requests", mark=str(mark.pk), outcome="refused")
    asked = Asked.objects.get()

    response = send(nurse, stay, f"requests/{asked.pk}", outcome="partly", answer="At the glass.")

    assert "Partly" in read(response)
    assert "At the glass." in read(response)


def test_rn_07_the_next_shift_reads_one_line_and_confirms(nurse: Client, stay: Encounter) -> None:
    relief = enter(hire(Role.BEDSIDE_NURSE, unit=UNIT))
    send(nurse, stay, "marks", **TAPS)
    send(
        nurse, stay, "agreements", preset="sight_only", at_end="guarded", given="sitter", hours="8"
    )
    proposed = read(nurse.get(f"/stays/{stay.pk}/hand-overs"))  # type: ignore[arg-type]  # the client's own type
    assert Terms.objects.get().given == "sitter"

    send(nurse, stay, "hand-overs", line="SIGHT ONLY agreed; relief officer not yet oriented.")
    response = send(relief, stay, "hand-overs", take="yes", officer_told="yes")

    hand_over = HandOver.objects.get()
    assert "Take over" in proposed or "Hand over" in proposed
    assert response.status_code == 200
    assert hand_over.taken_at is not None
    assert hand_over.officer_told_at is not None


def test_a_hand_over_is_taken_once_by_another_than_who_gave_it(
    nurse: Client, stay: Encounter
) -> None:
    relief = enter(hire(Role.BEDSIDE_NURSE, unit=UNIT))
    send(nurse, stay, "hand-overs", line="Sight only; the relief officer is not told.")

    own = send(nurse, stay, "hand-overs", take="yes")
    first, second = (send(relief, stay, "hand-overs", take="yes") for _ in range(2))
    empty = send(relief, stay, "hand-overs", line=" ")

    assert [one.status_code for one in (own, first, second, empty)] == [400, 200, 409, 400]
    assert HandOver.objects.count() == 1


def test_an_old_page_ends_no_newer_agreement_and_takes_no_newer_hand_over(
    nurse: Client, stay: Encounter
) -> None:
    relief = enter(hire(Role.BEDSIDE_NURSE, unit=UNIT))
    send(nurse, stay, "agreements", preset="private", at_end="guarded")
    send(nurse, stay, "hand-overs", line="Private agreed.")
    old = {"terms": str(Terms.objects.get().pk), "hand_over": str(HandOver.objects.get().pk)}
    send(nurse, stay, "agreements", preset="sight_only", at_end="guarded")
    HandOver.objects.update(given_at=NIGHT - timedelta(hours=1))
    send(nurse, stay, "hand-overs", line="Sight only agreed now.")

    ended = send(relief, stay, "agreements", end="yes", terms=old["terms"])
    taken = send(relief, stay, "hand-overs", take="yes", hand_over=old["hand_over"])

    assert (ended.status_code, taken.status_code) == (409, 409)
    assert Terms.objects.get(ended_at=None).preset == "sight_only"
    assert not HandOver.objects.exclude(taken_at=None).exists()


def test_a_restraint_is_looked_at_and_taken_off(nurse: Client, stay: Encounter) -> None:
    send(nurse, stay, "marks", **TAPS, limb=["left_ankle"], restraint_clinical_conflict="skin")
    restraint = Restraint.objects.get()
    assert restraint.is_in_the_way

    send(nurse, stay, "checks", restraint=str(restraint.pk), finding="skin")
    response = send(nurse, stay, "checks", restraint=str(restraint.pk), finding="off")

    assert "No restraint is on file" in read(response)


def nurse_timeline(nurse: Client, stay: Encounter) -> HttpResponse:
    """Open the timeline of a stay."""
    response = nurse.get(f"/stays/{stay.pk}/timeline")
    assert isinstance(response, HttpResponse)
    return response


@pytest.mark.parametrize(
    ("page", "fields"),
    [
        ("requests", {"outcome": "perhaps"}),
        ("agreements", {"preset": "nowhere", "at_end": "guarded"}),
        ("agreements", {"preset": "private", "at_end": "nowhere"}),
        ("agreements", {"preset": "private", "at_end": "guarded", "hours": "900"}),
        ("agreements", {"preset": "private", "at_end": "guarded", "hours": "²"}),
        ("agreements", {"preset": "private", "at_end": "guarded", "cost_centre": "x" * 25}),
        ("agreements", {"preset": "private", "at_end": "guarded", "cost_centre": "a\0b"}),
    ],
)
def test_a_choice_that_no_form_offers_is_refused_with_a_sentence(
    nurse: Client, stay: Encounter, page: str, fields: dict[str, str]
) -> None:
    send(nurse, stay, "marks", **TAPS)
    mark = Mark.objects.get(encounter=stay)

    response = send(nurse, stay, page, mark=str(mark.pk), **fields)

    assert response.status_code == 400
    assert not Asked.objects.exists()
    assert not Terms.objects.exists()


def test_an_empty_limb_is_no_restraint(nurse: Client, stay: Encounter) -> None:
    send(nurse, stay, "marks", **TAPS, limb=[""])

    assert not Restraint.objects.exists()
    assert nurse.get(f"/stays/{stay.pk}/checks").status_code == 200


def test_a_tap_sent_again_after_half_of_it_was_kept_keeps_the_other_half(
    nurse: Client, stay: Encounter, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = str(uuid4())
    with monkeypatch.context() as broken:
        broken.setattr(Restraint.objects, "create", _fail)
        with pytest.raises(OSError, match="disk"):
            send(nurse, stay, "marks", **TAPS, limb=["left_wrist"], key=key)

    send(nurse, stay, "marks", **TAPS, limb=["left_wrist"], key=key)

    assert Mark.objects.filter(encounter=stay).count() == 1
    assert Restraint.objects.get().limb == "left_wrist"


def _fail(**_: object) -> None:
    raise OSError("disk")
