"""A situation file is taken whole, or refused with every problem in it; nothing else comes out."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rules_cast import VOCABULARY, shipped, times

from bedside.rules.decide.advise import advise
from bedside.rules.decide.read_situation import MAX_CLAIMS, read_situation
from bedside.rules.decide.render import render_advice
from bedside.rules.decide.situation import Situation
from bedside.rules.vocabulary.document import Document, Plain, parse_document
from bedside.rules.vocabulary.problem import ENGLISH, LANGUAGES, Problems

TODAY = date(2026, 11, 23)
PLACE = "jurisdiction: us/tx\n"
# the file below its first line: the code, line, column, and words of the sentence
REFUSED = {
    "fact: {}": ("rulebook.unknown-key", 2, 1, "`fact` is not read here; did you mean `facts`?"),
    "as_of: tomorrow": ("rulebook.not-a-day", 2, 1, "`tomorrow` is not a day; write it as"),
    "as_of: 2026-02-30": ("rulebook.not-a-day", 2, 1, "`2026-02-30` is not a day"),
    "as_of: 20261123": ("rulebook.not-a-day", 2, 1, "`20261123` is not a day"),
    "facts: [in_custody]": ("rulebook.wrong-shape", 2, 1, "`facts` should be a table"),
    "facts: {in_custdy: true}": ("situation.unknown-fact", 2, 9, "did you mean `in_custody`?"),
    "facts: {agency: icee}": ("situation.unknown-word", 2, 9, "`agency` is never `icee`; did you"),
    "facts: {agency: 3}": ("situation.unknown-word", 2, 9, "`agency` is never `3`"),
    "facts: {agency: [ice]}": ("situation.unknown-word", 2, 9, "`agency` is never `['ice']`"),
    "facts: {in_custody: maybe}": ("situation.unknown-word", 2, 9, "true, false, unknown"),
    "facts: {in_custody: 1}": ("situation.unknown-word", 2, 9, "`in_custody` is never `1`"),
    "facts: {trimester: 9}": ("situation.unknown-word", 2, 9, "it is one of: 0 … 3"),
    "facts: {trimester: true}": ("situation.unknown-word", 2, 9, "never `true`"),
    "facts: {agency: ice, agency_level: state}": (
        "situation.contradicts",
        2,
        1,
        "`agency_level` does not go with `agency` as given",
    ),
    "facts: {agency_level: state, agency: ice}": ("situation.contradicts", 2, 1, "leave `agency_"),
    "facts: {activity: rest, clinical: yes}": ("situation.contradicts", 2, 1, "`clinical`"),
    "overlays: [hospital/smaple]": (
        "situation.unknown-overlay",
        2,
        12,
        "there is no overlay `hospital/smaple`; did you mean `hospital/sample`?",
    ),
    "overlays: hospital/sample": ("rulebook.wrong-shape", 2, 1, "`overlays` should be a list"),
    "overlays: [null]": ("rulebook.wrong-shape", 2, 12, "should be a text; it is `null`"),
    "arrangement: {positoin: in_room}": (
        "rulebook.unknown-key",
        2,
        15,
        "`positoin` is not read here; did you mean `position`?",
    ),
    "arrangement: {position: in_rom}": (
        "rulebook.unknown-word",
        2,
        15,
        "`position` is never `in_rom`; did you mean `in_room`?",
    ),
    "arrangement: {position: [in_room]}": ("rulebook.unknown-word", 2, 15, "never `['in_room']`"),
    "asserted: [{by: officer}]": ("rulebook.missing-key", 2, 12, "`words` is missing"),
    "asserted: [{by: sheriff, words: x}]": ("rulebook.unknown-word", 2, 13, "officer"),
    "asserted: [{by: officer, words: ''}]": ("rulebook.wrong-shape", 2, 26, "should be a text"),
    "asserted: [{by: officer, words: x, document: shown}]": (
        "rulebook.unknown-word",
        2,
        36,
        "`document` is never `shown`",
    ),
    "asserted: [{by: officer, words: x, arrangement: {position: {sees: [1]}}}]": (
        "rulebook.unknown-word",
        2,
        61,
        "`sees` is never `[1]`; it is one of: no, yes",
    ),
    "asserted: [{by: officer, words: x, arrangement: {position: {sees: perhaps}}}]": (
        "rulebook.unknown-word",
        2,
        61,
        "`sees` is never `perhaps`",
    ),
    "asserted: [{by: officer, words: x, arrangement: {position: {smells: yes}}}]": (
        "rulebook.unknown-key",
        2,
        61,
        "`smells` is not read here",
    ),
    "asserted: [{by: officer, words: x, arrangement: {position: in_rom}}]": (
        "rulebook.unknown-word",
        2,
        50,
        "did you mean `in_room`?",
    ),
    "asserted: [3]": ("rulebook.wrong-shape", 2, 12, "should be a table; it is `3`"),
    f"asserted: [{', '.join(['{by: officer, words: x}'] * (MAX_CLAIMS + 1))}]": (
        "situation.too-many-claims",
        2,
        1,
        "more than 20 claims",
    ),
}
PLACES = {
    "texas": "`texas` is no place that is known here",
    "us": "`us` is no place",
    "us/": "`us/` is no place",
    "us/xx": "write a state as us/tx",
    "us/Tx": "did you mean `us/tx`?",
    "mx/son": "no place that is known here",
    "../../etc/passwd": "no place",
}
IMPOSSIBLE = {
    "{patient_age_band: adult, minor_unaccompanied: true}": "only a minor",
    "{pregnancy: none, activity: birth}": "no labor and no birth",
    "{in_custody: false, agency: ice, purpose: custody_care}": "in custody",
}


def read(text: str) -> Situation:
    return read_situation(parse_document(text.encode(), name="s.yaml"), shipped(), today=TODAY)


def refuse(text: str) -> Problems:
    with pytest.raises(Problems) as caught:
        read(text)
    return caught.value


@pytest.mark.parametrize("text", REFUSED, ids=lambda text: text[:40])
def test_what_is_wrong_in_a_situation_is_named_with_its_place(text: str) -> None:
    code, line, column, words = REFUSED[text]

    (problem,) = refuse(PLACE + text).problems

    assert (problem.kind.code, problem.place.line, problem.place.column) == (code, line, column)
    assert words in problem.say(ENGLISH)
    assert problem.say(LANGUAGES[0]) != problem.say(LANGUAGES[1])


@pytest.mark.parametrize("place", PLACES)
def test_a_place_that_is_not_known_is_refused(place: str) -> None:
    assert PLACES[place] in str(refuse(f"jurisdiction: {place}"))


@pytest.mark.parametrize("facts", IMPOSSIBLE)
def test_a_situation_that_nobody_can_be_in_is_refused_with_the_reason(facts: str) -> None:
    (problem,) = refuse(f"{PLACE}facts: {facts}").problems

    assert problem.kind.code == "situation.impossible"
    assert IMPOSSIBLE[facts] in problem.say(ENGLISH)


@pytest.mark.parametrize("word", ["unknown", "null", "~"])
def test_unknown_facts_never_make_a_situation_impossible(word: str) -> None:
    found = read(f"{PLACE}facts: {{pregnancy: {word}, activity: birth}}")

    assert found.facts == {"activity": "birth"}


def test_every_problem_of_a_situation_is_reported_at_once() -> None:
    found = refuse(
        "as_of: soon\njurisdiction: us/txx\noverlays: [nowhere]\n"
        "facts: {agancy: ice, agency: icee}\narrangement: {position: roof}\n"
        "asserted:\n  - {by: officer, document: none}\n"
    )

    assert [p.place.line for p in found.problems] == [1, 2, 3, 4, 4, 5, 7]


def test_yes_and_no_are_flags_and_words_may_be_quoted() -> None:
    found = read(f"{PLACE}facts: {{in_custody: yes, nursing: 'no', agency: \"ice\", trimester: 2}}")

    assert found.facts == {"in_custody": True, "nursing": False, "agency": "ice", "trimester": 2}
    assert found.facts["in_custody"] is True


def test_a_situation_without_a_day_is_of_today() -> None:
    assert read(PLACE).as_of == TODAY
    assert read(f"{PLACE}as_of: 2012-01-31").as_of == date(2012, 1, 31)


def test_a_town_lies_in_its_state() -> None:
    assert read("jurisdiction: us/tx/el-paso").jurisdiction == "us/tx/el-paso"


def test_json_and_yaml_give_one_situation() -> None:
    json = (
        '{"as_of": "2026-11-23", "jurisdiction": "us/tx", "overlays": ["hospital/sample"],'
        ' "facts": {"activity": "feeding", "in_custody": true},'
        ' "asserted": [{"by": "officer", "words": "x",'
        ' "arrangement": {"position": {"sees": true}}}]}'
    )
    yaml = (
        "as_of: 2026-11-23\njurisdiction: us/tx\noverlays: [hospital/sample]\n"
        "facts: {activity: feeding, in_custody: yes}\n"
        "asserted:\n  - by: officer\n    words: x\n    arrangement: {position: {sees: yes}}\n"
    )

    assert read(json) == read(yaml)


# --- whatever somebody may write


FACTS = st.fixed_dictionaries(
    {},
    optional={
        fact.id: st.one_of(st.sampled_from(fact.domain), st.sampled_from(["unknown", None, "x", 7]))
        for fact in VOCABULARY.facts.values()
    },
)
DIMENSIONS: dict[str, st.SearchStrategy[object]] = {
    d.id: st.one_of(
        st.sampled_from(list(d.places)),
        st.lists(st.sampled_from(list(d.places)), max_size=2),
        st.sampled_from([None, 3, "unknown", [], {}, {"sees": "yes"}, {"sees": []}, {"x": True}]),
    )
    for d in VOCABULARY.dimensions.values()
}
ARRANGEMENTS = st.fixed_dictionaries({}, optional=DIMENSIONS)
CLAIMS = st.fixed_dictionaries(
    {"by": st.sampled_from(["officer", "manager", "x"]), "words": st.text(max_size=5)},
    optional={
        "document": st.sampled_from(["none", "seen", "copied", None, 1]),
        "cite": st.one_of(st.none(), st.text(max_size=5), st.just(["x"])),
        "arrangement": st.one_of(ARRANGEMENTS, st.just("in_room")),
    },
)
FILES = st.fixed_dictionaries(
    {"jurisdiction": st.sampled_from(["us/tx", "us/ca", "us/tx/austin", "us", None, 3])},
    optional={
        "as_of": st.one_of(st.dates().map(str), st.sampled_from(["x", 3, None])),
        "overlays": st.lists(st.sampled_from(["hospital/sample", "agencies/x", None]), max_size=2),
        "facts": FACTS,
        "arrangement": ARRANGEMENTS,
        "asserted": st.lists(CLAIMS, max_size=2),
        "nothing": st.none(),
    },
)


@settings(max_examples=times(150), deadline=None)
@given(FILES)
def test_any_situation_is_answered_or_refused_in_words(value: dict[str, Plain]) -> None:
    try:
        situation = read_situation(Document(name="s", value=value), shipped(), today=TODAY)
    except Problems as found:
        for problem in found.problems:
            assert all(problem.say(language).isprintable() for language in LANGUAGES)
    else:
        assert render_advice(advise(shipped(), situation))["norms"] is not None
