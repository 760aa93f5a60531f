"""Check a letter that somebody holds, offline: who signed it, whether it is whole, when it ends.

An added revision leaves the signature mathematically intact, so that alone is never asked: the
difference between what was signed and what is there must be nothing.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Final

from bedside.record.letters.paper.certificate import Certificate
from bedside.record.letters.paper.sheet import MARK
from bedside.record.letters.paper.signer import name_of
from bedside.record.letters.paper.verdict import Printed, State, Verdict

if TYPE_CHECKING:
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import EmbeddedPdfSignature
    from pyhanko.sign.validation.status import PdfSignatureStatus
    from pyhanko_certvalidator import ValidationContext

MOST_BYTES: Final = 5_000_000
CLOCKS_APART: Final = timedelta(minutes=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trust:
    """Whose signatures are the hospital's, and whose stamps of time are believed."""

    roots: tuple[Certificate, ...]
    stamp_roots: tuple[Certificate, ...] = ()


def verify_letter(
    pdf: bytes, trust: Trust, *, at: datetime, superseded_by: int | None = None
) -> Verdict:
    """Say how a letter stands at that moment; `superseded_by` is what the record knows of it."""
    read = _read(pdf)
    if read is None:
        return Verdict(state=State.NOT_A_LETTER)
    reader, printed = read
    closing = _find_closing(reader)
    if closing is None:
        return Verdict(state=State.NOT_SIGNED, printed=printed)
    return _judge(closing, trust, printed, at=at, superseded_by=superseded_by)


def _read(pdf: bytes) -> "tuple[PdfFileReader, Printed] | None":
    """Open a file and find what it says of itself; nothing if it is no letter."""
    from pyhanko.pdf_utils.reader import PdfFileReader

    if len(pdf) > MOST_BYTES:
        return None
    try:
        reader = PdfFileReader(BytesIO(pdf))
        words = str(reader.trailer["/Info"]["/Keywords"])
    except Exception:  # noqa: BLE001 - hostile files make the reader fail in any way
        return None
    printed = _read_keywords(words)
    return (reader, printed) if printed else None


def _read_keywords(words: str) -> Printed | None:
    parts = [part.strip() for part in words.split(",")]
    said = dict(part.split("=", 1) for part in parts if "=" in part)
    try:
        return (
            Printed(
                letter=said["letter"],
                version=int(said["version"]),
                reader=said["reader"],
                scope_version=int(said["scope"]),
                ends_at=datetime.fromtimestamp(int(said["ends"]), UTC),
                press=said["press"],
            )
            if MARK in parts
            else None
        )
    except (KeyError, ValueError, OverflowError, OSError):
        return None


def _find_closing(reader: "PdfFileReader") -> "EmbeddedPdfSignature | None":
    """Find the signature that closes the letter: a certification that allows no change."""
    from pyhanko.sign.fields import MDPPerm

    try:
        found = reader.embedded_regular_signatures
        closing = [one for one in found if one.docmdp_level is MDPPerm.NO_CHANGES]
    except Exception:  # noqa: BLE001 - hostile files make the reader fail in any way
        return None
    return closing[0] if closing else None


def _judge(
    closing: "EmbeddedPdfSignature",
    trust: Trust,
    printed: Printed,
    *,
    at: datetime,
    superseded_by: int | None,
) -> Verdict:
    try:
        status = asyncio.run(_validate(closing, trust))
        certificate, state = closing.signer_cert, _find_state(status, closing)
    except Exception:  # noqa: BLE001 - hostile files make the reader fail in any way
        return Verdict(state=State.ALTERED, printed=printed)
    stamp = status.timestamp_validity
    stamped_at = stamp.timestamp if stamp and stamp.trusted and stamp.valid else None
    signed_at = stamped_at or status.signer_reported_dt
    if state is State.VALID:
        state = _find_state_in_time(certificate, printed, signed_at, at=at, later=superseded_by)
    return Verdict(
        state=state,
        printed=printed,
        signer=name_of(certificate),
        signed_at=status.signer_reported_dt,
        stamped_at=stamped_at,
        superseded_by=superseded_by if state is State.SUPERSEDED else None,
    )


async def _validate(closing: "EmbeddedPdfSignature", trust: Trust) -> "PdfSignatureStatus":
    from pyhanko.sign.validation import async_validate_pdf_signature

    # A key counts as of the time of signing: a letter outlives the key that signed it.
    return await async_validate_pdf_signature(
        closing,
        signer_validation_context=_context(trust.roots, closing.self_reported_timestamp),
        ts_validation_context=_context(trust.stamp_roots, closing.self_reported_timestamp),
    )


def _context(roots: Sequence[Certificate], moment: datetime | None) -> "ValidationContext":
    from pyhanko_certvalidator import ValidationContext

    return ValidationContext(trust_roots=list(roots), moment=moment, allow_fetching=False)


def _find_state(status: "PdfSignatureStatus", closing: "EmbeddedPdfSignature") -> State:
    """Say whether the bytes and the key are right, whatever the time."""
    if not (status.intact and status.valid and _is_unchanged(status) and _is_filled(closing)):
        return State.ALTERED
    return State.VALID if status.trusted else _blame_key(status)


def _find_state_in_time(
    certificate: Certificate,
    printed: Printed,
    signed_at: datetime | None,
    *,
    at: datetime,
    later: int | None,
) -> State:
    """Say how a genuine letter stands at that moment."""
    if signed_at is None or at < signed_at - CLOCKS_APART:
        return State.NOT_YET
    if not certificate.not_valid_before <= signed_at <= certificate.not_valid_after:
        return State.KEY_EXPIRED
    if later is not None and later > printed.version:
        return State.SUPERSEDED
    return State.EXPIRED if at >= printed.ends_at else State.VALID


def _is_unchanged(status: "PdfSignatureStatus") -> bool:
    """Tell whether nothing was added to the signed file, by what the difference analysis found."""
    from pyhanko.sign.diff_analysis import ModificationLevel
    from pyhanko.sign.validation.status import SignatureCoverageLevel

    return (
        status.docmdp_ok is True
        and status.modification_level is ModificationLevel.NONE
        and status.coverage is SignatureCoverageLevel.ENTIRE_FILE
    )


def _is_filled(closing: "EmbeddedPdfSignature") -> bool:
    """Tell whether the room kept for the signature holds it, then zeros, and is written plainly.

    The signature cannot cover its own room; without this, bytes in it could be changed.
    """
    room, signature = bytes(closing.pkcs7_content), closing.signed_data.dump()
    start = room.find(signature)
    if start < 0 or room[start + len(signature) :].strip(b"\0"):
        return False
    _, end, onward, _ = (int(number) for number in closing.byte_range)
    stream = closing.reader.stream
    stream.seek(end)
    written = bytes(stream.read(onward - end))
    return written == b"<" + room.hex().upper().encode() + b">"


def _blame_key(status: "PdfSignatureStatus") -> State:
    """Tell a key that was out of its term from one that the hospital does not vouch for."""
    from pyhanko.sign.ades.report import AdESIndeterminate

    late = {
        AdESIndeterminate.OUT_OF_BOUNDS_NO_POE,
        AdESIndeterminate.OUT_OF_BOUNDS_NOT_REVOKED,
    }
    return State.KEY_EXPIRED if status.trust_problem_indic in late else State.OTHER_KEY
