"""Whatever bytes arrive, they become plain values with places, or problems in words; no more."""

import json

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from rules_cast import EXAMPLES, times

from bedside.rules.tables.compiled import SHIPPED
from bedside.rules.vocabulary.document import (
    MAX_BYTES,
    MAX_DEPTH,
    MAX_LINE,
    MAX_VALUES,
    Document,
    Plain,
    load_document,
    locate_document,
    parse_document,
)
from bedside.rules.vocabulary.problem import ENGLISH, LANGUAGES, Problem, Problems

BOMB = b"a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n"
MERGED = b"base: {a: 1}\nother:\n  <<: *base\n"
# bytes: the code of the first problem, its line and its column
REFUSED = {
    "nothing": (b"", "empty", 0, 0),
    "blank": (b" \n\n", "empty", 0, 0),
    "remark": (b"# only a remark\n", "empty", 0, 0),
    "10 MB": (b"a: 1\n" * 2_000_000, "too-large", 0, 0),
    "one byte too much": (b"a: 1".ljust(MAX_BYTES + 1), "too-large", 0, 0),
    "latin-1": ("a: 1\nb: año\n".encode("latin-1"), "not-text", 2, 0),
    "utf-16": ("a: 1".encode("utf-16"), "not-text", 1, 0),
    "half a letter": (b"a: \xc3", "not-text", 1, 0),
    "a surrogate": (b"a: \xed\xa0\x80", "not-text", 1, 0),
    "NUL": (b"a: 1\nb: x\x00y", "control-character", 2, 5),
    "bell": (b"a: \x07", "control-character", 1, 4),
    "delete": (b'a: "\x7f"', "control-character", 1, 5),
    "escaped NUL": (b'a: "\\0"', "control-character", 1, 5),
    "escaped surrogate": (b'{"a": "\\ud800"}', "control-character", 1, 8),
    "bomb": (BOMB, "not-allowed", 1, 4),
    "merge key": (MERGED, "not-allowed", 3, 7),
    "tag": (b"a: !!python/name:os.system", "not-allowed", 1, 4),
    "own tag": (b"a: !secret x", "not-allowed", 1, 4),
    "tag directive": (b"%TAG ! tag:x,2000:\n---\na: !x 1\n", "not-allowed", 3, 4),
    "key twice": (b"a: 1\nb: 2\na: 3\n", "key-twice", 3, 1),
    "key twice in JSON": (b'{"a": 1,\n "a": 2}', "key-twice", 2, 3),
    "key twice inside": (b"a:\n  - {b: 1, b: 2}\n", "key-twice", 2, 12),
    "list as key": (b"[a]: 1", "key-not-text", 1, 1),
    "table as key": (b"? {a: 1}\n: 2", "key-not-text", 1, 3),
    "two documents": (b"a: 1\n---\nb: 2\n", "several", 2, 1),
    "deep brackets": (b"[" * 500 + b"]" * 500, "too-deep", 1, MAX_DEPTH + 1),
    "deep tables": (b'{"a":' * 500 + b"1" + b"}" * 500, "too-deep", 1, 5 * MAX_DEPTH + 1),
    "deep lists": (b"- " * 500 + b"a", "too-deep", 1, 2 * MAX_DEPTH + 1),
    "20,000 brackets": (b"[" * 20_000, "too-deep", 1, MAX_DEPTH + 1),
    "many values": (b"[" + b"1,\n" * (MAX_VALUES + 1) + b"]", "too-many-values", MAX_VALUES, 1),
    "long line": (b"a: 1\n" + b"!" * (MAX_LINE + 1), "long-line", 2, 0),
    "tab": (b"a:\n\tb: 1", "not-yaml", 2, 1),
    "open quote": (b"a: 'x\nb: 1\n", "not-yaml", 3, 1),
    "open bracket": (b"a: [1\nb: 2\n", "not-yaml", 2, 2),
    "two colons": (b"a: b: c", "not-yaml", 1, 5),
    "a comma too much": (b'{"a": 1,, "b": 2}', "not-yaml", 1, 9),
    "unknown directive": (b"%YAML 9.9\n---\na: 1", "not-yaml", 1, 1),
}
READ: dict[str, tuple[bytes, Plain]] = {
    "words that other YAML takes for flags": (b"[yes, no, on, y]", ["yes", "no", "on", "y"]),
    "flags": (b"[true, False, TRUE]", [True, False, True]),
    "nothing": (b"[~, null, '', Null]", [None, None, "", None]),
    "numbers": (b"[1, -2, +3, 007, 0]", [1, -2, 3, 7, 0]),
    "texts that look like numbers": (b"[1.5, 0x1F, 1_0, 12:30]", ["1.5", "0x1F", "1_0", "12:30"]),
    "days are texts": (b"a: 2026-11-23", {"a": "2026-11-23"}),
    "quoted": (b"""['1', "true", 'null']""", ["1", "true", "null"]),
    "folded": (b"a: >-\n  one\n  two\n", {"a": "one two"}),
    "a mark at the start": (b"\xef\xbb\xbfa: 1", {"a": 1}),
    "Windows lines": (b"a: 1\r\nb: [x,\r\n  y]\r\n", {"a": 1, "b": ["x", "y"]}),
    "JSON": (b'{"a": [1, true, null, "x"]}', {"a": [1, True, None, "x"]}),
    "other letters": ("a: ¿Quién?".encode(), {"a": "¿Quién?"}),
    "a bare word": (b"hello", "hello"),
    "keys are texts": (b"{1: a, true: b, null: c}", {"1": "a", "true": "b", "null": "c"}),
}  # fmt: skip


def refuse(raw: bytes) -> tuple[Problem, ...]:
    with pytest.raises(Problems) as caught:
        parse_document(raw, name="x.yaml")
    return caught.value.problems


@pytest.mark.parametrize("name", REFUSED)
def test_a_hostile_or_broken_file_is_refused_with_its_place(name: str) -> None:
    raw, code, line, column = REFUSED[name]

    (first, *_) = refuse(raw)

    assert (first.kind.code, first.place.line, first.place.column) == (
        f"document.{code}",
        line,
        column,
    )
    assert all(first.say(language).startswith("x.yaml") for language in LANGUAGES)


@pytest.mark.parametrize("name", READ)
def test_a_sound_file_is_read_as_plain_values(name: str) -> None:
    raw, wanted = READ[name]

    value = parse_document(raw, name="x").value

    assert value == wanted
    assert repr(value) == repr(wanted)  # 1 is not True


def test_every_repeated_key_is_reported() -> None:
    assert [p.place.line for p in refuse(b"a: 1\na: 2\nb: 1\nb: 2\nc: 1\n")] == [2, 4]


def test_a_missing_file_and_a_folder_are_named() -> None:
    for path in (EXAMPLES / "nowhere.yaml", EXAMPLES):
        with pytest.raises(Problems) as caught:
            load_document(path)
        assert str(caught.value).startswith(f"{path}: this file cannot be read: ")


TEXTS = st.text(
    st.characters(exclude_characters="\ufffe\uffff", exclude_categories=["Cs", "Cc"]),
    max_size=12,
)
VALUES: st.SearchStrategy[Plain] = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-(10**9) + 1, 10**9 - 1), TEXTS),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(TEXTS, inner, max_size=4)),
    max_leaves=12,
)


@settings(max_examples=times(300), deadline=None)
@given(VALUES.filter(lambda value: isinstance(value, list | dict)))
@example({"": None})
@example(["\u2028", "\ufeff", "\xa0"])
def test_json_says_the_same_read_as_json_and_as_yaml(value: Plain) -> None:
    for text in (json.dumps(value), json.dumps(value, ensure_ascii=False, indent=1)):
        quick = parse_document(text.encode(), name="x").value
        slow = locate_document(text, name="x").value
        assert repr(quick) == repr(slow) == repr(value)


def find(document: Document, *path: str | int) -> Plain:
    value = document.value
    for step in path:
        value = value[step]  # type: ignore[index]  # the places lead to it
    return value


def test_every_value_of_a_norm_file_knows_its_line() -> None:
    file = min(SHIPPED.rglob("*.yaml"))
    lines = file.read_text(encoding="utf-8").splitlines()
    document = load_document(file)

    for path, place in document.places.items():
        if path and path[-1] != "=" and isinstance(path[-1], str):
            assert lines[place.line - 1][place.column - 1 :].startswith(path[-1])
    assert document.place_of("source", "cite").line == 2
    assert document.place_of("source", "nowhere", 3).line == document.place_of("source").line


def read_or_refuse(raw: bytes) -> None:
    try:
        parse_document(raw, name="x")
    except Problems as found:
        for problem in found.problems:
            assert all(problem.say(language).isprintable() for language in LANGUAGES)
            assert problem.say(ENGLISH)


PIECES = [
    "a",
    "b",
    ":",
    "-",
    ",",
    "[",
    "]",
    "{",
    "}",
    "?",
    "&",
    "*",
    "!",
    "|",
    ">",
    "'",
    '"',
    "%",
    "@",
    "`",
    "#",
    "~",
    "\n",
    "\r",
    "\t",
    "\x85",
    "\u2028",
    "\ufeff",
    "---",
    "...",
    "<<",
    "\\",
]
SOUND = [path.read_bytes() for path in sorted(SHIPPED.rglob("*.yaml"))[::60]]


@settings(max_examples=times(300), deadline=None)
@given(st.one_of(st.binary(max_size=80), st.text(max_size=60).map(str.encode)))
def test_any_bytes_are_read_or_refused_in_words(raw: bytes) -> None:
    read_or_refuse(raw)


@settings(max_examples=times(500), deadline=None)
@given(st.lists(st.sampled_from([*PIECES, " ", "\n ", ": ", "- "]), max_size=24).map("".join))
def test_any_heap_of_yaml_signs_is_read_or_refused_in_words(text: str) -> None:
    read_or_refuse(text.encode())


@settings(max_examples=times(60), deadline=None)
@given(
    raw=st.sampled_from(SOUND),
    at=st.integers(0, 3_000),
    length=st.integers(0, 40),
    new=st.one_of(st.binary(max_size=6), st.sampled_from(PIECES).map(str.encode)),
)
def test_a_norm_file_with_a_piece_changed_is_read_or_refused_in_words(
    raw: bytes, at: int, length: int, new: bytes
) -> None:
    read_or_refuse(raw[:at] + new + raw[at + length :])
