"""A file of each student: its name, and who has none."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from fractions import Fraction
from typing import TypeAlias

from grader.classroom.late_policy import FinalGrades, Lateness
from grader.classroom.queries import Grade, StudentGrades
from grader.exchange import gradescope
from grader.exchange.rows import ClassRow, class_row
from grader.exchange.student_files import classroom50_text, file_name, result_text, texts_of
from grader.judge.result import Outcome
from grader.judge.reveal import Reveal

NOW = datetime(2026, 11, 2, tzinfo=UTC)
LATER = datetime(2026, 11, 4, 10, 30, tzinfo=UTC)
Student: TypeAlias = tuple[FinalGrades, ClassRow]


def a_student(
    student: str, points: int | None, *, group: str | None = None, received: datetime | None = NOW
) -> Student:
    """Somebody who is a day late; without points, somebody whose work is not judged yet."""
    outcome, judged = (None, None) if points is None else (Outcome.FAILED, Fraction(points))
    grades = (Grade("L1", "Loss", outcome, judged, Fraction(10), key="sha256:00"),)
    known = StudentGrades(student, "", "", False, received, LATER, True, group, 7, 1, grades)
    final_grades = FinalGrades(known, Lateness(1, 0, Fraction(1, 2)))
    return final_grades, class_row(final_grades, Reveal.HINT)


def test_who_has_no_points_has_no_file() -> None:
    texts = texts_of([a_student("1", 10), a_student("2", None)], result_text(gradescope.dumps))

    assert list(texts) == ["1.json"]
    found = json.loads(texts["1.json"])
    assert found["score"] == 5
    assert "1 day late: 50 % of the points" in found["output"]


def test_what_a_runner_would_say_is_taken_from_the_gradebook_where_no_runner_says_it() -> None:
    students = [a_student("1", 10, group="Team 1")]
    known = json.loads(texts_of(students, classroom50_text("NumPy", "week1", {}))["1.json"])
    told = classroom50_text("", "week1", {"USERNAME": "mira", "COMMIT_URL": ""})
    runner = json.loads(texts_of(students, told)["1.json"])

    assert [known[each] for each in ("classroom", "assignment", "owner", "submission", "commit", "datetime")] == [
        "NumPy", "week1", "1", "submit/7", "unknown", "2026-11-02T00:00:00Z",
    ]  # fmt: skip
    assert (known["assignment_type"], known["score"]) == ("group", 5)
    assert (runner["owner"], runner["classroom"], runner["commit"]) == ("mira", "unknown", "unknown")


def test_of_work_without_a_time_the_file_says_when_it_was_taken_in_and_so_the_same_each_time() -> None:
    (text,) = texts_of([a_student("1", 10, received=None)], classroom50_text("NumPy", "week1", {})).values()

    assert json.loads(text)["datetime"] == "2026-11-04T10:30:00Z"


def test_any_id_can_be_a_files_name() -> None:
    ids = ("10042", "A", "a", "../a", "Ω", "", "a" * 300, "con", "Con", "com1")
    names = [file_name(student, ".json") for student in ids]
    # somebody may be called as another file is
    names += [file_name(name.removesuffix(".json"), ".json") for name in names if "-" in name]
    assert names[0] == "10042.json"
    assert not {"con.json", "com1.json"} & set(names)  # devices, on Windows
    assert len({name.casefold() for name in names}) == len(names)
    assert not [name for name in names if "/" in name or len(name) > 80]
