"""On what each of the three documents is given to its reader: what is on file for it."""

import json
from dataclasses import dataclass

from bedside.rules.attestation.clause import Reader
from bedside.rules.attestation.readers import Basis
from bedside.rules.vocabulary.catalogue import Value

TREATMENT = "treatment"


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounds:
    """The ground of the notice for the custodian; the other two rest on treatment."""

    basis: Basis = Basis.CUSTODY_PERMISSION
    need: str = ""  # what the custodian says the information is for, a word of the vocabulary
    purpose: str = ""  # in whose words, or which paper is on file
    receiver: str = ""  # the clinician who takes over, if one is named

    def basis_for(self, reader: Reader) -> Basis:
        """Say on what ground a reader gets their document."""
        return self.basis if reader is Reader.CUSTODY else Basis.TREATMENT

    def reference_for(self, reader: Reader) -> str:
        """Say what is on file for that ground."""
        match reader:
            case Reader.CUSTODY:
                return self.purpose
            case Reader.CLINICIAN:
                return self.receiver or TREATMENT
            case Reader.PATIENT:
                return TREATMENT

    def facts_for(self, reader: Reader) -> dict[str, Value]:
        """Say what the rules are asked when this document is given to its reader."""
        if reader is not Reader.CUSTODY:
            return {"activity": "discharge", "recipient": "receiving_clinician"}
        said: dict[str, Value] = {
            "activity": "discharge",
            "officer_asks": "letter",
            "recipient": "officer",
            "request_basis": "oral",
            "representation_purpose": self.need or "none",
        }
        match self.basis:
            case Basis.CONSENT:
                said["written_authorization"] = True
            case Basis.REQUIRED_BY_LAW:
                said["request_basis"] = "court_order"
        return said

    def write(self) -> dict[str, str]:
        """Write them as plain values."""
        return {
            "basis": self.basis.value,
            "need": self.need,
            "purpose": self.purpose,
            "receiver": self.receiver,
        }


def read_grounds(text: str) -> Grounds:
    """Read grounds back."""
    plain = json.loads(text) if text else {}
    return Grounds(**plain | {"basis": Basis(plain["basis"])}) if plain else Grounds()
