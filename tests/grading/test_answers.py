"""From files to a result."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from given import Given
from said import remarks_of, said

from grader.course.key import AnswerKey
from grader.errors import CourseError
from grader.grading.answers import File, file_at, judge_files
from grader.grading.protocol import KeysAlone
from grader.judge.result import Outcome
from grader.observe import refusals
from grader.observe.intake import Unreadable
from grader.observe.observer import Observer

RIGHT = b"def double(x):\n    return 2 * x\n"
WRONG = b"def double(x):\n    return 3 * x\n"


@pytest.fixture
def answers(compiled: Callable[..., AnswerKey]) -> KeysAlone:
    return KeysAlone({"double": compiled()})


@pytest.mark.parametrize(("first", "second", "outcome"), [(1.0, 2.0, Outcome.PASSED), (2.0, 1.0, Outcome.FAILED)])
def test_the_newest_file_counts_in_whatever_order_they_come(
    answers: KeysAlone, observer: Observer, first: float, second: float, outcome: Outcome
) -> None:
    files = [File("a.py", WRONG, first), File("b.py", RIGHT, second)]
    for order in (files, files[::-1]):
        (exercise,) = judge_files(answers, order, observer).exercises
        assert exercise.outcome is outcome


def test_of_one_time_the_last_counts(answers: KeysAlone, observer: Observer) -> None:
    (exercise,) = judge_files(answers, [File("a.py", WRONG), File("b.py", RIGHT)], observer).exercises
    assert (exercise.outcome, exercise.file) == (Outcome.PASSED, "b.py")
    assert remarks_of(exercise) == (
        "Taken from b.py, the last in order of time, and of those as old in order of names; a.py defines it too.",
    )


def test_cells_are_judged_as_they_ran_and_the_file_is_not_read(answers: KeysAlone, observer: Observer) -> None:
    cells = ("def double(x):\n    return 3 * x", "def double(x):\n    return 2 * x")
    (exercise,) = judge_files(answers, [File("work.ipynb", b"is no notebook", cells=cells)], observer).exercises
    assert exercise.outcome is Outcome.PASSED


def test_what_cannot_be_read_is_told(answers: KeysAlone, observer: Observer) -> None:
    files = [File("double.py", b"\xff\xfe"), Unreadable("notes.py", refusals.FOLDER())]
    result = judge_files(answers, files, observer, exercises=["double"])
    assert ["UTF-16" in remark for remark in remarks_of(result)] == [True, False]
    assert result.exercises[0].points == 0


@pytest.mark.parametrize("name", ["__init__.py", "src/__init__.py"])
def test_an_empty_file_that_only_marks_a_package_is_not_to_be_asked_for(
    name: str, answers: KeysAlone, observer: Observer
) -> None:
    beside = judge_files(answers, [File("double.py", RIGHT), File(name, b"\n")], observer)
    alone = judge_files(answers, [File(name, b"")], observer, exercises=["double"])

    assert not beside.remarks
    assert not alone.remarks
    assert alone.exercises[0].outcome is Outcome.MISSING


def test_what_an_exercise_beside_it_asks_for_is_no_misspelt_name(answers: KeysAlone, observer: Observer) -> None:
    double = answers.key("double")
    doubled = msgspec.structs.replace(double, name="doubled", function="doubled", needs=("doubled",))
    both = KeysAlone({"double": double, "doubled": doubled})
    files = [File("work.py", b"def doubled(x):\n    return 2 * x\n")]
    for beside, is_near in (([], True), (["doubled"], False)):
        (exercise,) = judge_files(both, files, observer, exercises=["double"], beside=beside).exercises
        finding = exercise.tests[0].finding
        assert finding is not None
        assert ("is it meant" in said(finding)) is is_near


def test_an_exercise_that_there_is_not_is_refused(answers: KeysAlone, observer: Observer) -> None:
    with pytest.raises(CourseError, match="no exercise 'triple' here; there are: double"):
        judge_files(answers, [], observer, exercises=["triple"])


def test_where_no_reference_is_at_hand_nothing_is_asked_of_one(
    compiled: Callable[..., AnswerKey], observer: Observer
) -> None:
    asked = list[str]()
    answers = Given({"double": compiled()}, solution=lambda key: asked.append(key.name))
    judge_files(answers, [File("work.py", RIGHT)], observer)
    assert asked == []
    (exercise,) = judge_files(answers, [File("work.py", WRONG)], observer).exercises
    assert (asked, exercise.outcome) == (["double"], Outcome.FAILED)


def test_a_file_is_read_with_its_time(tmp_path: Path) -> None:
    path = tmp_path / "work.py"
    path.write_bytes(RIGHT)
    os.utime(path, (5, 5))
    assert file_at(path) == File("work.py", RIGHT, 5.0)
    assert isinstance(file_at(tmp_path / "none.py"), Unreadable)
