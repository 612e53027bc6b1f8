"""What a worker process does: it judges batches of jobs (`classroom.jobs`)."""

from __future__ import annotations

import platform
import threading
from collections.abc import Mapping
from multiprocessing.util import Finalize
from typing import Final, final

import msgspec

import grader.judge.diagnosis  # noqa: F401 — in a class somebody is wrong, and a process that grades waits for its walls
from grader.classroom.jobs import Environment, Graded, Job, Judged, Judging, Refused, Setup, versions
from grader.classroom.left_aside import files_left_aside
from grader.classroom.record import packed
from grader.course.folder import Course
from grader.course.key import AnswerKey
from grader.course.variant import ONLY, Variant
from grader.errors import GraderError, NotJudged, ValueTooLarge, reason_of
from grader.grading.answers import Answers, File, judge_files
from grader.grading.cached_answers import CachedAnswers
from grader.grading.keys import CourseKeys, cache_folder
from grader.grading.pack import unpack
from grader.judge import score
from grader.judge.remarks import is_of_loading
from grader.judge.result import ExerciseResult, Result
from grader.message import Message
from grader.observe.opening import open_lasting
from grader.observe.scratch import remove_all
from grader.observe.shared_calls import SharedCalls
from grader.observe.sharing import Sharing
from grader.observe.walls.proof import Unproved

__all__ = ["dismiss", "grade_batch", "not_judged", "prepare"]

_NAMES: Final = {"Darwin": "macOS"}


def prepare(setup: Setup) -> Environment | Refused:
    """Make this process ready: the environment that it has proved."""
    try:
        return _warm_grader(setup).environment
    except Unproved as error:
        return Refused(f"{error}\n{_how_else(platform.system())}")
    except GraderError as error:
        return Refused(str(error))


def _how_else(system: str) -> str:
    there = "" if system == "Linux" else f"{_NAMES.get(system, system)} has no such walls. "
    return (
        f"{there}A class is graded behind walls: what students hand in could read or change your files. Grade in a "
        "container (`grader package docker` writes one), or type `--isolation none` if you trust every file."
    )


def grade_batch(setup: Setup, jobs: tuple[Job, ...]) -> tuple[Graded, ...]:
    """Do these jobs, in this process. Raises `NotJudged` where it has other keys, or no walls."""
    try:
        grader = _warm_grader(setup)
    except GraderError as error:
        raise NotJudged(str(error)) from None  # of a kind that can be pickled
    return tuple(grader.graded(job) for job in jobs)


def not_judged(job: Job, keys: Mapping[str, AnswerKey], environment: Environment, why: str) -> Graded:
    """What is said of a job that could not be done, through a fault of ours."""
    exercises = tuple(score.not_judged(keys[name], reason=why) for name in job.exercises)
    versions = {"grader": environment.grader, "python": environment.python, "numpy": environment.numpy}
    return _packed(job, Result(exercises, environment.isolation, versions), environment)


def dismiss(setup: Setup) -> None:
    """End what this process keeps for `setup`: it goes on with other things."""
    for place in [place for place in _warm_graders if place[0] == setup]:
        _warm_graders.pop(place).close()


def _warm_grader(setup: Setup) -> _WarmGrader:
    """The grader of this thread: some executors run several threads in a process."""
    place = setup, threading.get_ident()
    if place not in _warm_graders:
        _warm_graders[place] = _WarmGrader(setup)
    return _warm_graders[place]


_warm_graders: dict[tuple[Setup, int], _WarmGrader] = {}


@final
class _WarmGrader:
    """What a worker process keeps between batches: an observer with a warm child process, and the answer keys.

    To import numpy and to read a key take longer than to judge most submissions, so both are done once
    (docs/decisions/0009-where-the-time-goes.md).
    """

    def __init__(self, setup: Setup) -> None:
        self._setup = setup
        self._answers = {ONLY: CachedAnswers(_answers(setup, ONLY))}
        self._observer = open_lasting(setup.isolation)
        self._shared = SharedCalls()
        # Not by atexit: a worker of a cluster can be a process of multiprocessing. What is first here comes last.
        Finalize(None, remove_all, exitpriority=0)
        Finalize(self, self.close, exitpriority=1)
        level = self._observer.evidence.level.value
        self.environment = Environment(*versions(), level)

    def close(self) -> None:
        self._observer.close()
        for answers in self._answers.values():
            answers.close()

    def _of(self, variant: Variant) -> CachedAnswers:
        if variant not in self._answers:
            self._answers[variant] = CachedAnswers(_answers(self._setup, variant))
        return self._answers[variant]

    def graded(self, job: Job) -> Graded:
        """The job, done or `not_judged`."""
        answers = self._of(job.variant)
        answers.agree(dict(job.keys))
        files = [File(name, content) for name, content in job.files]
        beside = [name for name, _ in job.keys]
        sharing = Sharing(self._shared, job.digest) if job.judging is Judging.SHARED else None
        try:
            result = judge_files(
                answers, files, self._observer, exercises=job.exercises, beside=beside, sharing=sharing
            )
            return _packed(job, result, self.environment)
        except Exception as error:  # noqa: BLE001 — a boundary: one submission must not cost the others of its batch
            return not_judged(job, answers.keys(job.exercises), self.environment, reason_of(error))


def _answers(setup: Setup, variant: Variant) -> Answers:
    if isinstance(setup.answers, bytes):
        return unpack(dict(setup.variants).get(variant, setup.answers))
    return CourseKeys(Course(setup.answers), cache=cache_folder(), variant=variant)


def _packed(job: Job, result: Result, environment: Environment) -> Graded:
    remarks = (*(remark for remark in result.remarks if not is_of_loading(remark)), *files_left_aside(job, result))
    exercises = tuple(_judged(exercise, result, remarks) for exercise in result.exercises)
    return Graded(job.digest, environment, exercises, job.judging)


def _judged(exercise: ExerciseResult, result: Result, remarks: tuple[Message, ...]) -> Judged:
    try:
        record = packed(msgspec.structs.replace(result, exercises=(exercise,)))
    except ValueTooLarge:  # so many large values together; each of them came over the wire
        record = packed(msgspec.structs.replace(result, exercises=(_without_values(exercise),)))
    return Judged(
        exercise=exercise.name,
        key=exercise.key,
        outcome=exercise.outcome,
        points=exercise.points,
        max_points=exercise.max_points,
        undecided=exercise.undecided_points,
        remarks=remarks,
        record=record,
    )


def _without_values(exercise: ExerciseResult) -> ExerciseResult:
    tests = [msgspec.structs.replace(test, expected=None, actual=None) for test in exercise.tests]
    return msgspec.structs.replace(exercise, tests=tuple(tests))
