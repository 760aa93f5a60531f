"""That the curtain is dominated is a theorem: where it holds, where it does not, what breaks it."""

import pytest
import z3
from rules_cast import DAY, VOCABULARY, Norms, make_book, shipped

from bedside.rules.decide.advise import advise
from bedside.rules.decide.charges import find_breaks
from bedside.rules.decide.known import Case
from bedside.rules.decide.situation import Situation
from bedside.rules.prove import dominated
from bedside.rules.prove.dominated import Claim, find_theorems
from bedside.rules.prove.finding import NotReplayedError, Theorem, Undecided
from bedside.rules.prove.scale import Scale
from bedside.rules.prove.survey import find_places
from bedside.rules.prove.world import World

POSITION = VOCABULARY.dimensions["position"]
CURTAIN, DOOR = "behind_curtain", "outside_door"
CDCR = "us/ca/cdcr-off-site-care-officer-stays"
UNHEARD = {"arrangement": {"position": {"hears": "no"}}}
INSIDE = {
    "kind": "agency_policy",
    "binds": ["officer"],
    "when": "in_custody && agency == 'county_jail'",
    "arrangement": {"position": {"in_room": "yes"}},
}


def prove_in(world: World) -> dict[tuple[str, str], Theorem]:
    proved = list(find_theorems(world, "position", milliseconds=60_000))
    assert all(isinstance(one, Theorem) for one in proved)
    return {(t.worse, t.better): t for t in proved if isinstance(t, Theorem)}


def make_world(norms: Norms) -> World:
    return World(compiled=make_book(norms), on=DAY, jurisdiction="us/tx")


def find_broken(world: World, situation: Situation, word: str) -> set[tuple[str, int]]:
    """Ask the decider's own board what a word breaks."""
    case = Case(compiled=world.compiled, situation=situation)
    charges = case.find_matter("position", case.board, case.known).charges
    broken = find_breaks(charges, POSITION.places[word])
    return {(c.entry.norm.id if c.entry else c.source, c.keeps) for c in broken}


@pytest.mark.parametrize("place", [p for p in find_places(shipped().rulebook) if p != "us/ca"])
def test_in_every_state_but_california_the_curtain_is_dominated_without_exception(
    place: str,
) -> None:
    world = World(compiled=shipped(), on=DAY, jurisdiction=place)

    theorem = prove_in(world)[CURTAIN, DOOR]

    assert theorem.exceptions == ()
    speaking = {e.norm.id for e in world.play.entries if any(d == "position" for d, _ in e.charges)}
    assert set(theorem.premises) == speaking
    better, worse = (find_broken(world, theorem.example, word) for word in (DOOR, CURTAIN))
    assert better < worse


def test_in_california_one_prison_rule_is_excepted_and_the_exception_is_shown() -> None:
    world = World(compiled=shipped(), on=DAY, jurisdiction="us/ca")

    (exception,) = prove_in(world)[CURTAIN, DOOR].exceptions

    assert exception.norms == (CDCR,)
    assert exception.witness is not None
    assert exception.witness.facts == {
        "agency": "state_prison",
        "in_custody": True,
        "activity": "exam",
    }
    assert CDCR in (advise(shipped(), exception.witness).dimensions["position"].breaks or {})[DOOR]
    alone = find_broken(world, exception.witness, DOOR) - find_broken(
        world, exception.witness, CURTAIN
    )
    assert {id_ for id_, _ in alone} == {CDCR}


@pytest.mark.parametrize(
    ("place", "overlay", "excepted"),
    [
        ("us/ma", "agencies/lexington-police", ()),
        ("us/wa", "agencies/bellevue-police", ()),
        ("us/il", "hospital/sample", ()),
        ("us/tx", "agencies/fresno-sheriff", ("agencies/fresno-sheriff/visits-monitored",)),
    ],
)
def test_an_agencys_rules_laid_over_keep_the_theorem_or_are_its_exception(
    place: str, overlay: str, excepted: tuple[str, ...]
) -> None:
    world = World(compiled=shipped(), on=DAY, jurisdiction=place, overlays=(overlay,))

    theorem = prove_in(world)[CURTAIN, DOOR]

    assert tuple(id_ for one in theorem.exceptions for id_ in one.norms) == excepted


# --- what breaks it


def test_a_norm_that_wants_an_officer_inside_takes_the_theorem_away() -> None:
    kept = prove_in(make_world({"us/federal/a": UNHEARD}))
    broken = prove_in(make_world({"us/federal/a": UNHEARD, "us/federal/b": INSIDE}))

    assert (CURTAIN, DOOR) in kept
    assert (CURTAIN, DOOR) not in broken  # one norm for it, one against: no rule to except from


def test_beside_many_norms_it_is_an_exception_and_the_theorem_stays_for_everybody_else() -> None:
    many: Norms = {f"us/federal/a{n}": {**UNHEARD, "title": f"Source {n}"} for n in range(6)}

    theorem = prove_in(make_world({**many, "us/federal/b": INSIDE}))[CURTAIN, DOOR]

    (exception,) = theorem.exceptions
    assert exception.norms == ("us/federal/b",)
    assert exception.witness is not None
    assert exception.witness.facts["agency"] == "county_jail"


def test_a_norm_that_a_defeater_leaves_against_the_door_alone_is_an_exception_too() -> None:
    many: Norms = {f"us/federal/a{n}": {**UNHEARD, "title": f"Source {n}"} for n in range(6)}
    unseen = {"arrangement": {"position": ["at_window"]}, "title": "A window"}
    curtain = {
        "modality": "may",
        "arrangement": {"position": [CURTAIN]},
        "when": "in_custody && nursing",
        "defeats": ["us/federal/b"],
    }

    world = make_world({**many, "us/federal/b": unseen, "us/federal/c": curtain})
    theorem = prove_in(world)[CURTAIN, DOOR]

    (exception,) = theorem.exceptions
    assert exception.norms == ("us/federal/b",)
    assert exception.witness is not None
    assert exception.witness.facts["nursing"] is True


def test_a_norm_that_never_speaks_is_no_exception() -> None:
    many: Norms = {f"us/federal/a{n}": {**UNHEARD, "title": f"Source {n}"} for n in range(6)}
    never = {**INSIDE, "when": "patient_age_band == 'adult' && minor_unaccompanied"}

    theorem = prove_in(make_world({**many, "us/federal/b": never}))[CURTAIN, DOOR]

    assert theorem.exceptions == ()


def test_a_false_claim_is_not_proved_and_stops_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    def claim(scale: Scale) -> list[Claim]:
        places = POSITION.places
        burdens = scale.burdens
        false = Claim(worse=places[CURTAIN], better=places[DOOR], against=(), in_favour=burdens)
        return [false]

    monkeypatch.setattr(dominated, "find_claims", claim)

    with pytest.raises(NotReplayedError, match="dominated"):
        prove_in(make_world({"us/federal/a": UNHEARD, "us/federal/b": INSIDE}))


def test_a_theorem_that_the_solver_did_not_settle_is_not_stated(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(z3.Solver, "check", lambda *_: z3.unknown)

    proved = list(find_theorems(make_world({"us/federal/a": UNHEARD}), "position", milliseconds=1))

    assert all(isinstance(one, Undecided) for one in proved)
    assert [one.dimension for one in proved] == ["position"]
