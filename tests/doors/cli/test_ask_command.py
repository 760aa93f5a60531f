"""Ask puts one question after another, and only those that could change the answer."""

import pytest
from command_cast import (
    ANSWERED,
    NEEDS_SOMEBODY,
    Ran,
    find_traces,
    run,
)


def answer(*lines: str, lang: str = "en") -> Ran:
    text = "".join(f"{line}\n" for line in lines)
    return run("ask", "--as-of", "2026-11-23", "--lang", lang, stdin=text)


def test_ask_goes_on_until_nothing_more_would_change_the_answer() -> None:
    ran = answer("exam", *[""] * 20)

    assert ran.code in {ANSWERED, NEEDS_SOMEBODY}
    assert find_traces(ran) == []
    assert "What is happening now?" in ran.err
    assert "Not legal advice" in ran.out


def test_ask_takes_numbers_and_words_alike() -> None:
    by_word = answer("triage", "q")
    by_number = answer("1", "q")

    assert by_word.out == by_number.out


def test_ask_stops_at_q_and_at_the_end_of_what_is_typed() -> None:
    assert answer("q").out == answer().out
    assert "Not legal advice" in answer("exam", "q").out


@pytest.mark.parametrize("line", ["0", "999", "-1", "٣", "x" * 5_000, "\x00", "exam; ls", "🙂"])
def test_an_answer_that_is_none_counts_as_not_known(line: str) -> None:
    ran = answer(line, "q")

    assert ran.code in {ANSWERED, NEEDS_SOMEBODY}
    assert find_traces(ran) == []


def test_ask_speaks_spanish() -> None:
    ran = answer("exam", "q", lang="es")

    assert "¿" in ran.err
    assert "No es asesoría legal" in ran.out


def test_an_answered_question_is_not_asked_again() -> None:
    ran = answer("exam", *["1"] * 20)
    asked = [line for line in ran.err.splitlines() if line.endswith("?")]

    assert len(asked) == len(set(asked)) <= 7
