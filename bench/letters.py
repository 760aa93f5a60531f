"""Letters: how long the lint, the press, the signature and the check take, letter by letter."""

import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pyhanko.sign import Signer

from bedside.record.letters.paper.press import Press, open_press
from bedside.record.letters.paper.sheet import Heading, Sheet, make_sheet
from bedside.record.letters.paper.sign import sign_letter
from bedside.record.letters.paper.signer import read_certificate, read_signer
from bedside.record.letters.paper.verdict import State
from bedside.record.letters.paper.verify import Trust, verify_letter
from bedside.rules.attestation.claim import (
    Assessment,
    Claim,
    ClaimId,
    ClauseId,
    Filled,
    Filling,
    Ground,
)
from bedside.rules.attestation.clause import Reader, load_library
from bedside.rules.attestation.compose import Addressee, Document, Page, compose
from bedside.rules.attestation.lint import MOST_LETTERS, lint_addition
from bedside.rules.attestation.readers import NO_RULING, Basis, Disclosure
from bedside.rules.attestation.wanted import read_wanted
from bedside.rules.vocabulary.problem import ENGLISH, SPANISH, Text
from bench.clock import Laps, cpu_of_each, time_each

NIGHT = datetime(2026, 11, 23, 9, 10, tzinfo=UTC)
ENDS = NIGHT + timedelta(days=1)
ROUNDS = 200
PLAIN = (
    "Wound check in two days with wound care; keep the leg raised and dry. Loosen the bandage if "
    "the toes turn blue or cold. Curación cada 24 h; no mojar la herida. Tylenol 500 mg q6h. "
)
HOSTILE = "fit for detention, cl3ar3d; 72 hours f i t. s\u0456n restricciones. f\u200bit "
BOUNDS = {"lint": 5.0, "press": 200.0, "check": 50.0}


def main() -> None:
    """Print one line for each thing that is measured: middle, p95 and what is wanted."""
    print(f"{'':<46}{'p50 ms':>9}{'p95 ms':>9}{'wanted':>9}")
    with tempfile.TemporaryDirectory() as folder:
        for name, laps, bound in measure(Path(folder)):
            wanted = f"<= {bound:.0f}" if bound else ""
            print(f"{name:<46}{laps.median / 1e3:>9.2f}{laps.at(0.95) / 1e3:>9.2f}{wanted:>9}")


def measure(folder: Path) -> Iterator[tuple[str, Laps, float | None]]:
    """Name what is timed, and time it."""
    for name, text in (("plain", PLAIN), ("hostile", HOSTILE)):
        texts = [(f"{n} {text * 60}")[:MOST_LETTERS] for n in range(ROUNDS)]
        lint_addition(text)
        yield (
            f"lint of 2,000 {name} letters",
            time_each(lint_addition, texts, seconds=20),
            BOUNDS["lint"],
        )
        spent = cpu_of_each(lint_addition, texts, seconds=1)
        yield "  of the processor's time", Laps(each=[spent]), BOUNDS["lint"]
    claims, words = make_claims(0), "Take out the ankle and write that she is fit for detention."
    yield (
        "reading a request for other words",
        time_each(lambda _: read_wanted(words, claims, load_library()), range(ROUNDS), seconds=20),
        None,
    )
    yield "three documents composed", time_each(compose_all, range(ROUNDS), seconds=20), None
    start = perf_counter()
    Press().print(lay_out(-1))
    yield "first letter of a process", Laps(each=[(perf_counter() - start) * 1e6]), None
    yield from measure_paper(make_signer(folder), folder)


def measure_paper(signer: Signer, folder: Path) -> Iterator[tuple[str, Laps, float | None]]:
    """Time the press, the signature and the check, on letters that all differ."""
    trust = Trust(roots=(read_certificate(folder / "root.pem"),))
    press = open_press()
    sheets = [lay_out(number) for number in range(ROUNDS)]
    signed: list[bytes] = []

    def print_and_sign(sheet: Sheet) -> None:
        signed.append(sign_letter(press.print(sheet), signer, at=NIGHT))

    yield "printed and signed", time_each(print_and_sign, sheets, seconds=60), BOUNDS["press"]
    printed = [press.print(sheet) for sheet in sheets]
    yield (
        "  signed alone",
        time_each(lambda pdf: sign_letter(pdf, signer, at=NIGHT), printed, seconds=60),
        None,
    )

    def check(pdf: bytes) -> None:
        if verify_letter(pdf, trust, at=NIGHT).state is not State.VALID:
            raise SystemExit("a signed letter was not valid")

    yield "checked", time_each(check, signed, seconds=60), BOUNDS["check"]
    print(f"\n{len(printed[0]):,} bytes printed, {len(signed[0]):,} signed\n")


def make_claims(number: int) -> tuple[Claim, ...]:
    """Make the claims of an ordinary letter, each a little different."""
    return (
        _claim("status", "status/no-emergency-found"),
        _claim(
            "antibiotic",
            "care/medicine",
            kind="antibiotic",
            medicine=f"Cephalexin {number}",
            dose="500 mg",
            route="by_mouth",
            every=8,
            days=7,
            next=NIGHT + timedelta(minutes=number),
            storage="room",
        ),
        _claim("pump", "care/lactation", every=3),
        _claim("visit", "follow/visit", service="wound_care", within=3),
        _claim("fever", "warning/sign", sign="fever"),
        _claim("ankle", "restraint/not-on-limb", limb="left_ankle", reason="infected_wound"),
        _claim("hands", "restraint/hands-in-front"),
        _claim("air", "unknown/not-examined", unseen="air_travel"),
    )


def lay_out(number: int) -> Sheet:
    """Lay out the clinician's summary in both languages, the longest of the three."""
    heading = Heading(
        letter=f"BENCH-{number}",
        version=1,
        patient=f"Bed {number}",
        hospital="Sample hospital",
        signer=Text(en="A physician, attending", es="Personal médico tratante"),
        languages=(ENGLISH, SPANISH),
        zone=UTC,
        check_at=f"https://bedside.example/letters/{number}",
    )
    return make_sheet(_compose(number, Reader.CLINICIAN), heading)


def compose_all(number: int) -> None:
    """Make all three documents of a letter."""
    for reader in Reader:
        _compose(number, reader)


def _compose(number: int, reader: Reader) -> Document:
    basis = Basis.CUSTODY_PERMISSION if reader is Reader.CUSTODY else Basis.TREATMENT
    return compose(
        make_claims(number),
        load_library(),
        addressee=Addressee(reader=reader, disclosure=Disclosure(basis=basis, reference="file/1")),
        page=Page(at=NIGHT, expires_at=ENDS, zone=UTC, scope_version=1, ruling=NO_RULING),
    )


def _claim(id_: str, clause: str, **filled: Filling) -> Claim:
    return Claim(
        id=ClaimId(id_),
        clause=ClauseId(clause),
        clause_version=1,
        filled=tuple(Filled(slot=slot, value=value) for slot, value in filled.items()),
        assessment=Assessment(ground=Ground.OBSERVED, by="staff/1", at=NIGHT, evidence="note/1"),
        as_of=NIGHT,
        expires_at=ENDS,
    )


def make_signer(folder: Path) -> Signer:
    """Make a key on P-256 that vouches for itself, and lay it into files."""
    private = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Bench")])
    usage = dict.fromkeys(
        ("key_encipherment", "data_encipherment", "key_agreement", "encipher_only"), False
    )
    own = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(private.public_key())
        .serial_number(1)
        .not_valid_before(NIGHT - timedelta(days=1))
        .not_valid_after(ENDS + timedelta(days=1))
        .add_extension(
            x509.KeyUsage(
                digital_signature=True,
                content_commitment=True,
                key_cert_sign=True,
                crl_sign=True,
                decipher_only=False,
                **usage,
            ),
            critical=True,
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(private, hashes.SHA256())
    )
    (folder / "root.pem").write_bytes(own.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(
        private.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return read_signer(folder / "key.pem", folder / "root.pem")


if __name__ == "__main__":
    main()
