"""The instructor's page of a class: what its template is given. Plain data, texts cleaned; examples have no names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any, Final, final

import msgspec

from grader.judge.result import ExerciseResult, Outcome, TestResult
from grader.report.case import CaseView, case_view
from grader.report.class_summary import BINS, ClassSummary, ExerciseSummary, FirstFew, quantile
from grader.report.class_table import Row
from grader.report.failure_modes import FailureMode, Person, Symptom, Symptoms
from grader.report.failures import manner
from grader.report.formulas import without_maths
from grader.report.groups import is_to_tell, smallest
from grader.report.safe_text import cleaned, one_line
from grader.report.status import rule_words
from grader.report.student import Heading
from grader.report.words import outcome_words, points_text
from grader.words.text import capital, said, text

__all__ = ["Mistake", "ToDo", "class_context", "mistakes"]

_MOST_LINE: Final = 300
_MOST_TESTS: Final = 10
_MOST_MISTAKES: Final = 8
_MOST_TITLE: Final = 120
_MOST_FAILURE_MODES: Final = 6
_MOST_HOWS: Final = 3


@final
@dataclass(frozen=True, slots=True)
class ToDo:
    """What needs a person: what it is, what to do about it, and the first cases of it."""

    title: str
    advice: str
    found: FirstFew


@final
@dataclass(frozen=True, slots=True)
class _Bar:
    """A bar of the distribution. `start` is the least number of points in it."""

    label: str
    start: str
    count: int
    height: float  # of the highest


@final
@dataclass(frozen=True, slots=True)
class _Exercise:
    anchor: str
    title: str
    mean: str
    max_points: str
    share: float
    full: int
    partly: int
    none: int
    not_judged: int
    failure_modes: tuple[_FailureMode, ...]
    other_failure_modes: int


@final
@dataclass(frozen=True, slots=True)
class _Test:
    exercise: str
    names: tuple[str, ...]
    count: int
    share: float
    hows: tuple[str, ...]


@final
@dataclass(frozen=True, slots=True)
class Mistake:
    """A mistake that could be named, and whose work shows it; `people` are the first of them."""

    anchor: str
    exercise: str
    diagnosis: str
    says: str
    count: int
    share: float
    people: tuple[Person, ...]
    case: CaseView | None


@final
@dataclass(frozen=True, slots=True)
class _FailureMode:
    """`tests` says of each test how many of its cases pass, and whether all do; it is empty where none does."""

    count: int
    title: str
    mistake: str
    people: tuple[Person, ...]
    tests: tuple[tuple[str, str, bool], ...]
    case: CaseView | None


def class_context(summary: ClassSummary, heading: Heading, todo: Iterable[ToDo], rows: Sequence[Row]) -> dict[str, Any]:
    """What class.html.j2 is given."""
    exercises = list(summary.exercises.values())
    told = mistakes(summary, most=_MOST_MISTAKES)
    return {
        "course_title": cleaned(text(heading.course)),
        "assignment": {"title": cleaned(text(heading.assignment))},
        "students": summary.students,
        "late": summary.late,
        "figures": _figures(summary),
        "todo": tuple(each for each in todo if each.found.count),
        "bars": _bars(summary),
        "exercises": tuple(_exercise(number, each, told) for number, each in enumerate(exercises, 1)),
        "tests": _tests(exercises),
        "mistakes": told,
        "nothing": summary.nothing,
        "versions": summary.versions,
        "rows": tuple(rows),
        "columns": rows[0].cells if rows else (),
    }


def _figures(summary: ClassSummary) -> dict[str, str]:
    """Mean, median and the middle half."""
    totals = summary.totals
    quarters = [points_text(quantile(totals, Fraction(n, 4))) for n in (1, 2, 3)]
    return {
        "counted": str(totals.total()),
        "mean": points_text(summary.mean),
        "low": quarters[0],
        "median": quarters[1],
        "high": quarters[2],
        "max_points": points_text(summary.max_points),
    }


def _bars(summary: ClassSummary) -> tuple[_Bar, ...]:
    counts = summary.bins()
    starts = [points_text(summary.max_points * n / BINS) for n in range(BINS + 1)]
    labels = [said("class.bar", low=low, high=high) for low, high in pairwise(starts)]
    highest = max(counts) or 1
    return tuple(
        _Bar(label, start, count, count / highest)
        for label, start, count in zip([*labels, said("class.bar.all", points=starts[-1])], starts, counts, strict=True)
    )


def _exercise(number: int, summary: ExerciseSummary, told: tuple[Mistake, ...]) -> _Exercise:
    failure_modes = summary.failure_modes.commonest()
    return _Exercise(
        anchor=f"exercise-{number}",
        title=cleaned(text(summary.title)),
        mean=points_text(summary.mean),
        max_points=points_text(summary.max_points),
        share=float(summary.mean / summary.max_points) if summary.max_points else 0.0,
        full=summary.full,
        partly=summary.partly,
        none=summary.none,
        not_judged=summary.not_judged,
        failure_modes=tuple(_failure_mode(mode, summary, told) for mode in failure_modes[:_MOST_FAILURE_MODES]),
        other_failure_modes=sum(mode.count for mode in failure_modes[_MOST_FAILURE_MODES:])
        + summary.failure_modes.others,
    )


def _failure_mode(
    mode: FailureMode[Symptoms, ExerciseResult], summary: ExerciseSummary, told: tuple[Mistake, ...]
) -> _FailureMode:
    diagnosis = next((symptom.diagnosis for symptom in mode.kind if symptom.diagnosis is not None), None)
    mistake = next(
        (each for each in told if (each.exercise, each.diagnosis) == (cleaned(text(summary.title)), diagnosis)), None
    )
    says = _says(mode.example, diagnosis) if diagnosis is not None else ""
    return _FailureMode(
        count=mode.count,
        title=one_line(says, _MOST_TITLE) or _manner(mode.kind),
        mistake=mistake.anchor if mistake is not None else "",
        people=mode.people,
        tests=tuple(_passing(mode.kind)),
        case=None if mistake is not None or _is_absent(mode.kind) else _example(mode.example),
    )


def _manner(symptoms: Symptoms) -> str:
    """How the first test that fails does, as a heading."""
    first = next(symptom for symptom in symptoms if not symptom.outcome.is_right)
    return capital(_how(first))


def _how(symptom: Symptom) -> str:
    if symptom.rule is None:
        return outcome_words(symptom.outcome)
    how = manner(symptom.outcome, symptom.rule)
    return rule_words(symptom.rule) or (said(how) if how else outcome_words(symptom.outcome))


def _is_absent(symptoms: Symptoms) -> bool:
    return all(symptom.outcome.is_absent for symptom in symptoms)


def _passing(symptoms: Symptoms) -> Iterator[tuple[str, str, bool]]:
    """Each test with how many of its cases are right, and whether all are; nothing where none is."""
    every = Counter(symptom.test for symptom in symptoms)
    passed = Counter(symptom.test for symptom in symptoms if symptom.outcome is Outcome.PASSED)
    for name, count in every.items() if passed else ():
        yield cleaned(name), said("class.modes.passing", right=passed[name], count=count), passed[name] == count


def _tests(exercises: Iterable[ExerciseSummary]) -> tuple[_Test, ...]:
    """The tests that most students fail; those of an exercise that fail alike stand together."""
    rows = [row for each in exercises for row in _tests_of(each)]
    return tuple(sorted(rows, key=lambda row: -row.count)[:_MOST_TESTS])


def _tests_of(summary: ExerciseSummary) -> Iterator[_Test]:
    alike: dict[tuple[str, ...], list[str]] = {}
    for name, how in summary.tests.items():
        alike.setdefault(tuple(_hows(how)), []).append(name)
    for hows, names in alike.items():
        count = summary.tests[names[0]].total()
        yield _Test(cleaned(text(summary.title)), tuple(map(cleaned, names)), count, count / summary.judged, hows)


def _hows(how: Counter[Symptom]) -> Iterator[str]:
    """In how many submissions a test fails in which way: `49 wrong values`."""
    failure_modes: Counter[str] = Counter()
    for symptom, count in how.items():
        failure_modes[_how(symptom)] += count
    shown = failure_modes.most_common(_MOST_HOWS)
    yield from (said("class.how", count=count, manner=words) for words, count in shown)
    rest = failure_modes.total() - sum(count for _, count in shown)
    if rest:
        yield said("class.how.otherwise", count=rest)


def mistakes(summary: ClassSummary, *, most: int | None = None) -> tuple[Mistake, ...]:
    """The mistakes that could be named, the commonest first: so many at `most`."""
    found = [(each, mode) for each in summary.exercises.values() for mode in each.faults.commonest()]
    found.sort(key=lambda pair: -pair[1].count)
    return tuple(_mistake(number, each, mode) for number, (each, mode) in enumerate(found[:most], 1))


def _mistake(number: int, summary: ExerciseSummary, mode: FailureMode[str, ExerciseResult]) -> Mistake:
    return Mistake(
        anchor=f"mistake-{number}",
        exercise=cleaned(text(summary.title)),
        diagnosis=one_line(mode.kind, _MOST_LINE),
        says=_says(mode.example, mode.kind),
        count=mode.count,
        share=mode.count / max(summary.judged, 1),
        people=mode.people,
        case=_example(mode.example),
    )


def _says(exercise: ExerciseResult, diagnosis: str) -> str:
    """What is said of a mistake; nothing where several hints are, which are then those of the tests."""
    found = [test.finding for test in exercise.tests if test.finding is not None]
    hints = {finding.hint for finding in found if finding.diagnosis == diagnosis}
    hint = hints.pop() if len(hints) == 1 else None
    return "" if hint is None else cleaned(without_maths(text(hint)))


def _example(exercise: ExerciseResult) -> CaseView | None:
    """The case that is easiest to read, without what may say whose it is: names of files, and what was printed."""
    wrong = [test for test in exercise.tests if is_to_tell(test) and not test.advice]
    shown = smallest(wrong)
    if shown is None:
        return None
    return case_view(msgspec.structs.replace(exercise, file=None), _nameless(shown))


def _nameless(test: TestResult) -> TestResult:
    return msgspec.structs.replace(test, stdout=None, warnings=())
