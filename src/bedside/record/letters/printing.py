"""Printing and signing the documents of a version, before anything of it is recorded."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from bedside.record.letters.keys import KeyPlace, find_stamps, open_signer
from bedside.record.letters.paper.press import Press
from bedside.record.letters.paper.sheet import Sheet
from bedside.rules.attestation.clause import Reader
from bedside.trust.sealing.secret import Random


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """One document on paper: what was set, and the signed file."""

    reader: Reader
    languages: str
    sheet: Sheet
    pdf: bytes

    def write(self) -> dict[str, object]:
        """Write what the ledger commits to: from this alone the paper can be printed again."""
        return {
            "check_at": self.sheet.check_at,
            "languages": self.languages,
            "pdf_sha256": sha256(self.pdf).hexdigest(),
            "printed_at": self.sheet.printed_at.isoformat(),
            "reader": self.reader.value,
            "sheet": self.sheet.content.decode(),
        }


def print_and_sign(
    sheets: Mapping[Reader, Sheet], press: Press, place: KeyPlace, *, at: datetime, random: Random
) -> tuple[Printed, ...]:
    """Print and sign every sheet with the hospital's key; nothing is recorded yet."""
    # The library that signs takes a third of a second to load; reading pages never needs it.
    from bedside.record.letters.paper.sign import sign_letter

    with open_signer(place, at=at, random=random) as signer:
        stamps = find_stamps(place)
        return tuple(
            Printed(
                reader=reader,
                languages=_find_languages(sheet),
                sheet=sheet,
                pdf=sign_letter(press.print(sheet), signer, at=at, stamps=stamps),
            )
            for reader, sheet in sheets.items()
        )


def _find_languages(sheet: Sheet) -> str:
    return str(json.loads(sheet.content)["lang"])
