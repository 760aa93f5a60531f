"""The exported tables, asked in Node and in a browser: one process for many situations."""

import json
import random
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TypeAlias

from agreement_cast import BASES, VOCABULARY, Case, Drawer, find_cases, make_table, shipped

from bedside.rules.condition.nodes import Condition
from bedside.rules.decide.play import Table, find_play
from bedside.rules.tables.export import SCRIPT, Sheet, export_tables
from bedside.rules.tables.index import find_bits
from bedside.rules.vocabulary.catalogue import Value
from bedside.rules.vocabulary.known import discount_wish, settle

Answers: TypeAlias = dict[str, Value]
Said: TypeAlias = list[list[list[int]]]  # for each situation what speaks and what may

# One table and its situations in, what speaks and what may out; the same text runs everywhere.
RUN = """(asked) => asked.situations.map((facts) => {
  const found = globalThis.bedsideTables.find(asked.tables, facts);
  return [found.speaks, found.may];
})"""
NODE = f"""
const script = process.argv[1];
(0, eval)(script);
let text = "";
process.stdin.on("data", (part) => {{ text += part; }});
process.stdin.on("end", () => {{
  const run = {RUN};
  process.stdout.write(JSON.stringify(JSON.parse(text).map(run)));
}});
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One table, and the situations that it is asked about."""

    sheet: Sheet
    table: Table
    situations: Sequence[Answers]

    def ask_here(self) -> Said:
        """Ask the server's own tables."""
        return [self._ask(facts) for facts in self.situations]

    def _ask(self, facts: Answers) -> list[list[int]]:
        known = discount_wish(settle(facts, VOCABULARY), VOCABULARY).possible
        sure = self.table.find(known)
        return [[*find_bits(sure)], [*find_bits(self.table.find_open(known, sure))]]

    def export(self) -> dict[str, object]:
        """Write what a browser is given."""
        return {"tables": export_tables(self.sheet), "situations": list(self.situations)}


def ask_node(asked: Sequence[Asked], script: str | None = None) -> list[Said]:
    """Ask the exported tables in one Node process."""
    source = SCRIPT.read_text("utf-8") if script is None else script
    ran = subprocess.run(  # noqa: S603 - our own script
        ["node", "-e", NODE, source],  # noqa: S607 - the Node that this machine has
        input=json.dumps([one.export() for one in asked]),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    said: list[Said] = json.loads(ran.stdout)
    return said


def make_sheet(place: str, day: date, overlays: tuple[str, ...]) -> tuple[Sheet, Table]:
    """Take the tables of a place and a day."""
    play = find_play(shipped(), day, place, overlays)
    assert not play.table.closures
    names = [entry.norm.id for entry in play.entries]
    return _sheet(names, play.table, {}), play.table


def make_sheet_of(trees: Sequence[Condition]) -> tuple[Sheet, Table]:
    """Make tables of conditions; those with too many cubes are exported as trees."""
    table = make_table([Case(tree=tree, text="") for tree in trees])
    kept = {number: trees[number] for number in table.closures}
    return _sheet([str(n) for n in range(len(trees))], table, kept), table


def _sheet(names: Sequence[str], table: Table, trees: dict[int, Condition]) -> Sheet:
    return Sheet(
        names=names, holds=table.holds, fails=table.fails, trees=trees, vocabulary=VOCABULARY
    )


@cache
def drawer() -> Drawer:
    """Make the one that draws; it goes on from where it was."""
    return Drawer(tuple(find_cases()), 1)


def draw_answers(count: int, seed: int) -> Iterator[Answers]:
    """Draw answers as a page collects them: some unknown, some given by a derived fact."""
    chance = random.Random(seed)  # noqa: S311 - situations to compare on, no secrets
    derived = [fact for fact in VOCABULARY.facts.values() if fact.derived is not None]
    for row in drawer().draw(count):
        facts: Answers = {
            fact.id: fact.domain[row[fact.id].bit_length() - 1] for fact in BASES if row[fact.id]
        }
        if chance.random() < 1 / 4:
            fact = chance.choice(derived)
            facts.pop(fact.derived.fact if fact.derived else "", None)
            facts[fact.id] = chance.choice(fact.domain)
        if chance.random() < 1 / 8:
            facts["patient_wish"] = "accepts_officer"
        yield facts
