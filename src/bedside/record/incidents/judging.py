"""What the norms of that day said of one row of the bedside record: judged from the row alone.

No history is replayed: the row, the answers that stood at its moment, and the rulebook's tables.
"""

import json
from dataclasses import dataclass, replace
from datetime import date, tzinfo
from uuid import UUID

from django.db.models import Q

from bedside.record.encounters.freshness import Freshness
from bedside.record.encounters.models import Answered, Encounter
from bedside.record.encounters.queries import TABLE, Known, Where, mark_stale, situation_of
from bedside.record.journal.queries import Reader
from bedside.record.presence.queries import Moment, find_moments
from bedside.rules.decide.advice import Advice, Judgement, Named
from bedside.rules.decide.advise import advise
from bedside.rules.tables.compiled import Compiled


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """With what a row is judged: the rulebook, the house, and how long answers hold."""

    compiled: Compiled
    where: Where
    freshness: Freshness
    zone: tzinfo


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedPart:
    """One dimension in which a row says how things stood, and the norms that this broke."""

    dimension: str
    stands: str
    outcome: str
    advised: str  # what the norms of that day asked for; nothing if they could not agree
    broken: tuple[Named, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedRow:
    """One row, the day by whose norms it was judged, and what they said."""

    moment: Moment
    on: date
    parts: tuple[JudgedPart, ...]

    @property
    def broken(self) -> tuple[Named, ...]:
        """Every norm that the row broke, each once, the heaviest first."""
        found = {one.norm.id: one for part in self.parts for one in part.broken}
        return tuple(sorted(found.values(), key=lambda one: (one.rank.value, one.norm.id)))


def judge_row(reader: Reader, stay: Encounter, mark: UUID, *, ground: Ground) -> JudgedRow | None:
    """Judge one row of a stay; nothing if the row was taken back or its record deleted."""
    found = {one.id: one for one in find_moments(reader, stay)}
    moment = found.get(mark)
    if moment is None:
        return None
    known = _find_known_then(reader, stay, moment)
    marked = mark_stale(known, stay, freshness=ground.freshness, at=moment.happened_at)
    on = moment.happened_at.astimezone(ground.zone).date()
    situation = situation_of(marked, where=replace(ground.where, today=on))
    stands = {"position": moment.position, "device": moment.device}
    judged = replace(
        situation,
        facts={**situation.facts, **moment.facts},
        arrangement={name: word for name, word in stands.items() if word},
    )
    return _read(moment, on, advise(ground.compiled, judged))


def _read(moment: Moment, on: date, advice: Advice) -> JudgedRow:
    parts = (_judge(one, advice) for one in advice.dimensions.values() if one.stands)
    return JudgedRow(moment=moment, on=on, parts=tuple(parts))


def _judge(judgement: Judgement, advice: Advice) -> JudgedPart:
    stands = judgement.stands or ""
    broken = (judgement.breaks or {}).get(stands, ())
    return JudgedPart(
        dimension=judgement.dimension,
        stands=stands,
        outcome=judgement.standing,
        advised=judgement.advised or "",
        broken=tuple(advice.norms[id_] for id_ in broken),
    )


def _find_known_then(reader: Reader, stay: Encounter, moment: Moment) -> tuple[Known, ...]:
    """Find the answers that stood at the moment of a row."""
    room = reader.open(stay.about)
    if room is None:
        return ()
    at = moment.happened_at
    rows = Answered.objects.filter(
        Q(ended_at=None) | Q(ended_at__gt=at), encounter=stay, answered_at__lte=at
    )
    return tuple(
        Known(
            fact=row.fact,
            value=json.loads(room.open(row.value, TABLE, row.pk, "value")),
            by=row.by,
            answered_at=row.answered_at,
        )
        for row in rows.order_by("fact")
    )
