"""Checking the exercises of a course, as many at a time as there are observers for them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from queue import SimpleQueue
from typing import TYPE_CHECKING

from grader.authoring.check import Checkup, Progress
from grader.authoring.untranslated import untranslated_in_course
from grader.course.folder import COURSE_FILE
from grader.course.seed import secrecy_of
from grader.grading.checked import Checked, CourseChecked
from grader.words.seeds import remark

if TYPE_CHECKING:
    from grader.course.folder import Course
    from grader.observe.observer import Observer

__all__ = ["check_course", "course_remarks"]


def check_course(
    course: Course,
    names: Sequence[str],
    observer: Observer,
    *,
    others: Sequence[Observer] = (),
    fix: bool = False,
    on_progress: Progress = lambda name, done, total: None,
) -> CourseChecked:
    """Check these exercises.

    Parameters
    ----------
    course
        The course that the exercises are of.
    names
        The exercises, in the order of the report.
    observer
        Runs the author's code.
    others
        Further observers: with each of them one exercise more is checked at a time, in a thread of its own.
    fix
        Whether tests are proposed that kill the mutants which survive.
    on_progress
        Hears the exercise's name, and how many mutants of how many are done (0 of 0 while nothing is known of them).
        It may be called from any of the threads.

    Returns
    -------
    CourseChecked
        What was found of each exercise and of the course.

    Raises
    ------
    SpecificationError
        Where course.yaml itself is wrong.
    """
    free: SimpleQueue[Observer] = SimpleQueue()
    for one in (observer, *others):
        free.put(one)

    def checked(name: str, on_progress: Progress) -> Checked:
        mine = free.get()
        try:
            return Checkup(course, name, mine, on_progress=on_progress).checked(fix=fix)
        finally:
            free.put(mine)

    every = (
        _at_once(checked, names, on_progress, 1 + len(others)) if others else [checked(n, on_progress) for n in names]
    )
    return CourseChecked(tuple(every), course_remarks(course))


def course_remarks(course: Course) -> tuple[str, ...]:
    """What is to be said of the course itself."""
    spec = course.spec()
    told = remark(secrecy_of(spec.seed))
    lacking = (f"{COURSE_FILE}: {problem}" for _, problem in untranslated_in_course(spec))
    return (*(() if told is None else (told,)), *lacking)


class _Stopped(BaseException):
    """Nobody waits for the result any more."""


def _at_once(
    checked: Callable[[str, Progress], Checked], names: Sequence[str], on_progress: Progress, width: int
) -> list[Checked]:
    """All of them, so many at a time; when it is interrupted, those under way end as soon as they report."""
    stopped = threading.Event()

    def heard(name: str, done: int, total: int) -> None:
        if stopped.is_set():
            raise _Stopped
        on_progress(name, done, total)

    spoken = [copy_context() for _ in names]  # each thread says what it finds in the language of this one
    with ThreadPoolExecutor(width) as executor:
        try:
            return list(executor.map(lambda context, name: context.run(checked, name, heard), spoken, names))
        except BaseException:
            stopped.set()
            executor.shutdown(wait=False, cancel_futures=True)
            raise
