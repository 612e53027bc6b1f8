"""`grader build`: what students get of an assignment, as a folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.cli.class_options import with_course, with_gradebook
from grader.cli.judging import assignment_of, assignments_of, say_bare, say_compiling
from grader.cli.language import language_option
from grader.cli.notes import tell_aside
from grader.cli.seed import refuse_short_seed, tell_of_seed
from grader.errors import CourseError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from grader.authoring.build import BuildReport
    from grader.classroom.location import Location
    from grader.course.key import Assignment, Handout
    from grader.course.variant import Variant
    from grader.grading.keys import CourseKeys

__all__ = ["build_assignment", "command", "handout_of"]

_PATH = click.Path(path_type=Path)
_NUMBERS = "variants.csv"
_MOST_MUTANTS = 1 << 19  # bytes for one exercise, in a file that students download


@click.command("build", short_help="Make what students get: stubs, a notebook, a page, a key.")
@click.argument("assignment", required=False)
@click.option("--to", type=_PATH, metavar="DIR", help="Where to; else handouts/ASSIGNMENT in the course.")
@with_course
@click.option("--no-wheel", is_flag=True, help="Leave out the checker's wheel, which students install `grade` from.")
@click.option("--overwrite", is_flag=True, help="Also replace files that somebody has edited.")
@click.option("--roster", type=_PATH, metavar="FILE.csv", help="Where there are variants: students, in a column `id`.")
@with_gradebook
@language_option
def command(
    assignment: str | None,
    to: Path | None,
    course: Path | None,
    no_wheel: bool,
    overwrite: bool,
    roster: Path | None,
    gradebook: Location | None,
    language: str | None,
) -> None:
    """Make the handout of an assignment; without a name, of each.

    A stub for each exercise, one notebook (`form:` in course.yaml says which of both), a page to read or print, a key
    with examples and practice cases, and the checker as a wheel, so that students can run `grade` at home. No hidden
    test, no seed and no solution is in any of it. The same course makes the same files; files that somebody has edited
    since are left alone, and named.

    Where an assignment has variants, there is a folder for each (variant-0, variant-1, …), and variants.csv says which
    is whose.

    \b
    Examples:
      grader build                       every assignment, each into handouts/NAME of the course
      grader build numpy-basics --to ~/public/week1
      grader build numpy-basics --to ~/public/week1-zh --language zh
    """  # noqa: D301 — click reads a backspace as: do not wrap this
    from grader.cli.roster import of_roster
    from grader.grading.keys import CourseKeys, open_keys
    from grader.judge.messages.keys import FOR_AUTHORS

    keys = open_keys((Path(),), course, on_compile=say_compiling, on_bare=say_bare, advice=FOR_AUTHORS())
    if not isinstance(keys, CourseKeys):
        raise CourseError("this is a handout already; build it where its course is, with --course DIR")
    refuse_short_seed(keys.secrecy)
    students = None if roster is None else tuple(of_roster(roster))
    checker = {} if no_wheel else _wheel()
    every = _chosen(keys, assignment, to)
    for chosen, folder in every:
        _check_no_others(chosen, folder)
    for chosen, folder in every:
        for one, place in _places(chosen, folder):
            _say(build_assignment(keys.of(one), chosen, place, checker=checker, overwrite=overwrite, language=language))
        if chosen.variants > 1:
            _write_variants(keys, chosen, folder, students, gradebook)
    built = {name for one in assignments_of(keys) for name in one.exercises}
    left_out = [name for name in keys.names if name not in built]
    if left_out:
        tell_aside(f"note: in no assignment of course.yaml, and so never built: {', '.join(left_out)}")
    tell_of_seed(keys.secrecy)


def _places(assignment: Assignment, to: Path) -> list[tuple[Variant, Path]]:
    """The variants of an assignment, and the folder for each."""
    from grader.course.variant import variants

    if assignment.variants == 1:
        return [(one, to) for one in variants(1)]
    return [(one, to / f"variant-{one.number}") for one in variants(assignment.variants)]


def _check_no_others(assignment: Assignment, to: Path) -> None:
    """Raises `CourseError` where an earlier build has left variants that there are no more: students get the folder."""
    places = [place for _, place in _places(assignment, to)]
    left = sorted(folder.name for folder in to.glob("variant-*") if folder.is_dir() and folder not in places)
    if assignment.variants == 1 and (to / _NUMBERS).exists():
        left.append(_NUMBERS)
    if left:
        raise CourseError(
            f"{to}: {', '.join(left)} {'is' if len(left) == 1 else 'are'} of an earlier build, when there were "
            "other variants; move them away, and build again"
        )


def _write_variants(
    keys: CourseKeys, assignment: Assignment, to: Path, students: Sequence[str] | None, gradebook: Location | None
) -> None:
    """Write down who has which variant: the students, else all that are known, and those written before."""
    from grader.cli.output import write_text
    from grader.disk import Readers
    from grader.exchange.table import read, variants

    file = to / _NUMBERS
    before = {row["student"]: row["variant"] for row in read(file.read_text("utf-8"))} if file.is_file() else {}
    numbers = _numbers(keys, assignment, students, before, gradebook)
    write_text(file, variants(numbers), Readers.OWNER)
    click.echo(f"{file} says which of the {assignment.variants} folders is whose.")
    if moved := sorted(student for student, number in before.items() if str(numbers[student]) != number):
        told = f"note: {file} named another variant before for {', '.join(moved)}; give them their new folder"
        tell_aside(told)
    if not numbers:
        tell_aside("note: nobody is known yet: give the students' ids with --roster FILE.csv")


def _numbers(
    keys: CourseKeys,
    assignment: Assignment,
    students: Sequence[str] | None,
    before: Iterable[str],
    gradebook: Location | None,
) -> dict[str, int]:
    """By student: their variant, which stays where work of theirs was judged by one. None: all of the gradebook."""
    from grader.classroom.given_variants import kept_number
    from grader.classroom.gradebook import Gradebook
    from grader.classroom.tables import is_there
    from grader.cli.class_options import gradebook_place

    def given(known: Iterable[str]) -> dict[str, int]:
        return {student: keys.number_of(assignment, student) for student in known}

    place = gradebook_place(gradebook, keys.course.path)
    if not is_there(place):
        return given([*before, *(students or ())])
    with Gradebook(place) as book:
        if students is None:
            students = [student for (student,) in book.rows("SELECT student FROM students")]
        numbers = given([*before, *students])
        return {student: kept_number(book, assignment.name, student, own) for student, own in numbers.items()}


def _chosen(keys: CourseKeys, name: str | None, to: Path | None) -> list[tuple[Assignment, Path]]:
    """The assignments to build, and the folder for each: of several that `to` is given for, one in it for each."""
    default = keys.course.path / "handouts"
    if name is None and len(keys.assignments) > 1:
        return [(one, (to or default) / one.name) for one in keys.assignments]
    chosen = assignment_of(keys, name)
    return [(chosen, to or default / chosen.name)]


def _wheel() -> Mapping[str, bytes]:
    """The checker as students install it."""
    from grader.authoring.wheel import WHEEL, installed

    try:
        return {WHEEL: installed()[WHEEL]}
    except CourseError as error:
        raise CourseError(f"{error}, or build without the checker: --no-wheel") from None


def build_assignment(
    keys: CourseKeys,
    assignment: Assignment,
    to: Path,
    *,
    checker: Mapping[str, bytes] | None = None,
    overwrite: bool = False,
    language: str | None = None,
) -> BuildReport:
    """Compile the keys of an assignment and write its handout to the folder `to`."""
    from grader.authoring.build import build

    handout = handout_of(keys, assignment, language)
    exercises = [keys.course.exercise(name) for name in assignment.exercises]
    return build(exercises, handout, to, course=keys.course.path, checker=checker or {}, overwrite=overwrite)


def handout_of(keys: CourseKeys, assignment: Assignment, language: str | None = None) -> Handout:
    """The public part of an assignment, in that language; else in its course's."""
    import msgspec

    from grader.course.key import SCHEMA, Handout
    from grader.grading.payload import packed
    from grader.grading.public import public_mutants, public_part

    compiled = keys.keys(assignment.exercises)
    public = tuple(public_part(compiled[name]) for name in assignment.exercises)
    hand_in = assignment.hand_in or keys.course.spec().hand_in or ""  # of a course without assignments
    shown = msgspec.structs.replace(
        assignment, hand_in=hand_in, extensions={}
    )  # who has how much longer is no other student's business
    # Observed anew: nothing hidden decides which there are.
    told = {key.name: public_mutants(keys.mutants(key).all(), key, keys.solution(key)) for key in public}
    mutants = {name: packed(answers) for name, answers in told.items()}
    small = {name: one for name, one in mutants.items() if one.value.nbytes <= _MOST_MUTANTS}
    return Handout(SCHEMA, keys.title, language or keys.language or "", shown, public, small)


def _say(report: BuildReport) -> None:
    for name in report.written:
        click.echo(f"wrote      {name}")
    for name in report.unchanged:
        click.echo(f"unchanged  {name}")
    for name in report.left_over:
        click.echo(f"left over  {name} (of an earlier build; delete it if nobody needs it)")
    for remark in report.remarks:
        tell_aside(f"note: {remark}")
    click.echo(f"The handout is in {report.to}. Give students the whole folder.")
