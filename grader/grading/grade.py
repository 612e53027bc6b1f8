"""Grading a submission: observe its calls, judge them against the answer keys."""

from __future__ import annotations

import dataclasses
import platform
from collections.abc import Callable, Mapping, Sequence
from pathlib import PurePath
from typing import Final, final

import numpy as np

import grader
from grader.course.key import AnswerKey, Case, Role
from grader.errors import NotJudged
from grader.grading.author import holds
from grader.grading.calls import call_of, limits_of
from grader.grading.find import Found, NotFound, find, is_untouched
from grader.judge import feedback, findings, score
from grader.judge.diagnosis import Diagnosis, diagnosed, explained
from grader.judge.evidence import Trial
from grader.judge.mutants import MutantAnswers, no_mutants
from grader.judge.observed import judge_case
from grader.judge.result import ExerciseResult, Finding, Outcome, Result, TestResult
from grader.observation import Observation, Raised, Status
from grader.observe.intake import Unreadable
from grader.observe.session import LoadReport, Observer, Session, Stop
from grader.observe.wire import Definition, Source

__all__ = ["Submission", "grade"]

_COSTLY: Final = frozenset({Outcome.TIMED_OUT, Outcome.CRASHED, Outcome.OUT_OF_MEMORY})


@final
@dataclasses.dataclass(frozen=True, slots=True)
class Submission:
    """A student's files, oldest first, and those that could not be read."""

    sources: tuple[Source, ...]
    unreadable: tuple[Unreadable, ...] = ()


def grade(
    submission: Submission,
    keys: Mapping[str, AnswerKey],
    names: Sequence[str] | None,
    *,
    observer: Observer,
    authors: Callable[[], Observer],
    mutants: Callable[[AnswerKey], MutantAnswers] = no_mutants,
) -> Result:
    """Judge `submission` on the exercises `names`, or (None) on those of `keys` that it defines or nearly defines.

    `authors` opens the observer for `holds:` expressions, where there are any; a process that ran the submission is
    never asked about them. `mutants` gives what mutants of a reference answer; it is asked of wrong work only. What
    cannot be judged through a fault of ours is `not_judged`, never an exception.
    """
    with observer.session(submission.sources) as session:
        grading = _Grading(submission, keys, session, authors, mutants)
        chosen = grading.concerned() if names is None else names
        exercises = tuple(grading.exercise(keys[name]) for name in chosen)
    return Result(
        exercises=exercises,
        isolation=observer.isolation,
        versions={"grader": grader.__version__, "python": platform.python_version(), "numpy": np.__version__},
        remarks=tuple(feedback.unreadable(file.name, file.message) for file in submission.unreadable),
    )


@final
class _Grading:
    """One submission in one session."""

    def __init__(
        self,
        submission: Submission,
        keys: Mapping[str, AnswerKey],
        session: Session,
        authors: Callable[[], Observer],
        mutants: Callable[[AnswerKey], MutantAnswers],
    ) -> None:
        self._submission = submission
        self._keys = keys
        self._session = session
        self._authors = authors
        self._mutants = mutants

    def concerned(self) -> list[str]:
        """The exercises that the submission is about."""
        return [name for name, key in self._keys.items() if self._concerns(key)]

    def _concerns(self, key: AnswerKey) -> bool:
        found = self._find(key)
        return isinstance(found, Found) or found.file is not None or self._namesake(key) is not None

    def exercise(self, key: AnswerKey) -> ExerciseResult:
        """`key`'s exercise, judged."""
        try:
            found = self._find(key)
            if isinstance(found, NotFound):
                return self._absent(key, found)
            return self._defined(key, found)
        except NotJudged as error:
            return score.not_judged(key, reason=str(error))

    def _find(self, key: AnswerKey) -> Found | NotFound:
        taken = frozenset(name for other in self._keys.values() if other is not key for name in other.needs)
        return find(key, self._submission.sources, self._session.facts, taken)

    def _namesake(self, key: AnswerKey) -> Unreadable | None:
        """The unreadable file with the exercise's name."""
        return next((file for file in self._submission.unreadable if PurePath(file.name).stem == key.name), None)

    def _meant_for(self, key: AnswerKey) -> Unreadable | None:
        """The unreadable file in which the exercise was to be: it has its name, or there is nothing else."""
        alone = self._submission.unreadable[-1:] if not self._submission.sources else ()
        return self._namesake(key) or next(iter(alone), None)

    def _absent(self, key: AnswerKey, found: NotFound) -> ExerciseResult:
        unreadable = self._meant_for(key)
        if found.fault is not None:
            finding = findings.syntax(found.fault)
        elif unreadable is not None:
            finding = findings.unreadable(unreadable.name, unreadable.message)
        else:
            finding = findings.missing(key.needs[0] if key.needs else key.name, found.near)
        file = unreadable.name if unreadable is not None else self._file(found.file)
        return score.unjudged(key, finding, file=file)

    def _file(self, number: int | None) -> str | None:
        return None if number is None else self._submission.sources[number].name

    def _defined(self, key: AnswerKey, found: Found) -> ExerciseResult:
        file, definition = self._file(found.file), found.definition
        if is_untouched(key, definition):
            return score.unjudged(key, findings.not_attempted(key, definition), file=file)
        report = self._session.load(found.file, limits_of(key))
        if key.function is not None and key.function in key.needs and key.function not in report.names:
            guilty = _guilty(report, definition)
            remarks = _remarks(report, told=guilty)
            return score.unjudged(key, _load_finding(key, definition, guilty), file=file, remarks=remarks)
        remarks = self._stray_text(found.file) + _remarks(report)
        own = self._tried(key, found, [case for case in key.cases if key.public or case.role is not Role.PRACTICE])
        practice = self._practice(key, found, own)
        tests = [trial.result for trial in (*own, *[trial for trial in practice if trial.is_wrong][:1])]
        why = self._why(key, [*own, *practice])
        if isinstance(why, Diagnosis):
            tests = [explained(test, why) for test in tests]
        elif why is not None:
            remarks += (why,)
        if any(trial.observation.threads for trial in own):
            remarks += (feedback.thread_left(definition.name),)
        return score.exercise_result(key, tests, file=file, remarks=remarks)

    def _stray_text(self, number: int) -> tuple[str, ...]:
        """The first piece of a file that does not parse and is no exercise's."""
        needed = {need for key in self._keys.values() for need in key.needs}
        stray = [fault for fault in self._session.facts[number].faults if not needed & set(fault.names)]
        return tuple(feedback.text_left_out(fault) for fault in stray[:1])

    def _practice(self, key: AnswerKey, found: Found, own: Sequence[Trial]) -> list[Trial]:
        """In a course, where something is wrong: the practice cases too, the smallest of which can be shown in full."""
        wrong = any(trial.is_wrong and not trial.case.advice for trial in own)
        if key.public or not wrong or any(trial.result.outcome in _COSTLY for trial in own):
            return []
        return self._tried(key, found, [case for case in key.cases if case.role is Role.PRACTICE and not case.advice])

    def _why(self, key: AnswerKey, trials: Sequence[Trial]) -> Diagnosis | str | None:
        """Why it is wrong, if that can be said; a remark where we failed to look."""
        try:
            return diagnosed(key, trials, self._mutants)
        except Exception as error:  # noqa: BLE001 — a border: what only explains a result must never cost it
            return feedback.not_explained(type(error).__name__)

    def _tried(self, key: AnswerKey, found: Found, cases: Sequence[Case]) -> list[Trial]:
        """The calls of `cases`, which are some of the key's, observed and judged."""
        numbers = {id(case): number for number, case in enumerate(key.cases)}
        observations = self._observe(key, found, cases)
        judged = self._judge(key, found, cases, observations)
        return [
            Trial(numbers[id(case)], case, observation, result)
            for case, observation, result in zip(cases, observations, judged, strict=True)
        ]

    def _observe(self, key: AnswerKey, found: Found, cases: Sequence[Case]) -> list[Observation]:
        calls = [call_of(case, key.function, key.parameters) for case in cases]
        return list(self._session.perform(found.file, calls, limits_of(key)))

    def _judge(
        self, key: AnswerKey, found: Found, cases: Sequence[Case], observations: Sequence[Observation]
    ) -> list[TestResult]:
        held = self._held(key, cases, observations)
        return [
            judge_case(case, key, observation, held.get(number), definition=found.definition)
            for number, (case, observation) in enumerate(zip(cases, observations, strict=True))
        ]

    def _held(
        self, key: AnswerKey, cases: Sequence[Case], observations: Sequence[Observation]
    ) -> dict[int, bool | None]:
        asked = [
            (number, (case.holds, {**case.arguments.value, "result": observation.value.value}))
            for number, (case, observation) in enumerate(zip(cases, observations, strict=True))
            if case.holds is not None and observation.status is Status.RETURNED
        ]
        if not asked:
            return {}
        with self._authors() as observer:
            answers = holds(observer, limits_of(key), [question for _, question in asked])
        return {number: answer for (number, _), answer in zip(asked, answers, strict=True)}


def _guilty(report: LoadReport, definition: Definition) -> Stop | Raised | None:
    """What kept a function from being defined: of all that went wrong, what stands nearest to its definition."""
    every: list[Stop | Raised] = [*report.stops, *report.faults]
    near = [one for one in every if one.cell == definition.cell and one.line is not None]
    return min(near, key=lambda one: abs((one.line or 0) - definition.line), default=next(iter(every), None))


def _load_finding(key: AnswerKey, definition: Definition, guilty: Stop | Raised | None) -> Finding:
    if isinstance(guilty, Stop):
        return findings.load_stopped(key, guilty)
    if guilty is not None:
        return findings.load_failed(definition.name, guilty)
    return findings.not_a_function(definition) if definition.kind == "name" else findings.missing(definition.name)


def _remarks(report: LoadReport, *, told: Stop | Raised | None = None) -> tuple[str, ...]:
    """What went wrong beside the function while the file was loaded: all that was ended, and the first that raised."""
    faults = [fault for fault in report.faults if fault is not told]
    every: list[Stop | Raised] = [*(stop for stop in report.stops if stop is not told), *faults[:1]]
    return tuple(map(_remark, sorted(every, key=lambda one: (one.cell or 0, one.line or 0))))


def _remark(one: Stop | Raised) -> str:
    if isinstance(one, Stop):
        return feedback.statement_stopped(one.status, one.line, one.cell)
    return feedback.statement_failed(one)
