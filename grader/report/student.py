"""A student's page: what it is made of, and what its template is given. Plain data, all texts cleaned."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Final, final

from grader.judge.result import ExerciseResult, Finding, Outcome, Result, TestResult
from grader.judge.reveal import Reveal, project_exercise
from grader.message import Message, Wording
from grader.report.case import CaseView, case_view
from grader.report.failures import Failure
from grader.report.formulas import without_maths
from grader.report.groups import advice_groups
from grader.report.listings import listings
from grader.report.safe_text import cleaned, one_line
from grader.report.sentences import MOST_MESSAGE, not_judged, rest, to_tell, unseen
from grader.report.status import status_without_points
from grader.report.text import mark_of
from grader.report.words import points_text
from grader.words.text import further, listed, said, sentences, text

__all__ = ["Heading", "Student", "Work", "student_context"]

_MOST_NAME: Final = 200


@final
@dataclass(frozen=True, slots=True)
class Heading:
    """What all pages of a report have at their top."""

    course: Wording
    assignment: Wording


@final
@dataclass(frozen=True, slots=True)
class Work:
    """One exercise of one student. `points` are those that stand; None where it is still to be judged.

    is_overtaken  whether they were given by hand, and newer work came in since
    is_lost       whether work may be there that was never called: for its name, its place, or since it cannot be read
    """

    name: str
    title: Wording
    points: Fraction | None
    max_points: Fraction
    by_hand: bool = False
    is_overtaken: bool = False
    is_lost: bool = False
    outcome: Outcome | None = None
    result: Result | None = None

    @property
    def exercise(self) -> ExerciseResult | None:
        """What judging said of it."""
        found = [each for each in self.result.exercises if each.name == self.name] if self.result is not None else []
        return found[0] if found else None


@final
@dataclass(frozen=True, slots=True)
class Student:
    """One student's work.

    received_at
              the same for programs: ISO 8601, in UTC
    late      a sentence
    adjusted  what late rules leave of the points, where they do
    files     names and contents, where they are to be shown
    without_work
              of a last hand-in of which nothing can be judged, each file with why
    """

    id: str
    name: str
    works: tuple[Work, ...]
    group: str = ""
    received: str = ""
    received_at: str = ""
    due: str = ""
    handed_in: bool = True
    versions: int = 1
    late: str = ""
    adjusted: Fraction | None = None
    files: tuple[tuple[str, bytes], ...] = ()
    variant: int | None = None  # of an assignment that has several
    without_work: tuple[str, ...] = ()

    @property
    def points(self) -> Fraction:
        """Those of the exercises, without late rules."""
        return sum((work.points or Fraction() for work in self.works), Fraction())

    @property
    def counted(self) -> Fraction:
        """What counts in the end."""
        return self.points if self.adjusted is None else self.adjusted

    @property
    def max_points(self) -> Fraction:
        return sum((work.max_points for work in self.works), Fraction())

    @property
    def shown(self) -> str:
        """Who it is, for a person."""
        return one_line(f"{self.name} ({self.id})" if self.name not in ("", self.id) else self.id, _MOST_NAME)


@final
@dataclass(frozen=True, slots=True)
class _Section:
    """One exercise on the page. `told_at` names the exercise where the same fault of the whole file is told."""

    anchor: str
    name: str
    title: str
    mark: str
    state: str
    points: str
    max_points: str
    by_hand: bool
    unseen: str = ""
    case: CaseView | None = None
    told_at: str = ""
    why: str = ""
    hint: str = ""
    rest: str = ""
    revealed: tuple[CaseView, ...] = ()
    remarks: tuple[str, ...] = ()
    advice: tuple[_Advice, ...] = ()

    @property
    def has_more(self) -> bool:
        """Whether there is more to tell than the overview does."""
        return bool(self.unseen or self.case or self.told_at or self.hint or self.rest or self.remarks or self.advice)


@final
@dataclass(frozen=True, slots=True)
class _Advice:
    """What costs no points and is worth knowing, at some tests of an exercise."""

    tests: str
    case: CaseView
    hint: str


@final
@dataclass(frozen=True, slots=True)
class _Said:
    """What is said once: remarks on a file, at the top; faults of a whole file, with the exercise they are told at;
    hints of advice.
    """

    remarks: frozenset[tuple[str | None, Message]]
    faults: dict[Finding, str] = field(default_factory=dict)
    hints: set[str] = field(default_factory=set)


def student_context(student: Student, heading: Heading, reveal: Reveal) -> dict[str, Any]:
    """What student.html.j2 is given: the result as far as `reveal` lets it be seen."""
    once = _Said(frozenset(remark for remark, count in _file_remarks(student).items() if count > 1))
    projected = [
        (work, None if work.exercise is None else project_exercise(work.exercise, reveal)) for work in student.works
    ]
    return {
        "course_title": cleaned(text(heading.course)),
        "assignment": {"title": cleaned(text(heading.assignment)), "due": student.due},
        "student": student.shown,
        "group": one_line(student.group, _MOST_NAME),
        "received": student.received,
        "late": one_line(student.late, MOST_MESSAGE),
        "handed_in": student.handed_in,
        "points": "?" if all(work.points is None for work in student.works) else points_text(student.points),
        "adjusted": None if student.adjusted is None else points_text(student.adjusted),
        "of_points": said("page.result", count=student.max_points, points=points_text(student.max_points)),
        "open_points": _open_points(student),
        "notes": tuple(_notes(student)),
        "sections": tuple(_section(number, student, *each, once) for number, each in enumerate(projected, 1)),
        "code": listings(student.files),
        "judged_by": _judged_by(student),
    }


def _open_points(student: Student) -> str:
    """What is said of points that are still open; nothing where none are."""
    points = sum((work.max_points for work in student.works if work.points is None), Fraction())
    words = "page.open.without_work" if student.without_work else "page.open"
    return said(words, count=points, points=points_text(points)) if points else ""


def _notes(student: Student) -> Iterator[str]:
    """What is to be said of the whole, once: of files that could not be read, or not all of them."""
    if student.without_work:
        yield one_line(said("nothing_can_be_judged", files=further(student.without_work)), MOST_MESSAGE)
    results = [work.result for work in student.works if work.result is not None]
    told = {
        message
        for result in results
        for exercise in result.exercises
        for test in exercise.tests
        if test.finding is not None
        for message in test.finding.messages
    }
    remarks = dict.fromkeys(remark for result in results for remark in result.remarks)
    yield from (one_line(text(remark), MOST_MESSAGE) for remark in remarks if remark not in told)
    for (file, remark), count in _file_remarks(student).items():
        if count > 1:
            words = text(remark)
            yield one_line(said("of_file", file=file, remark=words) if file else words, MOST_MESSAGE)


def _file_remarks(student: Student) -> Counter[tuple[str | None, Message]]:
    """Remarks on a file, with the number of exercises that they were made at."""
    exercises = [work.exercise for work in student.works]
    return Counter((each.file, remark) for each in exercises if each is not None for remark in each.remarks)


def _judged_by(student: Student) -> str:
    for work in student.works:
        if work.result is not None:
            versions = [f"{name} {version}" for name, version in work.result.versions.items() if name != "grader"]
            return one_line(f"numgrade {work.result.versions.get('grader', '')}, {', '.join(versions)}", _MOST_NAME)
    return ""


def _section(number: int, student: Student, work: Work, exercise: ExerciseResult | None, once: _Said) -> _Section:
    mark, words = _state(student, work) if exercise is None else (mark_of(exercise), status_without_points(exercise))
    return _Section(
        anchor=f"exercise-{number}",
        name=cleaned(work.name),
        title=cleaned(text(work.title)),
        mark=mark,
        state=words,
        points="?" if work.points is None else points_text(work.points),
        max_points=points_text(work.max_points),
        by_hand=work.by_hand,
        remarks=() if exercise is None else _remarks(exercise, once),
        advice=() if exercise is None else tuple(_advice(exercise, once.hints)),
        **{} if exercise is None else _failure(exercise, once.faults),
    )


def _state(student: Student, work: Work) -> tuple[str, str]:
    """The status of work that has no result."""
    if student.without_work:
        return "absent", said("state.without_work")
    return (
        ("ours", said("state.not_judged_yet")) if work.points is None else ("absent", said("state.nothing_handed_in"))
    )


def _remarks(exercise: ExerciseResult, once: _Said) -> tuple[str, ...]:
    """What is to be noted of this exercise, and not of several."""
    unjudged = not_judged(exercise)
    own = [text(remark) for remark in exercise.remarks if (exercise.file, remark) not in once.remarks]
    return tuple(one_line(remark, MOST_MESSAGE) for remark in ([unjudged] if unjudged else []) + own)


def _failure(exercise: ExerciseResult, told: dict[Finding, str]) -> dict[str, Any]:
    """What is wrong, told once where it is a fault of the whole file."""
    failure = to_tell(exercise)
    if failure is None:
        return {}
    test = failure.shown
    if test is not None and test.finding is not None:
        if test.finding in told:
            return {"told_at": told[test.finding]}
        if test.finding.rule.is_about_file:
            told[test.finding] = cleaned(text(exercise.title))
    return _told(exercise, test, failure)


def _told(exercise: ExerciseResult, test: TestResult | None, failure: Failure) -> dict[str, Any]:
    hint = cleaned(without_maths(text(failure.hint))) if failure.hint else ""
    return {
        "unseen": unseen(exercise) if test is None else "",
        "case": None if test is None else case_view(exercise, test, failure),
        "why": hint if failure.is_diagnosed and test is None else "",
        "hint": "" if failure.is_diagnosed else hint,
        "rest": cleaned(sentences(rest(failure))),
        "revealed": tuple(case_view(exercise, other) for other in failure.revealed),
    }


def _hint(finding: Finding | None) -> str:
    return cleaned(without_maths(text(finding.hint))) if finding is not None and finding.hint is not None else ""


def _advice(exercise: ExerciseResult, told: set[str]) -> Iterator[_Advice]:
    """What costs no points and is worth knowing; the same hint once."""
    for group in advice_groups(exercise):
        hint = _hint(group.finding)
        names = listed(dict.fromkeys(cleaned(test.name) for test in group.tests))
        yield _Advice(names, case_view(exercise, group.shown), "" if hint in told else hint)
        told.add(hint)
