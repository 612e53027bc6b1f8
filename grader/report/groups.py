"""Tests that went wrong in the same way, put together, so that one fault is told once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from grader.course.key import Role
from grader.judge.result import ExerciseResult, Finding, Outcome, TestResult

__all__ = ["Group", "advice_groups", "groups", "is_wrong"]

_Kind: TypeAlias = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Tests with one fault, in their order. `shown` is the first that has most to show."""

    tests: tuple[TestResult, ...]

    @property
    def shown(self) -> TestResult:
        return next((test for test in self.tests if test.call is not None), self.tests[0])

    @property
    def finding(self) -> Finding | None:
        return self.shown.finding

    @property
    def open_cases(self) -> int:
        """How many of the tests are examples or practice."""
        return sum(test.role is not Role.HIDDEN for test in self.tests)

    def hidden_names(self, exercise: ExerciseResult) -> tuple[str, ...]:
        """`any matrix (3 of 5)` for each hidden test in the group, in order."""
        every = Counter(test.name for test in exercise.tests if test.role is Role.HIDDEN)
        mine = Counter(test.name for test in self.tests if test.role is Role.HIDDEN)
        return tuple(name if every[name] == 1 else f"{name} ({mine[name]} of {every[name]})" for name in mine)


def is_wrong(test: TestResult) -> bool:
    """Whether a test says that something is not right; an undecided one says nothing."""
    return test.outcome not in (Outcome.PASSED, Outcome.UNDECIDED)


def groups(exercise: ExerciseResult) -> tuple[Group, ...]:
    """What went wrong in the exercise. Advice is left out."""
    return _grouped(test for test in exercise.tests if is_wrong(test) and not test.advice)


def advice_groups(exercise: ExerciseResult) -> tuple[Group, ...]:
    """What is worth knowing and costs no points.

    Where nothing could be called, advice would only repeat what the other tests say.
    """
    told = {_kind(test) for test in exercise.tests if is_wrong(test) and not test.advice}
    return _grouped(t for t in exercise.tests if is_wrong(t) and t.advice and _kind(t) not in told)


def _grouped(tests: Iterable[TestResult]) -> tuple[Group, ...]:
    """Open cases by kind and place; then hidden ones, which join the open ones of their kind (they have no place).

    A hint belongs to its own case: where more than that case is wrong it misleads, so hints part hidden tests only from
    one another.
    """
    found: dict[_Kind, list[TestResult]] = {}
    for test in sorted(tests, key=lambda each: each.role is Role.HIDDEN):
        kind, place = _kind(test), _place(test)
        same: _Kind = (*kind, *place)
        if test.role is Role.HIDDEN and place == (None, None):
            alone = (*kind, "hint", test.finding.hint if test.finding is not None else None)
            same = next((key for key in found if key[: len(kind)] == kind and "hint" not in key), alone)
        found.setdefault(same, []).append(test)
    return tuple(Group(tuple(members)) for members in found.values())


def _kind(test: TestResult) -> _Kind:
    finding = test.finding
    return (test.outcome, finding.rule, finding.diagnosis) if finding is not None else (test.outcome, None, None)


def _place(test: TestResult) -> tuple[int | None, int | None]:
    return (test.finding.cell, test.finding.line) if test.finding is not None else (None, None)
