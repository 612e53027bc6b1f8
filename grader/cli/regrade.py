"""`grader regrade`: what a changed exercise changes."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

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
from grader.cli.notes import tell, tell_aside
from grader.cli.seed import tell_of_seed

if TYPE_CHECKING:
    from grader.classroom.gradebook import Gradebook, Holder
    from grader.classroom.location import Location
    from grader.classroom.pool import Pool
    from grader.classroom.queries import Change
    from grader.classroom.regrade import Group, Preview
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
@in_language
@click.pass_context
def command(
    context: click.Context,
    names: tuple[str, ...],
    is_applied: bool,
    allow_lower: bool,
    alone: str,
    course: Path | None,
    gradebook: Location | None,
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
    from grader.words.text import said

    if allow_lower and not is_applied:
        raise click.UsageError(said("regrade.lower_alone"))
    keys = course_keys(course)
    tell_of_seed(keys.secrecy)
    with Gradebook(gradebook_place(gradebook, keys.course.path)) as book:
        met = _met(book, keys)
        every = {each.name: keys.variants(each) for each in met}
        known = {name: key for first, *_ in every.values() for name, key in first.items()}
        for name in names:
            check_name(name, tuple(known), "exercise")
        _tell_of_shared(book, alone)
        with crew(keys, met, jobs=jobs, isolation=isolation, cluster=cluster).proved() as pool:
            with book.writing():
                for each in met:
                    book.enrol(each, keys.title, every[each.name][0], every[each.name][1:])
            drawn = _drawn_anew(book, met, names)
            number = _rejudged(book, names, known, pool, alone=alone)
        found = preview(book, names, number, alone=alone)
        _tell(found, _of_exercises(book, met, drawn))
        if is_applied:
            _apply(book, found, allow_lower=allow_lower)
        elif found.groups or found.same:
            _tell_how(found, (*names, *typed(alone=alone, course=course, gradebook=gradebook)))
    context.exit(3 if found.not_judged else 0)


def _tell_how(found: Preview, asked: Iterable[str]) -> None:
    """Name the command that writes it; where there are lower grades alone, with the option that writes those."""
    from grader.classroom.regrade import NOT_LOWER
    from grader.words.text import said

    is_lower_alone = not found.same and not any(found.count(direction) for direction in NOT_LOWER)
    lower = ["--allow-lower"] if is_lower_alone else []
    tell(said("regrade.preview", command=shlex.join(["grader", "regrade", *asked, "--apply", *lower])))


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
    from grader.words.text import said

    if not student:
        return
    check_student(book, student)
    for exercise, others in shared(book, student):
        whose = _listed(others) or said("regrade.shared.gone")
        tell(said("regrade.shared", exercise=exercise, others=whose))


def _rejudged(book: Gradebook, names: tuple[str, ...], keys: Mapping[str, AnswerKey], pool: Pool, *, alone: str) -> int:
    """The environment that it was done in, by its number."""
    from grader.classroom.regrade import rejudge
    from grader.cli.progress import progress
    from grader.words.text import said

    try:
        with progress() as on_progress:
            environment = rejudge(book, names, keys, pool, alone=alone, on_progress=on_progress)
    except KeyboardInterrupt:
        tell_aside(said("regrade.stopped"))
        raise
    with book.writing():
        return book.environment(environment)


def _drawn_anew(book: Gradebook, met: Iterable[Assignment], names: tuple[str, ...]) -> list[Change]:
    """The exercises of which numgrade itself has changed the inputs since they were judged."""
    from grader.classroom.queries import changed_since

    changes = (change for each in met for change in changed_since(book, each.name))
    return [change for change in changes if change.form is not None and (not names or change.exercise in names)]


def _of_exercises(book: Gradebook, met: Iterable[Assignment], drawn: Iterable[Change]) -> Iterator[str]:
    """What is said of exercises whoever gains or loses: which are gone, and which draw other inputs."""
    from grader.cli.changed import changed_words
    from grader.exchange.taken_out import taken_out_words

    for each in met:
        yield from taken_out_words(book, each.name)
    yield from map(changed_words, drawn)


def _tell(found: Preview, exercises: Iterable[str]) -> None:
    """What would change; before it, what is said of `exercises` whoever gains or loses."""
    from grader.classroom.regrade import Direction
    from grader.exchange.regraded import because, maxima
    from grader.report.page import Page, terminal
    from grader.words.text import said

    page = Page(terminal(sys.stdout))
    for words in (*exercises, *maxima(found)):
        page.paragraph(page.text(words), hanging=2)
    for direction, heading in ((Direction.GAIN, "regrade.gain"), (Direction.LOSE, "regrade.lose")):
        groups = [group for group in found.groups if group.direction is direction]
        if groups:
            page.paragraph(page.text(said(heading, count=found.count(direction)), "bold"))
        for group in groups:
            page.paragraph(
                page.text(said("regrade.students", group=_headed(group), students=_listed(group.students))),
                indent=2,
                hanging=2,
            )
            for reason in group.reasons:
                page.paragraph(page.text(because(reason)), indent=4, hanging=2)
    facts = list(_facts(found))
    for fact in facts or ([] if found.groups else [said("regrade.nothing")]):
        page.paragraph(page.text(fact))


def _facts(found: Preview) -> Iterator[str]:
    """What is said below the grades that would change."""
    from grader.exchange.regraded import above
    from grader.words.text import said

    if found.same:
        yield said("regrade.same", count=found.same)
    if found.marked:
        yield said("regrade.marks", places=_listed(tuple(map(_place, found.marked))))
    if found.above:
        yield said(
            "regrade.marks.above", places=_listed(tuple(above(each, _place(each.holder)) for each in found.above))
        )
    if found.not_judged:
        yield said("regrade.not_judged", places=_listed(tuple(map(_place, found.not_judged))))


def _place(holder: Holder) -> str:
    return f"{holder.student} ({holder.exercise})"


def _headed(group: Group) -> str:
    from grader.report.words import points_text
    from grader.words.text import said

    before = said("regrade.group.not_judged") if group.before is None else points_text(group.before)
    count, after = len(group.students), points_text(group.after)
    return said("regrade.group", exercise=group.exercise, before=before, after=after, count=count)


def _listed(names: tuple[str, ...]) -> str:
    from grader.words.text import said

    more = len(names) - _MOST_NAMES
    listed = said("list.between").join(names[:_MOST_NAMES])
    return said("regrade.names.more", names=listed, count=more) if more > 0 else listed


def _apply(book: Gradebook, found: Preview, *, allow_lower: bool) -> None:
    from grader.classroom.changed_marks import note_as_seen
    from grader.classroom.regrade import NOT_LOWER, Direction, apply
    from grader.words.text import said

    lost = found.count(Direction.LOSE)
    note_as_seen(book, [mark.holder for mark in found.marks if mark.is_unjudged])
    changed = apply(book, found.moves, directions=Direction if allow_lower else NOT_LOWER)
    tell(said("regrade.written", count=changed) if changed else said("regrade.written.nothing"))
    if lost and not allow_lower:
        tell(said("regrade.kept", count=lost))
