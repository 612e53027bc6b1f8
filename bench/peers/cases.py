"""The thirty cases, taken from our own keys, in a form that every grader can read."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from grader.course.folder import Course
from grader.course.key import AnswerKey, Role
from grader.grading.keys import CourseKeys, cache_folder

__all__ = ["COURSE", "Shared", "measured_keys", "shared_cases"]

COURSE: Final = Path(__file__).resolve().parent / "course"


@dataclass(frozen=True, slots=True)
class Shared:
    """One case: a function, its arguments, the reference's answer."""

    function: str
    arguments: list[Any]
    expected: Any


def measured_keys() -> dict[str, AnswerKey]:
    """The keys of the course that is measured, in the assignment's order."""
    keys = CourseKeys(Course(COURSE), cache=cache_folder())
    return keys.keys(keys.assignments[0].exercises)


def shared_cases(keys: dict[str, AnswerKey]) -> list[Shared]:
    """The hidden cases of these keys."""
    return [
        Shared(
            key.function or name,
            [_listed(value) for value in case.arguments.value.values()],
            _listed(case.expected.value.value),
        )
        for name, key in keys.items()
        for case in key.cases
        if case.role is Role.HIDDEN
    ]


def _listed(value: Any) -> Any:
    return np.asarray(value).tolist()
