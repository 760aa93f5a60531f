"""From what the rulebook answered here to the ground that a document stands on.

The rulebook is asked elsewhere; here its answer comes in as plain lookups, so that a letter's
rules stay beside it: which norms each word of a dimension would break, and which norms permit.
"""

from collections.abc import Collection, Mapping
from typing import TypeAlias

from bedside.rules.attestation.clause import Reader
from bedside.rules.attestation.readers import Basis, Disclosure, Ruling, load_bases

Broken: TypeAlias = Mapping[str, tuple[str, ...]]  # word of a dimension -> norms it would break

# The word of the dimension `disclosure` that giving each document amounts to.
AMOUNTS_TO = {Reader.CUSTODY: "care_needs_only", Reader.CLINICIAN: "clinical_summary"}
AS_ORDERED = "as_ordered"


def find_disclosure(
    reader: Reader, basis: Basis, *, reference: str, permissions: Collection[str], broken: Broken
) -> Disclosure:
    """Say on which norms a document would stand, and which stand against it.

    `permissions` are the norms that permit here, `broken` those that each word of `disclosure`
    would break, guidance left out. A patient is told about herself whatever others may know.
    """
    cites = load_bases()[basis].cites
    word = AS_ORDERED if basis is Basis.REQUIRED_BY_LAW else AMOUNTS_TO.get(reader, "")
    return Disclosure(
        basis=basis,
        reference=reference,
        opened_by=tuple(norm for norm in cites if norm in permissions),
        barred_by=broken.get(word, ()),
    )


def find_ruling(broken: Broken) -> Ruling:
    """Say which norms stand against each class, from what the words of `letter_claim` break.

    Guidance counts here: the principles of the profession are why a clinician declines.
    """
    return Ruling(against={word: norms for word, norms in broken.items() if norms})
