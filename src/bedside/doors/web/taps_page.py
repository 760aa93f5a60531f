"""The six taps: tiles with pictures, the room, the body, and the few facts behind a fold."""

from dataclasses import dataclass

from django.utils.safestring import SafeString

from bedside.doors.web.claims import DOCUMENTS, HEARD
from bedside.doors.web.forms import HEARD_BY_OFFICER, PRIVATE, WISH, Tapped
from bedside.doors.web.icons import draw_senses
from bedside.doors.web.restraint import LIMBS, WAYS
from bedside.doors.web.shelf import Shelf
from bedside.doors.web.states import STATES
from bedside.doors.web.words import say
from bedside.rules.vocabulary.catalogue import Fact, FactType, Value, Vocabulary
from bedside.rules.vocabulary.problem import Language

FIRST = (
    "interview",
    "exam",
    "intimate_exam",
    "procedure",
    "labor",
    "feeding",
    "toileting",
    "news",
    "family_contact",
    "legal_contact",
    "discharge",
    "rest",
)
EMERGENCY = "code"
MORE = (
    "agency",
    "in_custody",
    "patient_age_band",
    "pregnancy",
    "newborn_present",
    "nursing",
    "capacity",
    "language_help",
    "setting",
    "room_has_window",
    "danger_assessed_by",
    "officer_identity",
    "request_basis",
    "clinician_asks_restraint_off",
)
SHOWN_ON_TAPS = frozenset(
    {"activity", "officer_asks", "patient_wish", "position", "danger", "limb", "hold", "device"}
    | {"restraint_clinical_conflict", "claim", "claim_document", "as_of", "jurisdiction"}
    | set(MORE)
)
ICONS = {
    "activity": {
        "triage": "list", "interview": "speech", "exam": "stethoscope",
        "intimate_exam": "eye-off", "procedure": "syringe", "surgery": "scissors",
        "imaging": "scan-line", "labor": "heart-pulse", "birth": "baby", "postpartum": "baby",
        "feeding": "milk", "toileting": "toilet", "bathing": "bath", "rest": "bed",
        "news": "message-square-heart", "briefing": "clipboard-list",
        "family_contact": "phone-call", "legal_contact": "scale", "spiritual": "church",
        "discharge": "log-out", "transport": "ambulance", "code": "siren", "intake": "log-in",
    },
    "officer_asks": {
        "stay_in_room": "map-pin", "patient_info": "info", "record_copy": "files",
        "discharge_time": "calendar-clock", "letter": "file-text", "letter_reword": "pencil",
        "contact_block": "ban", "hide_name": "user-x", "interpret": "languages",
        "question_patient": "message-circle-question-mark", "enter_area": "door-open",
        "arrest": "hand-grab", "remove_patient": "user-minus", "status": "globe",
    },
    WISH: {
        "wants_private": "door-closed", "accepts_officer": "check",
        "cannot_say": "circle-question-mark", "not_asked": "message-circle",
    },
    "danger": {
        "none": "circle", "stated_no_specifics": "message-circle", "verbal_threat": "megaphone",
        "tried_to_leave": "footprints", "assault": "hand", "weapon": "triangle-alert",
    },
    "device": {
        "put_away": "circle", "pocketed": "smartphone", "in_use": "smartphone-nfc",
        "recording": "video",
    },
}  # fmt: skip
PLAIN = "circle"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """One answer to press."""

    name: str
    value: str
    label: str
    icon: str = PLAIN
    more: str = ""
    is_chosen: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A place in the room."""

    tile: Tile
    senses: SafeString


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A question behind the fold, with its answers and *not known*."""

    name: str
    label: str
    options: tuple[Tile, ...]
    is_known: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TapsPage:
    """Everything that the six taps show, in one language."""

    questions: tuple[str, ...]
    first: tuple[Tile, ...]
    rest: tuple[Tile, ...]
    asks: tuple[Tile, ...]
    asks_label: str
    wishes: tuple[Tile, ...]
    spots: tuple[Spot, ...]
    dangers: tuple[Tile, ...]
    limbs: tuple[Tile, ...]
    hold: str
    conflicts: tuple[Tile, ...]
    conflict_label: str
    devices: tuple[Tile, ...]
    more: tuple[Choice, ...]
    claims: tuple[Tile, ...]
    documents: tuple[Tile, ...]
    states: tuple[Tile, ...]
    as_of: str


def find_other_fields(tapped: Tapped) -> list[tuple[str, str]]:
    """Find the fields that the six taps have no control for, to send them again as they are."""
    return [(name, value) for name, value in tapped.fields if name not in SHOWN_ON_TAPS]


def build_taps(shelf: Shelf, tapped: Tapped, language: Language) -> TapsPage:
    """Build the page of the six taps, with what was tapped already."""
    return _Builder(shelf, tapped, language).build()


def build_answers(fact: Fact, language: Language) -> tuple[Tile, ...]:
    """Build the answers to one question; *may stay* says whether the officer could hear it."""
    if fact.type is FactType.COUNT:
        return ()
    if fact.type is FactType.FLAG:
        return (
            Tile(name=fact.id, value="true", label=say("yes", language)),
            Tile(name=fact.id, value="false", label=say("no", language)),
        )
    icons = ICONS.get(fact.id, {})
    tiles = []
    for word in fact.words:
        tile = Tile(
            name=fact.id,
            value=word.id,
            label=word.label.say(language),
            icon=icons.get(word.id, PLAIN),
        )
        tiles += _split_by_hearing(tile, language) if word.id == "accepts_officer" else [tile]
    return tuple(tiles)


class _Builder:
    def __init__(self, shelf: Shelf, tapped: Tapped, language: Language) -> None:
        self.vocabulary: Vocabulary = shelf.vocabulary
        self.shelf = shelf
        self.tapped = tapped
        self.language = language

    def build(self) -> TapsPage:
        activity = self.vocabulary.facts["activity"]
        asks = self.vocabulary.facts["officer_asks"]
        conflict = self.vocabulary.facts["restraint_clinical_conflict"]
        rest = [w.id for w in activity.words if w.id not in {*FIRST, EMERGENCY}]
        device = self.vocabulary.dimensions["device"]
        return TapsPage(
            questions=self._find_questions(),
            first=tuple(self._build_tile(activity, value) for value in FIRST),
            rest=tuple(self._build_tile(activity, value) for value in rest),
            asks=tuple(self._build_tile(asks, w.id) for w in asks.words if w.id != "nothing"),
            asks_label=asks.question.say(self.language),
            wishes=tuple(self._mark(t) for t in build_answers(self._fact(WISH), self.language)),
            spots=self._build_spots(),
            dangers=tuple(
                self._build_tile(self._fact("danger"), w.id) for w in self._fact("danger").words
            ),
            limbs=tuple(self._build_limb(limb) for limb in LIMBS + WAYS),
            hold=self.tapped.find_last("hold"),
            conflicts=tuple(self._build_tile(conflict, w.id) for w in conflict.words),
            conflict_label=conflict.question.say(self.language),
            devices=tuple(
                Tile(
                    name="device",
                    value=word.id,
                    label=word.label.say(self.language),
                    icon=ICONS["device"].get(word.id, PLAIN),
                    is_chosen=self.tapped.find_last("device") == word.id,
                )
                for word in reversed(device.words)
            ),
            more=tuple(self._build_choice(self._fact(id_)) for id_ in MORE),
            claims=self._build_claims(),
            documents=self._build_documents(),
            states=self._build_states(),
            as_of=self.tapped.situation.as_of.isoformat(),
        )

    def _fact(self, id_: str) -> Fact:
        return self.vocabulary.facts[id_]

    def _find_questions(self) -> tuple[str, ...]:
        asked = [self._fact(i).question for i in ("activity", WISH, "danger", "legal_restraint")]
        said = [text.say(self.language) for text in asked]
        where = say("where_is_the_officer", self.language)
        phone = say("phone_or_camera", self.language)
        return (said[0], said[1], where, said[2], said[3], phone)

    def _build_tile(self, fact: Fact, value: str) -> Tile:
        word = fact.find_word(value)
        return Tile(
            name=fact.id,
            value=value,
            label=word.label.say(self.language) if word else value,
            icon=ICONS.get(fact.id, {}).get(value, PLAIN),
            is_chosen=self.tapped.find_last(fact.id) == value,
        )

    def _mark(self, tile: Tile) -> Tile:
        chosen = self.tapped.find_last(tile.name) == tile.value
        return Tile(
            name=tile.name,
            value=tile.value,
            label=tile.label,
            icon=tile.icon,
            more=tile.more,
            is_chosen=chosen,
        )

    def _build_spots(self) -> tuple[Spot, ...]:
        position = self.vocabulary.dimensions["position"]
        sees, hears = position.properties["sees"].yes, position.properties["hears"].yes
        return tuple(
            Spot(
                tile=Tile(
                    name="position",
                    value=word.id,
                    label=say(f"spot_{word.id}", self.language),
                    is_chosen=self.tapped.find_last("position") == word.id,
                ),
                senses=draw_senses(word.id in sees, word.id in hears, self.language),
            )
            for word in position.words
        )

    def _build_limb(self, limb: str) -> Tile:
        return Tile(
            name="limb",
            value=limb,
            label=say(f"limb_{limb}", self.language),
            icon="cuff",
            is_chosen=limb in self.tapped.find_all("limb"),
        )

    def _build_choice(self, fact: Fact) -> Choice:
        known = self.tapped.situation.facts.get(fact.id)
        options = tuple(self._build_option(fact, value, known) for value in fact.domain)
        return Choice(
            name=fact.id,
            label=fact.label.say(self.language),
            options=options,
            is_known=known is not None,
        )

    def _build_option(self, fact: Fact, value: Value, known: Value | None) -> Tile:
        word = fact.find_word(value)
        flag = self.vocabulary.label("ui", "yes" if value else "no").say(self.language)
        return Tile(
            name=fact.id,
            value=str(value).lower() if fact.type is FactType.FLAG else str(value),
            label=word.label.say(self.language) if word else flag,
            is_chosen=value == known,
        )

    def _build_claims(self) -> tuple[Tile, ...]:
        return tuple(
            Tile(
                name="claim",
                value=id_,
                label=heard.words.say(self.language),
                more=say(f"claim_by_{heard.by}", self.language),
                is_chosen=id_ in self.tapped.find_all("claim"),
            )
            for id_, heard in HEARD.items()
        )

    def _build_documents(self) -> tuple[Tile, ...]:
        return tuple(
            Tile(
                name="claim_document",
                value=document,
                label=self.vocabulary.label("ui", f"document_{document}").say(self.language),
                is_chosen=self.tapped.find_last("claim_document") == document,
            )
            for document in DOCUMENTS
        )

    def _build_states(self) -> tuple[Tile, ...]:
        now = self.tapped.situation.jurisdiction
        listed = {code: name.say(self.language) for code, name in STATES.items()}
        listed.setdefault(now, now)
        ordered = sorted(listed.items(), key=lambda entry: entry[1])
        return tuple(
            Tile(name="jurisdiction", value=code, label=name, is_chosen=code == now)
            for code, name in ordered
        )


def _split_by_hearing(tile: Tile, language: Language) -> list[Tile]:
    """Consent given within the officer's hearing counts as not asked, so the two are two tiles."""
    return [
        Tile(
            name=tile.name,
            value=tile.value + ending,
            label=tile.label,
            icon=tile.icon,
            more=say(key, language),
        )
        for ending, key in ((PRIVATE, "said_in_private"), (HEARD_BY_OFFICER, "said_within_hearing"))
    ]
