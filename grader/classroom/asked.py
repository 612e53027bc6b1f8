"""What is asked of the processes that grade a class, for who asks it: nothing of grading is loaded until it is done.

A function goes to another process by its name. Here that name is at hand in the process that takes in hand-ins and
writes down grades, in which all that judges would only take memory, as long as a class takes.
"""

from __future__ import annotations

from collections.abc import Mapping

from grader.classroom.jobs import Environment, Graded, Job, Refused, Setup
from grader.course.key import AnswerKey

__all__ = ["grade_batch", "not_judged", "prepare"]


def prepare(setup: Setup) -> Environment | Refused:
    """`grader.classroom.batch.prepare`."""
    from grader.classroom import batch

    return batch.prepare(setup)


def grade_batch(setup: Setup, jobs: tuple[Job, ...]) -> tuple[Graded, ...]:
    """`grader.classroom.batch.grade_batch`."""
    from grader.classroom import batch

    return batch.grade_batch(setup, jobs)


def not_judged(job: Job, keys: Mapping[str, AnswerKey], environment: Environment, why: str) -> Graded:
    """`grader.classroom.batch.not_judged`."""
    from grader.classroom import batch

    return batch.not_judged(job, keys, environment, why)
