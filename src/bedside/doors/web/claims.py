"""What officers and managers are often heard to claim, as buttons: no free text is taken here."""

from dataclasses import dataclass

from bedside.rules.decide.situation import Claim
from bedside.rules.vocabulary.catalogue import Vocabulary
from bedside.rules.vocabulary.problem import Text

DOCUMENTS = ("none", "described", "seen", "copied")


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """One thing that is often said, who says it, and what it would have the arrangement be."""

    by: str
    words: Text
    dimension: str
    property: str | None = None
    allowed: tuple[str, ...] = ()


HEARD = {
    "must_be_in_room": Heard(
        by="officer",
        words=Text(
            en="I must be in the room with the patient at all times.",
            es="Debo estar en el cuarto con el paciente todo el tiempo.",
        ),
        dimension="position",
        property="in_room",
    ),
    "must_see": Heard(
        by="officer",
        words=Text(
            en="I must keep the patient in sight at all times.",
            es="Debo tener al paciente a la vista todo el tiempo.",
        ),
        dimension="position",
        property="sees",
    ),
    "cannot_unlock": Heard(
        by="officer",
        words=Text(
            en="I am not allowed to take the restraint off.",
            es="No tengo permiso de quitar la sujeción.",
        ),
        dimension="restraint",
        allowed=(
            "four_point",
            "face_down",
            "waist_or_leg",
            "behind_back",
            "two_limbs_front",
            "one_limb",
        ),
    ),
    "entitled_to_information": Heard(
        by="officer",
        words=Text(
            en="You have to tell me about the patient's condition.",
            es="Tiene que decirme cómo está el paciente.",
        ),
        dimension="disclosure",
        allowed=("full_record", "clinical_summary"),
    ),
    "let_them_stay": Heard(
        by="manager",
        words=Text(en="Let them stay.", es="Déjelos quedarse."),
        dimension="position",
        property="in_room",
    ),
}


NOT_IN_FEDERAL_TEXT = frozenset({"ice", "cbp"})  # no text read has their officers inside an exam


def find_heard(words: str) -> Heard | None:
    """Find the button that a claim came from, by what it says."""
    return next((heard for heard in HEARD.values() if heard.words.en == words), None)


def build_claim(id_: str, document: str, vocabulary: Vocabulary) -> Claim:
    """Build the claim that a button stands for."""
    heard = HEARD[id_]
    dimension = vocabulary.dimensions[heard.dimension]
    words = dimension.properties[heard.property].yes if heard.property else heard.allowed
    allows = {dimension.id: dimension.mask(tuple(words))}
    return Claim(by=heard.by, words=heard.words.en, document=document, arrangement=allows)
