"""What a student gets of a result: its projection, in which hidden tests say no more than the author allows.

    all        everything
    hint       of a hidden test: its outcome and points, the rule it broke in general words, diagnosis and hint
    category   the same without diagnosis and hint
    nothing    outcome and points alone

Never, below `all`: a hidden test's call, values, path, output, warnings, exception text or place in the source.
At no level: with which other submission a result is shared. Examples and practice stay whole, and so do findings about
the source itself, which are made before anything is called.

Messages are built anew from the arguments that their types allow: where one is of a case, what the type says in general
takes the message's place. One of an unknown type tells nothing.
"""

from __future__ import annotations

import enum
from collections.abc import Sequence
from fractions import Fraction

import msgspec

from grader.course.key import Role
from grader.judge.feedback import category
from grader.judge.messages.known import in_general
from grader.judge.messages.mutants import MUTANT
from grader.judge.remarks import is_of_source
from grader.judge.result import ExerciseResult, Finding, Outcome, Result, TestResult
from grader.message import Message

__all__ = ["Reveal", "diagnosis_in_general", "project", "project_exercise", "until_due"]


class Reveal(enum.Enum):
    """How much is told about hidden tests."""

    NOTHING = "nothing"
    CATEGORY = "category"
    HINT = "hint"
    ALL = "all"


def project(result: Result, reveal: Reveal) -> Result:
    """The result as a student may see it.

    Parameters
    ----------
    result
        With everything, as instructors see it.
    reveal
        How much is told of hidden tests: their rule alone, the author's hint too, or all.

    Returns
    -------
    Result
        Of hidden tests only fields on the list of what may be told, and of their messages only arguments that the type
        of message declares as public at this level; what is not declared is not told.
    """
    exercises = tuple(project_exercise(exercise, reveal) for exercise in result.exercises)
    return msgspec.structs.replace(result, exercises=exercises)


def project_exercise(exercise: ExerciseResult, reveal: Reveal) -> ExerciseResult:
    """One exercise as a student may see it."""
    tests = exercise.tests
    if reveal is not Reveal.ALL:
        tests = tuple(_hidden(test, reveal) if test.role is Role.HIDDEN else test for test in tests)
    shared_from = None if exercise.shared_from is None else ""  # that it is shared, and not with whom
    return msgspec.structs.replace(exercise, tests=tests, shared_from=shared_from)


def until_due(result: Result) -> Result:
    """The result as its student may see it while hidden tests are to tell nothing yet: of examples alone.

    All points are left open, since those of any test may go by what hidden ones did; so is what was looked for because
    a hidden one failed, as a smaller case or a right function in place of the student's own. A fault of the source
    itself, because of which nothing was called, is told as it is.
    """
    exercises = tuple(map(_of_examples, result.exercises))
    return msgspec.structs.replace(result, exercises=exercises)


def _of_examples(exercise: ExerciseResult) -> ExerciseResult:
    tests = exercise.tests
    if not _is_of_source(exercise):
        tests = tuple(test for test in tests if test.role is Role.EXAMPLE)
    zero = Fraction()
    return msgspec.structs.replace(
        exercise,
        tests=tuple(msgspec.structs.replace(test, points=zero, max_points=zero) for test in tests),
        outcome=exercise.outcome if _is_of_source(exercise) else _outcome(tests),
        points=zero,
        max_points=zero,
        undecided_points=exercise.max_points + exercise.undecided_points,
        remarks=tuple(filter(is_of_source, exercise.remarks)),
        shared_from=None,
    )


def _is_of_source(exercise: ExerciseResult) -> bool:
    """Whether nothing was called, for the source itself is at fault: then no test says anything of its own."""
    told = [test.finding for test in exercise.tests]
    return bool(told) and all(finding is not None and finding.rule.is_about_source for finding in told)


def _outcome(tests: Sequence[TestResult]) -> Outcome:
    return next((test.outcome for test in tests if test.outcome.is_lost and not test.advice), Outcome.UNDECIDED)


def _hidden(test: TestResult, reveal: Reveal) -> TestResult:
    """Built anew from what may be told, so that a field added later stays hidden."""
    return TestResult(
        name=test.name,
        index=test.index,
        role=test.role,
        advice=test.advice,
        outcome=test.outcome,
        points=test.points,
        max_points=test.max_points,
        finding=None if test.finding is None else _finding(test.finding, test.outcome, reveal),
    )


def _finding(finding: Finding, outcome: Outcome, reveal: Reveal) -> Finding | None:
    if finding.rule.is_about_source:
        told = msgspec.structs.replace(finding, messages=_messages(finding, outcome), diagnosis=None, hint=None)
    elif reveal is Reveal.NOTHING:
        return None
    else:
        untried = finding.is_untried
        told = Finding(finding.rule, _messages(finding, outcome) if untried else (category(finding.rule, outcome),))
    if reveal is not Reveal.HINT:
        return told
    hint = None if finding.hint is None else in_general(finding.hint)
    return msgspec.structs.replace(told, diagnosis=diagnosis_in_general(finding.diagnosis), hint=hint)


def diagnosis_in_general(diagnosis: str | None) -> str | None:
    """A diagnosis as it is told of a hidden test: not by which mistake in the reference it was found."""
    return MUTANT if diagnosis is not None and diagnosis.partition(":")[0] == MUTANT else diagnosis


def _messages(finding: Finding, outcome: Outcome) -> tuple[Message, ...]:
    told = map(in_general, finding.messages)
    return tuple(one for one in told if one is not None) or (category(finding.rule, outcome),)
