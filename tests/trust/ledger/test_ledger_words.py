"""What the ledger says to people: in both languages, and with a sample that stays true."""

import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import segno
from make_sample_bundle import FOLDER, SIGNED_AT, make_bundle

import bedside.trust.ledger
from bedside.trust.ledger.post import WitnessUnreachable, post
from bedside.trust.ledger.printed import print_checkpoint
from bedside.trust.ledger.refusal import Refusal, Said
from bedside.trust.ledger.verifier import check_bundle, conclude, unpack


def find_modules() -> list[object]:
    return [
        importlib.import_module(f"bedside.trust.ledger.{one.name}")
        for one in pkgutil.iter_modules(bedside.trust.ledger.__path__)
    ]


def find_kinds(base: type[Refusal] = Refusal) -> Iterator[type[Refusal]]:
    for kind in base.__subclasses__():
        yield kind
        yield from find_kinds(kind)


def test_every_refusal_says_the_same_things_in_both_languages_under_its_own_code() -> None:
    find_modules()
    kinds = list(find_kinds())

    unlike = [
        kind
        for kind in kinds
        if set(re.findall(r"{(\w+)}", kind.en)) != set(re.findall(r"{(\w+)}", kind.es))
    ]

    assert len(kinds) > 30
    assert unlike == []
    assert len({kind.code for kind in kinds}) == len(kinds)


def test_every_reason_is_given_in_both_languages() -> None:
    reasons = [
        value
        for module in find_modules()
        for value in vars(module).values()
        if isinstance(value, Said)
    ]

    assert len(reasons) > 20
    assert all(reason.en and reason.es and reason.en != reason.es for reason in reasons)


def test_the_bundle_on_the_page_is_proven_and_is_what_the_program_makes_today(
    tmp_path: Path,
) -> None:
    offered = (FOLDER / "bundle.zip").read_bytes()
    policy = (FOLDER / "policy.txt").read_bytes()

    text, proven = conclude(check_bundle(offered, SIGNED_AT, policy), "en")

    assert proven, text
    assert offered == make_bundle(tmp_path), "run tests/trust/ledger/make_sample_bundle.py"


def test_a_printed_checkpoint_carries_the_whole_note_in_text_and_code() -> None:
    files, _ = unpack((FOLDER / "bundle.zip").read_bytes())
    note = files["export/proof.tlog-proof"].decode().partition("\n\n")[2]

    page = print_checkpoint(note)

    assert note in page
    assert 'lang="en"' in page
    assert 'lang="es"' in page
    assert "5 entries" in page
    assert "<svg" in page
    assert int(segno.make(note, error="m", micro=False).version) <= 15


@pytest.mark.parametrize(
    "where", ["http://127.0.0.1:1/x", "ftp://witness.example/", "nowhere", "http://a:99999/"]
)
def test_a_witness_that_does_not_answer_is_named(where: str) -> None:
    with pytest.raises(WitnessUnreachable, match="no witness answers"):
        post(where, b"")
