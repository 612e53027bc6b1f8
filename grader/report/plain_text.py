"""A test as plain text, for systems that show each test by itself. Of a hidden test only its finding is told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import count
from typing import Final

from grader.course.key import Role
from grader.judge.result import ExerciseResult, TestResult
from grader.report.formulas import without_maths
from grader.report.value_text import value_text
from grader.report.words import OUTCOME_WORDS
from grader.words.text import lines, text

__all__ = ["describe_advice", "describe_test", "named_tests"]

_PRACTICE: Final = "practice case"


def named_tests(exercise: ExerciseResult) -> Iterator[tuple[str, TestResult]]:
    """The tests, each with a name of its own: numbered where several share theirs.

    A practice case is no hidden test, though one gave it its name: it would be read as that one's failure.
    """
    practice = count(1)
    told = [(_PRACTICE, next(practice)) if _is_practice(test) else (test.name, test.index) for test in exercise.tests]
    several = Counter(name for name, _ in told)
    for (name, number), test in zip(told, exercise.tests, strict=True):
        yield f"{name} {number}" if several[name] > 1 else name, test


def _is_practice(test: TestResult) -> bool:
    return test.role is Role.PRACTICE


def describe_test(exercise: ExerciseResult, test: TestResult) -> str:
    """What is wrong, where, in which call, and a hint; a line each."""
    return f"{_message(test)}{_facts(exercise, test)}{_hint(test)}"


def describe_advice(test: TestResult) -> str:
    """The same of a test that is advice, without the place and the call."""
    return f"Worth knowing, no points lost: {_message(test)}{_hint(test)}"


def _message(test: TestResult) -> str:
    return without_maths(lines(test.finding.messages)) if test.finding is not None else OUTCOME_WORDS[test.outcome]


def _hint(test: TestResult) -> str:
    return f"\nHint: {without_maths(text(test.finding.hint))}" if test.finding is not None and test.finding.hint else ""


def _facts(exercise: ExerciseResult, test: TestResult) -> str:
    """The place, the call and the values; none of them for a hidden test."""
    if test.role is Role.HIDDEN:
        return ""
    facts = []
    if test.finding is not None and test.finding.line is not None:
        cell = f"cell {test.finding.cell}, " if test.finding.cell is not None else ""
        facts.append(f"At: {exercise.file or 'the submission'}, {cell}line {test.finding.line}")
    if test.call is not None:
        facts.append("\n".join(["Call:", *test.call.split("\n")]) if "\n" in test.call else f"Call: {test.call}")
    for label, plain in (("Returned", test.actual), ("Expected", test.expected)):
        if plain is not None:
            facts.append(f"{label}: {value_text(plain.value)}")
    if test.path is not None:
        facts.append(f"First difference: {test.path}")
    return "".join(f"\n{fact}" for fact in facts)
