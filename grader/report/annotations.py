"""Annotations of source lines for editors and for a repository's checks: one for each group of failing tests."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from dataclasses import dataclass

from grader.judge.result import ExerciseResult, Finding, Outcome, Result
from grader.message import Message
from grader.report.failures import told_of
from grader.report.groups import Group, advice_groups, groups
from grader.report.safe_text import one_line
from grader.report.words import outcome_words
from grader.words.text import lines, said, sentences, text

__all__ = ["Annotation", "Severity", "annotation_line", "annotations_of"]

_LIMIT = 500


class Severity(enum.Enum):
    """How much it matters."""

    ERROR = "error"
    WARNING = "warning"  # a fault of ours: nothing is known
    INFO = "info"  # advice


@dataclass(frozen=True, slots=True)
class Annotation:
    """One fault at a place in a file. `message` is one line of clean text."""

    exercise: str
    file: str | None
    line: int | None
    column: int | None
    severity: Severity
    message: str
    rule: str


def annotations_of(result: Result) -> Iterator[Annotation]:
    """The annotations of a result in the order of its exercises; advice last in each."""
    for exercise in result.exercises:
        told = told_of(exercise)
        hint = told.hint if told is not None else None  # one an exercise, as in the text
        found = [
            _annotation_of(exercise, group, None if number else hint) for number, group in enumerate(groups(exercise))
        ]
        if not found and not exercise.outcome.is_right:
            found.append(_outcome_annotation(exercise))
        yield from found
        for group in advice_groups(exercise):
            hint = group.finding.hint if group.finding is not None else None
            yield _annotation_of(exercise, group, hint, severity=Severity.INFO)


def _annotation_of(
    exercise: ExerciseResult, group: Group, hint: Message | None, *, severity: Severity | None = None
) -> Annotation:
    finding = group.finding
    if finding is None:
        return _outcome_annotation(exercise) if severity is None else _outcome_annotation(exercise, severity=severity)
    line, column = (finding.line, finding.column) if finding.cell is None else (None, None)
    if severity is None:
        severity = Severity.WARNING if group.shown.outcome is Outcome.NOT_JUDGED else Severity.ERROR
    file = one_line(exercise.file, _LIMIT) if exercise.file else None
    return Annotation(exercise.name, file, line, column, severity, _words(finding, hint), finding.rule.value)


def _outcome_annotation(exercise: ExerciseResult, *, severity: Severity | None = None) -> Annotation:
    """The annotation where nothing but the outcome is known."""
    if severity is None:
        severity = Severity.WARNING if exercise.outcome is Outcome.NOT_JUDGED else Severity.ERROR
    words = said("annotation.outcome", name=exercise.name, outcome=outcome_words(exercise.outcome))
    file = one_line(exercise.file, _LIMIT) if exercise.file else None
    return Annotation(exercise.name, file, None, None, severity, words, exercise.outcome.value)


def _words(finding: Finding, hint: Message | None) -> str:
    words = lines(finding.messages)
    if finding.cell is not None and finding.line:
        words = said("annotation.cell", cell=finding.cell, line=finding.line, message=words)
    return one_line(sentences([words, text(hint)]) if hint else words, _LIMIT)


def annotation_line(annotation: Annotation) -> str:
    """`softmax.py:7:5: error: message [value]`: the one form that editors' problem matchers have to know."""
    place = f"{annotation.file or annotation.exercise}:{annotation.line or 1}:{annotation.column or 1}"
    return f"{place}: {annotation.severity.value}: {annotation.message} [{annotation.rule}]"
