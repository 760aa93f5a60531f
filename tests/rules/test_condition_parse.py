"""A condition is read as written, or refused with the place of what was not understood."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rules_cast import VOCABULARY, conditions, times, without_columns, write_condition

from bedside.rules.condition.check import check_condition
from bedside.rules.condition.nodes import (
    Always,
    Among,
    And,
    Compare,
    Condition,
    Flag,
    Not,
    Operator,
    Or,
    find_tests,
)
from bedside.rules.condition.parse import MAX_DEPTH, MAX_LENGTH, MAX_TESTS, parse_condition
from bedside.rules.vocabulary.problem import ENGLISH, LANGUAGES, Place, Problem, Problems

A, B, C = Flag(fact="a"), Flag(fact="b"), Flag(fact="c")
READ = {
    "true": Always(),
    "!true": Not(inner=Always()),
    "a": A,
    "!a": Not(inner=A),
    "!!a": Not(inner=Not(inner=A)),
    "a && b || c": Or(parts=(And(parts=(A, B)), C)),
    "a || b && c": Or(parts=(A, And(parts=(B, C)))),
    "!a && b": And(parts=(Not(inner=A), B)),
    "!(a && b)": Not(inner=And(parts=(A, B))),
    "(a || b) && c": And(parts=(Or(parts=(A, B)), C)),
    "a && b && c": And(parts=(A, B, C)),
    "a && (b && c)": And(parts=(A, And(parts=(B, C)))),
    "a || b || c": Or(parts=(A, B, C)),
    "((a))": A,
    "a\n  &&\tb\r\n": And(parts=(A, B)),
    "a&&b": And(parts=(A, B)),
    "a == 'x'": Compare(fact="a", operator=Operator.EQUAL, value="x"),
    'a == "x"': Compare(fact="a", operator=Operator.EQUAL, value="x"),
    'a == "it\'s"': Compare(fact="a", operator=Operator.EQUAL, value="it's"),
    "a == 'say \"x\"'": Compare(fact="a", operator=Operator.EQUAL, value='say "x"'),
    "a == ''": Compare(fact="a", operator=Operator.EQUAL, value=""),
    "a == '&& ) || ('": Compare(fact="a", operator=Operator.EQUAL, value="&& ) || ("),
    "a != true": Compare(fact="a", operator=Operator.UNEQUAL, value=True),
    "a == false": Compare(fact="a", operator=Operator.EQUAL, value=False),
    "a < 3": Compare(fact="a", operator=Operator.LESS, value=3),
    "a<=3": Compare(fact="a", operator=Operator.AT_MOST, value=3),
    "a > 0": Compare(fact="a", operator=Operator.MORE, value=0),
    "a >= 999999999": Compare(fact="a", operator=Operator.AT_LEAST, value=999_999_999),
    "a in ['x']": Among(fact="a", values=("x",)),
    "a in ['x', \"y\", 1, true]": Among(fact="a", values=("x", "y", 1, True)),
    "a in['x','y']": Among(fact="a", values=("x", "y")),
}
# text: the code, the column, and words of the sentence
REFUSED = {
    "": ("condition.unexpected", 1, "`end` cannot stand here, a fact is wanted"),
    "   ": ("condition.unexpected", 4, "a fact is wanted"),
    "a &&": ("condition.unexpected", 5, "`end` cannot stand here, a fact is wanted"),
    "a && && b": ("condition.unexpected", 6, "`&&` cannot stand here"),
    "&& a": ("condition.unexpected", 1, "a fact is wanted"),
    "a b": ("condition.unexpected", 3, "`b` cannot stand here, an operator or the end"),
    "a )": ("condition.unexpected", 3, "`)` cannot stand here"),
    "(a": ("condition.unexpected", 3, "`)` is wanted"),
    "(a b)": ("condition.unexpected", 4, "`)` is wanted"),
    "()": ("condition.unexpected", 2, "a fact is wanted"),
    "!": ("condition.unexpected", 2, "a fact is wanted"),
    "a ==": ("condition.unexpected", 5, "a word in quotes, a number, true or false is wanted"),
    "a == b": ("condition.unexpected", 6, "`b` cannot stand here, a word in quotes"),
    "a == == 'x'": ("condition.unexpected", 6, "`==` cannot stand here"),
    "a == 'x' == 'y'": ("condition.unexpected", 10, "an operator or the end"),
    "'x' == a": ("condition.unexpected", 1, "`x` cannot stand here, a fact is wanted"),
    "3 < a": ("condition.unexpected", 1, "a fact is wanted"),
    "a in": ("condition.unexpected", 5, "`[` is wanted"),
    "a in 'x'": ("condition.unexpected", 6, "`[` is wanted"),
    "a in ['x'": ("condition.unexpected", 10, "`]` is wanted"),
    "a in ['x',]": ("condition.unexpected", 11, "a word in quotes"),
    "a in ['x' 'y']": ("condition.unexpected", 11, "`]` is wanted"),
    "a in [b]": ("condition.unexpected", 7, "a word in quotes"),
    "a in []": ("condition.empty-list", 7, "`in []` can never hold; name at least one word"),
    "a in [ ]": ("condition.empty-list", 8, "name at least one word"),
    "a = 'x'": ("condition.unreadable", 3, "`= 'x'` is not read in a condition"),
    "a & b": ("condition.unreadable", 3, "is not read"),
    "a | b": ("condition.unreadable", 3, "is not read"),
    "a == 'x": ("condition.unreadable", 6, "is not read"),
    "a == \"x'": ("condition.unreadable", 6, "is not read"),
    "a == 'x\ny'": ("condition.unreadable", 6, "is not read"),
    "a == 'x\\'y'": ("condition.unreadable", 6, "is not read"),
    "a == 1.5": ("condition.unreadable", 7, "is not read"),
    "a == -1": ("condition.unreadable", 6, "is not read"),
    "a == 1e9": ("condition.unreadable", 6, "is not read"),
    "a == 12345678901": ("condition.unreadable", 6, "is not read"),
    "a.b == 1": ("condition.unreadable", 2, "is not read"),
    "a + 1 == 2": ("condition.unreadable", 3, "is not read"),
    "a ? b : c": ("condition.unreadable", 3, "is not read"),
    "has(a)": ("condition.unexpected", 4, "an operator or the end"),
    "a == r'x'": ("condition.unexpected", 6, "`r` cannot stand here"),
    "a // why": ("condition.unreadable", 3, "is not read"),
    "a && \x00": ("condition.unreadable", 6, "`�` is not read"),
    "ａ": ("condition.unreadable", 1, "is not read"),  # noqa: RUF001 - a wide letter is the point
    "a == ’x’": ("condition.unreadable", 6, "is not read"),  # noqa: RUF001 - pasted from a letter
}


def refuse(text: str, place: Place | None = None) -> Problem:
    with pytest.raises(Problems) as caught:
        parse_condition(text, place=place)
    (problem,) = caught.value.problems
    return problem


@pytest.mark.parametrize("text", READ)
def test_a_condition_is_read_as_its_tree(text: str) -> None:
    assert without_columns(parse_condition(text)) == READ[text]


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_not_understood_is_named_with_its_column(text: str) -> None:
    code, column, words = REFUSED[text]

    problem = refuse(text)

    assert (problem.kind.code, problem.place.column) == (code, column)
    assert words in problem.say(ENGLISH)
    assert all(problem.say(language) for language in LANGUAGES)
    assert problem.say(LANGUAGES[0]) != problem.say(LANGUAGES[1])


def test_the_place_in_the_file_is_added_to_the_column() -> None:
    inside = Place(file="us/tx/x.yaml", line=7, column=10)

    assert refuse("a ==", inside).place == Place(file="us/tx/x.yaml", line=7, column=14)
    assert find_tests(parse_condition("a && b", place=inside))[1].column == 6


@pytest.mark.parametrize(
    ("opening", "closing"), [("(", ")"), ("!", ""), ("!(", ")"), ("(!", ")"), ("(a && ", ")")]
)
def test_nesting_is_capped(opening: str, closing: str) -> None:
    levels = len(opening.replace("a && ", ""))
    fits = (MAX_DEPTH - 1) // levels

    parse_condition(opening * fits + "a" + closing * fits)

    assert refuse(opening * (fits + 1) + "a" + closing * (fits + 1)).kind.code == (
        "condition.too-deep"
    )


@pytest.mark.parametrize("bracket", ["(", "!", "[", "!(", ")"])
def test_twenty_thousand_brackets_are_refused(bracket: str) -> None:
    assert refuse(bracket * 20_000).kind.code == "condition.too-long"
    assert refuse(bracket * (MAX_LENGTH // len(bracket))).kind.code in {
        "condition.too-deep",
        "condition.unexpected",
    }


def test_length_is_capped() -> None:
    longest = "a" + " " * (MAX_LENGTH - 1)

    assert without_columns(parse_condition(longest)) == A
    assert refuse(longest + " ").kind.code == "condition.too-long"


@pytest.mark.parametrize("joined", [" && ", " || "])
def test_the_number_of_tests_is_capped(joined: str) -> None:
    most = joined.join(["a"] * MAX_TESTS)

    assert len(find_tests(parse_condition(most))) == MAX_TESTS
    problem = refuse(f"{most}{joined}a")
    assert problem.kind.code == "condition.too-many-tests"
    assert problem.place.column == len(most) + len(joined) + 1


@settings(max_examples=times(150), deadline=None)
@given(tree=conditions())
def test_every_tree_comes_back_from_its_text(tree: Condition) -> None:
    assert without_columns(parse_condition(write_condition(tree))) == tree


@settings(max_examples=times(150), deadline=None)
@given(tree=conditions())
def test_columns_point_at_the_name_of_each_fact(tree: Condition) -> None:
    text = write_condition(tree)

    for test in find_tests(parse_condition(text)):
        assert text[test.column - 1 :].startswith(test.fact)


PIECES = ["a", "in", "true", "(", ")", "!", "&&", "||", "==", "<", "[", "]", ",", "'x'", "1", " "]


@settings(max_examples=times(300), deadline=None)
@given(text=st.one_of(st.text(max_size=60), st.lists(st.sampled_from(PIECES)).map("".join)))
def test_any_text_is_a_tree_or_one_problem_that_can_be_said(text: str) -> None:
    try:
        tree = parse_condition(text)
    except Problems as found:
        (problem,) = found.problems
        assert problem.place.column <= len(text) + 1
        assert all(problem.say(language).isprintable() for language in LANGUAGES)
    else:
        check_condition(tree, VOCABULARY)
