"""`grader regrade`: what a changed exercise changes."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from grader.cli.class_options import course_keys, crew, gradebook_file, with_course, with_gradebook, with_processes
from grader.cli.seed import tell_of_seed

if TYPE_CHECKING:
    from fractions import Fraction

    from grader.classroom.gradebook import Gradebook
    from grader.classroom.pool import Pool
    from grader.classroom.queries import Change
    from grader.classroom.regrade import Group, Preview, Reason
    from grader.course.key import AnswerKey, Assignment
    from grader.grading.keys import CourseKeys

__all__ = ["command"]

_MOST_NAMES: Final = 12  # of students in a group


@click.command("regrade", short_help="After an exercise changed: see who gains or loses, then write it.")
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option("--apply", "is_applied", is_flag=True, help="Write the new grades; without it, only show them.")
@click.option("--allow-lower", is_flag=True, help="With --apply: lower grades too.")
@click.option("--alone", metavar="STUDENT", default="", help="All work of one student, by calls of its own alone.")
@with_course
@with_gradebook
@with_processes
@click.pass_context
def command(
    context: click.Context,
    names: tuple[str, ...],
    is_applied: bool,
    allow_lower: bool,
    alone: str,
    course: Path | None,
    gradebook: Path | None,
    jobs: int | None,
    isolation: str,
    cluster: str | None,
) -> None:
    """Judge again what was judged before its exercise changed, and show who would gain or lose, and by which test.

    Without a NAME: every exercise that changed since. With one: also where only Python, numpy, numgrade or the
    isolation is another. Nothing is written without --apply, and no grade is lowered without --allow-lower. A mark by
    hand stays whatever comes; what cannot be judged keeps the grade that it has.

    \b
    Examples:
      grader regrade                        who would gain, who would lose, and why
      grader regrade --apply                raise the grades that rise; leave the others
      grader regrade softmax --apply --allow-lower
      grader regrade --alone 4711           one student's work, whatever it has in common with that of others

    \b
    Exit status:
      0  shown, or written
      2  the request cannot be carried out
      3  something could not be judged, through a fault of ours
    """  # noqa: D301 — click reads a backspace as: do not wrap this
    from grader.classroom.gradebook import Gradebook
    from grader.classroom.regrade import preview
    from grader.cli.judging import check_name

    if allow_lower and not is_applied:
        raise click.UsageError("--allow-lower goes with --apply; without it nothing is written.")
    keys = course_keys(course)
    tell_of_seed(keys.secrecy)
    with Gradebook(gradebook_file(gradebook, keys.course.path)) as book:
        met = _met(book, keys)
        every = {each.name: keys.variants(each) for each in met}
        known = {name: key for first, *_ in every.values() for name, key in first.items()}
        for name in names:
            check_name(name, tuple(known), "exercise")
        _tell_of_shared(book, alone)
        workers = crew(keys, met, jobs=jobs, isolation=isolation, cluster=cluster)
        with workers.proved() as pool:
            with book.writing():
                for each in met:
                    book.enrol(each, keys.title, every[each.name][0], every[each.name][1:])
            drawn = _drawn_anew(book, met, names)
            number = _rejudged(book, names, known, pool, alone=alone)
        found = preview(book, names, number, alone=alone)
        _tell(found, drawn)
        if is_applied:
            _apply(book, names, number, found, allow_lower=allow_lower, alone=alone)
        elif found.groups or found.same:
            click.echo("Nothing is written yet: `grader regrade --apply` does.")
    context.exit(3 if found.not_judged else 0)


def _met(book: Gradebook, keys: CourseKeys) -> list[Assignment]:
    """The course's assignments that something was handed in for, as they are now."""
    from grader.classroom.queries import assignments
    from grader.cli.judging import assignments_of

    every = {each.name: each for each in assignments_of(keys)}
    return [every[name] for name in assignments(book) if name in every]


def _tell_of_shared(book: Gradebook, student: str) -> None:
    """Whose calls a student's grades rest on, where one is named."""
    from grader.classroom.queries import check_student
    from grader.classroom.regrade import shared

    if not student:
        return
    check_student(book, student)
    for exercise, others in shared(book, student):
        click.echo(f"{exercise}: so far by calls that were made for {_listed(others) or 'work that is gone'}.")


def _rejudged(book: Gradebook, names: tuple[str, ...], keys: Mapping[str, AnswerKey], pool: Pool, *, alone: str) -> int:
    """The environment that it was done in, by its number."""
    from grader.classroom.regrade import rejudge
    from grader.cli.progress import progress

    try:
        with progress() as on_progress:
            environment = rejudge(book, names, keys, pool, alone=alone, on_progress=on_progress)
    except KeyboardInterrupt:
        click.echo("Stopped. No grade is changed; what was judged is kept for the next time.", err=True)
        raise
    with book.writing():
        return book.environment(environment)


def _drawn_anew(book: Gradebook, met: Iterable[Assignment], names: tuple[str, ...]) -> list[Change]:
    """The exercises of which numgrade itself has changed the inputs since they were judged."""
    from grader.classroom.queries import changed_since

    changes = (change for each in met for change in changed_since(book, each.name))
    return [change for change in changes if change.form is not None and (not names or change.exercise in names)]


def _tell(found: Preview, drawn: Iterable[Change]) -> None:
    from grader.classroom.regrade import Direction
    from grader.cli.changed import changed_words
    from grader.report.page import Page, terminal
    from grader.report.words import counted

    page = Page(terminal(sys.stdout))
    for change in drawn:
        page.paragraph(page.text(changed_words(change)), hanging=2)
    for direction, words in ((Direction.GAIN, "would gain"), (Direction.LOSE, "would lose")):
        groups = [group for group in found.groups if group.direction is direction]
        if groups:
            page.paragraph(page.text(f"{counted(found.count(direction), 'grade')} {words}:", "bold"))
        for group in groups:
            page.paragraph(page.text(f"{_headed(group)}: {_listed(group.students)}"), indent=2, hanging=2)
            for reason in group.reasons:
                page.paragraph(page.text(_because(reason)), indent=4, hanging=2)
    facts = []
    if found.same:
        facts.append(f"{counted(found.same, 'grade')} would keep {'its' if found.same == 1 else 'their'} points.")
    if found.marked:
        listed = _listed(tuple(f"{place.student} ({place.exercise})" for place in found.marked))
        facts.append(f"Marks by hand stay: {listed}.")
    if found.not_judged:
        listed = _listed(tuple(f"{place.student} ({place.exercise})" for place in found.not_judged))
        facts.append(f"NOT JUDGED, through a fault of ours; these grades stay as they are: {listed}.")
    for fact in facts or ([] if found.groups else ["No grade is of an older form of its exercise."]):
        page.paragraph(page.text(fact))


def _headed(group: Group) -> str:
    from grader.report.words import counted

    before = "not judged" if group.before is None else _points(group.before)
    return f"{group.exercise} {before} → {_points(group.after)}, {counted(len(group.students), 'student')}"


def _because(reason: Reason) -> str:
    if reason.before is None:
        return f"because of the new test `{reason.test}`: +{_points(reason.after)}"
    if reason.after is None:
        return f"because the test `{reason.test}` is gone: -{_points(reason.before)}"
    return f"because of `{reason.test}`: {_points(reason.before)} → {_points(reason.after)}"


def _points(points: Fraction | None) -> str:
    from fractions import Fraction

    from grader.report.words import points_text

    return points_text(points or Fraction())


def _listed(names: tuple[str, ...]) -> str:
    more = len(names) - _MOST_NAMES
    return ", ".join(names[:_MOST_NAMES]) + (f" and {more} more" if more > 0 else "")


def _apply(
    book: Gradebook, names: tuple[str, ...], environment: int, found: Preview, *, allow_lower: bool, alone: str
) -> None:
    from grader.classroom.regrade import Direction, apply
    from grader.report.words import counted

    lost = found.count(Direction.LOSE)
    directions = set(Direction) if allow_lower else {Direction.GAIN, Direction.SAME}
    changed = apply(book, names, environment, directions=directions, alone=alone)
    click.echo(f"Written: {counted(changed, 'grade')}." if changed else "Nothing to write.")
    if lost and not allow_lower:
        stay = "and stays; --allow-lower lowers it" if lost == 1 else "and stay; --allow-lower lowers them"
        click.echo(f"{counted(lost, 'grade')} would have been lowered, {stay}.")
