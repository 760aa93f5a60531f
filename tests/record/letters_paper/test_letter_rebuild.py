"""A signed letter can be printed again from its claims, and differs if a claim does."""

from dataclasses import replace

import pytest
from paper_cast import NIGHT, lay_out, night_claims

from bedside.record.letters.paper.edition import press_edition
from bedside.record.letters.paper.press import open_press
from bedside.record.letters.paper.rebuild import Rebuilt, compare_rebuilt
from bedside.record.letters.paper.verdict import Printed
from bedside.record.letters.paper.verify import Trust, verify_letter
from bedside.rules.attestation.plain import read_claim, write_claim


@pytest.fixture
def printed(letter: bytes, trust: Trust) -> Printed:
    found = verify_letter(letter, trust, at=NIGHT).printed
    assert found is not None
    return found


def test_the_claims_of_the_record_give_the_signed_letter_again(
    letter: bytes, printed: Printed
) -> None:
    kept = [read_claim(write_claim(one)) for one in night_claims()]

    assert compare_rebuilt(letter, lay_out(claims=kept), open_press(), printed=printed) is (
        Rebuilt.SAME
    )


def test_one_claim_fewer_gives_another_letter(letter: bytes, printed: Printed) -> None:
    fewer = lay_out(claims=night_claims()[:-1])

    assert compare_rebuilt(letter, fewer, open_press(), printed=printed) is Rebuilt.DIFFERENT


def test_a_letter_of_another_press_is_not_called_different(letter: bytes, printed: Printed) -> None:
    older = replace(printed, press="0.14.0-0123456789ab")

    assert compare_rebuilt(letter, lay_out(), open_press(), printed=older) is Rebuilt.OTHER_PRESS


def test_a_letter_names_the_press_that_printed_it(printed: Printed) -> None:
    assert printed.press == press_edition()
