"""The two stores, so that one test speaks of both; and a software token."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sealing_cast import PIN, AnyStore, sqlite_store

from bedside.trust.sealing.memory_store import MemoryStore

LIBRARIES = (
    "/usr/lib/softhsm/libsofthsm2.so",
    "/usr/lib64/pkcs11/libsofthsm2.so",
    "/usr/lib64/libsofthsm2.so",
    "/usr/local/lib/softhsm/libsofthsm2.so",
    "/opt/homebrew/lib/softhsm/libsofthsm2.so",
)


@pytest.fixture(params=["memory", "sqlite"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[AnyStore]:
    if request.param == "memory":
        yield MemoryStore()
        return
    opened = sqlite_store(tmp_path)
    yield opened
    opened.close()


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
