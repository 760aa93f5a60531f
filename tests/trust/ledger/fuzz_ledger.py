"""Feeds the ledger's parsers whatever Atheris can think of: `python fuzz_ledger.py -runs=N SEEDS`.

The argument `--bundle=FILE` changes a record of that bundle and asks the verifier about it, instead
of feeding texts to the parsers. Two arguments plant a fault, to show that it would be found:
`--careless` in a parser, `--believing` in the verifier.
"""

import sys
from contextlib import suppress
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["bedside.trust.ledger"]):
    from bedside.trust.ledger import verifier
    from bedside.trust.ledger.checkpoint import parse_checkpoint
    from bedside.trust.ledger.key import read_verifier_key
    from bedside.trust.ledger.leaf import read_leaf
    from bedside.trust.ledger.note import parse_note
    from bedside.trust.ledger.policy import read_policy
    from bedside.trust.ledger.proof_file import parse_proof_file
    from bedside.trust.ledger.refusal import Refusal
    from bedside.trust.ledger.verifier import check_bundle, check_record, unpack
    from bedside.trust.ledger.witness import parse_request

CARELESS = "--careless" in sys.argv
BUNDLE = next((one.partition("=")[2] for one in sys.argv if one.startswith("--bundle=")), "")
ARGUMENTS = [one for one in sys.argv if not one.startswith("--")]
NOW = 1_720_000_000


def try_parsers(data: bytes) -> None:
    """Let each parser answer; anything but a value or a refusal ends the run."""
    for parse in (parse_note, parse_checkpoint, parse_proof_file, parse_request, read_leaf):
        with suppress(Refusal):
            parse(data)
    for read in (read_policy, read_verifier_key):
        with suppress(Refusal):
            read(data.decode("utf-8", "replace"))
    check_bundle(data, NOW, data)
    if CARELESS and data[:1] == b"\n":
        data.decode("ascii")[len(data)]


def try_verifier(data: bytes) -> None:
    """Put bytes in the place of one file of a record: what was changed must not be believed."""
    name = NAMES[data[0] % len(NAMES)] if data else NAMES[0]
    changed = {**RECORD, name: data[1:]}
    _, code, _ = check_record(FOLDER, changed, POLICY, NOW)
    covered = name.startswith(("leaf", "content"))
    if covered and data[1:] != RECORD[name] and code in {"good", "hidden"}:
        raise AssertionError(f"believed in spite of another {name}")


def change_a_file(data: bytes, largest: int, seed: int) -> bytes:
    """Change a right file, or what became of one: left alone, Atheris loses the right ones."""
    number = seed % len(NAMES)
    before = RECORD[NAMES[number]] if seed // len(NAMES) % 2 else data[1:]
    return bytes([number]) + bytes(atheris.Mutate(before, largest - 1))


if __name__ == "__main__":
    if "--believing" in sys.argv:
        verifier.check_place = lambda *_: None
    if BUNDLE:
        FILES, _ = unpack(Path(BUNDLE).read_bytes())
        POLICY, FOLDER = FILES["data/policy.txt"], "data/records/0001"
        RECORD = {one.rpartition("/")[2]: FILES[one] for one in FILES if one.startswith(FOLDER)}
        NAMES = sorted(RECORD)
        atheris.Setup(ARGUMENTS, try_verifier, custom_mutator=change_a_file)
    else:
        atheris.Setup(ARGUMENTS, try_parsers)
    atheris.Fuzz()
