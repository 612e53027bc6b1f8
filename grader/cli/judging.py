"""From paths and options to a judged result: the one place where the commands meet grading."""

from __future__ import annotations

import contextlib
import contextvars
import dataclasses
import gc
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from grader.cli.files import alike, line_of, submission_files
from grader.cli.language import of_people
from grader.cli.notes import tell_aside
from grader.errors import GraderError, Refused
from grader.near import nearest
from grader.words.language import Language

if TYPE_CHECKING:
    from grader.course.key import AnswerKey, Assignment
    from grader.grading.keys import Keys
    from grader.judge.result import ExerciseResult, Result
    from grader.message import Message

__all__ = [
    "Judged",
    "Request",
    "assignment_of",
    "assignments_of",
    "check_name",
    "exit_status",
    "first_wrong",
    "is_wrong",
    "judge",
    "named_exercises",
    "of_first_variants",
    "say_bare",
    "say_compiling",
    "say_running",
    "worded",
]

_LONG: Final = 3.0  # seconds


@dataclasses.dataclass(frozen=True, slots=True)
class Request:
    """What is to be judged, and by what."""

    paths: tuple[Path, ...]
    exercises: tuple[str, ...] = ()
    course: Path | None = None
    assignment: str | None = None
    reveal: str | None = None
    isolation: str = "none"
    language: str | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Judged:
    """A result, as far as it may be told, the keys behind it, and the folder of the course or handout they are of.

    `files` are those that were judged. `language` is that of the people who are told of it. `names` are the exercises
    that can be asked for there, where that is known.
    """

    result: Result
    keys: dict[str, AnswerKey]
    home: Path
    language: Language = Language.ENGLISH
    files: tuple[Path, ...] = ()
    names: tuple[str, ...] = ()

    def place_of(self, exercise: ExerciseResult) -> str | None:
        """Where to begin on an exercise: `softmax.py:12`, or the name of a notebook; None where no file is about it."""
        path = next((path for path in self.files if path.name == exercise.file), None)
        if path is None:
            return exercise.file
        key = self.keys[exercise.name]
        line = line_of(path, key.function or key.needs[0]) if key.needs else None
        return f"{path.name}:{line}" if line else path.name


def named_exercises(request: Request) -> Request:
    """The request, with exercises' names that stand among its paths (`grade softmax`) taken for what they are.

    Raises `GraderError` where one is neither there nor the name of an exercise.
    """
    bare = [path for path in request.paths if len(path.parts) == 1 and not path.suffix and not path.exists()]
    if not bare:
        return request
    paths = tuple(path for path in request.paths if path not in bare)
    names = _keys(dataclasses.replace(request, paths=paths), say_compiling).names
    for path in bare:
        if path.name not in names:
            from grader.words.text import said

            raise GraderError(said("ask.no_such.nor_exercise", path=path, meant=_meant(path.name, names)))
    return dataclasses.replace(
        request, paths=paths or (Path(),), exercises=(*request.exercises, *(path.name for path in bare))
    )


def judge(
    request: Request,
    *,
    on_compile: Callable[[str], None] = lambda name: None,
    on_long: Callable[[], None] = lambda: None,
    enough: Callable[[ExerciseResult], bool] | None = None,
) -> Judged:
    """Observe the files and judge what they did, up to the first exercise that is `enough`.

    `on_long` is called, from another thread, where the code runs for longer than one waits without wondering. Raises
    `GraderError` where the request cannot be carried out.
    """
    from grader.observe.opening import open_observer

    files = submission_files(request.paths)
    observer = open_observer(request.isolation)
    observer.prefetch()  # before numpy is imported here: the child imports it meanwhile
    with observer:
        from grader.cli.imported import with_imported
        from grader.grading.answers import judge_files
        from grader.judge.reveal import Reveal, project

        if not gc.isenabled():  # what is imported stays
            gc.freeze()
            gc.enable()
        keys = _keys(request, on_compile)
        read = with_imported(files)
        names = _names(keys, request)
        with _meanwhile(on_long, after=_LONG):
            result = judge_files(keys, read, observer, exercises=names, enough=enough)
    if not result.exercises:
        raise GraderError(_nothing_to_judge(files, result, keys.names))
    import msgspec

    shown = project(result, Reveal(request.reveal or "hint"))
    from grader.judge.remarks import perhaps_a_class

    folders = [(path, alike(path)) for path in request.paths]
    remarks = (perhaps_a_class(str(path), found) for path, found in folders if len(found) > 1)
    judged = keys.keys(exercise.name for exercise in result.exercises)
    shown = msgspec.structs.replace(shown, remarks=(*shown.remarks, *of_first_variants(keys, result), *remarks))
    return Judged(shown, judged, keys.home, of_people(request.language, keys.language), files, keys.names)


@contextlib.contextmanager
def _meanwhile(call: Callable[[], None], *, after: float) -> Iterator[None]:
    """Call that once, in the language of here, where what is done within takes longer than so many seconds."""
    timer = threading.Timer(after, contextvars.copy_context().run, (call,))
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def of_first_variants(keys: Keys, result: Result) -> tuple[Message, ...]:
    """That the first variant of an assignment was taken, where there are several: it is not known whose work it is."""
    from grader.judge.remarks import first_variant

    judged = {exercise.name for exercise in result.exercises}
    several = (one for one in keys.assignments if one.variants > 1 and not keys.public)
    return tuple(first_variant(one.name, one.variants) for one in several if judged & set(one.exercises))


def _keys(request: Request, on_compile: Callable[[str], None]) -> Keys:
    from grader.grading.keys import open_keys

    with worded():
        keys = open_keys((*request.paths, Path()), request.course, on_compile=on_compile, on_bare=say_bare)
    if keys.public and request.reveal is not None:
        from grader.words.text import said

        raise GraderError(said("ask.reveal"))
    return keys


def _names(keys: Keys, request: Request) -> tuple[str, ...] | None:
    """The exercises to judge, in order; None for those that the files are about."""
    if request.exercises:
        for name in request.exercises:
            check_name(name, keys.names, "exercise")
        return tuple(dict.fromkeys(request.exercises))
    if request.assignment is None and not any(path.is_dir() for path in request.paths):
        return None
    return assignment_of(keys, request.assignment).exercises


@contextlib.contextmanager
def worded() -> Iterator[None]:
    """What is refused within, as a message, is refused in words of the language that is spoken."""
    try:
        yield
    except Refused as error:
        from grader.words.text import text

        raise GraderError(text(error.message)) from None


def assignment_of(keys: Keys, name: str | None, *, how: str = "--assignment NAME") -> Assignment:
    """The assignment called `name`, or the only one; a course without any has one of all its exercises."""
    assignments = {assignment.name: assignment for assignment in keys.assignments}
    if name is not None:
        check_name(name, tuple(assignments), "assignment")
        return assignments[name]
    if len(assignments) > 1:
        from grader.words.text import said

        names = said("list.between").join(assignments)
        raise GraderError(said("ask.several_assignments", names=names, how=how))
    return assignments_of(keys)[0]


def assignments_of(keys: Keys) -> tuple[Assignment, ...]:
    """Those of the course; one that lists none has one, of all its exercises."""
    from grader.course.key import Assignment

    return keys.assignments or (Assignment("exercises", keys.title, keys.names),)


def check_name(name: str, names: Sequence[str], noun: str) -> None:
    """Raise `GraderError`, with the nearest name, where `name` is none of `names`."""
    if name not in names:
        from grader.words.text import said

        raise GraderError(said(f"ask.no.{noun}", name=repr(name), meant=_meant(name, names)))


def _meant(name: str, names: Sequence[str]) -> str:
    """The nearest of `names`, or all of them, as the end of a sentence."""
    from grader.words.text import said

    near = nearest(name, names)
    if near:
        return said("ask.meant", name=repr(near[0]))
    return said("ask.there_are", names=said("list.between").join(names)) if names else said("ask.there_are.none")


def _nothing_to_judge(files: Sequence[Path], result: Result, names: Sequence[str]) -> str:
    """Why no exercise could be judged: the files could not be read, or are about something else."""
    from grader.judge.remarks import is_not_read
    from grader.words.text import lines, said

    if all(any(is_not_read(remark, file.name) for remark in result.remarks) for file in files):
        return lines(result.remarks)
    every = said("list.between").join(names)
    if len(files) == 1:
        nothing = said("ask.nothing", file=files[0].name, names=every)
    else:
        nothing = said("ask.nothing.files", names=every)
    return "\n".join([nothing, *([lines(result.remarks)] if result.remarks else [])])


def say_compiling(name: str) -> None:
    """Say on a terminal that an exercise is being compiled."""
    if sys.stderr.isatty():
        from grader.words.text import said

        tell_aside(said("ask.preparing", name=name))


def say_running() -> None:
    """Say on a terminal that the code is being run."""
    if sys.stderr.isatty():
        from grader.words.text import said

        tell_aside(said("ask.running"))


def say_bare(course: Path) -> None:
    """Tell, the first time, whom this course's code could reach."""
    from grader.words.text import said

    tell_aside(said("ask.bare", course=course))


def first_wrong(result: Result) -> ExerciseResult | None:
    """The first exercise that is not right yet, through its own fault; an example without points is enough."""
    return next((exercise for exercise in result.exercises if is_wrong(exercise)), None)


def is_wrong(exercise: ExerciseResult) -> bool:
    """Whether an exercise is not right yet, through its own fault."""
    from grader.judge.result import Outcome

    if exercise.outcome is Outcome.NOT_JUDGED:
        return False
    return exercise.outcome.is_lost or any(test.outcome.is_lost and not test.advice for test in exercise.tests)


def exit_status(result: Result) -> int:
    """0: nothing that can be seen is wrong; 1: something is; 3: something could not be judged."""
    from grader.judge.result import Outcome

    outcomes = {exercise.outcome for exercise in result.exercises}
    tests = {test.outcome for exercise in result.exercises for test in exercise.tests if not test.advice}
    if Outcome.NOT_JUDGED in outcomes | tests:
        return 3
    return 1 if first_wrong(result) is not None else 0
