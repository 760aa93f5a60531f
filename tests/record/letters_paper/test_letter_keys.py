"""Only the hospital's own key, in its term, signs a letter; a stamp says when."""

import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from paper_cast import ENDS, NIGHT, print_sheet
from paper_keys import (
    END,
    PASSPHRASE,
    START,
    Pair,
    forge,
    make_pair,
    signer_of,
    stamp_server,
    stranger_authority,
)
from pyhanko.pdf_utils import generic
from pyhanko.sign import Signer, fields

from bedside.record.letters.paper.sign import sign_letter
from bedside.record.letters.paper.signer import (
    KeyDoesNotFit,
    KeyExpired,
    KeyUnreadable,
    read_signer,
)
from bedside.record.letters.paper.stamps import StampServer, StampUnavailable
from bedside.record.letters.paper.verdict import State
from bedside.record.letters.paper.verify import Trust, verify_letter

LIBRARIES = ("/usr/lib/softhsm/libsofthsm2.so", "/usr/lib64/pkcs11/libsofthsm2.so")
make: Any = generic  # pyHanko leaves its objects untyped
MORNING = NIGHT + timedelta(hours=5)


def test_a_stranger_with_the_same_name_is_not_the_hospital(folder: Path, trust: Trust) -> None:
    elsewhere = folder / "elsewhere"
    elsewhere.mkdir()
    stranger = make_pair(elsewhere, by=stranger_authority())

    verdict = verify_letter(
        sign_letter(print_sheet(), signer_of(stranger), at=NIGHT), trust, at=MORNING
    )

    assert verdict.state is State.OTHER_KEY
    assert "does not vouch for" in verdict.sentence.en


@pytest.mark.parametrize(
    "term", [(START - timedelta(days=90), START), (NIGHT + timedelta(days=1), END)]
)
def test_a_key_out_of_its_term_signs_nothing(folder: Path, term: Any) -> None:  # noqa: ANN401 - two days
    late = make_pair(folder, f"Late {term[0]:%Y%m%d}", term=term)

    with pytest.raises(KeyExpired) as caught:
        sign_letter(print_sheet(), signer_of(late), at=NIGHT)

    assert f"{term[1]:%Y-%m-%d}" in caught.value.say("en")
    assert "Revise el reloj" in caught.value.say("es")


def test_a_letter_signed_with_an_expired_key_is_refused(folder: Path, trust: Trust) -> None:
    over = make_pair(folder, "Over", term=(START, NIGHT - timedelta(hours=1)))
    certify = {"certify": True, "docmdp_permissions": fields.MDPPerm.NO_CHANGES}

    forged = forge(print_sheet(), signer_of(over), **certify)  # its clock runs today

    assert verify_letter(forged, trust, at=ENDS).state in {State.KEY_EXPIRED, State.NOT_YET}
    assert not verify_letter(forged, trust, at=ENDS + timedelta(days=9000)).is_genuine


def test_a_stamp_shows_that_a_key_was_over_whatever_the_signer_says(
    folder: Path, trust: Trust
) -> None:
    # Its term ends half a minute after the claimed time and before the time of the stamp.
    over = make_pair(folder, "Nearly over", term=(START, NIGHT + timedelta(seconds=30)))

    with stamp_server() as address:
        backdated = sign_letter(
            print_sheet(), signer_of(over), at=NIGHT, stamps=StampServer(address)
        )

    assert verify_letter(backdated, trust, at=MORNING).state is State.KEY_EXPIRED


def test_a_key_of_another_certificate_is_refused(folder: Path, pair: Pair) -> None:
    other = make_pair(folder, "Somebody else")

    with pytest.raises(KeyDoesNotFit) as caught:
        read_signer(pair.key, other.certificate, passphrase=PASSPHRASE)

    assert "Somebody else" in caught.value.say("en")


@pytest.mark.parametrize("passphrase", [b"wrong", None])
def test_a_key_that_does_not_open_is_named(pair: Pair, passphrase: bytes | None) -> None:
    with pytest.raises(KeyUnreadable) as caught:
        read_signer(pair.key, pair.certificate, passphrase=passphrase)

    assert pair.key.name in caught.value.say("en")


def test_a_key_or_certificate_that_is_not_there_is_named(tmp_path: Path, pair: Pair) -> None:
    missing, garbage = tmp_path / "none.pem", tmp_path / "garbage.pem"
    garbage.write_bytes(b"-----BEGIN nonsense")

    for key, certificate in (
        (missing, pair.certificate),
        (pair.key, missing),
        (garbage, pair.certificate),
        (pair.key, garbage),
    ):
        with pytest.raises(KeyUnreadable):
            read_signer(key, certificate, passphrase=PASSPHRASE)


def test_a_stamp_of_a_server_says_when_the_letter_was_there(signer: Signer, trust: Trust) -> None:
    with stamp_server() as address:
        stamped = sign_letter(print_sheet(), signer, at=NIGHT, stamps=StampServer(address))

    verdict = verify_letter(stamped, trust, at=MORNING)
    assert verdict.state is State.VALID
    assert verdict.stamped_at == NIGHT + timedelta(minutes=1)


def test_a_stamp_that_nobody_vouches_for_is_not_shown(signer: Signer, trust: Trust) -> None:
    with stamp_server() as address:
        stamped = sign_letter(print_sheet(), signer, at=NIGHT, stamps=StampServer(address))

    verdict = verify_letter(stamped, Trust(roots=trust.roots), at=MORNING)
    assert verdict.stamped_at is None


def test_a_server_that_answers_nonsense_or_not_at_all_is_said(signer: Signer) -> None:
    with stamp_server(answers=False) as address, pytest.raises(StampUnavailable):
        sign_letter(print_sheet(), signer, at=NIGHT, stamps=StampServer(address))

    with pytest.raises(StampUnavailable) as caught:  # nobody listens any more
        sign_letter(print_sheet(), signer, at=NIGHT, stamps=StampServer(address, seconds=1))

    assert "sign without the stamp" in caught.value.say("en")


def test_an_address_that_is_no_server_is_refused() -> None:
    with pytest.raises(StampUnavailable):
        StampServer("file:///etc/hosts")


def test_a_key_in_a_token_signs_and_never_comes_out(tmp_path: Path) -> None:
    import os
    import shutil

    library = next((one for one in LIBRARIES if Path(one).exists()), None)
    program = shutil.which("softhsm2-util")
    if library is None or program is None:
        pytest.fail("SoftHSM is missing: apt-get install --no-install-recommends softhsm2")
    (tmp_path / "tokens").mkdir()
    settings_file = tmp_path / "softhsm2.conf"
    settings_file.write_text(f"directories.tokendir = {tmp_path / 'tokens'}\nlog.level = ERROR\n")
    here = Path(__file__).parent
    around = {**os.environ, "SOFTHSM2_CONF": str(settings_file), "PYTHONPATH": str(here)}
    make = [program, "--init-token", "--free", "--label", "letters", "--pin", "3141"]
    subprocess.run([*make, "--so-pin", "2718"], check=True, capture_output=True, env=around)  # noqa: S603 - ours

    command = [sys.executable, str(here / "sign_in_token.py"), str(tmp_path), library]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=around)  # noqa: S603 - ours

    valid, wrong_pin, wrong_key, house = done.stdout.strip().splitlines()
    assert valid == "valid"
    assert "no responde (PinIncorrect)" in wrong_pin
    assert "no-such-key" in wrong_key
    assert house == "valid True False"  # stamped by the server, and no key made in the folder
