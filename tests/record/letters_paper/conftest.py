"""One signing key for all tests of the paper, made when first asked for."""

from pathlib import Path

import pytest
from paper_cast import NIGHT, print_sheet
from paper_keys import Pair, hospital_trust, make_pair, signer_of
from pyhanko.sign import Signer

from bedside.record.letters.paper.sign import sign_letter
from bedside.record.letters.paper.verify import Trust


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("keys")


@pytest.fixture(scope="module")
def pair(folder: Path) -> Pair:
    return make_pair(folder)


@pytest.fixture(scope="module")
def signer(pair: Pair) -> Signer:
    return signer_of(pair)


@pytest.fixture(scope="module")
def trust(folder: Path) -> Trust:
    return hospital_trust(folder)


@pytest.fixture(scope="module")
def letter(signer: Signer) -> bytes:
    return sign_letter(print_sheet(), signer, at=NIGHT)
