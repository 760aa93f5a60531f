"""A compiled rulebook is kept between runs, and never trusted further than its files."""

import os
import pickle
import random
from pathlib import Path

import pytest
from rules_cast import times

from bedside.rules.tables import compiled
from bedside.rules.tables import kept as kept_module
from bedside.rules.tables.compiled import Compiled, load_compiled
from bedside.rules.vocabulary.problem import Problems

SOUND = Path(__file__).with_name("sound_norm.yaml")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "norms" / "us").mkdir(parents=True)
    (tmp_path / "norms" / "us" / "a.yaml").write_bytes(SOUND.read_bytes())
    return tmp_path / "norms"


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


def load(root: Path, cache: Path) -> Compiled:
    return load_compiled([root], cache=cache)


def find_kept(cache: Path) -> list[Path]:
    return sorted(cache.glob("rulebook-*.pickle"))


def forbid_building(monkeypatch: pytest.MonkeyPatch) -> None:
    def build(*_: object) -> None:
        pytest.fail("the rulebook was built anew")

    monkeypatch.setattr(compiled, "compile_rulebook", build)


def forbid_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    def read(*_: object) -> None:
        pytest.fail("a pickle was read")

    monkeypatch.setattr(kept_module, "_Reader", read)


def test_what_was_kept_is_the_same_rulebook_and_is_not_built_again(
    root: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = load(root, cache)
    forbid_building(monkeypatch)

    second = load(root, cache)

    assert (second.rulebook, second.cubes) == (first.rulebook, first.cubes)


def test_a_changed_file_is_read_again(root: Path, cache: Path) -> None:
    before = load(root, cache).rulebook.digest
    file = root / "us" / "a.yaml"
    file.write_text(file.read_text().replace("An exam without danger.", "An exam, no danger."))

    assert load(root, cache).rulebook.digest != before


def test_a_file_that_becomes_wrong_is_refused_whatever_was_kept(root: Path, cache: Path) -> None:
    load(root, cache)
    (root / "us" / "a.yaml").write_text("fit: text\n")

    with pytest.raises(Problems):
        load(root, cache)


def test_a_damaged_cache_is_built_anew(root: Path, cache: Path) -> None:
    whole = load(root, cache).rulebook
    (kept,) = find_kept(cache)
    raw = kept.read_bytes()
    chance = random.Random(3)  # noqa: S311 - damage, no secrets

    for _ in range(times(4)):
        at = chance.randrange(len(raw))
        damaged = chance.choice([raw[:at], raw[:at] + b"\xff0" + raw[at + 2 :], b"0", b""])
        kept.write_bytes(damaged)
        assert load(root, cache).rulebook.digest == whole.digest


def test_a_pickle_of_something_else_is_no_rulebook(root: Path, cache: Path) -> None:
    load(root, cache)
    (kept,) = find_kept(cache)
    kept.write_bytes(pickle.dumps({"norms": []}))

    assert len(load(root, cache).rulebook.norms) == 1


@pytest.mark.parametrize("what", ["file", "folder"])
def test_a_cache_that_others_may_write_is_not_read(
    root: Path, cache: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    load(root, cache)
    (kept,) = find_kept(cache)
    strange = {"file": kept, "folder": cache}[what]
    strange.chmod(0o777)
    forbid_reading(monkeypatch)

    load(root, cache)


@pytest.mark.parametrize("how", ["symlink", "hard link"])
def test_a_file_that_was_put_there_by_a_link_is_not_read(
    root: Path, cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    load(root, cache)
    (kept,) = find_kept(cache)
    elsewhere = kept.rename(tmp_path / "elsewhere")
    if how == "symlink":
        kept.symlink_to(elsewhere)
    else:
        kept.hardlink_to(elsewhere)
    forbid_reading(monkeypatch)

    load(root, cache)


def call(module: str, name: str) -> bytes:
    """Pickle a call of the thing of that name with the word `BURST`, as an attacker would."""
    words = (b"\x8c" + bytes([len(word)]) + word.encode() for word in (module, name, "BURST"))
    of, named, argument = words
    return b"\x80\x04" + of + named + b"\x93" + argument + b"\x85R."


@pytest.mark.parametrize(
    "pickled",
    [
        call("os", "mkdir"),
        call("bedside.rules.tables.kept", "os.mkdir"),  # what a module of ours only borrowed
        call("bedside.rules.tables.kept", "Path.mkdir"),
        call("bedside.rules.tables.kept", "read_kept"),
    ],
)
def test_a_pickle_that_names_anything_but_the_rules_classes_is_not_obeyed(
    root: Path, cache: Path, pickled: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    load(root, cache)
    (kept,) = find_kept(cache)
    kept.write_bytes(pickled)

    found = load(root, cache)

    assert len(found.rulebook.norms) == 1
    assert not (tmp_path / "BURST").exists()


def test_what_another_rulebook_left_under_this_name_is_not_taken(root: Path, cache: Path) -> None:
    load(root, cache)
    (kept,) = find_kept(cache)
    old = kept.read_bytes()
    file = root / "us" / "a.yaml"
    file.write_text(file.read_text() + "\n")
    kept.unlink()
    now = load(root, cache).rulebook.digest
    (kept,) = find_kept(cache)
    kept.write_bytes(old)

    assert load(root, cache).rulebook.digest == now


def test_a_change_that_keeps_size_and_time_is_seen(root: Path, cache: Path) -> None:
    file = root / "us" / "a.yaml"
    about = file.stat()
    before = load(root, cache).rulebook.digest
    file.write_text(file.read_text().replace("An exam without", "An Exam without"))
    os.utime(file, ns=(about.st_atime_ns, about.st_mtime_ns))

    assert file.stat().st_size == about.st_size
    assert load(root, cache).rulebook.digest != before


def test_one_rulebook_is_kept_once_wherever_its_folder_lies(
    root: Path, cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(root, cache)
    moved = root.rename(tmp_path / "moved")
    forbid_building(monkeypatch)

    load(moved, cache)

    assert len(find_kept(cache)) == 1


def test_what_cannot_be_kept_leaves_nothing_behind(
    root: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError

    monkeypatch.setattr("bedside.rules.tables.kept.os.fdopen", fail)

    load(root, cache)

    assert list(cache.iterdir()) == []


def test_the_cache_is_for_its_owner_alone(root: Path, cache: Path) -> None:
    load(root, cache)

    assert cache.stat().st_mode & 0o077 == 0
    assert all(kept.stat().st_mode & 0o077 == 0 for kept in find_kept(cache))


def test_a_few_rulebooks_are_kept_side_by_side_and_the_oldest_go(
    root: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (root.parent / "own" / "hospital" / "mine").mkdir(parents=True)
    (root.parent / "own" / "hospital" / "mine" / "b.yaml").write_bytes(SOUND.read_bytes())
    load_compiled([root, root.parent / "own"], cache=cache)
    load(root, cache)
    file = root / "us" / "a.yaml"
    for _ in range(6):
        file.write_bytes(file.read_bytes() + b"\n")
        load(root, cache)

    assert len(find_kept(cache)) == kept_module.MOST_KEPT
    forbid_building(monkeypatch)
    load(root, cache)


@pytest.mark.parametrize("kind", ["folder", "dangling link", "pipe"])
def test_what_is_no_file_is_named_and_never_waited_for(root: Path, cache: Path, kind: str) -> None:
    strange = root / "us" / "b.yaml"
    if kind == "folder":
        strange.mkdir()
    elif kind == "pipe":
        os.mkfifo(strange)
    else:
        strange.symlink_to("nowhere")

    with pytest.raises(Problems) as caught:
        load(root, cache)

    assert f"{strange}: this file cannot be read" in str(caught.value)
