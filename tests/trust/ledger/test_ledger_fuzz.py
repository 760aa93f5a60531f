"""The parsers and the verifier under Atheris, in a process of its own, from right inputs on."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from bundle_cast import LOG, POLICY, make_whole_bundle
from ledger_cast import REPOSITORY, Recorder, make_leaf, tally, times

from bedside.trust.ledger.verifier import unpack
from bedside.trust.ledger.witness import write_request

SLOWEST = "-timeout=2"  # seconds for one input, on a machine that may be busy


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    """Lay down one right input of each kind, so that the fuzzer starts behind the first check."""
    (tmp_path / "seeds").mkdir()
    for number, seed in enumerate(find_seeds()):
        (tmp_path / "seeds" / str(number)).write_bytes(seed)
    return tmp_path / "seeds"


def find_seeds() -> Iterator[bytes]:
    files, _ = unpack(make_whole_bundle())
    proof = next(text for name, text in files.items() if name.endswith(".tlog-proof"))
    note = proof.partition(b"\n\n")[2]
    yield from (proof, note, note.partition(b"\n\n")[0] + b"\n", POLICY.encode())
    yield write_request(3, [bytes(32)], note.decode())
    yield make_leaf(0).write()
    yield LOG.verifier.write().encode()


def fuzz(folder: Path, *arguments: str) -> tuple[int, str]:
    script = str(Path(__file__).parent / "fuzz_ledger.py")
    command = [sys.executable, script, f"-artifact_prefix={folder}/", "-seed=1", SLOWEST]
    done = subprocess.run(  # noqa: S603 - our own script
        [*command, *arguments], cwd=REPOSITORY, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout + done.stderr


def test_no_input_makes_a_parser_stumble(
    tmp_path: Path, seeds: Path, record_property: Recorder
) -> None:
    runs = times(40_000, soak=5_000_000)

    code, said = fuzz(tmp_path, f"-runs={runs}", "-max_len=1500", str(seeds))

    tally(record_property, "inputs thought up for the parsers", runs, int(code != 0))
    assert code == 0, said[-2000:]
    assert f"Done {runs} runs" in said


@pytest.fixture
def bundle(tmp_path: Path) -> str:
    (tmp_path / "bundle.zip").write_bytes(make_whole_bundle())
    return f"--bundle={tmp_path / 'bundle.zip'}"


def test_no_change_of_a_record_makes_the_verifier_stumble_or_believe(
    tmp_path: Path, bundle: str, record_property: Recorder
) -> None:
    runs = times(50_000, soak=2_000_000)

    code, said = fuzz(tmp_path, bundle, f"-runs={runs}", "-max_len=2000")

    tally(record_property, "records changed for the verifier", runs, int(code != 0))
    assert code == 0, said[-2000:]
    assert f"Done {runs} runs" in said


def test_a_verifier_that_believes_would_be_caught(
    tmp_path: Path, bundle: str, record_property: Recorder
) -> None:
    code, said = fuzz(tmp_path, bundle, "-runs=50000", "-max_len=2000", "--believing")

    tally(record_property, "faults planted in our own code", 1, int(code == 0))
    assert code != 0
    assert "believed in spite of another" in said


def test_no_large_input_keeps_a_parser_busy(
    tmp_path: Path, seeds: Path, record_property: Recorder
) -> None:
    runs, mebibyte = times(100, soak=20_000), 1 << 20
    for seed in list(seeds.iterdir()):
        text = seed.read_bytes()
        (seeds / f"{seed.name} many").write_bytes(text * (mebibyte // len(text)))

    code, said = fuzz(tmp_path, f"-runs={runs}", f"-max_len={mebibyte}", str(seeds))

    tally(record_property, "inputs of a mebibyte thought up for the parsers", runs, int(code != 0))
    assert code == 0, said[-2000:]


def test_a_parser_that_stumbles_would_be_caught(tmp_path: Path, record_property: Recorder) -> None:
    code, said = fuzz(tmp_path, "-runs=200000", "--careless")

    tally(record_property, "faults planted in our own code", 1, int(code == 0))
    assert code != 0
    assert "IndexError" in said
