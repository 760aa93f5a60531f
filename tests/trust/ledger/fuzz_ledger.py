"""Feeds the ledger's parsers whatever Atheris can think of; run as `python fuzz_ledger.py -runs=N`.

The argument `--careless` plants a fault, to show that it would be found.
"""

import sys
from contextlib import suppress

import atheris

with atheris.instrument_imports(include=["bedside.trust.ledger"]):
    from bedside.trust.ledger.checkpoint import parse_checkpoint
    from bedside.trust.ledger.key import read_verifier_key
    from bedside.trust.ledger.leaf import read_leaf
    from bedside.trust.ledger.note import parse_note
    from bedside.trust.ledger.policy import read_policy
    from bedside.trust.ledger.proof_file import parse_proof_file
    from bedside.trust.ledger.refusal import Refusal
    from bedside.trust.ledger.verifier import check_bundle
    from bedside.trust.ledger.witness import parse_request

CARELESS = "--careless" in sys.argv


def try_all(data: bytes) -> None:
    """Let each parser answer; anything but a value or a refusal ends the run."""
    for parse in (parse_note, parse_checkpoint, parse_proof_file, parse_request, read_leaf):
        with suppress(Refusal):
            parse(data)
    for read in (read_policy, read_verifier_key):
        with suppress(Refusal):
            read(data.decode("utf-8", "replace"))
    check_bundle(data, 0, data)
    if CARELESS and data[:1] == b"\n":
        data.decode("ascii")[len(data)]


if __name__ == "__main__":
    atheris.Setup([one for one in sys.argv if one != "--careless"], try_all)
    atheris.Fuzz()
