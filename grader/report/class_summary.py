"""The summary of a class, gathered student by student. Only counts and examples are kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import accumulate
from typing import Final, final

from grader.course.key import Role
from grader.judge.result import ExerciseResult, Outcome, TestResult
from grader.message import Wording
from grader.report.failure_modes import FailureModes, Person, Symptom, Symptoms, symptoms_of
from grader.report.groups import is_to_tell
from grader.report.safe_text import one_line
from grader.report.student import Student, Work

__all__ = ["BINS", "ClassSummary", "ExerciseSummary", "FirstFew", "quantile"]

BINS: Final = 10  # of equal width below full marks, which have one of their own
_MOST_NAMES: Final = 200
_MOST_LINE: Final = 300


@final
@dataclass(slots=True)
class FirstFew:
    """The first lines of a list, and how many there are in all."""

    lines: list[str] = field(default_factory=list)
    count: int = 0

    def add(self, line: str) -> None:
        """Keep the line while there is room."""
        if self.count < _MOST_NAMES:
            self.lines.append(one_line(line, _MOST_LINE))
        self.count += 1

    @property
    def more(self) -> int:
        return self.count - len(self.lines)


@final
@dataclass(slots=True)
class ExerciseSummary:
    """One exercise: its points, the tests that fail and how, and the ways in which submissions go wrong."""

    name: str
    title: Wording
    max_points: Fraction = Fraction()
    points: Counter[Fraction] = field(default_factory=Counter)
    not_judged: int = 0
    judged: int = 0  # of which a result is known
    tests: dict[str, Counter[Symptom]] = field(default_factory=dict)  # by test: how it fails, once a student
    failure_modes: FailureModes[Symptoms, ExerciseResult] = field(default_factory=FailureModes)
    faults: FailureModes[str, ExerciseResult] = field(default_factory=FailureModes)  # by diagnosis

    @property
    def full(self) -> int:
        """How many have all points."""
        return sum(count for points, count in self.points.items() if points >= self.max_points)

    @property
    def none(self) -> int:
        """How many have no points, where there are points to have."""
        return sum(count for points, count in self.points.items() if points <= 0 < self.max_points)

    @property
    def partly(self) -> int:
        return self.points.total() - self.full - self.none

    @property
    def mean(self) -> Fraction:
        return mean(self.points)

    def add(self, work: Work, person: Person) -> None:
        """Count one student's work."""
        self.max_points = max(self.max_points, work.max_points)
        if work.points is None:
            self.not_judged += 1
        else:
            self.points[work.points] += 1
        exercise = work.exercise
        if exercise is not None and exercise.outcome is not Outcome.NOT_JUDGED:
            self.judged += 1
            self._add_result(exercise, person)

    def _add_result(self, exercise: ExerciseResult, person: Person) -> None:
        counting = [test for test in exercise.tests if not test.advice]
        for name, how in _first_failures(counting):
            self.tests.setdefault(name, Counter())[how] += 1
        if any(map(is_to_tell, counting)):
            self.failure_modes.add(symptoms_of(counting), exercise, person)
            for diagnosis in dict.fromkeys(test.finding.diagnosis for test in counting if test.finding is not None):
                if diagnosis is not None:
                    self.faults.add(diagnosis, exercise, person)


def _first_failures(tests: list[TestResult]) -> Iterator[tuple[str, Symptom]]:
    """For every hidden test (where there is none, every other) that was called and fails: how its first case does."""
    hidden = [test for test in tests if test.role not in (Role.EXAMPLE, Role.PRACTICE)]
    seen: set[str] = set()
    for test in hidden or tests:
        if test.outcome.is_lost and test.name not in seen:
            seen.add(test.name)
            how = symptoms_of([test])[0]
            if how.rule is not None and not how.rule.is_about_source:
                yield test.name, how


@final
@dataclass(slots=True)
class ClassSummary:
    """A class. `totals` are the points that count, after late rules."""

    students: int = 0
    max_points: Fraction = Fraction()
    totals: Counter[Fraction] = field(default_factory=Counter)
    exercises: dict[str, ExerciseSummary] = field(default_factory=dict)
    nothing: FirstFew = field(default_factory=FirstFew)
    versions: FirstFew = field(default_factory=FirstFew)
    late: int = 0

    def add(self, student: Student, page: str = "") -> None:
        """Count one student. `page` is the address of the student's page."""
        self.students += 1
        self.max_points = max(self.max_points, student.max_points)
        self.late += bool(student.late)
        if _has_nothing(student):
            self.nothing.add(student.shown)
        if all(work.points is not None for work in student.works):
            self.totals[student.counted] += 1
        person = Person(one_line(student.name or student.id, _MOST_LINE), page)
        for work in student.works:
            self.exercises.setdefault(work.name, ExerciseSummary(work.name, work.title)).add(work, person)
        if student.versions > 1:
            self.versions.add(f"{student.shown}: {student.versions}")

    @property
    def mean(self) -> Fraction:
        return mean(self.totals)

    def bins(self) -> tuple[int, ...]:
        """How many have less than a tenth of the points, less than two tenths, …, and full marks."""
        counts = [0] * (BINS + 1)
        for points, count in self.totals.items():
            share = points / self.max_points if self.max_points else Fraction(1)
            counts[max(0, min(BINS, int(share * BINS)))] += count
        return tuple(counts)


def _has_nothing(student: Student) -> bool:
    """Whether nothing of the assignment was found in what was handed in, and no points were given by hand."""
    works = [work.exercise for work in student.works]
    by_hand = any(work.by_hand for work in student.works)
    absent = all(exercise is not None and exercise.outcome.is_absent for exercise in works)
    return not by_hand and (not student.handed_in or absent)


def mean(counts: Counter[Fraction]) -> Fraction:
    """The mean of what is counted; 0 of nothing."""
    return sum((value * count for value, count in counts.items()), Fraction()) / (counts.total() or 1)


def quantile(counts: Counter[Fraction], share: Fraction) -> Fraction:
    """The value that `share` (below 1) of all are not above; the mean of two where any from one to the other is that.

    So the quantile of a half is the median. 0 of nothing.
    """
    values, due = sorted(counts), share * counts.total()
    not_above = list(zip(values, accumulate(counts[value] for value in values), strict=True))
    least = next((value for value, count in not_above if count >= due), Fraction())
    most = next((value for value, count in not_above if count > due), least)
    return (least + most) / 2
