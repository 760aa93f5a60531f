"""Bundles: written the same each time, and accepted whole."""

import ast
import io
import json
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import bagit
import pytest
from bundle_cast import (
    LOG,
    NOW,
    POLICY,
    PRINT,
    Site,
    check,
    codes,
    make_whole_bundle,
    running_site,
)
from ledger_cast import EDITION, make_leaf, salt_of
from rocrate.rocrate import ROCrate

from bedside.trust.ledger import verifier
from bedside.trust.ledger.bundle import (
    BundlePlan,
    BundleUnwritable,
    Opened,
    WrongContent,
    write_bundle,
)
from bedside.trust.ledger.heads import open_book
from bedside.trust.ledger.sqlite import open_sqlite
from bedside.trust.ledger.verifier import WHY, check_bundle, conclude, unpack


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with running_site(tmp_path) as site:
        yield site


@pytest.fixture
def bundle() -> bytes:
    return make_whole_bundle()


def test_a_whole_bundle_is_proven_in_both_languages(bundle: bytes) -> None:
    found = check(bundle)

    english, proven = conclude(found, "en")
    spanish, _ = conclude(found, "es")

    assert proven, english
    assert codes(found) == {
        "policy": "good",
        "0001": "good",
        "0002": "good",
        "0003": "hidden",
        "export": "good",
    }
    assert "RESULT: everything is proven." in english
    assert "Not proven: that it is true" in english
    assert "RESULTADO: todo está probado." in spanish
    assert "No se prueba: que sea verdad" in spanish


def test_keys_that_came_with_the_bundle_prove_nothing_until_their_fingerprint_is_confirmed(
    bundle: bytes,
) -> None:
    alone = check_bundle(bundle, NOW)
    confirmed = check_bundle(bundle, NOW, mark=PRINT)
    other = check_bundle(bundle, NOW, mark="0" * 64)

    assert codes(alone)["policy"] == "own"
    assert not conclude(alone, "en")[1]
    assert conclude(confirmed, "en")[1]
    assert codes(other)["bundle"] == "policy"


def test_two_bundles_of_the_same_records_are_the_same_bytes(tmp_path: Path) -> None:
    made = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        with (
            closing(open_sqlite(tmp_path / name / "ledger", LOG.name)) as store,
            closing(open_book(tmp_path / name / "book")) as book,
        ):
            made.append(Site(store=store, book=book).bundle())

    assert made[0] == made[1]


def test_the_bundle_is_a_bag_and_a_crate_to_the_libraries_of_others(
    bundle: bytes, tmp_path: Path
) -> None:
    with zipfile.ZipFile(io.BytesIO(bundle)) as archive:
        archive.extractall(tmp_path)

    bag = bagit.Bag(str(tmp_path / "bedside-2026-0001"))
    bag.validate()
    crate = ROCrate(str(tmp_path / "bedside-2026-0001" / "data"))

    listed = {one.id for one in crate.data_entities}
    held = {
        str(path.relative_to(tmp_path / "bedside-2026-0001" / "data"))
        for path in (tmp_path / "bedside-2026-0001" / "data").rglob("*")
        if path.is_file()
    }
    assert listed == held - {"ro-crate-metadata.json"}
    assert bag.info["Source-Organization"] == "Sample Hospital"


def test_the_enclosed_verifier_runs_alone_and_answers_like_ours(
    bundle: bytes, tmp_path: Path
) -> None:
    files, _ = unpack(bundle)
    (tmp_path / "verifier.py").write_bytes(files["data/verifier.py"])
    (tmp_path / "bundle.zip").write_bytes(bundle)
    (tmp_path / "policy.txt").write_text(POLICY, encoding="utf-8")

    def run(*arguments: str) -> tuple[int, str, str]:
        # -I: no package of ours can be found beside it
        command = [sys.executable, "-I", "verifier.py", *arguments]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)  # noqa: S603 - our own file
        return done.returncode, done.stdout, done.stderr

    whole = run("bundle.zip", "--policy", "policy.txt")
    spanish = run("bundle.zip", "--policy", "policy.txt", "--es")
    alone = run("bundle.zip")
    absent = run("absent.zip")
    misunderstood = run("--nonsense")

    assert whole == (0, conclude(check(bundle), "en")[0] + "\n", "")
    assert (spanish[0], alone[0], absent[0], misunderstood[0]) == (0, 1, 3, 2)
    assert "todo está probado" in spanish[1]
    assert "its maker chose them" in alone[1]
    assert "absent.zip: No such file" in absent[2]


def test_the_verifier_is_short_and_needs_nothing_but_cryptography() -> None:
    source = Path(verifier.__file__).read_text(encoding="utf-8")
    imported = {
        (node.module if isinstance(node, ast.ImportFrom) else node.names[0].name) or ""
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Import | ast.ImportFrom)
    }

    foreign = {name.split(".")[0] for name in imported} - sys.stdlib_module_names

    assert len(source.splitlines()) <= 250
    assert foreign == {"cryptography"}


def test_content_that_is_not_what_was_recorded_is_not_exported(site: Site) -> None:
    record = site.record(make_leaf(0), Opened(content=b"other", salt=salt_of(0)))

    with pytest.raises(WrongContent, match="record 0001"):
        site.bundle([record])


@pytest.mark.parametrize("extension", ["exe", "../x", "JSON"])
def test_content_of_an_unknown_kind_is_not_exported(site: Site, extension: str) -> None:
    opened = Opened(content=b'{"note":0}', salt=salt_of(0), extension=extension)

    with pytest.raises(BundleUnwritable, match="cannot go into a bundle"):
        site.bundle([site.record(make_leaf(0), opened)])


def test_a_rulebook_that_is_not_the_one_named_is_not_exported() -> None:
    plan = BundlePlan(
        name="b",
        site="S",
        made_on=date(2026, 1, 1),
        policy=POLICY,
        records=[],
        editions={"0" * 64: EDITION},
    )

    with pytest.raises(BundleUnwritable, match="rulebook"):
        write_bundle(plan, lambda _: pytest.fail("nothing may be exported"))


def test_every_reason_is_said_in_both_languages() -> None:
    source = Path(verifier.__file__).read_text(encoding="utf-8")

    used = {
        node.args[1].value
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "need"
        if isinstance(node.args[1], ast.Constant)
    }

    assert len(used) > 8
    assert used <= WHY.keys()
    assert all(english != spanish for english, spanish in WHY.values())


def test_the_readmes_and_the_certification_say_what_is_not_proven(bundle: bytes) -> None:
    files, _ = unpack(bundle)

    assert "What it does not prove" in files["data/README.md"].decode()
    assert "Qué no prueba" in files["data/LEEME.md"].decode()
    assert "DRAFT" in files["data/certification-draft.md"].decode()
    assert json.loads(files["data/ro-crate-metadata.json"])["@graph"][1]["publisher"]


def test_a_folder_unpacked_with_other_tools_holds_what_the_archive_holds(
    bundle: bytes, tmp_path: Path
) -> None:
    (tmp_path / "b.zip").write_bytes(bundle)

    shutil.unpack_archive(tmp_path / "b.zip", tmp_path / "out")

    files, top = unpack(bundle)
    held = {
        str(path.relative_to(tmp_path / "out" / top)): path.read_bytes()
        for path in (tmp_path / "out").rglob("*")
        if path.is_file()
    }
    assert held == files
