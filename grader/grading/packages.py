"""Whether the packages are there that a course's exercises need."""

from __future__ import annotations

import platform
import sys
from collections.abc import Iterable, Mapping

import numpy as np

import grader
from grader.course.key import AnswerKey
from grader.errors import CourseError
from grader.observe.packages import distribution, missing, versions

__all__ = ["needed_by", "require", "versions_with"]


def needed_by(keys: Iterable[AnswerKey]) -> dict[str, str]:
    """The packages of these keys, by the names that expressions see them under."""
    return {name: module for key in keys for name, module in key.packages.items()}


def versions_with(packages: Mapping[str, str]) -> dict[str, str]:
    """What a result hangs on, beside the exercise and the work: versions."""
    own = {"grader": grader.__version__, "python": platform.python_version(), "numpy": np.__version__}
    return own | versions(packages.values())


def require(packages: Mapping[str, str], place: str) -> None:
    """Raises `CourseError` where one of `packages` is missing, with what to do; `place` is what says that it is due."""
    absent = missing(packages.values())
    if not absent:
        return
    names = " ".join(dict.fromkeys(distribution(module) for module in absent))
    several = "packages" if len(absent) > 1 else "package"
    are = "are" if len(absent) > 1 else "is"
    raise CourseError(
        f"{place}: the {several} {', '.join(absent)} {are} not installed for this Python ({sys.executable}); "
        f"install with: python -m pip install {names}"
    )
