"""A site file that names what nobody here knows is refused with where and what to write instead."""

from pathlib import Path

import pytest
from web_cast import find_sample

from bedside.doors.web.site import SAMPLE, load_site
from bedside.rules.vocabulary.problem import ENGLISH, Problems

HEAD = "name: {en: A, es: B}\nunits: [Ward]\ntimezone: America/Chicago\n"


def load(folder: Path, text: str) -> str:
    """Load a site file and give what is wrong with it."""
    file = folder / "site.yaml"
    file.write_text(HEAD + text, encoding="utf-8")
    try:
        load_site(file, find_sample().vocabulary)
    except Problems as found:
        return "\n".join(problem.say(ENGLISH) for problem in found.problems)
    return ""


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("ladder: {hours: {from: seven, to: 19}}\n", ("seven", "19")),
        ("ladder: {hours: {from: '07:00', to: '19:00', days: [lundi]}}\n", ("lundi",)),
        ("ladder: {holidays: [christmas]}\n", ("christmas",)),
        (
            "ladder: {off_hours: {rungs: [charge_nurze], weekend: []}}\n",
            ("charge_nurze", "weekend"),
        ),
        ("agency_contacts: {ice: {phone: '1', verified: lately}}\n", ("lately",)),
        ("agency_contacts: {ice: {phone: '1', nite: {}}}\n", ("nite",)),
        ("contacts_old_after_days: 0\n", ("contacts_old_after_days",)),
        ("paging: {address: 'http://bedside.example'}\n", ("http://bedside.example",)),
        ("paging: {address: 'https://a:b@bedside.example'}\n", ("https://a:b@",)),
        ("paging: {sms_gateway: 'ftp://x', sms: y}\n", ("ftp://x", "`sms`")),
        ("paging: {mail_domains: ['*'], push_hosts: ['a/b']}\n", ("*", "a/b")),
        ("paging: {mail_from: nobody, private_network: maybe}\n", ("nobody", "maybe")),
        ("rooms: [{unit: Attic, room: '1'}]\n", ("Attic",)),
        ("rooms: [{unit: Ward, room: '1'}, {unit: Ward, room: '1', window: 2}]\n", ("`1`", "`2`")),
        ("rooms: [{unit: Ward, room: '1', roof: true}]\n", ("roof",)),
    ],
)
def test_what_is_wrong_is_named_and_everything_at_once(
    tmp_path: Path, text: str, named: tuple[str, ...]
) -> None:
    said = load(tmp_path, text)

    assert all(word in said for word in named)
    assert "site.yaml" in said


def test_a_gateway_inside_the_house_may_speak_plain_http(tmp_path: Path) -> None:
    text = "paging: {private_network: true, sms_gateway: 'http://10.0.0.7:8080/send'}\n"

    assert load(tmp_path, text) == ""


def test_the_sample_hospital_is_sound() -> None:
    site = load_site(SAMPLE, find_sample().vocabulary)

    assert site.slug == "sample"
