"""From what is known of a stay to the sentences that its letter begins with; a person decides."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from bedside.rules.attestation.claim import ClauseId
from bedside.rules.vocabulary.catalogue import Value

STATUS = (
    ClauseId("status/stable-for-setting"),
    ClauseId("status/no-emergency-found"),
    ClauseId("status/stay-goes-on"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """One sentence that could stand, with its gaps filled as far as the stay tells."""

    clause: str
    filled: Mapping[str, str] = field(default_factory=dict)
    is_kept: bool = True


def propose(known: Mapping[str, Value]) -> tuple[Proposal, ...]:
    """Propose sentences; nothing is said until somebody keeps it and signs."""
    return (*_about_birth(known), *_about_moving(known), *_for_everybody())


def _about_birth(known: Mapping[str, Value]) -> Iterator[Proposal]:
    match known.get("pregnancy"):
        case "postpartum":
            reason = "postpartum"
        case "pregnant" | "labor":
            reason = "pregnancy"
            yield _make("restraint/stop-and-move", every="2", reason=reason)
            yield _make("warning/sign", sign="less_movement")
        case _:
            return
    yield _make("restraint/no-waist-or-leg-chain", reason=reason)
    yield _make("restraint/hands-in-front")
    yield _make("warning/sign", sign="heavy_bleeding")
    if known.get("newborn_present") or known.get("activity") == "feeding":
        yield _make("care/lactation", every="3")


def _about_moving(known: Mapping[str, Value]) -> Iterator[Proposal]:
    if known.get("mobility") == "immobile":
        yield _make("care/aid", aid="wheelchair")


def _for_everybody() -> Iterator[Proposal]:
    yield _make("warning/sign", sign="fever")
    yield _make("injury/if-care-not-given")
    yield _make("unknown/not-examined", unseen="air_travel")


def _make(clause: str, **filled: str) -> Proposal:
    return Proposal(clause=clause, filled=filled)
