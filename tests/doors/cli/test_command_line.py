"""The command line answers, asks for somebody, or says in one sentence what it could not do."""

from pathlib import Path

import pytest
from command_cast import (
    ANSWERED,
    EXAM,
    NEEDS_SOMEBODY,
    NOT_DONE,
    NOT_UNDERSTOOD,
    REPOSITORY,
    find_traces,
    run,
)

from bedside.doors.cli.duration import say_duration
from bedside.rules.vocabulary.problem import ENGLISH, SPANISH

STUCK = """
jurisdiction: us/tx
as_of: 2026-11-23
facts: {activity: exam, in_custody: true, agency: bop, room_has_window: false}
"""
# the words after `bedside`, what goes to standard input, the exit code, and words of the sentence
REFUSED = {
    "an unknown fact": (
        ["decide", "-"],
        "jurisdiction: us/tx\nfacts: {agancy: ice}",
        NOT_UNDERSTOOD,
        "-, line 2, column 9: nobody is ever asked `agancy`; did you mean `agency`?",
    ),
    "an unknown word": (
        ["decide", "-"],
        "jurisdiction: us/tx\nfacts: {agency: icee}",
        NOT_UNDERSTOOD,
        "-, line 2, column 9: `agency` is never `icee`; did you mean `ice`?",
    ),
    "an unknown key": (["decide", "-"], "jurisdicton: us/tx", NOT_UNDERSTOOD, "did you mean"),
    "an unknown overlay": (
        ["decide", "-"],
        "jurisdiction: us/tx\noverlays: [hospital/smaple]",
        NOT_UNDERSTOOD,
        "did you mean `hospital/sample`?",
    ),
    "an unknown dimension": (
        ["decide", "-"],
        "jurisdiction: us/tx\narrangement: {positoin: in_room}",
        NOT_UNDERSTOOD,
        "`positoin` is not read here; did you mean `position`?",
    ),
    "a day that is none": (
        ["decide", "-"],
        "jurisdiction: us/tx\nas_of: 2026-02-30",
        NOT_UNDERSTOOD,
        "-, line 2, column 1: `2026-02-30` is not a day; write it as 2026-11-23",
    ),
    "a situation nobody can be in": (
        ["decide", "-"],
        "jurisdiction: us/tx\nfacts: {pregnancy: none, activity: birth}",
        NOT_UNDERSTOOD,
        "nobody can be in this situation: without a pregnancy",
    ),
    "nothing": (["decide", "-"], "", NOT_UNDERSTOOD, "-: this file is empty"),
    "a NUL": (
        ["decide", "-"],
        "jurisdiction: us/tx\nx: a\x00b",
        NOT_UNDERSTOOD,
        "-, line 2, column 5: a character that cannot be printed stands here (code 0)",
    ),
    "10 MB": (["decide", "-"], "a: 1\n" * 2_000_000, NOT_UNDERSTOOD, "more than 1000000 bytes"),
    "20,000 brackets": (["decide", "-"], "[" * 20_000, NOT_UNDERSTOOD, "nested more than 24 deep"),
    "a bomb": (["decide", "-"], "a: &a [x]\nb: [*a, *a]", NOT_UNDERSTOOD, "anchors, aliases and"),
    "a tag": (["decide", "-"], "a: !!python/name:os.x", NOT_UNDERSTOOD, "line 1, column 4: anch"),
    "broken YAML": (["decide", "-"], "a: [1", NOT_UNDERSTOOD, "this is not valid YAML"),
    "a list": (["decide", "-"], "[1]", NOT_UNDERSTOOD, "`-` should be a table"),
    "a missing file": (["decide", "nowhere.yaml"], "", NOT_DONE, "nowhere.yaml: this file cannot"),
    "a folder": (["decide", "."], "", NOT_DONE, ".: this file cannot be read"),
    "a missing folder of norms": (
        ["decide", "-", "--norms", "nowhere"],
        EXAM,
        NOT_DONE,
        "nowhere: there is no folder of norms here",
    ),
    "a day option that is none": (
        ["decide", "-", "--as-of", "tomorrow"],
        EXAM,
        NOT_UNDERSTOOD,
        "--as-of: `tomorrow` is not a day",
    ),
    "a week as a day": (
        ["decide", "-", "--as-of", "2026-W48-1"],
        EXAM,
        NOT_UNDERSTOOD,
        "is not a day",
    ),
    "a misspelt option": (["decide", "-", "--jsn"], EXAM, NOT_UNDERSTOOD, "--jsn"),
    "a language we do not speak": (["decide", "-", "--lang", "fr"], EXAM, NOT_UNDERSTOOD, "'fr'"),
    "no file": (["decide"], "", NOT_UNDERSTOOD, "Missing argument"),
    "a verb that is none": (["decied"], "", NOT_UNDERSTOOD, "decied"),
    "a norm that is none": (
        ["explain", "us/federal/nothing", "-"],
        EXAM,
        NOT_UNDERSTOOD,
        "there is no norm `us/federal/nothing`",
    ),
    "a fact that is none": (["facts", "agancy"], "", NOT_UNDERSTOOD, "did you mean `agency`?"),
    "a place that is none": (
        ["norms", "--jurisdiction", "us/xx"],
        "",
        NOT_UNDERSTOOD,
        "`us/xx` is no place that is known here",
    ),
    "a place to ask in that is none": (["ask", "--jurisdiction", "mx"], "", NOT_UNDERSTOOD, "`mx`"),
    "a day to ask on that is none": (["ask", "--as-of", "x"], "", NOT_UNDERSTOOD, "`x` is not a"),
    "nothing to check": (["check", "nowhere"], "", NOT_DONE, "nowhere: there is no folder"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_wrong_gets_its_sentence_and_its_exit_code(name: str) -> None:
    words, stdin, code, sentence = REFUSED[name]

    ran = run(*words, stdin=stdin)

    assert (ran.code, find_traces(ran), ran.out) == (code, [], "")
    assert sentence in ran.err


def test_bytes_that_are_no_text_are_refused() -> None:
    ran = run("decide", "-", stdin=b"jurisdiction: us/tx\nx: \xff\xfe")

    assert (ran.code, find_traces(ran)) == (NOT_UNDERSTOOD, [])
    assert "-, line 2: this file is not UTF-8 text" in ran.err


def test_all_problems_come_together_each_on_its_line_in_the_language_asked_for() -> None:
    text = "as_of: soon\njurisdiction: us/t\nfacts: {agancy: ice, agency: icee}"

    english = run("decide", "-", stdin=text)
    spanish = run("decide", "-", "--lang", "es", stdin=text)

    assert len(english.err.splitlines()) == len(spanish.err.splitlines()) == 4
    assert "line 3, column 9" in english.err
    assert "línea 3, columna 9: a nadie se le pregunta nunca `agancy`" in spanish.err


# --- answers


def test_a_situation_is_answered_as_text_and_nothing_goes_to_standard_error() -> None:
    ran = run("decide", "-", stdin=EXAM)

    assert ran.code in {ANSWERED, NEEDS_SOMEBODY}
    assert ran.err == ""
    assert "Say: “" in ran.out
    assert "Call: " in ran.out
    assert "Not legal advice; counsel of this hospital decides." in ran.out
    assert "\033" not in ran.out


def test_the_same_answer_is_given_in_spanish() -> None:
    ran = run("decide", "-", "--lang", "es", stdin=EXAM)

    assert "Diga: “" in ran.out
    assert "Español sin revisión humana." in ran.out
    assert not {"Say:", "Call:", "Why:"} & set(ran.out.split())


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", ["within 48 hours", "Allowed\n", "Presumed, because nobody answered", "  … +"]),
        ("es", ["dentro de 48 horas", "Permitido\n", "no hay ninguna orden del tribunal"]),
    ],
)
def test_an_answer_says_in_words_what_is_allowed_due_and_presumed(
    lang: str, said: list[str]
) -> None:
    scene = REPOSITORY / "examples" / "scenes" / "nursing" / "tx.yaml"

    ran = run("decide", str(scene), "--lang", lang)

    assert [words for words in said if words not in ran.out] == []
    assert "PT" not in ran.out


@pytest.mark.parametrize(
    ("written", "en", "es"),
    [
        ("PT1H", "1 hour", "1 hora"),
        ("P3M", "3 months", "3 meses"),
        ("P1DT15M", "1 day 15 minutes", "1 día 15 minutos"),
        (
            "P1Y2WT1M30S",
            "1 year 2 weeks 1 minute 30 seconds",
            "1 año 2 semanas 1 minuto 30 segundos",
        ),
    ],
)
def test_a_duration_is_said_in_words(written: str, en: str, es: str) -> None:
    assert (say_duration(written, ENGLISH), say_duration(written, SPANISH)) == (en, es)


def test_json_and_yaml_get_the_same_answer() -> None:
    yaml = (
        "jurisdiction: us/tx\nas_of: 2026-11-23\n"
        "facts: {activity: exam, in_custody: yes, agency: ice}\n"
    )

    assert (
        run("decide", "-", "--json", stdin=yaml).out == run("decide", "-", "--json", stdin=EXAM).out
    )


def test_the_exit_code_says_whether_somebody_is_needed() -> None:
    for text in (EXAM, STUCK):
        ran = run("decide", "-", "--json", stdin=text)
        unsettled = [
            d
            for d in ran.json()["dimensions"].values()
            if d["touched"] and d["outcome"] in {"conflict", "hold"}
        ]
        assert ran.code == (NEEDS_SOMEBODY if unsettled else ANSWERED)


def test_the_day_of_the_option_goes_before_the_day_of_the_file() -> None:
    ran = run("decide", "-", "--json", "--as-of", "2012-06-01", stdin=EXAM)

    assert ran.json()["as_of"] == "2012-06-01"
    assert (
        ran.json()["edition"]["in_force"]
        < run("decide", "-", "--json", stdin=EXAM).json()["edition"]["in_force"]
    )


def test_a_file_gets_the_answer_that_standard_input_gets(tmp_path: Path) -> None:
    file = tmp_path / "exam.json"
    file.write_text(EXAM)

    assert run("decide", str(file), "--json").out == run("decide", "-", "--json", stdin=EXAM).out


def test_a_hospitals_own_norms_are_laid_over_the_shipped_ones(tmp_path: Path) -> None:
    sound = Path(__file__).parents[2] / "rules" / "sound_norm.yaml"
    own = tmp_path / "hospital" / "mine" / "out-of-hearing.yaml"
    own.parent.mkdir(parents=True)
    own.write_bytes(sound.read_bytes())
    laid = EXAM.replace('"as_of"', '"overlays": ["hospital/mine"], "as_of"')
    laid = laid.replace('"agency"', '"danger": "none", "agency"')

    refused = run("decide", "-", stdin=laid)
    ran = run("decide", "-", "--json", "--norms", str(tmp_path), stdin=laid)

    assert refused.code == NOT_UNDERSTOOD
    assert "hospital/mine/out-of-hearing" in str(ran.json()["dimensions"]["position"])
    own.write_text(own.read_text().replace("kind: statute", "kind: statue"))
    broken = run("decide", "-", "--norms", str(tmp_path), stdin=laid)
    assert broken.code == NOT_UNDERSTOOD
    assert "out-of-hearing.yaml, line 12, column 1: `kind` is never `statue`" in broken.err


def test_an_agencys_rules_are_found_near_the_file_that_names_them(tmp_path: Path) -> None:
    file = REPOSITORY / "examples" / "collisions" / "o07b-the-day-of-the-sheriffs-order.yaml"
    moved = tmp_path / "moved.yaml"
    moved.write_bytes(file.read_bytes())
    norm = "agencies/cook-county-sheriff/eo-32-12-2-constant-sight"
    exam = file.with_name("o01-prison-escort-in-a-pelvic-exam.yaml")

    near, far = run("decide", str(file), "--json"), run("decide", str(moved))
    given = run("decide", str(moved), "--json", "--norms", str(REPOSITORY / "examples"))

    assert near.json() == given.json()
    assert far.code == NOT_UNDERSTOOD
    assert "there is no overlay `agencies/cook-county-sheriff`" in far.err
    assert run("explain", norm, str(exam)).code == ANSWERED


def test_what_lies_near_a_file_that_does_not_name_it_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "agencies" / "strange").mkdir(parents=True)
    (tmp_path / "agencies" / "strange" / "a.yaml").write_text("no norm\n")
    file = tmp_path / "exam.json"
    file.write_text(EXAM)

    ran = run("decide", str(file), "--json")
    file.write_text(EXAM.replace('"as_of"', f'"overlays": ["agencies/{"a" * 5000}"], "as_of"'))

    assert run("decide", str(file)).code == NOT_UNDERSTOOD
    assert ran.json() == run("decide", "-", "--json", stdin=EXAM).json()


# --- the other verbs


def test_explain_says_what_would_make_a_norm_speak() -> None:
    norm = "hospital/sample/care-in-private"
    rest = EXAM.replace('"exam"', '"rest", "danger": "none"')

    ran = run("explain", norm, "-", stdin=rest)
    rows = run("explain", norm, "-", "--json", stdin=rest).json()

    assert (ran.code, ran.err) == (ANSWERED, "")
    assert "It would speak if `activity` were" in ran.out
    assert rows["speaks"] == "no"
    assert "exam" in rows["changes"][0]["values"]
    assert (
        "Hablaría si `activity` fuera" in run("explain", norm, "-", "--lang", "es", stdin=rest).out
    )


def test_explain_names_the_nearest_norm() -> None:
    ran = run("explain", "hospital/sample/care-in-privat", "-", stdin=EXAM)

    assert "did you mean `hospital/sample/care-in-private`?" in ran.err


def test_facts_lists_every_fact_and_every_dimension() -> None:
    rows = run("facts", "--json").json()

    assert rows["facts"]["agency"][:2] == ["ice", "cbp"]
    assert "outside_door" in rows["dimensions"]["position"]
    assert run("facts", "agency").out.startswith("agency (")
    assert "ice, cbp" in run("facts", "agency", "--lang", "es").out


def test_norms_are_found_by_place_source_day_and_words() -> None:
    every = run("norms", "--json").json()
    here = run("norms", "--json", "--jurisdiction", "us/tx").json()
    cms = run("norms", "--json", "--source", "42 cfr 482.13").json()
    then = run("norms", "--json", "--as-of", "1990-01-01").json()
    found = run("norms", "--json", "--find", "PRIVAC").json()

    assert 0 < len(here) < len(every)
    assert not any(row["id"].startswith("us/ca/") for row in here)
    assert cms
    assert all("482.13" in f"{row['cite']} {row['title']}" for row in cms)
    assert len(then) < len(every)
    assert 0 < len(found) < len(every)
    assert run("norms", "--find", "zzzz").out == "0 norms.\n"


def test_check_tells_of_sound_files_and_reports_each_problem_as_a_row(tmp_path: Path) -> None:
    rules = Path(__file__).parents[2] / "rules"
    broken = rules / "malformed" / "condition.unknown-fact.yaml"

    sound = run("check", str(rules / "sound_norm.yaml"))
    rows = run("check", str(broken), "--json")

    assert (sound.code, sound.out) == (ANSWERED, "1 files, no problems.\n")
    assert rows.code == NOT_UNDERSTOOD
    assert [(r["code"], r["line"], r["column"]) for r in rows.json()] == [
        ("condition.unknown-fact", 20, 8)
    ]
    assert run("check", str(broken)).err.startswith(f"{broken}, line 20, column 8: ")
    (tmp_path / "us").mkdir()
    (tmp_path / "us" / "folder.yaml").mkdir()
    assert "folder.yaml: this file cannot be read" in run("check", str(tmp_path)).err
