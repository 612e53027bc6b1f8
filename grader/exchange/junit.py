"""A class as JUnit XML: one suite for each exercise of each student."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from grader.exchange.rows import ClassRow
from grader.judge.result import Result
from grader.report import junit

__all__ = ["dumps"]


def dumps(rows: Iterable[ClassRow]) -> str:
    """The XML text; a suite is called by the student's id and the exercise's name, and has the student's variant."""
    named = [(row, f"{row.student}/{exercise.name}", exercise) for row in rows for exercise in row.exercises]
    exercises = tuple(msgspec.structs.replace(exercise, name=name) for _, name, exercise in named)
    variants = {name: {"variant": str(row.variant)} for row, name, _ in named if row.variant is not None}
    return junit.dumps(Result(exercises=exercises, isolation="", versions={}), properties=variants)
