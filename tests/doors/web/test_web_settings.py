"""Settings are few, known by name, and refused with a sentence."""

from pathlib import Path

import pytest

from bedside.config.env import HERE, UnknownSetting, read_environment
from bedside.doors.web.site import SAMPLE, load_site
from bedside.rules.vocabulary.load import load_vocabulary
from bedside.rules.vocabulary.problem import Problems


def test_without_settings_only_this_machine_may_ask() -> None:
    environment = read_environment({"HOME": "/root"})

    assert environment.hosts == HERE
    assert not environment.is_https
    assert not environment.is_sample


def test_an_unknown_name_stops_the_start_with_the_nearest_known_one() -> None:
    with pytest.raises(UnknownSetting, match="did you mean BEDSIDE_HOSTS"):
        read_environment({"BEDSIDE_HOST": "bedside.example"})


def test_all_that_is_wrong_is_said_at_once() -> None:
    with pytest.raises(UnknownSetting) as found:
        read_environment({"BEDSIDE_X": "1", "BEDSIDE_HTTPS": "maybe", "BEDSIDE_SITE": "/no/file"})

    assert len(str(found.value).splitlines()) == 3


def test_the_rulebook_is_kept_where_the_command_line_keeps_it() -> None:
    kept = {
        read_environment(environ).cache
        for environ in ({"HOME": "/h"}, {"XDG_CACHE_HOME": "/h/.cache"})
    }

    assert kept == {Path("/h/.cache/bedside")}
    assert read_environment({"HOME": "/h", "BEDSIDE_CACHE": "/c"}).cache == Path("/c")
    assert read_environment({}).cache is None


def test_hosts_are_separated_by_commas() -> None:
    environment = read_environment({"BEDSIDE_HOSTS": "a.example, b.example,"})

    assert environment.hosts == ("a.example", "b.example")


def test_the_sample_hospital_is_in_texas_and_says_that_it_is_a_sample() -> None:
    site = load_site(SAMPLE, load_vocabulary())

    assert site.is_sample
    assert site.jurisdiction == "us/tx"
    assert site.facts["room_has_window"] is True


def test_a_site_file_says_everything_that_is_wrong_with_it(tmp_path: Path) -> None:
    file = tmp_path / "site.yaml"
    file.write_text(
        "nam: {en: A, es: B}\ntimezone: Texas\nfacts: {room_has_windw: true, in_custody: maybe}\n"
        "phones: {charge_nurs: 1}\n"
    )

    with pytest.raises(Problems) as found:
        load_site(file, load_vocabulary())

    assert len(found.value.problems) == 5
    assert "did you mean `charge_nurse`?" in str(found.value)


def test_a_ladder_that_names_nobody_known_is_refused_with_the_nearest_word(tmp_path: Path) -> None:
    file = tmp_path / "site.yaml"
    file.write_text(
        "name: {en: A, es: B}\nladder: {rungs: [charge_nurze], wait_minutes: 5, rung: []}\n"
    )

    with pytest.raises(Problems) as found:
        load_site(file, load_vocabulary())

    said = str(found.value)
    assert "charge_nurze" in said
    assert "charge_nurse" in said
    assert "`rung`" in said
