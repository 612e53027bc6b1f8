"""A class as JSON (schema 1): every student with grade and exercises, in the form of docs/results.md."""

from __future__ import annotations

import json
from collections.abc import Iterable
from fractions import Fraction
from typing import Any, TypeAlias

from grader.exchange.rows import ClassRow
from grader.judge.result import SCHEMA, ExerciseResult
from grader.report.json import exercise_as_json, number_of_points

__all__ = ["as_document", "dumps"]

Json: TypeAlias = Any


def dumps(rows: Iterable[ClassRow]) -> str:
    """The JSON text of a class: strict JSON, plain ASCII, ending in a newline."""
    return json.dumps(as_document(rows), indent=1, allow_nan=False) + "\n"


def as_document(rows: Iterable[ClassRow]) -> dict[str, Json]:
    """The class as dictionaries, lists, texts and numbers; points as in every JSON result, null where none stand."""
    return {"schema": SCHEMA, "students": [_student(row) for row in rows]}


def _student(row: ClassRow) -> dict[str, Json]:
    return {
        "student": row.student,
        "name": row.name,
        "email": row.email,
        "group": row.group or None,
        "variant": row.variant,
        "points": _points(row.points),
        "max_points": number_of_points(row.max_points),
        "raw_points": _points(row.points if row.raw_points is None else row.raw_points),
        "late": row.late,
        "exercises": [_exercise(exercise) for exercise in row.exercises],
    }


def _exercise(exercise: ExerciseResult) -> dict[str, Json]:
    return {**exercise_as_json(exercise), "shared": exercise.shared_from is not None}


def _points(points: Fraction | None) -> int | float | None:
    return None if points is None else number_of_points(points)
