"""A test as plain text, for systems that show each test by itself. Of a hidden test only its finding is told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import count

from grader.course.key import Role
from grader.judge.result import ExerciseResult, Finding, TestResult
from grader.report.formulas import without_maths
from grader.report.value_text import value_text
from grader.report.words import outcome_words
from grader.words.text import lines, said, text

__all__ = ["describe_advice", "describe_test", "named_tests"]


def named_tests(exercise: ExerciseResult) -> Iterator[tuple[str, TestResult]]:
    """The tests, each with a name of its own: numbered where several share theirs.

    A practice case is no hidden test, though one gave it its name: it would be read as that one's failure.
    """
    practice = count(1)
    told = [
        (said("practice_case"), next(practice)) if _is_practice(test) else (test.name, test.index)
        for test in exercise.tests
    ]
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
    return said("worth.no_points_lost", message=f"{_message(test)}{_hint(test)}")


def _message(test: TestResult) -> str:
    return without_maths(lines(test.finding.messages)) if test.finding is not None else outcome_words(test.outcome)


def _hint(test: TestResult) -> str:
    hint = test.finding.hint if test.finding is not None else None
    return "" if hint is None else "\n" + said("line.hint", hint=without_maths(text(hint)))


def _facts(exercise: ExerciseResult, test: TestResult) -> str:
    """The place, the call and the values; none of them for a hidden test."""
    if test.role is Role.HIDDEN:
        return ""
    facts = []
    if test.finding is not None and test.finding.line is not None:
        facts.append(said("line.at", place=_place(exercise, test.finding)))
    if test.call is not None:
        is_short = "\n" not in test.call
        facts.append(said("line.call.short", call=test.call) if is_short else f"{said('line.call')}\n{test.call}")
    for name, plain in (("line.returned", test.actual), ("line.expected", test.expected)):
        if plain is not None:
            facts.append(said(name, value=value_text(plain.value)))
    if test.path is not None:
        facts.append(said("line.difference", path=test.path))
    return "".join(f"\n{fact}" for fact in facts)


def _place(exercise: ExerciseResult, finding: Finding) -> str:
    name = exercise.file or said("line.at.submission")
    if finding.cell is None:
        return said("location.line", name=name, line=finding.line)
    return said("location.cell", name=name, cell=finding.cell, line=finding.line)
