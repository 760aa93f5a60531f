"""The advice as text for a person at a terminal."""

from collections.abc import Collection, Iterator

from bedside.doors.cli.duration import say_duration
from bedside.doors.cli.paint import BOLD, DIM, OF_OUTCOME, paint
from bedside.doors.cli.words import word
from bedside.rules.decide.advice import Advice, ClaimAnswer, DutyDue, Judgement, Named
from bedside.rules.decide.situation import Situation
from bedside.rules.rulebook.norm import PROFESSION, Rank
from bedside.rules.vocabulary.catalogue import Value, Vocabulary
from bedside.rules.vocabulary.problem import Language, Text

NOT_IN_FEDERAL_TEXT = {"ice", "cbp", None}  # of these no text read has officers inside an exam
MOST_SHOWN = 6  # norms under one heading; `--json` has all


def find_inside(situation: Situation, vocabulary: Vocabulary) -> frozenset[str]:
    """Find the claims that an officer of ICE or CBP, or of nobody knows whom, must be inside."""
    if situation.facts.get("agency") not in NOT_IN_FEDERAL_TEXT:
        return frozenset()
    position = vocabulary.dimensions["position"]
    inside = position.mask(tuple(position.properties["in_room"].yes))
    asked = ((claim, claim.arrangement.get("position")) for claim in situation.asserted)
    return frozenset(claim.words for claim, keeps in asked if keeps and not keeps & ~inside)


class Page:
    """The lines of one answer, in one language."""

    def __init__(
        self,
        advice: Advice,
        vocabulary: Vocabulary,
        language: Language,
        inside: Collection[str] = (),
    ) -> None:
        """Keep what every line needs; `inside` are claims that ICE or CBP must be in the room."""
        self.inside = inside
        self.advice = advice
        self.vocabulary = vocabulary
        self.language = language

    def lines(self) -> Iterator[str]:
        """Write the answer: first what to do, then how sure, then why, then the rest."""
        yield from self._head()
        for judgement in self.advice.dimensions.values():
            if judgement.touched:
                yield ""
                yield from self._dimension(judgement)
        yield from self._rest()
        yield ""
        yield from self._foot()

    def _say(self, text: Text) -> str:
        return text.say(self.language)

    def _word(self, key: str, **values: object) -> str:
        return word(key, self.language, **values)

    def _label(self, dimension: str, word_: str | None) -> str:
        if word_ is None:
            return self._word("nothing")
        found = self.vocabulary.dimensions[dimension]
        return self._say(found.words[found.places[word_]].label)

    def _head(self) -> Iterator[str]:
        advice, presets = self.advice, self.vocabulary.presets
        name = self._say(presets[advice.preset].label) if advice.preset else self._word("no_preset")
        differs = [
            f"{self._say(self.vocabulary.dimensions[d].label)}: {self._label(d, w)}"
            for d, w in advice.differs.items()
        ]
        but = f" ({self._word('except_for')} {', '.join(differs)})" if differs else ""
        yield paint(name, BOLD) + but
        yield f"{self._word('say')}: “{self._say(advice.say)}”"
        roles = [self._say(self.vocabulary.roles[role].label) for role in advice.call]
        then = f", {self._word('then')} "
        yield f"{self._word('call')}: {then.join(roles)}"
        for fact in advice.ask:
            yield f"{self._word('ask')}: {self._say(self.vocabulary.facts[fact].question)}"

    def _dimension(self, judgement: Judgement) -> Iterator[str]:
        vocabulary = self.vocabulary
        outcome = judgement.outcome.value
        standing = vocabulary.label("outcomes", judgement.standing)
        mark = paint(self._say(standing), OF_OUTCOME[outcome])
        label = self._say(vocabulary.dimensions[judgement.dimension].label)
        if vocabulary.dimensions[judgement.dimension].many:
            advised = ", ".join(self._label(judgement.dimension, w) for w in judgement.keeps)
        else:
            advised = self._label(judgement.dimension, judgement.advised)
        yield f"{paint(label, BOLD)}: {advised}  [{mark}]"
        yield from self._openings(judgement)
        if judgement.if_refused:
            refused = self._label(judgement.dimension, judgement.if_refused)
            yield f"  {self._word('if_refused')}: {refused}"
        yield from self._norms(self._word("why"), judgement.because)
        for collision in judgement.collisions[:2]:
            yield from self._norms(self._word("collide"), collision.norms)
        yield from self._breaks(judgement)
        yield from self._doubts(judgement)

    def _openings(self, judgement: Judgement) -> Iterator[str]:
        for opening in judgement.exceptions:
            cite = self.advice.norms[opening.norm].norm.source.cite
            who = self._word("opened_by", who=self._word(f"opened_by_{opening.opened_by}"))
            yield f"  {self._word('opens')}: {cite} ({who})"
            if opening.say is not None:
                yield f"    “{self._say(opening.say)}”"

    def _norms(self, heading: str, ids: tuple[str, ...]) -> Iterator[str]:
        if not ids:
            return
        yield f"  {heading}:"
        for id_ in ids[:MOST_SHOWN]:
            yield f"    {self._norm(self.advice.norms[id_])}"
        yield from self._more(len(ids), "    ")

    def _more(self, count: int, indent: str) -> Iterator[str]:
        if count > MOST_SHOWN:
            yield f"{indent}… +{count - MOST_SHOWN}"

    def _rank(self, named: Named) -> str:
        """Name the rank; what we infer from law is no profession's rule, though it weighs so."""
        if named.rank is Rank.PROFESSION and named.norm.kind not in PROFESSION:
            return self._word("inferred")
        return self._say(self.vocabulary.label("ranks", named.rank.value))

    def _norm(self, named: Named) -> str:
        norm, labels = named.norm, self.vocabulary
        how = [
            self._rank(named),
            self._say(labels.label("readings", norm.reading.value)),
            self._say(labels.label("fits", norm.fit.value)),
        ]
        if norm.source.text_as_of:
            how.append(self._word("text_of", day=norm.source.text_as_of))
        note = "; ".join(how)
        return f"{norm.source.cite}: {self._say(norm.asks)} {paint(f'[{note}]', DIM)}"

    def _breaks(self, judgement: Judgement) -> Iterator[str]:
        broken = judgement.breaks or {}
        if broken:
            counted = [
                f"{self._label(judgement.dimension, w)} {len(ids)}" for w, ids in broken.items()
            ]
            yield f"  {self._word('would_break')}: {'; '.join(counted)}"

    def _doubts(self, judgement: Judgement) -> Iterator[str]:
        facts = [self._say(self.vocabulary.facts[f].label) for f in judgement.depends_on]
        if facts:
            yield f"  {self._word('depends_on')}: {', '.join(facts)}"
        if judgement.without_reported != judgement.advised and judgement.advised:
            other = self._label(judgement.dimension, judgement.without_reported)
            yield f"  {self._word('without_reported', word=other)}"

    def _claims(self) -> Iterator[str]:
        if self.advice.asserted:
            yield f"\n{paint(self._word('claims'), BOLD)}"
        for claim in self.advice.asserted:
            cites = [self.advice.norms[id_].norm.source.cite for id_ in claim.on_file]
            said = f"{self._word(claim.answer.value)}{': ' if cites else ''}{'; '.join(cites[:3])}"
            yield f"  “{claim.words}”: {said}"
            if claim.words in self.inside and claim.answer is not ClaimAnswer.SAYS_SO:
                yield f"    {self._word('no_text_in_room')}"

    def _rest(self) -> Iterator[str]:
        advice, labels = self.advice, self.vocabulary
        yield from self._claims()
        if any(duty.now for duty in advice.duties):
            yield f"\n{paint(self._word('duties'), BOLD)}"
        for id_, duties in self._group_duties().items():
            parties = [self._say(labels.label("parties", duty.party)) for duty in duties]
            duty = duties[0]
            act = self._say(labels.label("acts", duty.act))
            cite = advice.norms[id_].norm.source.cite
            time = self._time(duty.within, duty.after)
            yield f"  {', '.join(parties)}: {act}{time}  ({cite})"
        yield from self._permissions()
        if advice.set_aside:
            yield f"\n{paint(self._word('aside'), BOLD)}"
        for one in advice.set_aside[:MOST_SHOWN]:
            yield f"  {advice.norms[one.norm].norm.source.cite}: {self._word(one.why)}"
        yield from self._more(len(advice.set_aside), "  ")

    def _permissions(self) -> Iterator[str]:
        allowed = [self.advice.norms[id_].norm for id_ in self.advice.permissions]
        if allowed:
            yield f"\n{paint(self._word('permissions'), BOLD)}"
        for norm in allowed[:MOST_SHOWN]:
            parties = [self._say(self.vocabulary.label("parties", p)) for p in sorted(norm.binds)]
            yield f"  {', '.join(parties)}: {self._say(norm.asks)}  ({norm.source.cite})"
        yield from self._more(len(allowed), "  ")

    def _group_duties(self) -> dict[str, list[DutyDue]]:
        """Gather what is to be done now by its norm: one line says it to all parties."""
        found: dict[str, list[DutyDue]] = {}
        for duty in self.advice.duties:
            if duty.now:
                found.setdefault(duty.norm, []).append(duty)
        return found

    def _presumed(self, id_: str, value: Value) -> str:
        fact = self.vocabulary.facts[id_]
        word_ = fact.find_word(value)
        if word_ is not None:
            return f"{self._say(fact.label)}: {self._say(word_.label)}"
        return self._say(fact.says if value else fact.denies)

    def _time(self, within: str | None, after: str | None) -> str:
        said = ""
        if within is not None:
            key = "at_once" if within == "PT0S" else "within"
            said += f", {self._word(key, time=say_duration(within, self.language))}"
        if after is not None:
            event = self._say(self.vocabulary.label("events", after))
            said += f" ({self._word('after', event=event)})"
        return said

    def _foot(self) -> Iterator[str]:
        presumed = [self._presumed(fact, value) for fact, value in self.advice.assumed.items()]
        if presumed:
            yield f"{self._word('assumed')}: {'; '.join(presumed)}."
        edition = self.advice.edition
        yield self._word(
            "edition",
            id=edition.id,
            day=self.advice.as_of,
            place=self.advice.jurisdiction,
            count=edition.in_force,
        )
        yield self._word("not_advice")
        unreviewed = self._word("spanish_unreviewed")
        if unreviewed:
            yield unreviewed
