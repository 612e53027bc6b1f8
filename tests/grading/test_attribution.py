"""At which exercise of a file something is said that went wrong beside its functions."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest
from said import remarks_of

from grader.course.key import AnswerKey
from grader.grading.absent import Submission
from grader.grading.attribution import attributed_to
from grader.grading.find import Found
from grader.grading.grade import grade
from grader.grading.protocol import KeysAlone
from grader.judge.result import Result
from grader.observation import Raised, Status
from grader.observe.loads import Stop
from grader.observe.observer import Observer
from grader.observe.wire import Block, Definition, Source, SyntaxFault

Compile = Callable[..., AnswerKey]

SOURCE = Source(
    "a.ipynb",
    (
        Block("def one(x):\n    return x\nprint(y)", 1),
        Block("def two(x):\n    return x", 2),
        Block("print(one(3),\n      two(3))\nwhile True: pass", 3),
    ),
)


@pytest.fixture
def keys(compiled: Compile) -> tuple[AnswerKey, AnswerKey]:
    key = compiled()
    one, two = (msgspec.structs.replace(key, name=name, function=name, needs=(name,)) for name in ("one", "two"))
    return one, two


@pytest.mark.parametrize(
    ("one", "here"),
    [
        (Raised("NameError", "", line=3, cell=1), "one"),
        (SyntaxFault("invalid syntax", line=2, cell=2), "two"),
        (Raised("TypeError", "", line=1, cell=3), "one"),
        (Stop(Status.TIMED_OUT, 2, 3), "two"),
        (Raised("TypeError", "", line=9, cell=9, function="two"), "two"),
        (Stop(Status.TIMED_OUT, 3, 3), None),
        (Raised("SystemExit", ""), None),
    ],
)
def test_the_exercise_that_the_line_names_or_that_of_its_cell(
    keys: tuple[AnswerKey, AnswerKey], one: Raised | Stop | SyntaxFault, here: str | None
) -> None:
    places = [Found(0, Definition(key.name, "function", 1, cell)) for cell, key in enumerate(keys, 1)]
    found = attributed_to(one, SOURCE, list(zip(keys, places, strict=True)))

    assert (found.name if found else None) == here
    assert attributed_to(one, SOURCE, [(keys[1], places[1])]) is keys[1]


def _graded(compiled: Compile, observer: Observer, *texts: str) -> Result:
    key = compiled()
    both = {"double": key, "total": msgspec.structs.replace(key, name="total", function="total", needs=("total",))}
    sources = tuple(Source(f"{name}.py", (Block(text),)) for name, text in zip("ab", texts, strict=False))
    return grade(Submission(sources), KeysAlone(both), ["double", "total"], observer)


BOTH = "def double(x):\n    return 2 * x\ndef total(x):\n    return 2 * x\n"


def test_what_is_no_exercises_is_said_once_of_the_whole(compiled: Compile, observer: Observer) -> None:
    result = _graded(compiled, observer, f"{BOTH}print(nothing)\nprint(total(never))\n")

    assert ["'nothing'" in remark for remark in remarks_of(result)] == [True]
    assert [["'never'" in remark for remark in remarks_of(each)] for each in result.exercises] == [[], [True]]


def test_of_several_files_the_name_is_said(compiled: Compile, observer: Observer) -> None:
    result = _graded(compiled, observer, "x = 1\n", f"{BOTH}print(nothing)\n")

    assert [remark.startswith("b.py: Line 5 stopped") for remark in remarks_of(result)] == [True]


def test_what_is_told_as_the_reason_is_not_said_again(compiled: Compile, observer: Observer) -> None:
    result = _graded(compiled, observer, f"if undefined:\n    pass\n@timed\n{BOTH}")

    assert not any("timed" in remark for remark in remarks_of(result))


def test_that_np_was_supplied_is_said(compiled: Compile, observer: Observer) -> None:
    bare = BOTH.replace("2 * x", "np.add(x, x)")
    told = _graded(compiled, observer, bare)

    assert [each.points for each in told.exercises] == [10, 10]
    assert [["`np` was not" in remark for remark in remarks_of(each)] for each in told.exercises] == [[True]] * 2
    assert not _graded(compiled, observer, f"import numpy as np\n{bare}").exercises[0].remarks
