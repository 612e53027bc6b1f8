"""The course of the six exercises that `grader demo` has: the first assignment of the repository's, in a folder."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

from grader.authoring.take import begin_with
from grader.course.folder import Course, example_course

__all__ = ["basics"]


@cache
def basics() -> Path:
    """Its folder, made once for this process."""
    above = tempfile.mkdtemp(prefix="numgrade-basics-")
    atexit.register(shutil.rmtree, above, ignore_errors=True)
    folder = Path(above) / "basics"
    begin_with(Course(example_course()), folder, ("numpy-basics",))
    return folder
