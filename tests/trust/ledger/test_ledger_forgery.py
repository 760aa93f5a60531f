"""Bundles that were forged, cut, bombed or dated ahead: refused, each in a sentence."""

import io
import random
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from bundle_cast import (
    LOG,
    NOW,
    POLICY,
    WITNESS,
    Files,
    Site,
    check,
    codes,
    is_proven,
    make_whole_bundle,
    repack,
    running_site,
)
from ledger_cast import Recorder, log_key, make_leaf, salt_of, tally, times, witness_key

from bedside.trust.ledger import verifier
from bedside.trust.ledger.bundle import (
    BundlePlan,
    Opened,
    Record,
    write_bundle,
)
from bedside.trust.ledger.leaf import Kind
from bedside.trust.ledger.note import parse_note
from bedside.trust.ledger.verifier import WHY, check_bundle, conclude, unpack


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with running_site(tmp_path) as site:
        yield site


@pytest.fixture
def bundle() -> bytes:
    return make_whole_bundle()


def test_no_change_of_one_byte_goes_unnoticed(bundle: bytes, record_property: Recorder) -> None:
    dice = random.Random(7)  # noqa: S311 - the same places in every run
    places = dice.sample(range(len(bundle)), times(400, soak=len(bundle)))

    unnoticed = []
    for place in places:
        changed = bytearray(bundle)
        changed[place] ^= 1 << dice.randrange(8)
        if is_proven(bytes(changed)):
            unnoticed.append(place)

    tally(record_property, "bytes of a bundle changed", len(places), len(unnoticed))
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
