"""Every defect of a norm file gets its sentence and its place; a file's problems come together."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rules_cast import VOCABULARY, times

from bedside.rules.condition import check, parse
from bedside.rules.rulebook import cases, facts, files, form, load, read_norm
from bedside.rules.rulebook.form import MAX_PROBLEMS, Form
from bedside.rules.rulebook.load import check_norms, load_rulebook
from bedside.rules.rulebook.norm import Norm
from bedside.rules.tables.compiled import SHIPPED
from bedside.rules.vocabulary import document
from bedside.rules.vocabulary.document import Document, Plain, parse_document
from bedside.rules.vocabulary.problem import (
    ENGLISH,
    LANGUAGES,
    SPANISH,
    Language,
    Problem,
    ProblemKind,
    Problems,
)

HERE = Path(__file__).parent
MALFORMED = sorted((HERE / "malformed").glob("*.yaml"))
SOUND = HERE / "sound_norm.yaml"
# These need more than one text file to be shown; tests below and beside do.
SHOWN_ELSEWHERE = {
    "document.unreadable",
    "document.too-large",
    "document.too-many-values",
    "document.long-line",
    "document.not-text",
    "rulebook.more-problems",
    "rulebook.no-folder",
    "rulebook.too-many-files",
    "rulebook.same-id",
    "rulebook.two-versions",
    "rulebook.unknown-norm",
    "rulebook.defeats-circle",
}


def check_file(path: Path) -> tuple[Problem, ...]:
    try:
        return check_norms(path, VOCABULARY)[1]
    except Problems as found:
        return found.problems


def check_text(text: str, tmp_path: Path) -> tuple[Problem, ...]:
    path = tmp_path / "norm.yaml"
    path.write_text(text, encoding="utf-8")
    return check_file(path)


def say(problem: Problem, language: Language) -> str:
    place = replace(problem.place, file="")
    return problem.moved(place).say(language)


def find_kinds() -> set[str]:
    modules = (check, parse, cases, facts, files, form, load, read_norm, document)
    return {
        kind.code
        for module in modules
        for kind in vars(module).values()
        if isinstance(kind, ProblemKind)
    }


@pytest.mark.parametrize("path", MALFORMED, ids=lambda path: path.stem)
def test_one_defect_gets_the_sentence_that_its_file_announces(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    wanted = {
        language: [line[6:] for line in lines if line.startswith(f"# {language}: ")]
        for language in LANGUAGES
    }

    found = check_file(path)

    assert wanted[ENGLISH]
    assert [say(problem, ENGLISH) for problem in found] == wanted[ENGLISH]
    assert [say(problem, SPANISH) for problem in found] == wanted[SPANISH]
    assert {problem.place.file for problem in found} == {str(path)}
    assert path.stem.partition("--")[0] in {problem.kind.code for problem in found}


def test_every_kind_of_problem_is_shown_by_a_file_or_a_test() -> None:
    shown = {path.stem.partition("--")[0] for path in MALFORMED}

    assert find_kinds() == shown | SHOWN_ELSEWHERE
    assert not shown & SHOWN_ELSEWHERE


def test_the_norm_that_the_malformed_ones_were_made_from_is_sound() -> None:
    assert check_file(SOUND) == ()


def test_all_problems_of_a_file_are_reported_together_in_the_order_of_their_places(
    tmp_path: Path,
) -> None:
    text = SOUND.read_text(encoding="utf-8")
    for right, wrong in {
        "  cite: 1 Example 2(c)\n": "",
        "fit: text": "fit: exact",
        "kind: statute": "kind: statue",
        "binds: [hospital]": "binds: [hopsital]",
        "in_custody && activity == 'exam'": "in_custdy && activity == 'exams'",
        "  es: Atender sin que nadie más oiga.\n": "",
        "{hears: no}": "{hears: perhaps}",
        "2026-02-01\nin_force_to": "2026-02-30\nin_force_to",
        "activity: rest": "activity: resting",
    }.items():
        assert right in text
        text = text.replace(right, wrong, 1)

    found = check_text(text, tmp_path)

    assert [(p.place.line, p.kind.code.partition(".")[2]) for p in found] == [
        (1, "missing-key"),
        (9, "unknown-word"),
        (11, "unknown-word"),
        (12, "unknown-word"),
        (14, "one-language"),
        (16, "unknown-fact"),
        (16, "unknown-word"),
        (22, "unknown-word"),
        (23, "not-a-day"),
    ]


def test_a_file_with_thousands_of_problems_names_a_hundred_and_says_that_there_are_more(
    tmp_path: Path,
) -> None:
    text = "\n".join(f"keyy{number}: 1" for number in range(5_000))

    found = check_text(text, tmp_path)

    assert len(found) == MAX_PROBLEMS + 1
    assert "rulebook.more-problems" in {problem.kind.code for problem in found}


def load_as(value: Plain, name: str) -> Norm:
    read = Form(Document(name=name, value=value), VOCABULARY)
    norm = read_norm.read_norm(read, id_="us/federal/x", overlay=None)
    assert not read.problems
    return norm


@pytest.mark.parametrize("path", sorted(SHIPPED.rglob("*.yaml"))[::40], ids=lambda p: p.stem)
def test_a_norm_file_in_json_is_the_same_norm(path: Path) -> None:
    plain = parse_document(path.read_bytes(), name="x").value

    again = parse_document(json.dumps(plain).encode(), name="x").value

    assert load_as(again, "json") == load_as(plain, "yaml")


# --- several files


def write(root: Path, id_: str, **changes: str) -> None:
    text = SOUND.read_text(encoding="utf-8").replace("1 Example 2(c)", f"1 Example 2({id_})")
    for key, line in changes.items():
        text = text.replace("in_force_from:", f"{key}: {line}\nin_force_from:", 1)
    path = root / f"{id_}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def load_problems(*roots: Path) -> list[str]:
    with pytest.raises(Problems) as caught:
        load_rulebook(roots, VOCABULARY)
    return [problem.say() for problem in caught.value.problems]


def test_norms_that_defeat_one_another_in_a_circle_are_refused(tmp_path: Path) -> None:
    write(tmp_path, "us/a", defeats="[us/b]")
    write(tmp_path, "us/b", defeats="[us/c]")
    write(tmp_path, "us/c", defeats="[us/a]")
    write(tmp_path, "us/d", defeats="[us/a]")

    (said,) = load_problems(tmp_path)

    assert "line 25, column 1: these norms defeat one another in a circle: us/" in said
    assert all(f"us/{name}" in said for name in "abc")
    assert "us/d" not in said.partition("circle:")[2]


def test_a_norm_that_defeats_itself_is_refused(tmp_path: Path) -> None:
    write(tmp_path, "us/a", defeats="[us/a]")

    assert "in a circle: us/a;" in load_problems(tmp_path)[0]


def test_a_chain_of_defeats_is_no_circle(tmp_path: Path) -> None:
    write(tmp_path, "us/a", defeats="[us/b, us/c]")
    write(tmp_path, "us/b", defeats="[us/c]")
    write(tmp_path, "us/c")

    assert len(load_rulebook([tmp_path], VOCABULARY).norms) == 3


@settings(max_examples=times(200), deadline=None)
@given(
    st.dictionaries(
        st.integers(0, 7), st.lists(st.integers(0, 7), max_size=3, unique=True), max_size=8
    )
)
def test_a_circle_is_found_exactly_if_there_is_one(edges: dict[int, list[int]]) -> None:
    defeats = {str(one): tuple(str(o) for o in others) for one, others in edges.items()}

    found = load.find_circle(defeats)

    for one, other in zip(found, [*found[1:], *found[:1]], strict=True):
        assert other in defeats[one]
    left = {one: {o for o in others if o in defeats} for one, others in defeats.items()}
    while free := [one for one, others in left.items() if not others & left.keys()]:
        for one in free:
            del left[one]
    assert bool(found) is bool(left)


def test_defeating_a_norm_that_does_not_exist_names_the_nearest(tmp_path: Path) -> None:
    write(tmp_path, "us/federal/privacy-first", defeats="[us/federal/privacy-frist]")

    (said,) = load_problems(tmp_path)

    assert "`defeats` names `us/federal/privacy-frist`, which is no norm" in said
    assert "did you mean `us/federal/privacy-first`?" in said


def test_two_folders_with_one_id_are_refused(tmp_path: Path) -> None:
    write(tmp_path / "one", "us/a")
    write(tmp_path / "two", "us/a")

    (said,) = load_problems(tmp_path / "one", tmp_path / "two")

    assert said.startswith(str(tmp_path / "two"))
    assert "two folders have a norm `us/a`" in said


def test_the_problems_of_all_files_are_reported_together(tmp_path: Path) -> None:
    write(tmp_path, "us/a", defeats="[us/nowhere]")
    write(tmp_path, "us/b", jurisdiction="us/tx")
    (tmp_path / "us" / "c.yaml").write_bytes(b"\xff\xfe")
    (tmp_path / "us" / "d.yaml").write_bytes(b"")

    said = load_problems(tmp_path)

    assert [line.partition(".yaml")[0][-1] for line in said] == ["a", "b", "c", "d"]


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    assert load_problems(tmp_path / "nowhere") == [
        f"{tmp_path / 'nowhere'}: there is no folder of norms here; check the path"
    ]


def test_more_files_than_anybody_could_have_meant_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "MAX_FILES", 1)
    write(tmp_path, "us/a")
    write(tmp_path, "us/b")

    assert "more than 1 norm files" in load_problems(tmp_path)[0]


def test_the_digest_changes_with_one_byte_and_not_with_the_place_of_the_folder(
    tmp_path: Path,
) -> None:
    for root in ("one", "two"):
        write(tmp_path / root, "us/a")
    first, second = (load_rulebook([tmp_path / r], VOCABULARY).digest for r in ("one", "two"))
    file = tmp_path / "two" / "us" / "a.yaml"
    file.write_bytes(file.read_bytes() + b"\n")

    third = load_rulebook([tmp_path / "two"], VOCABULARY).digest

    assert first == second != third


def test_the_digest_does_not_heed_the_order_of_the_folders(tmp_path: Path) -> None:
    write(tmp_path / "one", "us/a")
    write(tmp_path / "two", "us/b")
    roots = [tmp_path / "one", tmp_path / "two"]

    first, second = (load_rulebook(r, VOCABULARY).digest for r in (roots, roots[::-1]))

    assert first == second


# --- whatever somebody may write


LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**9) + 1, 10**9 - 1),
    st.text(max_size=8),
    st.sampled_from(["read", "must", "2026-02-30", "in_custody", "agency ==", "us/a", "yes", "9"]),
)
PLAINS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=6), inner, max_size=3)
    ),
    max_leaves=6,
)


def find_paths(value: Plain, *path: str | int) -> list[tuple[str | int, ...]]:
    inside: list[tuple[str | int, Plain]] = []
    if isinstance(value, dict):
        inside = list(value.items())
    if isinstance(value, list):
        inside = list(enumerate(value))
    return [path, *(found for key, v in inside for found in find_paths(v, *path, key))]


def change(value: Plain, path: tuple[str | int, ...], new: Plain, *, delete: bool) -> Plain:
    if not path:
        return new
    key, rest = path[0], path[1:]
    items = value.items() if isinstance(value, dict) else enumerate(value)  # type: ignore[arg-type]  # a path leads through tables and lists only
    changed = {
        k: change(v, rest, new, delete=delete) if k == key else v
        for k, v in items
        if rest or k != key or not delete
    }
    return changed if isinstance(value, dict) else list(changed.values())  # type: ignore[return-value]  # keys are texts in a table


SOUND_VALUE = parse_document(SOUND.read_bytes(), name="sound").value
PATHS = find_paths(SOUND_VALUE)


@settings(max_examples=times(250), deadline=None)
@given(st.lists(st.tuples(st.sampled_from(PATHS), PLAINS, st.booleans()), min_size=1, max_size=2))
def test_a_changed_norm_is_read_or_refused_in_words(
    changes: list[tuple[tuple[str | int, ...], Plain, bool]],
) -> None:
    value = SOUND_VALUE
    for path, new, delete in changes:
        if path in find_paths(value):
            value = change(value, path, new, delete=delete)
    read = Form(Document(name="changed", value=value), VOCABULARY)

    norm = read_norm.read_norm(read, id_="us/x", overlay=None)
    if not read.problems:
        cases.check_cases(read, norm)

    for problem in read.problems:
        assert all(problem.say(language) for language in LANGUAGES)
