"""A key in a token wraps and unwraps there, and never comes out (SoftHSM)."""

import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from sealing_cast import DATA_KEY, DRAW, PIN, RECORD, fill, name, record_of, says_why, site_key

from bedside.trust.sealing.memory_store import MemoryStore
from bedside.trust.sealing.opening import Keyring, read_field
from bedside.trust.sealing.rotation import turn_key
from bedside.trust.sealing.token_key import (
    Place,
    TokenKey,
    TokenUnavailable,
    make_token_key,
    open_token_key,
)
from bedside.trust.sealing.wrap import KeyDoesNotFit, unwrap_key, wrap_key

NAME = name("role/privacy-officer")
LIBRARIES = (
    "/usr/lib/softhsm/libsofthsm2.so",
    "/usr/lib64/pkcs11/libsofthsm2.so",
    "/usr/lib64/libsofthsm2.so",
    "/usr/local/lib/softhsm/libsofthsm2.so",
    "/opt/homebrew/lib/softhsm/libsofthsm2.so",
)


def run(program: str) -> str:
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 - ours
    return done.stdout + done.stderr


@pytest.fixture(scope="session")
def token_library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SoftHSM token named `bedside`; the library reads where it lies when it is first loaded."""
    library = next((Path(one) for one in LIBRARIES if Path(one).exists()), None)
    program = shutil.which("softhsm2-util")
    if library is None or program is None:
        if not sys.platform.startswith("linux"):
            pytest.skip("this machine has no SoftHSM, so no token was tried")
        pytest.fail("SoftHSM is missing: apt-get install --no-install-recommends softhsm2")
    folder = tmp_path_factory.mktemp("token")
    (folder / "tokens").mkdir()
    settings = folder / "softhsm2.conf"
    settings.write_text(f"directories.tokendir = {folder / 'tokens'}\nlog.level = ERROR\n")
    os.environ["SOFTHSM2_CONF"] = str(settings)
    command = [program, "--init-token", "--free", "--label", "bedside", "--pin", PIN]
    subprocess.run([*command, "--so-pin", "2718"], check=True, capture_output=True)  # noqa: S603 - our own words
    return library


@pytest.fixture(scope="module")
def place(token_library: Path) -> Place:
    return Place(library=token_library, token="bedside", key="kek-1")  # noqa: S106 - a label


@pytest.fixture(scope="module")
def key(place: Place) -> TokenKey:
    return make_token_key(place, pin=PIN, name=NAME)


def test_a_token_wraps_and_unwraps(key: TokenKey) -> None:
    wrap = wrap_key(DATA_KEY, RECORD, key, random=DRAW)

    assert unwrap_key(wrap, key).fingerprint == DATA_KEY.fingerprint


def test_a_token_key_is_found_again(key: TokenKey, place: Place) -> None:
    wrap = wrap_key(DATA_KEY, RECORD, key, random=DRAW)

    again = open_token_key(place, pin=PIN, name=NAME)

    assert unwrap_key(wrap, again).fingerprint == DATA_KEY.fingerprint
    again.close()


def test_a_token_opens_nothing_that_was_changed_and_works_on(key: TokenKey) -> None:
    wrap = wrap_key(DATA_KEY, RECORD, key, random=DRAW)
    changed = wrap.wrapped[:-1] + bytes([wrap.wrapped[-1] ^ 1])

    for bad in (changed, wrap.wrapped[:-1], wrap.wrapped[:14], b"", b"\x11" + wrap.wrapped[1:]):
        with pytest.raises(KeyDoesNotFit):
            unwrap_key(replace(wrap, wrapped=bad), key)
    with pytest.raises(KeyDoesNotFit):
        unwrap_key(replace(wrap, generation=2), key)

    assert unwrap_key(wrap, key).fingerprint == DATA_KEY.fingerprint


def test_a_token_never_gives_its_key_away(key: TokenKey) -> None:
    import pkcs11

    inside = key._key  # noqa: SLF001 - what somebody with a debugger would try

    for attribute in (pkcs11.Attribute.VALUE,):
        with pytest.raises(pkcs11.PKCS11Error):
            inside[attribute]  # type: ignore[index] # the library types objects loosely
    assert repr(key) == "TokenKey(role/privacy-officer:1)"


def test_a_site_key_is_turned_into_a_token_key(key: TokenKey) -> None:
    store, old = MemoryStore(), site_key("role/privacy-officer", 2)
    said = fill(store, old)

    for _ in turn_key(store, old, key, random=DRAW):
        both = Keyring([old, key])
        assert all(read_field(store, record_of(at), both, at) == said[at] for at in said)

    assert all(read_field(store, record_of(at), Keyring([key]), at) == said[at] for at in said)


def test_threads_take_turns_at_a_token(key: TokenKey) -> None:
    wraps = [wrap_key(DATA_KEY, RECORD, key, random=DRAW) for _ in range(40)]

    with ThreadPoolExecutor(4) as pool:
        opened = list(pool.map(lambda wrap: unwrap_key(wrap, key).fingerprint, wraps))

    assert set(opened) == {DATA_KEY.fingerprint}


def test_a_token_that_is_not_there_says_so(place: Place) -> None:
    for missing in (
        replace(place, library=Path("/nowhere/libnothing.so")),
        replace(place, token="another"),  # noqa: S106 - a label
        replace(place, key="another"),
    ):
        with pytest.raises(TokenUnavailable) as refused:
            open_token_key(missing, pin=PIN, name=NAME)
        assert says_why(refused.value)


def test_a_wrong_pin_opens_no_token_and_is_not_repeated(place: Place) -> None:
    # In a process of its own: this one is logged in, and a token has one login a process.
    program = (
        "from pathlib import Path\n"
        "from bedside.trust.sealing.token_key import *\n"
        "from bedside.trust.sealing.wrap import KeyName\n"
        f"place = Place(library=Path({str(place.library)!r}), token='bedside', key='kek-1')\n"
        "try:\n    open_token_key(place, pin='99887766', name=KeyName(holder='a'))\n"
        "except TokenUnavailable as refusal:\n    print(refusal)\n"
    )

    said = run(program)

    assert "is not to be had (PinIncorrect)" in said
    assert "99887766" not in said


def test_a_closed_session_says_so(place: Place) -> None:
    again = open_token_key(place, pin=PIN, name=NAME)
    wrap = wrap_key(DATA_KEY, RECORD, again, random=DRAW)
    again.close()

    with pytest.raises(TokenUnavailable):
        wrap_key(DATA_KEY, RECORD, again, random=DRAW)
    with pytest.raises(TokenUnavailable):
        unwrap_key(wrap, again)


def test_sealing_loads_no_token_library_by_itself() -> None:
    program = "import sys, bedside.trust.sealing.token_key; print('pkcs11' in sys.modules)"

    said = run(program)

    assert said.strip() == "False"
