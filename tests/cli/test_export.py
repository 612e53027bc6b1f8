"""`grader export`: a class of two dozen, graded once, into each format and back."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from fractions import Fraction
from itertools import islice
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from bench.classroom.people import Student
from grader.classroom.gradebook import Gradebook
from grader.classroom.late_policy import FinalGrades, final_class_grades
from grader.exchange import table
from grader.exchange.rounding import decimals, number
from grader.observe.intake import read_bytes
from grader.observe.wire import Source
from grader.report.words import points_text

pytestmark = pytest.mark.slow

Command = Callable[..., "subprocess.CompletedProcess[str]"]
Grader = Callable[..., tuple[object, str, str]]

ROOT = Path(__file__).resolve().parents[2]
COURSE = """
title: NumPy for deep learning
seed: planted, but long
late: {grace: 15 min, per_day: 10 %, floor: 50 %}
assignments:
  - name: week1
    title: Week 1
    due: 2026-10-01 22:00 UTC
    exercises: [sigmoid_derivative, image2vector, normalizeRows, softmax, L1, L2]
"""
SIZE = 24


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory, in_process: Command) -> Path:
    """The gradebook of a class, some of them late, one with points by hand."""
    from bench.classroom.layouts import FORMS, pack
    from bench.classroom.people import make_class

    folder = tmp_path_factory.mktemp("a course")
    (folder / "course.yaml").write_text(COURSE)
    for part in ("exercises", "solutions"):
        (folder / part).symlink_to(ROOT / part)
    students = tuple(filter(_can_be_read, make_class(SIZE + 5, seed=3)))[:SIZE]  # of others there are no points
    (folder / "class.zip").write_bytes(pack(students, FORMS["gradescope"]))
    done = in_process("grader", "run", "class.zip", "--isolation", "none", "-j", "1", cwd=folder)
    assert done.returncode == 0, done.stderr
    marked = str(students[0].number)
    done = in_process("grader", "mark", marked, "softmax", "22/3", "--why", "shown", cwd=folder)
    assert done.returncode == 0, done.stderr
    return folder / "gradebook.db"


def _can_be_read(student: Student) -> bool:
    return any(isinstance(read_bytes(name, data), Source) for name, data in student.files.items())


@pytest.fixture(scope="module")
def expected(graded: Path) -> dict[str, FinalGrades]:
    with Gradebook(graded) as book:
        return {each.student_grades.student: each for each in final_class_grades(book, "week1")}


@pytest.fixture
def export(grader: Grader, graded: Path) -> Callable[..., str]:
    """What `grader export` writes to standard output, all being well."""

    def call(*arguments: str | Path) -> str:
        status, out, _ = grader("export", *arguments, "--gradebook", graded)
        assert status == 0
        return out

    return call


def points_of(final_grades: FinalGrades) -> Fraction:
    assert final_grades.points is not None
    return final_grades.points


def test_the_class_is_what_it_is_meant_to_be(expected: dict[str, FinalGrades]) -> None:
    assert len(expected) == SIZE
    assert len({points_of(each) for each in expected.values()}) > 5
    assert any(each.points != each.raw for each in expected.values())
    assert any(grade.mark for each in expected.values() for grade in each.student_grades.grades)


def test_the_table_of_a_run_has_both_points(graded: Path, expected: dict[str, FinalGrades], command: Command) -> None:
    out = command("grader", "run", "class.zip", "--isolation", "none", "-j", "1", cwd=graded.parent).stdout
    assert "raw: before what lateness takes off" in out
    shown = dict(re.findall(r"(?m)^(\d+) .*\(([\d.]+) raw\)$", out))
    assert shown == {
        student: points_text(each.raw or Fraction())
        for student, each in islice(expected.items(), 20)
        if each.raw != each.points
    }


def test_csv_and_back(export: Callable[..., str], expected: dict[str, FinalGrades]) -> None:
    rows = {row["student"]: row for row in table.read(export("csv"))}
    assert set(rows) == set(expected)
    for student, final_grades in expected.items():
        row = rows[student]
        assert (row["name"], row["email"]) == (final_grades.student_grades.name, final_grades.student_grades.email)
        assert row["points"] == decimals(points_of(final_grades))
        assert row["raw_points"] == decimals(final_grades.raw or Fraction())
        assert row["late"] == final_grades.note
        for grade in final_grades.student_grades.grades:
            assert row[grade.exercise] == decimals(grade.points or Fraction())


def test_a_row_a_test_and_back(export: Callable[..., str], expected: dict[str, FinalGrades]) -> None:
    rows = table.read(export("tests"))
    assert {row["student"] for row in rows} == set(expected)
    for student, final_grades in expected.items():
        for grade in final_grades.student_grades.grades:
            assert grade.result is not None
            (exercise,) = grade.result.exercises
            own = [row for row in rows if (row["student"], row["exercise"]) == (student, grade.exercise)]
            assert [row["outcome"] for row in own] == [test.outcome.value for test in exercise.tests]


def test_json_and_back(export: Callable[..., str], expected: dict[str, FinalGrades]) -> None:
    found = json.loads(export("json"))
    assert found["schema"] == 1
    assert [each["student"] for each in found["students"]] == sorted(expected)
    for each in found["students"]:
        final_grades = expected[each["student"]]
        assert each["points"] == pytest.approx(float(points_of(final_grades)), abs=1e-6)
        assert each["late"] == (final_grades.note or None)
        assert [exercise["name"] for exercise in each["exercises"]] == [
            grade.exercise for grade in final_grades.student_grades.grades
        ]


def test_below_all_no_input_or_value_of_a_hidden_test_goes_out(export: Callable[..., str]) -> None:
    def hidden(level: str) -> list[dict[str, Any]]:
        students = json.loads(export("json", "--reveal", level))["students"]
        return [test for each in students for one in each["exercises"] for test in one["tests"] if test["hidden"]]

    for level in ("nothing", "category", "hint"):
        assert not [test for test in hidden(level) if test["call"] or test["expected"] or test["actual"]]
    assert [test for test in hidden("all") if test["call"]]


def test_junit_and_back(export: Callable[..., str], expected: dict[str, FinalGrades]) -> None:
    suites = {suite.get("name"): suite for suite in ElementTree.fromstring(export("junit")).iter("testsuite")}
    assert set(suites) == {
        f"{each}/{grade.exercise}" for each in expected for grade in expected[each].student_grades.grades
    }
    for student, final_grades in expected.items():
        for grade in final_grades.student_grades.grades:
            told = suites[f"{student}/{grade.exercise}"].find("./properties/property[@name='points']")
            assert told is not None
            assert float(told.get("value") or "") == pytest.approx(float(grade.points or 0), abs=0.01)


def canvas_export(expected: dict[str, FinalGrades]) -> bytes:
    """As Canvas writes it: another column beside, and one student whom the class has not."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(["Student", "ID", "SIS Login ID", "Section", "Week 1 (101)", "Week 2 (102)", "Final Score"])
    writer.writerow(["    Points Possible", "", "", "", "60", "60", "(read only)"])
    for student, final_grades in expected.items():
        writer.writerow(
            [final_grades.student_grades.name, student, final_grades.student_grades.email, "A", "", "1.5", ""]
        )
    writer.writerow(["Nobody, Ann", "1", "ann", "A", "", "", ""])
    return stream.getvalue().encode()


def test_canvas_and_back(expected: dict[str, FinalGrades], grader: Grader, graded: Path, tmp_path: Path) -> None:
    (tmp_path / "canvas.csv").write_bytes(canvas_export(expected))
    into = tmp_path / "upload.csv"
    status, out, err = grader("export", "canvas", tmp_path / "canvas.csv", "-o", into, "--gradebook", graded)
    assert (status, out) == (0, "")
    assert f"'Week 1 (101)': {SIZE} grades filled in." in err
    assert "1 student in canvas.csv, but not in the gradebook: Nobody, Ann" in err
    rows = {row["ID"]: row for row in csv.DictReader(io.StringIO(into.read_bytes().decode(), newline=""))}
    for student, final_grades in expected.items():
        assert rows[student]["Week 1 (101)"] == decimals(points_of(final_grades))
    without = re.sub(rb"\d+\.\d\d,1\.5", b",1.5", into.read_bytes())
    assert without == canvas_export(expected)
    assert (tmp_path / "canvas.csv").read_bytes() == canvas_export(expected)


def test_moodle_and_back(expected: dict[str, FinalGrades], grader: Grader, graded: Path, tmp_path: Path) -> None:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(
        ["Identifier", "Full name", "Email address", "Status", "Grade", "Maximum Grade", "Feedback comments"]
    )
    for student, final_grades in expected.items():
        student_grades = final_grades.student_grades
        writer.writerow(
            [f"Participant {student}", student_grades.name, student_grades.email, "Submitted", "", "60.00", ""]
        )
    (tmp_path / "moodle.csv").write_text(stream.getvalue(), encoding="utf-8", newline="")
    status, out, err = grader("export", "moodle", tmp_path / "moodle.csv", "--gradebook", graded)
    assert status == 0
    assert f"'Grade': {SIZE} grades filled in." in err
    rows = {row["Identifier"].split()[1]: row for row in csv.DictReader(io.StringIO(out, newline=""))}
    for student, final_grades in expected.items():
        assert rows[student]["Grade"] == decimals(points_of(final_grades))
        assert (final_grades.note or "points.") in rows[student]["Feedback comments"]


@pytest.mark.parametrize("form", ["gradescope", "prairielearn", "classroom50"])
def test_a_file_of_each_student(
    form: str, expected: dict[str, FinalGrades], grader: Grader, graded: Path, tmp_path: Path
) -> None:
    status, _, err = grader("export", form, "-o", tmp_path / "out", "--gradebook", graded)
    assert (status, err) == (0, f"Wrote {SIZE} files into {tmp_path / 'out'}\n")
    for student, final_grades in expected.items():
        found = json.loads((tmp_path / "out" / f"{student}.json").read_text(encoding="utf-8"))
        points = points_of(final_grades)
        if form == "gradescope":
            assert found["score"] == number(points)
            assert final_grades.note in found["output"]
        elif form == "classroom50":
            assert (found["score"], found["max-score"], found["owner"]) == (round(points), 60, student)
        elif found["gradable"]:
            assert found["score"] == pytest.approx(float(points / 60), abs=1e-6)
        else:
            assert not points
    status, out, _ = grader("export", form, "--student", min(expected), "--gradebook", graded)
    assert status == 0
    same = json.loads(out)
    assert same == json.loads((tmp_path / "out" / f"{min(expected)}.json").read_text(encoding="utf-8"))


def test_the_runners_variables_count_for_one_student(
    export: Callable[..., str], expected: dict[str, FinalGrades], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("USERNAME", "mira")
    monkeypatch.setenv("SUBMISSION_TAG", "submit/7")
    found = json.loads(export("classroom50", "--student", min(expected)))
    assert (found["owner"], found["submission"], found["commit"]) == ("mira", "submit/7", "unknown")


def test_nothing_is_overwritten_unasked(grader: Grader, graded: Path, tmp_path: Path) -> None:
    file = tmp_path / "canvas.csv"
    file.write_text("mine\n")
    status, _, err = grader("export", "csv", "-o", file, "--gradebook", graded)
    assert (status, file.read_text()) == (2, "mine\n")
    assert "--overwrite" in err
    assert grader("export", "csv", "-o", file, "--overwrite", "--gradebook", graded)[0] == 0
    assert file.read_text().startswith("student,")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "10042.json").write_text("mine\n")
    first = json.loads(grader("export", "json", "--gradebook", graded)[1])["students"][0]["student"]
    (tmp_path / "out" / f"{first}.json").write_text("mine\n")
    assert grader("export", "gradescope", "-o", tmp_path / "out", "--gradebook", graded)[0] == 2
    assert len(list((tmp_path / "out").iterdir())) == 2


def test_a_dash_is_standard_output(export: Callable[..., str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    assert export("csv", "-o", "-") == export("csv")
    assert not list(tmp_path.iterdir())


def test_errors_come_before_remarks(grader: Grader, graded: Path, tmp_path: Path) -> None:
    shutil.copy(graded, tmp_path / "book.db")
    with closing(sqlite3.connect(tmp_path / "book.db")) as connection, connection:
        connection.execute("DELETE FROM grades WHERE exercise = 'L1'")
    (tmp_path / "other.csv").write_text("a,b\n")

    status, _, err = grader("export", "canvas", tmp_path / "other.csv", "--gradebook", tmp_path / "book.db")
    assert status == 2
    assert "no gradebook" in err
    assert "not judged wholly" not in err


def test_what_cannot_be_done_is_said(grader: Grader, graded: Path, tmp_path: Path) -> None:
    for arguments, words in (
        (("gradescope",), "-o DIR"),
        (("gradescope", "--student", "nobody"), "no student 'nobody'"),
        (("csv", "-a", "week9"), "week1"),
        (("canvas", tmp_path / "none.csv"), "cannot be read"),
    ):
        status, out, err = grader("export", *arguments, "--gradebook", graded)
        assert (status, out) == (2, "")
        assert words in err
    assert grader("export", "csv", "--gradebook", tmp_path / "none.db")[0] == 2


def test_what_is_not_judged_is_no_zero_and_is_said(
    grader: Grader, graded: Path, expected: dict[str, FinalGrades], tmp_path: Path
) -> None:
    shutil.copy(graded, tmp_path / "book.db")
    student, *_ = expected
    with closing(sqlite3.connect(tmp_path / "book.db")) as connection, connection:
        connection.execute("DELETE FROM grades WHERE student = ? AND exercise = 'L1'", (student,))
    status, out, err = grader("export", "csv", "--gradebook", tmp_path / "book.db")
    assert status == 0
    row = next(row for row in table.read(out) if row["student"] == student)
    assert (row["points"], row["L1"], row["raw_points"]) == ("", "", "")
    assert row["L2"]
    assert f"1 student not judged wholly, so without points: {expected[student].student_grades.name} ({student})" in err
    status, out, err = grader("export", "gradescope", "--student", student, "--gradebook", tmp_path / "book.db")
    assert (status, out) == (0, "")
    assert "not judged wholly" in err


@pytest.mark.parametrize("form", ["csv", "tests", "json", "junit", "canvas", "moodle", "gradescope", "classroom50"])
def test_every_format_teaches_by_an_example(form: str, grader: Grader) -> None:
    status, out, _ = grader("export", form, "--help")
    assert status == 0
    assert f"  grader export {form}" in out or f" grader export {form}" in out
