from __future__ import annotations

from datetime import UTC, datetime
from fractions import Fraction

from grader.classroom.late_policy import ON_TIME, FinalGrades, Lateness
from grader.classroom.queries import Grade, StudentGrades
from grader.exchange.reported import student_of

NOTED = datetime(2026, 11, 2, tzinfo=UTC)


def final_grades_of(late: Lateness, *points: int | None, received: datetime | None = None) -> FinalGrades:
    grades = tuple(
        Grade(str(number), "", None, None if each is None else Fraction(each), Fraction(10))
        for number, each in enumerate(points)
    )
    return FinalGrades(StudentGrades("1", "", "", False, received, NOTED, False, None, 7, 1, grades), late)


def test_raw_and_adjusted_points() -> None:
    late = Lateness(2, 1, Fraction(9, 10))
    student = student_of(final_grades_of(late, 10, 5, received=datetime(2026, 10, 4, 23, 59, tzinfo=UTC)), None)
    assert (student.points, student.adjusted, student.counted) == (15, Fraction(27, 2), Fraction(27, 2))
    assert student.late == "2 days late, 1 of them spent: 90 % of the points."
    assert student.received == "2026-10-04 23:59 UTC"


def test_times_are_in_the_time_zone_of_the_due_date() -> None:
    received, due = datetime(2026, 10, 4, 21, 7, tzinfo=UTC), datetime.fromisoformat("2026-10-04T23:59:00+02:00")
    student = student_of(final_grades_of(ON_TIME, 10, received=received), due)
    assert (student.received, student.due) == ("2026-10-04 23:07 UTC+02:00", "2026-10-04 23:59 UTC+02:00")
    assert (student.late, student.adjusted) == ("", None)


def test_what_is_still_to_be_judged_is_not_adjusted() -> None:
    student = student_of(final_grades_of(Lateness(2, 0, Fraction(1, 2)), 10, None), None)
    assert (student.points, student.adjusted, student.works[1].points) == (10, None, None)
