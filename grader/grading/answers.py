"""From a student's files to a judged result: the one way in, for every command, page and host."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, final

import msgspec
import numpy as np

from grader.grading.absent import Submission
from grader.grading.grade import grade
from grader.grading.protocol import Answers
from grader.judge.remarks import other_numpy
from grader.judge.result import ExerciseResult, Result
from grader.message import Message
from grader.observe import refusals
from grader.observe.file_names import code_name
from grader.observe.intake import Unreadable, content_of, read_bytes, read_cells
from grader.observe.observer import Observer
from grader.observe.wire import Source

if TYPE_CHECKING:
    from grader.observe.sharing import Sharing

__all__ = ["Answers", "File", "file_at", "judge_files"]


@final
class File(msgspec.Struct, frozen=True):
    """One file of a submission.

    name     with the folders it was handed in with, if any; it says whether this is Python text or a notebook
    content  its bytes
    time     when it was written, in seconds since 1970: what is newer counts before what is older
    cells    of a notebook that is open: the code of its cells, in the order in which they ran; then `content` is unread
    beside   whether it is there for what the others import of it, and not handed in for itself
    """

    name: str
    content: bytes
    time: float = 0.0
    cells: tuple[str, ...] | None = None
    beside: bool = False


def file_at(path: Path) -> File | Unreadable:
    """The file at `path`, read once; what cannot be opened or is not a regular file is `Unreadable`."""
    content = content_of(path)
    if isinstance(content, Unreadable):
        return content
    return File(code_name(path.name) or path.name, content.data, content.time)


def judge_files(
    answers: Answers,
    files: Sequence[File | Unreadable],
    observer: Observer,
    *,
    exercises: Sequence[str] | None = None,
    beside: Sequence[str] = (),
    enough: Callable[[ExerciseResult], bool] | None = None,
    sharing: Sharing | None = None,
) -> Result:
    """Judge what a student hands in.

    Parameters
    ----------
    answers
        Where answer keys come from: a course, a handout, a package.
    files
        The files of one submission. They are taken oldest first; among those of the same time, in the order given.
    observer
        Runs the submission.
    exercises
        Names of the exercises to judge. None: those of `answers` that the files define, or nearly define.
    beside
        Names of other exercises that the files may be about: a function of one of those is not a misspelt name.
    enough
        Where given, exercises are judged one by one, up to the first of which it is true.
    sharing
        Where given, what equal functions of other submissions did counts for the functions of this one
        (docs/decisions/0013-shared-calls.md). Always of the same observer.

    Returns
    -------
    Result
        In the order of `exercises`, with points as fractions, and with all that hidden tests hold: whoever shows it to
        a student gives it to `judge.reveal.project` first. What cannot be judged through a fault of ours is
        `not_judged` in it, and nothing else is.

    Raises
    ------
    CourseError
        Where there is no such exercise, or its key does not compile.
    """
    read = [(_read(file), _time(file)) for file in sorted(files, key=_time)]
    submission = Submission(
        sources=tuple(file for file, _ in read if not isinstance(file, Unreadable)),
        unreadable=tuple(file for file, _ in read if isinstance(file, Unreadable) and not _marks_a_package(file)),
        times=tuple(time for file, time in read if not isinstance(file, Unreadable)),
    )
    result = grade(submission, answers, exercises, observer, beside=beside, enough=enough, sharing=sharing)
    return msgspec.structs.replace(result, remarks=(*_of_versions(answers, result), *result.remarks))


def _of_versions(answers: Answers, result: Result) -> tuple[Message, ...]:
    """That keys were made with a numpy of another major version, as those of a handout can be."""
    names = [exercise.name for exercise in result.exercises[:1]]
    made = [key.versions.get("numpy", "") for key in answers.keys(names).values()]
    here = np.__version__
    return tuple(other_numpy(one, here) for one in made if one.partition(".")[0] not in ("", here.partition(".")[0]))


def _marks_a_package(file: Unreadable) -> bool:
    """Whether it is an empty `__init__.py`, as is usual: nothing is missing in it."""
    return PurePath(file.name).name == "__init__.py" and file.reason.id == refusals.EMPTY.id


def _time(file: File | Unreadable) -> float:
    if isinstance(file, Unreadable):
        return 0.0
    return -math.inf if file.beside else file.time


def _read(file: File | Unreadable) -> Source | Unreadable:
    if isinstance(file, Unreadable):
        return file
    read = read_bytes(file.name, file.content) if file.cells is None else read_cells(file.name, file.cells)
    return msgspec.structs.replace(read, beside=True) if file.beside and isinstance(read, Source) else read
