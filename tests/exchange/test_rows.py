"""From a gradebook's grades to what may leave the house."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime
from fractions import Fraction
from typing import Any

import pytest
from said import remarks_of

from grader.classroom.hand_in import LeftOut
from grader.classroom.late_policy import ON_TIME, FinalGrades, Lateness
from grader.classroom.queries import Grade, Mark, StudentGrades
from grader.classroom.record import packed
from grader.exchange import junit, table
from grader.exchange.rows import class_row, row_result
from grader.judge.result import ExerciseResult, Outcome
from grader.judge.reveal import Reveal

NOW = datetime(2026, 11, 2, tzinfo=UTC)


def grade(made: Any, kind: str, mark: int | None = None) -> Grade:
    result = made(kind)
    (exercise,) = result.exercises
    return Grade(
        exercise=exercise.name,
        title=exercise.title,
        outcome=exercise.outcome,
        judged=None if exercise.outcome is Outcome.NOT_JUDGED else exercise.points,
        max_points=Fraction(10),
        mark=None if mark is None else Mark(Fraction(mark), "mira", "seen", NOW),
        key="sha256:00",
        record=packed(result),
    )


def final_grades_of(*grades: Grade, lateness: Lateness = ON_TIME, **more: Any) -> FinalGrades:
    parts: dict[str, Any] = {
        "student": "12",
        "name": "Amina",
        "email": "",
        "anonymous": False,
        "received": NOW,
        "noted": NOW,
        "late": False,
        "group": None,
        "submission": 1,
        "versions": 1,
        "grades": grades,
    }
    return FinalGrades(StudentGrades(**{**parts, **more}), lateness)


def test_a_late_row_has_both_points_and_why(make_result: Any) -> None:
    late = Lateness(2, 0, Fraction(4, 5))
    row = class_row(
        final_grades_of(grade(make_result, "half"), grade(make_result, "right"), lateness=late), Reveal.HINT
    )
    assert row.raw_points == Fraction(10, 3) + 10
    assert row.points == row.raw_points * Fraction(4, 5)
    assert row.late == "2 days late: 80 % of the points"


def test_on_time_there_is_nothing_to_say(make_result: Any) -> None:
    row = class_row(final_grades_of(grade(make_result, "right")), Reveal.HINT)
    assert (row.points, row.raw_points, row.late) == (10, None, None)


def test_what_was_not_judged_is_no_zero(make_result: Any) -> None:
    row = class_row(final_grades_of(grade(make_result, "right"), grade(make_result, "not judged")), Reveal.HINT)
    assert row.points is row.raw_points is None
    assert row.max_points == 20


@pytest.mark.parametrize(
    ("kind", "mark", "outcome"),
    [
        ("half", 4, Outcome.FAILED),
        ("half", 10, Outcome.PASSED),
        ("right", 4, Outcome.FAILED),
        ("not judged", 4, Outcome.FAILED),
        ("syntax", 4, Outcome.ERRORED),
    ],
)
def test_points_by_hand_are_in_the_exercise(make_result: Any, kind: str, mark: int, outcome: Outcome) -> None:
    final_grades = final_grades_of(grade(make_result, kind, mark))
    row = class_row(final_grades, Reveal.HINT)
    (exercise,) = row.exercises
    assert (row.points, exercise.points, exercise.max_points, exercise.outcome) == (mark, mark, 10, outcome)
    assert "by hand" in remarks_of(exercise)[0]
    result = row_result(final_grades, row)
    assert result.points == mark
    assert result.isolation == "standard"


def test_of_hidden_tests_no_more_goes_out_than_is_revealed(make_result: Any) -> None:
    def findings(reveal: Reveal) -> list[Any]:
        row = class_row(final_grades_of(grade(make_result, "half")), reveal)
        return [test.finding for test in row.exercises[0].tests if test.finding is not None]

    assert findings(Reveal.NOTHING) == []
    assert {finding.diagnosis for finding in findings(Reveal.HINT)} == {"columns"}
    assert {finding.diagnosis for finding in findings(Reveal.CATEGORY)} == {None}


def test_without_a_submission_there_is_an_exercise_all_the_same() -> None:
    bare = Grade("L1", "Loss", None, None, Fraction(10))
    never: ExerciseResult = class_row(final_grades_of(bare, submission=None), Reveal.HINT).exercises[0]
    assert (never.outcome, never.points, never.max_points) == (Outcome.MISSING, 0, 10)
    waiting = class_row(final_grades_of(bare), Reveal.HINT)
    assert waiting.exercises[0].outcome is Outcome.NOT_JUDGED
    assert waiting.points is None


def test_points_are_the_same_where_records_were_not_read(make_result: Any) -> None:
    kinds = ("right", "half", "not judged")
    read = final_grades_of(*(grade(make_result, kind) for kind in kinds), grade(make_result, "half", mark=7))
    unread = final_grades_of(*(dataclasses.replace(each, record=None) for each in read.student_grades.grades))
    rows = [class_row(each, Reveal.HINT) for each in (read, unread)]
    assert table.students(rows[:1]) == table.students(rows[1:])
    assert not any(exercise.tests for exercise in rows[1].exercises)


def test_who_handed_in_nothing_that_can_be_judged_has_no_points_and_why(make_result: Any) -> None:
    open_grade = dataclasses.replace(grade(make_result, "right"), outcome=None, judged=None, record=None)
    row = class_row(
        final_grades_of(open_grade, without_work=(LeftOut("12/essay.pdf", "12", "it is a PDF"),)), Reveal.HINT
    )

    assert (row.points, row.is_without_work) == (None, True)
    (exercise,) = row.exercises
    assert exercise.outcome is Outcome.NOT_JUDGED
    assert exercise.undecided_points == 10
    (remark,) = remarks_of(exercise)
    assert remark == "Of what was handed in last, nothing can be judged: essay.pdf: it is a PDF."
    assert "essay.pdf: it is a PDF" in junit.dumps([row])
