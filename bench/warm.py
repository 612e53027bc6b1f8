"""One submission with all six exercises, graded by a warm worker, beside the bare fork and calls it cannot do without.

The floor is a fork of this process, in which numpy is loaded, the same calls on the same inputs, and the wait for it.
"""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable

from bench.basics import basics
from bench.floor import calls_of, started
from bench.machine import described
from grader.course.folder import Course, example_course
from grader.course.key import Role
from grader.grading.absent import Submission
from grader.grading.grade import grade
from grader.grading.keys import CourseKeys, cache_folder
from grader.grading.protocol import KeysAlone
from grader.observe.wire import Block, Source
from grader.observe.zygote import warm_observer

ROUNDS = 200


def main() -> None:
    course = Course(basics())
    keys = CourseKeys(course, cache=cache_folder()).keys(course.names())
    text = (example_course() / "samples" / "amina.py").read_text()
    submission = Submission((Source("amina.py", (Block(text),)),))
    calls = calls_of(keys, set(Role) - {Role.PRACTICE})
    with warm_observer() as observer:

        def graded() -> None:
            grade(submission, KeysAlone(keys), list(keys), observer)

        def floor() -> None:
            os.waitpid(started(text, calls), 0)

        def graded_anew() -> None:
            observer.forget()
            graded()

        rounds = [(_milliseconds(floor), _milliseconds(graded)) for _ in range(ROUNDS)]
        of_controller = [(_processor(graded_anew), _processor(graded)) for _ in range(ROUNDS)]
    print(f"{described()}; {len(calls)} calls a submission, {ROUNDS} rounds, in turns\n")
    _show(("floor (fork, calls)", "warm worker, judged"), rounds)
    print("\nof that, this process on the processor\n")
    _show(("each reply read anew", "replies remembered"), of_controller)


def _show(names: tuple[str, str], rounds: list[tuple[float, float]]) -> None:
    for name, times in zip(names, zip(*rounds, strict=True), strict=True):
        quarter, median, three = statistics.quantiles(times, n=4)
        print(f"{name:22} {median:6.2f} ms   (quartiles {quarter:.2f}-{three:.2f})")


def _milliseconds(work: Callable[[], None]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1e3


def _processor(work: Callable[[], None]) -> float:
    start = time.process_time()
    work()
    return (time.process_time() - start) * 1e3


if __name__ == "__main__":
    main()
