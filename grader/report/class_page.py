"""The instructor's page of a class: what its template is given. Plain data, texts cleaned; examples have no names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice, pairwise
from typing import Any, Final, final

import msgspec

from grader.judge.result import ExerciseResult, Outcome, TestResult
from grader.report.case import CaseView, case_view
from grader.report.census import BINS, Census, ExerciseCensus, FirstFew, quantile
from grader.report.failures import manner
from grader.report.formulas import without_maths
from grader.report.groups import is_to_tell, smallest
from grader.report.plain import cleaned, one_line
from grader.report.standing import RULE_WORDS
from grader.report.student import Heading
from grader.report.ways import Signs, Vector, Way
from grader.report.words import OUTCOME_WORDS, points_text
from grader.words.text import capital, text

__all__ = ["Entry", "ToDo", "class_context"]

_MOST_LINE: Final = 300
_MOST_TESTS: Final = 10
_MOST_FAULTS: Final = 8
_MOST_WAYS: Final = 6
_MOST_HOWS: Final = 3


@final
@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the list of students: who, what counts, and the file of the page."""

    shown: str
    points: str
    max_points: str
    page: str
    note: str = ""


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
    ways: tuple[_Way, ...]
    other_ways: int


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
class _Fault:
    anchor: str
    exercise: str
    diagnosis: str
    says: str
    count: int
    share: float
    case: CaseView | None


@final
@dataclass(frozen=True, slots=True)
class _Way:
    """`tests` says of each test how many of its cases pass, and whether all do; it is empty where none does."""

    count: int
    title: str
    fault: str
    tests: tuple[tuple[str, str, bool], ...]
    case: CaseView | None


def class_context(census: Census, heading: Heading, todo: Iterable[ToDo], entries: Iterable[Entry]) -> dict[str, Any]:
    """What class.html.j2 is given."""
    exercises = list(census.exercises.values())
    faults = _faults(exercises)
    return {
        "course_title": cleaned(heading.course),
        "assignment": {"title": cleaned(heading.assignment)},
        "students": census.students,
        "late": census.late,
        "figures": _figures(census),
        "todo": tuple(each for each in todo if each.found.count),
        "bars": _bars(census),
        "exercises": tuple(_exercise(number, each, faults) for number, each in enumerate(exercises, 1)),
        "tests": _tests(exercises),
        "faults": faults,
        "nothing": census.nothing,
        "versions": census.versions,
        "entries": tuple(entries),
    }


def _figures(census: Census) -> dict[str, str]:
    """Mean, median and the middle half."""
    totals = census.totals
    quarters = [points_text(quantile(totals, Fraction(n, 4))) for n in (1, 2, 3)]
    return {
        "counted": str(totals.total()),
        "mean": points_text(census.mean),
        "low": quarters[0],
        "median": quarters[1],
        "high": quarters[2],
        "max_points": points_text(census.max_points),
    }


def _bars(census: Census) -> tuple[_Bar, ...]:
    counts = census.bins()
    starts = [points_text(census.max_points * n / BINS) for n in range(BINS + 1)]
    labels = [f"{low} to less than {high}" for low, high in pairwise(starts)]
    highest = max(counts) or 1
    return tuple(
        _Bar(label, start, count, count / highest)
        for label, start, count in zip([*labels, f"{starts[-1]}, all points"], starts, counts, strict=True)
    )


def _exercise(number: int, census: ExerciseCensus, faults: tuple[_Fault, ...]) -> _Exercise:
    ways = census.ways.commonest()
    return _Exercise(
        anchor=f"exercise-{number}",
        title=cleaned(census.title),
        mean=points_text(census.mean),
        max_points=points_text(census.max_points),
        share=float(census.mean / census.max_points) if census.max_points else 0.0,
        full=census.full,
        partly=census.partly,
        none=census.none,
        not_judged=census.not_judged,
        ways=tuple(_way(way, census, faults) for way in ways[:_MOST_WAYS]),
        other_ways=sum(way.count for way in ways[_MOST_WAYS:]) + census.ways.others,
    )


def _way(way: Way[Vector, ExerciseResult], census: ExerciseCensus, faults: tuple[_Fault, ...]) -> _Way:
    diagnosis = next((signs.diagnosis for signs in way.kind if signs.diagnosis is not None), None)
    told = [each for each in faults if (each.exercise, each.diagnosis) == (cleaned(census.title), diagnosis)]
    return _Way(
        count=way.count,
        title=diagnosis or _manner(way.kind),
        fault=told[0].anchor if told else "",
        tests=tuple(_passing(way.kind)),
        case=None if told or _is_absent(way.kind) else _example(way.example),
    )


def _manner(vector: Vector) -> str:
    """How the first test that fails does, as a heading."""
    first = next(signs for signs in vector if not signs.outcome.is_right)
    return capital(_how(first))


def _how(signs: Signs) -> str:
    if signs.rule is None:
        return OUTCOME_WORDS[signs.outcome]
    return RULE_WORDS.get(signs.rule) or manner(signs.outcome, signs.rule) or OUTCOME_WORDS[signs.outcome]


def _is_absent(vector: Vector) -> bool:
    return all(signs.outcome.is_absent for signs in vector)


def _passing(vector: Vector) -> Iterator[tuple[str, str, bool]]:
    """Each test with how many of its cases are right, and whether all are; nothing where none is."""
    every = Counter(signs.test for signs in vector)
    passed = Counter(signs.test for signs in vector if signs.outcome is Outcome.PASSED)
    for name, count in every.items() if passed else ():
        yield cleaned(name), f"{passed[name]} of {count}", passed[name] == count


def _tests(exercises: Iterable[ExerciseCensus]) -> tuple[_Test, ...]:
    """The tests that most students fail; those of an exercise that fail alike stand together."""
    rows = [row for each in exercises for row in _tests_of(each)]
    return tuple(sorted(rows, key=lambda row: -row.count)[:_MOST_TESTS])


def _tests_of(census: ExerciseCensus) -> Iterator[_Test]:
    alike: dict[tuple[str, ...], list[str]] = {}
    for name, how in census.tests.items():
        alike.setdefault(tuple(_hows(how)), []).append(name)
    for hows, names in alike.items():
        count = census.tests[names[0]].total()
        yield _Test(cleaned(census.title), tuple(map(cleaned, names)), count, count / census.judged, hows)


def _hows(how: Counter[Signs]) -> Iterator[str]:
    """In how many submissions a test fails in which way: `49 wrong values`."""
    ways: Counter[str] = Counter()
    for signs, count in how.items():
        ways[_how(signs)] += count
    shown = ways.most_common(_MOST_HOWS)
    yield from (f"{count} with {words}" for words, count in shown)
    rest = ways.total() - sum(count for _, count in shown)
    if rest:
        yield f"{rest} otherwise"


def _faults(exercises: Iterable[ExerciseCensus]) -> tuple[_Fault, ...]:
    """The mistakes that could be named, the commonest first."""
    found = [(each, way) for each in exercises for way in each.faults.commonest()]
    found.sort(key=lambda pair: -pair[1].count)
    return tuple(_fault(number, each, way) for number, (each, way) in enumerate(islice(found, _MOST_FAULTS), 1))


def _fault(number: int, census: ExerciseCensus, way: Way[str, ExerciseResult]) -> _Fault:
    found = [test.finding for test in way.example.tests if test.finding is not None]
    hints = {finding.hint for finding in found if finding.diagnosis == way.kind}  # several: those of the tests
    hint = hints.pop() if len(hints) == 1 else None
    return _Fault(
        anchor=f"mistake-{number}",
        exercise=cleaned(census.title),
        diagnosis=one_line(way.kind, _MOST_LINE),
        says="" if hint is None else cleaned(without_maths(text(hint))),
        count=way.count,
        share=way.count / max(census.judged, 1),
        case=_example(way.example),
    )


def _example(exercise: ExerciseResult) -> CaseView | None:
    """The case that is easiest to read, without what may say whose it is: names of files, and what was printed."""
    wrong = [test for test in exercise.tests if is_to_tell(test) and not test.advice]
    shown = smallest(wrong)
    if shown is None:
        return None
    return case_view(msgspec.structs.replace(exercise, file=None), _nameless(shown))


def _nameless(test: TestResult) -> TestResult:
    return msgspec.structs.replace(test, stdout=None, warnings=())
