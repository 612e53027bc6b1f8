"""How a problem is shown: place, source line, caret, advice."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from grader.course.node import Mark
from grader.course.problems import MAX_PROBLEMS, Problem, clip, did_you_mean, error, listed, near, render


def shown(line, column, **options):
    return render(Problem(Mark(0, column, column), "wrong", **options), "f.yaml", [line]).split("\n")


def test_place_message_line_caret_and_advice():
    assert shown("tolerence: 1", 0, advice="Do this.\nOr that.") == [
        "f.yaml:1:1: wrong",
        "    tolerence: 1",
        "    ^",
        "  Do this.",
        "  Or that.",
    ]


def test_the_caret_stands_below_its_place():
    assert shown("a: b", 3)[2] == "    " + "   ^"
    assert shown("\ta: b", 4)[2] == "    " + "\t   ^"
    assert shown("标题: b", 4)[2] == "    " + "      ^"
    assert shown("e\u0301a: b", 5)[2] == "    " + "    ^"


def test_a_place_past_the_end_has_no_line():
    assert render(Problem(Mark(7, 0, 0), "wrong"), "f.yaml", ["a: 1"]) == "f.yaml:8:1: wrong"
    assert shown("   ", 1) == ["f.yaml:1:2: wrong"]


def test_a_long_line_is_shown_around_its_place():
    text = shown("x" * 500 + "HERE" + "y" * 500, 500)
    assert text[1].startswith("    …x")
    assert text[1].endswith("y…")
    assert text[1][text[2].index("^") :].startswith("HERE")


@given(
    st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Mn", "Me"]), max_size=300), st.integers(0, 300)
)
def test_nothing_that_a_terminal_obeys_is_shown(line, column):
    for part in shown(line, column)[1:]:
        assert all(
            unicodedata.category(character) not in ("Cc", "Cf", "Zl", "Zp") for character in part.replace("\t", "")
        )


def test_problems_are_told_in_the_order_of_the_file_and_once():
    problems = [Problem(Mark(1, 0, 9), "second"), Problem(Mark(0, 3, 3), "first"), Problem(Mark(1, 0, 9), "second")]
    assert [text.split(": ")[1].split("\n")[0] for text in error(problems, "f", ["a: b", "c: d"]).problems] == [
        "first",
        "second",
    ]


def test_very_many_problems_are_counted():
    texts = error([Problem(Mark(n, 0, 0), "wrong") for n in range(1000)], "f.yaml", []).problems
    assert len(texts) == MAX_PROBLEMS + 1
    assert texts[-1] == "f.yaml: … and 950 more"


def test_near_words():
    assert near("tolerence", ["tolerance", "task"]) == "tolerance"
    assert near("normalizerows", ["normalizeRows"]) == "normalizeRows"
    assert near("xyz", ["tolerance"]) is None
    assert near(5, ["5"]) is None
    assert near("", [""]) is None
    assert did_you_mean("softmx", ["softmax"]) == "; did you mean 'softmax'?"
    assert did_you_mean("a", []) == ""


def test_clip():
    assert clip("a\n  b") == "a b"
    assert len(clip("x" * 1000)) == 60


def test_listed():
    assert listed(["a", "b"]) == "a, b"
    assert listed(str(n) for n in range(10**9)).endswith("18, 19, …")
