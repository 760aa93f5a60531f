"""The pages of a letter: prefilled, before three readers, signed on paper, checked by anybody."""

import re
from html import unescape
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from stays_web_cast import enter, look, open_stay, send
from web_cast import read

from bedside.doors.web import clock
from bedside.record.accounts.models import Person
from bedside.record.accounts.roles import Role
from bedside.record.encounters.models import Encounter
from bedside.record.letters.models import Copy, Letter, Step
from record_cast import NIGHT, Cast, hire


@pytest.fixture(autouse=True)
def _house(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("django.conf.settings.BEDSIDE_HEADS_FILE", tmp_path / "heads.sqlite")
    monkeypatch.setattr("django.conf.settings.BEDSIDE_IS_SAMPLE", True)
    monkeypatch.setattr(clock, "tell_time", lambda: NIGHT)


@pytest.fixture
def stay(cast: Cast) -> Encounter:
    """A mother after birth."""
    return open_stay(cast.physician, pregnancy="postpartum", newborn_present=True)


def fill_editor(client: Client, path: str) -> dict[str, str]:
    """Take the editor as it is prefilled."""
    page = client.get(path).content.decode()
    form = page[page.index('class="editor"') : page.index("</form>", page.index('class="editor"'))]
    fields: dict[str, str] = {}
    for tag in re.findall(r"<input[^>]*>", form):
        name, kind = re.search(r'name="([^"]+)"', tag), re.search(r'type="([^"]+)"', tag)
        value = re.search(r'value="([^"]*)"', tag)
        if name and kind and (kind[1] not in {"radio", "checkbox"} or " checked" in tag):
            fields[name[1]] = unescape(value[1]) if value else ""
    for select in re.findall(r"<select.*?</select>", form, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', select)
        fields[re.search(r'name="([^"]+)"', select)[1]] = chosen[1] if chosen else ""  # type: ignore[index]  # each has a name
    return {name: value for name, value in fields.items() if name != "csrfmiddlewaretoken"}


def draft(person: Person, stay: Encounter, **changes: str) -> Letter:
    """Draft a letter as the page does."""
    client, path = enter(person), f"/stays/{stay.pk}/letters/drafts"
    fields = fill_editor(client, path) | {
        "status": "status/stable-for-setting",
        "need": "care_of_patient",
        "purpose": "said at the desk",
        "do": "draft",
    }
    answer = client.post(path, fields | changes)
    assert answer.status_code == 302, read(answer)  # type: ignore[arg-type]  # a response
    return Letter.objects.get()


def sign(client: Client, letter: Letter) -> None:
    """Sign as the page does."""
    letter.refresh_from_db()
    answer = send(client, f"/letters/{letter.pk}/signatures", seen=str(letter.version))
    assert answer.status_code == 302, read(answer)


def test_a_letter_is_prefilled_from_the_stay_shown_to_three_readers_and_signed(
    cast: Cast, stay: Encounter
) -> None:
    letter = draft(cast.physician, stay)
    client = enter(cast.physician)

    page = read(look(client, f"/letters/{letter.pk}"))
    sign(client, letter)

    for words in (
        "No waist chain and no leg irons.",
        "No waist chain, no leg irons (weeks after birth).",
        "You should not have a chain around the waist or the legs.",
    ):
        assert words in page
    copy = Copy.objects.get(letter=letter, reader="custody")
    pdf = look(client, f"/letters/{letter.pk}/copies/{copy.pk}")
    assert pdf.content.startswith(b"%PDF-")
    checked = Client().post("/letters/checks", {"letter": SimpleUploadedFile("a.pdf", pdf.content)})
    assert "Valid" in read(checked)  # type: ignore[arg-type]  # a response
    assert "No sentence" not in read(checked)  # type: ignore[arg-type]  # the same


def test_an_altered_file_is_not_vouched_for(cast: Cast, stay: Encounter) -> None:
    letter = draft(cast.physician, stay)
    client = enter(cast.physician)
    sign(client, letter)
    copy = Copy.objects.get(letter=letter, reader="custody")
    pdf = look(client, f"/letters/{letter.pk}/copies/{copy.pk}").content
    added = pdf + b"\n1 0 obj<<>>endobj\n"

    checked = Client().post("/letters/checks", {"letter": SimpleUploadedFile("a.pdf", added)})

    assert "Do not rely on this" in read(checked)  # type: ignore[arg-type]  # a response


def test_the_number_on_the_paper_says_which_version_counts_and_nothing_else(
    cast: Cast, stay: Encounter
) -> None:
    letter = draft(cast.physician, stay)
    sign(enter(cast.physician), letter)

    found, unknown = (Client().get(f"/letters/checks/{code}") for code in (letter.code, "ZZZZ"))

    assert "The version that counts is 1" in read(found)  # type: ignore[arg-type]  # a response
    assert "canary" not in found.content.decode()
    assert unknown.status_code == 404


def test_md_02_fit_for_detention_is_blocked_with_the_honest_replacement_a_press_away(
    cast: Cast, stay: Encounter
) -> None:
    client, path = enter(cast.physician), f"/stays/{stay.pk}/letters/drafts"
    fields = fill_editor(client, path) | {"r0-more": "She is fit for detention.", "do": "draft"}

    blocked = client.post(path, fields | {"status": "status/stay-goes-on"})

    assert blocked.status_code == 422
    assert 'value="replace-0"' in blocked.content.decode()
    assert "She is fit for detention." in blocked.content.decode()
    assert not Letter.objects.exists()
    replaced = client.post(path, fields | {"do": "replace-0"})
    assert "She is fit for detention." not in replaced.content.decode()
    assert re.search(r'value="status/stable-for-setting" checked', replaced.content.decode())


def test_md_04_a_resident_is_asked_for_the_order_and_the_read_back(
    cast: Cast, stay: Encounter
) -> None:
    resident = hire(Role.RESIDENT)
    letter = draft(resident, stay)
    client = enter(resident)

    alone = send(client, f"/letters/{letter.pk}/signatures", seen="1")
    ordered = send(
        client,
        f"/letters/{letter.pk}/signatures",
        seen="1",
        order_by=str(cast.physician.pk),
        read_back="yes",
    )

    assert alone.status_code == 422
    assert ordered.status_code == 302
    assert Copy.objects.filter(letter=letter).count() == 3


def test_a_draft_sent_twice_is_kept_once(cast: Cast, stay: Encounter) -> None:
    client, path = enter(cast.physician), f"/stays/{stay.pk}/letters/drafts"
    fields = fill_editor(client, path) | {"status": "status/stay-goes-on", "do": "draft"}

    first, second = client.post(path, fields), client.post(path, fields)

    assert first.headers["Location"] == second.headers["Location"]
    assert Step.objects.count() == 1


def test_words_about_status_never_reach_a_letter(cast: Cast, stay: Encounter) -> None:
    client, path = enter(cast.physician), f"/stays/{stay.pk}/letters/drafts"
    fields = fill_editor(client, path) | {"r0-more": "She is undocumented.", "do": "draft"}

    answer = client.post(path, fields | {"status": "status/stay-goes-on"})

    assert answer.status_code == 422
    assert not Letter.objects.exists()


def test_a_draft_that_is_changed_says_what_was_typed_last(cast: Cast, stay: Encounter) -> None:
    letter = draft(cast.physician, stay)
    client, path = enter(cast.physician), f"/letters/{letter.pk}/drafts"

    changed = client.post(path, fill_editor(client, path) | {"evidence": "note 9", "do": "draft"})

    assert changed.status_code == 302
    assert "note 9" in read(look(client, f"/letters/{letter.pk}"))
