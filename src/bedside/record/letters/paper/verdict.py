"""What can be said of a letter that somebody holds: one state, and one sentence for people."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bedside.rules.vocabulary.problem import Text


class State(StrEnum):
    """How a letter stands."""

    VALID = "valid"
    SUPERSEDED = "superseded"
    EXPIRED = "expired"
    ALTERED = "altered"
    OTHER_KEY = "other-key"
    KEY_EXPIRED = "key-expired"
    NOT_YET = "not-yet"
    NOT_SIGNED = "not-signed"
    NOT_A_LETTER = "not-a-letter"


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """What a letter says of itself."""

    letter: str
    version: int
    reader: str
    scope_version: int
    ends_at: datetime
    press: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """How a letter stands, which letter it is, and when it was signed and stamped."""

    state: State
    printed: Printed | None = None
    signer: str = ""
    signed_at: datetime | None = None
    stamped_at: datetime | None = None
    superseded_by: int | None = None

    @property
    def is_genuine(self) -> bool:
        """Tell whether the hospital signed exactly these bytes, in force or not."""
        return self.state in {State.VALID, State.SUPERSEDED, State.EXPIRED}

    @property
    def sentence(self) -> Text:
        """Say it to a person."""
        said, printed = SENTENCES[self.state], self.printed
        values = {
            "version": printed.version if printed else "?",
            "letter": printed.letter if printed else "?",
            "ends": f"{printed.ends_at:%Y-%m-%d %H:%M} UTC" if printed else "?",
            "signer": self.signer or "?",
            "later": self.superseded_by or "?",
        }
        return Text(en=said.en.format(**values), es=said.es.format(**values))


SENTENCES = {
    State.VALID: Text(
        en="This is version {version} of letter {letter} as {signer} signed it. It ends on {ends}.",
        es="Esta es la versión {version} de la carta {letter} tal como la firmó {signer}. "
        "Vence el {ends}.",
    ),
    State.SUPERSEDED: Text(
        en="{signer} signed this, but version {later} of letter {letter} has taken its place. "
        "Ask the hospital for version {later}.",
        es="{signer} firmó esto, pero la versión {later} de la carta {letter} tomó su lugar. "
        "Pida al hospital la versión {later}.",
    ),
    State.EXPIRED: Text(
        en="{signer} signed this, but it ended on {ends}. "
        "Ask the hospital to assess again; do not rely on it.",
        es="{signer} firmó esto, pero venció el {ends}. "
        "Pida al hospital una evaluación nueva; no se apoye en esta carta.",
    ),
    State.ALTERED: Text(
        en="This is not the letter that was signed: something was changed or added afterwards. "
        "Ask the hospital for a copy.",
        es="Esta no es la carta que se firmó: algo se cambió o se agregó después. "
        "Pida una copia al hospital.",
    ),
    State.OTHER_KEY: Text(
        en="This was signed with a key of {signer} that this hospital does not vouch for. "
        "Ask the hospital whether it wrote it.",
        es="Esto se firmó con una clave de {signer} que este hospital no respalda. "
        "Pregunte al hospital si lo escribió.",
    ),
    State.KEY_EXPIRED: Text(
        en="The key of {signer} was not in its term when this was signed. "
        "Ask the hospital for a copy.",
        es="La clave de {signer} no estaba vigente cuando se firmó esto. "
        "Pida una copia al hospital.",
    ),
    State.NOT_YET: Text(
        en="By this clock the letter is signed in the future. Check the clock, then check again.",
        es="Según este reloj la carta se firmó en el futuro. Revise el reloj y vuelva a comprobar.",
    ),
    State.NOT_SIGNED: Text(
        en="This letter carries no signature that closes it. Ask the hospital for a signed copy.",
        es="Esta carta no lleva una firma que la cierre. Pida al hospital una copia firmada.",
    ),
    State.NOT_A_LETTER: Text(
        en="This file is not a letter of Bedside. Check that it is the file you were given.",
        es="Este archivo no es una carta de Bedside. Revise que sea el archivo que recibió.",
    ),
}
