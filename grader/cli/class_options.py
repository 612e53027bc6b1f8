"""Options shared by the commands for a class, and what they stand for: course, gradebook, worker processes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

if TYPE_CHECKING:
    from grader.classroom.jobs import Setup
    from grader.classroom.run import Crew
    from grader.course.key import Assignment
    from grader.grading.keys import CourseKeys

__all__ = [
    "course_keys",
    "crew",
    "gradebook_file",
    "with_course",
    "with_gradebook",
    "with_processes",
    "written_language",
]

_PATH: Final = click.Path(path_type=Path)
_NAME: Final = "gradebook.db"

F = TypeVar("F", bound=Callable[..., Any])


def with_course(command: F) -> F:
    """Adds `--course`."""
    return click.option("--course", type=_PATH, metavar="DIR", help="The course; else the one of this folder.")(command)


def with_gradebook(command: F) -> F:
    """Adds `--gradebook`."""
    words = f"The gradebook; else {_NAME} in the course."
    return click.option("--gradebook", type=_PATH, metavar="FILE", help=words)(command)


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


def gradebook_file(gradebook: Path | None, course: Path | None) -> Path:
    """The gradebook that is named (no course is needed then), or the course's."""
    if gradebook is not None:
        return gradebook
    from grader.course.folder import Course

    return Course.find(Path(), course).path / _NAME


def written_language(course: Path | None, gradebook: Path | None) -> str | None:
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

    if cluster is None:
        return Crew(local_executor, jobs or processors(), Setup(keys.course.path, isolation))
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

    try:
        from grader.classroom.cluster import Cluster
    except ModuleNotFoundError as error:
        if error.name not in ("dask", "distributed"):
            raise
        raise GraderError("--cluster needs Dask, which is not installed: pip install 'numgrade[cluster]'") from None
    return Crew(lambda width: Cluster(address, setup, tell=lambda words: click.echo(words, err=True)), jobs, setup)


def _packed(keys: CourseKeys, names: Iterable[str]) -> bytes:
    from grader.course.key import Assignment
    from grader.grading.pack import pack
    from grader.judge.reveal import Reveal

    return pack(keys, Assignment("", "", tuple(names)), Reveal.ALL.value)
