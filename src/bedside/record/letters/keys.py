"""The key that a hospital signs its letters with: made at the first use, or kept in a token.

Both files lie in a folder of mode 0700 beside the record; the folder appears whole or not at all,
so that two processes that begin at one moment end up with the same pair. Where a file
`letters-token.toml` lies there, the key never leaves the device that it names.
"""

import os
import shutil
import tempfile
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bedside.record.letters.paper.signer import read_certificate, read_signer
from bedside.record.letters.paper.token_signer import TokenPlace, open_token_signer
from bedside.record.letters.paper.verify import Trust
from bedside.trust.sealing.secret import Random

if TYPE_CHECKING:
    from pyhanko.sign import Signer

    from bedside.record.letters.paper.stamps import StampServer

TOKEN_FILE: Final = "letters-token.toml"  # noqa: S105 - the name of a file
STAMPS_FILE: Final = "letters-stamps.txt"  # the address of a stamp server, on one line
LONGEST_NAME: Final = 64  # of a common name, by X.520
TERM: Final = timedelta(days=5 * 365)
BEFORE: Final = timedelta(hours=1)  # clocks of one house may differ


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyPlace:
    """Where the key of a hospital lies, and in whose name it signs."""

    folder: Path  # of the record
    site: str
    name: str

    @property
    def own(self) -> Path:
        """The folder of this hospital's pair."""
        return self.folder / f"letters-{self.site}"

    @property
    def certificate(self) -> Path:
        """The file that says whose key it is; hand it to whoever checks letters."""
        return self.own / "letters.pem"

    @property
    def key(self) -> Path:
        """The file of the key."""
        return self.own / "letters.key"


@contextmanager
def open_signer(place: KeyPlace, *, at: datetime, random: Random) -> Iterator["Signer"]:
    """Open what signs the letters of a hospital; its own pair is made at the first use."""
    token = place.folder / TOKEN_FILE
    if token.exists():
        said = tomllib.loads(token.read_text(encoding="utf-8"))
        where = TokenPlace(library=Path(said["library"]), token=said["token"], key=said["key"])
        certificate = read_certificate(Path(said["certificate"]))
        pin = Path(said["pin_file"]).read_text(encoding="utf-8").strip()
        with open_token_signer(where, pin=pin, certificate=certificate) as signer:
            yield signer
        return
    make_pair(place, at=at, random=random)
    yield read_signer(place.key, place.certificate)


def find_stamps(place: KeyPlace) -> "StampServer | None":
    """Find the stamp server that the house has set, if any."""
    # The library takes a third of a second to load; a house without a server never needs it.
    file = place.folder / STAMPS_FILE
    if not file.exists():
        return None
    from bedside.record.letters.paper.stamps import StampServer

    return StampServer(file.read_text(encoding="utf-8").strip())


def find_trust(place: KeyPlace) -> Trust:
    """Find whose signatures are this hospital's; nobody's before the first letter."""
    token = place.folder / TOKEN_FILE
    roots = [place.certificate]
    if token.exists():
        said = tomllib.loads(token.read_text(encoding="utf-8"))
        roots += [Path(said["certificate"]), *map(Path, said.get("roots", []))]
    stamps = place.folder / "letters-stamps.pem"
    return Trust(
        roots=tuple(read_certificate(file) for file in roots if file.exists()),
        stamp_roots=(read_certificate(stamps),) if stamps.exists() else (),
    )


def make_pair(place: KeyPlace, *, at: datetime, random: Random) -> None:
    """Make a key and its certificate, unless they are there."""
    if place.certificate.exists():
        return
    place.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(prefix="letters-new-", dir=place.folder))
    key, certificate = _draw_pair(place.name, at, int.from_bytes(random(8), "big") + 1)
    _write(made / place.key.name, key)
    _write(made / place.certificate.name, certificate)
    with suppress(OSError):  # another process was first: its pair stands
        made.rename(place.own)
    shutil.rmtree(made, ignore_errors=True)


def _draw_pair(name: str, at: datetime, serial: int) -> tuple[bytes, bytes]:
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name[:LONGEST_NAME])])
    nothing_else = dict.fromkeys(
        (
            "key_encipherment",
            "data_encipherment",
            "key_agreement",
            "key_cert_sign",
            "crl_sign",
            "encipher_only",
            "decipher_only",
        ),
        False,
    )
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(serial)
        .not_valid_before(at - BEFORE)
        .not_valid_after(at + TERM)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(digital_signature=True, content_commitment=True, **nothing_else),
            critical=True,
        )
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return private, made.public_bytes(serialization.Encoding.PEM)


def _write(file: Path, content: bytes) -> None:
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        out.write(content)
