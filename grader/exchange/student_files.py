"""A file of each student, as hosts read results that they have not made themselves."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Final, TypeAlias

from grader.classroom.late_policy import FinalGrades
from grader.exchange import classroom50
from grader.exchange.rows import ClassRow, row_result
from grader.report.folder import plain_name

__all__ = ["Written", "classroom50_text", "file_name", "result_text", "texts_of"]

Written: TypeAlias = Callable[[FinalGrades, ClassRow], str]
"""Makes the text of a student's file."""

_DIGEST: Final = re.compile("-[0-9a-f]{16}$")


def texts_of(students: Iterable[tuple[FinalGrades, ClassRow]], written: Written) -> dict[str, str]:
    """The file of each student who has points, by its name."""
    return {file_name(row.student, ".json"): written(each, row) for each, row in students if row.points is not None}


def result_text(dumps: Callable[..., str]) -> Written:
    """What a host reads of a student, where it takes points and a note beside the result."""

    def written(final_grades: FinalGrades, row: ClassRow) -> str:
        return dumps(row_result(final_grades, row), points=row.points, note=row.late or "")

    return written


def classroom50_text(course: str, assignment: str, environment: Mapping[str, str]) -> Written:
    """Classroom 50's result of a student; what `environment` has comes before what a gradebook knows."""
    set_there = {key: value for key, value in environment.items() if value}

    def written(final_grades: FinalGrades, row: ClassRow) -> str:
        moment = final_grades.student_grades.received or final_grades.student_grades.noted
        known = _runner(final_grades, course, assignment) | set_there
        return classroom50.dumps(row_result(final_grades, row), known, moment=moment, points=row.points)

    return written


def file_name(student: str, ending: str) -> str:
    """A file's name for any student: the id itself where it can be one, else what is left of it and a digest.

    An id that ends as if in a digest has one too, so that nobody can have the name of another's file.
    """
    plain = plain_name(student)
    if plain == student and not _DIGEST.search(student):
        return plain + ending
    digest = hashlib.blake2b(student.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
    return f"{plain}-{digest}{ending}"


def _runner(final_grades: FinalGrades, course: str, assignment: str) -> dict[str, str]:
    """What a runner's environment would say, as far as a gradebook knows."""
    student_grades = final_grades.student_grades
    return {
        "CLASSROOM": course or "unknown",
        "ASSIGNMENT": assignment,
        "ASSIGNMENT_TYPE": "individual" if student_grades.group is None else "group",
        "USERNAME": student_grades.student,
        "SUBMISSION_TAG": f"submit/{student_grades.submission or 0}",
        **dict.fromkeys(("COMMIT_URL", "RELEASE_URL", "REVIEW_URL"), "unknown"),
    }
