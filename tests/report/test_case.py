from __future__ import annotations

from collections.abc import Callable

from grader.judge.result import Result
from grader.report.case import case_view

Gallery = dict[str, Callable[[], Result]]


def test_a_grid_marks_what_differs(gallery: Gallery) -> None:
    (exercise,) = gallery["wrong_value"]().exercises
    came, due = case_view(exercise, exercise.tests[0]).values
    assert (came.label, due.label) == ("returned", "expected")
    assert came.table is not None
    assert [[cell.wrong for cell in cells] for _, cells in came.table.rows] == [
        [False] * 3,
        [False] * 3,
        [True, False, False],
        [True] * 3,
    ]


def test_a_line_of_source_has_its_place(gallery: Gallery) -> None:
    (exercise,) = gallery["raised"]().exercises
    view = case_view(exercise, exercise.tests[0])
    assert (view.where, view.source, view.caret) == ("softmax.py:5", "return exps / sums", "       ^")


def test_a_tab_is_one_column(gallery: Gallery) -> None:
    exercise = gallery["syntax_error"]().exercises[0]
    view = case_view(exercise, exercise.tests[0])
    assert view.source[: len(view.caret)].endswith("exp(x -")


def test_a_hidden_test_says_no_more_than_its_result(gallery: Gallery) -> None:
    (exercise,) = gallery["wrong_value"]().exercises
    view = case_view(exercise, exercise.tests[1])
    assert view.message == ("What came back has wrong values.",)
    assert not any((view.test, view.call, view.values, view.where, view.source, view.printed, view.warned))


def test_output_is_cut_and_counted(gallery: Gallery) -> None:
    (exercise,) = gallery["long_output"]().exercises
    printed = case_view(exercise, exercise.tests[0]).printed
    assert len(printed) == 4
    assert printed[-1] == "… and 397 more lines"
    assert max(map(len, printed)) <= 100


def test_a_number_that_the_message_has_is_not_said_twice(gallery: Gallery) -> None:
    (exercise,) = gallery["long_call"]().exercises
    assert not case_view(exercise, exercise.tests[0]).values
