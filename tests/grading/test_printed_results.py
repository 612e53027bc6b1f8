"""`returns: printed`: what the call prints is judged."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from said import said

from grader.course.key import AnswerKey, Role
from grader.errors import AuthorError, SpecificationError
from grader.grading.public import public_part
from grader.judge.result import ExerciseResult, Outcome, Rule
from grader.judge.reveal import Reveal, project_exercise

Compiled = Callable[..., AnswerKey]
Graded = Callable[..., ExerciseResult]

ROWS = """
title: Rows
args: {n: {type: int, minimum: 2, maximum: 5}}
returns: printed
task: Rows of stars.
examples: [{args: {n: 2}}]
tests: [{name: any, repeat: 3}]
"""
SOLUTION = "def double(n):\n    for i in range(n):\n        print('*' * (i + 1), i)\n"


def body(text: str) -> str:
    return "import sys, os\ndef double(n):\n    for i in range(n):\n        " + text + "\n"


@pytest.mark.parametrize(
    ("spaces", "text", "message"),
    [
        ("trailing", "print('*' * (i + 1), i)", None),
        ("trailing", "print('*' * (i + 1), i, '  ', flush=True)", None),
        ("trailing", "sys.stdout.write('*' * (i + 1) + f' {i}\\n')", None),
        ("trailing", "os.write(1, ('*' * (i + 1) + f' {i}\\n').encode())", None),
        ("trailing", "print('*' * (i + 1), i); print('so far', file=sys.stderr); os.write(2, b'x')", None),
        ("trailing", "print('*' * (i + 1), i + i // 2)", None),
        ("trailing", "print('*' * (i + 1), 3 * i)", "Line 2 of what is printed is '** 3', but '** 1' was expected."),
        ("trailing", "print('', '*' * (i + 1), i)", "Line 1 of what is printed is ' * 0', but '* 0' was expected."),
        ("trailing", "if i: print('*' * (i + 1), i)", "Line 1 of what is printed is '** 1', but '* 0' was expected."),
        ("trailing", "if not i: print('*', i)", "What is printed ends too early: as line 2, '** 1' was expected."),
        ("trailing", "print('*' * (i + 1), i)\n    print('done')",
         "What is printed should end before line 3, which is 'done'."),
        ("trailing", "return '* 0\\n** 1\\n'",
         "Nothing was printed: is there a `print(...)`? What is returned does not count here."),
        ("exact", "print('*' * (i + 1), i, '')", "Line 1 of what is printed is '* 0 ', but '* 0' was expected."),
        ("any", "print('*' * (i + 1), i, end=' ')", None),
        ("any", "print('*' * (i + 1), 3 * i, end=' ')", "Word 4 of what is printed is '3', but '1' was expected."),
    ],
)  # fmt: skip
def test_lines_are_compared_as_far_as_spaces_count(
    compiled: Compiled, graded: Graded, spaces: str, text: str, message: str | None
) -> None:
    key = compiled(ROWS + f"compare: {{spaces: {spaces}}}\n", SOLUTION)
    result = graded(key, body(text))

    assert message is not None or result.tests[0].outcome is Outcome.PASSED
    if message is not None:
        finding = result.tests[0].finding
        assert finding is not None
        assert finding.rule is Rule.VALUE
        assert said(finding) == message


def test_a_handout_judges_alike_and_shows_it(compiled: Compiled, graded: Graded) -> None:
    result = graded(public_part(compiled(ROWS, SOLUTION)), body("print(i)"))

    assert {test.outcome for test in result.tests} == {Outcome.FAILED}
    assert result.tests[0].expected is not None
    assert result.tests[0].expected.value == "* 0\n** 1\n"
    assert result.tests[0].stdout is None


def test_of_hidden_tests_nothing_printed_is_told(compiled: Compiled, graded: Graded) -> None:
    told = project_exercise(graded(compiled(ROWS, SOLUTION), body("print('secret', i)")), Reveal.HINT)

    hidden = [test for test in told.tests if test.role is Role.HIDDEN]
    assert hidden
    assert "secret" not in repr(hidden)
    assert "*" not in repr(hidden)


def test_conditions_see_the_text(compiled: Compiled, graded: Graded) -> None:
    key = compiled(ROWS + 'holds: result.count("*") >= n\n', SOLUTION)

    assert graded(key, body("print('*')")).outcome is Outcome.PASSED
    assert graded(key, body("return '*' * n")).outcome is Outcome.FAILED


def test_a_stub_that_prints_nothing_is_not_attempted(compiled: Compiled, graded: Graded) -> None:
    assert graded(compiled(ROWS, SOLUTION), "def double(n):\n    pass\n").outcome is Outcome.NOT_ATTEMPTED


def test_a_test_may_print_where_others_return(compiled: Compiled, graded: Graded) -> None:
    mixed = ROWS.replace("returns: printed", "returns: int").replace(
        "{name: any, repeat: 3}", "{name: any, repeat: 2}, {name: shown, returns: printed}"
    )
    solution = "def double(n):\n    print('twice', n)\n    return 2 * n\n"
    key = compiled(mixed, solution)

    assert graded(key, solution).outcome is Outcome.PASSED
    wrong = graded(key, solution.replace("'twice'", "'Twice'"))
    assert {test.name for test in wrong.tests if test.outcome is Outcome.FAILED} == {"shown"}


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("{type: int, minimum: 2, maximum: 5}", "printed", "3:11: only a result can be 'printed'"),
        ("returns: printed", "returns: {tuple: [printed, int]}", "4:10: what is printed is the whole result"),
        ("returns: printed", "returns: printed (n,)", "'printed' is a text and has no shape"),
        ("tests:", "compare: {spaces: most}\ntests:", "'spaces' must be 'exact', 'trailing' or 'any', not the text"),
    ],
)
def test_what_does_not_agree_is_told_with_its_place(compiled: Compiled, old: str, new: str, told: str) -> None:
    with pytest.raises(SpecificationError) as error:
        compiled(ROWS.replace(old, new), SOLUTION)
    assert told in str(error.value)


def test_a_reference_that_prints_more_than_is_kept_is_an_error(compiled: Compiled) -> None:
    with pytest.raises(AuthorError, match="prints more than is kept"):
        compiled(ROWS, "def double(n):\n    print('x' * 70_000)\n")
