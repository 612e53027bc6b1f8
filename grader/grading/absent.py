"""An exercise that a submission does not define: what is said of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath
from typing import final

import msgspec

from grader.course.key import AnswerKey
from grader.grading.find import NotFound
from grader.judge import findings, score
from grader.judge.result import ExerciseResult, Finding
from grader.observe.intake import Unreadable
from grader.observe.wire import Source

__all__ = ["Submission", "absent", "namesake"]


@final
class Submission(msgspec.Struct, frozen=True):
    """A student's files, oldest first, and those that could not be read.

    `times`: those of the sources, where they are known.
    """

    sources: tuple[Source, ...]
    unreadable: tuple[Unreadable, ...] = ()
    times: tuple[float, ...] = ()


def namesake(key: AnswerKey, unreadable: Sequence[Unreadable]) -> Unreadable | None:
    """The unreadable file with the exercise's name."""
    return next((file for file in unreadable if PurePath(file.name).stem == key.name), None)


def absent(key: AnswerKey, found: NotFound, submission: Submission) -> ExerciseResult:
    """The result where nothing is there to be called: no points, and why."""
    unreadable = _meant_for(key, submission)
    near_in = None if found.file is None else submission.sources[found.file].name
    file = unreadable.name if unreadable is not None else near_in
    return score.unjudged(key, _finding(key, found, submission, unreadable, near_in), file=file)


def _meant_for(key: AnswerKey, submission: Submission) -> Unreadable | None:
    """The unreadable file in which the exercise was to be: it has its name, or there is nothing else."""
    alone = submission.unreadable[-1:] if not submission.sources else ()
    return namesake(key, submission.unreadable) or next(iter(alone), None)


def _finding(
    key: AnswerKey, found: NotFound, submission: Submission, unreadable: Unreadable | None, near_in: str | None
) -> Finding:
    if found.fault is not None:
        return findings.syntax(found.fault)
    if found.untouched:
        return findings.not_attempted(key)
    if unreadable is not None:
        return findings.unreadable(unreadable.name, unreadable.reason)
    name = key.needs[0] if key.needs else key.name
    several = len(submission.sources) > 1
    return findings.missing(name, found.near, near_in if several else None, elsewhere=found.elsewhere)
