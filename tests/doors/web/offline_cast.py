"""Situations of the sample hospital, decided by the server and by the scripts of a device."""

import json
import random
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

from django.contrib.staticfiles import finders
from web_cast import find_sample

sys.path.append(str(Path(__file__).resolve().parents[2] / "agreement"))

from agreement_cast import VOCABULARY, times
from browser_cast import draw_answers
from rules_cast import make_norm

from bedside.doors.web.claims import DOCUMENTS, HEARD, build_claim
from bedside.doors.web.offline.tables import Asker, export_decisions
from bedside.rules.decide.advice import Advice, Judgement
from bedside.rules.decide.advise import advise
from bedside.rules.decide.situation import Situation
from bedside.rules.tables.compiled import Compiled, compile_rulebook
from bedside.rules.tables.export import SCRIPT
from bedside.rules.vocabulary.known import settle

Said: TypeAlias = dict[str, Any]  # what two programs say to one another
__all__ = ["times"]
HERE = "us/tx"
PLACES = (HERE, "us/ca", "us/il")
MADE = "made/"
BOOKS = tuple(f"{MADE}{number}" for number in range(12))
WHENS = ("in_custody", "in_custody && nursing", "danger != 'weapon'", "pregnancy == 'labor'")
WAYS = ("exigent_circumstances", "danger == 'weapon'", "clinician_states_medical_reason")
TAPPED = ("activity", "agency", "agency_level", "patient_wish", "danger", "legal_restraint")
FEW = 2 / 3
SCRIPTS = ("decide.js", "decide_advice.js")
RUN = """
const [scripts, asked] = JSON.parse(require("fs").readFileSync(0, "utf-8"));
for (const script of scripts) (0, eval)(script);
const said = asked.situations.map((one) => bedsideDecide.decide(asked.copies[one.place], one));
process.stdout.write(JSON.stringify(said));
"""


def read_script(name: str) -> str:
    """Read one of our scripts as a browser is given it."""
    if name == "browser.js":
        return SCRIPT.read_text("utf-8")
    found = finders.find(f"bedside/{name}")
    assert isinstance(found, str)
    return Path(found).read_text("utf-8")


def read_scripts() -> list[str]:
    """Read the scripts that decide."""
    return [read_script(name) for name in ("browser.js", *SCRIPTS)]


@cache
def find_asker(place: str = HERE) -> Asker:
    """Find the sample hospital as it would be in a place, with every overlay there is."""
    shelf = find_sample()
    if place.startswith(MADE):
        site = replace(shelf.site, overlays=())
        return Asker(compiled=make_wild_book(place), site=site, today=shelf.find_today())
    overlays = shelf.site.overlays if place == HERE else shelf.compiled.rulebook.overlays
    site = replace(shelf.site, jurisdiction=place, overlays=overlays)
    return Asker(compiled=shelf.compiled, site=site, today=shelf.find_today())


@cache
def make_wild_book(name: str) -> Compiled:
    """Make a rulebook of invented norms that collide, open and defeat one another."""
    chance = random.Random(name)  # noqa: S311 - rulebooks to compare on, no secrets
    ids = [f"us/federal/{letter}" for letter in "abcdefghijkl"]
    norms = {id_: make_norm(id_, **_invent(id_, ids, chance)) for id_ in ids}
    rulebook = find_sample().compiled.rulebook
    return compile_rulebook(replace(rulebook, norms=norms))


def _invent(id_: str, ids: list[str], chance: random.Random) -> Said:
    words = [word.id for word in VOCABULARY.dimensions["position"].words]
    is_may = chance.random() < 1 / 8
    binds = chance.sample(["agency", "clinician", "hospital", "officer"], chance.randint(1, 2))
    ways = [
        {
            "when": chance.choice(WAYS),
            "opened_by": chance.choice(["clinician", "patient", "supervisor"]),
            "say": chance.choice([{"en": f"Open {id_}.", "es": f"Abra {id_}."}, None]),
        }
        for _ in range(chance.randint(0, 2))
    ]
    return {
        "title": f"Source {chance.randint(0, 5)}",
        "kind": chance.choice(["statute", "agency_policy", "hospital_policy", "practice"]),
        "reading": chance.choice(["read", "read", "reported"]),
        "fit": chance.choice(["text", "text", "inference"]),
        "binds": ["officer"] if ways else sorted(binds),
        "modality": "may" if is_may else "must",
        "when": chance.choice(WHENS),
        "unless": ways,
        "arrangement": {"position": chance.sample(words, chance.randint(1, 6))},
        "defeats": chance.sample([one for one in ids if one > id_][:3], 1)
        if id_ < "us/federal/d"
        else [],
    }


@cache
def make_copy(place: str = HERE) -> Said:
    """Make the copy of a place for today, as it travels."""
    copy: Said = json.loads(json.dumps(export_decisions(find_asker(place))))
    return copy


def draw_situations(count: int, seed: int) -> Iterator[Said]:
    """Draw situations as a device collects them."""
    chance = random.Random(seed)  # noqa: S311 - situations to compare on, no secrets
    vocabulary = find_sample().vocabulary
    for number, drawn in enumerate(draw_answers(count, seed)):
        facts = _thin(drawn, chance) if number % 2 else drawn
        if not all(settle(facts, vocabulary).possible.values()):
            continue  # it contradicts itself, and no page lets it through
        arrangement = {
            d.id: chance.choice(d.words).id
            for d in vocabulary.dimensions.values()
            if chance.random() < 1 / 12 or (d.id == "position" and chance.random() < 1 / 2)
        }
        claims = []
        if chance.random() < 1 / 4:
            document = chance.choice(DOCUMENTS)
            ids = chance.sample(sorted(HEARD), chance.randint(1, 2))
            claims = [{"id": id_, "document": document} for id_ in ids]
        place = chance.choice(PLACES if chance.random() < FEW else BOOKS)
        yield {"place": place, "facts": facts, "arrangement": arrangement, "claims": claims}


def _thin(drawn: Said, chance: random.Random) -> Said:
    """Leave most facts unanswered, as at a bedside, and say what is tapped first."""
    facts = find_sample().vocabulary.facts
    kept = {id_: value for id_, value in drawn.items() if chance.random() < 1 / 8}
    tapped = {id_: chance.choice(facts[id_].domain) for id_ in TAPPED if chance.random() < FEW}
    return kept | tapped | {"in_custody": True}


def ask_here(situation: Said) -> Said:
    """Ask the server."""
    shelf, asker = find_sample(), find_asker(situation["place"])
    asked = Situation(
        as_of=asker.today,
        jurisdiction=asker.site.jurisdiction,
        overlays=asker.site.overlays,
        facts=dict(situation["facts"]),
        arrangement=situation["arrangement"],
        asserted=tuple(
            build_claim(one["id"], one["document"], shelf.vocabulary) for one in situation["claims"]
        ),
    )
    return tell(advise(asker.compiled, asked))


def tell(advice: Advice) -> Said:
    """Tell of an advice what a device says of it."""
    return {
        "preset": advice.preset,
        "differs": dict(advice.differs),
        "say": advice.say.en,
        "call": list(advice.call),
        "ask": advice.ask[0] if advice.ask else None,
        "claims": [[one.answer.value, list(one.on_file)] for one in advice.asserted],
        "dimensions": {id_: _tell(one) for id_, one in advice.dimensions.items()},
    }


def _tell(one: Judgement) -> Said:
    return {
        "outcome": one.outcome.value,
        "advised": one.advised,
        "stands": one.stands,
        "if_refused": one.if_refused,
        "keeps": list(one.keeps),
        "because": list(one.because),
        "depends_on": list(one.depends_on),
        "touched": one.touched,
        "isGuidance": one.is_guidance,
        "collisions": [[list(c.norms), list(c.parties), list(c.call)] for c in one.collisions],
        "exceptions": [[o.norm, o.opened_by, o.word] for o in one.exceptions],
    }


def ask_node(situations: Sequence[Said], scripts: Sequence[str] | None = None) -> list[Said]:
    """Ask the scripts in one Node process."""
    copies = {one["place"]: make_copy(one["place"]) for one in situations}
    asked = [scripts or read_scripts(), {"copies": copies, "situations": list(situations)}]
    ran = subprocess.run(  # noqa: S603 - our own script
        ["node", "-e", RUN],  # noqa: S607 - the Node that this machine has
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert ran.returncode == 0, ran.stderr[-2000:]
    said = zip(situations, json.loads(ran.stdout), strict=True)
    return [read_advice(one, asked["place"]) for asked, one in said]


def read_advice(said: Said, place: str = HERE) -> Said:
    """Read what the script said, in the form in which the server's advice is told."""
    rulebook = find_asker(place).compiled.rulebook
    found = rulebook.sentences[said["say"]].say.en if said["say"] >= 0 else ""
    if said["opening"]:
        opening = said["opening"]
        way = rulebook.norms[opening["norm"]].unless[opening["say"]].say
        found = way.en if way else ""
    return {
        "preset": said["preset"],
        "differs": said["differs"],
        "say": found,
        "call": said["call"],
        "ask": said["ask"],
        "claims": [[one["answer"], one["on_file"]] for one in said["claims"]],
        "dimensions": {id_: _read(one) for id_, one in said["dimensions"].items()},
    }


def _read(one: Said) -> Said:
    keys = ("outcome", "advised", "stands", "if_refused", "keeps", "because", "depends_on")
    return {key: one[key] for key in (*keys, "touched", "isGuidance")} | {
        "collisions": [[c["norms"], c["parties"], c["call"]] for c in one["collisions"]],
        "exceptions": [[o["norm"], o["opened_by"], o["clears"]] for o in one["exceptions"]],
    }
