"""A short slice of the fuzzers: a few thousand inputs each, grown from files that are sound."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bedside.rules.tables.compiled import SHIPPED

pytest.importorskip("atheris", reason="atheris is built for Linux and Python up to 3.11")

HERE = Path(__file__).parent
RULES = HERE.parent / "rules"
SOAK = os.environ.get("BEDSIDE_SOAK") == "1"
RUNS = {"condition": 15_000, "document": 3_000, "norm": 500, "situation": 2_000}
CONDITIONS = (
    "in_custody && (agency in ['ice', \"cbp\"] || !nursing)",
    "trimester >= 2 && activity != 'exam' || clinical == false",
    "in []",
    "((((((((((((((((true))))))))))))))))",
)
SITUATION = b"""as_of: 2026-11-23
jurisdiction: us/tx
overlays: []
facts: {activity: feeding, in_custody: yes, agency: cbp, trimester: 2}
arrangement: {position: at_bedside, device: in_use}
asserted:
  - {by: officer, words: "x", document: none, cite: null, arrangement: {position: {sees: yes}}}
"""


def find_seeds(target: str) -> list[bytes]:
    if target == "condition":
        return [text.encode() for text in CONDITIONS]
    if target == "situation":
        return [SITUATION, b'{"jurisdiction": "us/tx", "facts": {"in_custody": true}}']
    sound = (RULES / "sound_norm.yaml").read_bytes()
    shipped = [path.read_bytes() for path in sorted(SHIPPED.rglob("*.yaml"))[::200]]
    return [sound, *shipped, b"- [1, {a: 'b'}]\n- |\n  x\n", b'{"a": ["\\u00e9", null]}']


@pytest.mark.slow
@pytest.mark.parametrize("target", RUNS)
def test_nothing_but_problems_comes_out_of_a_reader(target: str, tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for number, seed in enumerate(find_seeds(target)):
        (corpus / str(number)).write_bytes(seed)
    limit = "-max_total_time=900" if SOAK else f"-runs={RUNS[target]}"

    done = subprocess.run(  # noqa: S603 - our own fuzzer
        [
            sys.executable,
            HERE / "fuzz_readers.py",
            target,
            limit,
            "-seed=1",
            "-max_len=4000",
            "-timeout=60",
            f"-artifact_prefix={tmp_path}/",
            corpus,
        ],
        capture_output=True,
        check=False,
        text=True,
        errors="replace",
    )

    assert done.returncode == 0, done.stderr[-3_000:]
    assert "Done" in done.stderr
