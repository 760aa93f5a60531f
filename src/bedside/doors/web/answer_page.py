"""The answer on one screen: a word, a picture, a sentence, a person; the reasons below."""

from dataclasses import dataclass

from django.utils.safestring import SafeString

from bedside.doors.web.answer_reasons import POSITION, AsideLine, ClaimLine, DutyLine, Part, Reasons
from bedside.doors.web.drawings import PLACES, draw_rail, draw_scene
from bedside.doors.web.forms import WISH, Tapped
from bedside.doors.web.norm_lines import NormLine
from bedside.doors.web.site import Site
from bedside.doors.web.taps_page import Tile, build_answers
from bedside.doors.web.words import say
from bedside.rules.decide.advice import Advice, Judgement, Outcome
from bedside.rules.vocabulary.catalogue import Dimension, FactType, Vocabulary
from bedside.rules.vocabulary.problem import SPANISH, Language, Text

SUMMED = ("activity", "officer_asks", WISH, "danger", "legal_restraint", "agency")
QUIET = {"danger": "none", "officer_asks": "nothing", "legal_restraint": "none"}
LONG, LONG_WORD = 14, 8  # letters above which the one word of the answer is set smaller
FEW = 2
UNSHOWN = frozenset({"none", "described"})
ASKED_ABOUT = {  # the dimensions that a request is about, the nearest first
    "stay_in_room": (POSITION,),
    "patient_info": ("disclosure",),
    "record_copy": ("disclosure",),
    "discharge_time": ("disclosure",),
    "letter": ("letter_claim",),
    "letter_reword": ("letter_claim",),
    "contact_block": ("family_contact", "visits", "family_notice"),
    "hide_name": ("directory",),
    "interpret": ("interpreter",),
    "question_patient": ("questioning",),
    "enter_area": ("access", "staff_response"),
    "arrest": ("enforcement", "staff_response"),
    "remove_patient": ("removal", "departure", "staff_response"),
    "status": ("status_question",),
}
NO_ARTICLE = frozenset({"hospital_security", "counsel", "ethics", "social_work"})
SPANISH_TO = {  # before whom it is not *a la*
    "attending": "al",
    "privacy_officer": "al",
    "hospital_security": "a",
    "ethics": "a",
    "social_work": "a",
}
URGENT = (Outcome.HOLD, Outcome.CONFLICT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody to call, and the number."""

    label: str
    phone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """What to say, ask for and whom to call when the officer refuses."""

    say: str
    word: str
    person: Person | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """The one question whose answer would change the advice."""

    fact: str
    question: str
    answers: tuple[Tile, ...]
    is_count: bool
    low: int
    high: int
    is_patients: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerPage:
    """Everything that the answer page shows, in one language."""

    standing: str
    standing_word: str
    eyebrow: str
    headline: str
    is_long: bool
    line: str
    is_open: bool
    differs: tuple[str, ...]
    scene: SafeString | None
    rail: SafeString | None
    summary: str
    say: str
    say_opens: str
    people: tuple[Person, ...]
    refusal: Refusal
    question: Question | None
    claims: tuple[ClaimLine, ...]
    can_show_document: bool
    main: Part | None
    others: tuple[Part, ...]
    untouched: tuple[Part, ...]
    duties: tuple[DutyLine, ...]
    permissions: tuple[NormLine, ...]
    definitions: tuple[NormLine, ...]
    asides: tuple[AsideLine, ...]
    assumed: tuple[str, ...]
    as_of: str
    edition: str
    digest: str
    in_force: int
    oldest_text: str
    is_reviewed: bool


def build_answer(
    advice: Advice, tapped: Tapped, *, vocabulary: Vocabulary, site: Site, language: Language
) -> AnswerPage:
    """Build the page of one answer."""
    return _Builder(advice, tapped, vocabulary, site, language).build()


class _Builder:
    def __init__(
        self,
        advice: Advice,
        tapped: Tapped,
        vocabulary: Vocabulary,
        site: Site,
        language: Language,
    ) -> None:
        self.advice = advice
        self.tapped = tapped
        self.vocabulary = vocabulary
        self.site = site
        self.language = language
        agency = tapped.situation.facts.get("agency")
        self.reasons = Reasons(advice, vocabulary, language, agency)

    def build(self) -> AnswerPage:
        advice, lead = self.advice, self._find_lead()
        standing = self._find_standing(lead)
        eyebrow, headline, line = self._find_headline(lead, standing)
        parts = [self.reasons.build_part(j) for j in advice.dimensions.values() if j is not lead]
        touched = {j.dimension for j in advice.dimensions.values() if j.touched}
        people = tuple(self._build_person(role) for role in advice.call)
        opening = self._find_opening()
        return AnswerPage(
            standing=_name_standing(lead, standing),
            standing_word=self.reasons.name("outcomes", _name_standing(lead, standing)),
            eyebrow=eyebrow,
            headline=headline,
            is_long=_is_long(headline),
            line=line,
            is_open=lead is None or lead.advised is None,
            differs=self._find_differs(),
            scene=self._draw(lead, draw_scene),
            rail=self._draw(lead, draw_rail),
            summary=self._sum_up(),
            say=self._say(advice.say),
            say_opens=opening,
            people=people,
            refusal=self._build_refusal(lead, people),
            question=self._build_question(),
            claims=self.reasons.build_claims(),
            can_show_document=self._can_show_document(),
            main=self.reasons.build_part(lead) if lead else None,
            others=tuple(p for p in parts if p.id in touched),
            untouched=tuple(p for p in parts if p.id not in touched),
            duties=self.reasons.build_duties(),
            permissions=self.reasons.find_lines(advice.permissions),
            definitions=self.reasons.find_lines(advice.definitions),
            asides=self.reasons.build_asides(),
            assumed=self._find_assumed(),
            as_of=advice.as_of.isoformat(),
            edition=advice.edition.id,
            digest=advice.edition.digest.removeprefix("sha256:")[:12],
            in_force=advice.edition.in_force,
            oldest_text=self._find_oldest(),
            is_reviewed=self._is_reviewed(),
        )

    def _find_lead(self) -> Judgement | None:
        """Find the dimension that the page leads with: what is asked, or the officer's place."""
        judged = self.advice.dimensions
        asked = str(self.tapped.situation.facts.get("officer_asks", ""))
        about = [judged[id_] for id_ in ASKED_ABOUT.get(asked, ()) if id_ in judged]
        speaking = [j for j in about if j.outcome is not Outcome.SILENT]
        if about:
            return (speaking or about)[0]
        if POSITION in judged and judged[POSITION].outcome is not Outcome.SILENT:
            return judged[POSITION]
        touched = [j for j in judged.values() if j.touched and j.outcome is not Outcome.SILENT]
        urgent = [j for j in touched if j.outcome in URGENT]
        return next(iter(urgent or touched), judged.get(POSITION))

    def _find_standing(self, lead: Judgement | None) -> Outcome:
        found = {j.outcome for j in self.advice.dimensions.values() if j.touched}
        for outcome in URGENT:
            if outcome in found:
                return outcome
        return lead.outcome if lead else Outcome.SILENT

    def _find_headline(self, lead: Judgement | None, standing: Outcome) -> tuple[str, str, str]:
        """Find what stands above, the one word, and the line below it."""
        if lead is None or lead.outcome is Outcome.SILENT:
            silent = self.reasons.name("outcomes", Outcome.SILENT.value)
            return self._find_eyebrow(lead), silent, self._words("silent_line")
        dimension = self.vocabulary.dimensions[lead.dimension]
        preset = self.vocabulary.presets.get(self.advice.preset or "")
        if lead.dimension == POSITION and lead.advised and preset:
            return "", preset.label.say(self.language), preset.line.say(self.language)
        if lead.advised is None:
            return self._find_eyebrow(lead), *self._find_open(lead, dimension)
        word = dimension.words[dimension.places[lead.advised]]
        line = word.ask.say(self.language)
        line = line[:1].upper() + line[1:] + "." if line else ""
        if standing in URGENT:
            line = self._words("conflict_line")
        return self._find_eyebrow(lead), word.label.say(self.language), line

    def _find_eyebrow(self, lead: Judgement | None) -> str:
        if lead is None or lead.dimension == POSITION:
            return ""
        return self.vocabulary.dimensions[lead.dimension].label.say(self.language)

    def _find_open(self, lead: Judgement, dimension: Dimension) -> tuple[str, str]:
        """Find the word and the line where no single word is advised."""
        if lead.outcome is Outcome.HOLD:
            return self.reasons.name("outcomes", Outcome.HOLD.value), self._words("hold_line")
        if dimension.many:
            broken = [self.reasons.name_word(dimension.id, w) for w in list(lead.breaks or {})]
            some = "; ".join(broken[:FEW])
            return self._words("many_headline"), self._words("many_line", broken=some)
        return self._words("depends_headline"), self._words("depends_line")

    def _find_differs(self) -> tuple[str, ...]:
        return tuple(
            self._words(
                "differs",
                dimension=self.vocabulary.dimensions[id_].label.say(self.language),
                word=self.reasons.name_word(id_, word),
            )
            for id_, word in self.advice.differs.items()
        )

    def _draw(self, lead: Judgement | None, draw: object) -> SafeString | None:
        judgement = self.advice.dimensions.get(POSITION)
        if judgement is None or (lead and lead.dimension != POSITION) or not callable(draw):
            return None
        now, want = judgement.stands, judgement.advised
        if now is None and want is None:
            return None
        drawn = draw(now, want, self._describe(now, want))
        return drawn if isinstance(drawn, SafeString) else None

    def _describe(self, now: str | None, want: str | None) -> str:
        names = {p: self.reasons.name_word(POSITION, p) for p in PLACES}
        if now and want and now != want:
            return self._words("scene_moves", now=names[now], want=names[want])
        return self._words("scene_stays", place=names[want or now or PLACES[0]])

    def _sum_up(self) -> str:
        facts, parts = self.tapped.situation.facts, []
        for id_ in SUMMED:
            value = facts.get(id_)
            if value is None or QUIET.get(id_) == value:
                continue
            answer = self.vocabulary.facts[id_].find_word(value)
            word = answer.label.say(self.language) if answer else str(value)
            parts.append(self._words("sum_wish", word=word.lower()) if id_ == WISH else word)
        for id_ in (POSITION, "device"):
            word_id = self.tapped.situation.arrangement.get(id_)
            if word_id:
                word = self.reasons.name_word(id_, word_id)
                is_place = id_ == POSITION
                parts.append(word if is_place else self._words("sum_phone", word=word.lower()))
        return " · ".join(parts) or self._words("nothing_tapped")

    def _find_opening(self) -> str:
        """Find whose exception the sentence opens, if it is one."""
        for judgement in self.advice.dimensions.values():
            for opening in judgement.exceptions:
                if opening.say == self.advice.say and judgement.touched:
                    return self.advice.norms[opening.norm].norm.source.cite
        return ""

    def _build_person(self, role: str) -> Person:
        return Person(label=self.reasons.name_role(role), phone=self.site.phones.get(role, ""))

    def _build_refusal(self, lead: Judgement | None, people: tuple[Person, ...]) -> Refusal:
        person = (people[1:] or people or (None,))[0]
        called = (self.advice.call[1:] or self.advice.call or ("",))[0]
        role = name_in_sentence(called, person.label, self.language) if person else ""
        word = self.reasons.name_word(lead.dimension, lead.if_refused) if lead else ""
        return Refusal(say=self._words("refusal_say", role=role), word=word, person=person)

    def _build_question(self) -> Question | None:
        if not self.advice.ask:
            return None
        fact = self.vocabulary.facts[self.advice.ask[0]]
        return Question(
            fact=fact.id,
            question=fact.question.say(self.language),
            answers=build_answers(fact, self.language),
            is_count=fact.type is FactType.COUNT,
            low=fact.low,
            high=fact.high,
            is_patients=fact.id == WISH,
        )

    def _can_show_document(self) -> bool:
        """Tell whether one claim stands here that nobody showed a document for."""
        return [claim.document in UNSHOWN for claim in self.tapped.situation.asserted] == [True]

    def _find_assumed(self) -> tuple[str, ...]:
        said = []
        for id_, value in self.advice.assumed.items():
            fact = self.vocabulary.facts[id_]
            word = fact.find_word(value)
            yes_no = "yes" if value else "no"
            name = word.label.say(self.language) if word else self.reasons.name("ui", yes_no)
            said.append(f"{fact.label.say(self.language)}: {name}")
        return tuple(said)

    def _find_oldest(self) -> str:
        days = [n.norm.source.text_as_of for n in self.advice.norms.values()]
        return min((day.isoformat() for day in days if day), default="")

    def _is_reviewed(self) -> bool:
        because = [id_ for j in self.advice.dimensions.values() for id_ in j.because]
        return bool(because) and all(self.advice.norms[id_].norm.reviewed for id_ in because)

    def _say(self, text: Text) -> str:
        return text.say(self.language)

    def _words(self, key: str, **values: object) -> str:
        return say(key, self.language, **values)


def name_in_sentence(role: str, label: str, language: Language) -> str:
    """Name somebody within *I am calling …*, with the small words that the language wants."""
    lower = label[:1].lower() + label[1:]
    if language == SPANISH:
        return f"{SPANISH_TO.get(role, 'a la')} {lower}"
    return lower if role in NO_ARTICLE else f"the {lower}"


def _name_standing(lead: Judgement | None, standing: Outcome) -> str:
    """Name how the rules stand; what only guidance asks is not called agreement."""
    return lead.standing if lead is not None and lead.outcome is standing else standing.value


def _is_long(headline: str) -> bool:
    return len(headline) > LONG or any(len(word) > LONG_WORD for word in headline.split())
