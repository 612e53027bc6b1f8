"""YAML's own traps: each is told as what happened and what to do, by both parsers of PyYAML."""

import pytest
import yaml

from grader.course.document import read
from grader.errors import SpecificationError


@pytest.fixture(params=["CSafeLoader", "SafeLoader"], autouse=True)
def parser(request, monkeypatch):
    loader = getattr(yaml, request.param, None)
    if loader is None:
        pytest.skip("PyYAML has no C parser here")
    monkeypatch.setattr(yaml, "CSafeLoader", loader)


def told(text):
    """The one problem that a text has."""
    try:
        found = read(text.encode(), "f.yaml")
    except SpecificationError as error:
        (only,) = error.problems
    else:
        (only,) = found.error(found.problems).problems
    return only


def doubted(text):
    found = read(text.encode(), "f.yaml")
    assert found.problems == ()
    return [problem.message for problem in found.remarks]


QUOTE = "Put the text in quotes, or on indented lines of its own below `key: |`."
LINES = "Indent a key as far as the keys beside it."
SYNTAX = [
    ("task: use: it", 1, 10, "a second `: ` in plain text", QUOTE),
    ("x: =y if z else {a: 1}", 1, 19, "a second `: ` in plain text", 'Put the expression in quotes: "=…".'),
    ("hints:\n  - Note: this: that", 2, 14, "a second `: ` in plain text", QUOTE),
    ("task: `x` is", 1, 7, "a plain text cannot begin with a backquote", QUOTE),
    ("task: @x is", 1, 7, "a plain text cannot begin with `@`", QUOTE),
    ("task: %x is", 1, 7, "a plain text cannot begin with `%`", QUOTE),
    ("task: *x", 1, 7, "`*x` is an alias in YAML, and nothing above is marked `&x`", QUOTE),
    ("task: *not* this", 1, 7, "`*` begins an alias in YAML, not a text", QUOTE),
    ("task: **not** this", 1, 7, "`*` begins an alias in YAML, not a text", QUOTE),
    ("task: & this", 1, 7, "`&` begins an anchor in YAML, not a text", QUOTE),
    ("task: !<x", 1, 7, "`!` begins a tag in YAML, not a text", QUOTE),
    ("%x: 1", 1, 1, "a line that begins with `%` is a directive to YAML", QUOTE),
    ("task: : this", 1, 7, "a plain text cannot begin with `:`", QUOTE),
    ("task: , this", 1, 7, "a plain text cannot begin with `,`", QUOTE),
    ("task: } this", 1, 7, "a plain text cannot begin with `}`", QUOTE),
    ("task: [hint] do", 1, 14, "text that begins with `[` is read as a list, and it ended before this", QUOTE),
    ("task: {x} is", 1, 11, "text that begins with `{` is read as a mapping, and it ended before this", QUOTE),
    ("task: 'it's'", 1, 11, "the quoted text ended before this",
     "Put the whole text in quotes. Inside single quotes write a quote twice: 'it''s'."),
    ('task: "a" is', 1, 11, "the quoted text ended before this",
     'Put the whole text in quotes. Inside double quotes write \\" for a quote.'),
    ("task: 'x", 1, 7, "the quote opened here is never closed",
     "Inside single quotes write a quote twice: 'it''s'."),
    ('task: "x\n---\n', 1, 7, "the quote opened here is never closed", ""),
    ("task: > this", 1, 7, "after `|` or `>` nothing may follow on the line",
     "Begin the text on the next line, indented; or put it in quotes if it begins with `|` or `>`."),
    ("task: |x\n  y", 1, 7, "after `|` or `>` nothing may follow on the line",
     "Begin the text on the next line, indented; or put it in quotes if it begins with `|` or `>`."),
    ("task: a long #x\n  goes on\nb: 1", 2, 3, "the text above was ended by ` #`, which begins a comment", QUOTE),
    ("args:\n\tx: int", 2, 1, "a tab stands where YAML allows only spaces", "Indent with spaces."),
    ("args:\n  x: float\n \ty: int", 3, 2, "a tab stands where YAML allows only spaces", "Indent with spaces."),
    ("title: T\r\n\tx", 2, 1, "a tab stands where YAML allows only spaces", "Indent with spaces."),
    ("a: 1\n  b: 2", 2, 4, "no key can stand here: the line above it already has a value",
     f"{LINES} A text of several lines belongs below `key: |`."),
    ("a:\n  b: 1\n c: 2", 3, 2, "this line is indented like none of the keys above it", LINES),
    ("  a: 1\nb: 2", 2, 1, "this line belongs to nothing above it", LINES),
    ("a: x\n- y", 2, 1, "a list item among keys",
     "Put the list below a key of its own, or indent it further."),
    ("a: |\n  x\ny", 3, 1, "this line is no `key: value`",
     "A text of several lines belongs below `key: |`, each line indented further than the key."),
    ("b:2\na: 1\n", 1, 1, "this line is no `key: value`", "A space is due after the colon."),
    ("a: see\n https://x.y\n b: 2", 3, 3, "no key can stand here: the line above it already has a value",
     "Indent a key as far as the keys beside it. A text of several lines belongs below `key: |`."),
    ("a: 1\n<<<<<<< HEAD\nb: 2\n=======\nb: 3\n>>>>>>> other\n", 2, 1, "a merge conflict of git begins here",
     "Keep one of the two versions, and delete the lines of <<<<<<<, ======= and >>>>>>>."),
    ("<<<<<<< HEAD\na: 1\n=======\na: 2\n>>>>>>> other\n", 1, 1, "a merge conflict of git begins here",
     "Keep one of the two versions, and delete the lines of <<<<<<<, ======= and >>>>>>>."),
    ("a: 1\nb:2\n", 2, 1, "this line is no `key: value`", "A space is due after the colon."),
    ("a: - b", 1, 4, "`- ` cannot stand here",
     "Begin a list on the line below its key. If it is a text: put" + QUOTE[3:]),
    ("args: {x: =a[:, 0]}", 1, 13, "inside { } and [ ] a `[` ends a plain expression",
     'Put the expression in quotes: {x: "=a[:, 0]"}.'),
    ("a: [1, =x[0]]", 1, 10, "inside { } and [ ] a `[` ends a plain expression",
     'Put the expression in quotes: {x: "=a[:, 0]"}.'),
    ("args: {x: ={1: 2}}", 1, 12, "inside { } and [ ] a `{` ends a plain expression",
     'Put the expression in quotes: {x: "=a[:, 0]"}.'),
    ("args: {x: a: b}", 1, 12, "a comma or `}` is due here",
     "If it is a text, put all of it in quotes: in { } plain text ends at any of , : [ ] { }"),
    ("a: [1, 2}", 1, 9, "a comma or `]` is due here",
     "If it is a text, put all of it in quotes: in [ ] plain text ends at any of , : [ ] { }"),
    ("a: {x: 1,\nb: 2\n", 1, 4, "the `{` opened here is not closed", "Write `}` where it ends."),
    ("a: [1, 2\nb: 3\n", 1, 4, "the `[` opened here is not closed", "Write `]` where it ends."),
    ("a: [1, , 2]", 1, 8, "a value or a key is missing here",
     "Inside { } and [ ] write items with one comma between them."),
]  # fmt: skip


@pytest.mark.parametrize(("text", "line", "column", "message", "advice"), SYNTAX)
def test_syntax_errors_are_explained(text, line, column, message, advice):
    first, *rest = told(text).split("\n")
    assert first.split(": ", 1)[1] == message
    assert rest[-1].strip() == (advice or "^")
    place = first.split(": ")[0]
    assert place.startswith(f"f.yaml:{line}:")
    # The two parsers may disagree by a character about where a missing bracket or colon is felt.
    assert abs(int(place.rsplit(":")[-1]) - column) <= 1


@pytest.mark.parametrize("escape", ["\\s", "\\d", "\\xZZ", "\\u12", "\\U00110000", "\\("])
def test_escapes_that_are_none(escape):
    text = told(f'title: T\nsays: "a {escape} b"')
    if "cannot read" in text:  # Python's own parser fails on a code point that there is not
        return
    assert f"`{escape[:2]}` is no escape that YAML knows" in text
    assert "Use single quotes" in text
    assert text.startswith("f.yaml:2:10:")


@pytest.mark.parametrize("word", ["\\theta", "\\times", "\\nabla", "\\nu", "\\rho", "\\neq", "\\text", "\\right"])
def test_latex_that_double_quotes_turn_into_white_space(word):
    assert f"`{word}` in double quotes is read as the escape" in told(f'task: "Take $x {word} y$."')


@pytest.mark.parametrize("word", ["\\alpha", "\\beta", "\\frac", "\\vec"])
def test_latex_that_double_quotes_turn_into_control_characters(word):
    assert "control character" in told(f'task: "Take ${word}$."')


@pytest.mark.parametrize("text", ['"one\\ntwo\\tthree"', '"a \\\\theta b"', "'\\theta'", '"\\u03b8"', '"\\nThe end"'])
def test_escapes_that_are_meant(text):
    assert doubted(f"task: {text}") == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("args: {x: float (m, n), y: int}", {"args": {"x": "float (m, n)", "y": "int"}}),
        ("args: {x: float (l, m, n)}", {"args": {"x": "float (l, m, n)"}}),
        ("args: {x: float (n,)}", {"args": {"x": "float (n,)"}}),
        ("a: {tuple: [float (m, n), int]}", {"a": {"tuple": ["float (m, n)", "int"]}}),
        ("a: [=np.ones((m, n)), 3]", {"a": ["=np.ones((m, n))", 3]}),
        ("a: {says: first this, then that}", {"a": {"says": "first this, then that"}}),
        ("a: {says: one, two, three, b: 1}", {"a": {"says": "one, two, three", "b": 1}}),
    ],
)
def test_a_comma_that_splits_a_value(text, value):
    assert "a comma ends a plain value" in told(text)
    assert read(text.encode(), "f.yaml").value == value  # so that nothing else is said about the halves


def test_the_cure_for_a_split_value_is_shown():
    assert told("args: {x: float (m, n)}").endswith('Put it in quotes: x: "float (m, n)"')


@pytest.mark.parametrize(("text", "value"), [("{x:1}", {"x": 1}), ("a: {b:c d, e: 1}", {"a": {"b": "c d", "e": 1}})])
def test_a_colon_without_a_space(text, value):
    assert "is one word in YAML" in told(text)
    assert read(text.encode(), "f.yaml").value == value


@pytest.mark.parametrize(
    "text", ["a: [x, y]", "a: [(1), (2)]", "a: {b: , c: 1}", "a: {b: x y}", "a: ['(', b)]", "a: {=x}"]
)
def test_commas_that_split_nothing(text):
    assert doubted(text) == []


def test_a_comment_that_cuts_a_text_is_doubted():
    assert doubted("says: Use #2 of the list") == ["the text ends here: ` #` begins a comment"]
    assert doubted("hints:\n  - one # two\n  - three") == ["the text ends here: ` #` begins a comment"]
    assert doubted("tests:\n  - hint: one # two") == ["the text ends here: ` #` begins a comment"]


@pytest.mark.parametrize(
    "text", ["says: x  # comment", "says: x\n# comment", "points: 3 # comment", "says: 'x' # y", "a: x # y"]
)
def test_comments_that_are_comments(text):
    assert doubted(text) == []


def test_hints_in_brackets_that_were_one_sentence():
    (doubt,) = doubted("hints: [Subtract the maximum, then exponentiate]")
    assert "another begins here" in doubt
    assert doubted("hints: [Subtract the maximum, Then exponentiate]") == []
    assert doubted("exercises: [softmax, sigmoid]") == []


def test_what_no_rule_knows_is_still_told():
    assert told("%YAML 9.9\n---\na: 1").startswith("f.yaml:1:")


def test_a_parenthesis_that_nothing_closes_joins_nothing():
    found = read(b"hints: [one (a, two, 'three)']", "f.yaml")
    assert found.value == {"hints": ["one (a", "two", "three)"]}
    assert found.problems == ()
