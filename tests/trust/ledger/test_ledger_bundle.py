"""Bundles: written the same each time, accepted whole, and refused in a sentence otherwise."""

import ast
import io
import json
import random
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from pathlib import Path

import bagit
import pytest
from ledger_cast import EDITION, log_key, make_leaf, salt_of, times, witness_key
from rocrate.rocrate import ROCrate

from bedside.trust.ledger import verifier
from bedside.trust.ledger.append import append, prove
from bedside.trust.ledger.bundle import (
    BundlePlan,
    BundleUnwritable,
    Opened,
    Record,
    WrongContent,
    write_bundle,
)
from bedside.trust.ledger.checkpoint import parse_checkpoint
from bedside.trust.ledger.heads import HeadBook, open_book
from bedside.trust.ledger.key import SigningKey
from bedside.trust.ledger.leaf import Kind, Leaf
from bedside.trust.ledger.note import Note, cosign, parse_note
from bedside.trust.ledger.signer import HeadSigner
from bedside.trust.ledger.sqlite import open_sqlite
from bedside.trust.ledger.store import Store
from bedside.trust.ledger.verifier import WHY, Found, check_bundle, conclude, pack, unpack

LOG, WITNESS = log_key(), witness_key()
NOW = 1_720_000_000
POLICY = f"log {LOG.verifier.write()}\nwitness clinic {WITNESS.verifier.write()}\nquorum clinic\n"
PRINT = sha256(POLICY.encode()).hexdigest()
Files = dict[str, bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A hospital that records and exports."""

    store: Store
    book: HeadBook
    log: SigningKey = LOG
    witness: SigningKey = WITNESS
    cosigned_at: int = NOW

    def record(self, leaf: Leaf, opened: Opened | None) -> Record:
        (index,) = append(self.store, [leaf])
        note = self.sign()
        size = parse_checkpoint(parse_note(note.encode()).body).head.size
        with self.store.reading() as snapshot:
            proof = prove(snapshot, index, size, note).write()
        return Record(leaf=leaf.write(), proof=proof, opened=opened)

    def sign(self) -> str:
        signer = HeadSigner(store=self.store, book=self.book, keys=(self.log,), now=lambda: NOW)
        note = parse_note(signer.sign().encode())
        lines = (*note.signatures, cosign(note.body, self.witness, self.cosigned_at))
        return Note(body=note.body, signatures=lines).write()

    def export(self, content: bytes) -> Record:
        leaf = make_leaf(9999, kind=Kind.EXPORTED, content=content)
        opened = Opened(content=content, salt=salt_of(9999), extension="txt")
        return self.record(leaf, opened)

    def bundle(self, records: list[Record] | None = None) -> bytes:
        if records is None:
            letter = Opened(content=b"%PDF letter", salt=salt_of(1), extension="pdf")
            records = [
                self.record(make_leaf(0), Opened(content=b'{"note":0}', salt=salt_of(0))),
                self.record(make_leaf(1, kind=Kind.ISSUED, content=b"%PDF letter"), letter),
                self.record(make_leaf(2, kind=Kind.DELETED), None),
            ]
        plan = BundlePlan(
            name="bedside-2026-0001",
            site="Sample Hospital",
            made_on=date(2026, 11, 26),
            policy=POLICY,
            records=records,
            editions={sha256(EDITION).hexdigest(): EDITION},
        )
        return write_bundle(plan, self.export)


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with (
        closing(open_sqlite(tmp_path / "ledger", LOG.name)) as store,
        closing(open_book(tmp_path / "book")) as book,
    ):
        yield Site(store=store, book=book)


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = tmp_path_factory.mktemp("site")
    with (
        closing(open_sqlite(folder / "ledger", LOG.name)) as store,
        closing(open_book(folder / "book")) as book,
    ):
        return Site(store=store, book=book).bundle()


def check(archive: bytes, policy: str = POLICY, now: int = NOW) -> list[Found]:
    return check_bundle(archive, now, policy.encode())


def is_proven(archive: bytes) -> bool:
    return conclude(check(archive), "en")[1]


def codes(found: list[Found]) -> dict[str, str]:
    return {name: code for name, code, _ in found}


def repack(archive: bytes, change: Callable[[Files], object], *, relist: bool = True) -> bytes:
    """Change files and, as a careful forger would, write every list anew."""
    files, top = unpack(archive)
    change(files)
    if relist:
        files.pop(verifier.TAGS)
        payload = sorted(name for name in files if name.startswith("data/"))
        files[verifier.MANIFEST] = listing(files, payload)
        tops = [name for name in sorted(files) if "/" not in name]
        files[verifier.EXPORTED] = listing(files, tops)
        tags = sorted(name for name in files if not name.startswith("data/"))
        files[verifier.TAGS] = listing(files, tags)
    return pack(files, top)


def listing(files: Files, names: list[str]) -> bytes:
    return "".join(f"{sha256(files[one]).hexdigest()}  {one}\n" for one in names).encode()


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


def test_no_change_of_one_byte_goes_unnoticed(bundle: bytes) -> None:
    dice = random.Random(7)  # noqa: S311 - the same places in every run
    places = dice.sample(range(len(bundle)), times(400, soak=len(bundle)))

    unnoticed = []
    for place in places:
        changed = bytearray(bundle)
        changed[place] ^= 1 << dice.randrange(8)
        if is_proven(bytes(changed)):
            unnoticed.append(place)

    assert unnoticed == []


def test_a_verifier_that_trusted_the_lists_alone_would_be_caught(
    bundle: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verifier, "check_record", lambda name, *_: (name, "good", ""))

    assert is_proven(repack(bundle, lambda files: files.update({"data/README.md": b"forged"})))


def drop(name: str) -> Callable[[Files], object]:
    return lambda files: files.pop(name)


def put(name: str, data: bytes) -> Callable[[Files], object]:
    return lambda files: files.update({name: data})


def swap(files: Files) -> None:
    one, other = (f"data/records/000{number}/leaf.json" for number in (1, 2))
    files[one], files[other] = files[other], files[one]


def retell(files: Files) -> None:
    """Forge another content together with a leaf that commits to it."""
    leaf = make_leaf(0, content=b"forged").write()
    files.update({"data/records/0001/leaf.json": leaf, "data/records/0001/content.json": b"forged"})


FORGERIES: dict[str, tuple[Callable[[Files], object], tuple[str, str]]] = {
    "another readme": (put("data/README.md", b"forged"), ("export", "content")),
    "a further file": (put("data/more.txt", b"more"), ("export", "content")),
    "a dropped record": (
        lambda files: [files.pop(name) for name in list(files) if "/0003/" in name],
        ("export", "content"),
    ),
    "another content": (put("data/records/0001/content.json", b"forged"), ("0001", "content")),
    "another salt": (put("data/records/0001/salt.txt", b"00" * 32 + b"\n"), ("0001", "content")),
    "a salt that is none": (put("data/records/0001/salt.txt", b"x"), ("0001", "form")),
    "a salt without content": (drop("data/records/0001/content.json"), ("0001", "content")),
    "content without salt": (drop("data/records/0001/salt.txt"), ("0001", "content")),
    "a file beside the content": (put("data/records/0001/notes.txt", b"x"), ("0001", "content")),
    "content and leaf": (retell, ("0001", "place")),
    "two leaves swapped": (swap, ("0001", "place")),
    "no leaf": (drop("data/records/0001/leaf.json"), ("0001", "form")),
    "no proof": (drop("data/records/0002/proof.tlog-proof"), ("0002", "form")),
    "a leaf that is no JSON": (put("data/records/0001/leaf.json", b"{"), ("0001", "form")),
    "a leaf of a later version": (
        put("data/records/0001/leaf.json", b'{"v":2}'),
        ("0001", "algorithm"),
    ),
    "a proof of a later version": (
        put("data/records/0001/proof.tlog-proof", b"c2sp.org/tlog-proof@v2\n"),
        ("0001", "algorithm"),
    ),
    "no export": (drop("export/leaf.json"), ("export", "form")),
    "no bag": (drop("bagit.txt"), ("export", "content")),
}


@pytest.mark.parametrize("kind", list(FORGERIES))
def test_a_forgery_is_refused_however_well_its_lists_were_rewritten(
    bundle: bytes, kind: str
) -> None:
    change, (record, code) = FORGERIES[kind]

    found = check(repack(bundle, change))

    assert codes(found)[record] == code
    assert not conclude(found, "en")[1]
    text, _ = conclude(found, "es")
    assert f"{record}: {WHY[code][1]}" in text


@pytest.mark.parametrize("kind", list(FORGERIES))
def test_a_forgery_whose_lists_were_left_alone_names_the_file(bundle: bytes, kind: str) -> None:
    change, _ = FORGERIES[kind]

    found = check(repack(bundle, change, relist=False))

    assert codes(found)["bundle"] == "changed"


def test_an_export_of_another_bundle_does_not_fit(bundle: bytes, site: Site) -> None:
    record = site.record(make_leaf(5), Opened(content=b'{"note":5}', salt=salt_of(5)))
    other, _ = unpack(site.bundle([record]))

    def exchange(files: Files) -> None:
        files.update({name: data for name, data in other.items() if name.startswith("export/")})

    found = check(repack(bundle, exchange))

    assert codes(found)["export"] == "content"


def test_a_view_passed_off_as_an_export_is_refused(site: Site) -> None:
    def view(content: bytes) -> Record:
        leaf = make_leaf(9999, kind=Kind.VIEWED, content=content)
        opened = Opened(content=content, salt=salt_of(9999), extension="txt")
        return site.record(leaf, opened)

    plan = BundlePlan(name="b", site="S", made_on=date(2026, 1, 1), policy=POLICY, records=[])

    assert codes(check(write_bundle(plan, view)))["export"] == "export"


def test_a_bundle_signed_by_other_keys_is_refused_and_cannot_bring_its_own_policy(
    site: Site,
) -> None:
    rogue = replace(site, log=replace(log_key("rogue"), name=LOG.name))
    forged = rogue.bundle()

    found = check(forged)

    assert codes(found)["0001"] == "key"
    assert codes(check_bundle(forged, NOW))["policy"] == "own"


def test_a_bundle_without_the_cosignatures_that_the_policy_asks_for_is_refused(site: Site) -> None:
    found = check(replace(site, witness=witness_key("nobody.example")).bundle())

    assert codes(found)["0001"] == "quorum"


def test_a_false_signature_of_a_known_key_is_refused(site: Site) -> None:
    record = site.record(make_leaf(0), Opened(content=b'{"note":0}', salt=salt_of(0)))
    proof = parse_broken(record.proof)
    found = check(site.bundle([replace(record, proof=proof)]))

    assert codes(found)["0001"] == "signature"


def parse_broken(proof: str) -> str:
    """Change the time inside the cosignature, which its signature covers."""
    top, _, note = proof.partition("\n\n")
    parsed = parse_note(note.encode())
    log, witness = parsed.signatures
    later = replace(witness, signature=(1).to_bytes(8, "big") + witness.signature[8:])
    return f"{top}\n\n{replace(parsed, signatures=(log, later)).write()}"


def test_a_cosignature_or_an_event_from_the_future_is_refused(bundle: bytes, site: Site) -> None:
    late = replace(site, cosigned_at=NOW + 3600).bundle()

    assert codes(check(late))["0001"] == "future"
    assert codes(check(bundle, now=1_000_000_000))["0001"] == "future"


@pytest.mark.parametrize(
    ("policy", "code"),
    [
        ("quorum nobody\n", "policy"),
        ("log broken\nquorum none\n", "policy"),
        ("log a+00000000+BgAA\nquorum none\n", "algorithm"),
        (POLICY.replace(WITNESS.verifier.key_id.hex(), "00000000"), "algorithm"),
        ("\x00\n", "policy"),
        (f"group g any g\nquorum g\n{POLICY}", "policy"),
    ],
)
def test_a_policy_that_cannot_be_used_proves_nothing(bundle: bytes, policy: str, code: str) -> None:
    if policy.startswith("group g"):
        policy = policy.replace("quorum clinic\n", "quorum g\n")

    found = check(bundle, policy)

    assert codes(found)["bundle"] == code
    assert not conclude(found, "en")[1]


def archive_of(*names: str, link: bool = False) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            info = zipfile.ZipInfo(name)
            info.external_attr = (0o120777 if link else 0o100644) << 16
            archive.writestr(info, b"x")
    return out.getvalue()


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for number in range(20):
            archive.writestr(f"top/data/{number}", bytes(16 * 1024 * 1024))
    return out.getvalue()


def lying_bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("top/bagit.txt", bytes(16 * 1024 * 1024))
    small = (10).to_bytes(4, "little")
    return out.getvalue().replace((16 * 1024 * 1024).to_bytes(4, "little"), small)


@pytest.mark.parametrize(
    ("archive", "code"),
    [
        (b"", "damaged"),
        (b"PK", "damaged"),
        (b"not an archive", "damaged"),
        (archive_of(), "damaged"),
        (archive_of("top/../../etc/passwd"), "name"),
        (archive_of("/etc/passwd"), "name"),
        (archive_of("top/..\\windows"), "name"),
        (archive_of("top/a\x1b[31m"), "name"),
        (archive_of("top/a", "other/b"), "name"),
        (archive_of("top/caf\u00e9"), "name"),
        (archive_of("top/.hidden"), "name"),
        (archive_of("top/a", link=True), "name"),
        (archive_of("top/bagit.txt"), "policy"),
    ],
)
def test_what_is_no_bundle_is_refused_with_a_reason(archive: bytes, code: str) -> None:
    found = check_bundle(archive, NOW)

    assert codes(found)["bundle"] == code
    assert "\x1b" not in conclude(found, "en")[0]


def test_a_name_that_stands_twice_is_refused() -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        archive = archive_of("top/a", "top/a")

    assert codes(check(archive))["bundle"] == "name"


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    assert codes(check(bomb()))["bundle"] == "damaged"
    assert codes(check(lying_bomb()))["bundle"] == "damaged"


def test_every_truncation_is_refused(bundle: bytes) -> None:
    step = max(1, len(bundle) // times(150, soak=5000))

    believed = [size for size in range(0, len(bundle), step) if is_proven(bundle[:size])]

    assert believed == []


def test_an_archive_that_was_only_packed_again_is_not_called_proven(bundle: bytes) -> None:
    files, top = unpack(bundle)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(f"{top}/{name}", data)

    found = check(out.getvalue())

    assert codes(found) == {**codes(check(bundle)), "bundle": "changed"}


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
