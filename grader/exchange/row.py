"""What goes out about one student, whatever the format."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import final

from grader.judge.result import ExerciseResult

__all__ = ["ClassRow"]


@final
@dataclass(frozen=True, slots=True)
class ClassRow:
    """One student's grade, as it may leave the house. The members of a group have a row each.

    student     the LMS's id where there is one, else what the folder or file was called
    points      as they count, after late rules; None: not judged wholly, so that no grade may go out
    late        a sentence on what lateness did; None where it did nothing
    raw_points  before late rules; None where that is the same
    exercises   as the student may see them, points given by hand put in
    unsettled   whether it is late and nobody knows by how much, where lateness costs something
    group       the group's name, where the grade is a group's
    """

    student: str
    name: str
    email: str
    points: Fraction | None
    max_points: Fraction
    late: str | None = None
    raw_points: Fraction | None = None
    exercises: tuple[ExerciseResult, ...] = ()
    group: str = ""
    unsettled: bool = False

    @property
    def shown(self) -> str:
        """Who it is, for a message."""
        return f"{self.name} ({self.student})" if self.name and self.name != self.student else self.student
