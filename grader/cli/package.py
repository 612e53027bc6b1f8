"""`grader package`: a course made ready for another place to grade it in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.cli.class_options import course_keys, with_course, with_reveal

if TYPE_CHECKING:
    from grader.authoring.manifest import Written
    from grader.course.key import Assignment
    from grader.grading.keys import CourseKeys

__all__ = ["command"]

_PATH = click.Path(path_type=Path)
_with_assignment = click.option(
    "-a", "--assignment", metavar="NAME", help="The assignment, where the course has several."
)
_with_overwrite = click.option("--overwrite", is_flag=True, help="Also replace files that somebody has edited.")


@click.group("package", short_help="What another place grades with: Gradescope, Classroom 50, GitHub, a container.")
def command() -> None:
    """Make a folder or a file with which another place grades.

    \b
    Examples:
      grader package gradescope         a zip archive to upload as the autograder
      grader package classroom50        an autograder.py
      grader package github             a workflow, for the repository that students begin with
      grader package docker             a container, for a computer without walls
    """  # noqa: D301 — click reads a backspace as: do not wrap this


@command.command("docker", short_help="For hosts without walls (macOS, Windows): a container that grades a class.")
@click.option("--to", type=_PATH, metavar="DIR", help="Where to; else packages/docker in the course.")
@with_course
@_with_overwrite
def docker(to: Path | None, course: Path | None, overwrite: bool) -> None:
    """Make a folder from which Docker builds a container that grades a class.

    For computers on which submissions cannot be walled in: macOS, Windows, a Linux without Landlock. In the container
    is this very version of numgrade, with the versions of numpy and Python that are used here, and of the packages that
    the course names. The folder holds no part of the course, so nothing is said of its seed; its script is told where
    that is, and where the submissions are.

    \b
    Examples:
      grader package docker
      sh packages/docker/grade-class.sh                       what it can wall in
      sh packages/docker/grade-class.sh . submissions.zip     grade a class
    """  # noqa: D301 — click reads a backspace as: do not wrap this
    from grader.authoring.container import container_files
    from grader.authoring.manifest import write_files

    if to is not None and course is None:
        modules, place = list[str](), to
    else:
        keys = course_keys(course)
        modules, place = list(keys.packages.values()), to or keys.course.path / "packages" / "docker"
    _say(write_files(container_files(modules), place, part_of="the container", overwrite=overwrite))
    click.echo(f"Now: sh {place / 'grade-class.sh'} COURSE SUBMISSIONS (Windows: {place / 'grade-class'}).")


@command.command("gradescope", short_help="A zip archive to upload as Gradescope's autograder.")
@click.option(
    "--to", type=_PATH, metavar="DIR|FILE.zip", help="Where to; else packages/gradescope/autograder.zip in the course."
)
@_with_assignment
@with_reveal()
@with_course
@_with_overwrite
def gradescope(to: Path | None, assignment: str | None, reveal: str, course: Path | None, overwrite: bool) -> None:
    """Make the zip archive that Gradescope takes under Configure Autograder.

    In it are this very version of numgrade, and the answers of the assignment's tests: no YAML, no reference solution.
    What numgrade needs is installed from the package index when Gradescope builds the image. Students see every test
    with its points; of hidden ones, what --reveal allows. Late rules of the course hold, unless there are late days to
    spend, which only a gradebook can count: then nothing is taken off there.

    \b
    Examples:
      grader package gradescope
      grader package gradescope -a week2 --to ~/week2.zip
    """  # noqa: D301 — click reads a backspace as: do not wrap this
    from grader.authoring.platforms import gradescope_archive

    keys, chosen, answers = _packed(course, assignment, reveal)
    place = _file(to or keys.course.path / "packages" / "gradescope", "autograder.zip")
    _write(place, gradescope_archive(answers, list(keys.packages.values())), overwrite=overwrite)
    click.echo(f"Now: upload {place} in Gradescope, with {_points(keys, chosen)} points for the assignment.")
    click.echo("Choose Ubuntu 24.04 or newer as the base image; on 22.04, setup.sh installs Python 3.11 first.")


@command.command("classroom50", short_help="An autograder.py for Classroom 50.")
@click.option(
    "--to", type=_PATH, metavar="DIR|FILE.py", help="Where to; else packages/classroom50/autograder.py in the course."
)
@_with_assignment
@with_reveal()
@with_course
@_with_overwrite
def classroom50(to: Path | None, assignment: str | None, reveal: str, course: Path | None, overwrite: bool) -> None:
    """Make the autograder.py of an assignment of Classroom 50: one file that carries numgrade and the answers.

    Put it into autograders/SLUG/. Whoever can read that file can read the answers in it: keep its repository, and what
    is published of it, from your students. On the runner it needs Python 3.11 or newer and the package index.

    \b
    Examples:
      grader package classroom50
      grader package classroom50 -a week2 --to ~/classroom/autograders/week2/
    """  # noqa: D301 — click reads a backspace as: do not wrap this
    from grader.authoring.platforms import classroom50_script

    keys, chosen, answers = _packed(course, assignment, reveal)
    place = _file(to or keys.course.path / "packages" / "classroom50", "autograder.py")
    _write(place, classroom50_script(answers, list(keys.packages.values())), overwrite=overwrite)
    click.echo(f"Now: put it into autograders/{chosen.name}/. It holds the answers: let no student read it.")


@command.command("github", short_help="A workflow that gives feedback on every push to GitHub.")
@click.option("--to", type=_PATH, metavar="DIR", help="The repository that students begin with; else packages/github.")
@_with_assignment
@with_course
@_with_overwrite
def github(to: Path | None, assignment: str | None, course: Path | None, overwrite: bool) -> None:
    """Make a GitHub Actions workflow, and what it needs, for the repository that students begin with.

    On every push it runs `grade`: remarks beside the lines, the feedback on the run's page, a red cross while something
    is not right. Students can read all of it, so it has examples and practice alone; hidden tests stay with you.

    \b
    Examples:
      grader package github
      grader package github -a week2 --to ~/week2-template
    """  # noqa: D301 — click reads a backspace as: do not wrap this
    from grader.authoring.manifest import write_files
    from grader.authoring.platforms import github_files
    from grader.cli.build import handout_of
    from grader.cli.judging import assignment_of

    keys = _keys(course)
    place = to or keys.course.path / "packages" / "github"
    for folder, files in github_files(handout_of(keys, assignment_of(keys, assignment))).items():
        _say(write_files(files, place / folder, part_of="the workflow", overwrite=overwrite), f"{folder}/")
    click.echo(f"Now: commit .github in {place}, in the repository that students begin with.")


def _keys(course: Path | None) -> CourseKeys:
    """The keys of a course that may be packaged."""
    from grader.cli.seed import refuse_short_seed, tell_of_seed

    keys = course_keys(course)
    refuse_short_seed(keys.secrecy)
    tell_of_seed(keys.secrecy)
    return keys


def _packed(course: Path | None, assignment: str | None, reveal: str) -> tuple[CourseKeys, Assignment, bytes]:
    """The course, the assignment, and its answers in one file."""
    from grader.cli.judging import assignment_of
    from grader.grading.pack import pack

    keys = _keys(course)
    chosen = assignment_of(keys, assignment)
    if chosen.variants > 1:
        click.echo(
            f"note: {chosen.name} has {chosen.variants} variants; there nobody's id is known, and all are judged as "
            "variant 0 of them",
            err=True,
        )
    return keys, chosen, pack(keys, chosen, reveal)


def _points(keys: CourseKeys, assignment: Assignment) -> str:
    from fractions import Fraction

    from grader.report.words import points_text

    return points_text(sum((key.points for key in keys.keys(assignment.exercises).values()), Fraction()))


def _file(to: Path, name: str) -> Path:
    """The file that is named, or the one of that name in the folder that is."""
    return to if to.suffix == Path(name).suffix and not to.is_dir() else to / name


def _write(place: Path, data: bytes, *, overwrite: bool) -> None:
    """A file that holds the answers."""
    from grader.authoring.manifest import write_files
    from grader.disk import Readers

    files = {place.name: data}
    # part of itself alone: beside it may lie the packages of other assignments
    _say(write_files(files, place.parent, part_of=place.name, readers=Readers.OWNER, overwrite=overwrite))


def _say(done: Written, folder: str = "") -> None:
    for name in done.written:
        click.echo(f"wrote      {folder}{name}")
    for name in done.unchanged:
        click.echo(f"unchanged  {folder}{name}")
    for name in done.left_over:
        click.echo(f"left over  {folder}{name} (of an earlier version; delete it)")
