"""Sign a printed letter: a PAdES certification after which nothing may change."""

import asyncio
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, ClassVar, Final

from bedside.record.letters.paper.signer import name_of, verify_in_time
from bedside.record.letters.paper.stamps import StampUnavailable
from bedside.record.refusal import Refused

if TYPE_CHECKING:
    from pyhanko.sign import PdfSigner, Signer
    from pyhanko.sign.timestamps import TimeStamper

FIELD: Final = "Letter"
DIGEST: Final = "sha256"


class NotSigned(Refused):
    """A letter that the key or the file would not let be signed."""

    code: ClassVar[str] = "letters.not-signed"
    status: ClassVar[int] = 503
    en: ClassVar[str] = "The letter was not signed ({why}). The letter itself is kept; try again."
    es: ClassVar[str] = "La carta no se firmó ({why}). La carta está guardada; inténtelo de nuevo."


def sign_letter(
    pdf: bytes, signer: "Signer", *, at: datetime, stamps: "TimeStamper | None" = None
) -> bytes:
    """Sign a printed letter; its own bytes stay as they are, the signature follows them."""
    from pyhanko.sign import PdfSignatureMetadata, PdfSigner, fields
    from pyhanko.sign.general import SigningError
    from pyhanko.sign.timestamps import TimestampRequestError

    certificate = signer.signing_cert
    if certificate is None:
        raise NotSigned(why="the key has no certificate")
    verify_in_time(certificate, at=at)
    meta = PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm=DIGEST,
        certify=True,
        subfilter=fields.SigSeedSubFilter.PADES,
        docmdp_permissions=fields.MDPPerm.NO_CHANGES,
        name=name_of(certificate),
    )
    try:
        return asyncio.run(_sign(pdf, PdfSigner(meta, signer, timestamper=stamps), at))
    except TimestampRequestError as error:
        raise StampUnavailable(why=str(error)) from None
    except SigningError as error:
        raise NotSigned(why=str(error)) from None


async def _sign(pdf: bytes, signer: "PdfSigner", at: datetime) -> bytes:
    """Do what pyHanko's `sign_pdf` does, with our clock in the place of its own."""
    from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes

    from bedside.record.letters.paper.writer import QuietWriter

    session = signer.init_signing_session(QuietWriter(BytesIO(pdf)))
    session.system_time = at
    info = await session.perform_presign_validation()
    size = await session.estimate_signature_container_size(info)
    document = session.prepare_tbs_document(validation_info=info, bytes_reserved=size)
    prepared, output = document.digest_tbs_document()
    signed = await document.perform_signature(
        document_digest=prepared.document_digest,
        pdf_cms_signed_attrs=PdfCMSSignedAttributes(signing_time=at),
    )
    await signed.post_signature_processing(output)
    output.seek(0)
    return bytes(output.read())
