"""The three documents of one letter, and the sheets that are printed of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo

from bedside.record.letters.grounds import Grounds
from bedside.record.letters.paper.sheet import Heading, Sheet, make_sheet
from bedside.rules.attestation.claim import Claim
from bedside.rules.attestation.clause import Library, Reader, find_unreviewed, load_library
from bedside.rules.attestation.compose import Addressee, Document, Page, compose
from bedside.rules.attestation.grounds import Broken, find_disclosure, find_ruling
from bedside.rules.attestation.scope import load_scopes
from bedside.rules.decide.advice import Advice
from bedside.rules.rulebook.norm import Rank
from bedside.rules.vocabulary.problem import ENGLISH, SPANISH, Language, Text

MAY_BE_TAKEN = Text(
    en="It was given to you first and it is yours. An officer may take papers that you carry: you"
    " can leave this one, or ask that it be sent to somebody whom you choose.",
    es="Se le dio primero a usted y es suya. Un agente puede quitarle los papeles que lleve: puede"
    " dejar esta hoja, o pedir que se envíe a quien usted elija.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """What a letter needs to know of the hospital."""

    name: str
    zone: tzinfo
    is_sample: bool
    check_at: str  # where letters are checked; the letter's code is added


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What stands around the claims of a version: whose, which, signed by whom."""

    code: str
    number: int
    patient: str
    language: str  # the patient's
    signer: Text
    scope_version: int
    requests: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """When a version is true, and what the rules and the file say of giving it out."""

    at: datetime
    expires_at: datetime
    scope_version: int
    grounds: Grounds
    advices: Mapping[Reader, Advice]  # the rules are asked of each reader


def compose_three(
    claims: Iterable[Claim], frame: Frame, house: House, *, library: Library | None = None
) -> Mapping[Reader, Document]:
    """Make the three documents from one set of claims."""
    claims, library = tuple(claims), library or load_library()
    page = Page(
        at=frame.at,
        expires_at=frame.expires_at,
        zone=house.zone,
        scope_version=frame.scope_version,
        ruling=find_ruling(
            _find_broken(frame.advices[Reader.CUSTODY], "letter_claim", guidance=True)
        ),
    )
    found = {
        reader: compose(claims, library, addressee=_address(reader, frame), page=page)
        for reader in Reader
    }
    patient = found[Reader.PATIENT]
    for_whom = Text(
        en=f"{patient.for_whom.en} {MAY_BE_TAKEN.en}", es=f"{patient.for_whom.es} {MAY_BE_TAKEN.es}"
    )
    return found | {Reader.PATIENT: replace(patient, for_whom=for_whom)}


def make_sheets(
    documents: Mapping[Reader, Document], around: Around, house: House, *, claims: tuple[Claim, ...]
) -> Mapping[Reader, Sheet]:
    """Lay the documents out that hold anything; one without lines is not printed."""
    scope = documents[Reader.PATIENT].scope_version
    spoken = find_languages(around.language, claims, scope, is_sample=house.is_sample)
    return {
        reader: make_sheet(document, _head(reader, around, house, spoken, claims))
        for reader, document in documents.items()
        if document.lines
    }


def find_languages(
    spoken: str, claims: tuple[Claim, ...], scope_version: int, *, is_sample: bool
) -> tuple[Language, ...]:
    """Find the languages of the patient's copy: unreviewed Spanish only in a sample hospital."""
    if not spoken.startswith(SPANISH):
        return (ENGLISH,)
    if is_sample or find_reviewers(claims, scope_version):
        return (SPANISH, ENGLISH)
    return (ENGLISH,)


def find_reviewers(claims: tuple[Claim, ...], scope_version: int) -> str:
    """Find who reviewed every Spanish sentence of a copy; nobody, if one is unreviewed."""
    library, box = load_library(), load_scopes()[scope_version].reviewer
    ids = [claim.clause for claim in claims]
    if box is None or find_unreviewed(ids, library):
        return ""
    found = [clause.reviewer for id_ in ids if (clause := library.find(id_)) is not None]
    return ", ".join(sorted({box, *(one for one in found if one)}))


def _head(
    reader: Reader,
    around: Around,
    house: House,
    spoken: tuple[Language, ...],
    claims: tuple[Claim, ...],
) -> Heading:
    is_patient = reader is Reader.PATIENT
    return Heading(
        letter=around.code,
        version=around.number,
        patient=around.patient,
        hospital=house.name,
        signer=around.signer,
        languages=spoken if is_patient else (ENGLISH,),
        zone=house.zone,
        check_at=house.check_at + around.code,
        reviewer=(find_reviewers(claims, around.scope_version) or None) if is_patient else None,
        requests=around.requests,
    )


def _address(reader: Reader, frame: Frame) -> Addressee:
    advice = frame.advices[reader]
    disclosure = find_disclosure(
        reader,
        frame.grounds.basis_for(reader),
        reference=frame.grounds.reference_for(reader),
        permissions=advice.permissions,
        broken=_find_broken(advice, "disclosure"),
    )
    return Addressee(reader=reader, disclosure=disclosure)


def _find_broken(advice: Advice, dimension: str, *, guidance: bool = False) -> Broken:
    judged = advice.dimensions.get(dimension)
    found = (judged.breaks if judged else None) or {}
    if guidance:
        return found
    return {
        word: tuple(n for n in norms if advice.norms[n].rank is not Rank.GUIDANCE)
        for word, norms in found.items()
    }
