"""A result as JSON (schema 1), for other programs. Every field is described in docs/results.md."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import Any, TypeAlias

from grader.course.key import Role
from grader.judge.result import SCHEMA, Evidence, ExerciseResult, Finding, Mismatch, Result, TestResult
from grader.kinds.single import text_json
from grader.kinds.table import kind_of
from grader.message import Arg, Message
from grader.observation import Warned
from grader.values import Plain, Value
from grader.words.text import lines, text

__all__ = ["as_json", "dumps", "exercise_as_json", "number_of_points", "value_as_json"]

Json: TypeAlias = Any


def dumps(result: Result) -> str:
    """The JSON text of a result.

    Parameters
    ----------
    result
        As far as it may be told: `judge.reveal.project` leaves out what students must not see.

    Returns
    -------
    str
        Strict JSON (no NaN, no Infinity) in plain ASCII, ending in a newline. docs/results.md describes the fields;
        points are numbers, rounded to six places where they are no whole ones.
    """
    return json.dumps(as_json(result), indent=1, allow_nan=False) + "\n"


def as_json(result: Result) -> dict[str, Json]:
    """The result as dictionaries, lists, texts and numbers."""
    return {
        "schema": SCHEMA,
        "points": number_of_points(result.points),
        "max_points": number_of_points(result.max_points),
        "undecided_points": number_of_points(result.undecided_points),
        "isolation": text_json(result.isolation),
        "evidence": _evidence(result.evidence),
        "versions": {text_json(name): text_json(version) for name, version in result.versions.items()},
        "remarks": [text_json(text(remark)) for remark in result.remarks],
        "exercises": [exercise_as_json(exercise) for exercise in result.exercises],
    }


def _evidence(evidence: Evidence) -> dict[str, Json]:
    canary = evidence.canary
    return {
        "kernel": text_json(evidence.kernel),
        "abilities": evidence.abilities,
        "canary": None
        if canary is None
        else {"refused": canary.refused, "possible": list(canary.possible), "worked": canary.worked},
        "lacks": [text_json(lack) for lack in evidence.lacks],
    }


def exercise_as_json(exercise: ExerciseResult) -> dict[str, Json]:
    """One exercise of a result."""
    return {
        "name": text_json(exercise.name),
        "title": text_json(text(exercise.title)),
        "key": text_json(exercise.key),
        "file": _optional(exercise.file),
        "points": number_of_points(exercise.points),
        "max_points": number_of_points(exercise.max_points),
        "undecided_points": number_of_points(exercise.undecided_points),
        "outcome": exercise.outcome.value,
        "remarks": [text_json(text(remark)) for remark in exercise.remarks],
        "tests": [_test(test) for test in exercise.tests],
    }


def _test(test: TestResult) -> dict[str, Json]:
    return {
        "name": text_json(test.name),
        "index": test.index,
        "role": test.role.value,
        "hidden": test.role is Role.HIDDEN,
        "advice": test.advice,
        "outcome": test.outcome.value,
        "points": number_of_points(test.points),
        "max_points": number_of_points(test.max_points),
        "call": _optional(test.call),
        "path": _optional(test.path),
        "expected": _boxed(test.expected),
        "actual": _boxed(test.actual),
        "mismatch": _mismatch(test.mismatch) if test.mismatch is not None else None,
        "stdout": _optional(test.stdout),
        "warnings": [_warning(warning) for warning in test.warnings],
        "finding": _finding(test.finding) if test.finding is not None else None,
    }


def _mismatch(mismatch: Mismatch) -> dict[str, Json]:
    largest = value_as_json(mismatch.largest)
    return {"count": mismatch.count, "size": mismatch.size, "first": list(mismatch.first), "largest": largest}


def _warning(warning: Warned) -> dict[str, Json]:
    return {"category": text_json(warning.category), "message": text_json(warning.message), "line": warning.line}


def _finding(finding: Finding) -> dict[str, Json]:
    return {
        "rule": finding.rule.value,
        "diagnosis": _optional(finding.diagnosis),
        "message": text_json(lines(finding.messages)),
        "message_id": finding.messages[0].id,
        "message_args": _args(finding.messages[0]),
        "more_messages": [_message(message) for message in finding.messages[1:]],
        "hint": None if finding.hint is None else text_json(text(finding.hint)),
        "line": finding.line,
        "column": finding.column,
        "cell": finding.cell,
        "source_line": _optional(finding.source_line),
    }


def _message(message: Message) -> dict[str, Json]:
    return {"id": message.id, "args": _args(message)}


def _args(message: Message) -> dict[str, Json]:
    return {name: _arg(value) for name, value in message.args}


def _arg(value: Arg) -> Json:
    """A phrase in a message is an object like it; several things are an array."""
    if isinstance(value, Message):
        return _message(value)
    if isinstance(value, tuple):
        return [_arg(each) for each in value]
    return text_json(value) if isinstance(value, str) else value_as_json(value)


def number_of_points(points: Fraction) -> int | float:
    """Points as a JSON number: whole where they are, else rounded to six places, once."""
    return points.numerator if points.denominator == 1 else round(float(points), 6)


def _optional(text: str | None) -> str | None:
    return None if text is None else text_json(text)


def _boxed(plain: Plain | None) -> Json:
    return None if plain is None else value_as_json(plain.value)


def value_as_json(value: Value) -> Json:
    """A plain value. What JSON has no form for becomes an object with a name of its own, as docs/results.md says."""
    return kind_of(value).json(value, value_as_json)
