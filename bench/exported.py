"""A class of 300, graded into a gradebook, exported to each format, and read back: are the points the same?

    python -m bench.exported [--students 300] [--isolation standard]

Prints a line a format: how long it took, how large it is, how many students came back with their points.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Final
from xml.etree import ElementTree

from bench.classroom.layouts import FORMS, pack
from bench.classroom.people import make_class
from grader.classroom.gradebook import Gradebook
from grader.classroom.late_policy import FinalGrades, final_class_grades
from grader.exchange import table
from grader.exchange.rounding import decimals

ROOT: Final = Path(__file__).resolve().parents[1]
COURSE: Final = """
title: NumPy for deep learning
seed: planted
late: {grace: 15 min, per_day: 10 %, floor: 50 %}
assignments:
  - name: week1
    title: Week 1
    due: 2026-10-01 22:00 UTC
    exercises: [sigmoid_derivative, image2vector, normalizeRows, softmax, L1, L2]
"""
Class = dict[str, FinalGrades]
Points = dict[str, str]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("--students", type=int, default=300)
    parser.add_argument("--isolation", default="standard")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="exported-") as name:
        folder = Path(name)
        prepare(folder, options.students)
        begin = time.perf_counter()
        grader(folder, "run", "class.zip", "--isolation", options.isolation)
        print(f"graded {options.students} students in {time.perf_counter() - begin:.1f} s")
        with Gradebook(folder / "gradebook.db") as book:
            expected = {each.student_grades.student: each for each in final_class_grades(book, "week1", records=False)}
        write_sheets(folder, expected)
        equal = [told(folder, form, expected) for form in READERS]
        return int(not all(equal))


def prepare(folder: Path, size: int) -> None:
    (folder / "course.yaml").write_text(COURSE)
    for part in ("exercises", "solutions"):
        (folder / part).symlink_to(ROOT / part)
    (folder / "class.zip").write_bytes(pack(make_class(size, seed=3), FORMS["gradescope"]))


def grader(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-P", "-m", "grader", *arguments],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"grader {' '.join(arguments)}: {done.stderr}")
    return done.stdout


def write_sheets(folder: Path, expected: Class) -> None:
    """What Canvas and Moodle would give."""
    headers = {
        "canvas": ("Student", "ID", "SIS Login ID", "Section", "Week 1 (101)"),
        "moodle": ("Identifier", "Full name", "Email address", "Status", "Grade", "Maximum Grade", "Feedback comments"),
    }
    for form, header in headers.items():
        with (folder / f"{form}-in.csv").open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream)
            writer.writerow(header)
            for student, final_grades in expected.items():
                name, email = final_grades.student_grades.name, final_grades.student_grades.email
                canvas = (name, student, email, "A", "")
                moodle = (f"Participant {student}", name, email, "Submitted", "", "60.00", "")
                writer.writerow(canvas if form == "canvas" else moodle)


def told(folder: Path, form: str, expected: Class) -> bool:
    """Export one format, and say whether it came back equal."""
    read, wanted = READERS[form]
    given = [f"{form}-in.csv"] if form in ("canvas", "moodle") else []
    out = folder / f"{form}.out"
    begin = time.perf_counter()
    grader(folder, "export", form, *given, "-o", out.name)
    seconds = time.perf_counter() - begin
    size = sum(file.stat().st_size for file in out.iterdir()) if out.is_dir() else out.stat().st_size
    found = read(out)
    right = sum(found.get(student) == wanted(final_grades) for student, final_grades in expected.items())
    same = right == len(expected) == len(found)
    print(f"{form:13}{seconds:6.1f} s {size / 1e6:8.2f} MB {right:5} of {len(expected)} equal")
    return same


def counted(final_grades: FinalGrades) -> str:
    return decimals(final_grades.points or Fraction())


def raw(final_grades: FinalGrades) -> str:
    return decimals(final_grades.raw or Fraction())


def read_tests(file: Path) -> Points:
    """The points of the tests come from rounded thirds: to the point they are the same."""
    sums: dict[str, Fraction] = {}
    for row in table.read(file.read_bytes().decode()):
        sums[row["student"]] = sums.get(row["student"], Fraction()) + Fraction(row["points"])
    return {student: str(round(points)) for student, points in sums.items()}


def read_junit(file: Path) -> Points:
    sums: dict[str, Fraction] = {}
    for suite in ElementTree.parse(file).iter("testsuite"):
        student = (suite.get("name") or "").rpartition("/")[0]
        told = suite.find("./properties/property[@name='points']")
        points = Fraction(told.get("value") or "0") if told is not None else Fraction()
        sums[student] = sums.get(student, Fraction()) + points
    return {student: decimals(points) for student, points in sums.items()}


def read_spreadsheet(key: str, column: str) -> Callable[[Path], Points]:
    def read(file: Path) -> Points:
        rows = csv.DictReader(io.StringIO(file.read_bytes().decode(), newline=""))
        return {row[key].removeprefix("Participant "): row[column] for row in rows}

    return read


def read_each(field: str, factor: int) -> Callable[[Path], Points]:
    """Of a folder with a file a student; what PrairieLearn does not count is nothing."""
    return lambda folder: {
        file.stem: decimals(Fraction(str(json.loads(file.read_bytes()).get(field, 0))) * factor)
        for file in folder.iterdir()
    }


def read_json(file: Path) -> Points:
    students = json.loads(file.read_bytes())["students"]
    return {each["student"]: decimals(Fraction(str(each["points"]))) for each in students}


READERS: Final[dict[str, tuple[Callable[[Path], Points], Callable[[FinalGrades], str]]]] = {
    "csv": (lambda file: {row["student"]: row["points"] for row in table.read(file.read_bytes().decode())}, counted),
    "tests": (read_tests, lambda final_grades: str(round(final_grades.raw or Fraction()))),
    "json": (read_json, counted),
    "junit": (read_junit, raw),
    "canvas": (read_spreadsheet("ID", "Week 1 (101)"), counted),
    "moodle": (read_spreadsheet("Identifier", "Grade"), counted),
    "gradescope": (read_each("score", 1), counted),
    "prairielearn": (read_each("score", 60), counted),
    "classroom50": (read_each("score", 1), lambda final_grades: decimals(Fraction(round(final_grades.points or 0)))),
}


if __name__ == "__main__":
    sys.exit(main())
