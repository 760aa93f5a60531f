"""Keys and certificates made for a test: a hospital's authority, its signer, strangers, a clock."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO
from pathlib import Path
from threading import Thread
from typing import Any

from asn1crypto import keys as asn1_keys  # type: ignore[import-untyped]  # it ships no types
from asn1crypto import tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.types import CertificatePublicKeyTypes
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from paper_cast import NIGHT
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, Signer, signers
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper
from typing_extensions import override

from bedside.record.letters.paper.signer import read_certificate, read_signer
from bedside.record.letters.paper.verify import Trust

START, END = NIGHT - timedelta(days=30), NIGHT + timedelta(days=365)
PASSPHRASE = b"a test's own"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A key and its certificate, each in a file."""

    key: Path
    certificate: Path
    own: x509.Certificate
    private: Any


def issue(
    name: str,
    public: CertificatePublicKeyTypes,
    by: tuple[x509.Name, ec.EllipticCurvePrivateKey],
    *,
    term: tuple[datetime, datetime] = (START, END),
    stamps: bool = False,
) -> x509.Certificate:
    """Make out a certificate in the name of an authority."""
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(by[0])
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(term[0])
        .not_valid_after(term[1])
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(is_authority=False), critical=True)
    )
    if stamps:
        purpose = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
        builder = builder.add_extension(purpose, critical=True)
    return builder.sign(by[1], hashes.SHA256())


def _usage(*, is_authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True,
        content_commitment=not is_authority,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=is_authority,
        crl_sign=is_authority,
        encipher_only=False,
        decipher_only=False,
    )


@cache
def authority() -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
    """The authority that vouches for the hospital's keys."""
    return _authority("Sample hospital authority")


def _authority(name: str) -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    return issue_root(subject, key), key


def issue_root(subject: x509.Name, key: ec.EllipticCurvePrivateKey) -> x509.Certificate:
    """Make out the certificate of an authority to itself, for a long time."""
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(START - timedelta(days=3650))
        .not_valid_after(END + timedelta(days=3650))
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(_usage(is_authority=True), critical=True)
        .sign(key, hashes.SHA256())
    )


def make_pair(
    folder: Path,
    name: str = "Sample hospital letters",
    *,
    term: tuple[datetime, datetime] = (START, END),
    by: tuple[x509.Certificate, ec.EllipticCurvePrivateKey] | None = None,
) -> Pair:
    """Make a signing key and its certificate, and lay both into files."""
    root, root_key = by or authority()
    private = ec.generate_private_key(ec.SECP256R1())
    own = issue(name, private.public_key(), (root.subject, root_key), term=term)
    key, certificate = folder / f"{name}.key.pem", folder / f"{name}.crt.pem"
    key.write_bytes(
        private.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.BestAvailableEncryption(PASSPHRASE),
        )
    )
    certificate.write_bytes(own.public_bytes(serialization.Encoding.PEM))
    return Pair(key=key, certificate=certificate, own=own, private=private)


def signer_of(pair: Pair) -> Signer:
    """Open a pair as a signer."""
    return read_signer(pair.key, pair.certificate, passphrase=PASSPHRASE)


def stranger_authority() -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
    """An authority that the hospital does not know."""
    return _authority("Another authority")


def hospital_trust(folder: Path) -> Trust:
    """What somebody needs to check a letter: the authority's certificate, and the clock's."""
    return Trust(
        roots=(_read(folder, authority()[0]),),
        stamp_roots=(_read(folder, authority()[0]),),
    )


def _read(folder: Path, certificate: x509.Certificate) -> Any:  # noqa: ANN401 - the library's own
    file = folder / f"root-{certificate.serial_number}.pem"
    file.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    return read_certificate(file)


@cache
def _stamper() -> DummyTimeStamper:
    """A stamping authority with a real key, at a time of the test."""
    private = rsa.generate_private_key(65537, 2048)
    root, root_key = authority()
    own = issue("Sample clock", private.public_key(), (root.subject, root_key), stamps=True)
    der = private.private_bytes(
        serialization.Encoding.DER,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return DummyTimeStamper(
        asn1_x509.Certificate.load(own.public_bytes(serialization.Encoding.DER)),
        asn1_keys.PrivateKeyInfo.load(der),
        fixed_dt=NIGHT + timedelta(minutes=1),
    )


@contextmanager
def stamp_server(*, answers: bool = True) -> Iterator[str]:
    """Run a stamp server of RFC 3161 on this machine, or one that answers nonsense."""

    class Desk(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            asked = tsp.TimeStampReq.load(body)
            reply = _stamper().request_tsa_response(asked).dump() if answers else b"nonsense"
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.end_headers()
            self.wfile.write(reply)

        @override
        def log_message(self, *_: object) -> None:
            """Keep the output of the tests clean."""

    server = HTTPServer(("127.0.0.1", 0), Desk)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def forge(pdf: bytes, signer: Signer, **more: Any) -> bytes:  # noqa: ANN401 - what a forger likes
    """Sign as somebody would who does not use Bedside."""
    meta = PdfSignatureMetadata(field_name="Other", **more)
    session = signers.PdfSigner(meta, signer)
    return bytes(session.sign_pdf(IncrementalPdfFileWriter(BytesIO(pdf))).getvalue())
