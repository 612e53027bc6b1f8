"""`grader run`: grade a class."""

from __future__ import annotations

import contextlib
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from grader.cli.class_options import (
    course_keys,
    crew,
    gradebook_place,
    in_language,
    typed,
    with_course,
    with_gradebook,
    with_processes,
)
from grader.cli.notes import tell_aside
from grader.cli.run_report import Intake, report, status
from grader.cli.seed import tell_of_seed

if TYPE_CHECKING:
    from grader.classroom.gradebook import Gradebook
    from grader.classroom.location import Location
    from grader.classroom.run import Tally
    from grader.cli.run_watch import Work

__all__ = ["command"]


@click.command("run", short_help="Grade a class: a download from your LMS into the gradebook.")
@click.argument("submissions", type=click.Path(path_type=Path))
@click.option("-a", "--assignment", metavar="NAME", help="The assignment, where the course has several.")
@click.option(
    "--layout",
    type=click.Choice(["canvas", "moodle", "gradescope", "brightspace", "blackboard", "plain"]),
    help="How the download names its files; else it is seen from them.",
)
@click.option(
    "--zip-names",
    type=click.Choice(["gbk", "big5", "cp932", "cp949", "cp866", "cp852", "cp850", "cp437"]),
    help="The encoding of names in a zip file that does not say it; asked for where they cannot be read.",
)
@click.option("--watch", "is_watching", is_flag=True, help="Judge what comes into the folder, until Ctrl-C or `q`.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to report.")
@with_course
@with_gradebook
@with_processes
@in_language
@click.pass_context
def command(
    context: click.Context,
    submissions: Path,
    assignment: str | None,
    layout: str | None,
    zip_names: str | None,
    is_watching: bool,
    form: str,
    course: Path | None,
    gradebook: Location | None,
    jobs: int | None,
    isolation: str,
    cluster: str | None,
) -> None:
    """Grade a class, and write the grades into the gradebook.

    SUBMISSIONS is the zip file as your LMS gives it to you (Canvas, Moodle, Gradescope, Brightspace, Blackboard), or a
    folder with one file or one folder for each student. Every file ends up judged, or listed with why not.

    Run it as often as you like: what has its grade is not judged again. A later submission of a student takes the
    place of the earlier one. After Ctrl-C, or a crash, the same command goes on where it stopped. A grade that stands
    never changes because an exercise did: `grader regrade` is for that.

    \b
    Examples:
      grader run submissions.zip             this course's only assignment
      grader run week2.zip -a week2          one of several
      grader run submissions/ -j 8           a folder, eight processes at once
      grader run submissions/ --watch        a folder that fills: what comes in, when it comes
      grader run a.zip --cluster tcp://head:8786
                                             on the workers of a Dask cluster
      grader run submissions.zip --format json > run.json

    \b
    Exit status:
      0  every file is judged, or listed with why not
      1  somebody's work may be lost: there was too much of it, or it may be of two students; listed with why
      2  the request cannot be carried out
      3  something could not be judged, through a fault of ours
    """  # noqa: D301 — click reads a backspace as: do not wrap this
    from grader.classroom.gradebook import Gradebook
    from grader.classroom.hand_in import Layout
    from grader.cli.judging import assignment_of
    from grader.cli.run_watch import Work, watch

    if is_watching:
        _check_watch(submissions, form)
    _check_class(submissions)
    is_sure = cluster is None and submissions.exists() and _begins_early(gradebook_place(gradebook, course), isolation)
    keys = course_keys(course)
    tell_of_seed(keys.secrecy)
    chosen = assignment_of(keys, assignment)
    place = gradebook_place(gradebook, keys.course.path)
    workers = crew(keys, [chosen], jobs=jobs, isolation=isolation, cluster=cluster)
    work = Work(submissions, Layout(layout) if layout else None, zip_names, keys, chosen, workers)
    intake, tally = watch(work, place) if is_watching else _judged_once(work, place, is_sure=is_sure)
    with Gradebook(place) as book:
        options = typed(assignment=_if_several(book, chosen.name), course=course, gradebook=gradebook)
        report(book, intake, tally, form, options)
        context.exit(status(book, intake))


def _begins_early(place: Location, isolation: str) -> bool:
    """Whether it is sure that something will be judged: no gradebook is there.

    Then numpy is imported for what submissions are run in while it is imported here.
    """
    from grader.observe.walls.levels import Level, wished

    if not isinstance(place, Path) or place.exists():
        return False
    if Level.STRICT not in wished(isolation):
        from grader.observe.ancestor import begin_early

        begin_early()
    return True


def _check_class(submissions: Path) -> None:
    """Raises `UsageError` where that is a course, whose folders would be taken for students."""
    from grader.words.text import said

    if (submissions / "course.yaml").is_file():
        raise click.UsageError(said("run.is_a_course", folder=submissions))


def _check_watch(submissions: Path, form: str) -> None:
    """Raises `UsageError` where that cannot be watched, or cannot be told of."""
    from grader.words.text import said

    if form != "text":
        raise click.UsageError(said("run.watch.form"))
    if not submissions.is_dir():
        raise click.UsageError(said("run.watch.no_folder", place=submissions))


def _judged_once(work: Work, place: Location, *, is_sure: bool) -> tuple[Intake, Tally]:
    """Take in what there is, and judge it into the gradebook at `place`.

    Where it `is_sure` that something will be judged, the processes that do begin before the class is read: as forks of
    this one they would else have all that is known of it in memory, to their end.
    """
    from grader.classroom.collect import collect
    from grader.classroom.gradebook import Gradebook
    from grader.classroom.readable import with_readable
    from grader.classroom.run import most_due, take_in

    name, number_of = work.assignment.name, partial(work.keys.number_of, work.assignment)
    known, *others = work.keys.variants(work.assignment)
    with contextlib.ExitStack() as stack:
        pool = stack.enter_context(work.workers.pool())
        if is_sure:
            pool.begin()
        with collect(work.place, layout=work.layout, zip_names=work.zip_names) as found:
            collection = with_readable(found)
            most = most_due(place, work.assignment, collection)
            pool.narrow(most)
            if most:
                pool.environment()
            with Gradebook(place, create=True) as book:
                with book.writing():
                    book.enrol(work.assignment, work.keys.title, known, others)
                intake = Intake(name, str(work.place), take_in(book, name, collection, str(work.place), number_of))
        del collection, found  # nobody needs their names any more
        with Gradebook(place) as book:
            return intake, _judged(book, name, known, pool)


def _judged(book: Gradebook, assignment: str, keys: Any, pool: Any) -> Tally:
    from grader.classroom.run import judge_due
    from grader.cli.progress import progress
    from grader.words.text import said

    try:
        with progress() as on_progress:
            return judge_due(book, assignment, keys, pool, on_progress=on_progress)
    except KeyboardInterrupt:
        left = book.count_due(assignment)
        tell_aside(said("run.stopped", count=left))
        raise


def _if_several(book: Gradebook, assignment: str) -> str | None:
    """The assignment, where the gradebook has others too, so that commands have to name it."""
    from grader.classroom.queries import assignments

    return assignment if len(assignments(book)) > 1 else None
