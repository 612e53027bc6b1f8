"""Tests that went wrong in the same way, put together, so that one fault is told once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from grader.course.key import Role
from grader.judge.result import ExerciseResult, Finding, Rule, TestResult
from grader.judge.reveal import diagnosis_in_general
from grader.report.words import is_right
from grader.words.text import said

__all__ = ["Group", "HiddenTests", "advice_groups", "groups", "hidden_tests", "is_to_tell", "smallest", "waits"]

_Kind: TypeAlias = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Tests with one fault, in their order. `shown` is the one that is easiest to read."""

    tests: tuple[TestResult, ...]

    @property
    def shown(self) -> TestResult:
        return smallest(self.tests) or self.tests[0]

    @property
    def finding(self) -> Finding | None:
        return self.shown.finding


def smallest(tests: Iterable[TestResult]) -> TestResult | None:
    """The test with the least to read, the first of several; those without a call, which show nothing, come last."""
    return min(tests, key=lambda test: (test.call is None, test.size, len(test.call or "")), default=None)


@dataclass(frozen=True, slots=True)
class HiddenTests:
    """Hidden tests of one name: how many of them are meant, and how many there are."""

    name: str
    count: int = 1
    every: int = 1

    @property
    def shown(self) -> str:
        """`any matrix (3 of 5)`, or the name alone where there is one of it."""
        return (
            self.name if self.every == 1 else said("hidden.some_of", name=self.name, count=self.count, every=self.every)
        )


def hidden_tests(exercise: ExerciseResult, tests: Sequence[TestResult]) -> tuple[HiddenTests, ...]:
    """The hidden tests among `tests`, by name, in order."""
    every = Counter(test.name for test in exercise.tests if test.role is Role.HIDDEN)
    mine = Counter(test.name for test in tests if test.role is Role.HIDDEN)
    return tuple(HiddenTests(name, count, every[name]) for name, count in mine.items())


def is_to_tell(test: TestResult) -> bool:
    """Whether there is something to say of a test: that it is lost, or that it could not be judged."""
    return not test.outcome.is_right


def groups(exercise: ExerciseResult) -> tuple[Group, ...]:
    """What went wrong in the exercise. Advice is left out.

    Visible cases by kind and place; then hidden tests, which join the visible ones of their kind (they have no place).
    """
    found: dict[_Kind, list[TestResult]] = {}
    wrong = [test for test in exercise.tests if is_to_tell(test) and not test.advice and not waits(test)]
    for test in sorted(wrong, key=lambda each: each.role is Role.HIDDEN):
        kind, place = _kind(test), _place(test)
        same: _Kind = (*kind, *place)
        if test.role is Role.HIDDEN and place == (None, None):
            same = next((key for key in found if key[: len(kind)] == kind), same)
        found.setdefault(same, []).append(test)
    return tuple(Group(tuple(members)) for members in found.values())


def waits(test: TestResult) -> bool:
    """Whether it is a rule that is kept, whose points wait for right work: there is nothing to do about it itself."""
    return test.finding is not None and test.finding.is_of_kept_rule


def advice_groups(exercise: ExerciseResult) -> tuple[Group, ...]:
    """What is worth knowing and costs no points; nothing as long as there is something else to put right."""
    found: dict[_Kind, list[TestResult]] = {}
    for test in exercise.tests if is_right(exercise) else ():
        if is_to_tell(test) and test.advice:
            hint = test.finding.hint if test.finding is not None else None
            found.setdefault((*_kind(test), hint), []).append(test)
    return tuple(Group(tuple(members)) for members in found.values())


def _kind(test: TestResult) -> _Kind:
    finding = test.finding
    if finding is None:
        return test.outcome, None, None
    if finding.rule is Rule.STYLE:
        return test.outcome, finding.rule, finding.messages  # one rule is not another
    return test.outcome, finding.rule, diagnosis_in_general(finding.diagnosis)


def _place(test: TestResult) -> tuple[int | None, int | None]:
    return (test.finding.cell, test.finding.line) if test.finding is not None else (None, None)
