"""`grader new`: an exercise to start from."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.cli.class_options import typed, with_course
from grader.cli.seed import refuse_short_seed
from grader.errors import CourseError, GraderError

if TYPE_CHECKING:
    from grader.course.folder import Course
    from grader.course.key import Parameter
    from grader.course.signature import Signature

__all__ = ["command", "course_here", "new_course"]

_ARGUMENT = "x: float (m, n)"
_RESULT = "float (m, n)"


@click.command("new", short_help="Start an exercise that works at once.")
@click.argument("name")
@click.option("--arg", "arguments", multiple=True, metavar="'NAME: TYPE'", help="An argument; may be repeated.")
@click.option("--returns", metavar="TYPE", help="What the function returns.")
@click.option("--title", help="The title; else made from the name.")
@click.option(
    "--like", metavar="EXERCISE", help="Begin with this exercise of the library; `grader library` lists them."
)
@click.option("--from", "source", metavar="SOURCE", help="With --like: a course's folder, zip archive or package.")
@with_course
def command(
    name: str,
    arguments: tuple[str, ...],
    returns: str | None,
    title: str | None,
    like: str | None,
    source: str | None,
    course: Path | None,
) -> None:
    """Write exercises/NAME.yaml and solutions/NAME.py: they work at once, and are there to be edited.

    What is not given is asked for. Where there is no course yet, this folder becomes one, with a random seed and a
    .gitignore.

    \b
    Examples:
      grader new softmax
      grader new dot --arg 'u: float (n,)' --arg 'v: float (n,)' --returns float
      grader new my_softmax --like softmax
    """  # noqa: D301 — click reads a backspace as: do not wrap this
    from grader.authoring.new import ExerciseDraft, check_name, write_exercise

    check_name(name)
    if source is not None and like is None:
        raise click.UsageError("--from says where the exercise of --like is; name that one as well")
    if like is not None and (arguments or returns or title):
        raise click.UsageError("--like brings arguments, result and title along; leave the other options out")
    found = course_here(course)
    if like is not None:
        _write_like(like, source, name, found or new_course(course or Path()), course)
        return
    parameters = tuple(map(_parameter, arguments)) if arguments or returns else _asked_arguments()
    text = returns or _asked("It returns", _RESULT, _result)
    draft = ExerciseDraft(name, title or _title(name), parameters, _result(text), text)
    home = found or new_course(course or Path())
    for file in write_exercise(draft, home.path):
        click.echo(f"wrote {file}")
    _say_next(name, home, course)


def _write_like(like: str, source: str | None, name: str, home: Course, course: Path | None) -> None:
    from grader.authoring.sources import open_source
    from grader.authoring.take import take_like

    with open_source(source) as library:
        taken = take_like(library, like, name, home)
    for file in taken.written:
        click.echo(f"wrote {file}")
    _say_next(name, home, course)


def course_here(named: Path | None) -> Course | None:
    """The course that is there; None where a folder is still to become one. One with a short seed is refused."""
    from grader.course.folder import Course
    from grader.course.seed import secrecy_of

    try:
        found = Course.find(Path(), named)
    except CourseError:
        if named is not None and not named.is_dir():
            raise
        return None
    refuse_short_seed(secrecy_of(found.spec().seed))
    return found


def new_course(home: Path) -> Course:
    """Make a folder a course, and say so."""
    from grader.authoring.new_course import begin_course
    from grader.course.folder import Course

    for line in begin_course(home):
        click.echo(line)
    return Course(home)


def _asked(question: str, default: str, read: Callable[[str], object]) -> str:
    """An answer that `read` can read; where it cannot, the reason, and the question again."""
    if not sys.stdin.isatty():
        raise GraderError("nobody is there to be asked for the signature; give it with --arg and --returns")
    while True:
        answer: str = click.prompt(question, default=default, show_default=bool(default))
        try:
            if answer:
                read(answer)
        except GraderError as error:
            click.echo(f"  {error}")
        else:
            return answer


def _asked_arguments() -> tuple[Parameter, ...]:
    if sys.stdin.isatty():
        click.echo(
            "A type is float, int, bool, complex, str or any, with a shape: float (m, n), int (n,), float (...)."
        )
    answers = [_asked("First argument, as `name: type`", _ARGUMENT, _parameter)]
    while answer := _asked("Next argument (Enter: that was all)", "", _parameter):
        answers.append(answer)
    return tuple(map(_parameter, answers))


def _result(text: str) -> Signature:
    return _signature("returns", text)


def _parameter(text: str) -> Parameter:
    from grader.authoring.new import check_argument
    from grader.course.key import Parameter

    name, colon, kind = (part.strip() for part in text.partition(":"))
    if not colon or not kind:
        raise GraderError(f"{text!r}: an argument is written as 'name: type', for example {_ARGUMENT!r}")
    return Parameter(check_argument(name), _signature(name, kind), kind)


def _signature(name: str, text: str) -> Signature:
    from grader.course.signature import SignatureError, parse

    try:
        return parse(text)
    except SignatureError as error:
        raise GraderError(f"{name}: {text!r}: {error}") from None


def _title(name: str) -> str:
    words = name.replace("_", " ").strip()
    return words[:1].upper() + words[1:]


def _say_next(name: str, home: Course, course: Path | None) -> None:
    """What to do next; `course` is how the course was named, if it was."""
    assignments = home.spec().assignments
    click.echo("\nNext:")
    click.echo(f"  1. write the task and the tests in exercises/{name}.yaml")
    click.echo(f"  2. put your solution into solutions/{name}.py")
    named = typed(course=course)
    show, build = shlex.join(["grader", "show", name, *named]), shlex.join(["grader", "build", *named])
    width = max(len(show), len(build))
    click.echo(f"  3. {show:{width}}      what was made of it: cases, inputs, answers, points")
    if assignments:
        click.echo(f"  4. add {name} to an assignment in course.yaml: {', '.join(item.name for item in assignments)}")
    else:
        click.echo(f"  4. {build:{width}}      what students get")
