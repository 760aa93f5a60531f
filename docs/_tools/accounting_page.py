"""The page of the accounting: what became of every entry that was researched."""

from collections.abc import Mapping
from pathlib import Path

from docs._tools.markdown import MADE, escape, table
from docs._tools.norm_pages import label_of

from bedside.rules.rulebook.norm import Norm
from bedside.rules.vocabulary.document import Plain, load_document

ACCOUNTING = Path(__file__).parents[1] / "reference" / "accounting"
INTRODUCTION = (
    "Each entry of the research is encoded as norms, noted as a norm that was only remembered "
    "and never advises, or left out for the reason given.\n"
)
Entry = Mapping[str, Plain]


def load_accounting() -> dict[str, list[Entry]]:
    """Read what became of every entry that was researched, by the name of the file."""
    found: dict[str, list[Entry]] = {}
    for file in sorted(ACCOUNTING.glob("*.yaml")):
        rows = load_document(file).value
        found[file.stem] = (
            [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
        )
    return found


def count_entries(rows: list[Entry]) -> dict[str, int]:
    """Count the entries by what became of them; what nothing says is unexplained."""
    counts = {"encoded": 0, "noted": 0, "left out": 0, "unexplained": 0}
    for row in rows:
        key = next((key for key in ("encoded", "noted", "left_out") if row.get(key)), "unexplained")
        counts[key.replace("_", " ")] += 1
    return counts


def write_accounting(norms: Mapping[str, Norm]) -> str:
    """Write what became of every researched entry, with the counts."""
    files = load_accounting()
    every = count_entries([row for rows in files.values() for row in rows])
    lines = [
        f"{MADE}\n# What became of every researched entry\n",
        INTRODUCTION,
        table(
            ("File", *every),
            [_count_row(name, rows) for name, rows in files.items()]
            + [("**all**", *(f"**{number}**" for number in every.values()))],
        ),
    ]
    for name, rows in files.items():
        lines += [f"\n## {name.replace('-', ' ').capitalize()}\n"]
        lines += [table(("Entry", "What became of it"), [_say_entry(row, norms) for row in rows])]
    return "\n".join(lines)


def _count_row(name: str, rows: list[Entry]) -> tuple[str, ...]:
    return (name, *(str(number) for number in count_entries(rows).values()))


def _say_entry(row: Entry, norms: Mapping[str, Norm]) -> tuple[str, str]:
    said = []
    for key, begins in (("encoded", "encoded as"), ("noted", "noted as")):
        ids = row.get(key)
        if isinstance(ids, list):
            said.append(f"{begins} {', '.join(_link(str(id_), norms) for id_ in ids)}")
    if row.get("left_out"):
        said.append(f"left out: {escape(row['left_out'])}")
    return f"`{row.get('entry')}`", "; ".join(said)


def find_norm(id_: str, norms: Mapping[str, Norm]) -> Norm | None:
    """Find the norm that an entry names; overlays are named from the top of the repository."""
    return norms.get(id_.removeprefix("examples/"))


def _link(id_: str, norms: Mapping[str, Norm]) -> str:
    norm = find_norm(id_, norms)
    return f"[`{id_}`](#{label_of(norm)})" if norm else f"`{id_}`"
