"""Options that several commands share, and what they stand for: course, gradebook, what is told, language."""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar, final

import click

from grader.cli.language import language_option, of_people, of_programs
from grader.cli.notes import tell_aside
from grader.words.language import speaking

if TYPE_CHECKING:
    from grader.classroom.jobs import Setup
    from grader.classroom.location import Location
    from grader.classroom.run import Crew
    from grader.course.key import Assignment
    from grader.grading.keys import CourseKeys

__all__ = [
    "PLACE",
    "course_keys",
    "crew",
    "gradebook_place",
    "in_language",
    "templates_folder",
    "typed",
    "with_course",
    "with_gradebook",
    "with_processes",
    "with_reveal",
    "written_language",
]

_PATH: Final = click.Path(path_type=Path)
_METAVAR: Final = "FILE|URL"
_NAME: Final = "gradebook.db"
_REVEALS: Final = ("nothing", "category", "hint", "all")
_OF_HIDDEN: Final = "How much students are told of hidden tests; below all, never an input or a value."

F = TypeVar("F", bound=Callable[..., Any])


@final
class _Place(click.ParamType):  # type: ignore[type-arg,unused-ignore]  # generic in newer versions alone
    """Where a gradebook is: a file, or the URL of a database."""

    name = "place"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Location:
        from grader.classroom.location import location_of

        return location_of(value) if isinstance(value, str) else value


PLACE: Final = _Place()


def with_course(command: F) -> F:
    """Adds `--course`."""
    return click.option("--course", type=_PATH, metavar="DIR", help="The course; else the one of this folder.")(command)


def with_gradebook(command: F) -> F:
    """Adds `--gradebook`."""
    words = f"The gradebook, or postgresql://USER@HOST/DATABASE; else {_NAME} in the course."
    return click.option("--gradebook", type=PLACE, metavar=_METAVAR, help=words)(command)


def with_processes(command: F) -> F:
    """Adds `--jobs`, `--isolation` and `--cluster`."""
    jobs = click.option(
        "-j", "--jobs", type=click.IntRange(min=1), metavar="N", help="Processes at once; else one for each processor."
    )
    isolation = click.option(
        "--isolation",
        type=click.Choice(["standard", "strict", "none"]),
        default="standard",
        show_default=True,
        help="The walls around what students hand in (`grader doctor`); none: no walls, for files that you trust.",
    )
    cluster = click.option(
        "--cluster",
        metavar="ADDRESS",
        help="Judge on the workers of a Dask cluster: the scheduler's address or its file (docs/scale.md).",
    )
    return jobs(isolation(cluster(command)))


def with_reveal(words: str = _OF_HIDDEN, *, default: str | None = "hint") -> Callable[[F], F]:
    """Adds `--reveal`; without a default, something else says how much is told."""
    levels = click.Choice(_REVEALS)
    return click.option("--reveal", type=levels, default=default, show_default=default is not None, help=words)


def in_language(command: Callable[..., Any]) -> Callable[..., Any]:
    """Adds `--language`, and lets all that a command of teachers says be in that language.

    Else it is that of the course which `--course` names, or which is here. With a `--format` for programs, English.
    """

    @functools.wraps(command)
    def speaks(*arguments: Any, language: str | None, **options: Any) -> Any:
        from grader.cli.judging import worded

        if options.get("form", "text") != "text":
            spoken = of_programs(language)
        else:
            spoken = of_people(language, _written(options.get("course"), options.get("gradebook")))
        with speaking(spoken), worded():
            return command(*arguments, **options)

    return language_option(speaks)


def _written(course: Path | None, gradebook: Location | None) -> str | None:
    """What course.yaml says; None where it cannot be read, which the command itself will say."""
    from grader.errors import GraderError

    with contextlib.suppress(GraderError, OSError):
        return written_language(course, gradebook)
    return None


def course_keys(course: Path | None) -> CourseKeys:
    """The answer keys of the course that is named, or of the one of this folder, with which a class is to be judged.

    Raises `GraderError` where a package that they need is not there.
    """
    keys = _keys(course)
    keys.check_packages()
    return keys


def _keys(course: Path | None) -> CourseKeys:
    from grader.cli.judging import say_bare, say_compiling
    from grader.course.folder import Course
    from grader.grading.keys import CourseKeys, cache_folder

    found = Course.find(Path(), course)
    return CourseKeys(found, cache=cache_folder(), on_compile=say_compiling, on_bare=say_bare)


def gradebook_place(gradebook: Location | None, course: Path | None) -> Location:
    """Where the gradebook is that is named (no course is needed then), or the course's."""
    if gradebook is not None:
        return gradebook
    from grader.course.folder import Course

    return Course.find(Path(), course).path / _NAME


def templates_folder(gradebook: Location | None, course: Path | None) -> Path | None:
    """The course whose templates/ come before ours; none where a gradebook is named and no course."""
    if gradebook is not None and course is None:
        return None
    from grader.course.folder import Course

    return Course.find(Path(), course).path


def typed(**options: object) -> list[str]:
    """Options as they are typed, without those that were not given: so that a command that is proposed is the same."""
    return [word for name, value in options.items() if value for word in (f"--{name}", _as_typed(value))]


def _as_typed(value: object) -> str:
    """A URL as it was given: it has led to the database, so that nothing in it is in a wrong place."""
    from grader.classroom.location import DatabaseUrl

    return value.text if isinstance(value, DatabaseUrl) else str(value)


def written_language(course: Path | None, gradebook: Location | None) -> str | None:
    """What course.yaml says of the language; None where it does not, or where a gradebook is named and no course."""
    if gradebook is not None and course is None:
        return None
    return _keys(course).language


def crew(
    keys: CourseKeys, assignments: Sequence[Assignment], *, jobs: int | None, isolation: str, cluster: str | None
) -> Crew:
    """The processes of this machine, or of a cluster, for these assignments."""
    from grader.classroom.jobs import Setup
    from grader.classroom.local import local_executor
    from grader.classroom.pool import processors
    from grader.classroom.run import Crew
    from grader.course.variant import variants
    from grader.observe.walls.levels import Level, wished

    if cluster is None:
        opened = partial(local_executor, is_one_family=Level.STRICT not in wished(isolation), are_forked=True)
        return Crew(opened, jobs or processors(), Setup(keys.course.path, isolation))
    counts = {each.variants for each in assignments} - {1}
    packs = [
        (one, _packed(keys.of(one), _exercises(each for each in assignments if each.variants == count)))
        for count in sorted(counts)
        for one in variants(count)
    ]
    names = _exercises(assignments)
    return _far_crew(cluster, Setup(_packed(keys, names), isolation, tuple(packs)), jobs or 1)


def _exercises(assignments: Iterable[Assignment]) -> list[str]:
    return list(dict.fromkeys(name for each in assignments for name in each.exercises))


def _far_crew(address: str, setup: Setup, jobs: int) -> Crew:
    from grader.classroom.run import Crew
    from grader.errors import GraderError
    from grader.words.text import said

    try:
        from grader.classroom.cluster import Cluster
    except ModuleNotFoundError as error:
        if error.name not in ("dask", "distributed"):
            raise
        raise GraderError(said("run.no_dask")) from None
    return Crew(lambda width: Cluster(address, setup, tell=tell_aside), jobs, setup)


def _packed(keys: CourseKeys, names: Iterable[str]) -> bytes:
    from grader.course.key import Assignment
    from grader.grading.pack import pack
    from grader.judge.reveal import Reveal

    return pack(keys, Assignment("", "", tuple(names)), Reveal.ALL.value)
